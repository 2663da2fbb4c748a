//! Endpoints and events.

use indexmap::IndexMap;

use super::context::{Context, Owner, QuirkScope};
use super::registry::{Registry, namespace};
use super::{checks, errors, examples, objects, paging, prose, quota, rules, success, values};
use crate::diagnostic::{Code, Diagnostic, Label};
use crate::model::{Endpoint, Event, Example, Method, ObjectType, Request, Response, Source, Text, pascal_case};
use crate::source::Node;
use crate::spec::{self, Body, File, Repeat};

/// Every endpoint, by path.
pub(super) fn endpoints(cx: &Context<'_>, registry: &Registry<'_>) -> Vec<Endpoint> {
    cx.spec.endpoints.iter().map(|file| endpoint(cx, registry, file)).collect()
}

fn endpoint(cx: &Context<'_>, registry: &Registry<'_>, file: &File<spec::Endpoint>) -> Endpoint {
    let written = &file.content;
    let root = Node::root(&file.map);
    let url = file.path.trim_end_matches(".yaml");
    let sources = prose::required_sources(cx, &written.source, &root, "the endpoint");
    let scope = QuirkScope::new().with(&file.path, &written.quirks, &["quirks"]);
    prose::check_quirks(cx, &written.quirks, &root.key("quirks"));
    let owner = Owner { sources: &sources, scope: &scope, view: None };
    let ident = name(cx, written.name.as_deref(), url, &root);
    let method = method(cx, &written.method, &root.key("method"));
    let request = request(cx, registry, written, &owner, &root);
    let response = fields(cx, registry, &written.response, &owner, &root.key("response"));
    let errors = errors::at_endpoint(cx, &written.errors, &sources, &scope, &root.key("errors"));
    let paging = written
        .paging
        .as_ref()
        .and_then(|written| paging::paging(cx, written, (&request.whole(), &response), &errors, &root.key("paging")));
    Endpoint {
        path: format!("/{url}"),
        response_ident: format!("{ident}Response"),
        namespace: namespace(&file.path),
        spec: file.path.clone(),
        title: prose::text(cx, written.title.as_ref(), &root.key("title"), "the title"),
        doc: prose::text(cx, written.doc.as_ref(), &root.key("doc"), "the endpoint's documentation"),
        repeat: written.repeat,
        takes_token: written.token == spec::TokenUse::Query,
        account: None,
        find_out: find_out(cx, written, &root),
        verify: None,
        quota: quota::quota(cx, written.quota, &root.key("quota")),
        body: body(cx, file, method),
        errors,
        paging,
        examples: exchanges(cx, &written.examples, &root, "the endpoint"),
        quirks: prose::quirks(cx, &written.quirk, &scope, &root.key("quirk")),
        closed: prose::optional(cx, written.closed.as_ref(), &root.key("closed"), "what became of it"),
        restricted: restricted(cx, written, &root),
        response: Response { success: success::success(cx, written, &root.key("success")), object: response },
        ident,
        method,
        request,
        sources,
    }
}

/// What may be repeated needs no finding out.
fn find_out(cx: &Context<'_>, written: &spec::Endpoint, root: &Node<'_>) -> Option<Text> {
    let at = root.key("find_out");
    if written.find_out.is_some() && written.repeat != Repeat::Unsafe {
        let fault = Diagnostic::at(Code::BadValue, &at, "the call may be repeated", "nothing is to be found out");
        cx.report(fault.help("remove `find_out`, or say `repeat: unsafe`"));
    }
    prose::optional(cx, written.find_out.as_ref(), &at, "how to find out")
}

fn request(
    cx: &Context<'_>,
    registry: &Registry<'_>,
    written: &spec::Endpoint,
    owner: &Owner<'_, '_>,
    root: &Node<'_>,
) -> Request {
    let rules = rules::rules(cx, &written.rules, owner, &root.key("rules"));
    let query = objects::of_fields(cx, registry, &written.query, owner, &root.key("query"));
    let body = objects::of_fields(cx, registry, &written.request, owner, &root.key("request"));
    objects::not_too_many(cx, query.fields.len() + body.fields.len(), &root.key("request"));
    Request { query, body, rules }
}

/// An object that comes from the server.
fn fields(
    cx: &Context<'_>,
    registry: &Registry<'_>,
    written: &IndexMap<String, spec::Field>,
    owner: &Owner<'_, '_>,
    at: &Node<'_>,
) -> ObjectType {
    let object = objects::of_fields(cx, registry, written, owner, at);
    objects::not_too_many(cx, object.fields.len(), at);
    object
}

fn name(cx: &Context<'_>, given: Option<&str>, path: &str, root: &Node<'_>) -> String {
    let name = given.map_or_else(|| pascal_case(path.rsplit('/').next().unwrap_or(path)), str::to_owned);
    checks::type_name(cx, &name, &root.key("name"));
    name
}

fn method(cx: &Context<'_>, method: &str, at: &Node<'_>) -> Method {
    match method {
        "GET" => Method::Get,
        "POST" => Method::Post,
        other => {
            cx.report(
                Diagnostic::at(Code::BadValue, at, format!("`{other}` is no method of this interface"), "GET or POST?")
                    .help("write `GET` or `POST`"),
            );
            Method::Post
        }
    }
}

fn body(cx: &Context<'_>, file: &File<spec::Endpoint>, method: Method) -> Body {
    let written = &file.content;
    let root = Node::root(&file.map);
    let body = written.body.unwrap_or(match method {
        Method::Get => Body::None,
        Method::Post => Body::Json,
    });
    if body == Body::None && !written.request.is_empty() {
        cx.report(
            Diagnostic::at_key(
                Code::BadValue,
                &root.key("request"),
                "the request has fields but no body",
                "where should they go?",
            )
            .help("put them under `query:`, or say `body: json`"),
        );
    }
    body
}

fn exchanges(cx: &Context<'_>, written: &[spec::Example], root: &Node<'_>, what: &str) -> Vec<Example> {
    if written.is_empty() {
        cx.report(
            Diagnostic::at_key(
                Code::BadExample,
                &root.key("examples"),
                format!("{what} has no example"),
                "none in here",
            )
            .help("add `examples:` with at least one exchange, in words of our own"),
        );
    }
    let list = root.key("examples");
    same_titles(cx, written, &list);
    one_minimal(cx, written, &list);
    written
        .iter()
        .enumerate()
        .map(|(index, example)| Example {
            title: prose::optional(cx, example.title.as_ref(), &list.index(index).key("title"), "the example's title"),
            minimal: example.minimal,
            query: values::json(example.query.as_ref()),
            request: values::json(example.request.as_ref()),
            response: values::json(example.response.as_ref()),
            error: values::json(example.error.as_ref()),
            xml: example.xml.clone(),
            json: example.xml.as_deref().and_then(examples::push_as_json),
        })
        .collect()
}

/// Two examples of one title cannot be told apart.
fn same_titles(cx: &Context<'_>, written: &[spec::Example], list: &Node<'_>) {
    for (index, example) in written.iter().enumerate() {
        let Some(title) = &example.title else { continue };
        let same = |other: &spec::Example| {
            let other = other.title.as_ref();
            let is = |a: Option<&String>, b: Option<&String>| a.is_some() && a.map(|a| a.trim()) == b.map(|b| b.trim());
            is(title.en.as_ref(), other.and_then(|other| other.en.as_ref()))
                || is(title.zh.as_ref(), other.and_then(|other| other.zh.as_ref()))
        };
        let Some(first) = written[..index].iter().position(same) else { continue };
        let at = list.index(index).key("title");
        cx.report(
            Diagnostic::at(Code::DuplicateName, &at, "two examples have one title", "the second")
                .also(Label::node(&list.index(first).key("title"), "the first"))
                .help("say in each title what its example shows"),
        );
    }
}

/// What is shown first is one exchange, and one that works.
fn one_minimal(cx: &Context<'_>, written: &[spec::Example], list: &Node<'_>) {
    let mut first = None;
    for (index, example) in written.iter().enumerate().filter(|(_, example)| example.minimal) {
        let at = list.index(index).key("minimal");
        if (example.request.is_none() && example.query.is_none()) || example.response.is_none() {
            let message = "the minimal example sends nothing, or shows no success";
            checks::bad_value(cx, &at, message, "mark one that has a `request` or `query`, and a `response`");
        }
        if let Some(first) = first.replace(index) {
            cx.report(
                Diagnostic::at(Code::DuplicateName, &at, "two examples are the minimal one", "the second")
                    .also(Label::node(&list.index(first).key("minimal"), "the first"))
                    .help("mark the one that a newcomer is to see first"),
            );
        }
    }
}

/// Every push, by name.
pub(super) fn events(cx: &Context<'_>, registry: &Registry<'_>) -> Vec<Event> {
    cx.spec.events.iter().map(|file| event(cx, registry, file)).collect()
}

fn event(cx: &Context<'_>, registry: &Registry<'_>, file: &File<spec::Event>) -> Event {
    let written = &file.content;
    let root = Node::root(&file.map);
    let path = file.path.trim_end_matches(".yaml").trim_start_matches("events/");
    let sources: Vec<Source> = prose::required_sources(cx, &written.source, &root, "the event");
    let scope = QuirkScope::new().with(&file.path, &written.quirks, &["quirks"]);
    prose::check_quirks(cx, &written.quirks, &root.key("quirks"));
    let owner = Owner { sources: &sources, scope: &scope, view: None };
    let ident = name(cx, written.name.as_deref(), path, &root);
    let rules = rules::rules(cx, &written.rules, &owner, &root.key("rules"));
    let mut elements = Vec::new();
    objects::include(cx, registry, &written.include, &owner, &root.key("include"), &mut elements, &[]);
    let own = fields(cx, registry, &written.fields, &owner, &root.key("fields"));
    elements.extend(own.fields);
    let object = ObjectType { rules, fields: elements, ..ObjectType::default() };
    known_by(cx, written, &object, &root);
    Event {
        name: path.to_owned(),
        namespace: namespace(&file.path),
        spec: file.path.clone(),
        title: prose::text(cx, written.title.as_ref(), &root.key("title"), "the title"),
        doc: prose::text(cx, written.doc.as_ref(), &root.key("doc"), "the event's documentation"),
        known_by: written.known_by.iter().map(|(key, value)| (key.clone(), value.clone())).collect(),
        object,
        examples: exchanges(cx, &written.examples, &root, "the event"),
        quirks: prose::quirks(cx, &written.quirk, &scope, &root.key("quirk")),
        ident,
        sources,
    }
}

fn known_by(cx: &Context<'_>, written: &spec::Event, object: &ObjectType, root: &Node<'_>) {
    let at = root.key("known_by");
    for (element, value) in &written.known_by {
        checks::enum_value(cx, value, &at.key(element));
        if object.fields.iter().all(|field| field.wire != *element) {
            cx.report(
                Diagnostic::at_key(
                    Code::UnknownReference,
                    &at.key(element),
                    format!("there is no element `{element}`"),
                    "named here",
                )
                .help("`known_by` names elements of `fields`, or of an included mixin"),
            );
        }
    }
    if written.known_by.is_empty() {
        cx.report(
            Diagnostic::at_key(Code::BadValue, &at, "nothing tells this event from others", "empty")
                .help("write `known_by: { Event: name_of_the_event }`"),
        );
    }
}

/// What of an endpoint no longer works; of one that is closed nothing does.
fn restricted(cx: &Context<'_>, written: &spec::Endpoint, root: &Node<'_>) -> Option<Text> {
    let text = prose::optional(cx, written.restricted.as_ref(), &root.key("restricted"), "what no longer works");
    if written.closed.is_some() && text.is_some() {
        let message = "the endpoint is closed, and part of it is said to work";
        checks::bad_value(
            cx,
            &root.key("restricted"),
            message,
            "keep one: `closed` for all of it, `restricted` for a part",
        );
    }
    text
}
