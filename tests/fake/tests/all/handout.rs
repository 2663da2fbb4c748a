//! How cards come to users: QR codes, pictures, test users.

use crate::support::{ALICE, BOB, base, code_of, groupon, world};
use weixin::card::qrcode::{Create as QrCode, QrActionInfo, QrCard, QrListedCard, QrMultipleCard};
use weixin::card::testwhitelist::Set;
use weixin::card::types::{NewFixTerm, NewGroupon};
use weixin::card::{Create, Delete};
use weixin::cgi_bin::media::UploadImg;
use weixin::{Client, File, ValidationPolicy};
use weixin_fake::Claim;

const JPG: &[u8] = &[0xff, 0xd8, 0xff, 0xe0, 0, 16];
const PNG: &[u8] = b"\x89PNG\r\n\x1a\n0000";

fn one(card: QrCard) -> QrCode {
    QrCode::new("QR_CARD", QrActionInfo::new().card(card))
}

#[tokio::test]
async fn a_qr_code_ends_when_it_says() {
    let mut world = world().await;
    let id = world.approved(groupon(5)).await;
    let request = one(QrCard::new(id.as_str()).outer_str("counter-3")).expire_seconds(1_800);
    let made = request.send(&world.client).await.unwrap();
    assert_eq!(made.expire_seconds, Some(1_800));
    let ticket = made.ticket.unwrap();
    let shown = format!("{}/cgi-bin/showqrcode?ticket={}", world.server.url(), ticket.replace('=', "%3D"));
    assert_eq!(made.show_qrcode_url, Some(shown));
    assert!(made.url.unwrap().starts_with("http://weixin.qq.com/q/"));
    let (until, action) = world.server.look(|state| {
        let row = state.qrcodes.get(&ticket).unwrap();
        (row.until.unwrap(), row.action.clone())
    });
    let left = until - world.server.now();
    assert!((1_790..=1_800).contains(&left), "{left}");
    assert_eq!(action["action_info"]["card"]["outer_str"], "counter-3");
    let other = one(QrCard::new(id)).send(&world.client).await.unwrap();
    assert_eq!(other.expire_seconds, Some(7_776_000));
    assert_ne!(other.ticket.unwrap(), ticket);
}

#[tokio::test]
async fn a_qr_code_hands_out_several_cards() {
    let mut world = world().await;
    let (first, second) = (world.approved(groupon(5)).await, world.approved(groupon(5)).await);
    let several = |ids: [&str; 2]| {
        let cards = QrMultipleCard::new(ids.map(QrListedCard::new));
        QrCode::new("QR_MULTIPLE_CARD", QrActionInfo::new().multiple_card(cards)).send(&world.client)
    };
    several([&first, &second]).await.unwrap();
    assert_eq!(code_of(several([&first, "pX2gTj0aBc1DeFg2HiJk3LmNo4Pq"]).await), Some(40053));
}

#[tokio::test]
async fn a_qr_code_for_a_single_coupon_needs_a_card_that_is_ready() {
    let mut world = world().await;
    let id = Create::new(groupon(1)).send(&world.client).await.unwrap().card_id;
    let single = one(QrCard::new(id.as_str()).is_unique_code(true));
    assert_eq!(code_of(single.send(&world.client).await), Some(40053), "it is not approved");
    one(QrCard::new(id.as_str())).send(&world.client).await.unwrap();
    world.server.review_card(&id, weixin_fake::Verdict::Approve).unwrap();
    world.pushed().await;
    single.send(&world.client).await.unwrap();
    world.claimed(&id, ALICE).await;
    assert_eq!(code_of(single.send(&world.client).await), Some(40053), "none is left");
    Delete::new(id.as_str()).send(&world.client).await.unwrap();
    assert_eq!(code_of(one(QrCard::new(id)).send(&world.client).await), Some(40053), "it was deleted");
}

#[tokio::test]
async fn a_card_with_custom_codes_is_handed_out_with_one() {
    let mut world = world().await;
    let base = base(NewFixTerm::new(30, 0), 5).use_custom_code(true);
    let id = world.approved(NewGroupon::new(base, "任选一款茶")).await;
    assert_eq!(code_of(one(QrCard::new(id.as_str())).send(&world.client).await), Some(40053));
    one(QrCard::new(id).code("A-1")).send(&world.client).await.unwrap();
}

#[tokio::test]
async fn a_card_for_a_named_user_is_handed_out_to_one() {
    let mut world = world().await;
    let base = base(NewFixTerm::new(30, 0), 5).bind_openid(true);
    let id = world.approved(NewGroupon::new(base, "任选一款茶")).await;
    assert_eq!(code_of(one(QrCard::new(id.as_str())).send(&world.client).await), Some(40053));
    one(QrCard::new(id).openid(ALICE)).send(&world.client).await.unwrap();
}

#[tokio::test]
async fn a_picture_gets_an_address_that_cards_take() {
    let world = world().await;
    for (name, bytes, mime) in [("logo.jpg", JPG, "image/jpeg"), ("logo.PNG", PNG, "image/png")] {
        let url = UploadImg::new(File::new(name, bytes)).send(&world.client).await.unwrap().url;
        let place = url.strip_prefix(world.server.url()).unwrap().strip_prefix("/mmbiz/").unwrap();
        let key = place.strip_suffix("/0").unwrap();
        let picture = world.server.look(|state| state.pictures.get(key).cloned()).unwrap();
        assert_eq!((picture.mime.as_str(), picture.size), (mime, bytes.len()));
        let mut card = groupon(5);
        card.base_info.logo_url = url;
        Create::new(card).send(&world.client).await.unwrap();
    }
}

#[tokio::test]
async fn a_picture_is_refused_with_its_code() {
    let world = world().await;
    let (id, secret) = world.server.account();
    let builder = Client::builder().base_url(world.server.url()).app(id, secret);
    let client = builder.policy(ValidationPolicy::Off).build().unwrap();
    let large = [JPG, &vec![0; 1_048_576 - JPG.len()]].concat();
    let longer = [large.as_slice(), &[0]].concat();
    UploadImg::new(File::new("a.jpg", large)).send(&client).await.unwrap();
    for (file, code) in [
        (File::new("a.gif", "GIF89a"), 40005),
        (File::new("a.png", JPG), 40005),
        (File::new("a.gif", PNG), 40005),
        (File::new("a.jpg", longer), 40009),
        (File::new("a.jpg", ""), 41005),
    ] {
        let name = format!("{file:?}");
        assert_eq!(code_of(UploadImg::new(file).send(&client).await), Some(code), "{name}");
    }
}

#[tokio::test]
async fn test_users_claim_what_is_not_approved() {
    let mut world = world().await;
    let id = Create::new(groupon(5)).send(&world.client).await.unwrap().card_id;
    let claim = |openid: &str| world.server.claim(&id, openid, Claim::default());
    assert!(claim(ALICE).is_err());
    let set = Set::new().openid([ALICE]).username(["maple_tester"]).send(&world.client).await.unwrap();
    assert_eq!((set.white_list_size, set.success_openid.as_slice()), (Some(2), &[ALICE.to_owned()][..]));
    assert_eq!(set.success_username, ["maple_tester"]);
    claim(ALICE).unwrap();
    assert!(claim(BOB).is_err());
    let set = Set::new().openid([BOB]).send(&world.client).await.unwrap();
    assert_eq!(set.white_list_size, Some(1), "each call replaces the list");
    assert!(claim(ALICE).is_err());
    claim(BOB).unwrap();
    assert!(matches!(world.pushed().await, weixin::event::Event::UserGetCard(_)));
}
