//! A saved page of WeChat against the spec: what is new, what differs, what is gone.
//!
//! ```text
//! file --page--> blocks --extract--> facts --compare--> Report
//! ```
//!
//! A difference that a quirk names under `explains` is explained; everything else is for the maintainer.

mod changes;
mod compare;
mod draft;
mod extract;
mod page;
mod record;
mod report;

use indexmap::IndexMap;

pub use compare::Place;
pub use page::{Format, Page};
pub use report::{About, Counts, Finding, Kind, Report};

use weixin_codegen::model::Model;
use weixin_codegen::source::SourceMap;
use weixin_codegen::spec::{File, Sections, Spec, section};

/// Reads a page as the given document, whose headings the spec knows.
#[must_use]
pub fn read(spec: &Spec, document: &str, file: &str, source: &str) -> Page {
    let mut headings: Vec<&str> = Vec::new();
    let mut cited = Vec::new();
    for file in spec
        .endpoints
        .iter()
        .map(|file| file.map.text())
        .chain(spec.events.iter().map(|file| file.map.text()))
        .chain(spec.types.iter().map(|file| file.map.text()))
        .chain([spec.errors.map.text()])
    {
        let mark = format!("{document}#");
        cited.extend(file.match_indices(&mark).filter_map(|(at, _)| cited_heading(file, at + mark.len())));
    }
    headings.extend(cited.iter().map(String::as_str));
    if let Some(known) = known(spec).get(document) {
        headings.extend(known.keys().flat_map(|name| name.rsplit(section::BELOW).take(1)));
    }
    headings.sort_unstable();
    headings.dedup();
    Page::read(file, source, Format::guess(file, source), &headings)
}

/// The heading of a citation, up to the end of the YAML scalar that holds it.
fn cited_heading(text: &str, at: usize) -> Option<String> {
    let rest = &text[at..];
    let end = rest.find(['"', '\n', ']', ',', '}']).unwrap_or(rest.len());
    let heading = rest[..end].trim();
    (!heading.is_empty()).then(|| heading.to_owned())
}

fn known(spec: &Spec) -> &IndexMap<String, Sections> {
    static NONE: std::sync::LazyLock<IndexMap<String, Sections>> = std::sync::LazyLock::new(IndexMap::new);
    spec.sections.as_ref().map_or(&NONE, |file| &file.content)
}

/// Compares a page with the spec.
#[must_use]
pub fn check(spec: &Spec, model: &Model, document: &str, page: &Page) -> Report {
    let facts = extract::facts(page, &model.api);
    let recorded = record::record(page, &facts);
    let changes = known(spec).get(document).map(|known| changes::changes(known, &recorded));
    let known = known(spec).get(document).map_or(0, IndexMap::len);
    let gone = changes.as_ref().map(|changes| changes.gone.clone()).unwrap_or_default();
    let compared = compare::compare(spec, model, document, &facts, compare::words(page), &gone);
    let (mut findings, explained, mut counts, coverage) = compared;
    let mut report = Report { page: page.file.clone(), document: document.to_owned(), ..Report::default() };
    counts.sections = recorded.len();
    if let Some(message) = coverage.message(document, known, &gone) {
        // Whatever else there is follows from that.
        let other = coverage.named == 0;
        findings.retain(|finding| !other && !matches!(finding.kind, Kind::Gone | Kind::Mended));
        findings.push(of_page(message));
        if other {
            (report.findings, report.counts) = (findings, counts);
            return report;
        }
    }
    if let Some(changes) = changes {
        counts.unchanged = changes.unchanged;
        let part = findings.iter().any(|finding| finding.kind == Kind::Page);
        for change in changes.found {
            // Of a part it is known that much is missing; and a line is told once.
            let told = change.said.as_ref().is_some_and(|said| findings.iter().any(|one| one.line == Some(said.line)));
            if !(told || part && change.said.is_none()) {
                let finding = compare::of_record(spec, model, document, change);
                findings.push(finding);
            }
        }
    }
    (report.findings, report.explained, report.counts) = (findings, explained, counts);
    report
}

/// What is said of the page as a whole.
fn of_page(message: String) -> Finding {
    Finding {
        kind: Kind::Page,
        line: None,
        place: Place { file: "api.yaml".to_owned(), line: 1, column: 1 },
        subject: "the page".to_owned(),
        about: About::Page,
        message,
        quirk: None,
    }
}

/// `sections.yaml` after this page was read and transcribed.
#[must_use]
pub fn accept(spec: &Spec, model: &Model, document: &str, page: &Page) -> String {
    let order: Vec<&str> = spec.api.content.documents.keys().map(String::as_str).collect();
    let recorded = record::record(page, &extract::facts(page, &model.api));
    record::write(known(spec), document, &recorded, &order)
}

/// YAML for what is new on a page, ready to be edited.
#[must_use]
pub fn draft(spec: &Spec, model: &Model, document: &str, page: &Page) -> String {
    let facts = extract::facts(page, &model.api);
    let report = check(spec, model, document, page);
    draft::draft(model, document, page, &facts, &report)
}

/// The document that a saved page is, by the stem of its file.
#[must_use]
pub fn document_of<'s>(spec: &'s Spec, file: &str) -> Option<&'s str> {
    let name = file.rsplit(['/', '\\']).next().unwrap_or(file);
    let stem = name.split('.').next().unwrap_or(name);
    spec.api.content.documents.keys().map(String::as_str).find(|id| *id == stem)
}

/// Puts a new `sections.yaml` into a spec that was already read.
///
/// # Errors
///
/// When the text is not what [`accept`] gives.
pub fn remember(spec: &mut Spec, sections: &str) -> Result<(), String> {
    let content = serde_yaml::from_str(sections).map_err(|error| format!("sections.yaml: {error}"))?;
    spec.sections =
        Some(File { path: "sections.yaml".to_owned(), content, map: SourceMap::new("sections.yaml", sections) });
    Ok(())
}
