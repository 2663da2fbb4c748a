//! Prose, sources and quirks: what is said, where it is said, and what is wrong there.

use indexmap::IndexMap;

use super::context::{Context, QuirkScope, owner_key};
use super::{checks, languages};
use crate::diagnostic::{Code, Diagnostic, Label};
use crate::model::{Api, Document, Quirk, Source, Text, nearest};
use crate::source::{Node, SourceMap};
use crate::spec::{self, OneOrMany, section};
use crate::statement::Statement;

/// Required prose.
pub(super) fn text(cx: &Context<'_>, value: Option<&spec::Text>, at: &Node<'_>, what: &str) -> Text {
    let Some(value) = value else {
        cx.report(
            Diagnostic::at_key(Code::MissingText, at, format!("{what} is missing"), "belongs in here")
                .help("give it as { en: …, zh: … }"),
        );
        return Text::default();
    };
    languages::check(cx, value, at);
    let said = |text: &Option<String>| text.as_deref().map(str::trim).unwrap_or_default().to_owned();
    let (en, zh) = (said(&value.en), said(&value.zh));
    let missing: Vec<(&str, &str)> = [(&en, ("en", "English")), (&zh, ("zh", "Chinese"))]
        .iter()
        .filter(|(said, _)| said.is_empty())
        .map(|(_, of)| *of)
        .collect();
    for (key, said) in [("en", &en), ("zh", &zh)] {
        if !said.is_empty() {
            checks::prose(cx, said, &at.key(key));
        }
    }
    if !missing.is_empty() {
        let languages = missing.iter().map(|(_, language)| *language).collect::<Vec<_>>().join(" and ");
        let keys = missing.iter().map(|(key, _)| format!("`{key}`")).collect::<Vec<_>>().join(" and no ");
        cx.report(
            Diagnostic::at_key(
                Code::MissingText,
                at,
                format!("{what} is missing in {languages}"),
                format!("no {keys} here"),
            )
            .help("documentation exists in both languages: { en: …, zh: … }"),
        );
    }
    Text { en, zh }
}

/// Prose that may be absent as a whole.
pub(super) fn optional(cx: &Context<'_>, value: Option<&spec::Text>, at: &Node<'_>, what: &str) -> Option<Text> {
    value.map(|value| text(cx, Some(value), at, what))
}

/// The cited places; those of the owner when none are cited.
pub(super) fn sources(cx: &Context<'_>, cited: &OneOrMany<String>, inherited: &[Source], at: &Node<'_>) -> Vec<Source> {
    if cited.0.is_empty() {
        return inherited.to_vec();
    }
    each(&cited.0, at, &mut |citation, at| source(cx, citation, at))
}

/// Calls `then` with every value of one or many and the place of just that one.
fn each<R>(values: &[String], at: &Node<'_>, then: &mut dyn FnMut(&str, &Node<'_>) -> R) -> Vec<R> {
    match values {
        [one] => vec![then(one, at)],
        many => many.iter().enumerate().map(|(index, value)| then(value, &at.index(index))).collect(),
    }
}

/// Type columns as printed.
pub(super) fn declared(cx: &Context<'_>, printed: &OneOrMany<String>, at: &Node<'_>) {
    each(&printed.0, at, &mut |text, at| {
        checks::quoted(cx, text, at);
        checks::printed_type(cx, text, at);
    });
}

/// The cited places of what has no owner to inherit from.
pub(super) fn required_sources(cx: &Context<'_>, cited: &OneOrMany<String>, at: &Node<'_>, what: &str) -> Vec<Source> {
    if cited.0.is_empty() {
        cx.report(
            Diagnostic::at_key(
                Code::MissingSource,
                at,
                format!("{what} does not say where it is documented"),
                "no `source` here",
            )
            .help("add `source: DOCUMENT#heading`; api.yaml lists the documents"),
        );
    }
    sources(cx, cited, &[], &at.key("source"))
}

fn source(cx: &Context<'_>, citation: &str, at: &Node<'_>) -> Source {
    let Source { document, section } = cite(citation);
    if let Some(section) = &section {
        checks::quoted(cx, section, at);
    }
    let documents = &cx.spec.api.content.documents;
    if citation.trim().is_empty() {
        let known = documents.keys().map(|document| format!("`{document}`")).collect::<Vec<_>>().join(", ");
        cx.report(
            Diagnostic::at(Code::UnknownDocument, at, "the source is empty", "which document says so?")
                .help(format!("name a document of api.yaml and a heading of it: {known}, then `#` and the heading")),
        );
    } else if !documents.contains_key(&document) {
        let mut fault = Diagnostic::at(
            Code::UnknownDocument,
            at,
            format!("there is no document `{document}`"),
            "api.yaml does not list it",
        );
        fault = fault
            .about(&document)
            .meant(nearest(&document, documents.keys().map(String::as_str)), || "add it to `documents` in api.yaml");
        cx.report(fault);
    } else if let Some(section) = &section {
        heading(cx, &document, section, at);
    }
    Source { document, section }
}

/// A cited heading is one of those that were recorded when the document was transcribed.
fn heading(cx: &Context<'_>, document: &str, heading: &str, at: &Node<'_>) {
    let recorded = cx.spec.sections.as_ref().and_then(|file| file.content.get(document));
    let Some(recorded) = recorded else { return };
    let fault = section::named(recorded, heading).next().is_none().then(|| {
        let message = format!("the document `{document}` has no heading `{heading}`");
        let fault = Diagnostic::at(Code::UnknownReference, at, message, "not among the recorded ones").about(heading);
        fault.meant(
            nearest(heading, recorded.keys().flat_map(|name| name.rsplit(section::BELOW).take(1))),
            || "cite a heading as it is printed; sections.yaml lists those of each document that was read",
        )
    });
    cx.cite(document, heading, fault);
}

/// Reports headings that nobody recorded. A record that lacks most of what is cited was only begun, and says nothing.
pub(super) fn unknown_headings(cx: &Context<'_>) {
    for citations in cx.citations().into_values() {
        let known = citations.values().filter(|faults| faults.is_empty()).count();
        if known * 2 > citations.len() {
            citations.into_values().flatten().for_each(|fault| cx.report(fault));
        }
    }
}

/// `document#heading` in its parts.
fn cite(citation: &str) -> Source {
    let (document, section) = match citation.split_once('#') {
        Some((document, section)) => (document, Some(section.to_owned())),
        None => (citation, None),
    };
    Source { document: document.to_owned(), section }
}

/// The quirks that a statement refers to.
pub(super) fn quirks(cx: &Context<'_>, ids: &OneOrMany<String>, scope: &QuirkScope<'_>, at: &Node<'_>) -> Vec<Quirk> {
    let found = each(&ids.0, at, &mut |id, at| {
        let Some(found) = scope.find(id) else {
            unknown_quirk(cx, id, scope, at);
            return None;
        };
        cx.use_quirk(found.owner, id);
        Some(quirk(id, found.file, found.quirk))
    });
    found.into_iter().flatten().collect()
}

fn quirk(id: &str, file: &str, quirk: &spec::Quirk) -> Quirk {
    // Faults inside a quirk are reported once, where it is defined (see `check_quirks`).
    let silent = |text: Option<&spec::Text>| {
        text.map(|text| Text {
            en: text.en.clone().unwrap_or_default().trim().to_owned(),
            zh: text.zh.clone().unwrap_or_default().trim().to_owned(),
        })
        .unwrap_or_default()
    };
    Quirk {
        id: id.to_owned(),
        spec: file.to_owned(),
        audience: quirk.audience,
        says: silent(quirk.says.as_ref()),
        we: silent(quirk.we.as_ref()),
        sources: quirk.source.0.iter().map(|citation| cite(citation)).collect(),
    }
}

fn unknown_quirk(cx: &Context<'_>, id: &str, scope: &QuirkScope<'_>, at: &Node<'_>) {
    let fault = Diagnostic::at(Code::UnknownReference, at, format!("there is no quirk `{id}`"), "nobody explains it");
    cx.report(fault.about(id).meant(nearest(id, scope.ids()), || {
        format!("explain it under `quirks:` of this file: {id}: {{ says: {{ en, zh }}, we: {{ en, zh }} }}")
    }));
}

/// Checks the words of every quirk of a mapping, used or not.
pub(super) fn check_quirks(cx: &Context<'_>, quirks: &IndexMap<String, spec::Quirk>, at: &Node<'_>) {
    for (id, quirk) in quirks {
        let at = at.key(id);
        checks::slug(cx, id, &at);
        text(cx, quirk.says.as_ref(), &at.key("says"), "what the page says");
        text(cx, quirk.we.as_ref(), &at.key("we"), "what we do");
        sources(cx, &quirk.source, &[], &at.key("source"));
        explains(cx, &quirk.explains, &at.key("explains"));
    }
}

/// What a quirk explains are statements that a page can make, each once.
fn explains(cx: &Context<'_>, statements: &[String], list: &Node<'_>) {
    for (index, text) in statements.iter().enumerate() {
        let at = list.index(index);
        if let Err(why) = text.parse::<Statement>() {
            cx.report(
                Diagnostic::at(Code::BadValue, &at, why.to_string(), "no page can say this").help(
                    "write it as `cargo xtask drift PAGE` names the difference; codegen/DIALECT.md lists all forms",
                ),
            );
        } else if let Some(first) = statements[..index].iter().position(|other| other == text) {
            cx.report(
                Diagnostic::at(Code::DuplicateName, &at, format!("`{text}` is explained twice"), "the second")
                    .also(Label::node(&list.index(first), "the first"))
                    .help("remove one of them"),
            );
        }
    }
}

/// The quirks of `api.yaml`.
pub(super) fn global_quirks(cx: &Context<'_>) -> Vec<Quirk> {
    let file = &cx.spec.api;
    let root = Node::root(&file.map);
    check_quirks(cx, &file.content.quirks, &root.key("quirks"));
    let scope = QuirkScope::new().with(&file.path, &file.content.quirks, &["quirks"]);
    quirks(cx, &file.content.quirk, &scope, &root.key("quirk"))
}

/// Reports quirks that nothing refers to.
pub(super) fn unused_quirks(cx: &Context<'_>) {
    let spec = cx.spec;
    unused(cx, &spec.api.path, &spec.api.map, &["quirks"], &spec.api.content.quirks);
    for file in &spec.endpoints {
        unused(cx, &file.path, &file.map, &["quirks"], &file.content.quirks);
        for (name, def) in &file.content.types {
            unused(cx, &file.path, &file.map, &["types", name, "quirks"], &def.quirks);
        }
    }
    for file in &spec.events {
        unused(cx, &file.path, &file.map, &["quirks"], &file.content.quirks);
        for (name, def) in &file.content.types {
            unused(cx, &file.path, &file.map, &["types", name, "quirks"], &def.quirks);
        }
    }
    for file in &spec.types {
        for (name, def) in &file.content {
            unused(cx, &file.path, &file.map, &[name, "quirks"], &def.quirks);
        }
    }
}

fn unused(cx: &Context<'_>, file: &str, map: &SourceMap, path: &[&str], quirks: &IndexMap<String, spec::Quirk>) {
    let owner = owner_key(file, path);
    let root = Node::root(map);
    for id in quirks.keys() {
        if cx.is_quirk_used(&owner, id) {
            continue;
        }
        let node = root.below(path);
        cx.report(
            Diagnostic::at_key(
                Code::Unused,
                &node.key(id),
                format!("nothing refers to the quirk `{id}`"),
                "never used",
            )
            .about(id)
            .help(format!("add `quirk: {id}` to the field, rule or endpoint that it concerns")),
        );
    }
}

/// What `api.yaml` says.
pub(super) fn api(cx: &Context<'_>) -> Api {
    let file = &cx.spec.api;
    let api = &file.content;
    let root = Node::root(&file.map);
    checks::crate_name(cx, &api.krate, &root.key("crate"));
    checks::version(cx, &api.version, &root.key("version"));
    checks::host(cx, &api.host, &root.key("host"));
    checks::wire_name(cx, &api.token.query, &root.key("token").key("query"));
    checks::wire_name(cx, &api.envelope.code, &root.key("envelope").key("code"));
    checks::wire_name(cx, &api.envelope.message, &root.key("envelope").key("message"));
    for (id, view) in &api.views {
        let views = root.key("views");
        let at = views.key(id);
        checks::slug(cx, id, &at);
        checks::view_affixes(cx, view, &at);
        text(cx, view.doc.as_ref(), &at.key("doc"), "the view's documentation");
    }
    let envelope = root.key("envelope");
    Api {
        krate: api.krate.clone(),
        keywords: api.keywords.clone(),
        version: api.version.clone(),
        title: text(cx, api.title.as_ref(), &root.key("title"), "the title"),
        host: api.host.trim_end_matches('/').to_owned(),
        reference: checks::address(cx, api.reference.as_ref(), &root.key("reference")),
        zone_seconds: checks::zone(cx, &api.zone, &root.key("zone")),
        documents: documents(cx),
        token_param: api.token.query.clone(),
        token_doc: text(cx, api.token.doc.as_ref(), &root.key("token").key("doc"), "the token's documentation"),
        // Its endpoint is not known yet.
        issue: None,
        tickets: Vec::new(),
        code_field: api.envelope.code.clone(),
        code_doc: text(cx, api.envelope.code_doc.as_ref(), &envelope.key("code_doc"), "the code's documentation"),
        message_field: api.envelope.message.clone(),
        message_doc: text(
            cx,
            api.envelope.message_doc.as_ref(),
            &envelope.key("message_doc"),
            "the message's documentation",
        ),
        ok: api.envelope.ok,
        trace: checks::mark(cx, api.envelope.trace.as_ref(), &envelope.key("trace")),
        // The elements of pushes are not known yet.
        push: None,
        refusals: None,
    }
}

fn documents(cx: &Context<'_>) -> Vec<Document> {
    let file = &cx.spec.api;
    let root = Node::root(&file.map);
    let list = root.key("documents");
    file.content
        .documents
        .iter()
        .map(|(id, document)| {
            let at = list.key(id);
            checks::slug(cx, id, &at);
            checks::day(cx, &document.read, &at.key("read"));
            if !matches!(document.language.as_str(), "en" | "zh") {
                cx.report(
                    Diagnostic::at(Code::BadValue, &at.key("language"), "a document is in `en` or `zh`", "neither")
                        .help("write `en` or `zh`"),
                );
            }
            Document {
                id: id.clone(),
                title: text(cx, document.title.as_ref(), &at.key("title"), "the document's title"),
                url: checks::address(cx, document.url.as_ref(), &at.key("url")),
                official: document.official,
                language: document.language.clone(),
                read: document.read.clone(),
                note: optional(cx, document.note.as_ref(), &at.key("note"), "the note"),
            }
        })
        .collect()
}
