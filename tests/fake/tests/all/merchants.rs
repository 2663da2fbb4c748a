//! Sub-merchants: from their submission to the end of the agreement.

use std::time::Duration;

use crate::started::started;
use axum::Router;
use axum::body::Bytes;
use axum::extract::RawQuery;
use tokio::sync::mpsc;
use weixin::Client;
use weixin::card::submerchant::types::{
    NewSubmerchantInfo, NewSubmerchantInfoRequired, SubmerchantInfoUpdate, SubmerchantInfoUpdateRequired,
    SubmerchantStatus,
};
use weixin::card::submerchant::{BatchGet, Get, Submit, Update};
use weixin::event::{Event, MerchantCheckOutcome};
use weixin::push::{Received, Receiver};
use weixin_fake::{PushTarget, Server, Verdict};

const YEAR: u64 = 365 * 86_400;

fn info(name: &str, end_time: u64) -> NewSubmerchantInfo {
    NewSubmerchantInfo::new(NewSubmerchantInfoRequired {
        brand_name: name.to_owned(),
        logo_url: "http://mmbiz.qpic.cn/mmbiz_png/qh7Lk2Vd9/0".to_owned(),
        protocol: "mQ7vTz2Kd9Rw4YbXs1Lp6NcHfU3gJe8A".to_owned(),
        end_time,
        primary_category_id: 3,
        secondary_category_id: 307,
    })
}

fn changed(id: i64, name: &str, end_time: u64) -> SubmerchantInfoUpdate {
    SubmerchantInfoUpdate::new(SubmerchantInfoUpdateRequired {
        brand_name: name.to_owned(),
        logo_url: "http://mmbiz.qpic.cn/mmbiz_png/bs4Tw8Rc1/0".to_owned(),
        protocol: "mQ7vTz2Kd9Rw4YbXs1Lp6NcHfU3gJe8A".to_owned(),
        end_time,
        primary_category_id: 3,
        secondary_category_id: 307,
        merchant_id: id,
    })
}

async fn submitted(server: &Server, client: &Client, name: &str) -> i64 {
    let submitted = Submit::new(info(name, server.now() + YEAR)).send(client).await;
    submitted.expect("a sub-merchant").info.merchant_id
}

async fn status(client: &Client, id: i64) -> SubmerchantStatus {
    Get::new(id).send(client).await.expect("the sub-merchant").info.status.expect("a status")
}

#[tokio::test]
async fn a_sub_merchant_is_reviewed_and_its_agreement_ends() {
    let (server, client) = started().await;
    let id = submitted(&server, &client, "青禾面馆").await;
    assert_eq!(status(&client, id).await, SubmerchantStatus::Checking);
    server.review_merchant(id, Verdict::Approve).unwrap();
    assert_eq!(status(&client, id).await, SubmerchantStatus::Approved);
    let again = server.review_merchant(id, Verdict::Approve).unwrap_err();
    assert_eq!(again.to_string(), format!("sub-merchant {id} does not wait for a review"));
    server.advance(i64::try_from(YEAR).unwrap() + 1);
    assert_eq!(status(&client, id).await, SubmerchantStatus::Expired);
}

#[tokio::test]
async fn only_what_was_rejected_or_has_ended_can_be_updated() {
    let (server, client) = started().await;
    let id = submitted(&server, &client, "青禾面馆").await;
    let end = server.now() + 2 * YEAR;
    let update = |name: &str| Update::new(changed(id, name, end));
    assert_eq!(update("半山茶铺").send(&client).await.unwrap_err().code(), Some(40140));
    server.review_merchant(id, Verdict::Reject("授权函印章不清晰".to_owned())).unwrap();
    assert_eq!(status(&client, id).await, SubmerchantStatus::Rejected);
    let info = update("半山茶铺").send(&client).await.unwrap().info.unwrap();
    assert_eq!(info.status, Some(SubmerchantStatus::Checking));
    assert_eq!((info.brand_name.as_deref(), info.end_time), (Some("半山茶铺"), Some(end)));
    assert_eq!(Get::new(id).send(&client).await.unwrap().info, info);
    server.review_merchant(id, Verdict::Approve).unwrap();
    assert_eq!(update("青禾面馆").send(&client).await.unwrap_err().code(), Some(40140));
}

#[tokio::test]
async fn wrong_ids_times_and_categories_are_refused() {
    let (server, client) = started().await;
    let later = server.now() + YEAR;
    assert_eq!(Get::new(1).send(&client).await.unwrap_err().code(), Some(40139));
    assert_eq!(Update::new(changed(1, "青禾", later)).send(&client).await.unwrap_err().code(), Some(40139));
    let past = Submit::new(info("青禾", server.now() - 1)).send(&client).await.unwrap_err();
    assert_eq!(past.code(), Some(40079));
    let mut odd = info("青禾", later);
    odd.secondary_category_id = 1;
    assert_eq!(Submit::new(odd).send(&client).await.unwrap_err().code(), Some(40104));
    assert!(server.review_merchant(1, Verdict::Approve).is_err());
}

#[tokio::test]
async fn those_of_another_account_are_not_there() {
    let server = Server::builder().account("wx1", "one").account("wx2", "two").start().await.unwrap();
    let client = |id, secret| Client::builder().base_url(server.url()).app(id, secret).build().unwrap();
    let (one, two) = (client("wx1", "one"), client("wx2", "two"));
    let id = submitted(&server, &one, "青禾面馆").await;
    assert_eq!(Get::new(id).send(&two).await.unwrap_err().code(), Some(40139));
    assert!(BatchGet::new(0, 50).send(&two).await.unwrap().info_list.is_empty());
}

#[tokio::test]
async fn all_are_listed_page_by_page_and_by_state() {
    let (server, client) = started().await;
    let mut ids = Vec::new();
    for number in 0..23 {
        ids.push(submitted(&server, &client, &format!("商户{number}")).await);
    }
    for id in ids.iter().step_by(2) {
        server.review_merchant(*id, Verdict::Approve).unwrap();
    }
    let listed = |request: BatchGet| {
        let mut items = client.items(&request);
        async move {
            let mut ids = Vec::new();
            while let Some(item) = items.next().await {
                ids.push(item.unwrap().merchant_id);
            }
            ids
        }
    };
    assert_eq!(listed(BatchGet::new(0, 5)).await, ids);
    let approved: Vec<i64> = ids.iter().step_by(2).copied().collect();
    assert_eq!(listed(BatchGet::new(0, 4).status(SubmerchantStatus::Approved)).await, approved);
    assert_eq!(BatchGet::new(0, 0).send(&client).await.unwrap_err().code(), Some(40097));
}

/// A listener that hands on the events that it takes.
async fn listening() -> (String, mpsc::UnboundedReceiver<Event>) {
    let (sender, events) = mpsc::unbounded_channel();
    let receiver = Receiver::builder("token").build().expect("a receiver");
    let receive = move |RawQuery(query): RawQuery, body: Bytes| {
        let (receiver, sender) = (receiver.clone(), sender.clone());
        async move {
            let received = receiver.receive(&query.unwrap_or_default(), &body).await.expect("a push");
            let Received::Push(push) = received else { panic!("{received:?}") };
            sender.send(push.into_event()).expect("a test that waits");
            receiver.answer()
        }
    };
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let url = format!("http://{}/pushes", listener.local_addr().expect("an address"));
    let app = Router::new().route("/pushes", axum::routing::post(receive));
    tokio::spawn(async move { axum::serve(listener, app).await });
    (url, events)
}

#[tokio::test]
async fn what_has_come_of_a_review_is_pushed() {
    let (server, client) = started().await;
    let (url, mut events) = listening().await;
    server.push_to(PushTarget::new(url, "token"));
    let first = submitted(&server, &client, "青禾面馆").await;
    let second = submitted(&server, &client, "半山茶铺").await;
    server.review_merchant(first, Verdict::Approve).unwrap();
    let Some(Event::CardMerchantCheckResult(event)) = next(&mut events).await else { panic!("another event") };
    assert_eq!((event.merchant_id, event.is_pass), (first, MerchantCheckOutcome::Passed));
    server.review_merchant(second, Verdict::Reject("授权函印章不清晰".to_owned())).unwrap();
    let Some(Event::CardMerchantCheckResult(event)) = next(&mut events).await else { panic!("another event") };
    assert_eq!((event.merchant_id, event.is_pass), (second, MerchantCheckOutcome::Rejected));
    assert_eq!(event.reason.as_deref(), Some("授权函印章不清晰"));
    assert_eq!(
        event.to_user_name,
        server.look(|state| Some(state.accounts.get(server.account().0)?.original_id.clone()))
    );
}

async fn next(events: &mut mpsc::UnboundedReceiver<Event>) -> Option<Event> {
    tokio::time::timeout(Duration::from_secs(10), events.recv()).await.expect("a push in time")
}
