//! The dialect as its structs describe it, in JSON Schema, read as what a node may be.

use schemars::{JsonSchema, schema_for};
use serde_json::{Map, Value as Json};

use crate::spec::Bounds;

/// One thing that a node may be.
pub(super) enum Shape<'s> {
    Any,
    Nothing,
    Bool,
    Integer { least: i128, most: i128 },
    Text,
    Words(Vec<&'s str>),
    List(&'s Json),
    Struct { keys: &'s Map<String, Json>, required: Vec<&'s str> },
    Dictionary { values: &'s Json, numbered: bool },
}

/// The schema of one kind of file.
pub(super) struct Schema {
    root: Json,
}

impl Schema {
    /// What `T` says of itself.
    pub(super) fn of<T: JsonSchema>() -> Self {
        let mut root = schema_for!(T).to_value();
        if let Some(bounds) = root.pointer_mut("/$defs/Bounds") {
            *bounds = Bounds::as_read();
        }
        Self { root }
    }

    pub(super) fn root(&self) -> &Json {
        &self.root
    }

    /// What a node of this schema may be.
    pub(super) fn shapes<'s>(&'s self, schema: &'s Json) -> Vec<Shape<'s>> {
        let schema = self.target(schema);
        if let Some(words) = words(schema) {
            return vec![Shape::Words(words)];
        }
        if let Some(some) = ["anyOf", "oneOf"].iter().find_map(|key| schema.get(key)?.as_array()) {
            return some.iter().flat_map(|one| self.shapes(one)).collect();
        }
        match schema.get("type") {
            Some(Json::String(kind)) => vec![shape(schema, kind)],
            Some(Json::Array(kinds)) => kinds.iter().filter_map(Json::as_str).map(|kind| shape(schema, kind)).collect(),
            _ => vec![Shape::Any],
        }
    }

    /// What the schema calls itself, when that is more than a name.
    pub(super) fn title<'s>(&'s self, schema: &'s Json) -> Option<&'s str> {
        let own = |schema: &'s Json| self.target(schema).get("title").and_then(Json::as_str);
        let inner = || schema.get("anyOf").and_then(Json::as_array).and_then(|some| some.iter().find_map(own));
        own(schema).or_else(inner).filter(|title| title.contains(' '))
    }

    fn target<'s>(&'s self, schema: &'s Json) -> &'s Json {
        let name = schema.get("$ref").and_then(Json::as_str).and_then(|path| path.strip_prefix("#/$defs/"));
        let named = name.and_then(|name| self.root.get("$defs")?.get(name));
        named.map_or(schema, |named| self.target(named))
    }
}

/// The words of an enumeration.
fn words(schema: &Json) -> Option<Vec<&str>> {
    if let Some(words) = schema.get("enum").and_then(Json::as_array) {
        return words.iter().map(Json::as_str).collect();
    }
    schema.get("oneOf")?.as_array()?.iter().map(|one| one.get("const")?.as_str()).collect()
}

fn shape<'s>(schema: &'s Json, kind: &str) -> Shape<'s> {
    match kind {
        "null" => Shape::Nothing,
        "boolean" => Shape::Bool,
        "integer" => integer(schema),
        "string" => Shape::Text,
        "array" => Shape::List(schema.get("items").unwrap_or(&Json::Null)),
        "object" => object(schema),
        _ => Shape::Any,
    }
}

fn integer(schema: &Json) -> Shape<'_> {
    let most = match schema.get("format").and_then(Json::as_str) {
        Some("uint32") => u32::MAX.into(),
        _ => i64::MAX.into(),
    };
    let least = schema.get("minimum").and_then(Json::as_i64).unwrap_or(i64::MIN).into();
    Shape::Integer { least, most }
}

fn object(schema: &Json) -> Shape<'_> {
    if let Some(keys) = schema.get("properties").and_then(Json::as_object) {
        let required = schema.get("required").and_then(Json::as_array).into_iter().flatten();
        return Shape::Struct { keys, required: required.filter_map(Json::as_str).collect() };
    }
    let patterns = schema.get("patternProperties").and_then(Json::as_object);
    match patterns.and_then(|patterns| patterns.values().next()) {
        Some(values) => Shape::Dictionary { values, numbered: true },
        None => {
            Shape::Dictionary { values: schema.get("additionalProperties").unwrap_or(&Json::Null), numbered: false }
        }
    }
}
