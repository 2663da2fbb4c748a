//! What only the whole tells: which types are sent or received, what has limits, what nobody uses.

use std::collections::HashSet;

use super::context::Context;
use super::registry::{Entry, Kind, Registry};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{EnumKind, Model, ObjectType, Quirk, Rule, Scalar, TypeId, TypeKind, TypeRef};
use crate::source::Node;

/// Fills in what depends on use.
pub(super) fn annotate(cx: &Context<'_>, registry: &Registry<'_>, model: &mut Model) {
    sides(model);
    super::implied::add(model);
    flags(model);
    unused_types(cx, registry, model);
    collect_quirks(model);
}

fn sides(model: &mut Model) {
    let mut requests = Vec::new();
    let mut responses = Vec::new();
    for endpoint in &model.endpoints {
        requests.extend(endpoint.request.fields().filter_map(|field| field.ty.named()));
        responses.extend(inner(&endpoint.response.object));
    }
    for event in &model.events {
        responses.extend(inner(&event.object));
    }
    requests.extend((0..model.types.len()).map(TypeId).filter(|id| model.ty(*id).signing().is_some()));
    for id in reach(model, requests) {
        model.types[id.0].side.request = true;
    }
    for id in reach(model, responses) {
        model.types[id.0].side.response = true;
    }
}

/// The types that an object names.
fn inner(object: &ObjectType) -> impl Iterator<Item = TypeId> + '_ {
    object.fields.iter().filter_map(|field| field.ty.named())
}

fn children(model: &Model, id: TypeId) -> Vec<TypeId> {
    match model.types.get(id.0).map(|ty| &ty.kind) {
        Some(TypeKind::Object(object)) => inner(object).collect(),
        Some(TypeKind::Union(union)) => union.variants.iter().filter_map(crate::model::Variant::ty).collect(),
        Some(TypeKind::Enum(_)) | None => Vec::new(),
    }
}

/// Everything that can be reached, in order of discovery.
fn reach(model: &Model, roots: Vec<TypeId>) -> Vec<TypeId> {
    let mut seen = HashSet::new();
    let mut order = Vec::new();
    let mut open = roots;
    open.reverse();
    while let Some(id) = open.pop() {
        if id == TypeId::UNKNOWN || !seen.insert(id) {
            continue;
        }
        order.push(id);
        open.extend(children(model, id).into_iter().rev());
    }
    order
}

/// Whether an object or anything in it has something to check, or a field that is reviewed.
fn flags(model: &mut Model) {
    for ty in model.types.iter_mut().filter(|ty| ty.side.request) {
        if let TypeKind::Enum(values) = &mut ty.kind {
            values.checked = values.kind == EnumKind::String;
        }
    }
    loop {
        let mut changed = false;
        for index in 0..model.types.len() {
            let (checked, reviewed) = match &model.types[index].kind {
                TypeKind::Object(object) => object_flags(model, object),
                TypeKind::Union(_) => {
                    let inner: Vec<_> =
                        children(model, TypeId(index)).into_iter().map(|id| flags_of(model, id)).collect();
                    (inner.iter().any(|(checked, _)| *checked), inner.iter().any(|(_, reviewed)| *reviewed))
                }
                TypeKind::Enum(_) => continue,
            };
            changed |= set_flags(&mut model.types[index].kind, checked, reviewed);
        }
        if !changed {
            break;
        }
    }
    for index in 0..model.endpoints.len() {
        let request = &model.endpoints[index].request;
        let flags = [&request.query, &request.body].map(|object| object_flags(model, object));
        let request = &mut model.endpoints[index].request;
        for (object, (checked, reviewed)) in [&mut request.query, &mut request.body].into_iter().zip(flags) {
            (object.checked, object.reviewed) = (checked, reviewed);
        }
    }
}

fn set_flags(kind: &mut TypeKind, checked: bool, reviewed: bool) -> bool {
    let (own_checked, own_reviewed) = match kind {
        TypeKind::Object(object) => (&mut object.checked, &mut object.reviewed),
        TypeKind::Union(union) => (&mut union.checked, &mut union.reviewed),
        TypeKind::Enum(_) => return false,
    };
    let changed = *own_checked != checked || *own_reviewed != reviewed;
    *own_checked = checked;
    *own_reviewed = reviewed;
    changed
}

fn flags_of(model: &Model, id: TypeId) -> (bool, bool) {
    match &model.ty(id).kind {
        TypeKind::Object(object) => (object.checked, object.reviewed),
        TypeKind::Union(union) => (union.checked, union.reviewed),
        TypeKind::Enum(values) => (values.checked, false),
    }
}

fn object_flags(model: &Model, object: &ObjectType) -> (bool, bool) {
    let inner: Vec<_> = inner(object).map(|id| flags_of(model, id)).collect();
    let own = object.rules.iter().any(Rule::is_checked)
        || object.fields.iter().any(|field| field.limits.iter().any(|limit| limit.enforced) || has_format(&field.ty));
    let reviewed = object.fields.iter().any(|field| field.review == Some(true));
    (own || inner.iter().any(|(checked, _)| *checked), reviewed || inner.iter().any(|(_, reviewed)| *reviewed))
}

/// Whether values of the type have something that the validator looks at: every text has.
fn has_format(ty: &TypeRef) -> bool {
    match ty {
        TypeRef::Scalar(scalar) => scalar.is_text() || matches!(scalar, Scalar::DateNumber | Scalar::File),
        TypeRef::Map(_) | TypeRef::OrText(_) => true,
        TypeRef::List(inner) => has_format(inner),
        TypeRef::Named(_) => false,
    }
}

fn unused_types(cx: &Context<'_>, registry: &Registry<'_>, model: &Model) {
    let aliases = used_aliases(cx, registry);
    for entry in &registry.entries {
        if entry.kind == Kind::Alias && !aliases.contains(entry.name) {
            unused(cx, entry, &format!("nothing uses the type `{}`", entry.name));
        }
        let used = |id: TypeId| model.ty(id).side.request || model.ty(id).side.response;
        let dead: Vec<_> = entry.ids.iter().filter(|(_, id)| !used(*id)).collect();
        if dead.len() == entry.ids.len() && !dead.is_empty() {
            unused(cx, entry, &format!("nothing uses the type `{}`", entry.name));
        } else {
            for (view, _) in dead {
                unused_view(cx, entry, view.unwrap_or_default());
            }
        }
    }
}

/// Reports views that no type has.
pub(super) fn unused_views(cx: &Context<'_>) {
    let spec = cx.spec;
    let files = spec.types.iter().flat_map(|file| file.content.values());
    let local = spec.endpoints.iter().flat_map(|file| file.content.types.values());
    let pushed = spec.events.iter().flat_map(|file| file.content.types.values());
    let used: HashSet<&str> =
        files.chain(local).chain(pushed).flat_map(|def| def.views.iter().map(String::as_str)).collect();
    let root = Node::root(&spec.api.map);
    let list = root.key("views");
    for view in spec.api.content.views.keys().filter(|view| !used.contains(view.as_str())) {
        cx.report(
            Diagnostic::at_key(Code::Unused, &list.key(view), format!("nothing has the view `{view}`"), "never used")
                .about(view)
                .help("use it, or remove it"),
        );
    }
}

fn unused_view(cx: &Context<'_>, entry: &Entry<'_>, view: &str) {
    let index = entry.def.views.iter().position(|name| name == view).unwrap_or_default();
    let at = &entry.at();
    let list = at.key("views");
    let message = format!("nothing uses the view `{view}` of `{}`", entry.name);
    let fault = Diagnostic::at(Code::Unused, &list.index(index), message, "never used").about(entry.name);
    cx.report(fault.help("use it, or remove it"));
}

fn unused(cx: &Context<'_>, entry: &Entry<'_>, message: &str) {
    let at = &entry.at();
    let fault = Diagnostic::at_key(Code::Unused, at, message, "never used").about(entry.name);
    cx.report(fault.help("use it, or remove it"));
}

/// The aliases that any field or other alias names.
fn used_aliases<'s>(cx: &Context<'s>, registry: &Registry<'s>) -> HashSet<&'s str> {
    let mut used = HashSet::new();
    let mut note = |written: &'s str| {
        let mut name = written.trim();
        while let Some(inner) =
            name.strip_suffix("[]").or_else(|| name.strip_prefix("map<").and_then(|rest| rest.strip_suffix('>')))
        {
            name = inner.trim();
        }
        used.insert(name);
    };
    for entry in &registry.entries {
        entry.def.fields.iter().flatten().for_each(|(_, field)| note(&field.ty));
        entry.def.alias.iter().for_each(|alias| note(alias));
        entry.def.signed.iter().flat_map(|signed| &signed.beside).for_each(|(_, field)| note(&field.ty));
    }
    for file in &cx.spec.endpoints {
        let content = &file.content;
        let fields = content.query.values().chain(content.request.values()).chain(content.response.values());
        fields.for_each(|field| note(&field.ty));
    }
    for file in &cx.spec.events {
        file.content.fields.values().for_each(|field| note(&field.ty));
    }
    used
}

/// Brings the quirks of fields to their types, and those of everything reached to the endpoint.
fn collect_quirks(model: &mut Model) {
    for ty in &mut model.types {
        if let TypeKind::Object(object) = &ty.kind {
            add(&mut ty.quirks, own_quirks(object));
        }
        if let TypeKind::Union(union) = &ty.kind {
            add(&mut ty.quirks, union.tag_quirks.clone());
        }
    }
    for index in 0..model.endpoints.len() {
        let endpoint = &model.endpoints[index];
        let mut quirks = endpoint.quirks.clone();
        let request = endpoint.request.whole();
        add(&mut quirks, own_quirks(&request));
        add(&mut quirks, own_quirks(&endpoint.response.object));
        add(&mut quirks, endpoint.errors.iter().flat_map(|error| error.quirks.clone()).collect());
        let roots = inner(&request).chain(inner(&endpoint.response.object)).collect();
        for id in reach(model, roots) {
            add(&mut quirks, model.ty(id).quirks.clone());
        }
        model.endpoints[index].quirks = quirks;
    }
    for index in 0..model.events.len() {
        let event = &model.events[index];
        let mut quirks = event.quirks.clone();
        add(&mut quirks, own_quirks(&event.object));
        for id in reach(model, inner(&event.object).collect()) {
            add(&mut quirks, model.ty(id).quirks.clone());
        }
        model.events[index].quirks = quirks;
    }
}

fn own_quirks(object: &ObjectType) -> Vec<Quirk> {
    let fields = object.fields.iter().flat_map(|field| field.quirks.clone());
    fields.chain(object.rules.iter().flat_map(|rule| rule.quirks.clone())).collect()
}

fn add(quirks: &mut Vec<Quirk>, more: Vec<Quirk>) {
    for quirk in more {
        if !quirks.iter().any(|known| known.id == quirk.id && known.spec == quirk.spec && known.we == quirk.we) {
            quirks.push(quirk);
        }
    }
}
