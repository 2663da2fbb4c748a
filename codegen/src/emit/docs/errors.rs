//! The page of all error codes.

use super::index;
use super::language::Docs;
use super::markdown::{code, inline, link};
use super::page::Page;
use super::words::class;
use crate::model::{Endpoint, ErrorCode};
use crate::output::OutputFile;

/// The page: a table to find a code in, then each code with its cause, its remedy and the endpoints that raise it.
pub(super) fn page(docs: &Docs<'_>) -> OutputFile {
    let words = docs.words;
    let mut page = Page::new(docs, "errors.md", "errors.yaml", words.errors);
    let row = |error: &ErrorCode| {
        [
            link(&error.code.to_string(), &format!("#error-{}", error.code)),
            code(&error.name),
            class(docs.lang, error.class).to_owned(),
            inline(docs.lang.text(&error.text).trim()),
        ]
    };
    let rows: Vec<_> = docs.model.errors.iter().map(row).collect();
    page.table([words.code, words.name, words.class, words.meaning], &rows);
    for error in &docs.model.errors {
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
        line(words.cause, &inline(docs.lang.text(&error.cause).trim())),
        line(words.remedy, &inline(docs.lang.text(&error.remedy).trim())),
    ];
    if !error.sources.is_empty() {
        lines.push(line(words.source, &page.sources(&error.sources)));
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
    let words = link(&code(&endpoint.path), &page.to(&index::page_path(&endpoint.spec)));
    let here = endpoint.errors.iter().find(|here| here.code == error.code);
    match here.filter(|here| here.narrower && here.text != error.text) {
        Some(here) => format!("{words}{}{}", docs.words.colon, inline(docs.lang.text(&here.text).trim())),
        None => words,
    }
}
