//! Types, fields and rules as written.

use std::borrow::Cow;
use std::fmt;

use indexmap::IndexMap;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::value::MapAccessDeserializer;
use serde::de::{Error, IntoDeserializer, MapAccess, Visitor};
use serde::{Deserialize, Deserializer};
use serde_yaml::Value;

use super::{Algorithm, Also, Bounds, Form, OneOrMany, Quirk, Rule, SignedExample, Text};

/// A named type. Exactly one of `type`, `enum`, `fields` and `union` is given.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TypeDef {
    /// An alias of a scalar or list, carrying its limits and documentation along.
    #[serde(rename = "type")]
    pub alias: Option<String>,
    /// An open enumeration of strings or integers.
    #[serde(rename = "enum")]
    pub enum_kind: Option<EnumKind>,
    /// The documented values of an `enum`, by wire value.
    #[serde(default, deserialize_with = "super::unique")]
    pub values: IndexMap<String, EnumValue>,
    /// What a response gives in place of the values of an `enum`.
    pub response_form: Option<ResponseForm>,
    /// The fields of an object, by wire name.
    #[serde(default, deserialize_with = "super::unique_option")]
    pub fields: Option<IndexMap<String, Field>>,
    /// Mixins whose fields come before the object's own.
    #[serde(default)]
    pub include: Vec<String>,
    /// This object is only ever included by others and has no Rust type of its own.
    #[serde(default)]
    pub mixin: bool,
    /// The views of the object or union, by the ids that `api.yaml` declares.
    #[serde(default)]
    pub views: Vec<String>,
    /// A tagged union.
    pub union: Option<Union>,
    /// Cross-field rules of an object.
    #[serde(default)]
    pub rules: Vec<Rule>,
    /// How an object is signed that no endpoint takes: a page hands it to the client of the user.
    pub signed: Option<Signed>,

    /// What it is.
    pub doc: Option<Text>,
    /// Upper bounds of an alias.
    pub max: Option<Bounds>,
    /// Lower bounds of an alias.
    pub min: Option<Bounds>,
    /// An alias of a text that is never sent empty, required or not: an id.
    #[serde(default)]
    pub filled: bool,
    /// Bounds of each item of an alias of a list.
    pub each: Option<Unenforced>,
    /// Documented bounds that the validator does not enforce.
    #[serde(default)]
    pub unenforced: Vec<Unenforced>,
    /// The type column as printed.
    #[serde(default)]
    pub declared: OneOrMany<String>,
    /// Ids of quirks that concern this type.
    #[serde(default)]
    pub quirk: OneOrMany<String>,
    /// Quirks explained here.
    #[serde(default, deserialize_with = "super::unique")]
    pub quirks: IndexMap<String, Quirk>,
    /// An example value of an alias.
    #[schemars(with = "Option<serde_json::Value>")]
    pub example: Option<Value>,
    /// The code WeChat returns when something is wrong with a value of an alias, where it is not the general one.
    pub error: Option<i64>,
    /// The code WeChat returns when a value of an alias is missing, where that is neither `error` nor the general one.
    pub missing: Option<i64>,
    /// The unit of an integer alias: `seconds`, `days`, `percent`, or one that `api.yaml` has under `units`.
    pub unit: Option<String>,
    /// Where it is documented.
    #[serde(default)]
    pub source: OneOrMany<String>,
}

/// How an object is signed, and what each of its fields is for.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Signed {
    /// The ticket that is signed with, by its id under `tickets` in `api.yaml`.
    pub ticket: String,
    /// How the signature is computed.
    pub by: Algorithm,
    /// The fields whose values are signed. One that is not set is left out.
    pub fields: Vec<String>,
    /// Values that are signed, too, and are no fields of the object.
    #[serde(default, deserialize_with = "super::unique")]
    pub beside: IndexMap<String, Field>,
    /// The field that takes the time of signing, unless it is set.
    pub time: Option<String>,
    /// The field that takes a random text, unless it is set.
    pub nonce: Option<String>,
    /// The field that takes the signature.
    pub signature: String,
    /// How a page takes the object.
    #[serde(default)]
    pub form: Form,
    /// A signature that was computed by other means.
    pub example: Option<SignedExample>,
}

/// Another form of the values of an enumeration: responses give it, requests do not take it.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ResponseForm {
    /// What it is called in Rust: `hex` gives `Color::hex` and `Color::from_hex`.
    pub name: String,
    /// What each begins with, and no value does.
    pub begins: String,
    /// What is given instead of what, in words.
    pub text: Option<Text>,
}

/// What an enumeration is made of on the wire.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum EnumKind {
    /// JSON strings.
    String,
    /// JSON integers.
    Int,
}

/// One documented value of an enumeration.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct EnumValue {
    /// The Rust name of the variant, where the wire value does not give a good one.
    pub name: Option<String>,
    /// What the value means, English.
    pub en: Option<String>,
    /// What the value means, Chinese.
    pub zh: Option<String>,
    /// Other values that are read as this one, and never written.
    #[serde(default)]
    pub also: Also,
    /// What a response gives in its place, in the `response_form` of the enumeration.
    pub response: Option<String>,
    /// Where it is documented, when elsewhere than the enumeration.
    #[serde(default)]
    pub source: OneOrMany<String>,
    /// Ids of quirks that concern the value.
    #[serde(default)]
    pub quirk: OneOrMany<String>,
}

/// How the variants of a union are told apart.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Union {
    /// The wire name of the key that holds the variant's value.
    pub tag: String,
    /// Documentation of the tag key.
    pub doc: Option<Text>,
    /// Whether a variant's fields stand beside the tag or under a key of their own.
    pub content: UnionContent,
    /// Views in which the tag is not sent; the variant is known by its key alone.
    #[serde(default)]
    pub tagless: Vec<String>,
    /// Views in which a change of the tag is documented to start no review.
    #[serde(default)]
    pub unreviewed: Vec<String>,
    /// The variants by Rust name.
    #[serde(deserialize_with = "super::unique")]
    pub variants: IndexMap<String, Variant>,
    /// The type column of the tag as printed.
    #[serde(default)]
    pub declared: OneOrMany<String>,
    /// Ids of quirks that concern the tag.
    #[serde(default)]
    pub quirk: OneOrMany<String>,
}

/// Where a variant's fields stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum UnionContent {
    /// `{"card_type": "GROUPON", "groupon": {…}}`.
    Keyed,
    /// `{"type": "DATE_TYPE_FIX_TERM", "fixed_term": 30}`.
    Inline,
}

/// One variant of a union.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Variant {
    /// The value of the tag.
    pub value: String,
    /// Other values of the tag that are read as this one, and never written.
    #[serde(default)]
    pub also: Also,
    /// The key that holds the content, when `content: keyed`.
    pub key: Option<String>,
    /// The object with the variant's fields; none when there are no more fields than the tag.
    #[serde(rename = "type")]
    pub ty: Option<String>,
    /// The view of `type`, where it is not the union's own.
    pub view: Option<String>,
    /// The views of the union that have this variant; all when not given.
    #[serde(rename = "in")]
    pub views: Option<Vec<String>>,
    /// Two variants may share a tag value when all but the last say what tells them apart: a
    /// dotted path inside the content and the value there, or a list of which it is one.
    #[serde(default, deserialize_with = "super::unique")]
    #[schemars(with = "IndexMap<String, serde_json::Value>")]
    pub when: IndexMap<String, Value>,
    /// What it is.
    pub doc: Option<Text>,
    /// Where it is documented.
    #[serde(default)]
    pub source: OneOrMany<String>,
    /// Ids of quirks that concern the variant.
    #[serde(default)]
    pub quirk: OneOrMany<String>,
}

/// One field of a request, a response, an object or an event.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Field {
    /// A scalar, a named type, `T[]` or `map<T>`.
    #[serde(rename = "type")]
    pub ty: String,
    /// The Rust name, where the wire name does not give a good one.
    pub rust: Option<String>,
    /// What it is.
    pub doc: Option<Text>,
    /// Request: must be set. Response or push: worthless without it, so that reading fails.
    #[serde(default)]
    pub required: bool,
    /// When a value is required for a reason only the caller can know.
    pub required_if: Option<Text>,
    /// Upper bounds that the validator enforces, by unit.
    pub max: Option<Bounds>,
    /// Lower bounds that the validator enforces, by unit.
    pub min: Option<Bounds>,
    /// Bounds of each item of a list.
    pub each: Option<Unenforced>,
    /// Documented bounds that the validator does not enforce.
    #[serde(default)]
    pub unenforced: Vec<Unenforced>,
    /// An empty text or list is sent to clear the field.
    #[serde(default)]
    pub clears: bool,
    /// The type column as printed, where it differs from `type` or carries a limit.
    #[serde(default)]
    pub declared: OneOrMany<String>,
    /// Ids of quirks that concern the field.
    #[serde(default)]
    pub quirk: OneOrMany<String>,
    /// An example value.
    #[schemars(with = "Option<serde_json::Value>")]
    pub example: Option<Value>,
    /// What WeChat assumes when the field is not sent. Documentation; never sent for the caller.
    #[schemars(with = "Option<serde_json::Value>")]
    pub default: Option<Value>,
    /// The unit of an integer: `seconds`, `minutes`, `hours`, `days`, `percent`, `people`, `times`, or one that `api.yaml` has under
    /// `units`.
    pub unit: Option<String>,
    /// The value is a credential: it never shows in a log.
    #[serde(default)]
    pub secret: bool,
    /// Whether changing the field starts a new review.
    pub review: Option<bool>,
    /// The code WeChat returns when something is wrong with the value, where it is not the general one.
    pub error: Option<i64>,
    /// The code WeChat returns when the value is missing, where that is neither `error` nor the general one.
    pub missing: Option<i64>,
    /// The view of a viewed type, where the field itself is in none.
    pub view: Option<String>,
    /// The keys of the field's union stand beside the other fields.
    #[serde(default)]
    pub flatten: bool,
    /// Text is accepted beside the field's own type (a list that `"0"` clears).
    #[serde(default)]
    pub or_text: bool,
    /// In an object with views: in which of them the field occurs, and how.
    #[serde(rename = "in", default, deserialize_with = "super::unique_option")]
    pub views: Option<IndexMap<String, InView>>,
    /// Where it is documented, when elsewhere than what it belongs to.
    #[serde(default)]
    pub source: OneOrMany<String>,
}

/// How a field occurs in one view.
#[derive(Debug, Clone)]
pub enum InView {
    /// `create: required`.
    Presence(Presence),
    /// `update: { review: true }`.
    Detailed(Box<ViewField>),
}

impl<'de> Deserialize<'de> for InView {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(InViewVisitor)
    }
}

impl JsonSchema for InView {
    fn schema_name() -> Cow<'static, str> {
        "InView".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let (presence, detailed) = (generator.subschema_for::<Presence>(), generator.subschema_for::<ViewField>());
        json_schema!({ "title": "`required`, `optional` or a mapping", "anyOf": [presence, detailed] })
    }
}

struct InViewVisitor;

impl<'de> Visitor<'de> for InViewVisitor {
    type Value = InView;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("`required`, `optional` or a mapping")
    }

    fn visit_str<E: Error>(self, word: &str) -> Result<Self::Value, E> {
        Presence::deserialize(word.into_deserializer()).map(InView::Presence)
    }

    fn visit_map<A: MapAccess<'de>>(self, access: A) -> Result<Self::Value, A::Error> {
        ViewField::deserialize(MapAccessDeserializer::new(access)).map(|field| InView::Detailed(Box::new(field)))
    }
}

/// Whether a field must be there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Presence {
    /// It must.
    Required,
    /// It may.
    Optional,
}

/// What one view says differently from the field. What is not given is as in the field.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ViewField {
    /// As [`Field::required`].
    #[serde(default)]
    pub required: bool,
    /// As [`Field::required_if`].
    pub required_if: Option<Text>,
    /// As [`Field::doc`].
    pub doc: Option<Text>,
    /// As [`Field::max`].
    pub max: Option<Bounds>,
    /// As [`Field::min`].
    pub min: Option<Bounds>,
    /// As [`Field::each`].
    pub each: Option<Unenforced>,
    /// As [`Field::unenforced`].
    pub unenforced: Option<Vec<Unenforced>>,
    /// As [`Field::clears`].
    pub clears: Option<bool>,
    /// As [`Field::declared`].
    pub declared: Option<OneOrMany<String>>,
    /// As [`Field::quirk`].
    pub quirk: Option<OneOrMany<String>>,
    /// As [`Field::default`].
    #[schemars(with = "Option<serde_json::Value>")]
    pub default: Option<Value>,
    /// As [`Field::review`].
    pub review: Option<bool>,
    /// As [`Field::or_text`].
    pub or_text: Option<bool>,
    /// As [`Field::source`].
    pub source: Option<OneOrMany<String>>,
}

/// A pair of bounds: for each item of a list, or documented and not enforced.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Unenforced {
    /// Upper bounds by unit.
    pub max: Option<Bounds>,
    /// Lower bounds by unit.
    pub min: Option<Bounds>,
}
