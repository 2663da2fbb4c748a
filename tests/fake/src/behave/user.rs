//! What users hold, and who may test.

use weixin::card::code::UserCardStatus;
use weixin::card::testwhitelist::{Set, SetResponse};
use weixin::card::user::{GetCardList, GetCardListResponse, HeldCard};

use super::call::{Call, Entry, on};
use crate::reply::Fail;
use crate::state::{Coupon, Tester};

pub(super) fn all() -> Vec<Entry> {
    vec![on(held), on(testers)]
}

/// Coupons that can be used, now or once their time has come.
fn held(call: &mut Call<'_>, request: &GetCardList) -> Result<GetCardListResponse, Fail> {
    let is_held = |coupon: &Coupon| {
        let is_there = !coupon.unclaimed && coupon.given_as.is_none();
        coupon.openid == request.openid && is_there && coupon.status(call.now) == UserCardStatus::Normal
    };
    let all = call.state.coupons_of(&call.app).filter(|(_, coupon)| is_held(coupon));
    let (mut response, mut shares) = (GetCardListResponse::new(), false);
    for (code, coupon) in all {
        shares = shares || call.state.cards.get(&coupon.card).is_some_and(|card| card.terms().is_shared);
        if request.card_id.as_ref().is_none_or(|card| *card == coupon.card) {
            let mut held = HeldCard::new(code);
            held.card_id = Some(coupon.card.clone());
            response.card_list.push(held);
        }
    }
    response.has_share_card = Some(shares);
    Ok(response)
}

/// Each call replaces the whole list.
fn testers(call: &mut Call<'_>, request: &Set) -> Result<SetResponse, Fail> {
    let prefix = format!("{} ", call.app);
    let old: Vec<String> = call.state.testers.starting(&prefix).map(|(key, _)| key.clone()).collect();
    old.iter().for_each(|key| drop(call.state.testers.remove(key)));
    let mut response = SetResponse::new();
    response.success_openid = request.openid.clone().unwrap_or_default();
    response.success_username = request.username.clone().unwrap_or_default();
    for openid in &response.success_openid {
        call.state.testers.put(format!("{prefix}{openid}"), Tester::default());
    }
    for name in &response.success_username {
        call.state.testers.put(format!("{prefix}{name}"), Tester { username: Some(name.clone()) });
    }
    response.white_list_size = i64::try_from(call.state.testers.starting(&prefix).count()).ok();
    Ok(response)
}
