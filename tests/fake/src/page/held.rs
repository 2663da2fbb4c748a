//! What the accounts hold: cards, coupons, sub-merchants.

use serde_json::Value;
use weixin_runtime::Text;

use super::html::Html;
use super::{ROWS, buttons, end, moment, section};
use crate::control::{Control, code_of};
use crate::engine::{Engine, lock};
use crate::state::{Card, CouponState, Review};

pub(super) fn cards(html: &mut Html, engine: &Engine, control: &Control) {
    let state = lock(&engine.state);
    let count = state.cards.len();
    section(html, "cards", ("Cards", "卡券"), Some(count));
    html.head(
        count,
        &[
            ("Title", "标题"),
            ("Kind", "类型"),
            ("State", "状态"),
            ("Left", "剩余"),
            ("Id", "ID"),
            ("Made", "创建时间"),
            ("", ""),
        ],
    );
    let mut all: Vec<(&String, &Card)> = state.cards.iter().collect();
    all.sort_by_key(|(_, card)| std::cmp::Reverse(card.number));
    for (id, card) in all.into_iter().take(ROWS) {
        html.raw("<tr>").cell(title(&card.content)).cell(kind(&card.content)).raw("<td>").text(&card.status);
        if !card.reason.is_empty() {
            html.raw("<br><small>").text(&card.reason).raw("</small>");
        }
        html.raw("</td>").cell(format!("{} / {}", card.left, card.total)).code_cell(id).cell(moment(card.created));
        buttons::cell(html, control, buttons::CARD, id);
        html.raw("</tr>");
    }
    html.foot(count, ("No cards yet.", "暂无卡券。"));
    end(html, "/fake/cards", count);
}

/// The tag of a card.
fn kind(content: &Value) -> &str {
    content.get("card_type").and_then(Value::as_str).unwrap_or_default()
}

/// The title stands in the object that is common to all kinds.
fn title(content: &Value) -> &str {
    let of = |inner: &'_ Value| inner.pointer("/base_info/title").map(|_| ());
    let members = content.as_object().into_iter().flatten();
    let inner = members.map(|(_, inner)| inner).find(|inner| of(inner).is_some());
    inner.and_then(|inner| inner.pointer("/base_info/title")).and_then(Value::as_str).unwrap_or_default()
}

pub(super) fn coupons(html: &mut Html, engine: &Engine, control: &Control) {
    let state = lock(&engine.state);
    let count = state.coupons.len();
    section(html, "coupons", ("Coupons of users", "用户持有的卡券"), Some(count));
    html.head(
        count,
        &[("Code", "Code"), ("Card", "卡券"), ("User", "用户"), ("State", "状态"), ("Claimed", "领取时间"), ("", "")],
    );
    let mut all: Vec<_> = state.coupons.iter().collect();
    all.sort_by_key(|(_, coupon)| std::cmp::Reverse(coupon.claimed));
    for (key, coupon) in all.into_iter().take(ROWS) {
        let code = code_of(key, coupon);
        let card = state.cards.get(&coupon.card).map_or(coupon.card.as_str(), |card| title(&card.content));
        html.raw("<tr>").code_cell(code).cell(card).code_cell(&coupon.openid);
        html.raw("<td>").say_text(named(coupon.state)).raw("</td>").cell(moment(coupon.claimed));
        buttons::cell(html, control, buttons::COUPON, code);
        html.raw("</tr>");
    }
    html.foot(count, ("Nobody has claimed a card yet.", "暂无用户领取卡券。"));
    end(html, "/fake/coupons", count);
}

fn named(state: CouponState) -> Text {
    let (en, zh) = match state {
        CouponState::Normal => ("usable", "可用"),
        CouponState::Consumed => ("redeemed", "已核销"),
        CouponState::Gifting => ("being given away", "转赠中"),
        CouponState::GiftTimeout => ("gift not taken", "转赠超时"),
        CouponState::Deleted => ("deleted", "已删除"),
        CouponState::Unavailable => ("unavailable", "已失效"),
    };
    Text { en, zh }
}

pub(super) fn merchants(html: &mut Html, engine: &Engine, control: &Control) {
    let state = lock(&engine.state);
    let count = state.merchants.len();
    section(html, "merchants", ("Sub-merchants", "子商户"), Some(count));
    html.head(count, &[("Name", "名称"), ("Review", "审核"), ("Id", "ID"), ("Made", "创建时间"), ("", "")]);
    for (id, merchant) in state.merchants.iter().rev().take(ROWS) {
        let name = merchant.content.get("brand_name").and_then(Value::as_str).unwrap_or_default();
        html.raw("<tr>").cell(name).raw("<td>");
        match merchant.review {
            Review::Checking => html.say("being reviewed", "审核中"),
            Review::Approved => html.say("approved", "已通过"),
            Review::Rejected => html.say("rejected", "已驳回"),
            Review::Expired => html.say("expired", "已过期"),
        };
        if !merchant.reason.is_empty() {
            html.raw("<br><small>").text(&merchant.reason).raw("</small>");
        }
        html.raw("</td>").code_cell(id).cell(moment(merchant.created));
        buttons::cell(html, control, buttons::MERCHANT, id);
        html.raw("</tr>");
    }
    html.foot(count, ("No sub-merchants yet.", "暂无子商户。"));
    end(html, "/fake/merchants", count);
}
