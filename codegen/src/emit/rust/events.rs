//! All pushes together: the enumeration of them, and how they are received.

use super::context::Context;
use super::doc::{english, escape, one_line};
use super::docs_of::lower_first_str;
use super::modules::Part;
use super::{format, json, template};
use crate::model::{Event, Module, Push};
use crate::output::OutputFile;

/// The name of the enumeration, and of its file.
const ANY: &str = "Event";

/// The most letters of a line.
const WIDTH: usize = 100;

/// The enumeration of all pushes, in the module that has them.
pub(super) fn any(ctx: &Context<'_>, module: &Module) -> Option<Part> {
    let indices = module.files.iter().filter_map(|file| file.event);
    let mut events: Vec<&Event> = indices.map(|index| &ctx.model.events[index]).collect();
    if events.is_empty() {
        return None;
    }
    events.sort_by(|one, other| one.ident.cmp(&other.ident));
    let types: Vec<&str> = events.iter().map(|event| event.ident.as_str()).collect();
    let text = template::fill(
        include_str!("templates/event.txt"),
        &[
            ("imports", format::use_lines("use", "super", &types).trim_end()),
            ("variants", &events.iter().map(|event| variant(event)).collect::<String>()),
            ("reads", &events.iter().map(|event| read(event)).collect::<String>()),
        ],
    );
    Some(Part { stem: ANY.to_lowercase(), exports: vec![ANY.to_owned()], text: format::header("events/") + &text })
}

fn variant(event: &Event) -> String {
    let title = lower_first_str(&escape(&one_line(&english(&event.title))));
    let title = title.trim_end_matches('.');
    let zh = event.title.zh.trim();
    let name = &event.ident;
    format!("    /// The push `{}`: {title}.\n    ///\n    /// 中文：{zh}。\n    {name}(Box<{name}>),\n", event.name)
}

fn read(event: &Event) -> String {
    let pairs = event.known_by.iter().map(|pair| format!("{pair:?}")).collect::<Vec<_>>().join(", ");
    format!(
        "        if push.is(&[{pairs}]) {{\n            return Some(push.read().map(Box::new).map(Self::{}));\n        }}\n",
        event.ident
    )
}

/// `push.rs`, where the spec says how pushes are protected.
pub(super) fn receiving(ctx: &Context<'_>) -> Option<OutputFile> {
    let push = ctx.model.api.push.as_ref().filter(|_| ctx.receives())?;
    let quoted = |name: &String| format!("{name:?}");
    let (query, envelope) = (&push.query, &push.envelope);
    let text = template::fill(
        include_str!("templates/push.txt"),
        &[
            ("example", &example(ctx, push)),
            ("query_signature", &quoted(&query.signature)),
            ("query_sealed", &quoted(&query.sealed)),
            ("query_timestamp", &quoted(&query.timestamp)),
            ("query_nonce", &quoted(&query.nonce)),
            ("query_echo", &quoted(&query.echo)),
            ("query_cipher", &quoted(&query.cipher)),
            ("cipher", &quoted(&push.cipher)),
            ("receiver", &quoted(&envelope.receiver)),
            ("sealed", &quoted(&envelope.sealed)),
            ("signature", &quoted(&envelope.signature)),
            ("timestamp", &quoted(&envelope.timestamp)),
            ("nonce", &quoted(&envelope.nonce)),
            ("answer", &quoted(&push.answer)),
            ("identity", &rows(&push.identity)),
        ],
    );
    Some(OutputFile { path: "src/push.rs".to_owned(), text: format::header("api.yaml") + &text })
}

/// What the first page of the crate says of them.
pub(super) fn front_page(ctx: &Context<'_>) -> Option<String> {
    let first = ctx.model.events.first().filter(|_| ctx.receives())?;
    let krate = ctx.model.api.krate.replace('-', "_");
    Some(template::fill(include_str!("templates/receiving.txt"), &[("name", &krate), ("variant", &first.ident)]))
}

/// Texts in quotes, in as many lines as they take.
fn rows(texts: &[String]) -> String {
    let (mut rows, mut row) = (Vec::new(), String::from("       "));
    for text in texts {
        let text = format!(" {text:?},");
        if row.len() + text.len() > WIDTH && !row.trim().is_empty() {
            rows.push(std::mem::replace(&mut row, String::from("       ")));
        }
        row += &text;
    }
    rows.push(row);
    rows.join("\n")
}

/// A test as a user writes it: a push is made and received.
fn example(ctx: &Context<'_>, push: &Push) -> String {
    let krate = ctx.model.api.krate.replace('-', "_");
    let xml = ctx.model.events.iter().find_map(|event| event.examples.first()?.xml.as_ref());
    let xml = json::raw_literal(xml.map_or("", |xml| xml.trim()));
    let lines = template::fill(
        include_str!("templates/push_example.txt"),
        &[("name", &krate), ("xml", &xml), ("answer", &format!("{:?}", push.answer))],
    );
    lines.lines().map(|line| format!("//! {line}").trim_end().to_owned() + "\n").collect()
}
