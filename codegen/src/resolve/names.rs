//! Rust names: that no two things of one module or object get the same.

use std::collections::{HashMap, HashSet};

use super::checks;
use super::context::Context;
use crate::diagnostic::{Code, Diagnostic, Label};
use crate::model::{Field, Model, ObjectType, TypeKind, snake_case};
use crate::source::{Node, SourceMap};
use crate::target::{EXPORTED, EXPORTED_WITH, RESERVED_FOLDERS, raw_ident, required_struct};

/// Reports every collision.
pub(super) fn check(cx: &Context<'_>, model: &Model) {
    let files = files(cx);
    let names = Names { cx, files: &files };
    names.modules(model);
    names.files();
    for (endpoint, file) in model.endpoints.iter().zip(&cx.spec.endpoints) {
        let request = &endpoint.request;
        names.fields(&[("query", &request.query), ("request", &request.body)], &file.map, &[]);
        names.token(&request.query.fields, model, &file.map);
        names.fields(&[("response", &endpoint.response.object)], &file.map, &[]);
        names.envelope(&endpoint.response.object, model, &file.map);
    }
    for (event, file) in model.events.iter().zip(&cx.spec.events) {
        names.fields(&[("fields", &event.object)], &file.map, &[]);
    }
    for ty in &model.types {
        let Some(map) = files.get(ty.spec.as_str()) else { continue };
        let path = type_path(&ty.spec, &ty.name);
        match &ty.kind {
            TypeKind::Object(object) => names.fields(&[("fields", object)], map, &path),
            TypeKind::Enum(values) => {
                let pairs = values.values.iter().map(|value| (value.ident.as_str(), value.wire.as_str()));
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
        let mut seen: HashMap<(Vec<String>, String), (Place<'_>, &SourceMap)> = HashMap::new();
        let mut told = HashSet::new();
        for (path, rust, at) in public_names(model) {
            let Some(map) = self.files.get(at.spec) else { continue };
            let node = &at.at(map);
            checks::reserved(self.cx, &rust, node, "a type");
            let mut exported = EXPORTED_WITH.iter().map(|(_, names)| *names).chain([EXPORTED]);
            if path.is_empty() && exported.any(|names| names.contains(&rust.as_str())) {
                self.cx.report(
                    Diagnostic::at_key(
                        Code::NameCollision,
                        node,
                        format!("a type at the top cannot be named `{rust}`"),
                        "the crate exports another",
                    )
                    .help("choose another with `name:`, or rename the type"),
                );
            }
            let Some((first, other)) = seen.insert((path.clone(), rust.clone()), (at, map)) else { continue };
            // Where two requests have one name, their responses have too.
            if !told.insert((first, at)) {
                continue;
            }
            let full = [path.as_slice(), std::slice::from_ref(&rust)].concat().join("::");
            let earlier = Label::key(&first.at(other), "the first");
            self.cx.report(
                Diagnostic::at_key(
                    Code::NameCollision,
                    node,
                    format!("two things become the Rust type `{full}`"),
                    "the second",
                )
                .also(earlier)
                .help("give an endpoint another `name:`, or rename the type"),
            );
        }
    }

    /// Two paths that differ only in their signs would be the same Rust module, and some modules are taken.
    fn files(&self) {
        let mut paths: Vec<(&str, &SourceMap)> = self.files.iter().map(|(path, map)| (*path, *map)).collect();
        paths.sort_unstable_by_key(|(path, _)| *path);
        let mut seen: HashMap<Vec<String>, &str> = HashMap::new();
        for (path, map) in paths {
            let parts: Vec<&str> = path.trim_end_matches(".yaml").split('/').collect();
            for length in 1..=parts.len() {
                let mut rust: Vec<String> = parts[..length].iter().map(|part| snake_case(part)).collect();
                if rust[0] == "events" {
                    "event".clone_into(&mut rust[0]);
                }
                let stem = &path[..parts[..length].join("/").len()];
                let module = rust.join("::");
                match seen.insert(rust, stem) {
                    Some(first) if first != stem => {
                        let message = format!("`{first}` and `{stem}` become the same Rust module `{module}`");
                        self.whole_file(map, &message, "rename one of them; the dialect cannot express such a pair");
                    }
                    _ => {}
                }
            }
            let folders = &parts[..parts.len() - 1];
            let special = folders.iter().find(|part| matches!(**part, "crate" | "mod" | "self" | "super"));
            let taken = folders.first().filter(|part| RESERVED_FOLDERS.contains(part));
            if let Some(folder) = special.or(taken) {
                let message = format!("the folder `{folder}` cannot be a Rust module");
                self.whole_file(
                    map,
                    &message,
                    "the generated crate needs the name; the dialect cannot express such an address",
                );
            }
        }
    }

    fn whole_file(&self, map: &SourceMap, message: &str, help: &str) {
        let label = Label::new(map, map.at_byte(0), "this file");
        self.cx.report(Diagnostic::new(Code::NameCollision, message, label).help(help));
    }

    /// The fields of one struct, with the section of the spec file that holds each object of it.
    fn fields(&self, objects: &[(&str, &ObjectType)], map: &SourceMap, path: &[&str]) {
        let mut seen: HashMap<String, (&str, &Field)> = HashMap::new();
        let all = objects.iter().flat_map(|(section, object)| object.fields.iter().map(move |field| (*section, field)));
        for (to, field) in all.filter(|(_, field)| checks::is_wire_name(&field.wire)) {
            let Some((from, first)) = seen.insert(raw_ident(&field.ident), (to, field)) else { continue };
            let (what, help) = if first.wire != field.wire {
                let what =
                    format!("`{}` and `{}` become the same Rust field `{}`", first.wire, field.wire, field.ident);
                (what, "add `rust: another_name` to one of them")
            } else if from == to {
                (format!("the field `{}` is there twice, once by a mixin", field.wire), "remove one of them")
            } else {
                (
                    format!("the field `{}` is there twice, in the query and in the body", field.wire),
                    "add `rust: another_name` to one of them",
                )
            };
            self.collision(map, path, (from, &first.wire), (to, &field.wire), &what, help);
        }
    }

    /// The client itself sends the parameter with the token.
    fn token(&self, query: &[Field], model: &Model, map: &SourceMap) {
        let root = Node::root(map);
        let list = root.key("query");
        for field in query.iter().filter(|field| field.wire == model.api.token_param) {
            self.cx.report(
                Diagnostic::at_key(
                    Code::NameCollision,
                    &list.key(&field.wire),
                    format!("`{}` carries the access token", field.wire),
                    "no parameter of the endpoint",
                )
                .help("remove it: the client adds it to every call"),
            );
        }
    }

    fn envelope(&self, object: &ObjectType, model: &Model, map: &SourceMap) {
        let root = Node::root(map);
        let list = root.key("response");
        for field in &object.fields {
            if model.api.is_envelope(&field.wire) {
                self.cx.report(
                    Diagnostic::at_key(
                        Code::NameCollision,
                        &list.key(&field.wire),
                        format!("`{}` belongs to the envelope", field.wire),
                        "not a field of the response",
                    )
                    .help("remove it: api.yaml declares it once for all responses"),
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
            self.collision(
                map,
                path,
                (section, first),
                (section, wire),
                &message,
                "add `name: AnotherName` to one of them",
            );
        }
    }

    /// Two keys, each with the section that holds it.
    fn collision(
        &self,
        map: &SourceMap,
        path: &[&str],
        first: (&str, &str),
        second: (&str, &str),
        message: &str,
        help: &str,
    ) {
        let node = Node::root(map).below(path);
        let (one, two) = (node.key(first.0), node.key(second.0));
        let (one, two) = (one.key(first.1), two.key(second.1));
        let mut fault = Diagnostic::at_key(Code::NameCollision, &two, message, "the second").help(help);
        // What a mixin brings stands in no place of its own.
        if one.key_span() != two.key_span() {
            fault = fault.also(Label::key(&one, "the first"));
        }
        self.cx.report(fault);
    }
}

/// What gives a Rust type its name.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
struct Place<'m> {
    spec: &'m str,
    /// The name of the type; none for the endpoint or event of the file.
    ty: Option<&'m str>,
}

impl Place<'_> {
    fn at<'s>(&self, map: &'s SourceMap) -> Node<'s> {
        let path = match self.ty {
            None => vec!["name"],
            Some(name) => type_path(self.spec, name),
        };
        Node::root(map).below(&path)
    }
}

/// The keys that lead to a type of a file.
fn type_path<'n>(spec: &str, name: &'n str) -> Vec<&'n str> {
    if spec.starts_with("types/") || spec.contains("/types/") { vec![name] } else { vec!["types", name] }
}

/// Module, name and place of everything public.
fn public_names(model: &Model) -> impl Iterator<Item = (Vec<String>, String, Place<'_>)> {
    let endpoints = model.endpoints.iter().flat_map(|endpoint| {
        let names = [
            Some(endpoint.ident.clone()),
            Some(endpoint.response_ident.clone()),
            required_struct(&endpoint.ident, endpoint.request.fields()),
        ];
        names
            .into_iter()
            .flatten()
            .map(move |name| (endpoint.namespace.clone(), name, Place { spec: &endpoint.spec, ty: None }))
    });
    let events = model
        .events
        .iter()
        .map(|event| (event.namespace.clone(), event.ident.clone(), Place { spec: &event.spec, ty: None }));
    let types = model.types.iter().flat_map(|ty| {
        let required = match &ty.kind {
            TypeKind::Object(object) if ty.side.request => required_struct(&ty.ident, &object.fields),
            _ => None,
        };
        [Some(ty.ident.clone()), required]
            .into_iter()
            .flatten()
            .map(|name| (ty.namespace.clone(), name, Place { spec: &ty.spec, ty: Some(&ty.name) }))
    });
    endpoints.chain(events).chain(types)
}
