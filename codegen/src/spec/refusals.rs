//! What a server says to a request that it does not take, as written.

use schemars::JsonSchema;
use serde::Deserialize;

/// By which code a server refuses a request. A field, a type or a rule that names an `error` has its own.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Refusals {
    /// GET is the verb.
    pub get: i64,
    /// POST is the verb.
    pub post: i64,
    /// There is no such path.
    pub path: i64,
    /// There is no access token.
    pub no_token: i64,
    /// The access token is none of ours.
    pub wrong_token: i64,
    /// The access token has expired, or another one has taken its place.
    pub old_token: i64,
    /// There is no body.
    pub no_body: i64,
    /// The body cannot be read.
    pub body: i64,
    /// The body is too long.
    pub long_body: i64,
    /// A field is none of this request.
    pub unknown: i64,
    /// A field is of another type.
    pub kind: i64,
    /// A field is missing.
    pub missing: i64,
    /// A text or list is too long.
    pub too_long: i64,
    /// Any other limit or rule is broken.
    pub value: i64,
    /// Too many calls in a day.
    pub day: i64,
    /// Too many calls in a moment.
    pub rate: i64,
    /// The server cannot answer now.
    pub busy: i64,
    /// Where it is documented.
    #[serde(default)]
    pub source: super::OneOrMany<String>,
}

impl Refusals {
    /// Every code and the key that gives it.
    #[must_use]
    pub fn codes(&self) -> [(&'static str, i64); 17] {
        [
            ("get", self.get),
            ("post", self.post),
            ("path", self.path),
            ("no_token", self.no_token),
            ("wrong_token", self.wrong_token),
            ("old_token", self.old_token),
            ("no_body", self.no_body),
            ("body", self.body),
            ("long_body", self.long_body),
            ("unknown", self.unknown),
            ("kind", self.kind),
            ("missing", self.missing),
            ("too_long", self.too_long),
            ("value", self.value),
            ("day", self.day),
            ("rate", self.rate),
            ("busy", self.busy),
        ]
    }
}
