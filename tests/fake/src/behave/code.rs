//! Coupons by their codes: asking, redeeming, marking, ending.

use weixin::card::code::{
    CodeCard, Consume, ConsumeResponse, ConsumedCard, Decrypt, DecryptResponse, Get, GetResponse, Mark, MarkResponse,
    Unavailable, UnavailableResponse, Update, UpdateResponse, UserCardStatus,
};
use weixin::errors::code;

use super::call::{Call, Entry, on};
use crate::event::{self, Head};
use crate::reply::Fail;
use crate::state::{Coupon, CouponState, Happening, Terms};

/// After how many seconds a mark is lifted by itself.
const MARK_LIFE: u64 = 300;

pub(super) fn all() -> Vec<Entry> {
    vec![on(get), on(consume), on(update), on(unavailable), on(mark), on(decrypt)]
}

/// A coupon, and what its card says about it.
struct Found {
    key: String,
    coupon: Coupon,
    terms: Terms,
}

/// The coupon that a code stands for. One that nobody has claimed is as unknown as any other.
fn find(call: &Call<'_>, code: &str, card: Option<&str>) -> Result<Found, Fail> {
    let unknown = |why: &str| Fail::new(code::INVALID_CODE).hint(why);
    let key = Coupon::key(&call.app, code);
    let coupon = call.state.coupons.get(&key).filter(|coupon| !coupon.unclaimed);
    let coupon = coupon.ok_or_else(|| unknown("nobody has claimed it"))?.clone();
    // A card is never taken away: what is deleted keeps its row, for those who hold it.
    let terms = call.state.cards.get(&coupon.card).map(crate::state::Card::terms).unwrap_or_default();
    match card {
        Some(card) if card != coupon.card => Err(unknown("it belongs to another card")),
        None if terms.is_custom => Err(unknown("a custom code needs its card_id")),
        _ => Ok(Found { key, coupon, terms }),
    }
}

/// Why a coupon cannot be used now.
fn usable(coupon: &Coupon, now: u64) -> Result<(), Fail> {
    if coupon.given_as.is_some() {
        return Err(Fail::new(code::INVALID_USER_CARD_STATUS).hint("it was given to another user"));
    }
    match coupon.status(now) {
        UserCardStatus::Normal if now < coupon.begin => Err(Fail::new(code::INVALID_TIME).hint("it is not valid yet")),
        UserCardStatus::Normal => Ok(()),
        UserCardStatus::Consumed => Err(code::CODE_CONSUMED.into()),
        UserCardStatus::Expire => Err(code::INVALID_TIME.into()),
        UserCardStatus::Gifting => Err(code::INVALID_CARD_STATUS.into()),
        status => Err(Fail::new(code::INVALID_USER_CARD_STATUS).hint(status.as_str())),
    }
}

fn get(call: &mut Call<'_>, request: &Get) -> Result<GetResponse, Fail> {
    let found = find(call, &request.code, request.card_id.as_deref())?;
    let coupon = found.coupon;
    if coupon.given_as.is_some() {
        return Err(Fail::new(code::INVALID_CODE).hint("another user has taken it as a gift"));
    }
    let status = coupon.status(call.now);
    if request.check_consume != Some(false) && status != UserCardStatus::Normal {
        return Err(Fail::new(code::INVALID_USER_CARD_STATUS).hint(status.as_str()));
    }
    let mut card = CodeCard::new();
    card.card_id = Some(coupon.card.clone());
    card.code = Some(request.code.clone());
    (card.begin_time, card.end_time) = (Some(coupon.begin), Some(coupon.end));
    let mut response = GetResponse::new();
    response.card = Some(card);
    response.can_consume = Some(usable(&coupon, call.now).is_ok());
    response.user_card_status = Some(status);
    response.openid = Some(coupon.openid);
    response.outer_str = coupon.outer;
    Ok(response)
}

fn consume(call: &mut Call<'_>, request: &Consume) -> Result<ConsumeResponse, Fail> {
    let found = find(call, &request.code, request.card_id.as_deref())?;
    let (now, coupon) = (call.now, found.coupon);
    usable(&coupon, now)?;
    if found.terms.is_shared && coupon.marked_by(now).is_none() {
        return Err(Fail::new(code::INVALID_OPENID).hint("it is shared with friends, and not marked"));
    }
    if let Some(row) = call.state.coupons.edit(&found.key) {
        row.state = CouponState::Consumed;
        row.marked = None;
    }
    call.state.note(&coupon.app, now, &coupon.card, Happening::Redeemed, &coupon.openid);
    let head = Head::new(call.state, &coupon.app, &coupon.openid, now);
    call.pushes.push(event::consumed(&head, &request.code, &coupon));
    let mut card = ConsumedCard::new();
    card.card_id = Some(coupon.card);
    let mut response = ConsumeResponse::new();
    response.card = Some(card);
    response.openid = Some(coupon.openid);
    Ok(response)
}

fn update(call: &mut Call<'_>, request: &Update) -> Result<UpdateResponse, Fail> {
    let found = find(call, &request.code, request.card_id.as_deref())?;
    if !found.terms.is_custom {
        return Err(Fail::new(code::CARD_FUNCTION_UNSUPPORTED).hint("the card has no custom codes"));
    }
    if found.coupon.given_as.is_some() || found.coupon.status(call.now) != UserCardStatus::Normal {
        return Err(code::INVALID_USER_CARD_STATUS.into());
    }
    let new = Coupon::key(&call.app, &request.new_code);
    if call.state.coupons.get(&new).is_some() {
        return Err(Fail::new(code::MALFORMED_CODE).hint("the new code is taken"));
    }
    if let Some(coupon) = call.state.coupons.remove(&found.key) {
        call.state.coupons.put(new, coupon);
    }
    Ok(UpdateResponse::new())
}

fn unavailable(call: &mut Call<'_>, request: &Unavailable) -> Result<UnavailableResponse, Fail> {
    let found = find(call, &request.code, request.card_id.as_deref())?;
    let is_over = matches!(found.coupon.state, CouponState::Consumed | CouponState::Deleted);
    if is_over || found.coupon.given_as.is_some() {
        return Err(code::INVALID_USER_CARD_STATUS.into());
    }
    if let Some(row) = call.state.coupons.edit(&found.key) {
        row.state = CouponState::Unavailable;
    }
    Ok(UnavailableResponse::new())
}

fn mark(call: &mut Call<'_>, request: &Mark) -> Result<MarkResponse, Fail> {
    let found = find(call, &request.code, Some(&request.card_id))?;
    let now = call.now;
    usable(&found.coupon, now)?;
    if !found.terms.is_shared {
        return Err(Fail::new(code::INVALID_CARD_STATUS).hint("only coupons shared with friends are marked"));
    }
    if found.coupon.marked_by(now).is_some_and(|openid| openid != request.openid) {
        return Err(code::MARKED_BY_OTHER.into());
    }
    if let Some(row) = call.state.coupons.edit(&found.key) {
        row.marked = request.is_mark.then(|| request.openid.clone());
        row.marked_until = now + MARK_LIFE;
    }
    Ok(MarkResponse::new())
}

fn decrypt(_: &mut Call<'_>, request: &Decrypt) -> Result<DecryptResponse, Fail> {
    decrypted(&request.encrypt_code).map(DecryptResponse::new).ok_or_else(|| code::INVALID_ENCRYPT_CODE.into())
}

/// A code as pages of the merchant get it. It ends in a letter that an address escapes, as that of the platform does.
pub(crate) fn encrypted(code: &str) -> String {
    let hex: String = code.bytes().map(|byte| format!("{:02x}", byte ^ MASK)).collect();
    format!("{hex}{:02x}=", checksum(code))
}

const MASK: u8 = 0x5a;

fn checksum(code: &str) -> u8 {
    code.bytes().fold(MASK, |sum, byte| sum.rotate_left(3) ^ byte)
}

/// The code that was encrypted.
fn decrypted(text: &str) -> Option<String> {
    let hex = text.strip_suffix('=')?;
    let pairs = hex.as_bytes().chunks(2).map(|pair| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok());
    let mut bytes = pairs.collect::<Option<Vec<u8>>>()?;
    let sum = bytes.pop()?;
    let code = String::from_utf8(bytes.into_iter().map(|byte| byte ^ MASK).collect()).ok()?;
    (checksum(&code) == sum && !code.is_empty()).then_some(code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_encrypted_is_decrypted_and_nothing_else() {
        let text = encrypted("220418063571");
        assert_eq!(decrypted(&text).as_deref(), Some("220418063571"));
        for wrong in [&text[..text.len() - 1], &text[2..], &text.replace('=', "%3D"), "=", "", "zz="] {
            assert_eq!(decrypted(wrong), None, "{wrong}");
        }
    }
}
