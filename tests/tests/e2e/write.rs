//! `/card/create` and `/card/update`.

use serde_json::json;
use weixin::Error;
use weixin::card::types::{
    BaseInfoUpdate, CodeType, CustomCell, CustomField, CustomFieldName, DateInfoUpdate, FixTimeRangeUpdate,
    GrouponUpdate, MemberCardUpdate, NewBaseInfo, NewBaseInfoRequired, NewFixTimeRange, NewGroupon, NewSku,
    SubMerchantInfo,
};
use weixin::card::{Create, Update};

use crate::support::{Refusal, Server, endpoints, refused};

endpoints! {
    "/card/create" => create,
    "/card/update" => update,
}

async fn create(path: &str) {
    let server = Server::answers(json!({ "errcode": 0, "errmsg": "ok", "card_id": "pTest0new" })).await;
    let base_info = NewBaseInfo::new(NewBaseInfoRequired {
        logo_url: "http://mmbiz.qpic.cn/a/0".into(),
        code_type: CodeType::Text,
        brand_name: "海底捞".into(),
        title: "132元双人火锅套餐".into(),
        color: "Color010".into(),
        notice: "使用时向服务员出示此券".into(),
        description: "不可与其他优惠同享\n店内均可使用".into(),
        date_info: NewFixTimeRange::new(1_397_577_600, 1_422_724_261).into(),
        sku: NewSku::new(50_000_000),
    })
    .sub_merchant_info(SubMerchantInfo::new(512))
    .sub_title("")
    .get_limit(3)
    .use_custom_code(false)
    .bind_openid(false)
    .can_share(true)
    .can_give_friend(true)
    .location_id_list([123, 12_321, 345_345])
    .custom_url_name("立即使用")
    .custom_url("http://shop.example.com")
    .custom_url_sub_title("6个汉字tips")
    .promotion_url_name("更多优惠")
    .promotion_url("http://shop.example.com/more")
    .source("大众点评");
    let request = Create::new(NewGroupon::new(base_info, "以下锅底2选1:\n菌王锅1份 12元"));
    let answer = request.send(&server.client()).await.expect("an answer");
    server.saw_post(path, json!({ "card": { "card_type": "GROUPON", "groupon": {
        "base_info": {
            "sub_merchant_info": { "merchant_id": 512 },
            "logo_url": "http://mmbiz.qpic.cn/a/0", "code_type": "CODE_TYPE_TEXT", "brand_name": "海底捞",
            "title": "132元双人火锅套餐", "sub_title": "", "color": "Color010", "notice": "使用时向服务员出示此券",
            "description": "不可与其他优惠同享\n店内均可使用",
            "date_info": { "type": "DATE_TYPE_FIX_TIME_RANGE", "begin_timestamp": 1_397_577_600, "end_timestamp": 1_422_724_261 },
            "sku": { "quantity": 50_000_000 }, "get_limit": 3, "use_custom_code": false, "bind_openid": false,
            "can_share": true, "can_give_friend": true, "location_id_list": [123, 12_321, 345_345],
            "custom_url_name": "立即使用", "custom_url": "http://shop.example.com", "custom_url_sub_title": "6个汉字tips",
            "promotion_url_name": "更多优惠", "promotion_url": "http://shop.example.com/more", "source": "大众点评"
        },
        "deal_detail": "以下锅底2选1:\n菌王锅1份 12元"
    } } }));
    assert_eq!(answer.card_id, "pTest0new");
    refused(
        &request,
        path,
        Refusal {
            code: 40140,
            name: "invalid_sub_merchant_status",
            errmsg: "invalid status",
            is: Error::is_state,
            en: "only for an approved sub-merchant",
            zh: "要求子商户已审核通过",
        },
    )
    .await;
}

async fn update(path: &str) {
    let server = Server::answers(json!({ "errcode": 0, "errmsg": "ok", "send_check": true })).await;
    let base_info = BaseInfoUpdate::new()
        .logo_url("http://mmbiz.qpic.cn/a/0")
        .color("Color010")
        .notice("出示即可")
        .service_phone("020-88888888")
        .description("不可转让")
        .location_id_list([123, 12_321])
        .date_info(FixTimeRangeUpdate::new().begin_timestamp(1_397_577_600).end_timestamp(1_472_724_261));
    let card = MemberCardUpdate::new()
        .base_info(base_info)
        .bonus_cleared("年底清零")
        .bonus_rules("一元一分")
        .prerogative("")
        .custom_field1(CustomField::new().name_type(CustomFieldName::Stamp).url("https://shop.example.com/s"))
        .custom_cell1(CustomCell::new().name("更多").tips("新").url("https://shop.example.com/m"));
    let request = Update::new("pTest0card", card);
    let answer = request.send(&server.client()).await.expect("an answer");
    server.saw_post(path, json!({ "card_id": "pTest0card", "member_card": {
        "base_info": {
            "logo_url": "http://mmbiz.qpic.cn/a/0", "color": "Color010", "notice": "出示即可",
            "service_phone": "020-88888888", "description": "不可转让", "location_id_list": [123, 12_321],
            "date_info": { "type": "DATE_TYPE_FIX_TIME_RANGE", "begin_timestamp": 1_397_577_600, "end_timestamp": 1_472_724_261 }
        },
        "bonus_cleared": "年底清零", "bonus_rules": "一元一分", "prerogative": "",
        "custom_field1": { "name_type": "FIELD_NAME_TYPE_STAMP", "url": "https://shop.example.com/s" },
        "custom_cell1": { "name": "更多", "tips": "新", "url": "https://shop.example.com/m" }
    } }));
    assert_eq!(answer.send_check, Some(true));
    refused(
        &request,
        path,
        Refusal {
            code: 40071,
            name: "invalid_card_type",
            errmsg: "invalid card type",
            is: Error::is_argument,
            en: "wrong shape",
            zh: "结构有误",
        },
    )
    .await;

    // A text clears the list of shops.
    let server = Server::answers(json!({ "errcode": 0, "errmsg": "ok", "send_check": false })).await;
    let base_info = BaseInfoUpdate::new()
        .location_id_list("0")
        .date_info(DateInfoUpdate::FixTimeRange(FixTimeRangeUpdate::new().end_timestamp(1_472_724_262)));
    let request = Update::new("pTest0card", GrouponUpdate::new().base_info(base_info));
    let answer = request.send(&server.client()).await.expect("an answer");
    server.saw_post(
        path,
        json!({ "card_id": "pTest0card", "groupon": { "base_info": {
        "location_id_list": "0", "date_info": { "type": "DATE_TYPE_FIX_TIME_RANGE", "end_timestamp": 1_472_724_262 }
    } } }),
    );
    assert_eq!(answer.send_check, Some(false));
}
