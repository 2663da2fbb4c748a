//! An account whose tokens the client gets by itself: whatever happens, few calls of the endpoint that issues them.
#![cfg(feature = "client")]
#![allow(clippy::unwrap_used, reason = "a test may panic")]

#[macro_use]
mod common;
mod server;
#[path = "accounts/service.rs"]
mod service;

use std::sync::Arc;
use std::sync::atomic::Ordering::SeqCst;
use std::time::Duration;

use server::Server;
use service::{MANNERS, Manners, Paid, Pay, SECRET, Service};
use tokio::task::JoinSet;
use weixin_runtime::*;

fn client(server: &Server) -> Client {
    Client::builder().base_url(&server.url).app("wx1", SECRET).build().unwrap()
}

async fn all(client: &Client, calls: usize) -> Vec<Result<Paid, Error>> {
    let mut tasks = JoinSet::new();
    for _ in 0..calls {
        tasks.spawn(client.send(&Pay {}));
    }
    tasks.join_all().await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_hundred_calls_without_a_token_ask_for_one() {
    let (service, server) = Service::start(MANNERS).await;
    let client = client(&server);
    assert!(all(&client, 200).await.iter().all(Result::is_ok));
    assert_eq!((service.asked(), service.paid.load(SeqCst), service.refused.load(SeqCst)), (1, 200, 0));
    let asked = service.asked.lock().unwrap()[0].clone();
    assert_eq!(asked, format!(r#"{{"who":"wx1","hush":"{SECRET}","kind":"of old"}}"#));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_hundred_calls_with_a_revoked_token_ask_for_one() {
    let (service, server) = Service::start(MANNERS).await;
    let client = client(&server);
    client.send(&Pay {}).await.unwrap();
    // Somebody has forced another token meanwhile.
    service.current.fetch_add(1, SeqCst);
    assert!(all(&client, 200).await.iter().all(Result::is_ok));
    // The endpoint knows the new one: nothing has to be forced, and each call was sent twice at most.
    assert_eq!((service.asked(), service.paid.load(SeqCst)), (2, 201));
    assert!(service.refused.load(SeqCst) <= 200);
}

#[tokio::test]
async fn another_token_is_forced_where_the_refused_one_comes_again() {
    let manners = Manners { stubborn: true, ..MANNERS };
    let (service, server) = Service::start(manners).await;
    let client = client(&server);
    let error = client.send(&Pay {}).await.unwrap_err();
    assert!(error.is_token_problem() && error.code() == Some(11), "{error}");
    // Once with the first token and once with the forced one: never a loop.
    assert_eq!(service.refused.load(SeqCst), 2);
    let forced: Vec<bool> = service.asked.lock().unwrap().iter().map(|asked| asked.contains("another")).collect();
    assert_eq!(forced, [false, false, true]);
    assert_eq!(error.attempts().len(), 1);
    // Forcing again at once would do nothing.
    client.send(&Pay {}).await.unwrap_err();
    assert_eq!(service.asked.lock().unwrap().iter().filter(|asked| asked.contains("another")).count(), 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_renewal_that_fails_tells_everyone_why() {
    let instead = Some(r#"{"rc":7,"said":"no such account"}"#);
    let manners = Manners { instead, slow: Duration::from_millis(300), ..MANNERS };
    let (service, server) = Service::start(manners).await;
    let client = client(&server);
    for outcome in all(&client, 50).await {
        let error = outcome.unwrap_err();
        assert!(error.is_token_problem());
        let cause = error.token_error().unwrap().downcast_ref::<Error>().unwrap();
        assert_eq!((cause.code(), cause.endpoint().unwrap().path), (Some(7), "/issue"));
        let told = format!("{error} {error:?} {}", error.explain(Lang::En));
        assert!(told.contains("no such account") && !told.contains(SECRET), "{told}");
    }
    // How long nobody asks again is tried where no clock runs.
    assert_eq!((service.asked(), service.refused.load(SeqCst)), (1, 0));
    tokio::time::sleep(Duration::from_millis(1_100)).await;
    client.send(&Pay {}).await.unwrap_err();
    assert_eq!(service.asked(), 2);
}

#[tokio::test]
async fn what_comes_in_the_place_of_a_token_is_not_shown() {
    for instead in
        [r#"{"for":7200,"kez":"a-long-secret-token"}"#, r#"<p>0f1e2d3c4b5a69788796a5b4c3d2e1f0</p>"#, "", "{}"]
    {
        let (_, server) = Service::start(Manners { instead: Some(instead), ..MANNERS }).await;
        let error = client(&server).send(&Pay {}).await.unwrap_err();
        let told = format!("{error} {error:?} {:?}", error.token_error());
        assert!(told.contains("/issue") && !told.contains("a-long-secret") && !told.contains(SECRET), "{told}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_call_that_is_dropped_takes_nothing_from_the_others() {
    let (service, server) = Service::start(Manners { slow: Duration::from_millis(300), ..MANNERS }).await;
    let client = client(&server);
    let first = tokio::spawn(client.send(&Pay {}));
    tokio::time::sleep(Duration::from_millis(50)).await;
    let second = tokio::spawn(client.send(&Pay {}));
    tokio::time::sleep(Duration::from_millis(50)).await;
    first.abort();
    second.await.unwrap().unwrap();
    assert_eq!(service.asked(), 1);
}

#[tokio::test]
async fn accounts_and_clients_share_what_they_should() {
    let (service, server) = Service::start(MANNERS).await;
    let store = Arc::new(MemoryStore::new());
    let shared =
        || Client::builder().base_url(&server.url).app("wx1", SECRET).token_store(store.clone()).build().unwrap();
    let (one, other) = (shared(), shared());
    one.send(&Pay {}).await.unwrap();
    other.send(&Pay {}).await.unwrap();
    assert_eq!(service.asked(), 1, "the other client found the token in the store");
    one.for_account(Account::new("wx2", SECRET)).send(&Pay {}).await.unwrap();
    one.with_timeout(Duration::from_secs(9)).send(&Pay {}).await.unwrap();
    assert_eq!(service.asked(), 2, "another account has a token of its own, another time has not");
    assert!(service.asked.lock().unwrap()[1].contains(r#""who":"wx2""#));
    let fixed = one.for_token_source(AccessToken::new("key-number-1"));
    fixed.send(&Pay {}).await.unwrap();
    assert_eq!(service.asked(), 2);
    assert!(!format!("{one:?}{:?}", Account::new("wx1", SECRET)).contains(SECRET));
}

/// A store that cannot be reached.
struct Away;

impl TokenStore for Away {
    fn load<'a>(&'a self, _: &'a str) -> BoxFuture<'a, Result<Option<StoredToken>, StoreError>> {
        Box::pin(async { Err(StoreError::new("the store is away")) })
    }

    fn lease<'a>(&'a self, _: &'a str, _: Duration) -> BoxFuture<'a, Result<Option<Lease>, StoreError>> {
        Box::pin(async { Err(StoreError::new("the store is away")) })
    }

    fn save<'a>(&'a self, _: &'a str, _: &'a StoredToken, _: &'a Lease) -> BoxFuture<'a, Result<bool, StoreError>> {
        Box::pin(async { Err(StoreError::new("the store is away")) })
    }

    fn release<'a>(&'a self, _: &'a str, _: Lease) -> BoxFuture<'a, Result<(), StoreError>> {
        Box::pin(async { Err(StoreError::new("the store is away")) })
    }
}

#[tokio::test]
async fn a_store_that_is_away_is_done_without_now_and_then() {
    let (service, server) = Service::start(Manners { valid: 1, ..MANNERS }).await;
    let client = Client::builder().base_url(&server.url).app("wx1", SECRET).token_store(Away).build().unwrap();
    client.send(&Pay {}).await.unwrap();
    tokio::time::sleep(Duration::from_millis(1_050)).await;
    // The token has ended, and asking again so soon would be a flood if many processes did it.
    let error = client.send(&Pay {}).await.unwrap_err();
    assert!(error.to_string().contains("the store is away"), "{error}");
    assert_eq!(service.asked(), 1);
}

#[tokio::test]
async fn a_secret_that_is_not_there_is_told() {
    let (service, server) = Service::start(MANNERS).await;
    let secret = AppSecret::from_env("A_VARIABLE_THAT_NOBODY_SETS");
    let client = Client::builder().base_url(&server.url).app("wx1", secret).build().unwrap();
    let error = client.send(&Pay {}).await.unwrap_err();
    assert!(error.to_string().contains("A_VARIABLE_THAT_NOBODY_SETS"), "{error}");
    assert_eq!(service.asked(), 0);
}

#[tokio::test]
async fn an_endpoint_that_says_nothing_of_tokens_needs_one() {
    let client = Client::builder().base_url("http://127.0.0.1:9").app("wx1", SECRET).build().unwrap();
    let error = client.send(&common::Get::new("a")).await.unwrap_err();
    assert!(error.to_string().contains("set access_token or token_source"), "{error}");
}
