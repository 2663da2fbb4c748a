//! How pushes are signed, encrypted and told apart: that the names are names, and the elements are there.

use std::collections::BTreeSet;

use super::checks;
use super::context::Context;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Event, Push, nearest};
use crate::source::Node;

/// What `api.yaml` says of it.
pub(super) fn push(cx: &Context<'_>, events: &[Event]) -> Option<Push> {
    let written = cx.spec.api.content.push.as_ref()?;
    let at = Node::root(&cx.spec.api.map).key("push");
    let (query, envelope) = (&written.query, &written.envelope);
    let parameters = [
        ("signature", &query.signature),
        ("sealed", &query.sealed),
        ("timestamp", &query.timestamp),
        ("nonce", &query.nonce),
        ("echo", &query.echo),
        ("cipher", &query.cipher),
    ];
    let elements = [
        ("receiver", &envelope.receiver),
        ("sealed", &envelope.sealed),
        ("signature", &envelope.signature),
        ("timestamp", &envelope.timestamp),
        ("nonce", &envelope.nonce),
    ];
    names(cx, &parameters, &at.key("query"));
    names(cx, &elements, &at.key("envelope"));
    identity(cx, &written.identity, events, &at.key("identity"));
    Some(written.clone())
}

/// Names that can stand where they are to stand, each for one thing.
fn names(cx: &Context<'_>, names: &[(&str, &String)], at: &Node<'_>) {
    let mut seen = BTreeSet::new();
    for (key, name) in names {
        let at = at.key(key);
        checks::wire_name(cx, name, &at);
        if !seen.insert(*name) {
            let fault = Diagnostic::at(Code::BadValue, &at, format!("`{name}` stands for two things"), "the second");
            cx.report(fault.help("give each its own name"));
        }
    }
}

/// What tells pushes apart has to be an element of one, and to tell kinds of pushes apart too.
fn identity(cx: &Context<'_>, names: &[String], events: &[Event], at: &Node<'_>) {
    let known: BTreeSet<&str> =
        events.iter().flat_map(|event| &event.object.fields).map(|field| field.wire.as_str()).collect();
    // Where there is no push there is nothing to tell apart.
    let unknown = names.iter().enumerate().filter(|(_, name)| !events.is_empty() && !known.contains(name.as_str()));
    for (index, name) in unknown {
        let message = format!("no push has an element `{name}`");
        let fault = Diagnostic::at(Code::UnknownReference, &at.index(index), message, "named here");
        let near = nearest(name, known.iter().copied());
        cx.report(
            fault.about(name).meant(near, || "name elements of pushes, or of a mixin that they include".to_owned()),
        );
    }
    let told_by: BTreeSet<&String> = events.iter().flat_map(|event| &event.known_by).map(|(name, _)| name).collect();
    for name in told_by.into_iter().filter(|name| !names.contains(name)) {
        let message = format!("pushes are known by `{name}`, which is no part of what tells them apart");
        let fault = Diagnostic::at(Code::BadValue, at, message, "two kinds could pass for one");
        cx.report(fault.help(format!("add `{name}`")));
    }
}
