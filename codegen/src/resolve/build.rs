//! Builds every Rust type from its definition.

use super::context::{Context, Owner};
use super::registry::{Entry, Kind, Registry, rust_name};
use super::{enums, fields, objects, prose, unions};
use crate::model::{Quirk, Side, Source, Text, Type, TypeKind};
use crate::source::Node;

/// Builds every Rust type.
pub(super) fn build(cx: &Context<'_>, registry: &Registry<'_>) -> Vec<Type> {
    let mut types = Vec::new();
    for entry in &registry.entries {
        let at = &entry.at();
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
    let ident = rust_name(cx, entry.name, view);
    let kind = match entry.kind {
        Kind::Enum => TypeKind::Enum(enums::enumeration(cx, entry, &owner, at)),
        Kind::Union => TypeKind::Union(unions::union(cx, registry, entry, &owner, at)),
        Kind::Alias | Kind::Mixin | Kind::Object => {
            TypeKind::Object(objects::of_entry(cx, registry, entry, &owner, at))
        }
    };
    Type {
        view_doc: view
            .and_then(|view| cx.spec.api.content.views.get(view)?.doc.as_ref())
            .map(|doc| Text { en: doc.en.clone().unwrap_or_default(), zh: doc.zh.clone().unwrap_or_default() }),
        name: entry.name.to_owned(),
        ident,
        view: view.map(str::to_owned),
        namespace: entry.namespace.clone(),
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
