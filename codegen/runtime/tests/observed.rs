//! Spans and numbers of calls, for programs that collect them.
#![cfg(all(feature = "client", feature = "tracing", feature = "metrics"))]
#![allow(clippy::unwrap_used, reason = "a test may panic")]

#[macro_use]
mod common;
mod server;
mod watch;

use std::future::Future;
use std::pin::pin;
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use common::{GET, Get, Pages, Spend};
use server::{Reply, Server};
use watch::spans::Kept;
use watch::watch;
use weixin_runtime::*;

fn builder(server: &Server) -> ClientBuilder {
    let quick = Retries::new().pauses(Duration::from_millis(1), Duration::from_millis(2));
    Client::builder().base_url(format!("{}/gateway/of/someone", server.url)).access_token("a-token").retries(quick)
}

/// A span for the calls of one test, and what is below it in the end.
struct Root(tracing::Span);

impl Root {
    fn new() -> Self {
        watch();
        Root(tracing::info_span!("root"))
    }

    fn call<E: Endpoint>(&self, client: &Client, request: &E) -> Sending<E::Response> {
        self.0.in_scope(|| client.send(request))
    }

    fn calls(&self) -> Vec<Kept> {
        let id = self.0.id().unwrap().into_u64();
        watch().spans.below(Some(id)).into_iter().filter(|span| span.target == "weixin_runtime").collect()
    }
}

fn attempts(call: &Kept) -> Vec<Kept> {
    watch().spans.below(Some(call.id)).into_iter().filter(|span| span.target == "weixin_runtime").collect()
}

#[tokio::test]
async fn a_call_is_a_span_and_so_is_each_attempt() {
    let replies = [r#"{"rc":-1,"said":"busy call=b-1"}"#, r#"{"rc":0,"id":1}"#].map(Reply::json);
    let server = Server::start(replies).await;
    let (root, client) = (Root::new(), builder(&server).build().unwrap());
    root.call(&client, &Get::new("a")).await.unwrap();
    let [call] = root.calls().try_into().unwrap();
    assert!(call.is_closed() && call.name == "call");
    assert_eq!(call.told(), "attempts=2 endpoint=thing::Get otel.name=thing::Get");
    let [first, second] = attempts(&call).try_into().unwrap();
    let port = server.url.rsplit(':').next().unwrap();
    let same = |number: u32, came: &str, again: &str| {
        format!(
            "attempt={number} endpoint=thing::Get {came}http.request.method=POST {again}\
             http.response.status_code=200 otel.kind=client otel.name=POST /thing/get "
        )
    };
    let target = format!("server.address=127.0.0.1 server.port={port} url.template=/thing/get");
    let failed = same(1, "error.code=-1 error.type=busy ", "") + "otel.status_code=ERROR rid=b-1 ";
    assert_eq!(first.told(), failed + &target);
    assert_eq!(second.told(), same(2, "", "http.request.resend_count=1 ") + &target);
    assert!([&call, &first, &second].iter().all(|span| span.is_closed() && span.fields.contains_key("duration")));
}

#[tokio::test]
async fn the_call_tells_what_it_ended_with() {
    let server = Server::answering(|_| Reply::json(r#"{"rc":7,"said":"gone call=c-7"}"#)).await;
    let (root, client) = (Root::new(), builder(&server).build().unwrap());
    root.call(&client, &Get::new("a")).await.unwrap_err();
    root.call(&client, &Get::new("longer than twelve bytes")).await.unwrap_err();
    drop(root.call(&client, &Get::new("a")));
    let told: Vec<String> = root.calls().iter().map(Kept::told).collect();
    let name = "otel.name=thing::Get";
    assert_eq!(
        told,
        [
            format!(
                "attempts=1 endpoint=thing::Get error.code=7 error.type=missing {name} \
                 otel.status_code=ERROR rid=c-7"
            ),
            format!("attempts=0 endpoint=thing::Get error.type=invalid {name} otel.status_code=ERROR"),
            format!("endpoint=thing::Get {name}"),
        ]
    );
    assert!(root.calls().iter().all(Kept::is_closed));
}

/// Polls a future to its end, each time on a thread of its own.
fn on_many_threads<F: Future + Send>(future: F) -> F::Output
where
    F::Output: Send,
{
    let runtime = tokio::runtime::Handle::current();
    let mut future = pin!(future);
    loop {
        let polled = std::thread::scope(|scope| {
            let future = future.as_mut();
            let thread = scope.spawn(|| {
                let _entered = runtime.enter();
                future.poll(&mut Context::from_waker(Waker::noop()))
            });
            thread.join().unwrap()
        });
        match polled {
            Poll::Ready(output) => return output,
            Poll::Pending => std::thread::sleep(Duration::from_millis(2)),
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn attempts_stay_below_their_call_whatever_thread_polls_it() {
    let replies = ["{\"rc\":-1}", "{\"rc\":9}", "{\"rc\":0,\"id\":1}"].map(Reply::json);
    let server = Server::start(replies).await;
    let (root, client) = (Root::new(), builder(&server).build().unwrap());
    let call = root.call(&client, &Get::new("a"));
    tokio::task::block_in_place(|| on_many_threads(call)).unwrap();
    let [call] = root.calls().try_into().unwrap();
    assert!(call.threads.len() > 2, "{:?}", call.threads);
    let attempts = attempts(&call);
    let numbers: Vec<&str> = attempts.iter().map(|attempt| attempt.fields["attempt"].as_str()).collect();
    assert_eq!(numbers, ["1", "2", "3"]);
    assert!(attempts.iter().all(|attempt| !attempt.threads.is_empty() && attempt.is_closed()));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn calls_side_by_side_keep_their_attempts_apart() {
    let server = Server::answering(|_| Reply::json(r#"{"rc":-1}"#)).await;
    let (root, client) = (Root::new(), builder(&server).build().unwrap());
    let mut tasks = tokio::task::JoinSet::new();
    for _ in 0..10 {
        tasks.spawn(root.call(&client, &Get::new("a")));
    }
    tasks.join_all().await;
    let calls = root.calls();
    assert_eq!(calls.len(), 10);
    for call in calls {
        assert_eq!(attempts(&call).len(), call.fields["attempts"].parse::<usize>().unwrap());
    }
}

#[tokio::test]
async fn a_call_that_is_dropped_says_so() {
    let server = Server::start([Reply::Hang]).await;
    let (root, client) = (Root::new(), builder(&server).build().unwrap());
    tokio::time::timeout(Duration::from_millis(100), root.call(&client, &Spend {})).await.unwrap_err();
    let [call] = root.calls().try_into().unwrap();
    let [attempt] = attempts(&call).try_into().unwrap();
    for span in [call, attempt] {
        assert!(span.is_closed() && span.fields["error.type"] == "canceled", "{span:?}");
        assert!(!span.fields.contains_key("otel.status_code"));
    }
}

#[tokio::test]
async fn neither_the_query_nor_the_body_nor_a_gateway_is_told() {
    let server = Server::answering(|_| Reply::json(r#"{"rc":7,"said":"of someone-else"}"#)).await;
    let (root, client) = (Root::new(), builder(&server).build().unwrap());
    root.call(&client, &Pages::new("someone-else")).await.unwrap_err();
    let asked = server.requests()[0].line.clone();
    assert!(asked.contains("/gateway/of/someone/thing/pages?") && asked.contains("after=someone-else"), "{asked}");
    let [call] = root.calls().try_into().unwrap();
    let told = format!("{call:?}{:?}", attempts(&call));
    assert!(!told.contains("someone") && told.contains("/thing/pages"), "{told}");
}

object! {
    /// What comes of a payment.
    Paid 0 {}
}

/// A payment in the name of an account: numbers are kept by the names of endpoints, so that each test has its own.
macro_rules! payment {
    ($pay:ident, $name:literal, $issue:literal) => {
        object! {
            /// Spends something.
            $pay 0 {}
        }
        unchecked!($pay);
        endpoint!($pay -> Paid = Meta {
            name: $name,
            path: "/pay",
            repeat: Repeat::Safe,
            issue: Some(&TokenIssue {
                meta: &Meta { name: $issue, path: "/issue", token_param: "", paging: None, success: &["key"], ..GET },
                id: "who",
                secret: "hush",
                fixed: &[],
                force: None,
                token: "key",
                expires_in: "for",
            }),
            paging: None,
            success: &[],
            ..GET
        });
    };
}

payment!(Pay, "Pay", "Issue");
payment!(PayInVain, "PayInVain", "IssueNothing");

#[tokio::test]
async fn calls_attempts_and_renewals_are_counted() {
    let counts = &watch().counts;
    let paid = std::sync::atomic::AtomicU32::new(0);
    let server = Server::answering(move |request| match request.line.contains("/issue") {
        true => Reply::json(r#"{"key":"a-key-of-some-length","for":7200}"#),
        false if paid.fetch_add(1, std::sync::atomic::Ordering::SeqCst) == 1 => Reply::Close,
        false => Reply::json(r#"{"rc":0}"#),
    })
    .await;
    let client = builder(&server).app("wx1", "a secret of some length").build().unwrap();
    for _ in 0..3 {
        client.send(&Pay {}).await.unwrap();
    }
    let ok = "{endpoint=Pay,outcome=ok}";
    assert_eq!(counts.counter(&format!("weixin_calls_total{ok}")), 3);
    assert_eq!(counts.counter(&format!("weixin_attempts_total{ok}")), 3);
    assert_eq!(counts.counter("weixin_attempts_total{endpoint=Pay,outcome=transport}"), 1);
    assert_eq!(counts.counter("weixin_calls_total{endpoint=Issue,outcome=ok}"), 1);
    assert_eq!(counts.counter("weixin_token_renewals_total{outcome=ok}"), 1);
    assert_eq!(counts.values("weixin_call_attempts{endpoint=Pay}"), [1.0, 2.0, 1.0]);
    for histogram in ["weixin_call_duration_seconds", "weixin_attempt_duration_seconds"] {
        let durations = counts.values(&format!("{histogram}{ok}"));
        assert_eq!(durations.len(), 3);
        assert!(durations.iter().all(|seconds| (0.0001..5.0).contains(seconds)), "{durations:?}");
    }
    let described = counts.described();
    for line in counts.text().lines() {
        let (name, labels) = line.split_once('{').unwrap();
        assert!(described.iter().any(|described| described == name), "{name} is described nowhere");
        let keys: Vec<&str> = labels.split([',', '}']).filter_map(|label| Some(label.split_once('=')?.0)).collect();
        assert!(keys.iter().all(|key| ["endpoint", "outcome"].contains(key)), "{line}");
    }
}

#[tokio::test]
async fn a_renewal_that_fails_is_counted_apart() {
    let server = Server::answering(|_| Reply::json(r#"{"rc":7,"said":"no such account"}"#)).await;
    let client = builder(&server).app("wx1", "a secret of some length").build().unwrap();
    let failed = || watch().counts.counter("weixin_token_renewals_total{outcome=failed}");
    let before = failed();
    client.send(&PayInVain {}).await.unwrap_err();
    assert_eq!(failed() - before, 1);
    assert_eq!(watch().counts.counter("weixin_calls_total{endpoint=PayInVain,outcome=no_token}"), 1);
    assert_eq!(watch().counts.counter("weixin_calls_total{endpoint=IssueNothing,outcome=missing}"), 1);
}
