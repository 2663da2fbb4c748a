//! Materials, relations and orders of promoters.
//!
//! Whoever is named is a promoter, until a test withdraws it.

use serde_json::Value;
use weixin::errors::code;
use weixin::promoter::types::{NeedUnionId, ShareType};
use weixin::promoter::{
    GetOrder, GetOrderResponse, GetRelation, GetRelationResponse, GetShareMaterial, GetShareMaterialResponse,
    PromotedOrder, Relation,
};
use weixin_runtime::calendar;

use super::call::{Call, Entry, on};
use crate::clock;
use crate::reply::{Fail, typed};
use crate::state::{Material, State};

/// How long a material is valid, in seconds.
pub(crate) const LIFE: u64 = 30 * 86_400;

/// How many rows a page has.
const PAGE: usize = 1_000;

/// There is nothing (more).
const NOTHING: i64 = code::PROMOTER_DATA_NOT_FOUND;

/// The parameter by which a path tells its material.
const TOKEN: &str = "token=";

/// A picture of one dot: the code of a Mini Program would show no more to a test.
const DOT: &str = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==";

pub(super) fn all() -> Vec<Entry> {
    vec![on(material), on(relations), on(orders)]
}

/// Where it is written down that somebody is no promoter any more.
pub(crate) fn withdrawn(app: &str, openid: &str) -> String {
    format!("withdrawn {app} {openid}")
}

/// The unionid of a user: the fake makes it of the openid.
pub(crate) fn unionid(openid: &str) -> String {
    format!("u{}", openid.strip_prefix('o').unwrap_or(openid))
}

fn is(openid: &str, asked: &str) -> bool {
    openid == asked || unionid(openid) == asked
}

/// The row of the material to which a path leads.
pub(crate) fn material_of(path: &str) -> Option<&str> {
    path.rsplit_once(TOKEN).map(|(_, token)| token)
}

fn material(call: &mut Call<'_>, request: &GetShareMaterial) -> Result<GetShareMaterialResponse, Fail> {
    if call.state.settings.get(&withdrawn(&call.app, &request.openid)).is_some() {
        return Err(Fail::new(NOTHING).hint("no promoter"));
    }
    let kind = request.share_type.clone().unwrap_or(ShareType::All);
    if !matches!(kind, ShareType::All | ShareType::ShortLink | ShareType::Path | ShareType::Code) {
        return Err(code::PROMOTER_PARAMETER_INVALID.into());
    }
    let token = call.ids.letters(12);
    let until = call.now + LIFE;
    let row = Material { app: call.app.clone(), openid: request.openid.clone(), content: typed(request), until };
    call.state.materials.put(token.clone(), row);
    let wants = |one: ShareType| kind == ShareType::All || kind == one;
    let mut response = GetShareMaterialResponse::new();
    if wants(ShareType::Path) {
        let mark = if request.path.contains('?') { '&' } else { '?' };
        response.share_path = Some(format!("{}{mark}{TOKEN}{token}", request.path));
    }
    if wants(ShareType::Code) {
        response.qrcode = Some(DOT.to_owned());
    }
    if wants(ShareType::ShortLink) {
        let title = request.title.as_deref().unwrap_or("推广活动页");
        response.tag = Some(format!("#小程序://{title}/{token}"));
    }
    Ok(response)
}

/// The number with which a page begins.
fn start(cursor: Option<&str>) -> Result<u64, Fail> {
    cursor
        .map_or(Ok(0), str::parse)
        .map_err(|_| Fail::new(code::PROMOTER_PARAMETER_INVALID).hint("start_id was none of ours"))
}

/// The number of a row, in its key.
fn number(key: &str) -> u64 {
    key.rsplit_once(' ').and_then(|(_, number)| number.parse().ok()).unwrap_or(0)
}

/// The key of a row.
pub(crate) fn key(app: &str, number: u64) -> String {
    format!("{app} {number:010}")
}

/// A page of rows, and where the next one begins.
fn page<T>(rows: impl Iterator<Item = (u64, T)>) -> Result<(Vec<T>, u64), Fail> {
    let (mut items, mut next) = (Vec::new(), 0);
    for (number, row) in rows.take(PAGE) {
        next = number + 1;
        items.push(row);
    }
    if items.is_empty() { Err(NOTHING.into()) } else { Ok((items, next)) }
}

/// Whether a value was asked for, and is another one.
fn differs<T: PartialEq>(asked: Option<&T>, found: Option<&T>) -> bool {
    asked.is_some() && asked != found
}

fn read<T: serde::de::DeserializeOwned>(content: &Value) -> Option<T> {
    serde_json::from_value(content.clone()).ok()
}

fn relations(call: &mut Call<'_>, request: &GetRelation) -> Result<GetRelationResponse, Fail> {
    let from = start(request.start_id.as_deref())?;
    let prefix = format!("{} ", call.app);
    let state: &State = call.state;
    let own = state.relations.starting(&prefix).map(|(key, row)| (number(key), row)).filter(|(at, _)| *at >= from);
    let span = request.begin_time.unwrap_or(0)..=request.end_time.unwrap_or(u64::MAX);
    let then = own.filter(|(_, row)| is(&row.promoter, &request.openid) && span.contains(&row.since));
    let rows = then.filter_map(|(at, row)| {
        let item: Relation = read(&row.content)?;
        let other =
            differs(request.scene.as_ref(), item.scene.as_ref()) || differs(request.path.as_ref(), item.path.as_ref());
        (!other).then_some((at, item))
    });
    let (mut items, next) = page(rows)?;
    if request.need_unionid == Some(NeedUnionId::UnionId) {
        for item in &mut items {
            item.openid = unionid(&item.openid);
            item.promoter_openid = item.promoter_openid.as_deref().map(unionid);
        }
    }
    let mut response = GetRelationResponse::new();
    response.total_cnt = u32::try_from(items.len()).ok();
    response.start_id = Some(next.to_string());
    response.relation_list = items;
    Ok(response)
}

fn orders(call: &mut Call<'_>, request: &GetOrder) -> Result<GetOrderResponse, Fail> {
    let from = start(request.start_id.as_deref())?;
    let day = match request.date {
        Some(date) => Some(calendar::day_of_number(date).ok_or(code::PROMOTER_PARAMETER_INVALID)?),
        None => None,
    };
    let prefix = format!("{} ", call.app);
    let state: &State = call.state;
    let own = state.orders.starting(&prefix).map(|(key, row)| (number(key), row)).filter(|(at, _)| *at >= from);
    let then =
        own.filter(|(_, row)| is(&row.promoter, &request.openid) && day.is_none_or(|day| clock::day(row.paid) == day));
    let rows = then.filter_map(|(at, row)| {
        let item: PromotedOrder = read(&row.content)?;
        let other = differs(request.mch_id.as_ref(), item.mch_id.as_ref())
            || differs(request.trade_no.as_ref(), item.trade_no.as_ref())
            || differs(request.out_trade_no.as_ref(), item.out_trade_no.as_ref())
            || differs(request.status.as_ref(), item.status.as_ref());
        (!other).then_some((at, item))
    });
    let (mut items, next) = page(rows)?;
    if request.need_unionid == Some(NeedUnionId::UnionId) {
        for item in &mut items {
            item.openid = item.openid.as_deref().map(unionid);
            item.promoter_openid = item.promoter_openid.as_deref().map(unionid);
        }
    }
    let mut response = GetOrderResponse::new();
    response.total_cnt = u32::try_from(items.len()).ok();
    response.start_id = Some(next.to_string());
    response.order_list = items;
    Ok(response)
}
