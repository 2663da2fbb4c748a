//! A saved page of WeChat against the spec: what is new, what differs, what is gone.
//!
//! ```text
//! file --page--> blocks --extract--> facts --compare--> Report
//! ```
//!
//! A difference that a quirk names under `explains` is explained; everything else is for the maintainer.

mod compare;
mod draft;
mod extract;
mod page;
mod report;
mod section;

use indexmap::IndexMap;

pub use compare::Place;
pub use page::{Format, Page};
pub use report::{About, Counts, Finding, Kind, Report};

use weixin_codegen::model::Model;
use weixin_codegen::source::SourceMap;
use weixin_codegen::spec::{File, Spec};

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
        headings.extend(known.keys().map(String::as_str));
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

fn known(spec: &Spec) -> &IndexMap<String, IndexMap<String, String>> {
    static NONE: std::sync::LazyLock<IndexMap<String, IndexMap<String, String>>> =
        std::sync::LazyLock::new(IndexMap::new);
    spec.sections.as_ref().map_or(&NONE, |file| &file.content)
}

/// Compares a page with the spec.
#[must_use]
pub fn check(spec: &Spec, model: &Model, document: &str, page: &Page) -> Report {
    let facts = extract::facts(page, &model.api.host);
    let words = compare::words(page);
    let (findings, explained, counts) = compare::compare(spec, model, document, &facts, words);
    let mut report = Report { page: page.file.clone(), document: document.to_owned(), findings, explained, counts };
    sections(spec, document, page, &mut report);
    report
}

/// Sections whose text changed since it was transcribed. A document that was never accepted has none.
fn sections(spec: &Spec, document: &str, page: &Page, report: &mut Report) {
    let sections = section::sections(page);
    report.counts.sections = sections.len();
    let Some(known) = known(spec).get(document) else { return };
    let place = |heading: &str| {
        let keys = [document, heading];
        spec.sections
            .as_ref()
            .map_or(Place { file: "sections.yaml".to_owned(), line: 1, column: 1 }, |file| compare::key(file, &keys))
    };
    let mut note = |line, heading: &str, message: String| {
        let finding = Finding {
            kind: Kind::Section,
            line,
            place: place(heading),
            subject: heading.to_owned(),
            about: About::Record { section: heading.to_owned(), block: None },
            message,
            quirk: None,
        };
        report.findings.push(finding);
    };
    let mut unchanged = 0;
    for section in &sections {
        match known.get(&section.heading) {
            Some(hash) if *hash == section.hash => unchanged += 1,
            Some(_) => {
                note(Some(section.line), &section.heading, "the text changed: read it, then `--accept`".to_owned())
            }
            None => {
                note(Some(section.line), &section.heading, "the section is new: read it, then `--accept`".to_owned())
            }
        }
    }
    for heading in known.keys().filter(|heading| !sections.iter().any(|section| section.heading == **heading)) {
        note(None, heading, "the section is gone".to_owned());
    }
    report.counts.unchanged = unchanged;
}

/// `sections.yaml` after this page was read and transcribed.
#[must_use]
pub fn accept(spec: &Spec, document: &str, page: &Page) -> String {
    let order: Vec<&str> = spec.api.content.documents.keys().map(String::as_str).collect();
    section::write(known(spec), document, &section::sections(page), &order)
}

/// YAML for what is new on a page, ready to be edited.
#[must_use]
pub fn draft(spec: &Spec, model: &Model, document: &str, page: &Page) -> String {
    let facts = extract::facts(page, &model.api.host);
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
