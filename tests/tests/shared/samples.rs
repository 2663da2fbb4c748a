//! Whole responses, and every place of them as the model knows it.
#![allow(dead_code, reason = "each test uses a part")]

use serde_json::{Map, Value, json};
use weixin_codegen::model::{
    Endpoint, EnumKind, Field, Model, ObjectType, Scalar, Side, TypeId, TypeKind, TypeRef, UnionType, VariantContent,
};

use crate::walk;

/// A response that tells success.
pub(crate) struct Sample<'a> {
    pub(crate) endpoint: &'a Endpoint,
    pub(crate) body: Value,
}

/// The examples of the spec, and responses that have every field: so many that each variant of each union is there.
pub(crate) fn samples(model: &Model) -> Vec<Sample<'_>> {
    let mut samples = Vec::new();
    for endpoint in &model.endpoints {
        let examples = endpoint.examples.iter().filter_map(|example| example.response.clone());
        let rounds = model.types.iter().map(|ty| match &ty.kind {
            TypeKind::Union(union) if ty.side.response => union.variants.len(),
            _ => 1,
        });
        let rounds = if endpoint.response.object.fields.iter().any(|field| field.ty.named().is_some()) {
            rounds.max().unwrap_or(1)
        } else {
            1
        };
        let full = (0..rounds).map(|round| Value::Object(full(model, &endpoint.response.object, round)));
        for mut body in examples.chain(full) {
            body[&model.api.code_field] = model.api.ok.into();
            if samples.iter().all(|it: &Sample<'_>| it.endpoint.path != endpoint.path || it.body != body) {
                samples.push(Sample { endpoint, body });
            }
        }
    }
    samples
}

/// An object with every field.
fn full(model: &Model, object: &ObjectType, round: usize) -> Map<String, Value> {
    let mut fields = Map::new();
    for field in &object.fields {
        assert!(!field.flatten, "teach the samples unions that stand beside other keys");
        fields.insert(field.wire.clone(), full_value(model, &field.ty, round));
    }
    fields
}

fn full_value(model: &Model, ty: &TypeRef, round: usize) -> Value {
    match ty {
        TypeRef::Scalar(Scalar::String | Scalar::Base64) => json!(format!("text {round}")),
        TypeRef::Scalar(Scalar::Json) => json!("anything"),
        TypeRef::Scalar(_) => walk::valid(model, ty),
        TypeRef::OrText(inner) => full_value(model, inner, round),
        TypeRef::List(inner) => json!([full_value(model, inner, round), full_value(model, inner, round + 1)]),
        TypeRef::Map(inner) => json!({ "key": full_value(model, inner, round) }),
        TypeRef::Named(id) => match &model.ty(*id).kind {
            TypeKind::Object(object) => full(model, object, round).into(),
            TypeKind::Enum(open) => {
                let wire = &open.values[round % open.values.len()].wire;
                if open.kind == EnumKind::Int { json!(wire.parse::<i64>().expect("a number")) } else { json!(wire) }
            }
            TypeKind::Union(union) => {
                let variant = &union.variants[round % union.variants.len()];
                let content = variant.ty().map_or(Value::Null, |id| full_value(model, &TypeRef::Named(id), round));
                walk::wrap(union.tagged.then_some(union.tag.as_str()), variant, content)
            }
        },
    }
}

/// The way to a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Step {
    Key(String),
    Item(usize),
}

/// The path as errors tell it.
pub(crate) fn path(steps: &[Step]) -> String {
    let mut path = String::new();
    for step in steps {
        match step {
            Step::Key(key) => path = walk::join(&path, key),
            Step::Item(index) => path += &format!("[{index}]"),
        }
    }
    path
}

/// What is left out of a response, and what is there instead.
#[derive(Clone, Debug)]
pub(crate) struct Lost {
    pub(crate) at: Vec<Step>,
    pub(crate) instead: Option<Value>,
}

/// What stands at a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Field,
    Item,
    Tag,
    Content,
}

/// A place in a response.
#[derive(Clone, Debug)]
pub(crate) struct Place {
    pub(crate) at: Vec<Step>,
    pub(crate) kind: Kind,
    pub(crate) ty: TypeRef,
    /// Whether it may be absent.
    pub(crate) optional: bool,
    /// Whether what it is in is worthless without it.
    pub(crate) required: bool,
    /// What is left out when it cannot be read; none when the whole response is.
    pub(crate) lost: Option<Lost>,
}

impl Place {
    pub(crate) fn path(&self) -> String {
        path(&self.at)
    }

    /// The path of the object that it is in; none at the top.
    pub(crate) fn parent(&self) -> Option<String> {
        Some(path(&self.at[..self.at.len() - 1])).filter(|path| !path.is_empty())
    }

    pub(crate) fn key(&self) -> &str {
        match self.at.last() {
            Some(Step::Key(key)) => key,
            _ => "",
        }
    }
}

/// Every place of a response that the model knows.
pub(crate) fn places(model: &Model, sample: &Sample<'_>) -> Vec<Place> {
    let mut places = Places { model, found: Vec::new() };
    let side = Side { request: false, response: true };
    places.object(&sample.endpoint.response.object, side, &sample.body, &[], None);
    places.found
}

struct Places<'a> {
    model: &'a Model,
    found: Vec<Place>,
}

impl Places<'_> {
    fn object(&mut self, object: &ObjectType, side: Side, value: &Value, at: &[Step], around: Option<&Lost>) {
        for field in &object.fields {
            let Some(inner) = value.get(&field.wire) else { continue };
            let at = with(at, Step::Key(field.wire.clone()));
            let lost = if field.required { around.cloned() } else { Some(left_out(field, side, &at)) };
            self.found.push(Place {
                at: at.clone(),
                kind: Kind::Field,
                ty: field.ty.clone(),
                optional: field.may_be_absent(side),
                required: field.required,
                lost: lost.clone(),
            });
            self.value(&field.ty, inner, &at, lost.as_ref());
        }
    }

    fn value(&mut self, ty: &TypeRef, value: &Value, at: &[Step], around: Option<&Lost>) {
        match (ty, value) {
            (TypeRef::List(inner), Value::Array(items)) => {
                for (index, item) in items.iter().enumerate() {
                    let at = with(at, Step::Item(index));
                    self.part(inner, item, &at, Kind::Item);
                }
            }
            (TypeRef::Map(inner), Value::Object(entries)) => {
                for (key, entry) in entries {
                    self.part(inner, entry, &with(at, Step::Key(key.clone())), Kind::Item);
                }
            }
            (TypeRef::OrText(inner), value) if !value.is_string() => self.value(inner, value, at, around),
            (TypeRef::Named(id), value) => self.named(*id, value, at, around),
            _ => {}
        }
    }

    /// An item or an entry: it costs nothing but itself.
    fn part(&mut self, ty: &TypeRef, value: &Value, at: &[Step], kind: Kind) {
        let lost = Some(Lost { at: at.to_vec(), instead: None });
        let place =
            Place { at: at.to_vec(), kind, ty: ty.clone(), optional: false, required: false, lost: lost.clone() };
        self.found.push(place);
        self.value(ty, value, at, lost.as_ref());
    }

    fn named(&mut self, id: TypeId, value: &Value, at: &[Step], around: Option<&Lost>) {
        let ty = self.model.ty(id);
        match &ty.kind {
            TypeKind::Object(object) => self.object(object, ty.side, value, at, around),
            TypeKind::Enum(_) => {}
            TypeKind::Union(union) => self.union(union, value, at, around),
        }
    }

    fn union(&mut self, union: &UnionType, value: &Value, at: &[Step], around: Option<&Lost>) {
        let needed = |key: &str, kind, ty| Place {
            at: with(at, Step::Key(key.to_owned())),
            kind,
            ty,
            optional: false,
            required: true,
            lost: around.cloned(),
        };
        if union.tagged {
            self.found.push(needed(&union.tag, Kind::Tag, TypeRef::Scalar(Scalar::String)));
        }
        let Some(variant) = value.as_object().and_then(|object| union.choose(object)) else { return };
        match &variant.content {
            VariantContent::Unit => {}
            VariantContent::Inline(id) => self.named(*id, value, at, around),
            VariantContent::Keyed(key, id) => {
                let place = needed(key, Kind::Content, TypeRef::Named(*id));
                let at = place.at.clone();
                self.found.push(place);
                self.named(*id, &value[key], &at, around);
            }
        }
    }
}

fn with(at: &[Step], step: Step) -> Vec<Step> {
    let mut at = at.to_vec();
    at.push(step);
    at
}

/// What a response is without a field that is not required.
fn left_out(field: &Field, side: Side, at: &[Step]) -> Lost {
    let empty = if matches!(field.ty, TypeRef::Map(_)) { json!({}) } else { json!([]) };
    Lost { at: at.to_vec(), instead: (!field.may_be_absent(side)).then_some(empty) }
}

/// What lies at a place.
pub(crate) fn value_at<'a>(value: &'a mut Value, at: &[Step]) -> &'a mut Value {
    at.iter().fold(value, |value, step| match step {
        Step::Key(key) => &mut value[key.as_str()],
        Step::Item(index) => &mut value[*index],
    })
}

/// The value without what lies at a place.
pub(crate) fn without(value: &Value, at: &[Step]) -> Value {
    let mut value = value.clone();
    let (last, parents) = at.split_last().expect("a place below the top");
    match (value_at(&mut value, parents), last) {
        (Value::Object(fields), Step::Key(key)) => drop(fields.shift_remove(key)),
        (Value::Array(items), Step::Item(index)) => drop(items.remove(*index)),
        (other, step) => panic!("{other} has no {step:?}"),
    }
    value
}

/// What is read of a response when something is left out of it.
pub(crate) fn without_lost(value: &Value, lost: &Lost) -> Value {
    match &lost.instead {
        None => without(value, &lost.at),
        Some(instead) => {
            let mut value = value.clone();
            *value_at(&mut value, &lost.at) = instead.clone();
            value
        }
    }
}

/// The response as bytes, with these bytes, whatever they are, in place of a value.
pub(crate) fn with_raw(body: &Value, at: &[Step], raw: &[u8]) -> Vec<u8> {
    const MARK: &str = "\"(mark)\"";
    let mut body = body.clone();
    *value_at(&mut body, at) = json!("(mark)");
    let text = body.to_string();
    let (before, after) = text.split_once(MARK).expect("the mark");
    [before.as_bytes(), raw, after.as_bytes()].concat()
}
