//! `/datacube/…`.

use serde_json::json;
use weixin::Error;
use weixin::datacube::types::{CardSource, StatCardType};
use weixin::datacube::{GetCardBizuinInfo, GetCardCardInfo, GetCardMemberCardDetail, GetCardMemberCardInfo};

use crate::support::{Refusal, Server, endpoints, refused};

endpoints! {
    "/datacube/getcardbizuininfo" => bizuin,
    "/datacube/getcardcardinfo" => cards,
    "/datacube/getcardmembercardinfo" => member_cards,
    "/datacube/getcardmembercarddetail" => member_card,
}

async fn bizuin(path: &str) {
    let server = Server::answers(json!({ "list": [{
        "ref_date": "2015-06-23", "view_cnt": 1, "view_user": 2, "receive_cnt": 3, "receive_user": 4, "verify_cnt": 5,
        "verify_user": 6, "given_cnt": 7, "given_user": 8, "expire_cnt": 9, "expire_user": 10
    }] }))
    .await;
    let request = GetCardBizuinInfo::new("2015-06-15", "2015-06-30", CardSource::Platform);
    let answer = request.send(&server.client()).await.expect("an answer");
    server.saw_post(path, json!({ "begin_date": "2015-06-15", "end_date": "2015-06-30", "cond_source": 0 }));
    let [day] = &answer.list[..] else { panic!("one day") };
    assert_eq!(day.ref_date.as_deref(), Some("2015-06-23"));
    let users = [day.view_user, day.receive_user, day.verify_user, day.given_user, day.expire_user];
    assert_eq!(users, [2, 4, 6, 8, 10].map(Some));
    let times = [day.view_cnt, day.receive_cnt, day.verify_cnt, day.given_cnt, day.expire_cnt];
    assert_eq!(times, [1, 3, 5, 7, 9].map(Some));
    refused(
        &request,
        path,
        Refusal {
            code: 61501,
            name: "date_range_error",
            errmsg: "date range error",
            is: Error::is_argument,
            en: "longer than 62 days",
            zh: "超过 62 天",
        },
    )
    .await;
}

async fn cards(path: &str) {
    let server = Server::answers(json!({ "list": [{
        "ref_date": "2015-06-23", "card_id": "pTest0card", "card_type": 3, "view_cnt": 1, "view_user": 2, "receive_cnt": 3,
        "receive_user": 4, "verify_cnt": 5, "verify_user": 6, "given_cnt": 7, "given_user": 8, "expire_cnt": 9,
        "expire_user": 10
    }] }))
    .await;
    let request = GetCardCardInfo::new("2015-06-15", "2015-06-30", CardSource::Api).card_id("pTest0card");
    let answer = request.send(&server.client()).await.expect("an answer");
    server.saw_post(
        path,
        json!({
            "begin_date": "2015-06-15", "end_date": "2015-06-30", "cond_source": 1, "card_id": "pTest0card"
        }),
    );
    let [day] = &answer.list[..] else { panic!("one day") };
    assert_eq!((day.ref_date.as_deref(), day.card_id.as_deref()), (Some("2015-06-23"), Some("pTest0card")));
    assert_eq!(day.card_type, Some(StatCardType::Coupon));
    assert_eq!([day.view_cnt, day.given_user, day.expire_user], [1, 8, 10].map(Some));
    refused(
        &request,
        path,
        Refusal {
            code: 61503,
            name: "data_not_ready",
            errmsg: "data not ready",
            is: |error| error.is_busy() && error.is_retryable(),
            en: "not ready yet",
            zh: "尚未生成",
        },
    )
    .await;
}

async fn member_cards(path: &str) {
    let server = Server::answers(json!({ "list": [{
        "ref_date": "2015-06-23", "view_cnt": 1, "view_user": 2, "receive_cnt": 3, "receive_user": 4, "verify_cnt": 5,
        "verify_user": 6, "active_user": 7, "total_user": 8, "total_receive_user": 9
    }] }))
    .await;
    let request = GetCardMemberCardInfo::new("2015-06-15", "2015-06-30", CardSource::Platform);
    let answer = request.send(&server.client()).await.expect("an answer");
    server.saw_post(path, json!({ "begin_date": "2015-06-15", "end_date": "2015-06-30", "cond_source": 0 }));
    let [day] = &answer.list[..] else { panic!("one day") };
    assert_eq!(day.ref_date.as_deref(), Some("2015-06-23"));
    let counts = [day.view_cnt, day.receive_cnt, day.verify_cnt];
    assert_eq!(counts, [1, 3, 5].map(Some));
    let users = [day.view_user, day.receive_user, day.verify_user, day.active_user];
    assert_eq!(users, [2, 4, 6, 7].map(Some));
    assert_eq!([day.total_user, day.total_receive_user], [8, 9].map(Some));
    refused(
        &request,
        path,
        Refusal {
            code: 61500,
            name: "date_format_error",
            errmsg: "date format error",
            is: Error::is_argument,
            en: "wrong format",
            zh: "日期格式错误",
        },
    )
    .await;
}

async fn member_card(path: &str) {
    let server = Server::answers(json!({ "list": [{
        "ref_date": "2015-06-23", "merchanttype": 1, "cardid": "pTest0card", "submerchantid": 0, "view_cnt": 2,
        "view_user": 3, "receive_cnt": 4, "receive_user": 5, "verify_cnt": 6, "verify_user": 7, "active_cnt": 8,
        "active_user": 9, "total_user": 10, "new_user": 11, "payOriginalFee": 12, "fee": 13, "total_receive_user": 14
    }] }))
    .await;
    let request = GetCardMemberCardDetail::new("2015-06-15", "2015-06-30", "pTest0card");
    let answer = request.send(&server.client()).await.expect("an answer");
    server.saw_post(path, json!({ "begin_date": "2015-06-15", "end_date": "2015-06-30", "card_id": "pTest0card" }));
    let [day] = &answer.list[..] else { panic!("one day") };
    assert_eq!((day.merchant_type, day.submerchant_id, day.card_id.as_deref()), (Some(1), Some(0), Some("pTest0card")));
    let counts = [day.view_cnt, day.receive_cnt, day.verify_cnt, day.active_cnt];
    assert_eq!(counts, [2, 4, 6, 8].map(Some));
    let users = [day.view_user, day.receive_user, day.verify_user, day.active_user];
    assert_eq!(users, [3, 5, 7, 9].map(Some));
    assert_eq!([day.total_user, day.new_user, day.total_receive_user], [10, 11, 14].map(Some));
    assert_eq!([day.pay_original_fee, day.fee], [12, 13].map(Some));
    refused(
        &request,
        path,
        Refusal {
            code: 61502,
            name: "data_api_unsupported",
            errmsg: "unsupported",
            is: Error::is_permission,
            en: "not open to this kind of account",
            zh: "不支持数据接口",
        },
    )
    .await;
}
