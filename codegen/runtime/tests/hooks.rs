//! Hooks are told of each request once before it is sent and once after, whatever becomes of it.
#![cfg(feature = "client")]
#![allow(clippy::unwrap_used, reason = "a test may panic")]

#[macro_use]
mod common;
mod server;

use std::sync::atomic::{AtomicBool, Ordering::SeqCst};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use common::{GET, Get, Spend};
use server::{Reply, Server};
use weixin_runtime::*;

/// Writes down what it is told.
#[derive(Default)]
struct Notes(Mutex<Vec<String>>);

impl Notes {
    fn take(&self) -> Vec<String> {
        std::mem::take(&mut self.0.lock().unwrap())
    }

    fn note(&self, note: String) {
        self.0.lock().unwrap().push(note);
    }
}

impl Hook for Notes {
    fn before(&self, call: &CallInfo<'_>) {
        assert_eq!(call.host, Some("127.0.0.1"));
        self.note(format!("{} {} begins", call.endpoint.name, call.attempt));
    }

    fn after(&self, call: &CallInfo<'_>, outcome: &Outcome<'_>) {
        let Outcome { duration, status, error, canceled, .. } = *outcome;
        assert!(duration < Duration::from_secs(10), "{duration:?}");
        assert_eq!((error.and_then(Error::code), canceled), (outcome.code(), outcome.kind() == "canceled"));
        let told =
            format!("{} {} {} {status:?} {:?}", call.endpoint.name, call.attempt, outcome.kind(), outcome.code());
        self.note(told);
    }

    fn unsent(&self, call: &CallInfo<'_>, error: &Error) {
        self.note(format!("{} {} unsent {}", call.endpoint.name, call.attempt, error.is_invalid()));
    }
}

fn builder(server: &Server) -> ClientBuilder {
    let quick = Retries::new().pauses(Duration::from_millis(1), Duration::from_millis(2));
    Client::builder().base_url(&server.url).access_token("a-token").retries(quick).max_body(1000)
}

fn noting(server: &Server) -> (Arc<Notes>, Client) {
    let notes = Arc::new(Notes::default());
    (notes.clone(), builder(server).hook(notes).build().unwrap())
}

#[tokio::test]
async fn each_attempt_is_told_once_before_and_once_after() {
    let replies = [r#"{"rc":-1,"said":"busy"}"#, r#"{"rc":0,"id":1}"#].map(Reply::json);
    let server = Server::start(replies).await;
    let (notes, client) = noting(&server);
    client.send(&Get::new("a")).await.unwrap();
    let told = ["1 begins", "1 busy Some(200) Some(-1)", "2 begins", "2 ok Some(200) None"];
    assert_eq!(notes.take(), told.map(|told| format!("thing::Get {told}")));
}

#[tokio::test]
async fn every_fault_has_its_kind() {
    let faults = [
        (Reply::json(r#"{"rc":7}"#), "missing Some(200) Some(7)"),
        (Reply::json(r#"{"rc":11}"#), "token Some(200) Some(11)"),
        (Reply::json(r#"{"rc":4711}"#), "unknown_code Some(200) Some(4711)"),
        (Reply::http("404 No", "text/html", "<p>"), "status Some(404) None"),
        (Reply::json("<p>"), "decode Some(200) None"),
        (Reply::Endless, "too_large Some(200) None"),
        (Reply::Close, "transport None None"),
        (Reply::Hang, "timeout None None"),
    ];
    for (reply, kind) in faults {
        let server = Server::start([reply]).await;
        let notes = Arc::new(Notes::default());
        let client = builder(&server).retries(Retries::never()).timeout(Duration::from_millis(500));
        let client = client.hook(notes.clone()).build().unwrap();
        client.send(&Get::new("a")).await.unwrap_err();
        assert_eq!(notes.take(), ["begins", kind].map(|told| format!("thing::Get 1 {told}")));
        // As it came, the response is none that failed; but it is told what the code says.
        if kind.starts_with("missing") {
            let server = Server::start([Reply::json(r#"{"rc":7}"#)]).await;
            let (notes, client) = noting(&server);
            client.send_raw(&Get::new("a")).await.unwrap();
            assert_eq!(notes.take().last().unwrap(), "thing::Get 1 missing Some(200) Some(7)");
        }
    }
    let nobody = Client::builder().base_url("http://127.0.0.1:1").access_token("a").retries(Retries::never());
    let notes = Arc::new(Notes::default());
    nobody.hook(notes.clone()).build().unwrap().send(&Spend {}).await.unwrap_err();
    assert_eq!(notes.take().last().unwrap(), "thing::Spend 1 connect None None");
}

#[tokio::test]
async fn what_is_not_sent_is_told_apart() {
    let server = Server::start([Reply::json(r#"{"rc":11}"#)]).await;
    let (notes, client) = noting(&server);
    client.send(&Get::new("longer than twelve bytes")).await.unwrap_err();
    assert_eq!(notes.take(), ["thing::Get 1 unsent true"]);
    struct Once;
    impl TokenSource for Once {
        fn token(&self) -> BoxFuture<'_, Result<AccessToken, Error>> {
            Box::pin(async { Ok(AccessToken::new("one")) })
        }
        fn renew<'a>(&'a self, _: &'a AccessToken) -> BoxFuture<'a, Result<Option<AccessToken>, Error>> {
            Box::pin(async { Err(Error::token_source("no more")) })
        }
    }
    let client = builder(&server).token_source(Once).hook(notes.clone()).build().unwrap();
    client.send(&Spend {}).await.unwrap_err();
    let told = ["1 begins", "1 token Some(200) Some(11)", "2 unsent false"];
    assert_eq!(notes.take(), told.map(|told| format!("thing::Spend {told}")));
}

#[tokio::test]
async fn a_call_that_is_dropped_is_told_as_canceled() {
    let server = Server::start([Reply::Hang]).await;
    let (notes, client) = noting(&server);
    drop(client.send(&Spend {}));
    assert!(notes.take().is_empty(), "nothing was sent");
    tokio::time::timeout(Duration::from_millis(100), client.send(&Spend {})).await.unwrap_err();
    assert_eq!(notes.take(), ["thing::Spend 1 begins", "thing::Spend 1 canceled None None"]);
}

static ISSUE: TokenIssue = TokenIssue {
    meta: &Meta { name: "Issue", path: "/issue", token_param: "", paging: None, success: &["key"], ..GET },
    id: "who",
    secret: "hush",
    fixed: &[],
    force: None,
    token: "key",
    expires_in: "for",
};

object! {
    /// Spends something, in the name of an account.
    Pay 0 {}
}

unchecked!(Pay);
endpoint!(Pay -> Paid = Meta {
    name: "Pay", path: "/pay", repeat: Repeat::Unsafe, issue: Some(&ISSUE), paging: None, success: &[], ..GET
});

object! {
    /// What comes of it.
    Paid 0 {}
}

/// Panics once, at an endpoint of this name.
struct Panics {
    at: &'static str,
    after: bool,
    done: AtomicBool,
}

impl Panics {
    fn maybe(&self, call: &CallInfo<'_>) {
        assert!(call.endpoint.name != self.at || self.done.swap(true, SeqCst), "the hook panics, as it was told to");
    }
}

impl Hook for Panics {
    fn before(&self, call: &CallInfo<'_>) {
        if !self.after {
            self.maybe(call);
        }
    }

    fn after(&self, call: &CallInfo<'_>, _: &Outcome<'_>) {
        if self.after {
            self.maybe(call);
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_hook_that_panics_harms_its_call_alone() {
    for (at, after) in [("Pay", false), ("Pay", true), ("Issue", false), ("Issue", true)] {
        let server = Server::answering(|request| match request.line.contains("/issue") {
            true => Reply::json(r#"{"key":"a-key-of-some-length","for":7200}"#),
            false => Reply::json(r#"{"rc":0}"#),
        })
        .await;
        let notes = Arc::new(Notes::default());
        let panics = Panics { at, after, done: AtomicBool::new(false) };
        let client = Client::builder().base_url(&server.url).app("wx1", "a secret of some length");
        let client = client.hook(notes.clone()).hook(panics).build().unwrap();
        let first = tokio::spawn(client.send(&Pay {})).await;
        match at {
            "Pay" => assert!(first.unwrap_err().is_panic()),
            // The renewal is a task of its own.
            _ => assert!(first.unwrap().unwrap_err().to_string().contains("cut off")),
        }
        for _ in 0..2 {
            client.send(&Pay {}).await.unwrap();
        }
        let notes = notes.take();
        let ends = notes.iter().filter(|note| note.ends_with("ok Some(200) None")).count();
        // Two calls and a token came well; and so did what was told to the hook before the one that panics.
        assert_eq!(ends, 3 + usize::from(after), "{at} {after}: {notes:#?}");
    }
}

#[tokio::test]
async fn several_hooks_are_told_in_their_order() {
    struct Tag(&'static str, Arc<Notes>);
    impl Hook for Tag {
        fn before(&self, _: &CallInfo<'_>) {
            self.1.note(self.0.to_owned());
        }
    }
    let server = Server::answering(|_| Reply::json(r#"{"rc":0}"#)).await;
    let notes = Arc::new(Notes::default());
    let mut client = builder(&server);
    for tag in ["one", "two", "three"] {
        client = client.hook(Tag(tag, notes.clone()));
    }
    let client = client.build().unwrap();
    client.send(&Spend {}).await.unwrap();
    // Clients made of it have the same.
    client.for_token_source(AccessToken::new("b")).with_timeout(Duration::from_secs(9)).send(&Spend {}).await.unwrap();
    assert_eq!(notes.take(), ["one", "two", "three", "one", "two", "three"]);
}

#[test]
fn the_id_of_a_call_is_found_in_the_message() {
    let long = format!("call={}", "a".repeat(65));
    for (message, id) in [
        ("wrong state call=6512-af_9", Some("6512-af_9")),
        ("wrong state, call=6512, hint", Some("6512")),
        ("call=one call=two", Some("two")),
        ("call=one", Some("one")),
        ("recall=one", None),
        ("call=", None),
        ("call= one", None),
        ("call=卡", None),
        ("nothing", None),
        (&long, None),
    ] {
        assert_eq!(Error::api::<Get>(7, message).rid(), id, "{message}");
    }
    assert_eq!(Error::token_source("call=one").rid(), None);
}
