//! `/promoter/…`.

use serde_json::json;
use weixin::Error;
use weixin::promoter::types::{EnvVersion, NeedUnionId, OrderStatus, ShareType};
use weixin::promoter::{GetOrder, GetRelation, GetShareMaterial};

use crate::support::{Refusal, Server, endpoints, refused};

endpoints! {
    "/promoter/getsharematerial" => share_material,
    "/promoter/getrelation" => relation,
    "/promoter/getorder" => order,
}

async fn share_material(path: &str) {
    let server = Server::answers(json!({
        "share_path": "pages/plum/index?token=aZ19", "qrcode": "/9j/4AAQ", "tag": "#小程序://梅子/aZ19",
        "errcode": 0, "errmsg": "OK"
    }))
    .await;
    let request = GetShareMaterial::new("pages/plum/index", "oTest0promoter")
        .extra_info("desk=3")
        .title("梅子季")
        .share_type(ShareType::ShortLink)
        .env_version(EnvVersion::Trial);
    let answer = request.send(&server.client()).await.expect("an answer");
    server.saw_post(
        path,
        json!({
            "path": "pages/plum/index", "openid": "oTest0promoter", "extra_info": "desk=3", "title": "梅子季",
            "share_type": 1, "env_version": "trial"
        }),
    );
    assert_eq!(answer.share_path.as_deref(), Some("pages/plum/index?token=aZ19"));
    assert_eq!(answer.qrcode.as_deref(), Some("/9j/4AAQ"));
    assert_eq!(answer.tag.as_deref(), Some("#小程序://梅子/aZ19"));
    refused(
        &request,
        path,
        Refusal {
            code: 103_006,
            name: "promoter_data_not_found",
            errmsg: "data not exist",
            is: Error::is_missing,
            en: "has not declared this promoter",
            zh: "未申报该推广员",
        },
    )
    .await;
    let server = Server::answers(json!({ "share_path": "p", "errcode": 0 })).await;
    GetShareMaterial::new("p", "o").send(&server.client()).await.expect("an answer");
    server.saw_post(path, json!({ "path": "p", "openid": "o" }));
}

async fn relation(path: &str) {
    let server = Server::answers(json!({
        "relation_list": [{
            "promoter_openid": "uPromoter", "role_id": 2, "retail_id": "r-5", "extra_info": "desk=3", "openid": "uVisitor",
            "create_time": 1728964513, "path": "pages/plum/index", "scene": 1011, "share_extra_info": "poster=1"
        }],
        "total_cnt": 1, "start_id": "31", "errcode": 0, "errmsg": "OK"
    }))
    .await;
    let request = GetRelation::new("oTest0promoter")
        .begin_time(1_728_921_601)
        .end_time(1_729_007_998)
        .scene(1011)
        .path("pages/plum/index")
        .start_id("30")
        .need_unionid(NeedUnionId::UnionId);
    let answer = request.send(&server.client()).await.expect("an answer");
    server.saw_post(
        path,
        json!({
            "openid": "oTest0promoter", "begin_time": 1_728_921_601, "end_time": 1_729_007_998, "scene": 1011,
            "path": "pages/plum/index", "start_id": "30", "need_unionid": 1
        }),
    );
    let [row] = &answer.relation_list[..] else { panic!("one row") };
    assert_eq!((row.promoter_openid.as_deref(), row.openid.as_str()), (Some("uPromoter"), "uVisitor"));
    assert_eq!((row.role_id, row.scene, row.create_time), (Some(2), Some(1011), Some(1_728_964_513)));
    assert_eq!(row.retail_id.as_deref(), Some("r-5"));
    assert_eq!(row.extra_info.as_deref(), Some("desk=3"));
    assert_eq!(row.path.as_deref(), Some("pages/plum/index"));
    assert_eq!(row.share_extra_info.as_deref(), Some("poster=1"));
    assert_eq!((answer.total_cnt, answer.start_id.as_deref()), (Some(1), Some("31")));
    refused(
        &request,
        path,
        Refusal {
            code: 103_006,
            name: "promoter_data_not_found",
            errmsg: "data not exist",
            is: |error| error.is_missing() && error.is_page_end(),
            en: "the end of the list is reached",
            zh: "已拉取到末尾",
        },
    )
    .await;
    refused(
        &request,
        path,
        Refusal {
            code: 103_007,
            name: "promoter_openid_invalid",
            errmsg: "openid invalid",
            is: |error| error.is_argument() && !error.is_page_end(),
            en: "openid is invalid",
            zh: "openid 不合法",
        },
    )
    .await;
}

async fn order(path: &str) {
    let server = Server::answers(json!({
        "order_list": [
            {
                "promoter_openid": "uPromoter", "role_id": 2, "retail_id": "r-5", "extra_info": "desk=3", "openid": "uVisitor",
                "create_time": 1728964513, "path": "pages/plum/index", "scene": 1011, "share_extra_info": "poster=1",
                "mch_id": "1680042518", "trade_no": "42000024", "out_trade_no": "P-71", "status": 2,
                "paid_amount": 2591, "paid_time": 1728964689, "refunded_time": 1728969022
            },
            {
                "promoter_openid": "uPromoter", "openid": "uOther", "create_time": 1728964514, "trade_no": "42000025",
                "status": 1
            }
        ],
        "total_cnt": 2, "start_id": "33", "errcode": 0, "errmsg": "OK"
    }))
    .await;
    let request = GetOrder::new("oTest0promoter")
        .mch_id("1680042518")
        .trade_no("42000024")
        .out_trade_no("P-71")
        .status(OrderStatus::RefundAccepted)
        .start_id("31")
        .need_unionid(NeedUnionId::UnionId)
        .date(20_241_015);
    let answer = request.send(&server.client()).await.expect("an answer");
    server.saw_post(path, json!({
        "openid": "oTest0promoter", "mch_id": "1680042518", "trade_no": "42000024", "out_trade_no": "P-71", "status": 2,
        "start_id": "31", "need_unionid": 1, "date": 20_241_015
    }));
    let [full, scant] = &answer.order_list[..] else { panic!("two rows") };
    assert_eq!((full.trade_no.as_deref(), &full.status), (Some("42000024"), &Some(OrderStatus::RefundAccepted)));
    assert_eq!(
        (full.paid_amount, full.paid_time, full.refunded_time),
        (Some(2591), Some(1_728_964_689), Some(1_728_969_022))
    );
    assert_eq!((full.mch_id.as_deref(), full.out_trade_no.as_deref()), (Some("1680042518"), Some("P-71")));
    assert_eq!((full.scene, full.role_id, full.share_extra_info.as_deref()), (Some(1011), Some(2), Some("poster=1")));
    assert_eq!((scant.openid.as_deref(), &scant.status), (Some("uOther"), &Some(OrderStatus::PaymentCompleted)));
    assert_eq!((scant.paid_amount, scant.refunded_time, &scant.mch_id), (None, None, &None));
    assert_eq!((answer.total_cnt, answer.start_id.as_deref()), (Some(2), Some("33")));
    refused(
        &request,
        path,
        Refusal {
            code: 103_001,
            name: "promoter_parameter_invalid",
            errmsg: "invalid param",
            is: Error::is_argument,
            en: "invalid or missing",
            zh: "参数不合法或缺失",
        },
    )
    .await;
}
