//! Cards: making, reading, changing and deleting one.

use serde_json::{Map, Value, json};
use weixin::card::types::{CardStatus, CardUpdate, Color, DateInfo, DateInfoUpdate};
use weixin::card::{Create, CreateResponse, Delete, DeleteResponse, Get, Update, UpdateResponse};
use weixin::errors::code;

use super::call::{Call, Entry, on, on_json};
use super::merchant as sub_merchant;
use crate::reply::{Fail, typed};
use crate::state::Card;

/// What a card tells as its limit of claims that has none.
const NO_LIMIT: u32 = u32::MAX;

/// Fields that hold addresses of pictures.
const PICTURES: [&str; 4] = ["logo_url", "background_pic_url", "icon_url_list", "image_url"];

pub(super) fn all() -> Vec<Entry> {
    vec![on(create), on_json(get), on(update), on(delete)]
}

/// A card of the account that calls.
pub(super) fn own<'s>(call: &'s Call<'_>, id: &str) -> Result<&'s Card, Fail> {
    call.state.cards.get(id).filter(|card| card.app == call.app).ok_or_else(|| code::INVALID_CARD_ID.into())
}

/// A card of the account that calls, about to be changed.
pub(super) fn edit<'s>(call: &'s mut Call<'_>, id: &str) -> Result<&'s mut Card, Fail> {
    own(call, id)?;
    call.state.cards.edit(id).ok_or_else(|| code::INVALID_CARD_ID.into())
}

/// The key under which the content of a kind of card stands, and with it its common part.
fn key(content: &Value) -> String {
    content["card_type"].as_str().unwrap_or_default().to_lowercase()
}

fn create(call: &mut Call<'_>, request: &Create) -> Result<CreateResponse, Fail> {
    let content = typed(&request.card);
    only_our_pictures(call, &content)?;
    let number = call.state.cards.len() as u64;
    let now = call.now;
    let mut card = Card {
        app: call.app.clone(),
        number,
        status: CardStatus::NotVerify.as_str().to_owned(),
        reason: String::new(),
        total: 0,
        left: 0,
        created: now,
        updated: now,
        merchant: None,
        content,
    };
    let base = &card.content[key(&card.content)]["base_info"];
    card.merchant = merchant(call, base)?;
    card.total = base["sku"]["quantity"].as_i64().unwrap_or(0);
    card.left = card.total;
    let (_, end) = card.terms().span(now);
    if end < now {
        return Err(Fail::new(code::INVALID_TIME).hint("the card has expired before it is made"));
    }
    let id = call.ids.named("p");
    call.state.cards.put(id.clone(), card);
    Ok(CreateResponse::new(id))
}

/// The sub-merchant for whom a card is made, who must be approved.
fn merchant(call: &Call<'_>, base: &Value) -> Result<Option<u64>, Fail> {
    let Some(id) = base["sub_merchant_info"]["merchant_id"].as_i64() else { return Ok(None) };
    sub_merchant::usable(call.state, &call.app, id, call.now)?;
    Ok(u64::try_from(id).ok())
}

/// Pictures must lie where uploads do: on the servers of the platform, or here.
fn only_our_pictures(call: &Call<'_>, content: &Value) -> Result<(), Fail> {
    let here = format!("{}/", call.url);
    let is_ours = |url: &str| {
        let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
        url.is_empty() || url.starts_with(&here) || rest.starts_with("mmbiz.")
    };
    match content {
        Value::Object(members) => members.iter().try_for_each(|(key, value)| {
            let urls = value.as_array().map_or(std::slice::from_ref(value), Vec::as_slice);
            let foreign = urls.iter().filter_map(Value::as_str).find(|url| !is_ours(url));
            match foreign.filter(|_| PICTURES.contains(&key.as_str())) {
                Some(url) => Err(Fail::new(code::PICTURE_NOT_FROM_CDN).hint(format!("{key}: {url}"))),
                None => only_our_pictures(call, value),
            }
        }),
        Value::Array(items) => items.iter().try_for_each(|item| only_our_pictures(call, item)),
        _ => Ok(()),
    }
}

fn get(call: &mut Call<'_>, request: &Get) -> Result<Value, Fail> {
    let card = own(call, &request.card_id)?;
    Ok(json!({ "card": shown(&request.card_id, card) }))
}

/// A card as it is read: what was sent, and what became of it.
fn shown(id: &str, card: &Card) -> Value {
    let mut content = card.content.clone();
    let key = key(&content);
    let Some(Value::Object(base)) = content.get_mut(&key).and_then(|part| part.get_mut("base_info")) else {
        return content;
    };
    if let Some(Value::String(color)) = base.get_mut("color")
        && let Some(hex) = Color::from(color.as_str()).hex()
    {
        hex.clone_into(color);
    }
    for (key, value) in [
        ("get_limit", NO_LIMIT.into()),
        ("can_share", true.into()),
        ("can_give_friend", true.into()),
        ("location_id_list", json!([])),
        ("area_code_list", json!([])),
    ] {
        base.entry(key).or_insert(value);
    }
    let own = json!({
        "id": id,
        "status": card.status,
        "sku": { "quantity": card.left, "total_quantity": card.total },
        "create_time": card.created,
        "update_time": card.updated,
    });
    if let Value::Object(own) = own {
        base.extend(own);
    }
    content
}

fn update(call: &mut Call<'_>, request: &Update) -> Result<UpdateResponse, Fail> {
    let change = typed(&request.card);
    let card = own(call, &request.card_id)?;
    let key = key(&card.content);
    if request.card.card_type() != card.content["card_type"] {
        return Err(Fail::new(code::INVALID_CARD_TYPE).hint(format!("the card is of the kind {key}")));
    }
    if card.is_deleted() {
        return Err(code::INVALID_CARD_STATUS.into());
    }
    only_our_pictures(call, &change)?;
    only_more_time(card, &request.card)?;
    let is_reviewed = !request.review_fields().is_empty();
    let now = call.now;
    let card = edit(call, &request.card_id)?;
    if let (Some(own), Some(part)) = (card.content.get_mut(&key), change.get(&key)) {
        merge(own, part);
        clear_shops(own);
    }
    card.updated = now;
    if is_reviewed {
        CardStatus::NotVerify.as_str().clone_into(&mut card.status);
        card.reason.clear();
    }
    let mut response = UpdateResponse::new();
    response.send_check = Some(is_reviewed);
    Ok(response)
}

/// A validity period can only grow, keeps its kind, and that of a coupon shared with friends does not change at all.
fn only_more_time(card: &Card, change: &CardUpdate) -> Result<(), Fail> {
    let Some(date) = change.base_info().and_then(|base| base.date_info.as_ref()) else { return Ok(()) };
    let terms = card.terms();
    if terms.is_shared {
        return Err(code::FRIENDS_COUPON_VALIDITY_CLOSED.into());
    }
    match (&terms.date, date) {
        (Some(DateInfo::FixTimeRange(old)), DateInfoUpdate::FixTimeRange(new)) => {
            let is_earlier = new.begin_timestamp.is_none_or(|begin| Some(begin) <= old.begin_timestamp);
            let is_later = new.end_timestamp.is_none_or(|end| Some(end) >= old.end_timestamp);
            if is_earlier && is_later { Ok(()) } else { Err(code::INVALID_DATE_INFO.into()) }
        }
        _ => Err(code::INVALID_DATE_INFO.into()),
    }
}

/// What is sent overwrites what is there; what is not stays.
fn merge(own: &mut Value, sent: &Value) {
    match (own, sent) {
        (Value::Object(own), Value::Object(sent)) => {
            sent.iter().for_each(|(key, value)| merge(own.entry(key).or_insert(Value::Object(Map::new())), value));
        }
        (own, sent) => own.clone_from(sent),
    }
}

/// A text in place of the list of shops empties it.
fn clear_shops(part: &mut Value) {
    if let Some(shops) = part.pointer_mut("/base_info/location_id_list")
        && shops.is_string()
    {
        *shops = json!([]);
    }
}

fn delete(call: &mut Call<'_>, request: &Delete) -> Result<DeleteResponse, Fail> {
    let now = call.now;
    let card = edit(call, &request.card_id)?;
    // A second time nothing is left to do.
    if !card.is_deleted() {
        CardStatus::Delete.as_str().clone_into(&mut card.status);
        card.updated = now;
    }
    Ok(DeleteResponse::new())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_leaves_alone_what_it_does_not_name() {
        let mut own = json!({ "a": { "b": 1, "c": [1, 2] }, "d": "x" });
        merge(&mut own, &json!({ "a": { "c": [3], "e": { "f": 1 } }, "d": "" }));
        assert_eq!(own, json!({ "a": { "b": 1, "c": [3], "e": { "f": 1 } }, "d": "" }));
    }
}
