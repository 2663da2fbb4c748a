//! Endpoints, events and errors as written.

use std::borrow::Cow;
use std::fmt;

use indexmap::IndexMap;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::{Error, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};
use serde_yaml::Value;

use super::{Account, Field, OneOrMany, Quirk, Rule, Text, TypeDef};

/// One endpoint; its address is the path of its file.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Endpoint {
    /// The Rust name, where the last part of the path does not give a good one.
    pub name: Option<String>,
    /// `GET` or `POST`.
    pub method: String,
    /// What it does, in a few words.
    pub title: Option<Text>,
    /// What it does.
    pub doc: Option<Text>,
    /// Where it is documented: `card-management#section`.
    #[serde(default)]
    pub source: OneOrMany<String>,
    /// Whether it may be repeated after a lost response.
    pub repeat: Repeat,
    /// Which kinds of account may call it, where that is not as in the folders around.
    pub account: Option<Account>,
    /// Whether the call carries the access token; it does when not given.
    #[serde(default)]
    pub token: TokenUse,
    /// For a call that may not be repeated: how to find out what it did when its response was lost.
    pub find_out: Option<Text>,
    /// For such a call: which other call tells what it did, so that the client can ask.
    pub verify: Option<Verify>,
    /// How often an account may call it.
    pub quota: Option<Quota>,
    /// How the body is written; `json` for POST and `none` for GET when not given.
    pub body: Option<Body>,
    /// Query parameters other than the access token.
    #[serde(default, deserialize_with = "super::unique")]
    pub query: IndexMap<String, Field>,
    /// The fields of the body.
    #[serde(default, deserialize_with = "super::unique")]
    pub request: IndexMap<String, Field>,
    /// The fields of the response, without the envelope.
    #[serde(default, deserialize_with = "super::unique")]
    pub response: IndexMap<String, Field>,
    /// What proves success; the code alone when not given.
    pub success: Option<Success>,
    /// Types used by this endpoint alone.
    #[serde(default, deserialize_with = "super::unique")]
    pub types: IndexMap<String, TypeDef>,
    /// Rules of the request.
    #[serde(default)]
    pub rules: Vec<Rule>,
    /// Codes it is documented to return. An empty entry means what `errors.yaml` says.
    #[serde(default, deserialize_with = "super::unique")]
    pub errors: IndexMap<i64, EndpointError>,
    /// How to read on.
    pub paging: Option<Paging>,
    /// Whole requests and responses.
    #[serde(default)]
    pub examples: Vec<Example>,
    /// Quirks explained here.
    #[serde(default, deserialize_with = "super::unique")]
    pub quirks: IndexMap<String, Quirk>,
    /// Ids of quirks that concern the page or the endpoint as a whole.
    #[serde(default)]
    pub quirk: OneOrMany<String>,
    /// What became of it, when it is no longer fully in service.
    pub closed: Option<Text>,
    /// What of it WeChat has switched off, where the rest goes on.
    pub restricted: Option<Text>,
}

/// How another call is made to find out what a lost one did, and what its response tells. One of `done_when` and `changes`
/// is given.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Verify {
    /// The path of the endpoint that is asked; it only reads.
    pub endpoint: String,
    /// Its request fields, each with the field of this request whose value it takes.
    #[serde(default, deserialize_with = "super::unique")]
    pub with: IndexMap<String, String>,
    /// Its request fields that always have the same value.
    #[serde(default, deserialize_with = "super::unique")]
    #[schemars(with = "IndexMap<String, serde_json::Value>")]
    pub fixed: IndexMap<String, Value>,
    /// The call was done when all of this is in the response: dotted path to value, or to a list of values of which one is
    /// there.
    #[serde(default, deserialize_with = "super::unique")]
    #[schemars(with = "IndexMap<String, serde_json::Value>")]
    pub done_when: IndexMap<String, Value>,
    /// The number that the call changes: it is looked at before and after.
    pub changes: Option<Changes>,
}

/// A number that a call changes, and by how much.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Changes {
    /// The dotted path to the number in the response. It leads through objects, and through whatever variant of a union is
    /// at hand.
    pub number: String,
    /// The request field that is added to it.
    pub plus: Option<String>,
    /// The request field that is taken away.
    pub minus: Option<String>,
}

/// How often an account may call an endpoint, as far as it is documented.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Quota {
    /// The most calls in a day.
    pub day: Option<u64>,
    /// The most calls in a minute.
    pub minute: Option<u64>,
}

/// Whether a call may be repeated after its response was lost.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Repeat {
    /// It only reads.
    Safe,
    /// It writes, but a second time changes nothing more.
    Idempotent,
    /// A second time may create, spend or move something again.
    Unsafe,
}

/// Whether a call carries the access token.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum TokenUse {
    /// It does.
    #[default]
    Query,
    /// It carries none.
    None,
}

/// What proves that a call succeeded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Success {
    /// `success: errcode`: nothing but the code.
    Code(String),
    /// `success: [list]`: without a code, one of these fields of the response.
    Fields(Vec<String>),
}

impl<'de> Deserialize<'de> for Success {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(SuccessVisitor)
    }
}

impl JsonSchema for Success {
    fn schema_name() -> Cow<'static, str> {
        "Success".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "title": "the name of the code or a list of fields",
            "description": "The name of the field with the code, or the fields of which one proves success without it.",
            "anyOf": [{ "type": "string" }, { "type": "array", "items": { "type": "string" }, "minItems": 1 }],
        })
    }
}

struct SuccessVisitor;

impl<'de> Visitor<'de> for SuccessVisitor {
    type Value = Success;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the name of the code or a list of fields")
    }

    fn visit_str<E: Error>(self, word: &str) -> Result<Self::Value, E> {
        Ok(Success::Code(word.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut access: A) -> Result<Self::Value, A::Error> {
        let mut fields = Vec::new();
        while let Some(field) = access.next_element()? {
            fields.push(field);
        }
        Ok(Success::Fields(fields))
    }
}

/// How the body of a request is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Body {
    /// JSON.
    Json,
    /// `multipart/form-data`.
    Multipart,
    /// None.
    None,
}

/// What a code means at one endpoint. What is not given is as in `errors.yaml`.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct EndpointError {
    /// What it means here.
    pub text: Option<Text>,
    /// Why it happens here.
    pub cause: Option<Text>,
    /// What to do about it here.
    pub remedy: Option<Text>,
    /// Ids of quirks that concern it.
    #[serde(default)]
    pub quirk: OneOrMany<String>,
    /// Where it is documented.
    #[serde(default)]
    pub source: OneOrMany<String>,
}

/// What a code means in general.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ErrorEntry {
    /// Its name in snake case: `invalid_code`.
    pub name: String,
    /// What kind of trouble it is.
    pub class: ErrorClass,
    /// Whether any endpoint may return it, beside those that list it.
    #[serde(default)]
    pub general: bool,
    /// What it means.
    pub text: Option<Text>,
    /// Why it happens.
    pub cause: Option<Text>,
    /// What to do about it.
    pub remedy: Option<Text>,
    /// Where it is documented.
    #[serde(default)]
    pub source: OneOrMany<String>,
}

/// Kinds of trouble, from which the predicates of the client's error are computed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum ErrorClass {
    /// WeChat is busy: the same call may succeed in a moment.
    Busy,
    /// The access token is missing, wrong or expired.
    Token,
    /// A quota or rate is used up.
    Quota,
    /// Calls come too fast: this one was refused, and in a moment one may succeed.
    Rate,
    /// The account lacks a permission, or the caller's address is not allowed.
    Permission,
    /// An argument is missing, malformed or out of bounds.
    Argument,
    /// What the call speaks of does not exist.
    Missing,
    /// The thing exists, but its state forbids the call.
    State,
    /// WeChat has switched the function off.
    Closed,
}

/// How to read a long list page by page.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Paging {
    /// The field of the response that holds the items.
    pub items: String,
    /// The request field that takes the cursor, for cursor paging.
    pub cursor: Option<String>,
    /// The response field that gives the next cursor.
    pub next: Option<String>,
    /// The request field with the offset, for offset paging.
    pub offset: Option<String>,
    /// The request field with the number of items wanted.
    pub size: Option<String>,
    /// The most items on one page.
    pub max: u32,
    /// The response field with the number of all items, for offset paging.
    pub total: Option<String>,
    /// The response field with the number of items on this page.
    pub count: Option<String>,
    /// A code that means "no more", not failure.
    pub end_error: Option<i64>,
    /// Whether a page may begin with the last item of the page before, for cursor paging.
    #[serde(default)]
    pub overlap: bool,
    /// How paging ends, in words.
    pub text: Option<Text>,
}

/// A whole exchange.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Example {
    /// What it shows.
    pub title: Option<Text>,
    /// Whether pages show it first; without any, the one that sends least is.
    #[serde(default)]
    pub minimal: bool,
    /// Query parameters other than the token.
    #[schemars(with = "Option<serde_json::Value>")]
    pub query: Option<Value>,
    /// The body.
    #[schemars(with = "Option<serde_json::Value>")]
    pub request: Option<Value>,
    /// A successful response.
    #[schemars(with = "Option<serde_json::Value>")]
    pub response: Option<Value>,
    /// A response that tells an error.
    #[schemars(with = "Option<serde_json::Value>")]
    pub error: Option<Value>,
    /// A push.
    pub xml: Option<String>,
}

/// A push from WeChat; its address is the path of its file.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Event {
    /// The Rust name, where the file name does not give a good one.
    pub name: Option<String>,
    /// When it comes, in a few words.
    pub title: Option<Text>,
    /// When it comes.
    pub doc: Option<Text>,
    /// Where it is documented.
    #[serde(default)]
    pub source: OneOrMany<String>,
    /// Mixins whose elements come first.
    #[serde(default)]
    pub include: Vec<String>,
    /// The XML elements.
    #[serde(deserialize_with = "super::unique")]
    pub fields: IndexMap<String, Field>,
    /// The element and value by which the event is known: `{ Event: card_merchant_check_result }`.
    #[serde(deserialize_with = "super::unique")]
    pub known_by: IndexMap<String, String>,
    /// Types used by this event alone.
    #[serde(default, deserialize_with = "super::unique")]
    pub types: IndexMap<String, TypeDef>,
    /// Rules, for documentation.
    #[serde(default)]
    pub rules: Vec<Rule>,
    /// Whole pushes.
    #[serde(default)]
    pub examples: Vec<Example>,
    /// Quirks explained here.
    #[serde(default, deserialize_with = "super::unique")]
    pub quirks: IndexMap<String, Quirk>,
    /// Ids of quirks that concern the page or the event as a whole.
    #[serde(default)]
    pub quirk: OneOrMany<String>,
}
