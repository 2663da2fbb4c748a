//! The pages of error codes: one to find a code, and one for each group of them.

use std::collections::BTreeMap;

use super::fields::capital;
use super::index;
use super::language::Docs;
use super::markdown::{code, link};
use super::page::Page;
use super::words::class;
use crate::model::{Endpoint, ErrorCode};
use crate::output::OutputFile;

/// The pages: a table to find a code in, then the codes of each group with cause, remedy and the endpoints that raise them.
pub(super) fn pages(docs: &Docs<'_>) -> Vec<OutputFile> {
    let mut groups: BTreeMap<&str, Vec<&ErrorCode>> = BTreeMap::new();
    // Every endpoint leads to the general ones, even where there are none.
    groups.entry("errors-general.md").or_default();
    for error in &docs.model.errors {
        groups.entry(docs.index.error_page(error.code)).or_default().push(error);
    }
    let mut pages = vec![contents(docs, &groups)];
    pages.extend(groups.iter().map(|(path, errors)| group(docs, path, errors)));
    pages
}

/// What a group of codes is called.
fn title(docs: &Docs<'_>, path: &str) -> String {
    let name = path.trim_start_matches("errors-").trim_end_matches(".md");
    match name {
        "general" => capital(docs.words.general_errors),
        "other" => docs.words.errors_elsewhere.to_owned(),
        area => {
            let module = docs.model.modules.iter().find(|module| module.path.len() == 1 && module.path[0] == area);
            let area = module.map_or(area, |module| docs.lang.text(&module.title));
            format!("{}{}{area}", docs.words.errors, docs.words.colon)
        }
    }
}

fn contents(docs: &Docs<'_>, groups: &BTreeMap<&str, Vec<&ErrorCode>>) -> OutputFile {
    let words = docs.words;
    let mut page = Page::new(docs, "errors.md", "errors.yaml", words.errors);
    let last = |path: &&str| (*path == "errors-other.md", *path != "errors-general.md");
    let mut paths: Vec<&str> = groups.keys().copied().collect();
    paths.sort_by_key(last);
    let lines: Vec<String> =
        paths.iter().map(|path| format!("{} ({})", link(&title(docs, path), path), groups[path].len())).collect();
    page.bullets(&lines);
    page.section("find", words.find_a_code);
    let row = |error: &ErrorCode| {
        [
            format!(
                "<a id=\"error-{0}\"></a>{1}",
                error.code,
                link(&error.code.to_string(), &docs.error_at(error.code))
            ),
            code(&error.name),
            class(docs.lang, error.class).to_owned(),
            page.words(docs.lang.text(&error.text)) + &page.unofficial(&error.sources),
        ]
    };
    let rows: Vec<_> = docs.model.errors.iter().map(row).collect();
    page.table([words.code, words.name, words.class, words.meaning], &rows);
    page.finish()
}

fn group(docs: &Docs<'_>, path: &str, errors: &[&ErrorCode]) -> OutputFile {
    let mut page = Page::new(docs, path, "errors.yaml", &title(docs, path));
    let all = link(docs.words.find_a_code, "errors.md");
    page.block(&all);
    for error in errors {
        section(&mut page, error);
    }
    page.finish()
}

fn section(page: &mut Page<'_>, error: &ErrorCode) {
    let docs = page.docs;
    let words = docs.words;
    page.anchored(2, &format!("error-{}", error.code), &format!("{} {}", error.code, code(&error.name)));
    page.prose(docs.lang.text(&error.text));
    let line = |label: &str, text: &str| format!("**{label}**{}{text}", words.colon);
    let mut lines = vec![
        line(words.class, class(docs.lang, error.class)),
        line(words.cause, &page.words(docs.lang.text(&error.cause))),
        line(words.remedy, &page.words(docs.lang.text(&error.remedy))),
    ];
    if !error.sources.is_empty() {
        lines.push(line(words.source, &(page.passages(&error.sources) + &page.unofficial(&error.sources))));
    }
    let raised: Vec<String> =
        docs.index.raised_by(error.code).iter().map(|&at| raised(page, error, &docs.model.endpoints[at])).collect();
    if !raised.is_empty() {
        let nested: String = raised.iter().map(|one| format!("\n- {one}")).collect();
        lines.push(line(words.endpoints_raising, &nested).replace(": \n", ":\n"));
    }
    page.bullets(&lines);
}

/// An endpoint that documents the code, with what the code means there when it means something narrower.
fn raised(page: &Page<'_>, error: &ErrorCode, endpoint: &Endpoint) -> String {
    let docs = page.docs;
    let target = format!("{}#error-{}", index::page_path(&endpoint.spec), error.code);
    let words = link(&code(&endpoint.path), &page.to(&target));
    let here = endpoint.errors.iter().find(|here| here.code == error.code);
    match here.filter(|here| here.narrower && here.text != error.text) {
        Some(here) => format!("{words}{}{}", docs.words.colon, page.words(docs.lang.text(&here.text))),
        None => words,
    }
}
