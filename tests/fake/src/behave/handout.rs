//! How cards come to users: QR codes, and the pictures that cards show.

use weixin::card::qrcode::{Create, CreateResponse, QrActionInfo};
use weixin::cgi_bin::media::{UploadImg, UploadImgResponse};
use weixin::errors::code;

use super::call::{Call, Entry, on};
use super::card::own;
use crate::reply::{Fail, typed};
use crate::state::{Picture, QrCode};

/// How long a QR code lives of which nothing is said, in seconds.
const LIFE: u64 = 7_776_000;

const JPG: (&str, &[u8], &[&str]) = ("image/jpeg", &[0xff, 0xd8, 0xff], &["jpg", "jpeg"]);
const PNG: (&str, &[u8], &[&str]) = ("image/png", b"\x89PNG\r\n\x1a\n", &["png"]);

pub(super) fn all() -> Vec<Entry> {
    vec![on(qrcode), on(picture)]
}

fn qrcode(call: &mut Call<'_>, request: &Create) -> Result<CreateResponse, Fail> {
    let QrActionInfo { card, multiple_card, .. } = &request.action_info;
    if let Some(card) = card {
        may_hand_out(call, &card.card_id, card.code.as_deref(), card.is_unique_code == Some(true))?;
        if card.openid.is_none() && own(call, &card.card_id)?.terms().is_bound {
            return Err(Fail::new(code::INVALID_ACTION_INFO)
                .hint(format!("{} is for users who are named, and none is", card.card_id)));
        }
    }
    for card in multiple_card.iter().flat_map(|cards| &cards.card_list) {
        may_hand_out(call, &card.card_id, card.code.as_deref(), false)?;
    }
    let seconds = request.expire_seconds.unwrap_or(LIFE);
    let ticket = format!("gQ{}==", call.ids.letters(86));
    let mut response = CreateResponse::new();
    response.expire_seconds = Some(seconds);
    response.url = Some(format!("http://weixin.qq.com/q/{}", call.ids.letters(22)));
    // Nothing else in it is special in an address.
    let escaped = ticket.replace('=', "%3D");
    response.show_qrcode_url = Some(format!("{}/cgi-bin/showqrcode?ticket={escaped}", call.url));
    response.ticket = Some(ticket.clone());
    let (app, until) = (call.app.clone(), Some(call.now + seconds));
    call.state.qrcodes.put(ticket, QrCode { app, action: typed(request), until });
    Ok(response)
}

/// Whether a card can be handed out. One of which a single coupon is meant must be ready for it.
fn may_hand_out(call: &Call<'_>, id: &str, code: Option<&str>, is_single: bool) -> Result<(), Fail> {
    let wrong = |why: &str| Err(Fail::new(code::INVALID_ACTION_INFO).hint(format!("{id} {why}")));
    let Ok(card) = own(call, id) else { return wrong("is no card") };
    let terms = card.terms();
    if card.is_deleted() {
        return wrong("was deleted");
    }
    if terms.is_custom && !terms.is_deposited && code.is_none() {
        return wrong("has custom codes, and none is named");
    }
    if is_single && !(card.is_approved() && card.left > 0) {
        return wrong("is not approved, or used up");
    }
    Ok(())
}

fn picture(call: &mut Call<'_>, request: &UploadImg) -> Result<UploadImgResponse, Fail> {
    let file = &request.buffer;
    if file.is_empty() {
        return Err(code::MEDIA_MISSING.into());
    }
    let kind = [JPG, PNG].into_iter().find(|(_, begin, _)| file.bytes.starts_with(begin));
    let (mime, _, endings) = kind.ok_or(code::INVALID_FILE_TYPE)?;
    let ending = file.name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase());
    if ending.is_some_and(|ending| !endings.contains(&ending.as_str())) {
        return Err(Fail::new(code::INVALID_FILE_TYPE).hint(format!("{} is of the type {mime}", file.name)));
    }
    let name = call.ids.letters(60);
    let picture = Picture { app: call.app.clone(), mime: mime.to_owned(), size: file.len() };
    call.state.pictures.put(name.clone(), picture);
    Ok(UploadImgResponse::new(format!("{}/mmbiz/{name}/0", call.url)))
}
