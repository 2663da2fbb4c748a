//! Promoters.

use serde::{Deserialize, Serialize};
use serde_json::Value;

/// What a promoter shares.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Material {
    /// The account.
    pub app: String,
    /// The promoter.
    pub openid: String,
    /// What was asked for, as JSON.
    pub content: Value,
    /// The seconds at which it ends.
    pub until: u64,
}

/// That a user came by a promoter.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Relation {
    /// The promoter.
    pub promoter: String,
    /// The role under which the promoter works.
    pub role: Option<u64>,
    /// All that the list shows of it, as JSON.
    pub content: Value,
    /// The seconds at which it began.
    pub since: u64,
}

/// An order that came by a promoter.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Order {
    /// The promoter.
    pub promoter: String,
    /// All that the list shows of it, as JSON.
    pub content: Value,
    /// The seconds at which it was paid.
    pub paid: u64,
}
