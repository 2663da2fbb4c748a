//! What happens to sub-merchants and promoters, as it is asked for.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::act::Verdict;

/// A decision about a sub-merchant.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ReviewMerchant {
    /// The sub-merchant.
    pub(super) id: i64,
    /// `"approve"`, or `{"reject": "reason"}`.
    pub(super) verdict: Verdict,
}

/// How many to make up.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Count {
    /// How many.
    pub(super) count: u64,
}

/// A user.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct OneUser {
    /// The user.
    pub(super) openid: String,
}

/// A user who comes by a promoter.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Reach {
    /// The path that the promoter shares.
    pub(super) share_path: String,
    /// The user.
    pub(super) openid: String,
}

/// For whom something was made up.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Promoter {
    /// The promoter.
    pub(super) openid: &'static str,
}
