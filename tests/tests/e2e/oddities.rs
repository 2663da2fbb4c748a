//! Answers as servers really give them.

use serde_json::{Value, json};
use weixin::card::code::{Get, GetResponse, UserCardStatus};
use weixin::card::types::{Card, CardStatus, DateInfo};
use weixin::card::{Create, Delete, Get as GetCard, GetResponse as Details};
use weixin::datacube::GetCardBizuinInfo;
use weixin::datacube::types::CardSource;
use weixin::promoter::GetShareMaterial;
use weixin::{Endpoint, Error};

use crate::support::{Reply, Server, TOKEN};

/// The answer to a request, whatever the server says.
async fn ask<E: Endpoint>(
    request: &E,
    status: u16,
    content_type: &'static str,
    body: &str,
) -> Result<E::Response, Error> {
    let server = Server::start(vec![Reply::text(status, content_type, body)]).await;
    let answer = server.client().send(request).await;
    assert_eq!(server.seen().len(), 1, "nothing is repeated");
    answer
}

async fn state(body: Value) -> Result<GetResponse, Error> {
    ask(&Get::new("1"), 200, "application/json", &body.to_string()).await
}

async fn details(card: Value) -> Result<Details, Error> {
    let body = json!({ "errcode": 0, "errmsg": "ok", "card": card });
    ask(&GetCard::new("p"), 200, "application/json", &body.to_string()).await
}

fn fields() -> Value {
    json!({
        "card": { "card_id": "p", "begin_time": 0, "end_time": 4294967295_u32 }, "openid": "o", "can_consume": true,
        "user_card_status": "NORMAL"
    })
}

fn with(key: &str, value: Value) -> Value {
    let mut body = fields();
    body[key] = value;
    body
}

#[tokio::test]
async fn the_code_may_be_a_text_or_absent() {
    for ok in [json!(0), json!("0"), Value::Null] {
        let answer = state(with("errcode", ok.clone())).await;
        assert_eq!(answer.expect("a success").card.end_time, 4_294_967_295, "{ok}");
    }
    state(fields()).await.expect("no code is no failure");
    for code in [json!(40056), json!("40056"), json!(" 40056 ")] {
        let error = state(with("errcode", code.clone())).await.expect_err("a failure");
        assert_eq!((error.code(), error.is_missing()), (Some(40056), true), "{code}");
    }
    for wrong in [json!("forty"), json!(true), json!([0]), json!({})] {
        let error = state(with("errcode", wrong.clone())).await.expect_err("no code at all");
        assert!(error.is_decode(), "{wrong}: {error:?}");
        assert_eq!(error.json_path(), Some("errcode"), "{wrong}");
    }
    let error = state(json!({ "errcode": 990_099, "errmsg": "news" })).await.expect_err("an unknown code");
    assert_eq!((error.code(), error.info(), error.errmsg()), (Some(990_099), None, Some("news")));
}

#[tokio::test]
async fn the_content_type_does_not_matter() {
    for content_type in ["text/plain", "text/html; charset=gbk", "", "application/octet-stream"] {
        let answer = ask(&Get::new("1"), 200, content_type, &fields().to_string()).await;
        assert!(answer.expect("a success").can_consume, "{content_type}");
        let error = ask(&Delete::new("p"), 200, content_type, r#"{"errcode":40073,"errmsg":"x"}"#).await;
        assert_eq!(error.expect_err("a failure").code(), Some(40073));
    }
    let marked = format!("\u{feff}{}", fields());
    ask(&Get::new("1"), 200, "text/plain", &marked).await.expect("a byte order mark is skipped");
}

#[tokio::test]
async fn numbers_may_be_texts_and_flags_numbers() {
    let mut body = with("can_consume", json!(1));
    body["card"] = json!({ "card_id": "p", "begin_time": "1404205036", "end_time": "4294967295" });
    let answer = state(body).await.expect("a success");
    assert_eq!((answer.card.begin_time, answer.card.end_time), (1_404_205_036, 4_294_967_295));
    assert!(answer.can_consume);
    let body = json!({ "list": [{
        "ref_date": "2015-06-23", "view_cnt": "1", "view_user": "2", "receive_cnt": "3", "receive_user": "4", "verify_cnt": "5",
        "verify_user": "6", "given_cnt": "7", "given_user": "8", "expire_cnt": "9", "expire_user": "10"
    }] });
    let request = GetCardBizuinInfo::new("2015-06-15", "2015-06-30", CardSource::Platform);
    let answer = ask(&request, 200, "application/json", &body.to_string()).await.expect("a success");
    assert_eq!((answer.list[0].view_cnt, answer.list[0].expire_user), (1, 10));
}

#[tokio::test]
async fn a_limit_of_the_largest_number() {
    let card =
        json!({ "card_type": "GROUPON", "groupon": { "base_info": { "id": "p", "get_limit": 4294967295_u32 } } });
    let Card::Groupon(card) = details(card).await.expect("a success").card else { panic!("a groupon") };
    assert_eq!(card.base_info.get_limit, Some(4_294_967_295));
}

#[tokio::test]
async fn null_is_absent() {
    let card = json!({ "card_type": "CASH", "cash": {
        "base_info": { "id": "p", "title": null, "sku": null, "date_info": null, "location_id_list": null, "status": null },
        "advanced_info": null, "reduce_cost": null
    } });
    let Card::Cash(card) = details(card).await.expect("a success").card else { panic!("a cash voucher") };
    assert_eq!((&card.base_info.title, &card.base_info.sku, &card.base_info.status), (&None, &None, &None));
    assert_eq!((&card.base_info.date_info, &card.base_info.location_id_list), (&None, &None));
    assert_eq!((&card.advanced_info, card.reduce_cost), (&None, None));
    let error = state(with("openid", Value::Null)).await.expect_err("a required field");
    assert!(error.is_decode());
    assert_eq!(error.json_path(), Some("openid"));
}

#[tokio::test]
async fn unknown_values_survive() {
    let answer = state(with("user_card_status", json!("LOST_AT_SEA"))).await.expect("a success");
    assert_eq!(answer.user_card_status.as_str(), "LOST_AT_SEA");
    assert!(matches!(answer.user_card_status, UserCardStatus::Unknown(_)));
    assert_eq!(serde_json::to_value(&answer).expect("JSON"), with("user_card_status", json!("LOST_AT_SEA")));

    let known = json!({ "card_type": "GIFT", "gift": { "base_info": {
        "id": "p", "status": "CARD_STATUS_NEW", "date_info": { "type": "DATE_TYPE_MOON", "phase": "full" }
    } } });
    let answer = details(known.clone()).await.expect("a success");
    let Card::Gift(card) = &answer.card else { panic!("a gift") };
    assert!(matches!(card.base_info.status, Some(CardStatus::Unknown(_))));
    let Some(DateInfo::Unknown(span)) = &card.base_info.date_info else { panic!("an unknown span") };
    assert_eq!((span.tag(), &span.raw()["phase"]), ("DATE_TYPE_MOON", &json!("full")));
    assert_eq!(serde_json::to_value(&answer).expect("JSON")["card"], known);
}

#[tokio::test]
async fn an_unknown_card_survives() {
    let strange =
        json!({ "card_type": "SPACE_FLIGHT", "space_flight": { "base_info": { "id": "p" }, "orbit": [1, null] } });
    let answer = details(strange.clone()).await.expect("a success");
    let Card::Unknown(card) = &answer.card else { panic!("an unknown card") };
    assert_eq!(card.tag(), "SPACE_FLIGHT");
    assert_eq!(serde_json::to_value(&answer.card).expect("JSON"), strange);
    // It can be sent as well.
    let request: Create = serde_json::from_value(json!({ "card": strange })).expect("a request");
    let server = Server::answers(json!({ "errcode": 0, "errmsg": "ok", "card_id": "p" })).await;
    request.send(&server.client()).await.expect("an answer");
    server.saw_post("/card/create", json!({ "card": strange }));
}

#[tokio::test]
async fn a_success_without_its_fields_is_an_error() {
    let error = state(json!({ "errcode": 0, "errmsg": "ok" })).await.expect_err("nothing is there");
    assert!(error.is_decode() && error.code().is_none());
    assert_eq!(error.body(), Some(&br#"{"errcode":0,"errmsg":"ok"}"#[..]));
    // Where every field may be absent, some must be there, or the code.
    let request = GetShareMaterial::new("p", "o");
    ask(&request, 200, "application/json", r#"{"errcode":0}"#).await.expect("the code is there");
    for strange in ["{}", r#"{"hello":1}"#, r#"{"qrcode":null}"#] {
        let error = ask(&request, 200, "application/json", strange).await.expect_err("no answer of this endpoint");
        assert!(error.is_decode(), "{strange}: {error:?}");
    }
}

#[tokio::test]
async fn what_is_no_answer_is_kept() {
    let cut = r#"{"errcode":0,"errmsg":"ok","card":{"card_id":"p","begin_t"#;
    for (status, body) in
        [(200, ""), (200, " \r\n"), (200, "<html>busy</html>"), (200, cut), (200, "[]"), (200, "null"), (204, "")]
    {
        let error = ask(&Get::new("1"), status, "text/html", body).await.expect_err("no answer");
        assert!(error.is_decode() && error.code().is_none(), "{body}: {error:?}");
        assert_eq!((error.body(), error.json_path()), (Some(body.as_bytes()), None), "{body}");
        assert_eq!(error.http_status(), Some(status));
        assert!(error.to_string().contains("/card/code/get"), "{error}");
        assert!(!format!("{error}{error:?}").contains(TOKEN));
    }
}

#[tokio::test]
async fn the_place_of_a_fault_is_told() {
    for (body, place) in [
        (with("can_consume", json!("perhaps")), "can_consume"),
        (with("card", json!({ "card_id": "p", "begin_time": 0, "end_time": "soon" })), "card.end_time"),
        (with("card", json!(7)), "card"),
    ] {
        let error = state(body.clone()).await.expect_err("a fault");
        assert!(error.is_decode());
        assert_eq!(error.json_path(), Some(place), "{body}");
        assert_eq!(error.body(), Some(body.to_string().as_bytes()));
        assert!(error.to_string().contains(place), "{error}");
    }
    let card =
        json!({ "card_type": "DISCOUNT", "discount": { "base_info": { "id": "p", "sku": { "quantity": "many" } } } });
    let error = details(card).await.expect_err("a fault deep inside");
    assert_eq!(error.json_path(), Some("card.discount.base_info.sku.quantity"));
    let card = json!({ "card_type": "CASH", "cash": {
        "base_info": { "id": "p" }, "advanced_info": { "time_limit": [{ "type": "MONDAY" }, { "type": "SUNDAY", "end_hour": -1 }] }
    } });
    let error = details(card).await.expect_err("a fault in a list");
    assert_eq!(error.json_path(), Some("card.cash.advanced_info.time_limit[1].end_hour"));
}

#[tokio::test]
async fn a_failed_status() {
    for body in ["", "<html>oops</html>", "{}", r#"{"errcode":0}"#] {
        let error = ask(&Get::new("1"), 500, "text/html", body).await.expect_err("a failure");
        assert_eq!((error.http_status(), error.code(), error.is_decode()), (Some(500), None, false), "{body}");
        assert_eq!(error.body(), Some(body.as_bytes()));
        assert!(error.to_string().contains("500"), "{error}");
    }
    let error = ask(&Get::new("1"), 500, "text/html", r#"{"errcode":-1,"errmsg":"system error"}"#).await;
    let error = error.expect_err("a failure with a code");
    assert_eq!((error.code(), error.http_status(), error.is_busy()), (Some(-1), Some(500), true));
}
