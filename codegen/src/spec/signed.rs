//! Objects that a page signs, as written.

use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::Deserialize;
use serde_yaml::Value;

use super::Field;

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

/// An object, the ticket with which it is signed, and the signature.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SignedExample {
    /// The object, with the time and the random text.
    #[schemars(with = "serde_json::Value")]
    pub object: Value,
    /// The values beside it.
    #[serde(default, deserialize_with = "super::unique")]
    pub beside: IndexMap<String, String>,
    /// The ticket.
    pub ticket: String,
    /// The signature.
    pub signature: String,
}

/// How a signature is computed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
pub enum Algorithm {
    /// The SHA-1, in hexadecimal, of the ticket and the values, sorted as texts and joined without anything between.
    #[serde(rename = "sorted-sha1")]
    SortedSha1,
}

/// How a page takes a signed object.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Form {
    /// As an object.
    #[default]
    Object,
    /// As a text with the object in it, as JSON.
    Text,
}
