//! Guides: prose by task, with the calls on the way.

use super::language::Docs;
use super::markdown::{code, link};
use super::page::Page;
use super::{exchange, index, samples};
use crate::model::{Endpoint, Guide};
use crate::output::OutputFile;

/// The page of a guide, below the folder of the language.
pub(super) fn path(guide: &Guide) -> String {
    format!("guides/{}.md", guide.id)
}

/// The page.
pub(super) fn page(docs: &Docs<'_>, guide: &Guide) -> OutputFile {
    let title = format!("{} · {}", docs.lang.text(&guide.title), docs.lang.pick(&guide.title.zh, &guide.title.en));
    let mut page = Page::new(docs, &path(guide), &guide.spec, &title);
    steps(&mut page, guide);
    let mut text = String::new();
    for line in docs.lang.text(&guide.body).lines() {
        match line.trim().strip_prefix("{{").and_then(|rest| rest.strip_suffix("}}")) {
            Some(sample) => {
                page.block(&std::mem::take(&mut text));
                self::sample(&mut page, sample);
            }
            None => text += &format!("{}\n", page.linked(line)),
        }
    }
    page.block(&text);
    page.finish()
}

/// The calls on the way, in order.
fn steps(page: &mut Page<'_>, guide: &Guide) {
    let steps = guide.endpoints.iter().filter_map(|path| find(page.docs, path));
    let steps: Vec<String> = steps.map(|it| link(&code(&it.path), &page.to(&index::page_path(&it.spec)))).collect();
    if !steps.is_empty() {
        page.block(&steps.join(" → "));
    }
}

fn find<'a>(docs: &Docs<'a>, path: &str) -> Option<&'a Endpoint> {
    docs.model.endpoints.iter().find(|endpoint| endpoint.path == path)
}

fn sample(page: &mut Page<'_>, sample: &str) {
    let docs = page.docs;
    let (kind, path) = sample.split_once(' ').unwrap_or((sample, ""));
    if kind == "client" {
        let client = docs.calls.get("client").map(|calls| calls.send.join("\n")).unwrap_or_default();
        page.code("rust", &client);
        return;
    }
    let Some(endpoint) = find(docs, path) else { return };
    let of = samples::Sample::new(docs, endpoint);
    if matches!(kind, "curl" | "call") {
        page.code("sh", &of.curl());
    }
    if matches!(kind, "rust" | "call") && !of.rust().is_empty() {
        page.code("rust", &of.rust());
    }
    if let (true, Some(example)) =
        (matches!(kind, "response" | "call"), endpoint.minimal_example().or(endpoint.examples.first()))
    {
        exchange::response(page, example);
    }
}
