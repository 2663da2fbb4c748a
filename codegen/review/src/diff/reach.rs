//! Which endpoints a type reaches.

use std::collections::{BTreeMap, HashSet};

use super::sides::type_key;
use weixin_codegen::model::{Model, ObjectType, TypeId, TypeKind, Variant};

/// Every type below these, each once.
pub(super) fn below(model: &Model, roots: Vec<TypeId>) -> Vec<TypeId> {
    let mut seen = HashSet::new();
    let mut order = Vec::new();
    let mut open = roots;
    while let Some(id) = open.pop() {
        if !seen.insert(id) {
            continue;
        }
        order.push(id);
        match &model.ty(id).kind {
            TypeKind::Object(object) => open.extend(named(object)),
            TypeKind::Union(union) => open.extend(union.variants.iter().filter_map(Variant::ty)),
            TypeKind::Enum(_) => {}
        }
    }
    order
}

fn named(object: &ObjectType) -> impl Iterator<Item = TypeId> + '_ {
    object.fields.iter().filter_map(|field| field.ty.named())
}

/// From a name in the spec (a type in any view, a type in one view, or an alias) to the endpoints and pushes that use it.
pub(super) type Reach = BTreeMap<String, Vec<String>>;

/// Who uses what.
pub(super) fn reach(model: &Model) -> Reach {
    let mut reach = Reach::new();
    for endpoint in &model.endpoints {
        user(
            model,
            &endpoint.path,
            &[&endpoint.request.query, &endpoint.request.body, &endpoint.response.object],
            &mut reach,
        );
    }
    for event in &model.events {
        user(model, &format!("event {}", event.name), &[&event.object], &mut reach);
    }
    reach
}

fn user(model: &Model, who: &str, objects: &[&ObjectType], reach: &mut Reach) {
    let mut note = |name: &str| {
        let users = reach.entry(name.to_owned()).or_default();
        if users.last().is_none_or(|last| last != who) {
            users.push(who.to_owned());
        }
    };
    let roots = objects.iter().flat_map(|object| named(object)).collect();
    let types = below(model, roots);
    let inner = types.iter().filter_map(|id| match &model.ty(*id).kind {
        TypeKind::Object(object) => Some(object),
        TypeKind::Union(_) | TypeKind::Enum(_) => None,
    });
    for object in objects.iter().copied().chain(inner) {
        object.fields.iter().filter_map(|field| field.alias.as_deref()).for_each(&mut note);
    }
    for id in &types {
        note(&model.ty(*id).name);
        note(&type_key(model.ty(*id)));
    }
}
