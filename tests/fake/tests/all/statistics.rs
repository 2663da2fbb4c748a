//! What happened, as statistics tell it.

use crate::started::started;
use weixin::Client;
use weixin::datacube::types::{CardSource, StatCardType};
use weixin::datacube::{GetCardBizuinInfo, GetCardCardInfo, GetCardMemberCardDetail, GetCardMemberCardInfo};
use weixin_fake::Server;
use weixin_fake::state::{Card, Coupon, Happening};
use weixin_runtime::calendar;

const DAY: u64 = 86_400;

const COUPON: &str = "pfakeCoupon00000000000000001";
const GROUPON: &str = "pfakeGroupon0000000000000001";
const MEMBER: &str = "pfakeMember00000000000000001";

/// A fake with a card of each kind.
async fn stocked() -> (Server, Client) {
    let (server, client) = started().await;
    let id = server.account().0;
    for (number, (card, tag)) in
        [(COUPON, "GENERAL_COUPON"), (GROUPON, "GROUPON"), (MEMBER, "MEMBER_CARD")].into_iter().enumerate()
    {
        let card_of = Card {
            app: id.to_owned(),
            number: number as u64,
            content: serde_json::json!({ "card_type": tag }),
            status: "CARD_STATUS_VERIFY_OK".to_owned(),
            reason: String::new(),
            total: 100,
            left: 100,
            created: 1,
            updated: 1,
            merchant: Some(4_001).filter(|_| card == MEMBER),
        };
        server.change(|state| state.cards.put(card, card_of));
    }
    (server, client)
}

/// Something happened so many days ago.
fn happened(server: &Server, ago: u64, card: &str, happening: Happening, openid: &str) {
    let (app, at) = (server.account().0.to_owned(), server.now() - ago * DAY);
    server.change(|state| state.note(&app, at, card, happening, openid));
}

fn date(server: &Server, ago: u64) -> String {
    let seconds = server.now() - ago * DAY + u64::from(weixin::API.zone_seconds.unsigned_abs());
    calendar::date(i64::try_from(seconds / DAY).expect("a day"))
}

#[tokio::test]
async fn people_count_once_a_day_whatever_the_cards() {
    let (server, client) = stocked().await;
    for (card, openid) in [(COUPON, "o1"), (COUPON, "o1"), (GROUPON, "o1"), (MEMBER, "o2")] {
        happened(&server, 3, card, Happening::Received, openid);
    }
    happened(&server, 3, COUPON, Happening::Redeemed, "o1");
    happened(&server, 2, GROUPON, Happening::Given, "o1");
    happened(&server, 2, GROUPON, Happening::Expired, "o3");
    happened(&server, 2, GROUPON, Happening::Viewed, "o3");
    let request = GetCardBizuinInfo::new(date(&server, 5), date(&server, 1), CardSource::Api);
    let list = request.send(&client).await.unwrap().list;
    assert_eq!(list.len(), 2, "a day on which nothing happened is not listed");
    assert_eq!(list[0].ref_date, Some(date(&server, 3)));
    assert_eq!((list[0].receive_cnt, list[0].receive_user), (Some(4), Some(2)));
    assert_eq!((list[0].verify_cnt, list[0].verify_user), (Some(1), Some(1)));
    assert_eq!((list[1].given_cnt, list[1].given_user), (Some(1), Some(1)));
    assert_eq!((list[1].expire_cnt, list[1].view_user), (Some(1), Some(1)));
    let request = GetCardBizuinInfo::new(date(&server, 5), date(&server, 1), CardSource::Platform);
    assert!(request.send(&client).await.unwrap().list.is_empty(), "none was made in the console");
}

#[tokio::test]
async fn free_coupons_are_told_apart_by_card() {
    let (server, client) = stocked().await;
    for card in [GROUPON, COUPON, MEMBER] {
        happened(&server, 2, card, Happening::Received, "o1");
    }
    let request = GetCardCardInfo::new(date(&server, 2), date(&server, 2), CardSource::Api);
    let told: Vec<_> =
        request.send(&client).await.unwrap().list.into_iter().map(|stat| stat.card_id.unwrap()).collect();
    assert_eq!(told, [COUPON, GROUPON]);
    let one = request.clone().card_id(GROUPON).send(&client).await.unwrap().list;
    assert_eq!(one.len(), 1);
    assert_eq!(one[0].card_type, Some(StatCardType::Groupon));
    assert_eq!(request.clone().card_id("pother").send(&client).await.unwrap_err().code(), Some(40073));
}

#[tokio::test]
async fn a_long_time_is_read_in_spans() {
    let (server, client) = stocked().await;
    let days = [200, 138, 137, 76, 75, 1];
    for ago in days {
        happened(&server, ago, COUPON, Happening::Received, "o1");
    }
    let request = GetCardBizuinInfo::new(date(&server, 200), date(&server, 200), CardSource::Api);
    let mut responses = request.spans(date(&server, 200), date(&server, 1)).send(&client);
    let mut told = Vec::new();
    while let Some(response) = responses.next().await {
        told.extend(response.unwrap().list.into_iter().filter_map(|stat| stat.ref_date));
    }
    assert_eq!(told, days.map(|ago| date(&server, ago)));
    assert!(server.received::<GetCardBizuinInfo>().len() > 1);
}

#[tokio::test]
async fn the_current_day_of_the_fake_cannot_be_asked_for() {
    let (server, client) = stocked().await;
    let yesterday = date(&server, 1);
    let request = GetCardBizuinInfo::new(yesterday.as_str(), yesterday.as_str(), CardSource::Api);
    request.send(&client).await.unwrap();
    server.advance(-86_400);
    assert_eq!(request.send(&client).await.unwrap_err().code(), Some(61501));
    let request = GetCardCardInfo::new(yesterday.as_str(), yesterday.as_str(), CardSource::Api);
    assert_eq!(request.send(&client).await.unwrap_err().code(), Some(61501));
}

#[tokio::test]
async fn windows_and_forms_of_dates_have_codes() {
    let (server, _) = stocked().await;
    let (id, secret) = server.account();
    let builder = Client::builder().base_url(server.url()).app(id, secret);
    let unchecked = builder.policy(weixin::ValidationPolicy::Off).build().unwrap();
    let code = |from: String, to: String| {
        let request = GetCardBizuinInfo::new(from, to, CardSource::Api);
        let client = unchecked.clone();
        async move { request.send(&client).await.unwrap_err().code() }
    };
    assert_eq!(code(date(&server, 70), date(&server, 1)).await, Some(61501));
    assert_eq!(code(date(&server, 1), date(&server, 2)).await, Some(61501));
    assert_eq!(code("2026-1-1".to_owned(), date(&server, 2)).await, Some(61500));
}

#[tokio::test]
async fn members_are_counted_from_the_first() {
    let (server, client) = stocked().await;
    for (ago, openid) in [(5, "o1"), (3, "o1"), (3, "o2"), (1, "o3")] {
        happened(&server, ago, MEMBER, Happening::Received, openid);
        let (app, at) = (server.account().0, server.now() - ago * DAY);
        let coupon = serde_json::json!({
            "app": app, "card": MEMBER, "openid": openid, "state": "Normal", "claimed": at, "begin": 0,
            "end": u32::MAX, "marked": null, "outer": null, "given_as": null,
        });
        let coupon: Coupon = serde_json::from_value(coupon).unwrap();
        server.change(|state| state.coupons.put(format!("{app} {ago}{openid}"), coupon));
    }
    happened(&server, 2, COUPON, Happening::Received, "o9");
    let detail = GetCardMemberCardDetail::new(date(&server, 3), date(&server, 1), MEMBER);
    let list = detail.send(&client).await.unwrap().list;
    let told: Vec<_> = list.iter().map(|it| (it.new_user, it.total_receive_user, it.total_user)).collect();
    assert_eq!(told, [(Some(1), Some(2), Some(2)), (Some(1), Some(3), Some(3))]);
    assert_eq!(list[0].submerchant_id, Some(4_001));
    let all = GetCardMemberCardInfo::new(date(&server, 3), date(&server, 1), CardSource::Api);
    let all = all.send(&client).await.unwrap().list;
    assert_eq!(all.iter().map(|it| it.receive_cnt).collect::<Vec<_>>(), [Some(2), Some(1)]);
    let missing = GetCardMemberCardDetail::new(date(&server, 3), date(&server, 1), "pother");
    assert_eq!(missing.send(&client).await.unwrap_err().code(), Some(40073));
}
