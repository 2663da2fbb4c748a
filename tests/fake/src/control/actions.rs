//! What can be done: a line for each action. Routes, forms and the document follow from it.

use super::operation::{Nothing, Operation, delete, post};
use super::people::{Amount, OneCoupon, ReviewCard, ViewCard, accept, claim, seed};
use super::promoters::{Count, OneUser, Promoter, Reach, ReviewMerchant};
use super::steering::{Limit, NewAccount, advance, push_event, push_to};
use crate::engine::Engine;
use crate::lock::lock;

pub(super) fn all() -> Vec<Operation> {
    steering().into_iter().chain(cards()).chain(coupons()).chain(others()).collect()
}

#[rustfmt::skip]
fn steering() -> Vec<Operation> {
    vec![
        post("/clock", "Move the clock", "调整时钟", advance),
        post("/tokens/expire", "End every access token", "使全部 access_token 失效", |engine, _: Nothing| { engine.expire_tokens(); Ok(()) }),
        post("/accounts", "Have another account, or another secret", "新增账号或更换密钥", |engine, it: NewAccount| engine.open_account(&it.id, &it.secret)),
        post("/limits", "Limit how often a day a path may be called", "限制接口的每日调用次数", |engine, it: Limit| engine.limit(&it.path, it.day)),
        post("/faults", "Plan a failure", "计划一次故障", Engine::plan),
        delete("/faults", "Forget all planned failures", "取消全部故障", |engine| lock(&engine.faults).clear()),
        post("/push", "Send pushes to this address", "设置推送地址", push_to),
        delete("/push", "Send pushes nowhere", "取消推送地址", |engine| engine.pusher.set(None)),
        post("/push/event", "Push an event now", "立即推送一个事件", push_event),
        post("/reset", "Forget everything but the accounts and the address for pushes", "清空账号与推送地址之外的全部数据", |engine, _: Nothing| { engine.reset(); Ok(()) }),
    ]
}

#[rustfmt::skip]
fn cards() -> Vec<Operation> {
    vec![
        post("/cards/review", "A reviewer approves or rejects a card", "审核卡券：通过或驳回", |engine, it: ReviewCard| engine.review_card(&it.card_id, &it.verdict)),
        post("/cards/restock", "Add to the stock of a card what no call can", "增加无法通过接口增加的库存", |engine, it: Amount| engine.restock(&it.card_id, it.count)),
        post("/cards/view", "A user looks at a card", "用户查看卡券", |engine, it: ViewCard| engine.view_card(&it.card_id, &it.openid)),
        post("/cards/claim", "A user claims a card", "用户领取卡券", claim),
        post("/cards/seed", "Give many users a coupon each, without pushes", "批量发放卡券，不产生推送", seed),
    ]
}

#[rustfmt::skip]
fn coupons() -> Vec<Operation> {
    vec![
        post("/coupons/gift", "A user gives a coupon away", "用户转赠卡券", |engine, it: OneCoupon| engine.gift(&it.code)),
        post("/coupons/accept", "A friend takes a coupon that is given away", "好友接收转赠的卡券", accept),
        post("/coupons/time_out", "Nobody has taken a gift in time", "转赠超时未被接收", |engine, it: OneCoupon| engine.time_out_gift(&it.code)),
        post("/coupons/delete", "A user deletes a coupon", "用户删除卡券", |engine, it: OneCoupon| engine.delete_coupon(&it.code)),
    ]
}

#[rustfmt::skip]
fn others() -> Vec<Operation> {
    vec![
        post("/merchants/review", "A reviewer approves or rejects a sub-merchant", "审核子商户：通过或驳回", |engine, it: ReviewMerchant| engine.review_merchant(it.id, it.verdict)),
        post("/relations/seed", "Make up relations of one promoter", "批量生成推广员的关系", |engine, it: Count| Ok(Promoter { openid: engine.seed_relations(it.count) })),
        post("/orders/seed", "Make up orders of one promoter", "批量生成推广员的订单", |engine, it: Count| Ok(Promoter { openid: engine.seed_orders(it.count) })),
        post("/promoters/withdraw", "Somebody is no promoter any more", "取消推广员身份", |engine, it: OneUser| { engine.withdraw_promoter(&it.openid); Ok(()) }),
        post("/promoters/reach", "A user enters by the path of a material", "用户通过分享素材的路径进入小程序", |engine, it: Reach| engine.reach(&it.share_path, &it.openid)),
    ]
}
