//! Gathers all named types: where each is defined and what kind it is.

use std::collections::HashSet;

use super::context::{Context, QuirkScope};
use super::registry::{Entry, Kind, Registry, base_name, check_view, namespace};
use super::units::Units;
use super::{checks, prose};
use crate::diagnostic::{Code, Diagnostic, Label};
use crate::model::{Source, TypeId};
use crate::source::{Node, SourceMap};
use crate::spec::TypeDef;

/// Gathers the definitions of all files.
pub(super) fn collect<'s>(cx: &Context<'s>) -> Registry<'s> {
    let mut registry = Registry::empty(Units::new(cx));
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
    registry.break_off(circles(cx, &registry));
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
            next = registry.get(base_name(alias.def.alias.as_deref().unwrap_or_default()));
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
    let at = &Node::root(map).below(&path);
    checks::type_name(cx, name, at);
    let Some(kind) = kind(cx, name, def, at) else {
        registry.break_off([name]);
        return;
    };
    if let Some(first) = registry.get(name) {
        let earlier = Label::key(&first.at(), "the first");

        cx.report(
            Diagnostic::at_key(Code::DuplicateName, at, format!("two types are named `{name}`"), "the second")
                .also(earlier)
                .help("names of types are unique in the whole spec: rename one, or use one for both"),
        );

        return;
    }
    let mut quirk_path = path.clone();
    quirk_path.push("quirks");
    let scope = scope.with(file, &def.quirks, &quirk_path);
    let next = registry.entries.iter().map(|entry| entry.ids.len()).sum::<usize>();
    let ids = allocate(cx, def, kind, next, at);
    registry.add(Entry {
        name,
        file,
        map,
        def,
        path,
        inherited: inherited.to_vec(),
        scope,
        namespace: namespace(file),
        kind,
        ids,
    });
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
