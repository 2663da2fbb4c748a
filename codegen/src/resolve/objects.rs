//! Objects: their fields in one view, with mixins included.

use indexmap::IndexMap;

use super::context::{Context, Owner};
use super::registry::{Entry, Kind, Registry};
use super::{fields, prose, rules};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Field, ObjectType, Source, nearest};
use crate::source::Node;
use crate::spec::{self, InView, Presence, ViewField};

/// The object of a definition in one view.
pub(super) fn of_entry(
    cx: &Context<'_>,
    registry: &Registry<'_>,
    entry: &Entry<'_>,
    owner: &Owner<'_, '_>,
    at: &Node<'_>,
) -> ObjectType {
    let mut fields = Vec::new();
    entry_fields(cx, registry, entry, owner, at, &mut fields, &[]);
    let rules = rules::rules(cx, &entry.def.rules, owner, &at.key("rules"));
    not_too_many(cx, fields.len(), at);
    ObjectType { fields, rules, ..ObjectType::default() }
}

/// The object of a query, a body, a response or an event. It has no rules of its own yet.
pub(super) fn of_fields(
    cx: &Context<'_>,
    registry: &Registry<'_>,
    written: &IndexMap<String, spec::Field>,
    owner: &Owner<'_, '_>,
    at: &Node<'_>,
) -> ObjectType {
    let mut fields = Vec::new();
    for (wire, field) in written {
        let at = at.key(wire);
        no_views(cx, field, &at);
        fields.push(fields::field(cx, registry, wire, field, owner, &at));
    }
    ObjectType { fields, ..ObjectType::default() }
}

/// Reports an object of more fields than a reader can keep apart.
pub(super) fn not_too_many(cx: &Context<'_>, count: usize, at: &Node<'_>) {
    if count > ObjectType::MOST_FIELDS {
        cx.report(
            Diagnostic::at_key(
                Code::BadType,
                at,
                format!("an object of {count} fields; {} is the most", ObjectType::MOST_FIELDS),
                "too many in here",
            )
            .help("readers keep a note of each field that was there, and there is no room for more"),
        );
    }
}

fn entry_fields(
    cx: &Context<'_>,
    registry: &Registry<'_>,
    entry: &Entry<'_>,
    owner: &Owner<'_, '_>,
    at: &Node<'_>,
    out: &mut Vec<Field>,
    way: &[&str],
) {
    let way = &[way, &[entry.name]].concat();
    include(cx, registry, &entry.def.include, owner, &at.key("include"), out, way);
    let list = at.key("fields");
    for (wire, field) in entry.def.fields.iter().flatten() {
        let at = list.key(wire);
        // A mixin serves objects with and without views; the object that includes it decides.
        let Some(field) = in_view(cx, entry, field, owner.view, &at) else { continue };
        out.push(fields::field(cx, registry, wire, &field, owner, &at));
    }
}

/// The fields of some mixins; `way` names those that led here.
pub(super) fn include(
    cx: &Context<'_>,
    registry: &Registry<'_>,
    names: &[String],
    owner: &Owner<'_, '_>,
    list: &Node<'_>,
    out: &mut Vec<Field>,
    way: &[&str],
) {
    for (index, name) in names.iter().enumerate() {
        let at = list.index(index);
        match registry.get(name) {
            Some(_) if way.contains(&name.as_str()) => cx.report(
                Diagnostic::at(Code::BadType, &at, format!("`{name}` includes itself without end"), "follows a circle")
                    .help(format!("break the circle: {} -> {name}", way.join(" -> "))),
            ),
            Some(mixin) if mixin.kind == Kind::Mixin => {
                let node = &mixin.at();
                let sources = prose::sources(cx, &mixin.def.source, &mixin.inherited, &node.key("source"));
                let own = Owner { sources: &sources, scope: &mixin.scope, view: owner.view };
                entry_fields(cx, registry, mixin, &own, node, out, way);
            }
            Some(_) => cx.report(
                Diagnostic::at(Code::BadType, &at, format!("`{name}` cannot be included"), "is no mixin")
                    .help("only an object with `mixin: true` can be included"),
            ),
            None if registry.is_broken(name) => {}
            None => {
                let fault = Diagnostic::at(
                    Code::UnknownReference,
                    &at,
                    format!("there is no mixin `{name}`"),
                    "nobody defines it",
                );
                cx.report(fault.about(name).meant(nearest(name, registry.names()), || "define it with `mixin: true`"));
            }
        }
    }
}

/// The field as one view has it; none when the view lacks it.
fn in_view(
    cx: &Context<'_>,
    entry: &Entry<'_>,
    field: &spec::Field,
    view: Option<&str>,
    at: &Node<'_>,
) -> Option<spec::Field> {
    let Some(view) = view else {
        if entry.kind != Kind::Mixin {
            no_views(cx, field, at);
        }
        return Some(field.clone());
    };
    let Some(views) = &field.views else {
        if entry.is_viewed() {
            cx.report(
                Diagnostic::at_key(
                    Code::BadView,
                    at,
                    "the object has views, and this field does not say in which it occurs",
                    "no `in` here",
                )
                .help("add `in: { create: required, update: optional, read: optional }` with the views that have it"),
            );
        }
        return Some(field.clone());
    };
    check_views(cx, entry, views, at);
    views.get(view).map(|how| overlay(field, how))
}

fn check_views(cx: &Context<'_>, entry: &Entry<'_>, views: &IndexMap<String, InView>, at: &Node<'_>) {
    let list = at.key("in");
    for view in views.keys() {
        let known = entry.def.views.contains(view)
            || (entry.kind == Kind::Mixin && cx.spec.api.content.views.contains_key(view));
        if !known {
            cx.report(
                Diagnostic::at_key(
                    Code::BadView,
                    &list.key(view),
                    format!("`{}` has no view `{view}`", entry.name),
                    "this view",
                )
                .help("add it to the object's `views`, or remove it here"),
            );
        }
    }
}

fn no_views(cx: &Context<'_>, field: &spec::Field, at: &Node<'_>) {
    if field.views.is_some() {
        cx.report(
            Diagnostic::at_key(Code::BadView, &at.key("in"), "there are no views here", "means nothing")
                .help("remove `in`, or give the object `views`"),
        );
    }
}

fn overlay(field: &spec::Field, how: &InView) -> spec::Field {
    let mut field = field.clone();
    match how {
        InView::Presence(presence) => field.required = *presence == Presence::Required,
        InView::Detailed(detail) => apply(&mut field, detail),
    }
    field
}

fn apply(field: &mut spec::Field, detail: &ViewField) {
    fn set<T: Clone>(target: &mut Option<T>, value: &Option<T>) {
        if value.is_some() {
            target.clone_from(value);
        }
    }
    field.required = detail.required;
    set(&mut field.required_if, &detail.required_if);
    set(&mut field.doc, &detail.doc);
    set(&mut field.max, &detail.max);
    set(&mut field.min, &detail.min);
    set(&mut field.each, &detail.each);
    set(&mut field.default, &detail.default);
    set(&mut field.review, &detail.review);
    if let Some(unenforced) = &detail.unenforced {
        field.unenforced.clone_from(unenforced);
    }
    if let Some(declared) = &detail.declared {
        field.declared = declared.clone();
    }
    if let Some(quirk) = &detail.quirk {
        field.quirk = quirk.clone();
    }
    if let Some(clears) = detail.clears {
        field.clears = clears;
    }
    if let Some(or_text) = detail.or_text {
        field.or_text = or_text;
    }
    if let Some(source) = &detail.source {
        field.source = source.clone();
    }
}

/// Checks the fields of a mixin on their own, so that its faults show even while nothing includes it.
pub(super) fn check_mixin(
    cx: &Context<'_>,
    registry: &Registry<'_>,
    entry: &Entry<'_>,
    sources: &[Source],
    at: &Node<'_>,
) {
    let types = registry.entries.iter().map(|other| &other.def.include);
    let events = cx.spec.events.iter().map(|file| &file.content.include);
    let included = types.chain(events).any(|names| names.iter().any(|name| name == entry.name));
    if included || cx.may_be(entry.name) {
        return;
    }
    cx.report(
        Diagnostic::at_key(Code::Unused, at, format!("nothing includes the mixin `{}`", entry.name), "never used")
            .about(entry.name)
            .help("include it somewhere, or remove it"),
    );
    let owner = Owner { sources, scope: &entry.scope, view: None };
    let list = at.key("fields");
    for (wire, field) in entry.def.fields.iter().flatten() {
        fields::field(cx, registry, wire, field, &owner, &list.key(wire));
    }
}
