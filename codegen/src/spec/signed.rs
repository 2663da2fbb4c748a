//! What a signature is made of, as written.

use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::Deserialize;
use serde_yaml::Value;

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
