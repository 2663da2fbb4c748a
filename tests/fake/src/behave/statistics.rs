//! What happened, day by day.
//!
//! Every card of the fake was made by a call, so that those made in the console are none. A day on which nothing happened is
//! not listed. What the fake knows nothing about, such as activations and payments, is left out.

use std::collections::{BTreeMap, BTreeSet};

use weixin::Rule;
use weixin::datacube::types::{CardSource, StatCardType};
use weixin::datacube::{
    BizuinStat, CouponStat, GetCardBizuinInfo, GetCardBizuinInfoResponse, GetCardCardInfo, GetCardCardInfoResponse,
    GetCardMemberCardDetail, GetCardMemberCardDetailResponse, GetCardMemberCardInfo, GetCardMemberCardInfoResponse,
    MemberCardDetail, MemberCardStat,
};
use weixin::server::REFUSALS;
use weixin_runtime::calendar;

use super::call::{Call, Entry, on};
use crate::clock;
use crate::reply::Fail;
use crate::state::{Card, Coupon, CouponState, Day, Happening, State};

/// The tag of member cards.
const MEMBER_CARD: &str = "MEMBER_CARD";

pub(super) fn all() -> Vec<Entry> {
    vec![on(of_all), on(of_coupons), on(of_members), on(of_member_card)]
}

/// The days that are asked for, both of them included.
#[derive(Clone, Copy)]
struct Days {
    first: i64,
    last: i64,
}

impl Days {
    fn of(call: &Call<'_>, begin: &str, end: &str) -> Result<Self, Fail> {
        Ok(Days { first: read(call, "begin_date", begin)?, last: read(call, "end_date", end)? })
    }

    fn contains(self, day: i64) -> bool {
        (self.first..=self.last).contains(&day)
    }

    /// If the current day is none of them.
    fn before_today(self, call: &Call<'_>) -> Result<Self, Fail> {
        if self.last < clock::day(call.now) {
            return Ok(self);
        }
        Err(Fail::new(call.served.code("", Rule::BeforeToday, &REFUSALS)).hint("the current day cannot be asked for"))
    }
}

fn read(call: &Call<'_>, field: &str, text: &str) -> Result<i64, Fail> {
    calendar::day(text).ok_or_else(|| call.served.code(field, Rule::Date, &REFUSALS).into())
}

/// Which cards are counted.
struct Of<'a> {
    source: &'a CardSource,
    card: Option<&'a str>,
    kind: fn(&str) -> bool,
}

impl Of<'_> {
    fn takes(&self, id: &str, card: &Card) -> bool {
        *self.source == CardSource::Api && self.card.is_none_or(|own| own == id) && (self.kind)(tag(card))
    }
}

/// The tag of a card.
fn tag(card: &Card) -> &str {
    card.content["card_type"].as_str().unwrap_or_default()
}

/// The number by which statistics know a free coupon.
fn number(tag: &str) -> Option<StatCardType> {
    match tag {
        "DISCOUNT" => Some(StatCardType::Discount),
        "CASH" => Some(StatCardType::Cash),
        "GIFT" => Some(StatCardType::Gift),
        "GENERAL_COUPON" => Some(StatCardType::Coupon),
        "GROUPON" => Some(StatCardType::Groupon),
        _ => None,
    }
}

/// Notes which coupons have ended unused by now, each once, on the day on which it ended.
fn note_ended(call: &mut Call<'_>) {
    let (app, now) = (call.app.clone(), call.now);
    let unused = |coupon: &Coupon| {
        matches!(coupon.state, CouponState::Normal | CouponState::Gifting | CouponState::GiftTimeout)
            && !coupon.unclaimed
            && !coupon.ended
            && (1..now).contains(&coupon.end)
    };
    let prefix = format!("{app} ");
    let ended: Vec<String> =
        call.state.coupons.starting(&prefix).filter(|(_, it)| unused(it)).map(|(key, _)| key.clone()).collect();
    for key in ended {
        let Some(coupon) = call.state.coupons.edit(&key) else { continue };
        coupon.ended = true;
        let (card, openid, end) = (coupon.card.clone(), coupon.openid.clone(), coupon.end);
        call.state.note(&app, end, &card, Happening::Expired, &openid);
    }
}

/// What happened: the day, the card, and the counters.
fn happened<'s>(state: &'s State, app: &'s str, of: &Of<'_>) -> Vec<(i64, &'s str, &'s Day)> {
    let rows = state.days.iter().filter_map(|(key, row)| {
        let (day, card) = key.strip_prefix(app)?.strip_prefix(' ')?.split_once(' ')?;
        Some((day.parse().ok()?, card, row))
    });
    rows.filter(|(_, id, _)| {
        let card = state.cards.get(id).filter(|card| card.app == app);
        card.is_some_and(|card| of.takes(id, card))
    })
    .collect()
}

/// The counters of several cards on each day: people count once a day.
fn by_day(rows: &[(i64, &str, &Day)], days: Days) -> BTreeMap<i64, Day> {
    let mut all: BTreeMap<i64, Day> = BTreeMap::new();
    for (day, _, row) in rows.iter().filter(|(day, ..)| days.contains(*day)) {
        add(all.entry(*day).or_default(), row);
    }
    all
}

fn add(sum: &mut Day, row: &Day) {
    let pairs = [
        (&mut sum.viewed, &mut sum.viewers, row.viewed, &row.viewers),
        (&mut sum.received, &mut sum.receivers, row.received, &row.receivers),
        (&mut sum.redeemed, &mut sum.redeemers, row.redeemed, &row.redeemers),
        (&mut sum.given, &mut sum.givers, row.given, &row.givers),
        (&mut sum.taken, &mut sum.takers, row.taken, &row.takers),
        (&mut sum.expired, &mut sum.expirers, row.expired, &row.expirers),
    ];
    for (times, users, more, others) in pairs {
        *times += more;
        let all: BTreeSet<String> = users.drain(..).chain(others.iter().cloned()).collect();
        *users = all.into_iter().collect();
    }
}

fn people(users: &[String]) -> Option<u64> {
    u64::try_from(users.len()).ok()
}

/// Writes the counters of all kinds of cards. Types with the same fields share no Rust type.
macro_rules! count {
    ($stat:ident, $day:expr, $row:expr) => {
        $stat.ref_date = Some(calendar::date($day));
        ($stat.view_cnt, $stat.view_user) = (Some($row.viewed), people(&$row.viewers));
        ($stat.receive_cnt, $stat.receive_user) = (Some($row.received), people(&$row.receivers));
        ($stat.verify_cnt, $stat.verify_user) = (Some($row.redeemed), people(&$row.redeemers));
    };
}

/// Writes those that only coupons have.
macro_rules! count_coupons {
    ($stat:ident, $row:expr) => {
        ($stat.given_cnt, $stat.given_user) = (Some($row.given), people(&$row.givers));
        ($stat.expire_cnt, $stat.expire_user) = (Some($row.expired), people(&$row.expirers));
    };
}

fn of_all(call: &mut Call<'_>, request: &GetCardBizuinInfo) -> Result<GetCardBizuinInfoResponse, Fail> {
    let days = Days::of(call, &request.begin_date, &request.end_date)?.before_today(call)?;
    note_ended(call);
    let of = Of { source: known(&request.cond_source)?, card: None, kind: |_| true };
    let rows = happened(call.state, &call.app, &of);
    let mut response = GetCardBizuinInfoResponse::new();
    for (day, row) in by_day(&rows, days) {
        let mut stat = BizuinStat::new();
        count!(stat, day, row);
        count_coupons!(stat, row);
        response.list.push(stat);
    }
    Ok(response)
}

fn of_coupons(call: &mut Call<'_>, request: &GetCardCardInfo) -> Result<GetCardCardInfoResponse, Fail> {
    let days = Days::of(call, &request.begin_date, &request.end_date)?.before_today(call)?;
    note_ended(call);
    if let Some(id) = &request.card_id {
        card_of(call, id)?;
    }
    let kind = |tag: &str| number(tag).is_some();
    let of = Of { source: known(&request.cond_source)?, card: request.card_id.as_deref(), kind };
    let mut response = GetCardCardInfoResponse::new();
    for (day, id, row) in happened(call.state, &call.app, &of) {
        if !days.contains(day) {
            continue;
        }
        let mut stat = CouponStat::new();
        count!(stat, day, row);
        count_coupons!(stat, row);
        stat.card_id = Some(id.to_owned());
        stat.card_type = call.state.cards.get(id).and_then(|card| number(tag(card)));
        response.list.push(stat);
    }
    Ok(response)
}

fn of_members(call: &mut Call<'_>, request: &GetCardMemberCardInfo) -> Result<GetCardMemberCardInfoResponse, Fail> {
    let days = Days::of(call, &request.begin_date, &request.end_date)?;
    let of = Of { source: known(&request.cond_source)?, card: None, kind: |tag| tag == MEMBER_CARD };
    let rows = happened(call.state, &call.app, &of);
    let mut response = GetCardMemberCardInfoResponse::new();
    for (day, row) in by_day(&rows, days) {
        let mut stat = MemberCardStat::new();
        count!(stat, day, row);
        stat.total_user = Some(members(call.state, &call.app, day, &of));
        stat.total_receive_user = Some(received_until(&rows, day));
        response.list.push(stat);
    }
    Ok(response)
}

fn of_member_card(
    call: &mut Call<'_>,
    request: &GetCardMemberCardDetail,
) -> Result<GetCardMemberCardDetailResponse, Fail> {
    let days = Days::of(call, &request.begin_date, &request.end_date)?;
    let merchant = card_of(call, &request.card_id)?.merchant;
    let of = Of { source: &CardSource::Api, card: Some(&request.card_id), kind: |tag| tag == MEMBER_CARD };
    let rows = happened(call.state, &call.app, &of);
    let mut response = GetCardMemberCardDetailResponse::new();
    for (day, row) in by_day(&rows, days) {
        let mut stat = MemberCardDetail::new();
        count!(stat, day, row);
        stat.card_id = Some(request.card_id.clone());
        stat.submerchant_id = Some(merchant.unwrap_or(0));
        stat.total_user = Some(members(call.state, &call.app, day, &of));
        stat.total_receive_user = Some(received_until(&rows, day));
        stat.new_user = Some(received_until(&rows, day) - received_until(&rows, day - 1));
        response.list.push(stat);
    }
    Ok(response)
}

/// A source that the spec has.
fn known(source: &CardSource) -> Result<&CardSource, Fail> {
    match source {
        CardSource::Platform | CardSource::Api => Ok(source),
        _ => Err(REFUSALS.value.into()),
    }
}

/// A card of this account.
fn card_of<'c>(call: &'c Call<'_>, id: &str) -> Result<&'c Card, Fail> {
    let code = || call.served.code("card_id", Rule::Blank, &REFUSALS);
    call.state.cards.get(id).filter(|card| card.app == call.app).ok_or_else(|| code().into())
}

/// How many people have claimed one of the cards until a day has ended.
fn received_until(rows: &[(i64, &str, &Day)], day: i64) -> u64 {
    let until = rows.iter().filter(|(on, ..)| *on <= day).flat_map(|(.., row)| &row.receivers);
    until.collect::<BTreeSet<_>>().len() as u64
}

/// How many people hold a card that is valid when a day ends. Of what was deleted since then nobody knows when that was.
fn members(state: &State, app: &str, day: i64, of: &Of<'_>) -> u64 {
    let held = state.coupons.iter().filter(|(_, coupon)| {
        let is_valid = !matches!(coupon.state, CouponState::Deleted | CouponState::Unavailable) && !coupon.unclaimed;
        let is_then = clock::day(coupon.claimed) <= day && clock::day(coupon.end) >= day;
        coupon.app == app && is_valid && is_then
    });
    let counted =
        held.filter(|(_, coupon)| state.cards.get(&coupon.card).is_some_and(|card| of.takes(&coupon.card, card)));
    counted.map(|(_, coupon)| &coupon.openid).collect::<BTreeSet<_>>().len() as u64
}
