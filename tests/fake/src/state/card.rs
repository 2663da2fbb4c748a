//! Cards, and what users hold of them.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// A kind of card.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Card {
    /// The account that made it.
    pub app: String,
    /// The number of its making: cards are listed in that order.
    pub number: u64,
    /// What was sent, as JSON: the tag and the object of its kind.
    pub content: Value,
    /// Its state, as the list of states calls it.
    pub status: String,
    /// The reason of a refusal.
    pub reason: String,
    /// How many there were in all.
    pub total: i64,
    /// How many are left.
    pub left: i64,
    /// The seconds at which it was made.
    pub created: u64,
    /// The seconds at which it was last changed.
    pub updated: u64,
    /// The sub-merchant for whom it was made.
    pub merchant: Option<u64>,
}

/// What became of one coupon.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub enum CouponState {
    /// Its user may use it.
    Normal,
    /// It was redeemed.
    Consumed,
    /// Its user is giving it away.
    Gifting,
    /// Nobody took the gift in time.
    GiftTimeout,
    /// Its user deleted it.
    Deleted,
    /// The merchant made it unavailable.
    Unavailable,
}

/// One coupon of one user, with its code.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Coupon {
    /// The account.
    pub app: String,
    /// The card.
    pub card: String,
    /// The user who holds it.
    pub openid: String,
    /// What became of it.
    pub state: CouponState,
    /// The seconds at which it was claimed.
    pub claimed: u64,
    /// The seconds from which it is valid; 0 for ever.
    pub begin: u64,
    /// The seconds until which it is valid.
    pub end: u64,
    /// The user who marked it, if one did.
    pub marked: Option<String>,
    /// Whether it was counted as one that ended unused.
    #[serde(default)]
    pub ended: bool,
    /// The seconds at which the mark is lifted by itself.
    #[serde(default)]
    pub marked_until: u64,
    /// The scene under which it was claimed.
    pub outer: Option<String>,
    /// The code under which somebody else holds it after a gift.
    pub given_as: Option<String>,
    /// Whether it was deposited by the merchant and nobody holds it yet.
    #[serde(default)]
    pub unclaimed: bool,
}

/// A picture that was uploaded.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Picture {
    /// The account.
    pub app: String,
    /// Its media type.
    pub mime: String,
    /// How many bytes it has.
    pub size: usize,
}

/// A QR code with which cards are handed out.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct QrCode {
    /// The account.
    pub app: String,
    /// What was asked for, as JSON.
    pub action: Value,
    /// The seconds at which it ends; none for one that does not.
    pub until: Option<u64>,
}

/// A user who may test cards that were not approved.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Tester {
    /// The name by which the user was named, if not by openid.
    pub username: Option<String>,
}
