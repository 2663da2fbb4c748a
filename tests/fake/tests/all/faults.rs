//! Failures on demand, and what the real client makes of each.

use std::time::{Duration, Instant};

use crate::started::started;
use weixin::{Client, Endpoint, Error, card};
use weixin_fake::state::{Card, Coupon, CouponState};
use weixin_fake::{Fault, Plan, Server};

const PROTOCOL: &str = "/card/getapplyprotocol";
const CODE: &str = "220418063571";
const CARD: &str = "pX2gTj9kQm4RzVb7sLw0aNcY8eUd";

fn calls(server: &Server, path: &str) -> usize {
    server.calls().iter().filter(|entry| entry.path == path).count()
}

/// The response of a call that reads, while it fails so without end.
async fn read_with(fault: Fault) -> (Server, Result<card::GetApplyProtocolResponse, Error>) {
    let (server, client) = started().await;
    server.fail(Plan::new(fault).at(PROTOCOL));
    let read = card::GetApplyProtocol::new().send(&client).await;
    (server, read)
}

async fn well() -> card::GetApplyProtocolResponse {
    let (_server, client) = started().await;
    card::GetApplyProtocol::new().send(&client).await.expect("a response")
}

/// What comes of a call that may not be repeated, and how often it was sent.
async fn redeem_with(fault: Fault) -> (usize, Error) {
    let (server, client) = holding().await;
    server.fail(Plan::new(fault).at(card::code::Consume::META.path));
    let error = card::code::Consume::new(CODE).send(&client).await.expect_err("it fails");
    (calls(&server, card::code::Consume::META.path), error)
}

#[tokio::test]
async fn a_call_that_reads_is_repeated_where_the_server_is_busy_or_cut() {
    for fault in [Fault::Code(-1), Fault::CutBefore, Fault::CutAfter, Fault::BadGateway] {
        let (server, client) = started().await;
        server.fail(Plan::new(fault.clone()).at(PROTOCOL).times(2));
        let read = card::GetApplyProtocol::new().send(&client).await;
        assert_eq!(read.expect("the third attempt").category.len(), 1, "{fault}");
        assert_eq!(calls(&server, PROTOCOL), 3, "{fault}");
        assert_eq!(server.calls().iter().filter(|entry| entry.fault.is_some()).count(), 2, "{fault}");
    }
}

#[tokio::test]
async fn a_call_that_writes_is_sent_once_and_tells_what_may_have_happened() {
    for fault in [Fault::Code(-1), Fault::CutBefore, Fault::CutAfter, Fault::BadGateway, Fault::InvalidJson] {
        let (calls, error) = redeem_with(fault.clone()).await;
        assert_eq!(calls, 1, "{fault}");
        assert!(error.may_have_acted(), "{fault}: {error}");
    }
    let (calls, error) = redeem_with(Fault::Code(45009)).await;
    assert_eq!((calls, error.may_have_acted(), error.is_quota()), (1, false, true), "{error}");
}

#[tokio::test]
async fn cut_before_does_nothing_and_cut_after_does_it() {
    for (fault, expected) in [(Fault::CutBefore, CouponState::Normal), (Fault::CutAfter, CouponState::Consumed)] {
        let (server, client) = holding().await;
        server.fail(Plan::new(fault.clone()).at(card::code::Consume::META.path));
        card::code::Consume::new(CODE).send(&client).await.expect_err("it is cut");
        let states: Vec<CouponState> = server.look(|state| state.coupons.iter().map(|(_, it)| it.state).collect());
        assert_eq!(states, [expected], "{fault}");
    }
}

#[tokio::test]
async fn a_gateway_that_answers_html_is_no_decoding_fault() {
    let (server, read) = read_with(Fault::BadGateway).await;
    let error = read.expect_err("HTML is no response");
    assert_eq!((error.http_status(), error.is_decode(), error.is_retryable()), (Some(502), false, true), "{error}");
    assert_eq!(calls(&server, PROTOCOL), 3);
}

#[tokio::test]
async fn half_of_the_json_is_a_decoding_fault_that_keeps_the_body() {
    let (server, read) = read_with(Fault::InvalidJson).await;
    let error = read.expect_err("half a response");
    assert!(error.is_decode(), "{error}");
    assert!(error.body().is_some_and(|body| body.starts_with(b"{")), "{error}");
    assert_eq!(calls(&server, PROTOCOL), 1);
}

#[tokio::test]
async fn numbers_as_text_read_the_same() {
    let (_server, read) = read_with(Fault::NumbersAsText).await;
    assert_eq!(read.expect("a response"), well().await);
}

#[tokio::test]
async fn unknown_fields_and_another_content_type_change_nothing() {
    for fault in [Fault::UnknownFields, Fault::TextPlain] {
        let (_server, read) = read_with(fault).await;
        assert_eq!(read.expect("a response"), well().await);
    }
    let (server, client) = started().await;
    server.fail(Plan::new(Fault::UnknownFields).at(PROTOCOL));
    let raw = card::GetApplyProtocol::new().send_raw(&client).await.expect("a response");
    assert!(String::from_utf8_lossy(&raw.body).contains("something_new"));
}

#[tokio::test]
async fn fields_that_are_null_are_none() {
    let (server, client) = holding().await;
    server.fail(Plan::new(Fault::NullFields).at(card::code::Get::META.path));
    let got = card::code::Get::new(CODE).card_id(CARD).send(&client).await.expect("a response");
    assert_eq!((got.openid, got.can_consume, got.user_card_status), (None, None, None));
}

#[tokio::test]
async fn values_that_nobody_knows_are_unknown_and_survive() {
    let (server, client) = holding().await;
    server.fail(Plan::new(Fault::UnknownValues).at(card::code::Get::META.path));
    let got = card::code::Get::new(CODE).card_id(CARD).send(&client).await.expect("a response");
    let status = got.user_card_status.expect("a state");
    assert_eq!(status.as_str(), "SOMETHING_NEW");
    assert!(format!("{status:?}").contains("Unknown"), "{status:?}");
}

#[tokio::test]
async fn the_largest_number_of_32_bits_is_read() {
    let (server, client) = holding().await;
    server.fail(Plan::new(Fault::MaxNumbers).at(card::code::Get::META.path));
    let got = card::code::Get::new(CODE).card_id(CARD).send(&client).await.expect("a response");
    assert_eq!(got.card.and_then(|card| card.end_time), Some(u64::from(u32::MAX)));
    let (_server, read) = read_with(Fault::MaxNumbers).await;
    assert_eq!(read.expect("a response").category[0].primary_category_id, i64::from(u32::MAX));
}

#[tokio::test]
async fn what_is_not_utf_8_costs_its_own_letters_and_nothing_else() {
    let (server, client) = started().await;
    server.fail(Plan::new(Fault::Gbk).at(PROTOCOL));
    let (read, well) = (card::GetApplyProtocol::new().send(&client).await.expect("a response"), well().await);
    let (spoiled, whole) = (&read.category[0], &well.category[0]);
    assert!(spoiled.category_name.as_ref().is_some_and(|name| name.contains('\u{FFFD}')), "{spoiled:?}");
    assert_eq!(spoiled.primary_category_id, whole.primary_category_id);
    assert_eq!(spoiled.secondary_category.len(), whole.secondary_category.len());
    let raw = card::GetApplyProtocol::new().send_raw(&client).await.expect("a response");
    let (name, ..) = encoding_rs::GBK.encode(whole.category_name.as_deref().expect("a name"));
    assert!(raw.body.windows(name.len()).any(|it| it == &*name), "the raw body is what came");
}

#[tokio::test]
async fn a_slow_response_comes_in_the_end_or_too_late() {
    let (server, client) = started().await;
    server.fail(Plan::new(Fault::Latency(200)).at(PROTOCOL));
    let begun = Instant::now();
    card::GetApplyProtocol::new().send(&client).await.expect("a response");
    assert!(begun.elapsed() >= Duration::from_millis(200));
    let hasty = client.with_timeout(Duration::from_millis(50));
    let error = card::GetApplyProtocol::new().send(&hasty).await.expect_err("it is too late");
    assert!(error.is_timeout(), "{error}");
}

#[tokio::test]
async fn failures_are_counted() {
    let (server, client) = started().await;
    server.fail(Plan::new(Fault::Code(48001)).at(PROTOCOL).after(1).times(2));
    let mut codes = Vec::new();
    for _ in 0..4 {
        codes.push(card::GetApplyProtocol::new().send(&client).await.err().and_then(|error| error.code()));
    }
    assert_eq!(codes, [None, Some(48001), Some(48001), None]);
    server.fail(Plan::new(Fault::Code(48001)));
    server.heal();
    card::GetApplyProtocol::new().send(&client).await.expect("all is well again");
}

#[tokio::test]
async fn a_seed_throws_the_same_dice_again() {
    let thrown = |seed: u64| async move {
        let server = Server::builder().seed(seed).start().await.expect("a free port");
        let (id, secret) = server.account();
        let client = Client::builder().base_url(server.url()).app(id, secret).build().expect("a client");
        server.fail(Plan::new(Fault::Code(48001)).at(PROTOCOL).probability(0.5));
        let mut failed = Vec::new();
        for _ in 0..40 {
            failed.push(card::GetApplyProtocol::new().send(&client).await.is_err());
        }
        failed
    };
    let first = thrown(7).await;
    assert_eq!(first, thrown(7).await);
    assert_ne!(first, thrown(8).await);
    assert!((8..=32).contains(&first.iter().filter(|failed| **failed).count()), "{first:?}");
}

/// A fake in which a user holds a coupon.
async fn holding() -> (Server, Client) {
    let (server, client) = started().await;
    let app = server.account().0.to_owned();
    let now = server.now();
    let base = serde_json::json!({ "title": "Noodles", "date_info": { "type": "DATE_TYPE_PERMANENT" } });
    let content = serde_json::json!({ "card_type": "GROUPON", "groupon": { "base_info": base } });
    server.change(|state| {
        let card = Card {
            app: app.clone(),
            number: 1,
            content,
            status: "CARD_STATUS_VERIFY_OK".to_owned(),
            reason: String::new(),
            total: 10,
            left: 9,
            created: now,
            updated: now,
            merchant: None,
        };
        state.cards.put(CARD, card);
        let coupon = Coupon {
            app: app.clone(),
            card: CARD.to_owned(),
            openid: "oX2gTjm7Kd5QwZr3Vb8sLnAc0eYf".to_owned(),
            state: CouponState::Normal,
            claimed: now,
            begin: now,
            end: now + 86_400,
            marked: None,
            marked_until: 0,
            ended: false,
            outer: None,
            given_as: None,
            unclaimed: false,
        };
        state.coupons.put(format!("{app} {CODE}"), coupon);
    });
    (server, client)
}
