//! What people do with cards and coupons.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::operation::{Operation, post};
use crate::act::{ActError, Claim, Verdict};
use crate::engine::Engine;

pub(super) fn all() -> Vec<Operation> {
    vec![
        post("/cards/review", "Pass a card in review, or refuse it", "审核卡券", |engine, it: Review| {
            engine.review_card(&it.card_id, &it.verdict)
        }),
        post("/cards/restock", "Add to the stock of a card", "增加卡券库存", |engine, it: Restock| {
            engine.restock(&it.card_id, it.quantity)
        }),
        post("/cards/view", "Let a user look at a card", "用户查看卡券", |engine, it: View| {
            engine.view_card(&it.card_id, &it.openid)
        }),
        post("/cards/claim", "Let a user claim a card", "用户领取卡券", claim),
        post(
            "/cards/seed",
            "Give so many users a coupon each, without pushes",
            "批量发放卡券，不推送事件",
            |engine, it: Seed| engine.seed_coupons(&it.card_id, it.count).map(|codes| Codes { codes }),
        ),
        post("/coupons/gift", "Let a user give a coupon away", "用户转赠卡券", |engine, it: Named| {
            engine.gift(&it.code)
        }),
        post("/coupons/accept", "Let a friend take a gift", "好友领取转赠的卡券", |engine, it: Accept| {
            engine.accept_gift(&it.code, &it.openid).map(|code| Code { code })
        }),
        post(
            "/coupons/time_out",
            "Let a gift come back that nobody took",
            "转赠超时退回",
            |engine, it: Named| engine.time_out_gift(&it.code),
        ),
        post("/coupons/delete", "Let a user delete a coupon", "用户删除卡券", |engine, it: Named| {
            engine.delete_coupon(&it.code)
        }),
    ]
}

/// A decision about a card.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Review {
    /// The card.
    card_id: String,
    /// What the reviewer decides: `approve`, or `{"reject": "why"}`.
    verdict: Verdict,
}

/// More of a card.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Restock {
    /// The card.
    card_id: String,
    /// How many are added.
    quantity: u32,
}

/// A look at a card.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct View {
    /// The card.
    card_id: String,
    /// The user.
    openid: String,
}

/// Who claims a card, and how.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Claimed {
    /// The card.
    card_id: String,
    /// The user.
    openid: String,
    /// The code, where the merchant supplies it.
    code: Option<String>,
    /// The scene under which the card was distributed.
    outer_str: Option<String>,
}

fn claim(engine: &Engine, it: Claimed) -> Result<Code, ActError> {
    let claim = Claim { code: it.code, outer_str: it.outer_str };
    engine.claim(&it.card_id, &it.openid, &claim).map(|code| Code { code })
}

/// How many coupons of a card.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Seed {
    /// The card.
    card_id: String,
    /// How many.
    count: u32,
}

/// A coupon.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Named {
    /// Its code.
    code: String,
}

/// Who takes a gift.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Accept {
    /// The code under which it was given away.
    code: String,
    /// The friend.
    openid: String,
}

/// The code of a coupon.
#[derive(Debug, Serialize, JsonSchema)]
struct Code {
    code: String,
}

/// The codes of coupons.
#[derive(Debug, Serialize, JsonSchema)]
struct Codes {
    codes: Vec<String>,
}
