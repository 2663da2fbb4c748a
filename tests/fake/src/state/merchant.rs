//! Sub-merchants of a third party.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// What a review has come to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub enum Review {
    /// It goes on.
    Checking,
    /// It was passed.
    Approved,
    /// It was not passed.
    Rejected,
    /// What it was for has ended.
    Expired,
}

/// A sub-merchant.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Merchant {
    /// The account of the third party.
    pub app: String,
    /// What was sent, as JSON.
    pub content: Value,
    /// What its review has come to.
    pub review: Review,
    /// The reason of a rejection.
    pub reason: String,
    /// The seconds at which it was made.
    pub created: u64,
    /// The seconds at which it was last changed.
    pub updated: u64,
}
