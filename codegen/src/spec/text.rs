//! Small shapes that occur everywhere in the dialect.

use std::borrow::Cow;
use std::fmt;
use std::hash::Hash;
use std::marker::PhantomData;

use indexmap::IndexMap;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::{Error, MapAccess, SeqAccess, Unexpected, Visitor};
use serde::{Deserialize, Deserializer};
use serde_json::json;

/// Prose in both languages. Either may be missing while reading, so that the checker can name
/// every missing one in a single run.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Text {
    /// English.
    pub en: Option<String>,
    /// Chinese.
    pub zh: Option<String>,
}

/// One value or a list of them: `source: promoter` and `source: [promoter, collected]`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OneOrMany<T>(pub Vec<T>);

impl<T> Default for OneOrMany<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

// Serde's `untagged` would do for these three shapes, but tells neither what it wanted nor which key was wrong.
impl<'de> Deserialize<'de> for OneOrMany<String> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(OneOrManyVisitor)
    }
}

struct OneOrManyVisitor;

impl<'de> Visitor<'de> for OneOrManyVisitor {
    type Value = OneOrMany<String>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a text or a list of texts")
    }

    fn visit_str<E: Error>(self, one: &str) -> Result<Self::Value, E> {
        Ok(OneOrMany(vec![one.to_owned()]))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut access: A) -> Result<Self::Value, A::Error> {
        let mut many = Vec::new();
        while let Some(one) = access.next_element()? {
            many.push(one);
        }
        Ok(OneOrMany(many))
    }
}

impl JsonSchema for OneOrMany<String> {
    fn schema_name() -> Cow<'static, str> {
        "OneOrMany".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "title": "a text or a list of texts",
            "anyOf": [{ "type": "string" }, { "type": "array", "items": { "type": "string" } }],
        })
    }
}

/// One value on the wire or a list of them, each a number or a text: `also: 1` and `also: [1, RANGE]`. Kept as text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Also(pub Vec<String>);

impl<'de> Deserialize<'de> for Also {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(AlsoVisitor)
    }
}

impl JsonSchema for Also {
    fn schema_name() -> Cow<'static, str> {
        "Also".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        let one = json!([{ "type": "string" }, { "type": "integer" }]);
        json_schema!({
            "title": "a number, a text or a list of them",
            "anyOf": [one[0], one[1], { "type": "array", "items": { "anyOf": one }, "minItems": 1 }],
        })
    }
}

struct AlsoVisitor;

impl<'de> Visitor<'de> for AlsoVisitor {
    type Value = Also;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a number, a text or a list of them")
    }

    fn visit_str<E: Error>(self, one: &str) -> Result<Self::Value, E> {
        Ok(Also(vec![one.to_owned()]))
    }

    fn visit_i64<E: Error>(self, one: i64) -> Result<Self::Value, E> {
        Ok(Also(vec![one.to_string()]))
    }

    fn visit_u64<E: Error>(self, one: u64) -> Result<Self::Value, E> {
        Ok(Also(vec![one.to_string()]))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut access: A) -> Result<Self::Value, A::Error> {
        let mut many = Vec::new();
        while let Some(Also(one)) = access.next_element()? {
            many.extend(one);
        }
        Ok(Also(many))
    }
}

/// A bound with its unit: `{ bytes: 64 }`. A bare number is read too, so that the checker can
/// say "limit without unit" with a place and a proposal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Bounds {
    /// `{ bytes: 64 }`, `{ items: 10 }`, `{ chars: 20 }`, `{ value: 50 }`.
    ByUnit(IndexMap<String, i64>),
    /// `64`: a fault, reported by the checker.
    Bare(i64),
    /// `none`: what the page prints is not enforced.
    Nothing,
}

impl<'de> Deserialize<'de> for Bounds {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(BoundsVisitor)
    }
}

impl JsonSchema for Bounds {
    fn schema_name() -> Cow<'static, str> {
        "Bounds".into()
    }

    /// Stricter than the reader: an editor may as well refuse what the checker will.
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        let count = json!({ "type": "integer", "minimum": 0 });
        json_schema!({
            "title": "a limit with its unit, `{ bytes: 64 }`, or `none`",
            "anyOf": [
                {
                    "type": "object",
                    "properties": { "bytes": count, "chars": count, "items": count, "value": { "type": "integer" } },
                    "minProperties": 1,
                    "additionalProperties": false,
                },
                { "const": "none" },
            ],
        })
    }
}

impl Bounds {
    /// What the reader takes, so that the checker can say more about it.
    pub(crate) fn as_read() -> serde_json::Value {
        let units = json!({ "type": "object", "additionalProperties": { "type": "integer" } });
        json!({ "title": "a limit with its unit, `{ bytes: 64 }`", "anyOf": [{ "type": "integer" }, { "enum": ["none"] }, units] })
    }
}

struct BoundsVisitor;

impl<'de> Visitor<'de> for BoundsVisitor {
    type Value = Bounds;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a limit with its unit, `{ bytes: 64 }`")
    }

    fn visit_i64<E: Error>(self, bare: i64) -> Result<Self::Value, E> {
        Ok(Bounds::Bare(bare))
    }

    fn visit_str<E: Error>(self, word: &str) -> Result<Self::Value, E> {
        if word == "none" { Ok(Bounds::Nothing) } else { Err(E::invalid_value(Unexpected::Str(word), &self)) }
    }

    fn visit_u64<E: Error>(self, bare: u64) -> Result<Self::Value, E> {
        i64::try_from(bare).map(Bounds::Bare).map_err(|_| E::invalid_value(Unexpected::Unsigned(bare), &self))
    }

    fn visit_map<A: MapAccess<'de>>(self, access: A) -> Result<Self::Value, A::Error> {
        UniqueVisitor(PhantomData).visit_map(access).map(|units| Bounds::ByUnit(units.0))
    }
}

/// A mapping in which no key occurs twice. Serde alone would keep the last and lose the others in silence.
pub(super) fn unique<'de, D, K, V>(deserializer: D) -> Result<IndexMap<K, V>, D::Error>
where
    D: Deserializer<'de>,
    K: Deserialize<'de> + Eq + Hash,
    V: Deserialize<'de>,
{
    Unique::deserialize(deserializer).map(|unique| unique.0)
}

/// As [`unique`], for a mapping that may be absent.
pub(super) fn unique_option<'de, D, K, V>(deserializer: D) -> Result<Option<IndexMap<K, V>>, D::Error>
where
    D: Deserializer<'de>,
    K: Deserialize<'de> + Eq + Hash,
    V: Deserialize<'de>,
{
    Ok(Option::<Unique<K, V>>::deserialize(deserializer)?.map(|unique| unique.0))
}

/// A file that is one mapping.
#[derive(Debug)]
pub(crate) struct Unique<K, V>(pub(crate) IndexMap<K, V>);

impl<'de, K, V> Deserialize<'de> for Unique<K, V>
where
    K: Deserialize<'de> + Eq + Hash,
    V: Deserialize<'de>,
{
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(UniqueVisitor(PhantomData))
    }
}

impl<K: JsonSchema, V: JsonSchema> JsonSchema for Unique<K, V> {
    fn schema_name() -> Cow<'static, str> {
        IndexMap::<K, V>::schema_name()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        IndexMap::<K, V>::json_schema(generator)
    }
}

struct UniqueVisitor<K, V>(PhantomData<(K, V)>);

impl<'de, K, V> Visitor<'de> for UniqueVisitor<K, V>
where
    K: Deserialize<'de> + Eq + Hash,
    V: Deserialize<'de>,
{
    type Value = Unique<K, V>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a mapping")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Self::Value, A::Error> {
        let mut map = IndexMap::new();
        while let Some(key) = access.next_key()? {
            if map.insert(key, access.next_value()?).is_some() {
                return Err(A::Error::custom(DUPLICATE));
            }
        }
        Ok(Unique(map))
    }
}

/// What a mapping with a key that occurs twice is refused with; the reader then finds both places.
pub(crate) const DUPLICATE: &str = "duplicate entry";
