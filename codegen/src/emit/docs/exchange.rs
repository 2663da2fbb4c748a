//! Requests with their responses: the smallest one first, in three forms, and the others folded.

use super::markdown::one_line;
use super::page::{Fold, Page};
use super::samples;
use crate::model::{Endpoint, Example, Value};

/// The smallest request that succeeds, as a command, in Rust and as JSON, and what comes back.
pub(super) fn first(page: &mut Page<'_>, endpoint: &Endpoint) {
    let docs = page.docs;
    let words = docs.words;
    let sample = samples::Sample::new(docs, endpoint);
    page.section("example", words.minimal);
    page.block("cURL");
    page.code("sh", &sample.curl());
    let rust = sample.rust();
    if !rust.is_empty() {
        page.block("Rust");
        page.code("rust", &rust);
    }
    let Some(example) = endpoint.minimal_example().or(endpoint.examples.first()) else { return };
    if let Some(request) = &example.request {
        page.block("JSON");
        page.code("json", &pretty(request));
    }
    response(page, example);
}

pub(super) fn response(page: &mut Page<'_>, example: &Example) {
    let words = page.docs.words;
    for (label, value) in [(words.answer_example, &example.response), (words.error_example, &example.error)] {
        if let Some(value) = value {
            page.block(label);
            page.code("json", &pretty(value));
        }
    }
}

/// The other examples.
pub(super) fn more(page: &mut Page<'_>, endpoint: &Endpoint) {
    let words = page.docs.words;
    let shown = endpoint.minimal_example().or(endpoint.examples.first());
    let rest: Vec<&Example> =
        endpoint.examples.iter().filter(|it| shown.is_none_or(|shown| !std::ptr::eq(*it, shown))).collect();
    if rest.is_empty() {
        return;
    }
    page.section("examples", words.examples);
    for example in rest {
        one(page, example);
    }
}

/// One example: what is sent and what comes back.
pub(super) fn one(page: &mut Page<'_>, example: &Example) {
    let docs = page.docs;
    let words = docs.words;
    let title = example.title.as_ref().map(|title| one_line(docs.lang.text(title)).into_owned());
    page.open(Fold::Closed, &title.unwrap_or_else(|| words.example.to_owned()));
    for (label, value) in [(words.query_example, &example.query), (words.request_example, &example.request)] {
        if let Some(value) = value {
            page.block(label);
            page.code("json", &pretty(value));
        }
    }
    response(page, example);
    if let Some(xml) = &example.xml {
        page.code("xml", xml);
    }
    if let Some(json) = &example.json {
        page.block(words.push_as_json);
        page.code("json", &pretty(json));
    }
    page.close();
}

fn pretty(value: &Value) -> String {
    serde_json::to_string_pretty(value).unwrap_or_default()
}
