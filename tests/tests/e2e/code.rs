//! `/card/code/…`.

use serde_json::json;
use weixin::Error;
use weixin::card::code::{Consume, Decrypt, Get, Mark, Unavailable, Update, UserCardStatus};

use crate::support::{Refusal, Server, endpoints, refused};

endpoints! {
    "/card/code/get" => get,
    "/card/code/update" => update,
    "/card/code/unavailable" => unavailable,
    "/card/code/consume" => consume,
    "/card/code/decrypt" => decrypt,
    "/card/code/mark" => mark,
}

async fn get(path: &str) {
    let server = Server::answers(json!({
        "errcode": 0, "errmsg": "ok",
        "card": { "card_id": "pTest0card", "begin_time": 1404205036, "end_time": 4294967295_u32 },
        "openid": "oTest0user", "can_consume": false, "user_card_status": "GIFT_TIMEOUT"
    }))
    .await;
    let request = Get::new("110201201245").card_id("pTest0card").check_consume(false);
    let answer = request.send(&server.client()).await.expect("an answer");
    server.saw_post(path, json!({ "code": "110201201245", "card_id": "pTest0card", "check_consume": false }));
    let card = answer.card.as_ref().expect("the card");
    assert_eq!(card.card_id.as_deref(), Some("pTest0card"));
    assert_eq!((card.begin_time, card.end_time), (Some(1_404_205_036), Some(4_294_967_295)));
    assert_eq!((answer.openid.as_deref(), answer.can_consume), (Some("oTest0user"), Some(false)));
    assert_eq!(answer.user_card_status, Some(UserCardStatus::GiftTimeout));
    refused(
        &request,
        path,
        Refusal {
            code: 40127,
            name: "invalid_user_card_status",
            errmsg: "invalid user-card status! Hint: [a1b2]",
            is: Error::is_state,
            en: "read `user_card_status` for the exact state",
            zh: "通过 `user_card_status` 了解具体状态",
        },
    )
    .await;
    refused(
        &request,
        path,
        Refusal {
            code: 40056,
            name: "invalid_code",
            errmsg: "invalid serial code",
            is: Error::is_missing,
            en: "nobody has added it",
            zh: "未被任何用户添加",
        },
    )
    .await;
}

async fn update(path: &str) {
    let server = Server::answers(json!({ "errcode": 0, "errmsg": "ok" })).await;
    let request = Update::new("110201201245", "3495739475").card_id("pTest0card");
    request.send(&server.client()).await.expect("an answer");
    server.saw_post(path, json!({ "code": "110201201245", "card_id": "pTest0card", "new_code": "3495739475" }));
    refused(
        &request,
        path,
        Refusal {
            code: 40056,
            name: "invalid_code",
            errmsg: "invalid serial code",
            is: Error::is_missing,
            en: "code is not valid",
            zh: "Code 无效",
        },
    )
    .await;
}

async fn unavailable(path: &str) {
    let server = Server::answers(json!({ "errcode": 0, "errmsg": "ok" })).await;
    let request = Unavailable::new("110201201245").card_id("pTest0card").reason("退款");
    request.send(&server.client()).await.expect("an answer");
    server.saw_post(path, json!({ "code": "110201201245", "card_id": "pTest0card", "reason": "退款" }));
    refused(
        &request,
        path,
        Refusal {
            code: 40073,
            name: "invalid_card_id",
            errmsg: "invalid card id",
            is: Error::is_argument,
            en: "card_id is invalid",
            zh: "card_id 不合法",
        },
    )
    .await;
}

async fn consume(path: &str) {
    let server = Server::answers(json!({
        "errcode": 0, "errmsg": "ok", "card": { "card_id": "pTest0card" }, "openid": "oTest0user"
    }))
    .await;
    let request = Consume::new("110201201245").card_id("pTest0card");
    let answer = request.send(&server.client()).await.expect("an answer");
    server.saw_post(path, json!({ "code": "110201201245", "card_id": "pTest0card" }));
    let card_id = answer.card.as_ref().and_then(|card| card.card_id.as_deref());
    assert_eq!((card_id, answer.openid.as_deref()), (Some("pTest0card"), Some("oTest0user")));
    // At this endpoint the code does not mean what it means elsewhere.
    refused(
        &request,
        path,
        Refusal {
            code: 40003,
            name: "invalid_openid",
            errmsg: "invalid openid",
            is: Error::is_argument,
            en: "nobody has marked it",
            zh: "未处于展示（mark）状态",
        },
    )
    .await;
}

async fn decrypt(path: &str) {
    let server = Server::answers(json!({ "errcode": 0, "errmsg": "ok", "code": "751234212312" })).await;
    let request = Decrypt::new("XXIzTtMqCxwOaawoE91+VJdsFmv7b8g0=");
    let answer = request.send(&server.client()).await.expect("an answer");
    server.saw_post(path, json!({ "encrypt_code": "XXIzTtMqCxwOaawoE91+VJdsFmv7b8g0=" }));
    assert_eq!(answer.code, "751234212312");
    refused(
        &request,
        path,
        Refusal {
            code: 40075,
            name: "invalid_encrypt_code",
            errmsg: "invalid encrypt code",
            is: Error::is_argument,
            en: "encrypted code is wrong",
            zh: "加密 Code 错误",
        },
    )
    .await;
}

async fn mark(path: &str) {
    let server = Server::answers(json!({ "errcode": 0, "errmsg": "ok" })).await;
    let request = Mark::new("110201201245", "pTest0card", "oTest0user", false);
    request.send(&server.client()).await.expect("an answer");
    server.saw_post(
        path,
        json!({
            "code": "110201201245", "card_id": "pTest0card", "openid": "oTest0user", "is_mark": false
        }),
    );
    refused(
        &request,
        path,
        Refusal {
            code: 40099,
            name: "code_consumed",
            errmsg: "code consumed",
            is: Error::is_state,
            en: "has been redeemed already",
            zh: "已被核销",
        },
    )
    .await;
}
