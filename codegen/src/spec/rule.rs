//! Cross-field rules as written.

use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::Deserialize;
use serde_yaml::Value;

use super::{OneOrMany, Text};

/// One rule. Exactly one of the kinds is given, with its `text`.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// Of these fields at most one may be set.
    pub at_most_one: Option<Vec<String>>,
    /// When all of `when` holds, or always, at least one of these fields must be set.
    pub at_least_one: Option<Vec<String>>,
    /// When all of `when` holds, these must be set.
    pub required_when: Option<Vec<String>>,
    /// When all of `when` holds, or always, these must not be set.
    pub forbidden_when: Option<Vec<String>>,
    /// When all of `when` holds, these fields must be set and hold these values.
    #[serde(default, deserialize_with = "super::unique_option")]
    #[schemars(with = "Option<IndexMap<String, serde_json::Value>>")]
    pub equals_when: Option<IndexMap<String, Value>>,
    /// When all of `when` holds, or always, these fields must not hold these values.
    #[serde(default, deserialize_with = "super::unique_option")]
    #[schemars(with = "Option<IndexMap<String, serde_json::Value>>")]
    pub differs_when: Option<IndexMap<String, Value>>,
    /// When the key is set, at least one of its fields must be set too.
    #[serde(default, deserialize_with = "super::unique_option")]
    pub requires_one: Option<IndexMap<String, OneOrMany<String>>>,
    /// Lists that together have at most so many items.
    pub together: Option<Together>,
    /// `true`: something in the object must be set.
    pub not_empty: Option<bool>,
    /// When the key is set, its fields must be set too.
    #[serde(default, deserialize_with = "super::unique_option")]
    pub requires: Option<IndexMap<String, OneOrMany<String>>>,
    /// The condition: dotted path to value, or to a list of values of which one must be there. All must hold; a field
    /// that is not set does not.
    #[serde(default, deserialize_with = "super::unique")]
    #[schemars(with = "IndexMap<String, serde_json::Value>")]
    pub when: IndexMap<String, Value>,
    /// Two dates in order and at most so many days apart: the second minus the first.
    pub date_window: Option<Window>,
    /// Each of these dates must lie before the current day, in the zone of `api.yaml`.
    pub before_today: Option<Vec<String>>,
    /// Two moments of which the first is not after the second.
    pub in_order: Option<Vec<String>>,
    /// Documentation only: the name of a rule that no machine can check.
    pub note: Option<String>,
    /// The rule in words.
    pub text: Option<Text>,
    /// The code WeChat returns when the rule is broken.
    pub error: Option<i64>,
    /// In an object with views: those in which the rule holds; all when not given.
    #[serde(rename = "in")]
    pub views: Option<Vec<String>>,
    /// Ids of quirks that concern the rule.
    #[serde(default)]
    pub quirk: OneOrMany<String>,
    /// Where it is documented, when elsewhere than what it belongs to.
    #[serde(default)]
    pub source: OneOrMany<String>,
    /// For a rule of which the tests find no such objects themselves: one that obeys it, and one that breaks it and
    /// nothing else.
    pub cases: Option<RuleCases>,
}

/// Two objects that show what a rule is about.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RuleCases {
    /// An object that obeys every rule.
    #[schemars(with = "serde_json::Value")]
    pub obeys: Value,
    /// One that breaks this rule and nothing else.
    #[schemars(with = "serde_json::Value")]
    pub breaks: Value,
}

/// The parameters of a date window.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Window {
    /// The field with the first day.
    pub from: String,
    /// The field with the last day.
    pub to: String,
    /// The most days between the two.
    pub days: u32,
}

/// The parameters of `together`.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Together {
    /// The lists.
    pub fields: Vec<String>,
    /// The most items in all of them.
    pub max: u32,
}
