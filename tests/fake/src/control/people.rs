//! What people do, as it is asked for: which card, which user, what a reviewer decides.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::act::{ActError, Claim, Verdict};
use crate::engine::Engine;

/// A decision about a card.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ReviewCard {
    /// The card.
    pub(super) card_id: String,
    /// `"approve"`, or `{"reject": "reason"}`.
    pub(super) verdict: Verdict,
}

/// A number of coupons of a card.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Amount {
    /// The card.
    pub(super) card_id: String,
    /// How many.
    pub(super) count: u32,
}

/// A card, and a user who looks at it.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ViewCard {
    /// The card.
    pub(super) card_id: String,
    /// The user.
    pub(super) openid: String,
}

/// A card, and a user who claims it.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ClaimCard {
    /// The card.
    card_id: String,
    /// The user.
    openid: String,
    /// The code, where the merchant supplies it.
    code: Option<String>,
    /// The scene under which the card was distributed.
    outer_str: Option<String>,
}

/// A coupon of a user.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct OneCoupon {
    /// Its code.
    pub(super) code: String,
}

/// A coupon that is given away, and the friend who takes it.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct AcceptGift {
    /// The code under which it was given away.
    code: String,
    /// The friend.
    openid: String,
}

/// A coupon that a user has got.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Got {
    /// Its code.
    code: String,
}

/// Coupons that users have got.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Seeded {
    /// Their codes.
    codes: Vec<String>,
}

pub(super) fn claim(engine: &Engine, it: ClaimCard) -> Result<Got, ActError> {
    let claim = Claim { code: it.code, outer_str: it.outer_str };
    engine.claim(&it.card_id, &it.openid, &claim).map(|code| Got { code })
}

pub(super) fn accept(engine: &Engine, it: AcceptGift) -> Result<Got, ActError> {
    engine.accept_gift(&it.code, &it.openid).map(|code| Got { code })
}

pub(super) fn seed(engine: &Engine, it: Amount) -> Result<Seeded, ActError> {
    engine.seed_coupons(&it.card_id, it.count).map(|codes| Seeded { codes })
}
