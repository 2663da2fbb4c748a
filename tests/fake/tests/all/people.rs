//! What people do, asked for over HTTP: no line of Rust is needed for a whole story.

use crate::http::{get, post, refused};
use serde_json::{Value, json};
use weixin_fake::Server;
use weixin_fake::state::{Merchant, Review};

const USER: &str = "oX2gTjm7Kd5QwZr3Vb8sLnAc0eYf";
const FRIEND: &str = "oX2gTjm7Kd5QwZr3Vb8sLnAc0eYg";

/// A call with the token of the account.
async fn call(server: &Server, token: &str, path: &str, body: Value) -> Value {
    post(server, &format!("{path}?access_token={token}"), body).await
}

/// A fake, a token, and a card that waits for its review.
async fn story() -> (Server, String, String) {
    let server = Server::start().await.expect("a free port");
    let (id, secret) = server.account();
    let asked = json!({ "grant_type": "client_credential", "appid": id, "secret": secret });
    let token = post(&server, "/cgi-bin/stable_token", asked).await;
    let token = token["access_token"].as_str().expect("a token").to_owned();
    let base = json!({
        "logo_url": "http://mmbiz.qpic.cn/mmbiz/Rk7dQ2vXw9LmTzB4sYcN8hUe1oGpJf/0",
        "brand_name": "青禾茶室",
        "code_type": "CODE_TYPE_QRCODE",
        "title": "双人下午茶",
        "color": "Color020",
        "notice": "结账前请出示本券",
        "description": "每桌限用一张",
        "date_info": { "type": "DATE_TYPE_FIX_TERM", "fixed_term": 30, "fixed_begin_term": 0 },
        "sku": { "quantity": 3 },
        "can_give_friend": true,
    });
    let card = json!({ "card_type": "GROUPON", "groupon": { "base_info": base, "deal_detail": "任选一款茶" } });
    let made = call(&server, &token, "/card/create", json!({ "card": card })).await;
    let card = made["card_id"].as_str().unwrap_or_else(|| panic!("{made}")).to_owned();
    (server, token, card)
}

#[tokio::test]
async fn a_card_is_reviewed_claimed_given_away_and_deleted() {
    let (server, token, card) = story().await;
    let state = |at: usize| {
        let server = &server;
        async move { get(server, "/fake/coupons").await["items"][at].clone() }
    };
    let claim = json!({ "card_id": card, "openid": USER, "outer_str": "counter-3" });
    let (status, told) = refused(&server, "POST", "/fake/cards/claim", Some(&claim.to_string())).await;
    assert_eq!(status, 409, "it is not approved: {told}");
    post(&server, "/fake/cards/review", json!({ "card_id": card, "verdict": "approve" })).await;
    post(&server, "/fake/cards/view", json!({ "card_id": card, "openid": USER })).await;
    let code = post(&server, "/fake/cards/claim", claim).await["code"].as_str().expect("a code").to_owned();
    let found = call(&server, &token, "/card/code/get", json!({ "code": code })).await;
    assert_eq!((&found["errcode"], &found["openid"]), (&json!(0), &json!(USER)), "{found}");
    let coupon = state(0).await;
    assert_eq!((&coupon["code"], &coupon["card"], &coupon["state"]), (&json!(code), &json!(card), &json!("Normal")));
    assert_eq!(get(&server, "/fake/cards").await["items"][0]["left"], 2);

    post(&server, "/fake/coupons/gift", json!({ "code": code })).await;
    assert_eq!(state(0).await["state"], "Gifting");
    let given = post(&server, "/fake/coupons/accept", json!({ "code": code, "openid": FRIEND })).await;
    let given = given["code"].as_str().expect("a code").to_owned();
    let found = call(&server, &token, "/card/code/get", json!({ "code": given })).await;
    assert_eq!(found["openid"], FRIEND, "{found}");
    post(&server, "/fake/coupons/gift", json!({ "code": given })).await;
    post(&server, "/fake/coupons/time_out", json!({ "code": given })).await;
    post(&server, "/fake/coupons/delete", json!({ "code": given })).await;
    let all = get(&server, "/fake/coupons").await;
    let of = |code: &str| all["items"].as_array().into_iter().flatten().find(|row| row["code"] == code).cloned();
    assert_eq!(of(&given).map(|row| row["state"].clone()), Some(json!("Deleted")), "{all}");
}

#[tokio::test]
async fn a_card_is_rejected_with_a_reason() {
    let (server, _, card) = story().await;
    let verdict = json!({ "reject": "the picture is blurred" });
    post(&server, "/fake/cards/review", json!({ "card_id": card, "verdict": verdict })).await;
    assert_eq!(get(&server, "/fake/cards").await["items"][0]["reason"], "the picture is blurred");
    let unknown = json!({ "card_id": "p0", "verdict": "approve" }).to_string();
    let (status, told) = refused(&server, "POST", "/fake/cards/review", Some(&unknown)).await;
    assert!(status == 409 && told.contains("p0"), "{status} {told}");
}

#[tokio::test]
async fn many_users_get_a_coupon_at_once() {
    let (server, _, card) = story().await;
    post(&server, "/fake/cards/review", json!({ "card_id": card, "verdict": "approve" })).await;
    let seeded = post(&server, "/fake/cards/seed", json!({ "card_id": card, "count": 250 })).await;
    assert_eq!(seeded["codes"].as_array().map(Vec::len), Some(250));
    let (mut after, mut seen) = (String::new(), 0);
    loop {
        let page = get(&server, &format!("/fake/coupons?limit=100&after={after}")).await;
        seen += page["items"].as_array().map_or(0, Vec::len);
        let Some(next) = page["next"].as_str() else { break };
        after = next.replace(' ', "%20");
    }
    assert_eq!(seen, 250);
    let before = get(&server, "/fake/cards").await["items"][0]["left"].as_i64();
    post(&server, "/fake/cards/restock", json!({ "card_id": card, "count": 5 })).await;
    assert_eq!(get(&server, "/fake/cards").await["items"][0]["left"].as_i64(), before.map(|left| left + 5));
}

#[tokio::test]
async fn the_page_has_buttons_for_it() {
    let (server, _, card) = story().await;
    let http = reqwest::Client::new();
    let submit = |path: &'static str, form: String| {
        let request = http.post(format!("{}{path}", server.url())).header("accept", "text/html");
        let request = request.header("content-type", "application/x-www-form-urlencoded").body(form);
        async move { request.send().await.expect("a response").text().await.expect("a page") }
    };
    let button = |action: &str, id: (&str, &str)| {
        let hidden = |name: &str, value: &str| format!("<input type=\"hidden\" name=\"{name}\" value=\"{value}\">");
        format!("action=\"/fake{action}\">{}{}", hidden("_lang", "zh"), hidden(id.0, id.1))
    };
    let (review, claim) = (button("/cards/review", ("card_id", &card)), button("/cards/claim", ("card_id", &card)));
    let page = http.get(format!("{}/?lang=zh", server.url())).send().await.expect("a response").text().await;
    let page = page.expect("a page");
    assert_eq!((page.matches(&review).count(), page.matches(&claim).count()), (2, 1), "{page}");
    let page = submit("/fake/cards/review", format!("_lang=zh&card_id={card}&verdict.reject=42")).await;
    assert!(page.contains("<small>42</small>") && !page.contains(&review), "{page}");
    let page = submit("/fake/cards/review", format!("_lang=zh&card_id={card}&verdict=approve")).await;
    assert!(page.contains("role=\"alert\""), "it waits for no review any more: {page}");
    server.change(|state| state.cards.edit(&card).expect("a card").status = "CARD_STATUS_VERIFY_OK".to_owned());
    let page = submit("/fake/cards/claim", format!("_lang=zh&card_id={card}&openid={USER}")).await;
    let code = get(&server, "/fake/coupons").await["items"][0]["code"].as_str().expect("a code").to_owned();
    let (gift, accept) = (button("/coupons/gift", ("code", &code)), button("/coupons/accept", ("code", &code)));
    assert!(page.contains(&gift) && !page.contains(&accept), "{page}");
    let page = submit("/fake/coupons/gift", format!("_lang=zh&code={code}")).await;
    assert!(page.contains(&accept) && !page.contains(&gift), "{page}");
}

#[tokio::test]
async fn sub_merchants_and_promoters_are_steered() {
    let (server, _, _) = story().await;
    let (app, now) = (server.account().0.to_owned(), server.now());
    let merchant = Merchant {
        app,
        content: json!({ "brand_name": "<青禾茶室>" }),
        review: Review::Checking,
        reason: String::new(),
        created: now,
        updated: now,
    };
    server.change(|state| state.merchants.put("640218", merchant));
    let page = reqwest::get(format!("{}/?lang=en", server.url())).await.expect("a response").text().await;
    let page = page.expect("a page");
    assert!(page.contains("&lt;青禾茶室&gt;") && page.contains("action=\"/fake/merchants/review\""), "{page}");
    post(&server, "/fake/merchants/review", json!({ "id": 640_218, "verdict": { "reject": "no" } })).await;
    let row = &get(&server, "/fake/merchants").await["items"][0];
    assert_eq!((&row["key"], &row["review"], &row["reason"]), (&json!("640218"), &json!("Rejected"), &json!("no")));
    let again = json!({ "id": 640_218, "verdict": "approve" }).to_string();
    assert_eq!(refused(&server, "POST", "/fake/merchants/review", Some(&again)).await.0, 409);
    for path in ["/fake/relations/seed", "/fake/orders/seed"] {
        let promoter = post(&server, path, json!({ "count": 3 })).await;
        assert!(promoter["openid"].as_str().is_some_and(|openid| openid.starts_with('o')), "{path}: {promoter}");
    }
    assert_eq!(server.look(|state| (state.relations.len(), state.orders.len())), (3, 3));
    post(&server, "/fake/promoters/withdraw", json!({ "openid": USER })).await;
    let reach = json!({ "share_path": "pages/nowhere", "openid": USER }).to_string();
    assert_eq!(refused(&server, "POST", "/fake/promoters/reach", Some(&reach)).await.0, 409);
}
