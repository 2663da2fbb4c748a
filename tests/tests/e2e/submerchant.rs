//! `/card/submerchant/…`.

use serde_json::{Value, json};
use weixin::Error;
use weixin::card::submerchant::types::{
    NewSubmerchantInfo, NewSubmerchantInfoRequired, SubmerchantInfo, SubmerchantInfoUpdate,
    SubmerchantInfoUpdateRequired, SubmerchantStatus,
};
use weixin::card::submerchant::{BatchGet, Get, Submit, Update};

use crate::support::{Refusal, Server, endpoints, refused};

endpoints! {
    "/card/submerchant/submit" => submit,
    "/card/submerchant/update" => update,
    "/card/submerchant/get" => get,
    "/card/submerchant/batchget" => batchget,
}

fn info() -> Value {
    json!({
        "merchant_id": 512, "app_id": "wx0123456789abcdef", "create_time": 1425613701, "update_time": 1425613702,
        "brand_name": "小山面馆", "logo_url": "http://mmbiz.qpic.cn/a/0", "status": "CHECKING",
        "begin_time": 1425613703, "end_time": 1456788000, "primary_category_id": 1, "secondary_category_id": 101
    })
}

fn assert_info(info: &SubmerchantInfo) {
    assert_eq!((info.merchant_id, info.brand_name.as_deref()), (512, Some("小山面馆")));
    assert_eq!(info.status, Some(SubmerchantStatus::Checking));
    assert_eq!(info.app_id.as_deref(), Some("wx0123456789abcdef"));
    assert_eq!(info.logo_url.as_deref(), Some("http://mmbiz.qpic.cn/a/0"));
    assert_eq!((info.create_time, info.update_time), (Some(1_425_613_701), Some(1_425_613_702)));
    assert_eq!((info.begin_time, info.end_time), (Some(1_425_613_703), Some(1_456_788_000)));
    assert_eq!((info.primary_category_id, info.secondary_category_id), (Some(1), Some(101)));
}

async fn submit(path: &str) {
    let server = Server::answers(json!({ "info": info() })).await;
    let required = NewSubmerchantInfoRequired {
        brand_name: "小山面馆".into(),
        logo_url: "http://mmbiz.qpic.cn/a/0".into(),
        protocol: "media-1".into(),
        end_time: 1_456_788_000,
        primary_category_id: 1,
        secondary_category_id: 101,
    };
    let request = Submit::new(
        NewSubmerchantInfo::new(required)
            .app_id("wx0123456789abcdef")
            .agreement_media_id("media-2")
            .operator_media_id("media-3"),
    );
    let answer = request.send(&server.client()).await.expect("an answer");
    server.saw_post(
        path,
        json!({ "info": {
        "app_id": "wx0123456789abcdef", "brand_name": "小山面馆", "logo_url": "http://mmbiz.qpic.cn/a/0",
        "protocol": "media-1", "end_time": 1_456_788_000, "primary_category_id": 1, "secondary_category_id": 101,
        "agreement_media_id": "media-2", "operator_media_id": "media-3"
    } }),
    );
    assert_info(&answer.info);
    refused(
        &request,
        path,
        Refusal {
            code: 40104,
            name: "invalid_category_id",
            errmsg: "invalid category id",
            is: Error::is_argument,
            en: "category id of the new sub-merchant",
            zh: "创建子商户时填写的类目",
        },
    )
    .await;
}

async fn update(path: &str) {
    let server = Server::answers(json!({ "info": info() })).await;
    let request = Update::new(SubmerchantInfoUpdate::new(SubmerchantInfoUpdateRequired {
        merchant_id: 512,
        brand_name: "小山面馆".into(),
        logo_url: "http://mmbiz.qpic.cn/a/0".into(),
        protocol: "media-1".into(),
        end_time: 1_456_788_000,
        primary_category_id: 1,
        secondary_category_id: 101,
    }));
    let answer = request.send(&server.client()).await.expect("an answer");
    server.saw_post(
        path,
        json!({ "info": {
        "merchant_id": 512, "brand_name": "小山面馆", "logo_url": "http://mmbiz.qpic.cn/a/0", "protocol": "media-1",
        "end_time": 1_456_788_000, "primary_category_id": 1, "secondary_category_id": 101
    } }),
    );
    assert_info(answer.info.as_ref().expect("the sub-merchant"));
    refused(
        &request,
        path,
        Refusal {
            code: 40139,
            name: "invalid_sub_merchant_id",
            errmsg: "invalid sub merchant id",
            is: Error::is_argument,
            en: "No sub-merchant of the calling account",
            zh: "调用账号下没有",
        },
    )
    .await;
}

async fn get(path: &str) {
    let server = Server::answers(json!({ "info": info() })).await;
    let request = Get::new(512);
    let answer = request.send(&server.client()).await.expect("an answer");
    server.saw_post(path, json!({ "merchant_id": 512 }));
    assert_info(&answer.info);
    refused(
        &request,
        path,
        Refusal {
            code: 43014,
            name: "agent_unauthorized",
            errmsg: "no permission",
            is: Error::is_permission,
            en: "may not manage sub-merchants",
            zh: "不能管理子商户",
        },
    )
    .await;
}

async fn batchget(path: &str) {
    let server = Server::answers(json!({ "info_list": [info(), info()], "next_begin_id": 513 })).await;
    let request = BatchGet::new(0, 50).status(SubmerchantStatus::Checking);
    let answer = request.send(&server.client()).await.expect("an answer");
    server.saw_post(path, json!({ "begin_id": 0, "limit": 50, "status": "CHECKING" }));
    assert_eq!((answer.info_list.len(), answer.next_begin_id), (2, Some(513)));
    answer.info_list.iter().for_each(assert_info);
    refused(
        &request,
        path,
        Refusal {
            code: -1,
            name: "system_busy",
            errmsg: "system error",
            is: |error| error.is_busy() && error.is_retryable(),
            en: "busy",
            zh: "繁忙",
        },
    )
    .await;
}
