//! What happens to sub-merchants and promoters, as it is asked for.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::act::Verdict;

/// A decision about a sub-merchant.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ReviewMerchant {
    /// The sub-merchant.
    pub(super) merchant_id: i64,
    /// `"approve"`, or `{"reject": "reason"}`.
    pub(super) verdict: Verdict,
}

/// How many.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Count {
    /// How many.
    pub(super) count: u64,
}

/// Whose they are.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Promoter {
    /// The promoter.
    pub(super) openid: &'static str,
}

/// Somebody.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Openid {
    /// The promoter.
    pub(super) openid: String,
}

/// A way into a Mini Program.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Reach {
    /// The path that the material has.
    pub(super) share_path: String,
    /// The user.
    pub(super) openid: String,
}
