//! A client that was given limits: what is over them reaches no server.
#![cfg(feature = "limits")]
#![allow(clippy::unwrap_used, reason = "a test may panic")]

#[macro_use]
mod common;
mod server;

use std::time::{Duration, Instant};

use common::{Get, Spend};
use server::{Reply, Server};
use weixin_runtime::*;

fn builder(server: &Server) -> ClientBuilder {
    Client::builder().base_url(&server.url).access_token("a-token")
}

async fn things() -> Server {
    Server::answering(|_| Reply::json(r#"{"rc":0,"id":1}"#)).await
}

#[tokio::test]
async fn what_is_over_a_limit_is_not_sent() {
    let server = things().await;
    let limits = Limits::new().per_day(2).when_over(Over::Fail);
    let client = builder(&server).limits(limits).build().unwrap();
    for client in [&client, &client.with_timeout(Duration::from_secs(1))] {
        client.send(&Get::new("a")).await.unwrap();
    }
    let error = client.send(&Get::new("a")).await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "POST /thing/get: not sent: the limit that this client was given is reached, 2 a day"
    );
    assert!(error.is_quota() && error.is_local_limit() && error.code().is_none() && error.attempts().is_empty());
    assert!(error.explain(Lang::En).contains("has not seen the request"), "{}", error.explain(Lang::En));
    assert!(error.explain(Lang::Zh).contains("请求未发送"), "{}", error.explain(Lang::Zh));
    assert_eq!(server.requests().len(), 2);
    // Another account has a quota of its own.
    let other = client.for_token_source(AccessToken::new("another"));
    other.send(&Get::new("a")).await.unwrap();
    other.for_account(Account::new("me", "hush")).send(&Get::new("a")).await.unwrap_err();
    assert_eq!(server.requests().len(), 3);
}

#[tokio::test]
async fn a_call_waits_for_its_turn() {
    let server = things().await;
    let limits = Limits::new().per_second(20);
    let client = builder(&server).limits(limits).build().unwrap();
    let begin = Instant::now();
    for _ in 0..6 {
        client.send(&Get::new("a")).await.unwrap();
    }
    assert!(begin.elapsed() >= Duration::from_millis(240), "{:?}", begin.elapsed());
    assert_eq!(server.requests().len(), 6);
    let hasty = client.with_timeout(Duration::from_millis(5));
    let error = hasty.send(&Get::new("a")).await.unwrap_err();
    assert!(error.is_local_limit() && !error.is_timeout(), "{error}");
    assert_eq!(server.requests().len(), 6);
}

#[tokio::test]
async fn what_is_sent_again_counts_again() {
    let server = Server::answering(|_| Reply::json(r#"{"rc":-1,"said":"busy"}"#)).await;
    let limits = Limits::new().per_day(2).when_over(Over::Fail);
    let quick = Retries::new().attempts(5).pauses(Duration::from_millis(1), Duration::from_millis(1));
    let client = builder(&server).limits(limits).retries(quick).build().unwrap();
    let error = client.send(&Get::new("a")).await.unwrap_err();
    assert!(error.is_local_limit(), "{error}");
    let told: Vec<bool> = error.attempts().iter().map(|attempt| attempt.failed.contains("busy")).collect();
    assert_eq!((told, server.requests().len()), (vec![true, true], 2));
}

#[tokio::test]
async fn an_endpoint_has_a_limit_of_its_own() {
    let server = things().await;
    let limits = Limits::new().endpoint::<Spend>(Limit::new().per_second(1).per_day(1)).when_over(Over::Fail);
    let client = builder(&server).limits(limits).build().unwrap();
    client.send(&Spend {}).await.unwrap();
    let error = client.send(&Spend {}).await.unwrap_err();
    assert!(error.to_string().starts_with("POST /thing/spend: not sent: the limit of this endpoint"), "{error}");
    for _ in 0..3 {
        client.send(&Get::new("a")).await.unwrap();
    }
    assert_eq!(server.requests().len(), 4);
}

#[test]
fn a_limit_of_nothing_is_a_mistake() {
    let error = Client::builder().access_token("t").limits(Limits::new().per_second(0)).build().unwrap_err();
    assert!(error.to_string().contains("a limit of 0 requests"), "{error}");
}
