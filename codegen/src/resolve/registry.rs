//! All named types: where each is defined, what kind it is, and which Rust types it becomes.

use std::collections::{HashMap, HashSet};

use super::context::{Context, QuirkScope};
use super::objects::Owner;
use super::{checks, enums, fields, objects, prose, unions};
use crate::diagnostic::{Code, Diagnostic, Label};
use crate::model::{Quirk, Side, Source, Text, Type, TypeId, TypeKind, snake_case};
use crate::source::{Node, SourceMap};
use crate::spec::TypeDef;

/// One definition.
pub(super) struct Entry<'s> {
    pub(super) name: &'s str,
    pub(super) file: &'s str,
    pub(super) map: &'s SourceMap,
    pub(super) def: &'s TypeDef,
    /// The keys that lead to the definition inside its file.
    pub(super) path: Vec<&'s str>,
    /// Where it is documented, when it does not say so itself.
    pub(super) inherited: Vec<Source>,
    pub(super) scope: QuirkScope<'s>,
    pub(super) rust_path: Vec<String>,
    pub(super) kind: Kind,
    /// The Rust types it becomes, by view.
    pub(super) ids: Vec<(Option<&'s str>, TypeId)>,
}

/// What kind of definition it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Alias,
    Enum,
    Object,
    Mixin,
    Union,
}

/// All definitions.
pub(super) struct Registry<'s> {
    pub(super) entries: Vec<Entry<'s>>,
    by_name: HashMap<&'s str, usize>,
    /// Names whose definition makes no type: to use one is no second fault.
    broken: HashSet<&'s str>,
}

impl<'s> Registry<'s> {
    pub(super) fn get(&self, name: &str) -> Option<&Entry<'s>> {
        self.by_name.get(name).map(|index| &self.entries[*index])
    }

    pub(super) fn is_broken(&self, name: &str) -> bool {
        self.broken.contains(name)
    }

    pub(super) fn names(&self) -> impl Iterator<Item = &'s str> + '_ {
        self.entries.iter().map(|entry| entry.name)
    }
}

impl<'s> Entry<'s> {
    /// The place of the definition.
    pub(super) fn at(&self) -> Node<'s> {
        Node::root(self.map).below(&self.path)
    }

    /// Calls `then` with the node of the definition.
    pub(super) fn node<R>(&self, then: &mut dyn FnMut(&Node<'_>) -> R) -> R {
        then(&self.at())
    }

    pub(super) fn id(&self, view: Option<&str>) -> Option<TypeId> {
        self.ids.iter().find(|(own, _)| *own == view).map(|(_, id)| *id)
    }

    pub(super) fn is_viewed(&self) -> bool {
        !self.def.views.is_empty()
    }
}

/// Gathers the definitions of all files.
pub(super) fn collect<'s>(cx: &Context<'s>) -> Registry<'s> {
    let mut registry = Registry { entries: Vec::new(), by_name: HashMap::new(), broken: HashSet::new() };
    let spec = cx.spec;
    for file in &spec.types {
        for (name, def) in &file.content {
            add(cx, &mut registry, (name, &file.path, &file.map, def), vec![name], QuirkScope::new(), &[]);
        }
    }
    for file in &spec.endpoints {
        let scope = QuirkScope::new().with(&file.path, &file.content.quirks, &["quirks"]);
        let root = Node::root(&file.map);
        let sources = prose::sources(cx, &file.content.source, &[], &root.key("source"));
        for (name, def) in &file.content.types {
            add(cx, &mut registry, (name, &file.path, &file.map, def), vec!["types", name], scope.clone(), &sources);
        }
    }
    for file in &spec.events {
        let scope = QuirkScope::new().with(&file.path, &file.content.quirks, &["quirks"]);
        let root = Node::root(&file.map);
        let sources = prose::sources(cx, &file.content.source, &[], &root.key("source"));
        for (name, def) in &file.content.types {
            add(cx, &mut registry, (name, &file.path, &file.map, def), vec!["types", name], scope.clone(), &sources);
        }
    }
    for name in circles(cx, &registry) {
        registry.broken.insert(name);
    }
    registry
}

/// Aliases that lead back to themselves; each circle is told once, where its first alias stands.
fn circles<'s>(cx: &Context<'s>, registry: &Registry<'s>) -> HashSet<&'s str> {
    let mut known: HashSet<&str> = HashSet::new();
    for entry in registry.entries.iter().filter(|entry| entry.kind == Kind::Alias) {
        let mut way = Vec::new();
        let mut next = Some(entry);
        while let Some(alias) = next.filter(|alias| alias.kind == Kind::Alias && !known.contains(alias.name)) {
            if let Some(begin) = way.iter().position(|name| *name == alias.name) {
                let circle = &way[begin..];
                let message = format!("`{}` refers to itself without end", alias.name);
                let fault = Diagnostic::at(Code::BadType, &alias.at().key("type"), message, "follows a circle");
                let told =
                    format!("an alias must end at a scalar or an object: {} -> {}", circle.join(" -> "), alias.name);
                cx.report(fault.help(told));
                known.extend(circle);
                break;
            }
            way.push(alias.name);
            next = registry.get(fields::base_name(alias.def.alias.as_deref().unwrap_or_default()));
        }
    }
    known
}

type Definition<'s> = (&'s str, &'s str, &'s SourceMap, &'s TypeDef);

fn add<'s>(
    cx: &Context<'s>,
    registry: &mut Registry<'s>,
    (name, file, map, def): Definition<'s>,
    path: Vec<&'s str>,
    scope: QuirkScope<'s>,
    inherited: &[Source],
) {
    let root = Node::root(map);
    let kind = prose::with_path(&root, &path, &mut |at| {
        checks::type_name(cx, name, at);
        kind(cx, name, def, at)
    });
    let Some(kind) = kind else {
        registry.broken.insert(name);
        return;
    };
    if let Some(first) = registry.get(name) {
        let earlier = first.node(&mut |at| Label::key(at, "the first"));
        prose::with_path(&root, &path, &mut |at| {
            cx.report(
                Diagnostic::at_key(Code::DuplicateName, at, format!("two types are named `{name}`"), "the second")
                    .also(earlier.clone())
                    .help("names of types are unique in the whole spec: rename one, or use one for both"),
            );
        });
        return;
    }
    let mut quirk_path = path.clone();
    quirk_path.push("quirks");
    let scope = scope.with(file, &def.quirks, &quirk_path);
    let next = registry.entries.iter().map(|entry| entry.ids.len()).sum::<usize>();
    let ids = prose::with_path(&root, &path, &mut |at| allocate(cx, def, kind, next, at));
    registry.by_name.insert(name, registry.entries.len());
    registry.entries.push(Entry {
        name,
        file,
        map,
        def,
        path,
        inherited: inherited.to_vec(),
        scope,
        rust_path: rust_path(file),
        kind,
        ids,
    });
}

/// The module of the types of a file: its folder; `events` is called `event` in Rust.
pub(super) fn rust_path(file: &str) -> Vec<String> {
    let mut path: Vec<String> = file.split('/').map(snake_case).collect();
    path.pop();
    if path.first().is_some_and(|first| first == "events") {
        path[0] = "event".to_owned();
    }
    path
}

fn allocate<'s>(
    cx: &Context<'s>,
    def: &'s TypeDef,
    kind: Kind,
    next: usize,
    at: &Node<'_>,
) -> Vec<(Option<&'s str>, TypeId)> {
    if matches!(kind, Kind::Alias | Kind::Mixin) {
        return Vec::new();
    }
    if def.views.is_empty() {
        return vec![(None, TypeId(next))];
    }
    let list = at.key("views");
    let mut ids = Vec::new();
    for (index, view) in def.views.iter().enumerate() {
        if check_view(cx, view, &list.index(index)) {
            ids.push((Some(view.as_str()), TypeId(next + ids.len())));
        }
    }
    ids
}

/// Whether `api.yaml` declares the view.
pub(super) fn check_view(cx: &Context<'_>, view: &str, at: &Node<'_>) -> bool {
    let views = &cx.spec.api.content.views;
    if views.contains_key(view) {
        return true;
    }
    let fault = Diagnostic::at(
        Code::UnknownReference,
        at,
        format!("there is no view `{view}`"),
        "api.yaml does not declare it",
    );
    cx.report(fault.about(view).meant(
        crate::model::nearest(view, views.keys().map(String::as_str)),
        || "declare it under `views` in api.yaml",
    ));
    false
}

fn kind(cx: &Context<'_>, name: &str, def: &TypeDef, at: &Node<'_>) -> Option<Kind> {
    let given = [
        (def.alias.is_some(), Kind::Alias, "type"),
        (def.enum_kind.is_some(), Kind::Enum, "enum"),
        (
            def.fields.is_some() || !def.include.is_empty(),
            Kind::Object,
            if def.fields.is_some() { "fields" } else { "include" },
        ),
        (def.union.is_some(), Kind::Union, "union"),
    ];
    let found: Vec<_> = given.iter().filter(|(there, ..)| *there).collect();
    match found.as_slice() {
        [(_, kind, _)] => {
            let kind = if def.mixin && *kind == Kind::Object { Kind::Mixin } else { *kind };
            misplaced(cx, def, kind, at);
            Some(kind)
        }
        [] => {
            cx.report(
                Diagnostic::at_key(Code::BadType, at, format!("`{name}` is defined in no way"), "this type")
                    .help("give `type`, `enum`, `fields` or `union`"),
            );
            None
        }
        many => {
            let keys: Vec<_> = many.iter().map(|(_, _, key)| format!("`{key}`")).collect();
            cx.report(
                Diagnostic::at_key(
                    Code::BadType,
                    at,
                    format!("`{name}` is defined in several ways: {}", keys.join(", ")),
                    "this type",
                )
                .help("keep one of them"),
            );
            None
        }
    }
}

/// Keys that mean nothing for this kind of type would be lost in silence.
fn misplaced(cx: &Context<'_>, def: &TypeDef, kind: Kind, at: &Node<'_>) {
    let (what, alias) = (words(kind), kind == Kind::Alias);
    let wrong = [
        (!def.values.is_empty() && kind != Kind::Enum, "values"),
        (def.mixin && kind != Kind::Mixin, "mixin"),
        (!def.rules.is_empty() && kind != Kind::Object, "rules"),
        (!def.views.is_empty() && matches!(kind, Kind::Alias | Kind::Enum), "views"),
        (def.max.is_some() && !alias, "max"),
        (def.min.is_some() && !alias, "min"),
        (def.each.is_some() && !alias, "each"),
        (!def.unenforced.is_empty() && !alias, "unenforced"),
        (!def.declared.0.is_empty() && !matches!(kind, Kind::Alias | Kind::Enum), "declared"),
        (def.unit.is_some() && kind != Kind::Alias, "unit"),
        (def.response_form.is_some() && kind != Kind::Enum, "response_form"),
        (def.filled && kind != Kind::Alias, "filled"),
        (def.example.is_some() && kind != Kind::Alias, "example"),
    ];
    for (_, key) in wrong.into_iter().filter(|(wrong, _)| *wrong) {
        cx.report(
            Diagnostic::at_key(
                Code::BadType,
                &at.key(key),
                format!("`{key}` means nothing for {what}"),
                "has no effect",
            )
            .help("remove it, or see codegen/DIALECT.md for where it belongs"),
        );
    }
}

fn words(kind: Kind) -> &'static str {
    match kind {
        Kind::Alias => "an alias",
        Kind::Enum => "an enumeration",
        Kind::Object => "an object",
        Kind::Mixin => "a mixin",
        Kind::Union => "a union",
    }
}

/// Builds every Rust type.
pub(super) fn build(cx: &Context<'_>, registry: &Registry<'_>) -> Vec<Type> {
    let mut types = Vec::new();
    for entry in &registry.entries {
        entry.node(&mut |at| {
            prose::check_quirks(cx, &entry.def.quirks, &at.key("quirks"));
            prose::declared(cx, &entry.def.declared, &at.key("declared"));
            let sources = entry_sources(cx, entry, at);
            match entry.kind {
                Kind::Alias => fields::check_alias(cx, registry, entry, at),
                Kind::Mixin => objects::check_mixin(cx, registry, entry, &sources, at),
                Kind::Enum | Kind::Object | Kind::Union => {
                    let doc = prose::text(cx, entry.def.doc.as_ref(), &at.key("doc"), "the type's documentation");
                    for (view, _) in &entry.ids {
                        types.push(one(cx, registry, entry, *view, &doc, &sources, at));
                    }
                }
            }
        });
    }
    types
}

fn entry_sources(cx: &Context<'_>, entry: &Entry<'_>, at: &Node<'_>) -> Vec<Source> {
    if entry.def.source.0.is_empty() && !entry.inherited.is_empty() {
        return entry.inherited.clone();
    }
    prose::required_sources(cx, &entry.def.source, at, &format!("the type `{}`", entry.name))
}

fn one(
    cx: &Context<'_>,
    registry: &Registry<'_>,
    entry: &Entry<'_>,
    view: Option<&str>,
    doc: &Text,
    sources: &[Source],
    at: &Node<'_>,
) -> Type {
    let owner = Owner { sources, scope: &entry.scope, view };
    let rust = rust_name(cx, entry.name, view);
    let kind = match entry.kind {
        Kind::Enum => TypeKind::Enum(enums::enumeration(cx, entry, &owner, at)),
        Kind::Union => TypeKind::Union(unions::union(cx, registry, entry, &owner, at)),
        Kind::Alias | Kind::Mixin | Kind::Object => {
            TypeKind::Object(objects::of_entry(cx, registry, entry, &owner, &rust, at))
        }
    };
    Type {
        view_doc: view
            .and_then(|view| cx.spec.api.content.views.get(view)?.doc.as_ref())
            .map(|doc| Text { en: doc.en.clone().unwrap_or_default(), zh: doc.zh.clone().unwrap_or_default() }),
        name: entry.name.to_owned(),
        rust,
        view: view.map(str::to_owned),
        rust_path: entry.rust_path.clone(),
        spec: entry.file.to_owned(),
        doc: doc.clone(),
        side: Side::default(),
        sources: sources.to_vec(),
        quirks: quirks(cx, entry, at),
        kind,
    }
}

/// The quirks of the type itself, of its values and of its variants.
fn quirks(cx: &Context<'_>, entry: &Entry<'_>, at: &Node<'_>) -> Vec<Quirk> {
    let mut all = prose::quirks(cx, &entry.def.quirk, &entry.scope, &at.key("quirk"));
    let list = at.key("values");
    for (wire, value) in &entry.def.values {
        all.extend(prose::quirks(cx, &value.quirk, &entry.scope, &list.key(wire).key("quirk")));
    }
    if let Some(union) = &entry.def.union {
        let union_at = at.key("union");
        let list = union_at.key("variants");
        for (name, variant) in &union.variants {
            all.extend(prose::quirks(cx, &variant.quirk, &entry.scope, &list.key(name).key("quirk")));
        }
    }
    all
}

/// `BaseInfo` seen from `create` is `NewBaseInfo`.
pub(super) fn rust_name(cx: &Context<'_>, name: &str, view: Option<&str>) -> String {
    match view.and_then(|view| cx.spec.api.content.views.get(view)) {
        Some(view) => format!("{}{name}{}", view.prefix, view.suffix),
        None => name.to_owned(),
    }
}
