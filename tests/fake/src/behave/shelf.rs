//! All cards of an account, and how many there are of each.

use weixin::Validate;
use weixin::card::types::NewSku;
use weixin::card::{BatchGet, BatchGetResponse, ModifyStock, ModifyStockResponse};
use weixin::errors::code;

use super::call::{Call, Entry, on};
use super::card::{edit, own};
use crate::reply::Fail;

pub(super) fn all() -> Vec<Entry> {
    vec![on(list), on(stock)]
}

fn list(call: &mut Call<'_>, request: &BatchGet) -> Result<BatchGetResponse, Fail> {
    let wanted = |status: &str| {
        let list = request.status_list.as_deref().unwrap_or_default();
        list.is_empty() || list.iter().any(|wanted| wanted.as_str() == status)
    };
    let all = call.state.cards.iter().filter(|(_, card)| card.app == call.app && wanted(&card.status));
    let mut all: Vec<(u64, &String)> = all.map(|(id, card)| (card.number, id)).collect();
    all.sort_unstable();
    let mut response = BatchGetResponse::new();
    response.total_num = Some(i64::try_from(all.len()).unwrap_or(i64::MAX));
    // The request was checked: neither is negative.
    let (offset, count) = (usize::try_from(request.offset), usize::try_from(request.count));
    let page = all.into_iter().skip(offset.unwrap_or(0)).take(count.unwrap_or(0));
    response.card_id_list = page.map(|(_, id)| id.clone()).collect();
    Ok(response)
}

fn stock(call: &mut Call<'_>, request: &ModifyStock) -> Result<ModifyStockResponse, Fail> {
    let card = own(call, &request.card_id)?;
    if card.is_deleted() {
        return Err(code::INVALID_CARD_ID.into());
    }
    if card.terms().is_shared {
        return Err(code::FRIENDS_COUPON_STOCK_CLOSED.into());
    }
    let more = request.increase_stock_value.unwrap_or(0);
    let change = more.saturating_sub(request.reduce_stock_value.unwrap_or(0));
    let (left, total) = (card.left.saturating_add(change), card.total.saturating_add(change));
    if !is_stock(left) {
        return Err(Fail::new(code::STOCK_OUT_OF_LIMIT).hint(format!("{} are left", card.left)));
    }
    if !is_stock(total) {
        return Err(code::TOTAL_STOCK_LIMIT_REACHED.into());
    }
    let now = call.now;
    let card = edit(call, &request.card_id)?;
    (card.left, card.total, card.updated) = (left, total, now);
    Ok(ModifyStockResponse::new())
}

/// Whether a card may have so many.
fn is_stock(count: i64) -> bool {
    u64::try_from(count).is_ok_and(|count| NewSku::new(count).validate().is_ok())
}
