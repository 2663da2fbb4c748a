//! Types that only changed their name.

use std::collections::{HashMap, HashSet};

use super::sides::type_key;
use weixin_codegen::model::{Field, Model, TypeKind};

/// From the old key of a type to the new one. A type was renamed when it is gone, another one is new, and a field that
/// stayed names the one and then the other.
pub(super) fn find(old: &Model, new: &Model) -> HashMap<String, String> {
    let keys = |model: &Model| model.types.iter().map(type_key).collect::<HashSet<_>>();
    let (old_keys, new_keys) = (keys(old), keys(new));
    let mut renamed = HashMap::new();
    if old_keys == new_keys {
        return renamed;
    }
    let new_fields: HashMap<String, &Field> = fields(new).into_iter().collect();
    for (place, field) in fields(old) {
        let Some(other) = new_fields.get(&place) else {
            continue;
        };
        let (Some(a), Some(b)) = (field.ty.named(), other.ty.named()) else {
            continue;
        };
        let (a, b) = (old.ty(a), new.ty(b));
        let (from, to) = (type_key(a), type_key(b));
        let same_kind = std::mem::discriminant(&a.kind) == std::mem::discriminant(&b.kind);
        let taken = renamed.values().any(|known| *known == to);
        if same_kind && !taken && !new_keys.contains(&from) && !old_keys.contains(&to) {
            renamed.entry(from).or_insert(to);
        }
    }
    renamed
}

/// Every field by a place that survives edits.
fn fields(model: &Model) -> Vec<(String, &Field)> {
    let mut all = Vec::new();
    for endpoint in &model.endpoints {
        let path = &endpoint.path;
        all.extend(endpoint.request.fields().map(|field| (format!("{path} > {}", field.wire), field)));
        all.extend(endpoint.response.object.fields.iter().map(|field| (format!("{path} < {}", field.wire), field)));
    }
    for event in &model.events {
        all.extend(event.object.fields.iter().map(|field| (format!("event {} {}", event.name, field.wire), field)));
    }
    for ty in &model.types {
        if let TypeKind::Object(object) = &ty.kind {
            let key = type_key(ty);
            all.extend(object.fields.iter().map(|field| (format!("{key}.{}", field.wire), field)));
        }
    }
    all
}
