//! Pushes as a service of axum: answered at once, handed on, and none lost where there is no room.

use std::time::Duration;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::{FromRef, State};
use axum::http::{Method, Request, StatusCode};
use axum::routing::post;
use tower_service::Service;

use weixin_runtime::push::SignedPush;
use weixin_runtime::push::web::{Inbox, PushService, Verified};

use crate::support::*;

fn request(method: Method, query: &str, body: impl Into<Body>) -> Request<Body> {
    Request::builder().method(method).uri(format!("/pushes?{query}")).body(body.into()).expect("a request")
}

async fn call<S>(service: &mut S, request: Request<Body>) -> (StatusCode, String)
where
    S: Service<Request<Body>, Response = axum::response::Response, Error = std::convert::Infallible>,
{
    let Ok(response) = service.call(request).await;
    let status = response.status();
    let body = to_bytes(response.into_body(), 10_000).await.expect("a body");
    (status, String::from_utf8(body.to_vec()).expect("text"))
}

async fn send(service: &mut PushService<Event>, sent: &SignedPush) -> (StatusCode, String) {
    call(service, request(Method::POST, &sent.query, sent.body.clone())).await
}

fn numbered(number: usize) -> SignedPush {
    signer().encrypted(format!("<xml><Event>x</Event><N>{number}</N></xml>"))
}

async fn number(inbox: &mut Inbox<Event>) -> Option<String> {
    let push = inbox.next().await?;
    let Event::Unknown(unknown) = push.event() else { panic!("{push:?}") };
    unknown.text("N")
}

fn ok() -> (StatusCode, String) {
    (StatusCode::OK, scheme().answer.to_owned())
}

#[tokio::test]
async fn a_push_is_answered_and_handed_on_once() {
    let (service, mut inbox) = receiver().build().expect("a receiver").service(4);
    let mut router: Router = service.router("/pushes");
    let sent = numbered(1);
    for _ in 0..3 {
        assert_eq!(call(&mut router, request(Method::POST, &sent.query, sent.body.clone())).await, ok());
    }
    let query = signer().encrypted_check("5927839045");
    let echo = (StatusCode::OK, "5927839045".to_owned());
    assert_eq!(call(&mut router, request(Method::GET, &query, "")).await, echo);
    assert_eq!(call(&mut router, request(Method::GET, "", "")).await.0, StatusCode::FORBIDDEN);
    assert_eq!(call(&mut router, request(Method::PUT, &query, "")).await.0, StatusCode::METHOD_NOT_ALLOWED);
    drop(router);
    assert_eq!(number(&mut inbox).await.as_deref(), Some("1"));
    assert_eq!(number(&mut inbox).await, None, "nothing was handed on twice");
}

#[tokio::test]
async fn what_is_not_authentic_is_refused_with_one_word() {
    let (mut service, _inbox) = receiver().max_bytes(5_000).build().expect("a receiver").service(4);
    let good = numbered(1);
    let refused = (StatusCode::FORBIDDEN, "the push is not authentic".to_owned());
    for (query, body) in [("", good.body.clone()), (&good.query, b"<xml/>".to_vec()), (&good.query, Vec::new())] {
        assert_eq!(call(&mut service, request(Method::POST, query, body)).await, refused);
    }
    let large = call(&mut service, request(Method::POST, &good.query, vec![b'x'; 5_001])).await;
    assert_eq!(large.0, StatusCode::PAYLOAD_TOO_LARGE);
    let unreadable = signer().encrypted("no push");
    assert_eq!(send(&mut service, &unreadable).await.0, StatusCode::BAD_REQUEST);
}

#[tokio::test(start_paused = true)]
async fn where_there_is_no_room_a_push_comes_again_and_is_taken_then() {
    let (service, mut inbox) = receiver().build().expect("a receiver").service(2);
    let mut service = service.patience(Duration::from_millis(500));
    let pushes: Vec<SignedPush> = (0..3).map(numbered).collect();
    assert_eq!(send(&mut service, &pushes[0]).await, ok());
    assert_eq!(send(&mut service, &pushes[1]).await, ok());
    for _ in 0..2 {
        assert_eq!(send(&mut service, &pushes[2]).await.0, StatusCode::SERVICE_UNAVAILABLE);
    }
    assert_eq!(number(&mut inbox).await.as_deref(), Some("0"));
    assert_eq!(send(&mut service, &pushes[2]).await, ok(), "it was not taken for a repeat");
    // What is closed takes nothing more, and gives out what it has.
    inbox.close();
    assert_eq!(send(&mut service, &numbered(3)).await.0, StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(number(&mut inbox).await.as_deref(), Some("1"));
    assert_eq!(number(&mut inbox).await.as_deref(), Some("2"));
    assert_eq!(number(&mut inbox).await, None);
}

/// A body that never ends, and a memory that never answers: the answer comes before the server gives up after five seconds.
#[tokio::test(start_paused = true)]
async fn an_answer_comes_in_time_whatever_happens() {
    let (mut service, _inbox) = receiver().memory(Silent).build().expect("a receiver").service(1);
    let start = tokio::time::Instant::now();
    assert_eq!(send(&mut service, &numbered(1)).await.0, StatusCode::SERVICE_UNAVAILABLE);
    assert!(start.elapsed() < Duration::from_secs(5), "on the clock of the test, which is no real one");
    let endless = Body::from_stream(Endless);
    let start = tokio::time::Instant::now();
    let answer = call(&mut service, request(Method::POST, &numbered(2).query, endless)).await;
    assert_eq!(answer.0, StatusCode::SERVICE_UNAVAILABLE);
    assert!(start.elapsed() < Duration::from_secs(5));
}

struct Silent;

impl weixin_runtime::push::PushMemory for Silent {
    fn keep<'a>(
        &'a self,
        _: &'a str,
        _: &'a str,
        _: Duration,
    ) -> weixin_runtime::BoxFuture<'a, Result<Option<String>, weixin_runtime::StoreError>> {
        Box::pin(std::future::pending())
    }

    fn forget<'a>(&'a self, _: &'a str) -> weixin_runtime::BoxFuture<'a, Result<(), weixin_runtime::StoreError>> {
        Box::pin(std::future::pending())
    }
}

struct Endless;

impl futures_core::Stream for Endless {
    type Item = Result<Vec<u8>, std::io::Error>;

    fn poll_next(
        self: std::pin::Pin<&mut Self>,
        _: &mut std::task::Context<'_>,
    ) -> std::task::Poll<Option<Self::Item>> {
        std::task::Poll::Pending
    }
}

/// A push whose sender hangs up in the middle is handed on all the same.
#[tokio::test]
async fn who_hangs_up_loses_nothing() {
    let (mut service, mut inbox) = receiver().memory(Slow::default()).build().expect("a receiver").service(4);
    let sent = numbered(1);
    let answer = service.call(request(Method::POST, &sent.query, sent.body.clone()));
    assert!(tokio::time::timeout(Duration::from_millis(20), answer).await.is_err(), "the memory is slow");
    assert_eq!(number(&mut inbox).await.as_deref(), Some("1"));
}

#[derive(Default)]
struct Slow(weixin_runtime::push::Recent);

impl weixin_runtime::push::PushMemory for Slow {
    fn keep<'a>(
        &'a self,
        key: &'a str,
        value: &'a str,
        time: Duration,
    ) -> weixin_runtime::BoxFuture<'a, Result<Option<String>, weixin_runtime::StoreError>> {
        Box::pin(async move {
            tokio::time::sleep(Duration::from_millis(60)).await;
            self.0.keep(key, value, time).await
        })
    }

    fn forget<'a>(&'a self, key: &'a str) -> weixin_runtime::BoxFuture<'a, Result<(), weixin_runtime::StoreError>> {
        self.0.forget(key)
    }
}

#[derive(Clone)]
struct App {
    receiver: Receiver,
    prefix: &'static str,
}

impl FromRef<App> for Receiver {
    fn from_ref(app: &App) -> Self {
        app.receiver.clone()
    }
}

async fn handler(State(app): State<App>, Verified(push): Verified<Event>) -> String {
    let text = String::from_utf8(push.message().to_vec()).expect("text");
    app.receiver.reply(&push, &format!("{}{}", app.prefix, text.len())).expect("an answer")
}

#[tokio::test]
async fn a_handler_of_ones_own_gets_what_is_verified() {
    let app = App { receiver: receiver().also_plain().build().expect("a receiver"), prefix: "letters: " };
    let mut router: Router = Router::new().route("/pushes", post(handler)).with_state(app);
    let sent = signer().plain("<xml><Event>x</Event></xml>");
    let request = || request(Method::POST, &sent.query, sent.body.clone());
    assert_eq!(call(&mut router, request()).await, (StatusCode::OK, "letters: 27".to_owned()));
    assert_eq!(call(&mut router, request()).await, ok(), "a repeat is answered, and reaches no handler");
    let forged = self::request(Method::POST, "", "<xml/>");
    assert_eq!(call(&mut router, forged).await.0, StatusCode::FORBIDDEN);
}
