//! Tagged unions: their variants in one view, and whether they can be told apart.

use super::context::{Context, Owner};
use super::registry::{Entry, Kind, Registry, check_view};
use super::{checks, follow, prose, rules};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{TypeId, UnionType, Variant, VariantContent};
use crate::source::Node;
use crate::spec::{self, UnionContent};

/// The union of a definition in one view.
pub(super) fn union(
    cx: &Context<'_>,
    registry: &Registry<'_>,
    entry: &Entry<'_>,
    owner: &Owner<'_, '_>,
    at: &Node<'_>,
) -> UnionType {
    let Some(union) = &entry.def.union else { return empty() };
    let at = at.key("union");
    checks::wire_name(cx, &union.tag, &at.key("tag"));
    let tagged = !owner.view.is_some_and(|view| union.tagless.iter().any(|name| name == view));
    prose::declared(cx, &union.declared, &at.key("declared"));
    views(cx, entry, &union.tagless, &at.key("tagless"));
    views(cx, entry, &union.unreviewed, &at.key("unreviewed"));
    tagless(cx, union, &at.key("tagless"));
    let list = at.key("variants");
    let mut variants = Vec::new();
    for (name, variant) in &union.variants {
        let at = list.key(name);
        if occurs(cx, registry, entry, variant, owner.view, &at) {
            variants.push(one(cx, registry, name, variant, union, owner, &at));
        }
    }
    let union = UnionType {
        tag: union.tag.clone(),
        tag_doc: prose::text(cx, union.doc.as_ref(), &at.key("doc"), "the tag's documentation"),
        tag_declared: union.declared.0.clone(),
        tag_quirks: prose::quirks(cx, &union.quirk, owner.scope, &at.key("quirk")),
        tag_review: owner.view.filter(|view| union.unreviewed.iter().any(|name| name == view)).map(|_| false),
        tagged,
        content: union.content,
        variants,
        checked: false,
        reviewed: false,
    };
    ambiguous(cx, &union, &list);
    union
}

fn empty() -> UnionType {
    UnionType {
        tag: String::new(),
        tag_doc: crate::model::Text::default(),
        tag_declared: Vec::new(),
        tag_quirks: Vec::new(),
        tag_review: None,
        tagged: true,
        content: UnionContent::Inline,
        variants: Vec::new(),
        checked: false,
        reviewed: false,
    }
}

/// Views that a union names are its own.
fn views(cx: &Context<'_>, entry: &Entry<'_>, views: &[String], list: &Node<'_>) {
    for (index, view) in views.iter().enumerate() {
        let at = list.index(index);
        if !entry.def.views.contains(view) {
            cx.report(
                Diagnostic::at(Code::BadView, &at, format!("`{}` has no view `{view}`", entry.name), "this view")
                    .help("add it to the union's `views`, or remove it here"),
            );
        }
    }
}

fn tagless(cx: &Context<'_>, union: &spec::Union, list: &Node<'_>) {
    if !union.tagless.is_empty() && union.content == UnionContent::Inline {
        cx.report(
            Diagnostic::at_key(
                Code::BadUnion,
                list,
                "without a tag, inline variants cannot be told apart",
                "`content` is inline",
            )
            .help("use `content: keyed`, or send the tag in every view"),
        );
    }
}

/// Whether a view of the union has the variant.
fn occurs(
    cx: &Context<'_>,
    registry: &Registry<'_>,
    entry: &Entry<'_>,
    variant: &spec::Variant,
    view: Option<&str>,
    at: &Node<'_>,
) -> bool {
    if let Some(views) = &variant.views {
        let list = at.key("in");
        for (index, name) in views.iter().enumerate() {
            if check_view(cx, name, &list.index(index)) && !entry.def.views.contains(name) {
                cx.report(
                    Diagnostic::at(
                        Code::BadView,
                        &list.index(index),
                        format!("`{}` has no view `{name}`", entry.name),
                        "this view",
                    )
                    .help("add it to the union's `views`, or remove it here"),
                );
            }
        }
        return view.is_none_or(|view| views.iter().any(|name| name == view));
    }
    // A type without this view has no place in it, unless the variant names another.
    let ty = variant.ty.as_deref().and_then(|name| registry.get(name));
    variant.view.is_some() || ty.is_none_or(|ty| !ty.is_viewed() || ty.id(view).is_some())
}

fn one(
    cx: &Context<'_>,
    registry: &Registry<'_>,
    name: &str,
    variant: &spec::Variant,
    union: &spec::Union,
    owner: &Owner<'_, '_>,
    at: &Node<'_>,
) -> Variant {
    checks::type_name(cx, name, at);
    checks::reserved(cx, name, at, "a variant");
    checks::enum_value(cx, &variant.value, &at.key("value"));
    Variant {
        ident: name.to_owned(),
        value: variant.value.clone(),
        also: checks::also(cx, &variant.also, &variant.value, &at.key("also")),
        content: content(cx, registry, name, variant, union, owner, at),
        when: rules::conditions(&variant.when),
        doc: prose::text(cx, variant.doc.as_ref(), &at.key("doc"), "the variant's documentation"),
        sources: prose::sources(cx, &variant.source, owner.sources, &at.key("source")),
    }
}

fn content(
    cx: &Context<'_>,
    registry: &Registry<'_>,
    name: &str,
    variant: &spec::Variant,
    union: &spec::Union,
    owner: &Owner<'_, '_>,
    at: &Node<'_>,
) -> VariantContent {
    let bad = |message: String, help: &str| {
        cx.report(Diagnostic::at_key(Code::BadUnion, at, message, "this variant").help(help));
        unknown(variant)
    };
    let view = variant.view.as_deref().or(owner.view);
    let id = match variant.ty.as_deref() {
        None => None,
        Some(ty) => {
            let followed = follow::follow(cx, registry, ty, view, &at.key("type"));
            if followed.ty.is_unknown() {
                return unknown(variant);
            }
            let is_object = followed.named.is_some_and(|entry| entry.kind == Kind::Object) && !followed.inside_list;
            if !is_object {
                return bad(format!("`{ty}` is no object"), "the content of a variant is an object");
            }
            followed.ty.named()
        }
    };
    match (union.content, variant.key.as_deref(), id) {
        (UnionContent::Inline, None, None) => VariantContent::Unit,
        (UnionContent::Inline, None, Some(id)) => VariantContent::Inline(id),
        (UnionContent::Inline, Some(_), _) => {
            bad(format!("`{name}` has a key, but its fields stand beside the tag"), "remove `key`")
        }
        (UnionContent::Keyed, Some(key), Some(id)) => {
            checks::wire_name(cx, key, &at.key("key"));
            VariantContent::Keyed(key.to_owned(), id)
        }
        (UnionContent::Keyed, ..) => bad(format!("`{name}` needs a key and a type"), "add `key:` and `type:`"),
    }
}

/// The content of a variant with a fault: whatever stands there.
fn unknown(variant: &spec::Variant) -> VariantContent {
    match &variant.key {
        Some(key) => VariantContent::Keyed(key.clone(), TypeId::UNKNOWN),
        None => VariantContent::Inline(TypeId::UNKNOWN),
    }
}

/// Variants with one tag value (or key, without tags) must say what tells all but the last apart.
fn ambiguous(cx: &Context<'_>, union: &UnionType, list: &Node<'_>) {
    for (index, variant) in union.variants.iter().enumerate().filter(|(_, variant)| variant.when.is_empty()) {
        let later = union.variants[index + 1..].iter();
        let Some((later, known)) = later.filter_map(|it| Some((it, union.shared(variant, it)?))).next() else {
            continue;
        };
        cx.report(
            Diagnostic::at_key(
                Code::BadUnion,
                &list.key(&variant.ident),
                format!("`{}` hides `{}`: both are known by `{known}`", variant.ident, later.ident),
                "comes first and always matches",
            )
            .help(if variant.value == later.value {
                "add `when: { path: value }` to this one, or change the order"
            } else {
                "take it out of one of them, or add `when: { path: value }` to this one"
            }),
        );
    }
}
