//! Answers as servers really give them.

use serde_json::{Value, json};
use weixin::card::code::{Decrypt, Get, GetResponse, UserCardStatus};
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
        "errcode": 0, "errmsg": "ok",
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
    for ok in [json!(0), json!("0"), json!(0.0)] {
        let answer = state(with("errcode", ok.clone())).await.expect("a success");
        assert_eq!(answer.card.and_then(|card| card.end_time), Some(4_294_967_295), "{ok}");
    }
    // Without a code nothing tells that the call succeeded: this endpoint always sends one.
    let mut without = fields();
    without.as_object_mut().expect("an object").shift_remove("errcode");
    for unproved in [without, with("errcode", Value::Null)] {
        let error = state(unproved.clone()).await.expect_err("no proof of success");
        assert!(error.is_decode() && error.code().is_none(), "{unproved}: {error:?}");
        assert!(error.to_string().contains("`errcode` is missing"), "{error}");
    }
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
        assert_eq!(answer.expect("a success").can_consume, Some(true), "{content_type}");
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
    let card = answer.card.expect("the card");
    assert_eq!((card.begin_time, card.end_time), (Some(1_404_205_036), Some(4_294_967_295)));
    assert_eq!(answer.can_consume, Some(true));
    let body = json!({ "list": [{
        "ref_date": "2015-06-23", "view_cnt": "1", "view_user": "2", "receive_cnt": "3", "receive_user": "4", "verify_cnt": "5",
        "verify_user": "6", "given_cnt": "7", "given_user": "8", "expire_cnt": "9", "expire_user": "10"
    }] });
    let request = GetCardBizuinInfo::new("2015-06-15", "2015-06-30", CardSource::Platform);
    let answer = ask(&request, 200, "application/json", &body.to_string()).await.expect("a success");
    assert_eq!((answer.list[0].view_cnt, answer.list[0].expire_user), (Some(1), Some(10)));
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
    assert_eq!((&card.base_info.date_info, &card.base_info.location_id_list), (&None, &Vec::new()));
    assert_eq!((&card.advanced_info, card.reduce_cost), (&None, None));
    assert_eq!(state(with("openid", Value::Null)).await.expect("a success").openid, None);
    // A code is all that this call is for.
    let body = json!({ "errcode": 0, "errmsg": "ok", "code": null }).to_string();
    let error = ask(&Decrypt::new("x"), 200, "application/json", &body).await.expect_err("a required field");
    assert!(error.is_decode());
    assert_eq!(error.json_path(), Some("code"));
}

#[tokio::test]
async fn unknown_values_survive() {
    let answer = state(with("user_card_status", json!("LOST_AT_SEA"))).await.expect("a success");
    let status = answer.user_card_status.as_ref().expect("a status");
    assert_eq!(status.as_str(), "LOST_AT_SEA");
    assert!(matches!(status, UserCardStatus::Unknown(_)));
    let mut written = serde_json::to_value(&answer).expect("JSON");
    written["errcode"] = json!(0);
    written["errmsg"] = json!("ok");
    assert_eq!(written, with("user_card_status", json!("LOST_AT_SEA")));

    let known = json!({ "card_type": "GIFT", "gift": { "base_info": {
        "id": "p", "status": "CARD_STATUS_NEW", "date_info": { "type": "DATE_TYPE_MOON", "phase": "full" }
    } } });
    let answer = details(known.clone()).await.expect("a success");
    let Card::Gift(card) = &answer.card else { panic!("a gift") };
    assert!(matches!(card.base_info.status, Some(CardStatus::Unknown(_))));
    let Some(DateInfo::Unknown(span)) = &card.base_info.date_info else { panic!("an unknown span") };
    assert_eq!((span.tag(), span.json().as_str()), ("DATE_TYPE_MOON", r#"{"type":"DATE_TYPE_MOON","phase":"full"}"#));
    let mut written = serde_json::to_value(&answer).expect("JSON");
    let base_info = written["card"]["gift"]["base_info"].as_object_mut().expect("an object");
    // A list is written even if it came as nothing.
    base_info.retain(|_, value| *value != json!([]));
    assert_eq!(written["card"], known);
    assert_eq!(serde_json::from_value::<Details>(written).expect("a response"), answer);
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
    let bare = r#"{"errcode":0,"errmsg":"ok"}"#;
    let error = ask(&Decrypt::new("x"), 200, "application/json", bare).await.expect_err("nothing is there");
    assert!(error.is_decode() && error.code().is_none());
    assert_eq!(error.body(), Some(bare.as_bytes()));
    assert!(error.to_string().contains("missing field `code`"), "{error}");
    // Where fields only inform, the code is all that has to be there.
    let answer = state(json!({ "errcode": 0, "errmsg": "ok" })).await.expect("the code is there");
    assert_eq!((answer.card, answer.can_consume), (None, None));
    let request = GetShareMaterial::new("p", "o");
    ask(&request, 200, "application/json", r#"{"errcode":0}"#).await.expect("the code is there");
    for strange in ["{}", r#"{"hello":1}"#, r#"{"qrcode":null}"#, r#"{"qrcode":"/9j/"}"#] {
        let error = ask(&request, 200, "application/json", strange).await.expect_err("no answer of this endpoint");
        assert!(error.is_decode(), "{strange}: {error:?}");
    }
}

#[tokio::test]
async fn what_is_no_answer_is_kept() {
    let cut = r#"{"errcode":0,"errmsg":"ok","card":{"card_id":"p","begin_t"#;
    for (status, body, place) in [
        (200, "", None),
        (200, " \r\n", None),
        (200, "<html>busy</html>", None),
        (200, cut, Some("card")),
        (200, "[]", None),
        (200, "null", None),
        (204, "", None),
    ] {
        let error = ask(&Get::new("1"), status, "text/html", body).await.expect_err("no answer");
        assert!(error.is_decode() && error.code().is_none(), "{body}: {error:?}");
        assert_eq!(error.body(), Some(body.as_bytes()), "{body}");
        assert!(error.json_path().is_none_or(|path| place.is_some_and(|place| path.starts_with(place))), "{error}");
        assert_eq!(error.http_status(), Some(status));
        assert!(error.to_string().contains("/card/code/get"), "{error}");
        assert!(!format!("{error}{error:?}").contains(TOKEN));
    }
}

#[tokio::test]
async fn the_place_of_a_fault_is_told() {
    let base = |inner: Value| json!({ "card_type": "DISCOUNT", "discount": { "base_info": inner } });
    for (card, place, missing) in [
        (json!(7), "card", ""),
        (json!({ "discount": {} }), "card", "card_type"),
        (json!({ "card_type": "DISCOUNT" }), "card", "discount"),
        (json!({ "card_type": "DISCOUNT", "discount": {} }), "card.discount", "base_info"),
        (base(json!("x")), "card.discount.base_info", ""),
    ] {
        let body = json!({ "errcode": 0, "errmsg": "ok", "card": card }).to_string();
        let error = ask(&GetCard::new("p"), 200, "application/json", &body).await.expect_err("a fault");
        assert!(error.is_decode() && error.code().is_none());
        assert_eq!(error.json_path(), Some(place), "{body}");
        assert_eq!(error.body(), Some(body.as_bytes()));
        assert!(error.to_string().contains(place) && error.to_string().contains(missing), "{error}");
    }
}

/// What is left out of the response to a request, sent through the client.
async fn left_out<E: Endpoint>(request: &E, body: &str) -> (E::Response, Vec<(String, String, String)>) {
    let server = Server::start(vec![Reply::text(200, "application/json", body)]).await;
    let inspected = server.client().inspect(request).await.expect("a success");
    assert_eq!(server.seen().len(), 1, "nothing is repeated");
    assert_eq!(inspected.more_oddities, 0);
    let oddities = inspected.oddities.into_iter().map(|odd| (odd.path, odd.left_out, odd.found)).collect();
    (inspected.value, oddities)
}

fn odd(path: &str, left_out: &str, found: &str) -> (String, String, String) {
    (path.to_owned(), left_out.to_owned(), found.to_owned())
}

#[tokio::test]
async fn what_only_informs_is_left_out_and_told() {
    let (answer, oddities) = left_out(&Get::new("1"), &with("can_consume", json!("perhaps")).to_string()).await;
    assert_eq!((answer.can_consume, answer.openid.as_deref()), (None, Some("o")));
    assert_eq!(oddities, [odd("can_consume", "can_consume", "\"perhaps\"")]);
    let body = with("card", json!({ "card_id": "p", "begin_time": 0, "end_time": "soon" })).to_string();
    let (answer, oddities) = left_out(&Get::new("1"), &body).await;
    let card = answer.card.expect("the card");
    assert_eq!((card.card_id.as_deref(), card.begin_time, card.end_time), (Some("p"), Some(0), None));
    assert_eq!(oddities, [odd("card.end_time", "card.end_time", "\"soon\"")]);
    let (answer, oddities) = left_out(&Get::new("1"), &with("card", json!(7)).to_string()).await;
    assert_eq!((answer.card, answer.can_consume), (None, Some(true)));
    assert_eq!(oddities, [odd("card", "card", "7")]);
}

#[tokio::test]
async fn an_odd_item_costs_the_item() {
    let card = json!({ "card_type": "CASH", "cash": {
        "base_info": { "id": "p", "sku": { "quantity": "many", "total_quantity": 2 }, "location_id_list": [1, "two", null, 3] },
        "advanced_info": { "time_limit": [{ "type": "MONDAY" }, { "end_hour": 1 }, { "type": "SUNDAY", "end_hour": -1 }] }
    } });
    let body = json!({ "errcode": 0, "errmsg": "ok", "card": card }).to_string();
    let (answer, oddities) = left_out(&GetCard::new("p"), &body).await;
    let Card::Cash(card) = answer.card else { panic!("a cash voucher") };
    let sku = card.base_info.sku.expect("a stock");
    assert_eq!((sku.quantity, sku.total_quantity), (None, Some(2)));
    assert_eq!(card.base_info.location_id_list, [1, 3]);
    let days = card.advanced_info.expect("advanced_info").time_limit;
    assert_eq!(days.iter().map(|day| day.day.as_str()).collect::<Vec<_>>(), ["MONDAY", "SUNDAY"]);
    assert_eq!(days[1].end_hour, None);
    let (base, days) = ("card.cash.base_info", "card.cash.advanced_info.time_limit");
    assert_eq!(
        oddities,
        [
            odd(&format!("{base}.sku.quantity"), &format!("{base}.sku.quantity"), "\"many\""),
            odd(&format!("{base}.location_id_list[1]"), &format!("{base}.location_id_list[1]"), "\"two\""),
            odd(&format!("{days}[1]"), &format!("{days}[1]"), r#"{"end_hour":1}"#),
            odd(&format!("{days}[2].end_hour"), &format!("{days}[2].end_hour"), "-1"),
        ]
    );
}

#[tokio::test]
async fn the_raw_response_can_be_read_as_often_as_one_likes() {
    let mut body = with("card", json!({ "card_id": "p", "end_time": "soon", "zz_one": "1102" }));
    body["zz_two"] = json!("12b");
    let server = Server::answers(body.clone()).await;
    let raw = Get::new("1").send_raw(&server.client()).await.expect("a response");
    assert_eq!((raw.status, raw.body.as_slice()), (200, body.to_string().as_bytes()));
    assert_eq!(raw.json::<Value>().expect("JSON"), body);
    let read = raw.read::<Get>().expect("a success");
    let inspected = raw.inspect::<Get>().expect("a success");
    assert_eq!(read, inspected.value);
    assert_eq!(inspected.oddities.len(), 1);
    let unknown: Vec<_> = inspected.unknown.iter().map(|field| (field.path.as_str(), field.value.as_str())).collect();
    assert_eq!(unknown, [("card.zz_one", "\"1102\""), ("zz_two", "\"12b\"")]);
    // A refusal is a raw response too.
    let server = Server::answers(json!({ "errcode": 40056, "errmsg": "invalid serial code" })).await;
    let raw = Get::new("1").send_raw(&server.client()).await.expect("a response");
    assert_eq!(raw.read::<Get>().expect_err("a refusal").code(), Some(40056));
    assert_eq!(raw.inspect::<Get>().expect_err("a refusal").code(), Some(40056));
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
