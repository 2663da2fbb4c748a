//! Every place of a request, with a valid request around whatever is put there.
#![allow(dead_code, reason = "each test uses a part")]

use serde_json::{Map, Value, json};
use weixin_codegen::model::{
    Bound, EnumKind, Field, Limit, Model, ObjectType, Scalar, TypeId, TypeKind, TypeRef, Unit, Variant, VariantContent,
};

/// A field of a request.
pub(crate) struct Place<'a> {
    /// The path of the endpoint, or the name of what is no request.
    pub(crate) endpoint: &'a str,
    /// The Rust name of the object; of a request itself, the path.
    pub(crate) owner: &'a str,
    pub(crate) field: &'a Field,
    /// Where the field is in the JSON, as violations tell it.
    pub(crate) path: String,
    /// A request in which the field has a value.
    pub(crate) request: &'a dyn Fn(Value) -> Value,
}

/// An object in another one.
pub(crate) struct Spot<'a> {
    pub(crate) object: &'a ObjectType,
    /// Where the object is in the JSON, as violations tell it.
    pub(crate) path: String,
}

/// Visits every field of every request.
pub(crate) fn fields(model: &Model, visit: &mut dyn FnMut(&Place<'_>)) {
    for endpoint in &model.endpoints {
        let mut walk = Walk { model, endpoint: &endpoint.path, spot: &mut |_| {}, visit };
        walk.object(&endpoint.path, &endpoint.request.whole(), "", &|request| request);
    }
}

/// Visits every field of every object that a page signs: it is in no request, and its `endpoint` is the name of its type.
pub(crate) fn signed(model: &Model, visit: &mut dyn FnMut(&Place<'_>)) {
    for ty in model.types.iter().filter(|ty| ty.signing().is_some()) {
        let TypeKind::Object(object) = &ty.kind else { continue };
        let mut walk = Walk { model, endpoint: &ty.ident, spot: &mut |_| {}, visit };
        walk.object(&ty.ident, object, "", &|object| object);
    }
}

/// Visits an object and every object in it.
pub(crate) fn objects(model: &Model, object: &ObjectType, visit: &mut dyn FnMut(&Spot<'_>)) {
    let mut walk = Walk { model, endpoint: "", spot: visit, visit: &mut |_| {} };
    walk.object("", object, "", &|object| object);
}

struct Walk<'a, 'v> {
    model: &'a Model,
    endpoint: &'a str,
    spot: &'v mut dyn FnMut(&Spot<'_>),
    visit: &'v mut dyn FnMut(&Place<'_>),
}

impl<'a> Walk<'a, '_> {
    fn object(&mut self, owner: &'a str, object: &'a ObjectType, at: &str, around: &dyn Fn(Value) -> Value) {
        let model = self.model;
        (self.spot)(&Spot { object, path: at.to_owned() });
        for field in &object.fields {
            let put = |value: Value| {
                let mut fields = required(model, object, Some(field));
                insert(&mut fields, field, value);
                around(Value::Object(fields))
            };
            let path = if field.flatten { at.to_owned() } else { join(at, &field.wire) };
            (self.visit)(&Place { endpoint: self.endpoint, owner, field, path: path.clone(), request: &put });
            self.value(&field.ty, &path, &put);
        }
    }

    fn value(&mut self, ty: &'a TypeRef, at: &str, put: &dyn Fn(Value) -> Value) {
        match ty {
            TypeRef::Scalar(_) => {}
            TypeRef::OrText(inner) => self.value(inner, at, put),
            TypeRef::List(inner) => self.value(inner, &format!("{at}[0]"), &|item| put(json!([item]))),
            TypeRef::Map(inner) => self.value(inner, &join(at, "key"), &|value| put(json!({ "key": value }))),
            TypeRef::Named(id) => self.named(*id, at, put),
        }
    }

    fn named(&mut self, id: TypeId, at: &str, put: &dyn Fn(Value) -> Value) {
        let model = self.model;
        let ty = model.ty(id);
        match &ty.kind {
            TypeKind::Enum(_) => {}
            TypeKind::Object(object) => self.object(&ty.ident, object, at, put),
            TypeKind::Union(union) => {
                for variant in &union.variants {
                    let Some(content) = variant.ty() else { continue };
                    let inner = model.ty(content);
                    let TypeKind::Object(object) = &inner.kind else { panic!("{} is no object", inner.ident) };
                    let at = match &variant.content {
                        VariantContent::Keyed(key, _) => join(at, key),
                        _ => at.to_owned(),
                    };
                    let tag = union.tagged.then_some(union.tag.as_str());
                    self.object(&inner.ident, object, &at, &|content| put(wrap(tag, variant, content)));
                }
            }
        }
    }
}

pub(crate) fn join(at: &str, key: &str) -> String {
    if at.is_empty() { key.to_owned() } else { format!("{at}.{key}") }
}

fn insert(fields: &mut Map<String, Value>, field: &Field, value: Value) {
    match value {
        Value::Object(inner) if field.flatten => fields.extend(inner),
        value => {
            fields.insert(field.wire.clone(), value);
        }
    }
}

/// The variant of a union, with what tells it apart.
pub(crate) fn wrap(tag: Option<&str>, variant: &Variant, mut content: Value) -> Value {
    for condition in &variant.when {
        let place = condition.path.iter().fold(&mut content, |place, key| &mut place[key]);
        place.clone_from(&condition.values[0]);
    }
    let mut fields = Map::new();
    if let Some(tag) = tag {
        fields.insert(tag.to_owned(), variant.value.clone().into());
    }
    match (&variant.content, content) {
        (VariantContent::Keyed(key, _), content) => {
            fields.insert(key.clone(), content);
        }
        (VariantContent::Inline(_), Value::Object(inner)) => fields.extend(inner),
        _ => {}
    }
    Value::Object(fields)
}

/// The required fields of an object but one, with values within their limits.
pub(crate) fn required(model: &Model, object: &ObjectType, but: Option<&Field>) -> Map<String, Value> {
    let mut fields = Map::new();
    let others = object.fields.iter().filter(|field| but.is_none_or(|but| but.wire != field.wire));
    for field in others.filter(|field| field.required) {
        let value = field.example.clone().unwrap_or_else(|| valid(model, &field.ty));
        insert(&mut fields, field, value);
    }
    fields
}

/// A small valid value.
pub(crate) fn valid(model: &Model, ty: &TypeRef) -> Value {
    match ty {
        TypeRef::Scalar(scalar) => match scalar {
            Scalar::String | Scalar::Base64 => json!("a"),
            Scalar::Bool => json!(false),
            Scalar::Date => json!("2015-06-15"),
            Scalar::DateNumber => json!(20_150_615),
            Scalar::Json => Value::Null,
            Scalar::File => json!({ "name": "a.jpg", "bytes": [1] }),
            _ => json!(1),
        },
        TypeRef::OrText(inner) => valid(model, inner),
        TypeRef::List(inner) => json!([valid(model, inner)]),
        TypeRef::Map(inner) => json!({ "key": valid(model, inner) }),
        TypeRef::Named(id) => match &model.ty(*id).kind {
            TypeKind::Object(object) => required(model, object, None).into(),
            TypeKind::Enum(open) if open.kind == EnumKind::Int => {
                json!(open.values[0].wire.parse::<i64>().expect("a number"))
            }
            TypeKind::Enum(open) => json!(open.values[0].wire),
            TypeKind::Union(union) => {
                let variant = &union.variants[0];
                let content = variant.ty().map_or(Value::Null, |id| valid(model, &TypeRef::Named(id)));
                wrap(union.tagged.then_some(union.tag.as_str()), variant, content)
            }
        },
    }
}

/// A text that is one unit too long for this limit; none where it limits no length of a text.
pub(crate) fn too_long(limit: &Limit) -> Option<Value> {
    let text = matches!(limit.unit, Unit::Bytes | Unit::Chars) && limit.bound == Bound::Max;
    let length = usize::try_from(limit.value).expect("a length");
    text.then(|| json!("z".repeat(length + 1)))
}

pub(crate) fn is_text(ty: &TypeRef) -> bool {
    matches!(ty, TypeRef::Scalar(Scalar::String | Scalar::Base64))
}
