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
    /// The statements of the page that it explains, as `cargo xtask drift` names them.
    #[serde(default)]
    pub explains: Vec<String>,
    /// Where, when elsewhere than what it belongs to.
    #[serde(default)]
    pub source: OneOrMany<String>,
}
