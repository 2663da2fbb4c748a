//! Error codes: what they mean in general and at one endpoint.

use std::collections::HashMap;

use indexmap::IndexMap;

use super::context::{Context, QuirkScope};
use super::{checks, prose};
use crate::diagnostic::{Code, Diagnostic, Label};
use crate::model::{EndpointError, ErrorCode, Source};
use crate::source::Node;
use crate::spec;

/// What `errors.yaml` says, ascending by code.
pub(super) fn general(cx: &Context<'_>) -> Vec<ErrorCode> {
    let file = &cx.spec.errors;
    let root = Node::root(&file.map);
    let mut names: HashMap<String, String> = HashMap::new();
    let mut errors = Vec::new();
    for (code, entry) in &file.content {
        let key = code.to_string();
        let at = root.key(&key);
        checks::slug(cx, &entry.name, &at.key("name"));
        if *code == cx.spec.api.content.envelope.ok {
            cx.report(
                Diagnostic::at_key(Code::BadValue, &at, format!("{code} means success"), "no error")
                    .help("remove it; api.yaml says which code means success"),
            );
        }
        let ident = entry.name.replace('-', "_").to_uppercase();
        if let Some(first) = names.insert(ident.clone(), key.clone()) {
            twice(cx, &root, &first, &key, entry, &ident);
        }
        errors.push(ErrorCode {
            code: *code,
            name: entry.name.clone(),
            ident,
            class: entry.class,
            general: entry.general,
            text: prose::text(cx, entry.text.as_ref(), &at.key("text"), "what the code means"),
            cause: prose::text(cx, entry.cause.as_ref(), &at.key("cause"), "the cause"),
            remedy: prose::text(cx, entry.remedy.as_ref(), &at.key("remedy"), "the remedy"),
            sources: prose::required_sources(cx, &entry.source, &at, &format!("code {code}")),
        });
    }
    errors.sort_by_key(|error| error.code);
    errors
}

fn twice(cx: &Context<'_>, root: &Node<'_>, first: &str, second: &str, entry: &spec::ErrorEntry, rust: &str) {
    let same = first
        .parse()
        .ok()
        .and_then(|code: i64| cx.spec.errors.content.get(&code))
        .is_some_and(|e| e.name == entry.name);
    let (code, message) = if same {
        (Code::DuplicateName, format!("two codes are named `{}`", entry.name))
    } else {
        (Code::NameCollision, format!("two codes become the Rust constant `{rust}`"))
    };
    cx.report(
        Diagnostic::at(code, &root.key(second).key("name"), message, "the second")
            .also(Label::node(&root.key(first).key("name"), "the first"))
            .help("give each code a name of its own"),
    );
}

/// What the codes of an endpoint mean there, ascending by code.
pub(super) fn at_endpoint(
    cx: &Context<'_>,
    errors: &IndexMap<i64, spec::EndpointError>,
    sources: &[Source],
    scope: &QuirkScope<'_>,
    at: &Node<'_>,
) -> Vec<EndpointError> {
    let mut out = Vec::new();
    for (code, error) in errors {
        let key = code.to_string();
        let at = at.key(&key);
        let Some(general) = known(cx, *code, &at, Label::key(&at, "this code")) else { continue };
        let own = |text: Option<&spec::Text>, name: &str, what: &str| prose::optional(cx, text, &at.key(name), what);
        let or = |own: Option<crate::model::Text>, general: Option<&spec::Text>| {
            own.unwrap_or_else(|| {
                let general = general.cloned().unwrap_or_default();
                crate::model::Text {
                    en: general.en.unwrap_or_default().trim().to_owned(),
                    zh: general.zh.unwrap_or_default().trim().to_owned(),
                }
            })
        };
        let text = own(error.text.as_ref(), "text", "what the code means here");
        let cause = own(error.cause.as_ref(), "cause", "the cause");
        let remedy = own(error.remedy.as_ref(), "remedy", "the remedy");
        if text.is_some() && cause.is_none() {
            let message =
                format!("the code {code} means something narrower here, and its cause is still the general one");
            let fault = Diagnostic::at_key(Code::MissingText, &at.key("text"), message, "without a `cause` of its own");
            cx.report(fault.help("add `cause: { en: …, zh: … }`, and `remedy` where it differs too"));
        }
        out.push(EndpointError {
            code: *code,
            narrower: text.is_some() || cause.is_some() || remedy.is_some(),
            text: or(text, general.text.as_ref()),
            cause: or(cause, general.cause.as_ref()),
            remedy: or(remedy, general.remedy.as_ref()),
            sources: prose::sources(cx, &error.source, sources, &at.key("source")),
            quirks: prose::quirks(cx, &error.quirk, scope, &at.key("quirk")),
        });
    }
    out.sort_by_key(|error| error.code);
    out
}

/// The general entry of a code; a fault when there is none.
pub(super) fn known<'s>(cx: &Context<'s>, code: i64, at: &Node<'_>, label: Label) -> Option<&'s spec::ErrorEntry> {
    let entry = cx.spec.errors.content.get(&code);
    if entry.is_none() {
        let near = cx.spec.errors.content.keys().map(i64::to_string).collect::<Vec<_>>();
        let near = crate::model::nearest(&code.to_string(), near.iter().map(String::as_str)).map(str::to_owned);
        let mut fault =
            Diagnostic::new(Code::UnknownError, format!("errors.yaml does not explain the code {code}"), label);
        fault.path = at.path();
        fault = fault.about(&code.to_string());
        cx.report(match near {
            Some(near) => fault.help(format!("did you mean {near}? Otherwise add an entry to errors.yaml")),
            None => fault.help("add an entry to errors.yaml"),
        });
    }
    entry
}
