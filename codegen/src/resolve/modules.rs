//! The tree of Rust modules: one for each folder of the spec.

use std::collections::{BTreeMap, BTreeSet};

use super::context::Context;
use super::prose;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Model, Module, ObjectType, SourceFile, Text, TypeId, TypeKind, nearest, snake_case};
use crate::source::Node;

/// Every module, parents before children, the root first.
pub(super) fn tree(cx: &Context<'_>, model: &Model) -> Vec<Module> {
    let files = source_files(model);
    let mut folders: BTreeSet<Vec<String>> = BTreeSet::from([Vec::new()]);
    for folder in files.keys() {
        for length in 0..=folder.len() {
            folders.insert(folder[..length].to_vec());
        }
    }
    folders.iter().map(|folder| module(cx, model, folder, files.get(folder), &folders)).collect()
}

fn module(
    cx: &Context<'_>,
    model: &Model,
    folder: &[String],
    files: Option<&BTreeMap<String, SourceFile>>,
    folders: &BTreeSet<Vec<String>>,
) -> Module {
    let namespace = namespace(folder);
    let feature = namespace
        .first()
        .filter(|first| *first != "types")
        .map(|first| if first == "event" { first.clone() } else { folder[0].clone() });
    let (title, doc) = words(cx, folder);
    Module {
        needs: if folder.len() == 1 { needs(model, &namespace) } else { Vec::new() },
        children: folders
            .iter()
            .filter(|other| other.len() == folder.len() + 1 && other.starts_with(folder))
            .filter_map(|other| self::namespace(other).pop())
            .collect(),
        files: files.into_iter().flat_map(|files| files.values().cloned()).collect(),
        path: folder.to_vec(),
        namespace,
        title,
        doc,
        feature,
    }
}

fn namespace(folder: &[String]) -> Vec<String> {
    let mut path: Vec<String> = folder.iter().map(|part| snake_case(part)).collect();
    if path.first().is_some_and(|first| first == "events") {
        "event".clone_into(&mut path[0]);
    }
    path
}

fn words(cx: &Context<'_>, folder: &[String]) -> (Text, Option<Text>) {
    let file = &cx.spec.api;
    let key = folder.join("/");
    let root = Node::root(&file.map);
    let list = root.key("areas");
    let at = list.key(&key);
    match file.content.areas.get(&key) {
        Some(area) => (
            prose::text(cx, area.title.as_ref(), &at.key("title"), "the title of the folder"),
            prose::optional(cx, area.doc.as_ref(), &at.key("doc"), "the folder's documentation"),
        ),
        // A folder without a title of its own is called by its path.
        None => (Text { en: format!("`/{key}`"), zh: format!("`/{key}`") }, None),
    }
}

/// Reports titles of folders that are not there.
pub(super) fn unused_areas(cx: &Context<'_>) {
    let file = &cx.spec.api;
    let root = Node::root(&file.map);
    let list = root.key("areas");
    let folders = folders(cx);
    for area in file.content.areas.keys().filter(|area| !folders.contains(area.as_str())) {
        let fault = Diagnostic::at_key(
            Code::Unused,
            &list.key(area),
            format!("there is no folder `{area}`"),
            "a title for nothing",
        );
        cx.report(
            fault
                .about(area.rsplit('/').next().unwrap_or_default())
                .meant(nearest(area, folders.iter().copied()), || "remove it, or add a file to the folder"),
        );
    }
}

/// Reports folders without a title, where most of the others have one.
pub(super) fn missing_areas(cx: &Context<'_>) {
    let file = &cx.spec.api;
    let areas = &file.content.areas;
    let list = Node::root(&file.map).key("areas");
    let folders = folders(cx);
    if folders.iter().filter(|folder| areas.contains_key(**folder)).count() * 2 <= folders.len() {
        return;
    }
    // A title under a mistyped name is told there.
    let strays = areas.keys().filter(|area| !folders.contains(area.as_str()));
    let meant: Vec<&str> = strays.filter_map(|area| nearest(area, folders.iter().copied())).collect();
    let missing = folders.iter().filter(|folder| !areas.contains_key(**folder) && !meant.contains(*folder));
    for folder in missing {
        let message = format!("the folder `{folder}` has no title");
        let fault = Diagnostic::at_key(Code::MissingText, &list, message, "missing in here");
        cx.report(fault.help(format!("add `{folder}: {{ title: {{ en: …, zh: … }} }}` to `areas` in api.yaml")));
    }
}

/// Every folder of the spec, also one of aliases, which makes no module.
fn folders<'s>(cx: &Context<'s>) -> BTreeSet<&'s str> {
    let spec = cx.spec;
    let types = spec.types.iter().map(|file| file.path.as_str());
    let endpoints = spec.endpoints.iter().map(|file| file.path.as_str());
    let events = spec.events.iter().map(|file| file.path.as_str());
    let files = types.chain(endpoints).chain(events);
    files.flat_map(|path| path.match_indices('/').map(|(at, _)| &path[..at])).collect()
}

/// The Rust files of each folder, by stem.
fn source_files(model: &Model) -> BTreeMap<Vec<String>, BTreeMap<String, SourceFile>> {
    let mut files: BTreeMap<Vec<String>, BTreeMap<String, SourceFile>> = BTreeMap::new();
    let file = |spec: &str| -> (Vec<String>, String) {
        let mut folder: Vec<String> = spec.trim_end_matches(".yaml").split('/').map(str::to_owned).collect();
        let stem = folder.pop().map(|stem| snake_case(&stem)).unwrap_or_default();
        (folder, stem)
    };
    let mut entry = |spec: &str, change: &mut dyn FnMut(&mut SourceFile)| {
        let (folder, stem) = file(spec);
        let source = files.entry(folder).or_default().entry(stem.clone()).or_insert_with(|| SourceFile {
            spec: spec.to_owned(),
            stem,
            endpoint: None,
            event: None,
            types: Vec::new(),
        });
        change(source);
    };
    for (index, endpoint) in model.endpoints.iter().enumerate() {
        entry(&endpoint.spec, &mut |file| file.endpoint = Some(index));
    }
    for (index, event) in model.events.iter().enumerate() {
        entry(&event.spec, &mut |file| file.event = Some(index));
    }
    for (index, ty) in model.types.iter().enumerate() {
        entry(&ty.spec, &mut |file| file.types.push(TypeId(index)));
    }
    files
}

/// The other features whose types the module uses.
fn needs(model: &Model, namespace: &[String]) -> Vec<String> {
    let first = &namespace[0];
    let inside = |path: &[String]| path.first() == Some(first);
    let mut used: Vec<TypeId> = Vec::new();
    for endpoint in model.endpoints.iter().filter(|endpoint| inside(&endpoint.namespace)) {
        named(&endpoint.request.query, &mut used);
        named(&endpoint.request.body, &mut used);
        named(&endpoint.response.object, &mut used);
    }
    for event in model.events.iter().filter(|event| inside(&event.namespace)) {
        named(&event.object, &mut used);
    }
    for ty in model.types.iter().filter(|ty| inside(&ty.namespace)) {
        match &ty.kind {
            TypeKind::Object(object) => named(object, &mut used),
            TypeKind::Union(union) => used.extend(union.variants.iter().filter_map(crate::model::Variant::ty)),
            TypeKind::Enum(_) => {}
        }
    }
    let needed: BTreeSet<String> = used
        .into_iter()
        .map(|id| model.ty(id))
        .filter(|ty| !inside(&ty.namespace) && ty.namespace.first().is_some_and(|first| first != "types"))
        .filter_map(|ty| ty.spec.split('/').next())
        .map(|folder| if folder == "events" { "event".to_owned() } else { folder.to_owned() })
        .collect();
    needed.into_iter().collect()
}

fn named(object: &ObjectType, used: &mut Vec<TypeId>) {
    used.extend(object.fields.iter().filter_map(|field| field.ty.named()));
}
