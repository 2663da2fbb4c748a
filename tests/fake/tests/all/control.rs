//! The control API, as a test in another language uses it.

use crate::http::{ask, get, post, refused};
use crate::started::started;
use serde_json::{Value, json};
use weixin::{Endpoint, card};

const PROTOCOL: &str = "/card/getapplyprotocol";

/// Every route of the document: verb, path, what it says of it.
fn documented(document: &Value) -> Vec<(String, String, Value)> {
    let paths = document["paths"].as_object().expect("paths").iter();
    let each = paths.flat_map(|(path, verbs)| {
        let verbs = verbs.as_object().expect("verbs").iter();
        verbs.map(|(verb, operation)| (verb.to_uppercase(), path.clone(), operation.clone())).collect::<Vec<_>>()
    });
    each.collect()
}

#[tokio::test]
async fn every_documented_route_answers_and_takes_nothing_that_is_not_documented() {
    let (server, _) = started().await;
    let document = get(&server, "/fake/openapi.json").await;
    assert_eq!(document["openapi"], "3.1.0");
    let routes = documented(&document);
    assert!(routes.len() >= 19, "{}", routes.len());
    for (verb, path, operation) in routes {
        let chinese = operation["description"].as_str().unwrap_or_default();
        assert!(operation["summary"].is_string() && chinese.starts_with("中文："), "{verb} {path}");
        if path.ends_with("openapi.json") {
            continue;
        }
        let (asked, body) = match verb.as_str() {
            "POST" => (path.clone(), Some(r#"{"nobody_knows_this":1}"#)),
            _ => (format!("{path}?nobody_knows_this=1"), None),
        };
        let (status, told) = refused(&server, &verb, &asked, body).await;
        assert!(status == 400 && told.contains("nobody_knows_this"), "{verb} {path}: {status} {told}");
        let is_required = operation["requestBody"]["required"] == true;
        if !is_required {
            let (status, value) = ask(&server, &verb, &path, None).await;
            assert_eq!(status, 200, "{verb} {path}: {value}");
        }
    }
}

#[tokio::test]
async fn every_reference_of_the_document_leads_somewhere() {
    let (server, _) = started().await;
    let document = get(&server, "/fake/openapi.json").await;
    let text = document.to_string();
    let references: Vec<&str> =
        text.split(r##""$ref":"#"##).skip(1).filter_map(|rest| rest.split('"').next()).collect();
    assert!(references.len() > 20, "{references:?}");
    for reference in references {
        assert!(document.pointer(reference).is_some(), "{reference}");
    }
}

#[tokio::test]
async fn what_is_wrong_is_named() {
    let (server, _) = started().await;
    let cases = [
        ("GET", "/fake/nothing", None, 404, "there is no `/fake/nothing`"),
        ("GET", "/fake", None, 404, "/fake/openapi.json"),
        ("GET", "/fake/clock", None, 405, "`/fake/clock` takes POST, not GET"),
        ("PUT", "/fake/faults", Some("{}"), 405, "takes GET or POST or DELETE"),
        ("POST", "/fake/clock", Some("{\"advance\":"), 400, "the body is no JSON"),
        ("POST", "/fake/clock", Some("[]"), 400, "invalid"),
        ("POST", "/fake/clock", Some("{}"), 400, "missing field `advance`"),
        ("POST", "/fake/clock", Some("{\"advance\":\"soon\"}"), 400, "`advance`: invalid type"),
        ("POST", "/fake/clock?advance=1", Some("{}"), 400, "not in the query"),
        ("POST", "/fake/faults", Some("{\"fault\":\"earthquake\"}"), 400, "unknown variant `earthquake`"),
        ("POST", "/fake/faults", Some("{\"fault\":\"gbk\",\"path\":\"/x\"}"), 409, "`/x` is the path of no endpoint"),
        ("POST", "/fake/faults", Some("{\"fault\":\"gbk\",\"probability\":2}"), 409, "from 0 to 1"),
        ("POST", "/fake/limits", Some("{\"path\":\"/x\"}"), 409, "`/x`"),
        ("POST", "/fake/accounts", Some("{\"id\":\"\",\"secret\":\"s\"}"), 409, "needs an id"),
        ("POST", "/fake/push", Some("{\"url\":\"ftp://x/\",\"token\":\"t\"}"), 409, "http"),
        ("POST", "/fake/push", Some("{\"url\":\"http://x/\",\"token\":\"t\",\"mode\":\"encrypted\"}"), 409, "aes_key"),
        ("POST", "/fake/push/event", Some("{\"message\":{}}"), 409, "no address for pushes"),
    ];
    for (verb, path, body, status, told) in cases {
        let (found, message) = refused(&server, verb, path, body).await;
        assert!(found == status && message.contains(told), "{verb} {path} {body:?}: {found} {message}");
    }
    assert!(server.calls().is_empty(), "control is no call");
}

#[tokio::test]
async fn the_clock_and_the_tokens_are_steered() {
    let (server, client) = started().await;
    card::GetColors::new().send(&client).await.expect("a response");
    assert_eq!(get(&server, "/fake/state").await["tokens"], 1);
    let moved = post(&server, "/fake/clock", json!({ "advance": 86_400 })).await;
    assert_eq!((moved["ahead"].as_i64(), moved["now"].as_u64()), (Some(86_400), Some(server.now())));
    assert_eq!(get(&server, "/fake/state").await["tokens"], 0);
    post(&server, "/fake/clock", json!({ "advance": -86_400 })).await;
    assert_eq!(get(&server, "/fake/state").await["tokens"], 1);
    post(&server, "/fake/tokens/expire", json!({})).await;
    assert_eq!(get(&server, "/fake/state").await["tokens"], 0);
}

#[tokio::test]
async fn failures_are_planned_listed_and_forgotten() {
    let (server, client) = started().await;
    post(&server, "/fake/faults", json!({ "fault": { "code": 48001 }, "path": PROTOCOL, "times": 1 })).await;
    post(&server, "/fake/faults", json!({ "fault": "gbk", "after": 3 })).await;
    let plans = get(&server, "/fake/faults").await;
    assert_eq!(
        plans[0],
        json!({ "path": PROTOCOL, "fault": { "code": 48001 }, "times": 1, "after": 0, "probability": 1.0 })
    );
    let error = card::GetApplyProtocol::new().send(&client).await.expect_err("it was planned");
    assert_eq!(error.code(), Some(48001));
    assert_eq!(get(&server, "/fake/faults").await.as_array().map(Vec::len), Some(1));
    assert_eq!(ask(&server, "DELETE", "/fake/faults", None).await, (200, json!({})));
    assert_eq!(get(&server, "/fake/faults").await, json!([]));
}

#[tokio::test]
async fn calls_are_listed_page_by_page_without_secrets() {
    let (server, client) = started().await;
    for _ in 0..3 {
        card::GetColors::new().send(&client).await.expect("a response");
    }
    let all = get(&server, "/fake/calls").await;
    assert_eq!(all["items"].as_array().map(Vec::len), Some(4));
    assert_eq!(all["items"][0]["request"]["secret"], "(redacted)");
    assert!(!all.to_string().contains(server.account().1));
    let own = format!("/fake/calls?path={}&limit=2", card::GetColors::META.path);
    let page = get(&server, &own).await;
    assert_eq!((page["items"][0]["number"].as_u64(), page["next"].as_u64()), (Some(2), Some(3)));
    let page = get(&server, &format!("{own}&after=3")).await;
    assert_eq!((page["items"][0]["name"].as_str(), &page["next"]), (Some("ok"), &Value::Null));
}

#[tokio::test]
async fn accounts_are_opened_and_listed_without_their_secrets() {
    let (server, _) = started().await;
    post(&server, "/fake/accounts", json!({ "id": "wx2", "secret": "hidden-in-lists" })).await;
    let client = weixin::Client::builder().base_url(server.url()).app("wx2", "hidden-in-lists").build();
    card::GetColors::new().send(&client.expect("a client")).await.expect("the account may call");
    let page = get(&server, "/fake/accounts?limit=1").await;
    assert_eq!((page["items"][0]["id"].as_str(), page["next"].as_str()), (Some("wx2"), Some("wx2")));
    let page = get(&server, "/fake/accounts?after=wx2").await;
    assert_eq!((page["items"][0]["id"].as_str(), &page["next"]), (Some(server.account().0), &Value::Null));
    assert!(!page.to_string().contains("hidden-in-lists"));
}

#[tokio::test]
async fn a_limit_of_the_day_is_kept_until_the_next_one() {
    let (server, client) = started().await;
    post(&server, "/fake/limits", json!({ "path": PROTOCOL, "day": 1 })).await;
    assert_eq!(get(&server, "/fake/state").await["limits"][PROTOCOL], 1);
    let call = card::GetApplyProtocol::new();
    call.send(&client).await.expect("the first of the day");
    assert!(call.send(&client).await.expect_err("the second").is_quota());
    post(&server, "/fake/clock", json!({ "advance": 86_400 })).await;
    call.send(&client).await.expect("the first of the next day");
    post(&server, "/fake/limits", json!({ "path": PROTOCOL })).await;
    call.send(&client).await.expect("without a limit");
}

#[tokio::test]
async fn reset_forgets_all_but_the_accounts() {
    let (server, client) = started().await;
    server.open_account("wx2", "s").expect("an account");
    card::GetColors::new().send(&client).await.expect("a response");
    server.advance(1_000_000);
    server.limit(PROTOCOL, 1).expect("a path");
    post(&server, "/fake/faults", json!({ "fault": "gbk" })).await;
    post(&server, "/fake/reset", json!({})).await;
    let state = get(&server, "/fake/state").await;
    assert_eq!((&state["accounts"], &state["tokens"], &state["ahead"]), (&json!(2), &json!(0), &json!(0)));
    assert_eq!((&state["faults"], &state["limits"]), (&json!([]), &json!({})));
    assert_eq!(get(&server, "/fake/calls").await["items"], json!([]));
    card::GetColors::new().send(&client).await.expect("the client gets another token");
}

#[tokio::test]
async fn events_are_pushed_where_the_address_is() {
    let (server, _) = started().await;
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let url = format!("http://{}/", listener.local_addr().expect("an address"));
    let answer = axum::Router::new().fallback(|| async { "success" });
    tokio::spawn(async move { axum::serve(listener, answer).await });
    post(&server, "/fake/push", json!({ "url": url, "token": "hidden-in-lists", "format": "json" })).await;
    let state = get(&server, "/fake/state").await;
    assert_eq!(state["push"], json!({ "url": url, "mode": "plain", "format": "json", "duplicates": 0 }));
    let message = json!({ "MsgType": "event", "Event": "user_get_card", "CardId": "p1" });
    post(&server, "/fake/push/event", json!({ "message": message })).await;
    let mut deliveries = get(&server, "/fake/deliveries").await;
    for _ in 0..500 {
        if deliveries["items"] != json!([]) {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(10)).await;
        deliveries = get(&server, "/fake/deliveries").await;
    }
    let delivery = &deliveries["items"][0];
    assert_eq!((&delivery["event"], &delivery["arrived"]), (&json!("user_get_card"), &json!(true)), "{deliveries}");
    let told: Value = serde_json::from_str(delivery["message"].as_str().expect("a text")).expect("JSON");
    assert_eq!(told, message);
    let unknown = json!({ "app": "wx0", "message": message }).to_string();
    let (status, told) = refused(&server, "POST", "/fake/push/event", Some(&unknown)).await;
    assert!(status == 409 && told.contains("`wx0`"), "{told}");
    assert_eq!(ask(&server, "DELETE", "/fake/push", None).await, (200, json!({})));
    assert_eq!(get(&server, "/fake/state").await["push"], Value::Null);
}

#[tokio::test]
async fn json_is_understood_whatever_the_header_says() {
    let (server, _) = started().await;
    let http = reqwest::Client::new();
    let url = format!("{}/fake/clock", server.url());
    let form = "application/x-www-form-urlencoded";
    for body in [r#" {"advance": 60}"#, "advance=60"] {
        let response = http.post(&url).header("content-type", form).body(body).send().await.expect("a response");
        assert_eq!(response.status(), 200, "{body}");
    }
    assert_eq!(get(&server, "/fake/state").await["ahead"], 120);
    let foreign = http.post(&url).header("sec-fetch-site", "cross-site").body("{}").send().await.expect("a response");
    assert_eq!(foreign.status(), 403);
}

#[tokio::test]
async fn the_log_tells_what_was_received() {
    let (server, client) = started().await;
    card::Get::new("pX2gTj9kQm4RzVb7sLw0aNcY8eUd").send(&client).await.ok();
    let received = server.assert_received::<card::Get>(1);
    assert_eq!(received[0].card_id, "pX2gTj9kQm4RzVb7sLw0aNcY8eUd");
    server.assert_received::<card::Delete>(0);
    let failed = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| server.assert_received::<card::Get>(2)));
    let message = failed.expect_err("there was one").downcast::<String>().expect("a text");
    assert!(message.starts_with("1 accepted calls of /card/get, not 2; 2 came:\n"), "{message}");
    assert!(message.contains("POST /cgi-bin/stable_token 0 ok") && message.contains("POST /card/get "), "{message}");
}

#[tokio::test]
async fn a_coupon_lives_over_http() {
    let (server, client) = started().await;
    let made = json!({ "card": { "card_type": "GIFT", "gift": { "gift": "手工茶点一份", "base_info": {
        "logo_url": "http://mmbiz.qpic.cn/mmbiz/maple0example0logo0picture/0", "code_type": "CODE_TYPE_NONE",
        "brand_name": "青禾茶室", "title": "手工茶点", "color": "Color101", "notice": "请向店员出示", "description": "兑完即止",
        "date_info": { "type": "DATE_TYPE_FIX_TERM", "fixed_term": 45, "fixed_begin_term": 0 }, "sku": { "quantity": 800 },
    } } } });
    let made: card::Create = serde_json::from_value(made).expect("a card");
    let id = made.send(&client).await.expect("a card").card_id;
    post(&server, "/fake/cards/review", json!({ "card_id": id, "verdict": "approve" })).await;
    let again = json!({ "card_id": id, "verdict": { "reject": "no" } }).to_string();
    let (status, why) = refused(&server, "POST", "/fake/cards/review", Some(&again)).await;
    assert!((400..500).contains(&status) && why.contains("review"), "{status} {why}");
    post(&server, "/fake/cards/restock", json!({ "card_id": id, "count": 5 })).await;
    post(&server, "/fake/cards/view", json!({ "card_id": id, "openid": "oA" })).await;
    let claimed = post(&server, "/fake/cards/claim", json!({ "card_id": id, "openid": "oA", "outer_str": "x" })).await;
    post(&server, "/fake/coupons/gift", json!({ "code": claimed["code"] })).await;
    post(&server, "/fake/coupons/time_out", json!({ "code": claimed["code"] })).await;
    post(&server, "/fake/coupons/gift", json!({ "code": claimed["code"] })).await;
    let taken = post(&server, "/fake/coupons/accept", json!({ "code": claimed["code"], "openid": "oB" })).await;
    post(&server, "/fake/coupons/delete", json!({ "code": taken["code"] })).await;
    let code = taken["code"].as_str().expect("a code");
    let asked = card::code::Get::new(code).check_consume(false).send(&client).await.expect("a state");
    assert_eq!((asked.openid.as_deref(), asked.user_card_status.expect("a state").as_str()), (Some("oB"), "DELETE"));
    let seeded = post(&server, "/fake/cards/seed", json!({ "card_id": id, "count": 3 })).await;
    assert_eq!(seeded["codes"].as_array().map(Vec::len), Some(3));
}
