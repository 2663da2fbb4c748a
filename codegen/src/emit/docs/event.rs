//! The page of one push.

use super::language::{Docs, Way};
use super::markdown::code;
use super::page::{Fold, Page};
use super::{endpoint, exchange, index, samples, tree, types};
use crate::model::Event;
use crate::model::keys;
use crate::output::OutputFile;

/// The page: how to know the push, what it holds, what it looks like.
pub(super) fn page<'a>(docs: &'a Docs<'a>, event: &'a Event) -> OutputFile {
    let words = docs.words;
    let title = format!("{} · {}", docs.lang.text(&event.title), docs.lang.pick(&event.title.zh, &event.title.en));
    let mut page = Page::new(docs, &index::page_path(&event.spec), &event.spec, &title);
    page.block(page.unofficial(&event.sources).trim());
    page.prose(docs.lang.text(&event.doc));
    let known_by: Vec<String> =
        event.known_by.iter().map(|(element, value)| code(&format!("<{element}>{value}</{element}>"))).collect();
    let rows = [
        [words.known_by.to_owned(), known_by.join(words.comma)],
        [words.rust.to_owned(), code(&format!("{}::{}", docs.model.api.krate, samples::event_path(event)))],
        [words.source.to_owned(), page.dated(&event.sources).join("\n")],
    ];
    let [[first, of], rest @ ..] = &rows;
    page.table([first, of], rest);
    page.section("fields", words.fields);
    tree::table(&mut page, Way::Received, Vec::new(), &keys::keys(docs.model, &event.object.fields, &event.sources));
    types::rules(&mut page, &event.object.rules);
    endpoint::objects(&mut page, &event.spec, Way::Received);
    page.section("examples", words.examples);
    for example in &event.examples {
        exchange::one(&mut page, example);
    }
    page.block(words.rust_sample);
    page.code("rust", &samples::event(&docs.model.api.krate, event));
    page.section("differences", words.differences);
    page.open(Fold::Closed, words.show);
    page.quirks(&event.quirks);
    page.heading(3, words.sources);
    let sources = page.dated(&event.sources);
    page.bullets(&sources);
    page.close();
    page.finish()
}
