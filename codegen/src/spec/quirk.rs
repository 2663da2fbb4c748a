//! Quirks as written.

use schemars::JsonSchema;
use serde::Deserialize;

use super::{OneOrMany, Text};

/// A defect of a page and how we read it.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Quirk {
    /// What the page says.
    pub says: Option<Text>,
    /// What we do.
    pub we: Option<Text>,
    /// Who has to know it; a maintainer when not given.
    #[serde(default, rename = "for")]
    pub audience: Audience,
    /// The statements of the page that it explains, as `cargo xtask drift` names them.
    #[serde(default)]
    pub explains: Vec<String>,
    /// Where, when elsewhere than what it belongs to.
    #[serde(default)]
    pub source: OneOrMany<String>,
}

/// Who has to know a quirk.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Audience {
    /// Whoever calls the endpoint or reads what it gives: the pages of endpoints and types tell it.
    Caller,
    /// Whoever compares the spec with the page: only the list of all quirks tells it.
    #[default]
    Maintainer,
}
