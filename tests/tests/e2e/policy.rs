//! How the client goes about a call: policies, tokens, time, size, addresses.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, Once};
use std::time::{Duration, Instant};

use serde_json::json;
use weixin::card::code::{Decrypt, Get, Mark};
use weixin::card::types::BusTicketUpdate;
use weixin::card::{Delete, GetColors, Update};
use weixin::{AccessToken, BoxFuture, CodeInfo, Error, ErrorClass, Lang, Rule, TokenSource, Unit, ValidationPolicy};

use crate::support::{Reply, Server, TOKEN};

/// A code that is one byte too long.
fn too_long() -> Mark {
    Mark::new("7".repeat(65), "pTest0card", "oTest0user", true)
}

#[tokio::test]
async fn refuse_sends_nothing() {
    let server = Server::answers(json!({ "errcode": 0 })).await;
    let error = too_long().send(&server.client()).await.expect_err("it is refused");
    assert!(error.is_invalid() && !error.is_retryable());
    assert_eq!((error.code(), error.http_status(), error.body()), (None, None, None));
    let violations = error.violations().expect("the violations").as_slice();
    let [violation] = violations else { panic!("one violation, not {violations:?}") };
    assert_eq!((violation.path.as_str(), violation.rule), ("code", Rule::MaxBytes));
    assert_eq!((violation.limit, violation.unit), (Some(64), Some(Unit::Bytes)));
    assert_eq!(violation.actual.as_deref(), Some("65"));
    assert!(error.to_string().contains("POST /card/code/mark"), "{error}");
    assert!(error.explain(Lang::En).contains("code") && error.explain(Lang::Zh).contains("未发送"));
    assert!(server.seen().is_empty(), "no request reaches the server");
}

#[tokio::test]
async fn warn_sends_and_logs() {
    let log = captured();
    let server = Server::answers(json!({ "errcode": 0, "errmsg": "ok" })).await;
    let client = server.builder().policy(ValidationPolicy::Warn).build().expect("a client");
    too_long().send(&client).await.expect("it is sent");
    assert_eq!(server.only().json()["code"], "7".repeat(65));
    let log = log.lock().expect("not poisoned");
    let lines: Vec<&String> = log.iter().filter(|line| line.contains("/card/code/mark")).collect();
    let [line] = &lines[..] else { panic!("one line, not {lines:?}") };
    assert!(line.starts_with("WARN ") && line.contains("code: ") && line.contains("64"), "{line}");
    assert!(!line.contains(TOKEN), "{line}");
}

#[tokio::test]
async fn what_is_left_out_of_a_response_is_logged() {
    let log = captured();
    let server = Server::answers(json!({ "errcode": 0, "errmsg": "ok", "send_check": "later" })).await;
    let answer = Update::new("pTest0card", BusTicketUpdate::new()).send(&server.client()).await.expect("a success");
    assert_eq!(answer.send_check, None);
    let log = log.lock().expect("not poisoned");
    let lines: Vec<&String> = log.iter().filter(|line| line.contains("POST /card/update")).collect();
    let [line] = &lines[..] else { panic!("one line, not {lines:?}") };
    assert!(line.starts_with("WARN ") && line.contains("send_check: ") && line.contains("\"later\""), "{line}");
}

#[tokio::test]
async fn a_call_under_way_borrows_nothing() {
    let server = Server::answers(json!({ "errcode": 0, "errmsg": "ok" })).await;
    let call = {
        let client = server.client();
        Delete::new("pTest0card").send(&client)
    };
    assert!(server.seen().is_empty(), "nothing is sent before it is awaited");
    tokio::spawn(call).await.expect("the task ends").expect("a success");
    server.saw_post("/card/delete", json!({ "card_id": "pTest0card" }));
}

#[tokio::test]
async fn off_sends_unchecked() {
    let server = Server::answers(json!({ "errcode": 0, "errmsg": "ok", "code": "1" })).await;
    let client = server.builder().policy(ValidationPolicy::Off).build().expect("a client");
    Decrypt::new("x".repeat(129)).send(&client).await.expect("it is sent");
    assert_eq!(server.only().json()["encrypt_code"], "x".repeat(129));
}

#[tokio::test]
async fn a_base_url_may_have_a_path() {
    for slash in ["", "/"] {
        let server = Server::answers(json!({ "errcode": 0, "errmsg": "ok" })).await;
        let url = format!("{}/gate/way{slash}", server.url);
        let client = weixin::Client::builder().base_url(url).access_token(TOKEN).build().expect("a client");
        Delete::new("pTest0card").send(&client).await.expect("an answer");
        server.saw_post("/gate/way/card/delete", json!({ "card_id": "pTest0card" }));
    }
}

#[tokio::test]
async fn a_token_is_encoded() {
    let server = Server::answers(json!({ "errcode": 0, "colors": [] })).await;
    let client =
        weixin::Client::builder().base_url(&server.url).access_token("a+b&c=d/中 e").build().expect("a client");
    GetColors::new().send(&client).await.expect("an answer");
    // As a server decodes it.
    let query = server.only().query;
    assert_eq!(query, [("access_token".to_owned(), "a+b&c=d/中 e".to_owned())]);
}

#[tokio::test]
async fn a_timeout_is_told_and_not_repeated() {
    let server = Server::start(vec![Reply::SILENCE]).await;
    let client = server.builder().timeout(Duration::from_millis(120)).build().expect("a client");
    let begin = Instant::now();
    let error = Get::new("1").send(&client).await.expect_err("no answer comes");
    assert!(begin.elapsed() < Duration::from_secs(5));
    assert!(error.is_timeout() && !error.is_connect() && error.is_retryable(), "{error:?}");
    assert_eq!((error.code(), error.http_status()), (None, None));
    assert!(error.to_string().contains("POST /card/code/get"), "{error}");
    assert!(!format!("{error}{error:?}").contains(TOKEN), "{error:?}");
    assert_eq!(server.seen().len(), 1);
    // What could be done twice is not to be repeated blindly.
    let error = weixin::card::code::Update::new("1", "2").send(&client).await.expect_err("no answer comes");
    assert!(error.is_timeout() && !error.is_retryable());
    assert!(error.explain(Lang::En).contains("done twice") && error.explain(Lang::Zh).contains("重复执行"));
    assert_eq!(server.seen().len(), 2);
}

#[tokio::test]
async fn nobody_listens() {
    let server = Server::answers(json!({})).await;
    let url = server.url.clone();
    drop(server);
    tokio::time::sleep(Duration::from_millis(20)).await;
    let client = weixin::Client::builder().base_url(url).access_token(TOKEN).build().expect("a client");
    let error = GetColors::new().send(&client).await.expect_err("nobody answers");
    assert!(error.is_connect() && !error.is_timeout(), "{error:?}");
    assert!(!format!("{error}{error:?}").contains(TOKEN), "{error:?}");
}

#[tokio::test]
async fn a_body_without_end_is_cut() {
    let long = format!("{{\"errcode\":0,\"errmsg\":\"{}\"}}", "x".repeat(5000));
    for reply in [Reply::ENDLESS, Reply::text(200, "application/json", &long)] {
        let server = Server::start(vec![reply]).await;
        let client = server.builder().max_body(4096).build().expect("a client");
        let error = Delete::new("pTest0card").send(&client).await.expect_err("too large");
        assert!(error.is_too_large() && !error.is_decode(), "{error:?}");
        assert_eq!(error.http_status(), Some(200));
        assert!(error.to_string().contains("4096"), "{error}");
        assert_eq!(server.seen().len(), 1);
    }
    let server = Server::start(vec![Reply::text(200, "application/json", &long)]).await;
    let client = server.builder().max_body(long.len()).build().expect("a client");
    Delete::new("pTest0card").send(&client).await.expect("just within the cap");
}

/// Gives `token-0`, and after each renewal the next.
#[derive(Default)]
struct Counter {
    renewals: AtomicUsize,
}

impl TokenSource for Counter {
    fn token(&self) -> BoxFuture<'_, Result<AccessToken, Error>> {
        Box::pin(async { Ok(format!("token-{}", self.renewals.load(Ordering::SeqCst)).into()) })
    }

    fn renew<'a>(&'a self, stale: &'a AccessToken) -> BoxFuture<'a, Result<Option<AccessToken>, Error>> {
        Box::pin(async move {
            let next = self.renewals.fetch_add(1, Ordering::SeqCst) + 1;
            assert_eq!(stale.expose(), format!("token-{}", next - 1));
            Ok(Some(format!("token-{next}").into()))
        })
    }
}

#[tokio::test]
async fn a_stale_token_is_renewed_once() {
    let stale = Reply::json(&json!({ "errcode": 40001, "errmsg": "invalid credential, access_token is invalid" }));
    let fine = Reply::json(&json!({ "errcode": 0, "errmsg": "ok" }));
    let tokens = Arc::new(Counter::default());
    let server = Server::start(vec![stale.clone(), fine]).await;
    let client =
        weixin::Client::builder().base_url(&server.url).token_source(tokens.clone()).build().expect("a client");
    weixin::card::ModifyStock::new("p").increase_stock_value(1).send(&client).await.expect("the second try");
    let used: Vec<String> = server.seen().iter().map(|seen| seen.query[0].1.clone()).collect();
    assert_eq!(used, ["token-0", "token-1"]);
    assert_eq!(server.seen()[0].body, server.seen()[1].body);

    let server = Server::start(vec![stale]).await;
    let client =
        weixin::Client::builder().base_url(&server.url).token_source(tokens.clone()).build().expect("a client");
    let error = Delete::new("p").send(&client).await.expect_err("refused twice");
    assert_eq!((error.code(), error.is_token_problem()), (Some(40001), true));
    assert_eq!((server.seen().len(), tokens.renewals.load(Ordering::SeqCst)), (2, 2));
}

#[tokio::test]
async fn no_other_error_renews_a_token() {
    let renewed = |info: &CodeInfo| info.class == ErrorClass::Token;
    let tries = |info: &CodeInfo| 1 + usize::from(renewed(info));
    let reply = |info: &CodeInfo| vec![Reply::json(&json!({ "errcode": info.code, "errmsg": info.name })); tries(info)];
    let server = Server::start(weixin::errors::ALL.iter().flat_map(reply).collect()).await;
    let tokens = Arc::new(Counter::default());
    let client = server.builder().token_source(tokens.clone()).build().expect("a client");
    for info in weixin::errors::ALL {
        let (renewals, seen) = (tokens.renewals.load(Ordering::SeqCst), server.seen().len());
        let error = GetColors::new().send(&client).await.expect_err("refused");
        assert_eq!(error.code(), Some(info.code));
        assert_eq!(tokens.renewals.load(Ordering::SeqCst) - renewals, usize::from(renewed(info)), "{}", info.code);
        assert_eq!(server.seen().len() - seen, tries(info), "{}", info.code);
    }
    let known = |code| weixin::errors::ALL.iter().find(|info| info.code == code).map(|info| info.class);
    for code in [40001, 40014, 42001] {
        assert_eq!(known(code), Some(ErrorClass::Token), "{code}");
    }
}

/// Every record that was logged, as `LEVEL message`.
fn captured() -> &'static Mutex<Vec<String>> {
    static LINES: Mutex<Vec<String>> = Mutex::new(Vec::new());
    static ONCE: Once = Once::new();
    struct Capture;
    impl log::Log for Capture {
        fn enabled(&self, _: &log::Metadata<'_>) -> bool {
            true
        }
        fn log(&self, record: &log::Record<'_>) {
            LINES.lock().expect("not poisoned").push(format!("{} {}", record.level(), record.args()));
        }
        fn flush(&self) {}
    }
    ONCE.call_once(|| {
        log::set_logger(&Capture).expect("the only logger");
        log::set_max_level(log::LevelFilter::Trace);
    });
    &LINES
}
