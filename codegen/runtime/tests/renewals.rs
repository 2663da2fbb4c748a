//! Many calls with a stale token, and what becomes of its renewal.
#![cfg(feature = "client")]
#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod common;
mod server;

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};
use std::time::{Duration, Instant};

use common::Spend;
use server::{Reply, Server};
use tokio::task::JoinSet;
use weixin_runtime::*;

fn numbered(number: usize) -> AccessToken {
    AccessToken::new(format!("token-number-{number}"))
}

/// A source without any care: it renews whenever it is asked, and each token makes the one before invalid.
#[derive(Default)]
struct Plain {
    current: Arc<AtomicUsize>,
    renewals: AtomicUsize,
    /// Whether `token` goes on giving the first one.
    forgetful: bool,
}

impl TokenSource for Plain {
    fn token(&self) -> BoxFuture<'_, Result<AccessToken, Error>> {
        let current = if self.forgetful { 0 } else { self.current.load(SeqCst) };
        Box::pin(async move { Ok(numbered(current)) })
    }

    fn renew<'a>(&'a self, _stale: &'a AccessToken) -> BoxFuture<'a, Result<Option<AccessToken>, Error>> {
        Box::pin(async move {
            self.renewals.fetch_add(1, SeqCst);
            tokio::time::sleep(Duration::from_millis(20)).await;
            Ok(Some(numbered(self.current.fetch_add(1, SeqCst) + 1)))
        })
    }
}

/// A server that takes one token only: the first one is stale.
async fn demanding(current: &Arc<AtomicUsize>) -> Server {
    let current = current.clone();
    Server::answering(move |request| match current.load(SeqCst) {
        0 => Reply::json(r#"{"rc":11}"#),
        number if request.line.contains(&format!("token-number-{number} ")) => Reply::json(r#"{"rc":0}"#),
        _ => Reply::json(r#"{"rc":11}"#),
    })
    .await
}

fn client(server: &Server, source: impl TokenSource + 'static) -> Client {
    Client::builder().base_url(&server.url).token_source(source).build().unwrap()
}

/// Sends a call from each of so many tasks.
async fn many(client: &Client, count: usize) -> Vec<Result<(), Error>> {
    let mut calls = JoinSet::new();
    for _ in 0..count {
        let client = client.clone();
        calls.spawn(async move { client.send(&Spend {}).await.map(drop) });
    }
    calls.join_all().await
}

#[tokio::test]
async fn many_calls_make_one_renewal() {
    let source = Arc::new(Plain::default());
    let server = demanding(&source.current).await;
    for result in many(&client(&server, source.clone()), 200).await {
        result.unwrap();
    }
    assert_eq!(source.renewals.load(SeqCst), 1);
}

#[tokio::test]
async fn a_token_once_renewed_is_remembered() {
    let source = Arc::new(Plain { forgetful: true, ..Plain::default() });
    let server = demanding(&source.current).await;
    let client = client(&server, source.clone());
    for renewals in [1, 1, 2, 2] {
        if renewals == 2 && source.renewals.load(SeqCst) == 1 {
            // The second one expires, too.
            source.current.store(2, SeqCst);
        }
        client.send(&Spend {}).await.unwrap();
        assert_eq!(source.renewals.load(SeqCst), renewals);
    }
}

/// A renewal that fails once so many calls wait for it.
struct Failing {
    renewals: AtomicUsize,
    refused: Arc<AtomicUsize>,
    wait_for: usize,
}

impl TokenSource for Failing {
    fn token(&self) -> BoxFuture<'_, Result<AccessToken, Error>> {
        Box::pin(async { Ok(numbered(0)) })
    }

    fn renew<'a>(&'a self, _stale: &'a AccessToken) -> BoxFuture<'a, Result<Option<AccessToken>, Error>> {
        Box::pin(async {
            let renewal = self.renewals.fetch_add(1, SeqCst) + 1;
            while self.refused.load(SeqCst) < self.wait_for {
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
            tokio::time::sleep(Duration::from_millis(1000)).await;
            Err(Error::token_source(format!("the store is down, attempt {renewal}")))
        })
    }
}

#[tokio::test]
async fn a_renewal_that_fails_fails_for_all_who_wait() {
    let refused = Arc::new(AtomicUsize::new(0));
    let count = refused.clone();
    let server = Server::answering(move |_| {
        count.fetch_add(1, SeqCst);
        Reply::json(r#"{"rc":11}"#)
    })
    .await;
    let source = Arc::new(Failing { renewals: AtomicUsize::new(0), refused, wait_for: 200 });
    let client = client(&server, source.clone());
    for result in many(&client, 200).await {
        let error = result.unwrap_err();
        let told = "POST /thing/spend: 11 bad_token, and no other access token: the store is down, attempt 1";
        assert_eq!(error.to_string(), told);
        assert_eq!(std::error::Error::source(&error).unwrap().to_string(), "the store is down, attempt 1");
    }
    assert_eq!((source.renewals.load(SeqCst), server.requests().len()), (1, 200));
    // Who comes later tries again.
    assert!(client.send(&Spend {}).await.unwrap_err().to_string().contains("attempt 2"));
}

/// Its first renewal never ends.
#[derive(Default)]
struct Stuck(Plain);

impl TokenSource for Stuck {
    fn token(&self) -> BoxFuture<'_, Result<AccessToken, Error>> {
        self.0.token()
    }

    fn renew<'a>(&'a self, stale: &'a AccessToken) -> BoxFuture<'a, Result<Option<AccessToken>, Error>> {
        match self.0.renewals.load(SeqCst) {
            0 => {
                self.0.renewals.fetch_add(1, SeqCst);
                Box::pin(std::future::pending())
            }
            _ => self.0.renew(stale),
        }
    }
}

#[tokio::test]
async fn a_cancelled_renewal_blocks_nobody() {
    let source = Arc::new(Stuck::default());
    let server = demanding(&source.0.current).await;
    let client = client(&server, source.clone());
    let first = tokio::spawn(client.send(&Spend {}));
    while source.0.renewals.load(SeqCst) == 0 {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    let second = tokio::spawn(client.send(&Spend {}));
    tokio::time::sleep(Duration::from_millis(100)).await;
    assert!(!second.is_finished(), "it waits");
    first.abort();
    tokio::time::timeout(Duration::from_secs(10), second).await.unwrap().unwrap().unwrap();
    assert_eq!(source.0.renewals.load(SeqCst), 2);
}

#[tokio::test]
async fn the_timeout_covers_the_token_source() {
    struct Silent;
    impl TokenSource for Silent {
        fn token(&self) -> BoxFuture<'_, Result<AccessToken, Error>> {
            Box::pin(std::future::pending())
        }
    }
    let server = Server::answering(|_| Reply::json(r#"{"rc":11}"#)).await;
    let builder = || Client::builder().base_url(&server.url).timeout(Duration::from_millis(300));
    let start = Instant::now();
    let token = builder().token_source(Silent).build().unwrap().send(&Spend {}).await.unwrap_err();
    assert!(server.requests().is_empty());
    let renewal = builder().token_source(Stuck::default()).build().unwrap().send(&Spend {}).await.unwrap_err();
    assert!(start.elapsed() < Duration::from_secs(5));
    for error in [&token, &renewal] {
        // Nothing was done, so that even this call may be repeated.
        assert!(error.is_timeout() && error.is_token_problem() && error.is_retryable(), "{error}");
        assert!(error.to_string().contains("gave none within the time"), "{error}");
    }
    assert_eq!((token.code(), renewal.code()), (None, Some(11)));
}
