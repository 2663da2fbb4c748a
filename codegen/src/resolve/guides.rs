//! Guides: that what they speak of exists, and that both halves of the readers are served.

use super::context::Context;
use super::prose;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Guide, Text, nearest};
use crate::source::Node;

/// What a line of its own between braces may be: `{{call /card/get}}`.
const SAMPLES: &[&str] = &["call", "curl", "rust", "response", "client"];

/// Every guide, in order.
pub(super) fn guides(cx: &Context<'_>) -> Vec<Guide> {
    let mut guides: Vec<Guide> = cx
        .spec
        .guides
        .iter()
        .map(|file| {
            let root = Node::root(&file.map);
            let written = &file.content;
            for (index, path) in written.endpoints.iter().enumerate() {
                known(cx, path, &root.key("endpoints").index(index));
            }
            let body = Text {
                en: body(cx, written.body.en.as_deref(), "English", &root),
                zh: body(cx, written.body.zh.as_deref(), "Chinese", &root),
            };
            Guide {
                id: file.path.trim_start_matches("guides/").trim_end_matches(".md").to_owned(),
                spec: file.path.clone(),
                title: prose::text(cx, written.title.as_ref(), &root.key("title"), "the title of the guide"),
                order: written.order,
                endpoints: written.endpoints.clone(),
                body,
            }
        })
        .collect();
    guides.sort_by(|a, b| (a.order, &a.id).cmp(&(b.order, &b.id)));
    guides
}

fn body(cx: &Context<'_>, text: Option<&str>, language: &str, at: &Node<'_>) -> String {
    let Some(text) = text else {
        let message = format!("the guide has no {language} prose");
        let fault = Diagnostic::at(Code::MissingText, &at.key("title"), message, "in this guide");
        cx.report(fault.help("below the front matter stands the English, a line `---`, and the Chinese"));
        return String::new();
    };
    for sample in text.lines().filter_map(|line| line.trim().strip_prefix("{{")?.strip_suffix("}}")) {
        let (kind, path) = sample.split_once(' ').unwrap_or((sample, ""));
        if !SAMPLES.contains(&kind) || (kind == "client") != path.is_empty() {
            let message = format!("a guide has no sample `{sample}`");
            let fault = Diagnostic::at(Code::BadValue, &at.key("title"), message, "in this guide");
            cx.report(
                fault.help(
                    "write `{{call PATH}}`, `{{curl PATH}}`, `{{rust PATH}}`, `{{response PATH}}` or `{{client}}`",
                ),
            );
        } else if kind != "client" {
            known(cx, path, &at.key("title"));
        }
    }
    text.to_owned()
}

/// A fault where no endpoint has the address.
fn known(cx: &Context<'_>, path: &str, at: &Node<'_>) {
    let spec = |path: &str| format!("{}.yaml", path.trim_start_matches('/'));
    if cx.spec.endpoints.iter().any(|file| file.path == spec(path)) {
        return;
    }
    let all: Vec<String> =
        cx.spec.endpoints.iter().map(|file| format!("/{}", file.path.trim_end_matches(".yaml"))).collect();
    let fault =
        Diagnostic::at(Code::UnknownReference, at, format!("there is no endpoint `{path}`"), "named here").about(path);
    cx.report(match nearest(path, all.iter().map(String::as_str)) {
        Some(near) => fault.help(format!("did you mean `{near}`?")),
        None => fault.help("give the address of an endpoint of this spec"),
    });
}
