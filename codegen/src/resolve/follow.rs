//! Follows a type as written, through lists, maps and aliases.

use super::context::Context;
use super::registry::{Entry, Kind, Registry, base_name};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Scalar, TypeId, TypeRef, nearest};
use crate::source::Node;

/// As deep as lists, maps and aliases may stand in one another.
const DEEPEST: usize = 16;

/// A type reference that was followed.
pub(super) struct Followed<'r, 's> {
    pub(super) ty: TypeRef,
    /// The alias on the way, if any.
    pub(super) alias: Option<&'r Entry<'s>>,
    /// Whether the alias stands for the items of a list.
    pub(super) inside_list: bool,
    /// The enumeration, object or union at the end, if any.
    pub(super) named: Option<&'r Entry<'s>>,
}

impl<'r, 's> Followed<'r, 's> {
    /// Where a broken reference leads: to what satisfies everything.
    const UNKNOWN: Self = Self { ty: TypeRef::Named(TypeId::UNKNOWN), alias: None, inside_list: false, named: None };
}

fn is_known(registry: &Registry<'_>, name: &str) -> bool {
    registry.get(name).is_some() || Scalar::ALL.iter().any(|(known, _)| *known == name)
}

/// Follows a type as written: `string`, `CardId`, `CardStatus[]`, `map<int>`.
pub(super) fn follow<'r, 's>(
    cx: &Context<'s>,
    registry: &'r Registry<'s>,
    written: &str,
    view: Option<&str>,
    at: &Node<'_>,
) -> Followed<'r, 's> {
    follow_within(cx, registry, written, view, at, 0)
}

fn follow_within<'r, 's>(
    cx: &Context<'s>,
    registry: &'r Registry<'s>,
    written: &str,
    view: Option<&str>,
    at: &Node<'_>,
    depth: usize,
) -> Followed<'r, 's> {
    if depth > DEEPEST {
        cx.report(
            Diagnostic::at(Code::BadType, at, format!("`{written}` stands in too many lists and maps"), "in here")
                .help(format!("{DEEPEST} of lists, maps and aliases are the most")),
        );
        return Followed::UNKNOWN;
    }
    let written = written.trim();
    let nested = |inner: &str, wrap: fn(Box<TypeRef>) -> TypeRef| {
        let followed = follow_within(cx, registry, inner, view, at, depth + 1);
        Followed { ty: wrap(Box::new(followed.ty)), inside_list: true, ..followed }
    };
    if let Some(inner) = written.strip_suffix("[]") {
        return nested(inner, TypeRef::List);
    }
    if let Some(inner) = written.strip_prefix("map<").and_then(|rest| rest.strip_suffix('>')) {
        return nested(inner, TypeRef::Map);
    }
    if let Some((_, scalar)) = Scalar::ALL.iter().find(|(name, _)| *name == written) {
        return Followed { ty: TypeRef::Scalar(*scalar), alias: None, inside_list: false, named: None };
    }
    let Some(entry) = registry.get(written) else {
        if !registry.is_broken(written) {
            unknown_type(cx, registry, written, at);
        }
        return Followed::UNKNOWN;
    };
    match entry.kind {
        Kind::Alias => alias(cx, registry, entry, view, at, depth),
        Kind::Mixin => {
            cx.report(
                Diagnostic::at(Code::BadType, at, format!("`{written}` is a mixin and no type"), "cannot be a field")
                    .help("include it, or drop `mixin: true`"),
            );
            Followed::UNKNOWN
        }
        Kind::Enum | Kind::Object | Kind::Union => named(cx, entry, view, at),
    }
}

/// Follows an alias. That its target does not exist, or is itself, was said where the alias stands.
fn alias<'r, 's>(
    cx: &Context<'s>,
    registry: &'r Registry<'s>,
    entry: &'r Entry<'s>,
    view: Option<&str>,
    at: &Node<'_>,
    depth: usize,
) -> Followed<'r, 's> {
    let target = entry.def.alias.as_deref().unwrap_or_default();
    if registry.is_broken(entry.name) || !is_known(registry, base_name(target)) {
        return Followed::UNKNOWN;
    }
    let followed = follow_within(cx, registry, target, view, at, depth + 1);
    Followed { alias: Some(entry), inside_list: false, ..followed }
}

fn named<'r, 's>(cx: &Context<'s>, entry: &'r Entry<'s>, view: Option<&str>, at: &Node<'_>) -> Followed<'r, 's> {
    let wanted = if entry.is_viewed() { view } else { None };
    let Some(id) = entry.id(wanted) else {
        if wanted.is_some_and(|view| entry.def.views.iter().any(|known| known == view)) {
            // api.yaml does not declare it, which was said where the type lists it.
            return Followed::UNKNOWN;
        }
        let views = entry.def.views.join("`, `");
        let message = match wanted {
            Some(view) => format!("`{}` has no view `{view}`", entry.name),
            None => format!("`{}` has views, and none is named here", entry.name),
        };
        cx.report(
            Diagnostic::at(Code::BadView, at, message, format!("it has `{views}`"))
                .help("say `view: …` beside the type, or add the view to the type"),
        );
        return Followed::UNKNOWN;
    };
    Followed { ty: TypeRef::Named(id), alias: None, inside_list: false, named: Some(entry) }
}

fn unknown_type(cx: &Context<'_>, registry: &Registry<'_>, written: &str, at: &Node<'_>) {
    let fault =
        Diagnostic::at(Code::UnknownReference, at, format!("there is no type `{written}`"), "nobody defines it");
    let names = registry.names().chain(Scalar::ALL.iter().map(|(name, _)| *name));
    cx.report(fault.about(base_name(written)).meant(
        nearest(written, names),
        || "define it under `types:` of this file or in a `types/` folder; codegen/DIALECT.md lists the scalars",
    ));
}
