//! Rust names: that no two things of one module or object get the same.

use std::collections::HashMap;

use super::context::Context;
use super::prose::with_path;
use crate::diagnostic::{Code, Diagnostic, Label};
use crate::model::{Field, Model, ObjectType, RESERVED_TYPES, TypeKind, snake_case};
use crate::read::{Node, SourceMap};

/// Reports every collision.
pub(super) fn check(cx: &Context<'_>, model: &Model) {
    let files = files(cx);
    let names = Names { cx, files: &files };
    names.modules(model);
    names.stems(model);
    for (endpoint, file) in model.endpoints.iter().zip(&cx.spec.endpoints) {
        let mut request: Vec<_> = file.content.query.keys().map(|wire| ("query", wire.as_str())).collect();
        request.extend(file.content.request.keys().map(|wire| ("request", wire.as_str())));
        names.fields(&endpoint.request, &file.map, &[], &|wire| {
            if file.content.query.contains_key(wire) { "query" } else { "request" }
        });
        names.fields(&endpoint.response.object, &file.map, &[], &|_| "response");
        names.envelope(&endpoint.response.object, model, &file.map);
    }
    for (event, file) in model.events.iter().zip(&cx.spec.events) {
        names.fields(&event.object, &file.map, &[], &|_| "fields");
    }
    for ty in &model.types {
        let Some(map) = files.get(ty.spec.as_str()) else { continue };
        let local = !(ty.spec.starts_with("types/") || ty.spec.contains("/types/"));
        let path: Vec<&str> = if local { vec!["types", &ty.name] } else { vec![&ty.name] };
        match &ty.kind {
            TypeKind::Object(object) => names.fields(object, map, &path, &|_| "fields"),
            TypeKind::Enum(values) => {
                let pairs = values.values.iter().map(|value| (value.rust.as_str(), value.wire.as_str()));
                names.unique(pairs, map, &path, "values", "variant");
            }
            TypeKind::Union(_) => {}
        }
    }
}

fn files<'s>(cx: &Context<'s>) -> HashMap<&'s str, &'s SourceMap> {
    let spec = cx.spec;
    let endpoints = spec.endpoints.iter().map(|file| (file.path.as_str(), &file.map));
    let events = spec.events.iter().map(|file| (file.path.as_str(), &file.map));
    let types = spec.types.iter().map(|file| (file.path.as_str(), &file.map));
    endpoints.chain(events).chain(types).collect()
}

struct Names<'n, 's> {
    cx: &'n Context<'s>,
    files: &'n HashMap<&'s str, &'s SourceMap>,
}

impl Names<'_, '_> {
    /// Every public name of a module, once.
    fn modules(&self, model: &Model) {
        let mut seen: HashMap<(Vec<String>, String), &str> = HashMap::new();
        for (path, name, spec) in public_names(model) {
            let Some(map) = self.files.get(spec) else { continue };
            let root = Node::root(map);
            let place = || Label::new(map, root.key("name").span(), "this file");
            if RESERVED_TYPES.contains(&name.as_str()) {
                self.cx.report(
                    Diagnostic::new(Code::NameCollision, format!("a type cannot be named `{name}`"), place())
                        .help("generated code uses this name; choose another with `name:`"),
                );
            }
            if let Some(first) = seen.insert((path.clone(), name.clone()), spec) {
                let module = path.join("::");
                let mut fault = Diagnostic::new(
                    Code::NameCollision,
                    format!("two things become the Rust type `{module}::{name}`"),
                    place(),
                )
                .help("give one of them another `name:`, or rename the type");
                if let Some(first) = self.files.get(first) {
                    fault = fault.also(Label::new(first, first.at_byte(0), "the first is in this file"));
                }
                self.cx.report(fault);
            }
        }
    }

    /// A file and a folder of one name would be the same Rust module.
    fn stems(&self, model: &Model) {
        let mut folders: HashMap<Vec<String>, &str> = HashMap::new();
        for path in self.files.keys() {
            let parts: Vec<String> = path.trim_end_matches(".yaml").split('/').map(snake_case).collect();
            for length in 1..parts.len() {
                folders.insert(parts[..length].to_vec(), path);
            }
        }
        for endpoint in &model.endpoints {
            let parts: Vec<String> = endpoint.path.trim_matches('/').split('/').map(snake_case).collect();
            if let (Some(_), Some(map)) = (folders.get(&parts), self.files.get(endpoint.spec.as_str())) {
                self.cx.report(
                    Diagnostic::new(
                        Code::NameCollision,
                        format!("`{}` is a file and a folder at once", parts.join("/")),
                        Label::new(map, map.at_byte(0), "this file"),
                    )
                    .help("the two would be the same Rust module; the dialect cannot express such a pair"),
                );
            }
        }
    }

    fn fields(&self, object: &ObjectType, map: &SourceMap, path: &[&str], section: &dyn Fn(&str) -> &'static str) {
        let mut seen: HashMap<&str, &Field> = HashMap::new();
        for field in &object.fields {
            let Some(first) = seen.insert(&field.rust, field) else { continue };
            let what = if first.wire == field.wire {
                format!("the field `{}` is there twice, here and in a mixin", field.wire)
            } else {
                format!("`{}` and `{}` become the same Rust field `{}`", first.wire, field.wire, field.rust)
            };
            self.collision(map, path, section(&field.wire), &first.wire, &field.wire, &what, "add `rust: another_name` to one of them");
        }
    }

    fn envelope(&self, object: &ObjectType, model: &Model, map: &SourceMap) {
        let root = Node::root(map);
        let list = root.key("response");
        for field in &object.fields {
            if field.wire == model.api.code_field || field.wire == model.api.message_field {
                self.cx.report(
                    Diagnostic::at_key(Code::NameCollision, &list.key(&field.wire), format!("`{}` belongs to the envelope", field.wire), "not a field of the answer")
                        .help("remove it: api.yaml declares it once for all answers"),
                );
            }
        }
    }

    fn unique<'n>(
        &self,
        names: impl Iterator<Item = (&'n str, &'n str)>,
        map: &SourceMap,
        path: &[&str],
        section: &str,
        what: &str,
    ) {
        let mut seen: HashMap<&str, &str> = HashMap::new();
        for (rust, wire) in names {
            let Some(first) = seen.insert(rust, wire) else { continue };
            let message = format!("`{first}` and `{wire}` become the same Rust {what} `{rust}`");
            self.collision(map, path, section, first, wire, &message, "add `name: AnotherName` to one of them");
        }
    }

    #[allow(clippy::too_many_arguments, reason = "two places and the words about them")]
    fn collision(&self, map: &SourceMap, path: &[&str], section: &str, first: &str, second: &str, message: &str, help: &str) {
        with_path(&Node::root(map), path, &mut |node| {
            let list = node.key(section);
            self.cx.report(
                Diagnostic::at_key(Code::NameCollision, &list.key(second), message, "the second")
                    .also(Label::key(&list.key(first), "the first"))
                    .help(help),
            );
        });
    }
}

/// Module, name and spec file of everything public.
fn public_names(model: &Model) -> impl Iterator<Item = (Vec<String>, String, &str)> {
    let endpoints = model.endpoints.iter().flat_map(|endpoint| {
        let names = [Some(endpoint.rust.clone()), Some(endpoint.response_rust.clone()), endpoint.request.required_struct.clone()];
        names.into_iter().flatten().map(|name| (endpoint.rust_path.clone(), name, endpoint.spec.as_str()))
    });
    let events = model.events.iter().map(|event| (event.rust_path.clone(), event.rust.clone(), event.spec.as_str()));
    let types = model.types.iter().flat_map(|ty| {
        let required = match &ty.kind {
            TypeKind::Object(object) => object.required_struct.clone(),
            _ => None,
        };
        [Some(ty.rust.clone()), required]
            .into_iter()
            .flatten()
            .map(|name| (ty.rust_path.clone(), name, ty.spec.as_str()))
    });
    endpoints.chain(events).chain(types)
}
