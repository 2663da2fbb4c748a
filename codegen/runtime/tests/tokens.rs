//! What the client does about access tokens.
#![cfg(feature = "client")]
#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod common;
mod server;

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use common::{Get, Spend};
use server::{Reply, Server};
use weixin_runtime::*;

/// A client whose token never changes.
fn fixed(server: &Server) -> Client {
    Client::builder().base_url(&server.url).access_token("the-only-token").build().unwrap()
}

/// A source whose every renewal gives another token, up to a last one.
struct Counting {
    current: AtomicUsize,
    last: usize,
    renewals: AtomicUsize,
}

impl Counting {
    fn up_to(last: usize) -> Arc<Self> {
        Arc::new(Counting { current: AtomicUsize::new(1), last, renewals: AtomicUsize::new(0) })
    }

    fn current(&self) -> AccessToken {
        AccessToken::new(format!("token-number-{}", self.current.load(Ordering::SeqCst)))
    }
}

impl TokenSource for Counting {
    fn token(&self) -> BoxFuture<'_, Result<AccessToken, Error>> {
        Box::pin(async move { Ok(self.current()) })
    }

    fn renew<'a>(&'a self, stale: &'a AccessToken) -> BoxFuture<'a, Result<Option<AccessToken>, Error>> {
        Box::pin(async move {
            assert_eq!(stale, &self.current());
            self.renewals.fetch_add(1, Ordering::SeqCst);
            if self.current.load(Ordering::SeqCst) < self.last {
                self.current.fetch_add(1, Ordering::SeqCst);
            }
            Ok(Some(self.current()))
        })
    }
}

#[tokio::test]
async fn a_stale_token_is_renewed_once() {
    let refused = Reply::json(r#"{"rc":11}"#);
    let server = Server::start([refused.clone(), Reply::json(r#"{"rc":0}"#), refused.clone(), refused.clone()]).await;
    let source = Counting::up_to(9);
    let client = Client::builder().base_url(&server.url).token_source(source.clone()).build().unwrap();
    client.send(&Spend {}).await.unwrap();
    assert_eq!(source.renewals.load(Ordering::SeqCst), 1);
    let lines: Vec<_> = server.requests().into_iter().map(|request| request.line).collect();
    assert_eq!(
        lines,
        ["POST /thing/spend?token=token-number-1 HTTP/1.1", "POST /thing/spend?token=token-number-2 HTTP/1.1"]
    );
    let error = client.send(&Get::new("a")).await.unwrap_err();
    assert!(error.is_token_problem());
    assert_eq!(source.renewals.load(Ordering::SeqCst), 2);
    assert_eq!(server.requests().len(), 4, "the second refusal is final");
}

#[tokio::test]
async fn the_same_token_is_not_tried_again() {
    let refused = Reply::json(r#"{"rc":11}"#);
    let server = Server::start([refused.clone(), refused.clone(), refused]).await;
    let same = Client::builder().base_url(&server.url).token_source(Counting::up_to(1)).build().unwrap();
    assert!(same.send(&Get::new("a")).await.unwrap_err().is_token_problem());
    assert!(fixed(&server).send(&Get::new("a")).await.unwrap_err().is_token_problem());
    assert_eq!(fixed(&server).send_raw(&Get::new("a")).await.unwrap().json::<serde_json::Value>().unwrap()["rc"], 11);
    assert_eq!(server.requests().len(), 3);
}

#[tokio::test]
async fn other_errors_renew_no_token() {
    for reply in [Reply::json(r#"{"rc":-1}"#), Reply::json(r#"{"rc":7}"#), Reply::http("503 No", "text/html", "")] {
        let server = Server::start([reply, Reply::json(r#"{"id":1}"#)]).await;
        let source = Counting::up_to(9);
        let builder = Client::builder().base_url(&server.url).token_source(source.clone());
        let client = builder.retries(Retries::never()).build().unwrap();
        client.send(&Get::new("a")).await.unwrap_err();
        assert_eq!((server.requests().len(), source.renewals.load(Ordering::SeqCst)), (1, 0));
    }
}

struct Broken;

impl TokenSource for Broken {
    fn token(&self) -> BoxFuture<'_, Result<AccessToken, Error>> {
        Box::pin(async { Err(Error::token_source("the store is down")) })
    }
}

#[tokio::test]
async fn without_a_token_nothing_is_sent() {
    let server = Server::start([Reply::json(r#"{"rc":0}"#)]).await;
    let client = Client::builder().base_url(&server.url).token_source(Broken).build().unwrap();
    let error = client.send(&Spend {}).await.unwrap_err();
    assert!(error.is_token_problem() && error.to_string().contains("the store is down"));
    assert!(server.requests().is_empty());
}

#[tokio::test]
async fn a_raw_call_renews_the_token_too_and_once() {
    let refused = Reply::json(r#"{"rc":11}"#);
    let server = Server::start([refused.clone(), Reply::json(r#"{"rc":7}"#), refused.clone(), refused]).await;
    let source = Counting::up_to(9);
    let client = Client::builder().base_url(&server.url).token_source(source.clone()).build().unwrap();
    assert_eq!(client.send_raw(&Spend {}).await.unwrap().text(), r#"{"rc":7}"#);
    assert_eq!(source.renewals.load(Ordering::SeqCst), 1);
    assert_eq!(client.send_raw(&Spend {}).await.unwrap().text(), r#"{"rc":11}"#, "the second refusal is what there is");
    assert_eq!((server.requests().len(), source.renewals.load(Ordering::SeqCst)), (4, 2));
}

#[tokio::test]
async fn an_inspected_call_renews_the_token_too() {
    let server = Server::start([Reply::json(r#"{"x":[1,,2],"rc":11}"#), Reply::json(r#"{"id":1,"x":2}"#)]).await;
    let client = Client::builder().base_url(&server.url).token_source(Counting::up_to(9)).build().unwrap();
    let inspected = client.inspect(&Get::new("a")).await.unwrap();
    assert_eq!((inspected.value.id, inspected.unknown[0].path.as_str()), (1, "x"));
    assert_eq!(server.requests().len(), 2);
}

#[tokio::test]
async fn a_renewal_that_fails_is_told() {
    struct Failing;

    impl TokenSource for Failing {
        fn token(&self) -> BoxFuture<'_, Result<AccessToken, Error>> {
            Box::pin(async { Ok(AccessToken::new("a-stale-token")) })
        }

        fn renew<'a>(&'a self, _stale: &'a AccessToken) -> BoxFuture<'a, Result<Option<AccessToken>, Error>> {
            Box::pin(async { Err(Error::token_source("the store is down")) })
        }
    }

    let server = Server::start([Reply::json(r#"{"rc":11}"#)]).await;
    let client = Client::builder().base_url(&server.url).token_source(Failing).build().unwrap();
    let error = client.send(&Get::new("a")).await.unwrap_err();
    assert!(error.is_token_problem() && error.to_string().contains("the store is down"), "{error}");
}
