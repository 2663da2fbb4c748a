//! Examples: that each obeys the spec it illustrates.

mod fault;
mod judge;
mod rule;
mod xml;

use super::context::Context;
use super::success;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{
    Body, Endpoint, Event, Example, Field, JsonMap, Model, ObjectType, Rule, RuleKind, TypeKind, Value,
};
use crate::source::Node;

use fault::Fault;
use judge::Judge;

/// Checks every example of every endpoint, event and field.
pub(super) fn check(cx: &Context<'_>, model: &Model) {
    let checker = Checker { cx, model };
    for (endpoint, file) in model.endpoints.iter().zip(&cx.spec.endpoints) {
        let root = Node::root(&file.map);
        let list = root.key("examples");
        for (index, example) in endpoint.examples.iter().enumerate() {
            let at = list.index(index);
            checker.exchange(endpoint, example, &at);
            if let Some(response) = &example.response
                && success::is_sound(&file.content, &endpoint.response, &model.api.code_field)
                && let Some((message, help)) = success::unproved(&model.api, &endpoint.response, response)
            {
                checker.report(&message, &at.key("response"), &help);
            }
        }
        checker.fields(&endpoint.request.query.fields, &root.key("query"));
        checker.fields(&endpoint.request.body.fields, &root.key("request"));
        checker.fields(&endpoint.response.object.fields, &root.key("response"));
    }
    for (event, file) in model.events.iter().zip(&cx.spec.events) {
        let root = Node::root(&file.map);
        let list = root.key("examples");
        for (index, example) in event.examples.iter().enumerate() {
            checker.push(event, example, &list.index(index));
        }
    }
    checker.types();
}

/// Checks the two objects of a rule, if it has any: the first obeys all rules, the second breaks this one and no other.
pub(super) fn cases(cx: &Context<'_>, model: &Model, object: &ObjectType, rule: &Rule, at: &Node<'_>) {
    let Some(cases) = &rule.cases else { return };
    let checker = Checker { cx, model };
    let judge = Judge { model, enforce: true };
    checker.faults(judge.object(object, &cases.obeys, &[]), &at.key("obeys"));
    let at = &at.key("breaks");
    let others = ObjectType {
        rules: object.rules.iter().filter(|other| other.index != rule.index).cloned().collect(),
        ..object.clone()
    };
    checker.faults(judge.object(&others, &cases.breaks, &[]), at);
    let dated = matches!(rule.kind, RuleKind::BeforeToday(_));
    if !dated && !cases.breaks.as_object().is_some_and(|object| rule::is_broken(rule, object)) {
        checker.report("this object obeys the rule that it is to break", at, "break the rule, and nothing else");
    }
}

/// The push of an example as JSON, under the same names: what stands in CDATA is a text there, a bare number a number.
/// None where it is no XML, which is told elsewhere.
pub(super) fn push_as_json(xml: &str) -> Option<Value> {
    xml::parse(xml).ok().map(|root| xml::as_json(&root))
}

/// The element that every push is.
const ROOT: &str = "xml";

struct Checker<'c, 's> {
    cx: &'c Context<'s>,
    model: &'c Model,
}

impl Checker<'_, '_> {
    fn exchange(&self, endpoint: &Endpoint, example: &Example, at: &Node<'_>) {
        let nothing = example.request.is_none()
            && example.query.is_none()
            && example.response.is_none()
            && example.error.is_none()
            && example.xml.is_none();
        if nothing {
            self.report("this example shows nothing", at, "give `request`, `response` or `error`");
        }
        if example.xml.is_some() {
            self.report("`xml` means nothing for an endpoint", &at.key("xml"), "give `request` and `response`");
        }
        self.request(endpoint, example, at);
        if let Some(response) = &example.response {
            let at = at.key("response");
            let ignored = [self.model.api.code_field.as_str(), self.model.api.message_field.as_str()];
            let judge = Judge { model: self.model, enforce: false };
            self.faults(judge.object(&endpoint.response.object, response, &ignored), &at);
            if response.get(&self.model.api.code_field).is_some_and(|code| code != &Value::from(self.model.api.ok)) {
                self.report(
                    "a successful response has no other code than the one that means success",
                    &at,
                    "move it to `error`",
                );
            }
        }
        if let Some(error) = &example.error {
            self.error(error, endpoint, &at.key("error"));
        }
    }

    fn request(&self, endpoint: &Endpoint, example: &Example, at: &Node<'_>) {
        let judge = Judge { model: self.model, enforce: true };
        let request = &endpoint.request;
        // An example with a body is a whole request: what the query requires belongs to it.
        let nothing = Value::Object(JsonMap::new());
        if let Some(value) = example.query.as_ref().or(example.request.as_ref().map(|_| &nothing)) {
            self.faults(judge.object(&request.query, value, &[]), &at.key("query"));
        }
        let Some(body) = &example.request else {
            // With a body to come, the query is not yet what rules are about.
            if request.body.fields.is_empty() {
                self.rules(endpoint, example, &at.key("query"));
            }
            return;
        };
        let at = at.key("request");
        if endpoint.body == Body::Multipart {
            self.report(
                "a multipart body cannot be written as an example",
                &at,
                "remove it; the documentation shows how to send the file",
            );
            return;
        }
        self.faults(judge.object(&request.body, body, &[]), &at);
        self.rules(endpoint, example, &at);
    }

    /// The rules of a request, whose fields may be in its query or in its body.
    fn rules(&self, endpoint: &Endpoint, example: &Example, at: &Node<'_>) {
        let parts = [&example.query, &example.request].into_iter().flatten().filter_map(Value::as_object);
        let all: JsonMap = parts.flatten().map(|(key, value)| (key.clone(), value.clone())).collect();
        if example.query.is_some() || example.request.is_some() {
            self.faults(judge::broken(&endpoint.request.rules, &all), at);
        }
    }

    fn error(&self, error: &Value, endpoint: &Endpoint, at: &Node<'_>) {
        let api = &self.model.api;
        let code = error.get(&api.code_field).and_then(Value::as_i64);
        let Some(code) = code.filter(|code| *code != api.ok) else {
            self.report("an error has a code other than the one that means success", at, "write the code as a number");
            return;
        };
        if !error.get(&api.message_field).is_some_and(Value::is_string) {
            self.report(&format!("the error lacks the text `{}`", api.message_field), at, "write the message as text");
        }
        if endpoint.errors.iter().all(|known| known.code != code) {
            let message = format!("the endpoint does not list the code {code} of its own example");
            self.report(&message, &at.key(&api.code_field), "add it to `errors`");
        }
    }

    fn push(&self, event: &Event, example: &Example, at: &Node<'_>) {
        if example.query.is_some() || example.request.is_some() || example.response.is_some() || example.error.is_some()
        {
            self.report("the example of an event is a push and nothing else", at, "give `xml:` only");
            return;
        }
        let Some(xml) = &example.xml else {
            self.report("the example of an event is a push", at, "give `xml:`");
            return;
        };
        let at = at.key("xml");
        let root = match xml::parse(xml) {
            Ok(root) => root,
            Err(message) => {
                self.report(&format!("the push is no XML: {message}"), &at, "close every element by its own name");
                return;
            }
        };
        if root.name != ROOT {
            self.report(
                &format!("a push is one `<{ROOT}>`, found `<{}>`", root.name),
                &at,
                "rename the outermost element",
            );
        }
        let values = xml::Values { model: self.model };
        for name in values.repeated(&root, &event.object) {
            self.report(&format!("the element `{name}` is there twice"), &at.key(name), "keep one, or make it a list");
        }
        let judge = Judge { model: self.model, enforce: false };
        self.faults(judge.object(&event.object, &values.object(&root, &event.object), &[]), &at);
        for (element, value) in &event.known_by {
            if root.children.iter().all(|child| child.name != *element || child.text != *value) {
                self.report(&format!("the push is not known by `{element}` = `{value}`"), &at, "add the element");
            }
        }
    }

    fn types(&self) {
        let files: std::collections::HashMap<&str, _> = self
            .cx
            .spec
            .types
            .iter()
            .map(|file| (file.path.as_str(), &file.map))
            .chain(self.cx.spec.endpoints.iter().map(|file| (file.path.as_str(), &file.map)))
            .chain(self.cx.spec.events.iter().map(|file| (file.path.as_str(), &file.map)))
            .collect();
        for ty in &self.model.types {
            let (TypeKind::Object(object), Some(map)) = (&ty.kind, files.get(ty.spec.as_str())) else { continue };
            let shared = ty.spec.starts_with("types/") || ty.spec.contains("/types/");
            let root = Node::root(map);
            let types = root.key("types");
            let at = if shared { root.key(&ty.name) } else { types.key(&ty.name) };
            self.fields(&object.fields, &at.key("fields"));
        }
    }

    /// The example and default of each field.
    fn fields(&self, fields: &[Field], list: &Node<'_>) {
        let judge = Judge { model: self.model, enforce: true };
        for field in fields {
            let at = list.key(&field.wire);
            for (value, key) in [(&field.example, "example"), (&field.default, "default")] {
                if let Some(value) = value {
                    self.faults(judge.field(field, value), &at.key(key));
                }
            }
        }
    }

    fn faults(&self, faults: Vec<Fault>, at: &Node<'_>) {
        for fault in faults {
            fault.report(self.cx, at);
        }
    }

    fn report(&self, message: &str, at: &Node<'_>, help: &str) {
        self.cx.report(Diagnostic::at(Code::BadExample, at, message, "in this example").help(help));
    }
}
