//! Materials, relations and orders of promoters.

use std::time::{Duration, Instant};

use crate::started::started;
use weixin::promoter::types::{EnvVersion, NeedUnionId, OrderStatus, ShareType};
use weixin::promoter::{GetOrder, GetRelation, GetShareMaterial};
use weixin::{Client, ValidationPolicy};
use weixin_fake::Server;

#[tokio::test]
async fn ten_thousand_relations_come_page_by_page() {
    let (server, client) = started().await;
    let begun = Instant::now();
    let promoter = server.seed_relations(10_000);
    assert!(begun.elapsed() < Duration::from_secs(2), "{:?}", begun.elapsed());
    let mut items = client.items(&GetRelation::new(promoter));
    let mut seen = std::collections::BTreeSet::new();
    while let Some(item) = items.next().await {
        let item = item.unwrap();
        assert_eq!(item.promoter_openid.as_deref(), Some(promoter));
        assert!(item.create_time.is_some_and(|at| at <= server.now()));
        seen.insert(item.openid);
    }
    assert_eq!(seen.len(), 10_000);
    // Ten full pages, and one that says that there is no more.
    assert_eq!(server.received::<GetRelation>().len(), 11);
    let error = GetRelation::new(promoter).start_id("10001").send(&client).await.unwrap_err();
    assert_eq!(error.code(), Some(103006), "{error}");
}

#[tokio::test]
async fn relations_are_found_by_time_scene_and_path() {
    let (server, client) = started().await;
    let promoter = server.seed_relations(2_500);
    let of = || GetRelation::new(promoter);
    let count = |request: GetRelation| {
        let client = client.clone();
        async move { request.send(&client).await.map(|page| page.total_cnt.unwrap()).map_err(|error| error.code()) }
    };
    let rows = server.look(|state| state.relations.iter().map(|(_, row)| row.since).collect::<Vec<_>>());
    assert_eq!(count(of().begin_time(rows[10]).end_time(rows[19])).await, Ok(10));
    assert_eq!(count(of().begin_time(server.now() + 60)).await, Err(Some(103006)));
    assert_eq!(count(of().path("pages/autumn/index")).await, Ok(1_000));
    assert_eq!(count(of().path("pages/other")).await, Err(Some(103006)));
    assert_eq!(count(of().scene(1_011_u32)).await, Err(Some(103006)));
    assert_eq!(count(of().start_id("2001")).await, Ok(500));
    assert_eq!(count(of().start_id("next")).await, Err(Some(103001)));
    assert_eq!(count(GetRelation::new("onobody")).await, Err(Some(103006)));
}

#[tokio::test]
async fn people_are_known_by_their_unionid_where_it_is_asked_for() {
    let (server, client) = started().await;
    let promoter = server.seed_relations(1);
    let page = GetRelation::new(promoter).need_unionid(NeedUnionId::UnionId).send(&client).await.unwrap();
    let unionid = page.relation_list[0].promoter_openid.clone().unwrap();
    assert_ne!(unionid, promoter);
    let by_unionid = GetRelation::new(unionid).send(&client).await.unwrap();
    assert_eq!(by_unionid.relation_list[0].promoter_openid.as_deref(), Some(promoter));
}

#[tokio::test]
async fn orders_come_page_by_page_and_by_what_they_are() {
    let (server, client) = started().await;
    let promoter = server.seed_orders(2_345);
    let mut items = client.items(&GetOrder::new(promoter));
    let mut all = Vec::new();
    while let Some(item) = items.next().await {
        all.push(item.unwrap());
    }
    assert_eq!(all.len(), 2_345);
    let refunded: Vec<_> = all.iter().filter(|it| it.refunded_time.is_some()).collect();
    assert_eq!(refunded.len(), 234);
    assert!(refunded.iter().all(|it| it.status == Some(OrderStatus::RefundAccepted)));
    let found = GetOrder::new(promoter).status(OrderStatus::RefundAccepted).send(&client).await.unwrap();
    assert_eq!(found.order_list.len(), 234);
    let number = all[7].trade_no.clone().unwrap();
    let found = GetOrder::new(promoter).trade_no(number.as_str()).send(&client).await.unwrap();
    assert_eq!(found.order_list, [all[7].clone()]);
    // They are a minute apart: a day holds no more than so many.
    let day = weixin_runtime::calendar::date(i64::try_from((all[0].paid_time.unwrap() + 8 * 3_600) / 86_400).unwrap());
    let day: u32 = day.replace('-', "").parse().unwrap();
    let of_day = GetOrder::new(promoter).date(day).send(&client).await.unwrap();
    assert!((1..=1_000).contains(&of_day.order_list.len()));
    assert_eq!(of_day.order_list[0], all[0]);
    let error = GetOrder::new(promoter).out_trade_no("none").send(&client).await.unwrap_err();
    assert_eq!(error.code(), Some(103006));
}

#[tokio::test]
async fn what_is_made_up_is_the_same_again() {
    let (one, _) = started().await;
    let (other, _) = started().await;
    let contents = |server: &Server| {
        server.seed_orders(20);
        server.look(|state| {
            let all = state.orders.iter().map(|(_, row)| row.content["trade_no"].clone());
            all.collect::<Vec<_>>()
        })
    };
    assert_eq!(contents(&one), contents(&other));
    // More of them go on where those before have ended.
    assert_eq!(contents(&one).len(), 40);
}

#[tokio::test]
async fn a_material_leads_to_its_promoter_for_thirty_days() {
    let (server, client) = started().await;
    let request = GetShareMaterial::new("pages/autumn/index", "opromoter").extra_info("poster=7");
    let material = request.send(&client).await.unwrap();
    assert!(material.tag.is_some_and(|tag| tag.contains("推广活动页")) && material.qrcode.is_some());
    let path = material.share_path.unwrap();
    server.reach(&path, "ovisitor").unwrap();
    let reached = GetRelation::new("opromoter").send(&client).await.unwrap().relation_list;
    assert_eq!(reached[0].openid, "ovisitor");
    assert_eq!(reached[0].share_extra_info.as_deref(), Some("poster=7"));
    assert_eq!(reached[0].path.as_deref(), Some("pages/autumn/index"));
    assert!(server.reach("pages/autumn/index", "ovisitor").is_err());
    server.advance(30 * 86_400);
    assert_eq!(server.reach(&path, "ovisitor").unwrap_err().to_string(), "this material has expired");
}

#[tokio::test]
async fn only_what_was_asked_for_is_made() {
    let (_server, client) = started().await;
    let request = |kind| GetShareMaterial::new("pages/a?b=1", "opromoter").share_type(kind);
    let link =
        request(ShareType::ShortLink).title("秋日上新").env_version(EnvVersion::Trial).send(&client).await.unwrap();
    assert!(link.tag.is_some_and(|tag| tag.starts_with("#小程序://秋日上新/")));
    assert_eq!((link.share_path, link.qrcode), (None, None));
    let path = request(ShareType::Path).send(&client).await.unwrap();
    assert!(path.share_path.is_some_and(|path| path.starts_with("pages/a?b=1&token=")));
    let code = request(ShareType::Code).send(&client).await.unwrap().qrcode;
    assert!(code.is_some_and(|code| code.starts_with("iVBORw0KGgo")));
}

#[tokio::test]
async fn fields_of_promoters_have_codes_of_their_own() {
    let (server, client) = started().await;
    let (id, secret) = server.account();
    let builder = Client::builder().base_url(server.url()).app(id, secret);
    let unchecked = builder.policy(ValidationPolicy::Off).build().unwrap();
    let code = |request: GetShareMaterial| {
        let client = unchecked.clone();
        async move { request.send(&client).await.unwrap_err().code() }
    };
    let request = GetShareMaterial::new("pages/a", "opromoter");
    assert_eq!(code(request.clone().title("一".repeat(21))).await, Some(103002));
    assert_eq!(code(GetShareMaterial::new("pages/a", "")).await, Some(103007));
    assert_eq!(code(request.clone().share_type(ShareType::Path).env_version(EnvVersion::Trial)).await, Some(103001));
    let backwards = GetRelation::new("opromoter").begin_time(9_u64).end_time(8_u64).send(&unchecked).await;
    assert_eq!(backwards.unwrap_err().code(), Some(103001));
    server.withdraw_promoter("opromoter");
    assert_eq!(request.send(&client).await.unwrap_err().code(), Some(103006));
}
