//! Changes of a request at a path of the model.

use serde_json::{Map, Value};
use weixin_codegen::model::{Field, Model, ObjectType, Path, TypeKind, UnionType, VariantContent};

use super::Spot;
use crate::walk;

/// A change of an object.
#[derive(Clone, Debug)]
pub(super) enum Edit {
    Set(Path, Value),
    Unset(Path),
}

impl Edit {
    pub(super) fn path(&self) -> &Path {
        let (Self::Set(path, _) | Self::Unset(path)) = self;
        path
    }
}

/// Whether one of two places is in the other.
pub(super) fn touches(one: &str, other: &str) -> bool {
    let (short, long) = if one.len() < other.len() { (one, other) } else { (other, one) };
    long.strip_prefix(short).is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
}

/// Changes the object of a spot, if it is there.
pub(super) fn apply(model: &Model, spot: &Spot, request: &mut Value, edit: &Edit) {
    let Some(Value::Object(fields)) = at_mut(request, &spot.path) else { return };
    match edit {
        Edit::Set(path, value) => put(model, &spot.object, fields, path, Some(value)),
        Edit::Unset(path) => put(model, &spot.object, fields, path, None),
    }
}

fn put(model: &Model, object: &ObjectType, fields: &mut Map<String, Value>, path: &[String], value: Option<&Value>) {
    let Some((first, rest)) = path.split_first() else { return };
    let Some(field) = object.fields.iter().find(|field| !field.flatten && field.wire == *first) else {
        return flattened(model, object, fields, first, value);
    };
    if rest.is_empty() {
        match value {
            Some(value) => drop(fields.insert(first.clone(), value.clone())),
            None if field.required => drop(fields.insert(first.clone(), empty(&fields[first]))),
            None => drop(fields.shift_remove(first)),
        }
        return;
    }
    if value.is_none() && !fields.contains_key(first) {
        return;
    }
    let Some(id) = field.ty.named() else { return };
    let inner = fields.entry(first.clone()).or_insert_with(|| walk::valid(model, &field.ty));
    match &model.ty(id).kind {
        TypeKind::Object(object) => {
            if let Value::Object(inner) = inner {
                put(model, object, inner, rest, value);
            }
        }
        TypeKind::Union(union) => {
            if let Some(tagged) = value.and_then(|value| variant(model, union, value)) {
                *inner = tagged;
            }
        }
        TypeKind::Enum(_) => {}
    }
}

/// The tag of a union whose keys stand beside the other fields.
fn flattened(model: &Model, object: &ObjectType, fields: &mut Map<String, Value>, tag: &str, value: Option<&Value>) {
    for field in object.fields.iter().filter(|field| field.flatten) {
        let Some(TypeKind::Union(union)) = field.ty.named().map(|id| &model.ty(id).kind) else { continue };
        let Some(Value::Object(tagged)) = value.and_then(|value| variant(model, union, value)) else { continue };
        if union.tag == *tag {
            fields.retain(|key, _| !keys(model, union).contains(key));
            fields.extend(tagged);
        }
    }
}

/// All keys that a union may have.
fn keys(model: &Model, union: &UnionType) -> Vec<String> {
    let mut keys = vec![union.tag.clone()];
    for variant in &union.variants {
        match &variant.content {
            VariantContent::Unit => {}
            VariantContent::Keyed(key, _) => keys.push(key.clone()),
            VariantContent::Inline(id) => {
                if let TypeKind::Object(object) = &model.ty(*id).kind {
                    keys.extend(object.fields.iter().map(|field| field.wire.clone()));
                }
            }
        }
    }
    keys
}

/// A small valid value of the variant with this tag.
fn variant(model: &Model, union: &UnionType, tag: &Value) -> Option<Value> {
    let variant = union.variants.iter().find(|variant| tag.as_str() == Some(variant.value.as_str()))?;
    let content = variant.ty().map_or(Value::Null, |id| walk::valid(model, &weixin_codegen::model::TypeRef::Named(id)));
    Some(walk::wrap(union.tagged.then_some(union.tag.as_str()), variant, content))
}

/// What is as good as absent.
fn empty(value: &Value) -> Value {
    match value {
        Value::Bool(_) => false.into(),
        Value::String(_) => "".into(),
        Value::Array(_) => Value::Array(Vec::new()),
        other => other.clone(),
    }
}

/// The field at the end of a path; none where it ends at the tag of a union.
pub(super) fn field<'a>(model: &'a Model, object: &'a ObjectType, path: &[String]) -> Option<&'a Field> {
    let (first, rest) = path.split_first()?;
    let field = object.fields.iter().find(|field| !field.flatten && field.wire == *first)?;
    if rest.is_empty() {
        return Some(field);
    }
    match &model.ty(field.ty.named()?).kind {
        TypeKind::Object(object) => self::field(model, object, rest),
        _ => None,
    }
}

/// The union whose tag a path ends at.
pub(super) fn union<'a>(model: &'a Model, object: &'a ObjectType, path: &[String]) -> Option<&'a UnionType> {
    let (tag, way) = path.split_last()?;
    let of = |field: &'a Field| match &model.ty(field.ty.named()?).kind {
        TypeKind::Union(union) if union.tag == *tag => Some(union),
        _ => None,
    };
    if way.is_empty() {
        return object.fields.iter().filter(|field| field.flatten).find_map(of);
    }
    of(field(model, object, way)?)
}

/// The steps of a path as violations tell it.
fn steps(path: &str) -> impl Iterator<Item = &str> {
    path.split(['.', '[']).map(|step| step.trim_end_matches(']')).filter(|step| !step.is_empty())
}

/// What lies at a path as violations tell it.
pub(super) fn at<'v>(value: &'v Value, path: &str) -> Option<&'v Value> {
    steps(path).try_fold(value, |value, step| match value {
        Value::Array(items) => items.get(step.parse::<usize>().ok()?),
        value => value.get(step),
    })
}

fn at_mut<'v>(value: &'v mut Value, path: &str) -> Option<&'v mut Value> {
    steps(path).try_fold(value, |value, step| match value {
        Value::Array(items) => items.get_mut(step.parse::<usize>().ok()?),
        value => value.get_mut(step),
    })
}
