//! A call that failed is sent again where that does no harm, and nowhere else.
#![cfg(feature = "client")]
#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod common;
mod server;

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering::SeqCst};
use std::time::Duration;

use common::{Get, Spend};
use server::{Reply, Server};
use weixin_runtime::*;

fn quick() -> Retries {
    Retries::new().pauses(Duration::from_millis(1), Duration::from_millis(20))
}

fn client(server: &Server) -> Client {
    let builder = Client::builder().base_url(&server.url).access_token("a-token");
    builder.retries(quick()).attempt_timeout(Duration::from_millis(300)).build().unwrap()
}

/// What passes: what the server replies, and whether it certainly did nothing.
fn passing() -> Vec<(Reply, bool)> {
    vec![
        (Reply::Close, false),
        (Reply::http("500 Oops", "text/html", "<html>"), false),
        (Reply::http("502 Bad Gateway", "text/html", ""), false),
        (Reply::http("503 Busy", "application/json", r#"{"other":1}"#), false),
        (Reply::json(r#"{"rc":-1,"said":"busy"}"#), false),
        (Reply::json(r#"{"rc":9,"said":"too fast"}"#), true),
    ]
}

#[tokio::test]
async fn what_only_reads_is_sent_again() {
    for (reply, _) in passing().into_iter().chain([(Reply::Hang, false)]) {
        let server = Server::start([reply.clone(), Reply::json(r#"{"rc":0,"id":1}"#)]).await;
        let thing = client(&server).send(&Get::new("a")).await.unwrap_or_else(|error| panic!("{reply:?}: {error}"));
        assert_eq!((thing.id, server.requests().len()), (1, 2), "{reply:?}");
    }
}

#[tokio::test]
async fn what_changes_something_is_sent_again_only_where_nothing_was_done() {
    for (reply, undone) in passing() {
        let server = Server::start([reply.clone(), Reply::json(r#"{"rc":0}"#)]).await;
        let outcome = client(&server).send(&Spend {}).await;
        assert_eq!((outcome.is_ok(), server.requests().len()), (undone, if undone { 2 } else { 1 }), "{reply:?}");
    }
}

#[tokio::test]
async fn a_server_that_cannot_be_reached_has_done_nothing() {
    let tries = Arc::new(AtomicU32::new(0));
    struct Counted(Arc<AtomicU32>, Retries);
    impl RetryPolicy for Counted {
        fn pause(&self, failed: &FailedAttempt<'_>) -> Option<Duration> {
            assert!(failed.is_harmless() && failed.is_passing());
            self.0.store(failed.number, SeqCst);
            self.1.pause(failed)
        }
    }
    let builder = Client::builder().base_url("http://127.0.0.1:1").access_token("a-token");
    let client = builder.retries(Counted(tries.clone(), quick())).build().unwrap();
    let error = client.send(&Spend {}).await.unwrap_err();
    assert!(error.is_connect());
    assert_eq!((tries.load(SeqCst), error.attempts().len()), (3, 2));
    assert!(error.attempts().iter().all(|attempt| attempt.failed.contains("no connection")), "{:?}", error.attempts());
}

#[tokio::test]
async fn what_does_not_pass_is_sent_once() {
    for reply in [Reply::json(r#"{"rc":7}"#), Reply::http("404 No", "text/html", ""), Reply::json("<html>")] {
        let server = Server::start([reply, Reply::json(r#"{"rc":0,"id":1}"#)]).await;
        let error = client(&server).send(&Get::new("a")).await.unwrap_err();
        assert_eq!((error.attempts().len(), server.requests().len()), (0, 1));
    }
}

#[tokio::test]
async fn the_last_response_is_the_one_that_is_told() {
    let busy = |said: &str| Reply::json(&format!(r#"{{"rc":-1,"said":"{said}"}}"#));
    let server = Server::start([busy("one"), busy("two"), busy("three")]).await;
    let error = client(&server).send(&Get::new("a")).await.unwrap_err();
    assert_eq!(error.errmsg(), Some("three"));
    let told: Vec<bool> = error.attempts().iter().map(|attempt| attempt.failed.contains("busy")).collect();
    assert_eq!(told, [true, true]);
    // Who asks for the response as it came gets it, after the same attempts.
    let server = Server::start([busy("one"), busy("two"), busy("three")]).await;
    let raw = client(&server).send_raw(&Get::new("a")).await.unwrap();
    assert!(raw.text().contains("three"));
    assert_eq!(server.requests().len(), 3);
}

#[tokio::test]
async fn no_attempt_begins_after_the_end() {
    let server = Server::answering(|_| Reply::json(r#"{"rc":-1}"#)).await;
    let patient = Retries::new().attempts(1000).pauses(Duration::from_millis(50), Duration::from_millis(50));
    let builder = Client::builder().base_url(&server.url).access_token("a-token").retries(patient);
    let begin = std::time::Instant::now();
    builder.timeout(Duration::from_millis(400)).build().unwrap().send(&Get::new("a")).await.unwrap_err();
    assert!(begin.elapsed() < Duration::from_millis(600), "{:?}", begin.elapsed());
    assert!(server.requests().len() > 3);
}

#[tokio::test]
async fn a_server_in_trouble_is_left_alone() {
    let server = Server::answering(|_| Reply::json(r#"{"rc":-1}"#)).await;
    let client = client(&server);
    for _ in 0..100 {
        client.send(&Get::new("a")).await.unwrap_err();
    }
    let sent = server.requests().len();
    assert!((115..=125).contains(&sent), "{sent} requests for 100 calls");
}

#[tokio::test]
async fn what_cannot_be_repeated_says_how_to_find_out() {
    let server = Server::start([Reply::Close]).await;
    let error = client(&server).send(&Spend {}).await.unwrap_err();
    let told = error.explain(Lang::En);
    assert!(told.contains("Find out before you repeat the call") && told.contains("Ask what is left."), "{told}");
    assert!(error.explain(Lang::Zh).contains("查询余额"));
}
