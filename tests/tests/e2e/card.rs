//! `/card/…`: reading, stock and the small calls.

use serde_json::json;
use weixin::Error;
use weixin::card::types::{Card, CardStatus, CodeType, DateInfo, Weekday};
use weixin::card::{BatchGet, Delete, Get, GetApplyProtocol, GetColors, ModifyStock};

use crate::support::{Refusal, Server, endpoints, refused};

endpoints! {
    "/card/get" => get,
    "/card/batchget" => batchget,
    "/card/modifystock" => modifystock,
    "/card/delete" => delete,
    "/card/getcolors" => getcolors,
    "/card/getapplyprotocol" => getapplyprotocol,
}

async fn get(path: &str) {
    let server = Server::answers(json!({
        "errcode": 0, "errmsg": "ok",
        "card": { "card_type": "DISCOUNT", "discount": {
            "base_info": {
                "id": "pTest0card", "logo_url": "http://mmbiz.qpic.cn/a/0", "code_type": "CODE_TYPE_NONE",
                "brand_name": "小山面馆", "title": "九折券", "date_info": { "type": "DATE_TYPE_FIX_TERM", "fixed_term": 30, "fixed_begin_term": 0 },
                "color": "#10AD61", "notice": "出示即可", "description": "", "location_id_list": [218384742, 402521653],
                "get_limit": 4294967295_u32, "can_share": true, "can_give_friend": false, "status": "CARD_STATUS_DISPATCH",
                "sku": { "quantity": 92, "total_quantity": 100 }, "create_time": 1448957090, "update_time": 1448963331,
                "area_code_list": [], "something_new": { "a": [1] }
            },
            "discount": 10,
            "advanced_info": {
                "time_limit": [{ "type": "MONDAY" }], "text_image_list": [], "business_service": [],
                "consume_share_card_list": [], "abstract": { "abstract": "点开看看", "icon_url_list": ["http://mmbiz.qpic.cn/b/0"] },
                "share_friends": false
            }
        } }
    }))
    .await;
    let request = Get::new("pTest0card");
    let answer = request.send(&server.client()).await.expect("an answer");
    server.saw_post(path, json!({ "card_id": "pTest0card" }));
    let Card::Discount(card) = answer.card else { panic!("a discount coupon") };
    assert_eq!(card.discount, Some(10));
    let base = &card.base_info;
    assert_eq!((base.id.as_deref(), base.title.as_deref()), (Some("pTest0card"), Some("九折券")));
    assert_eq!((&base.code_type, &base.status), (&Some(CodeType::NoCode), &Some(CardStatus::Dispatch)));
    assert_eq!((base.get_limit, base.description.as_deref()), (Some(4_294_967_295), Some("")));
    assert_eq!(base.location_id_list, [218_384_742, 402_521_653]);
    assert_eq!((base.can_share, base.can_give_friend), (Some(true), Some(false)));
    let Some(DateInfo::FixTerm(term)) = &base.date_info else { panic!("a term") };
    assert_eq!((term.fixed_term, term.fixed_begin_term), (Some(30), Some(0)));
    let sku = base.sku.as_ref().expect("a stock");
    assert_eq!((sku.quantity, sku.total_quantity), (Some(92), Some(100)));
    let advanced = card.advanced_info.as_ref().expect("advanced_info");
    assert_eq!(advanced.time_limit.iter().map(|days| &days.day).collect::<Vec<_>>(), [&Weekday::Monday]);
    assert_eq!(advanced.summary.as_ref().and_then(|cover| cover.text.as_deref()), Some("点开看看"));
    assert_eq!(advanced.share_friends, Some(false));
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

async fn batchget(path: &str) {
    let server = Server::answers(json!({
        "errcode": 0, "errmsg": "ok", "card_id_list": ["pTest0one", "pTest0two"], "total_num": 2
    }))
    .await;
    let request = BatchGet::new(0, 10).status_list([CardStatus::VerifyOk, CardStatus::Dispatch]);
    let answer = request.send(&server.client()).await.expect("an answer");
    server.saw_post(
        path,
        json!({
            "offset": 0, "count": 10, "status_list": ["CARD_STATUS_VERIFY_OK", "CARD_STATUS_DISPATCH"]
        }),
    );
    assert_eq!(
        (answer.card_id_list, answer.total_num),
        (vec!["pTest0one".to_owned(), "pTest0two".to_owned()], Some(2))
    );
    refused(
        &request,
        path,
        Refusal {
            code: 48001,
            name: "api_unauthorized",
            errmsg: "api unauthorized",
            is: Error::is_permission,
            en: "may not use this interface",
            zh: "无此接口权限",
        },
    )
    .await;
}

async fn modifystock(path: &str) {
    let server = Server::answers(json!({ "errcode": 0, "errmsg": "ok" })).await;
    let request = ModifyStock::new("pTest0card").increase_stock_value(1231).reduce_stock_value(0);
    request.send(&server.client()).await.expect("an answer");
    server.saw_post(path, json!({ "card_id": "pTest0card", "increase_stock_value": 1231, "reduce_stock_value": 0 }));
    refused(
        &request,
        path,
        Refusal {
            code: 73208,
            name: "friends_coupon_stock_closed",
            errmsg: "closed",
            is: Error::is_closed,
            en: "can no longer be changed",
            zh: "已不支持修改库存",
        },
    )
    .await;
}

async fn delete(path: &str) {
    let server = Server::answers(json!({ "errcode": 0, "errmsg": "ok" })).await;
    let request = Delete::new("pTest0card");
    request.send(&server.client()).await.expect("an answer");
    server.saw_post(path, json!({ "card_id": "pTest0card" }));
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

async fn getcolors(path: &str) {
    let server = Server::answers(json!({
        "errcode": 0, "errmsg": "ok",
        "colors": [{ "name": "Color010", "value": "#63b359" }, { "name": "Color102", "value": "#5E6671" }]
    }))
    .await;
    let request = GetColors::new();
    let answer = request.send(&server.client()).await.expect("an answer");
    server.saw_get(path);
    let colors: Vec<_> = answer.colors.iter().map(|color| (color.name.as_str(), color.value.as_deref())).collect();
    assert_eq!(colors, [("Color010", Some("#63b359")), ("Color102", Some("#5E6671"))]);
    refused(
        &request,
        path,
        Refusal {
            code: 45009,
            name: "daily_quota_reached",
            errmsg: "reach max api daily quota limit",
            is: Error::is_quota,
            en: "used up",
            zh: "已用完",
        },
    )
    .await;
}

async fn getapplyprotocol(path: &str) {
    let server = Server::answers(json!({
        "category": [{
            "primary_category_id": 1, "category_name": "美食",
            "secondary_category": [
                {
                    "secondary_category_id": 101, "category_name": "粤菜",
                    "need_qualification_stuffs": ["food_service_license_id", "food_service_license_bizmedia_id"],
                    "can_choose_prepaid_card": 1, "can_choose_payment_card": 0
                },
                { "secondary_category_id": 102 }
            ]
        }],
        "errcode": 0, "errmsg": "ok"
    }))
    .await;
    let request = GetApplyProtocol::new();
    let answer = request.send(&server.client()).await.expect("an answer");
    server.saw_get(path);
    let [first] = &answer.category[..] else { panic!("one category") };
    assert_eq!((first.primary_category_id, first.category_name.as_deref()), (1, Some("美食")));
    let [second, bare] = &first.secondary_category[..] else { panic!("two categories") };
    assert_eq!((second.secondary_category_id, second.category_name.as_deref()), (101, Some("粤菜")));
    assert_eq!(second.need_qualification_stuffs, ["food_service_license_id", "food_service_license_bizmedia_id"]);
    assert_eq!((second.can_choose_prepaid_card, second.can_choose_payment_card), (Some(1), Some(0)));
    assert_eq!((bare.secondary_category_id, &bare.need_qualification_stuffs), (102, &Vec::new()));
    refused(
        &request,
        path,
        Refusal { code: -1, name: "system_busy", errmsg: "system error", is: Error::is_busy, en: "busy", zh: "繁忙" },
    )
    .await;
}
