//! The client against a server that does what it is told.
#![cfg(feature = "client")]
#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod common;
mod server;

use std::sync::Mutex;
use std::time::Duration;

use common::{Get, Pages, Spend, Thing, Upload};
use server::{Reply, Server};
use weixin_runtime::*;

const TOKEN: &str = "very-secret-token";

fn builder(server: &Server) -> ClientBuilder {
    Client::builder().base_url(&server.url).access_token(TOKEN)
}

fn client(server: &Server) -> Client {
    builder(server).build().unwrap()
}

/// Fails if the error shows the token anywhere.
fn discreet(error: &Error) {
    let mut shown = format!("{error} {error:?} {error:#?} {}", error.explain(Lang::En));
    let mut source = std::error::Error::source(error);
    while let Some(error) = source {
        shown.push_str(&format!("{error} {error:?}"));
        source = error.source();
    }
    shown.push_str(&String::from_utf8_lossy(error.body().unwrap_or_default()));
    assert!(!shown.contains(TOKEN), "{shown}");
}

#[tokio::test]
async fn exact_requests() {
    let server = Server::start([
        Reply::json(r#"{"id":1}"#),
        Reply::json(r#"{"rc":0}"#),
        Reply::json(r#"{"rc":0}"#),
        Reply::json(r#"{"rc":0}"#),
    ])
    .await;
    let client = client(&server);
    assert_eq!(client.send(&Get::new("中")).await.unwrap(), Thing { id: 1, figure: None });
    client.send(&Pages::new("a b")).await.unwrap();
    client.send(&Spend {}).await.unwrap();
    client.send(&Upload::new(File::new("a.png", [0, 255]))).await.unwrap();

    let [get, list, spend, upload] = server.requests().try_into().unwrap();
    assert_eq!(get.line, "POST /thing/get?token=very-secret-token HTTP/1.1");
    assert_eq!(get.header("content-type"), Some("application/json"));
    assert_eq!(get.body, "{\"name\":\"中\"}".as_bytes());
    assert_eq!(list.line, "GET /thing/pages?token=very-secret-token&after=a%20b HTTP/1.1");
    assert_eq!((list.header("content-type"), list.body.len()), (None, 0));
    assert_eq!(spend.line, "POST /thing/spend?token=very-secret-token HTTP/1.1");
    assert_eq!((spend.header("content-type"), spend.header("content-length")), (None, Some("0")));
    let (content_type, body) = Upload::new(File::new("a.png", [0, 255])).body().encode();
    assert_eq!((upload.header("content-type"), &upload.body), (Some(content_type.as_str()), &body));
}

#[tokio::test]
async fn the_content_type_is_not_trusted() {
    let server = Server::start([
        Reply::http("200 OK", "text/plain", r#"{"rc":"0","id":"1"}"#),
        Reply::http("200 OK", "text/html; charset=gbk", r#"{"rc":7,"said":"no"}"#),
    ])
    .await;
    let client = client(&server);
    assert_eq!(client.send(&Get::new("a")).await.unwrap().id, 1);
    assert_eq!(client.send(&Get::new("a")).await.unwrap_err().code(), Some(7));
}

#[tokio::test]
async fn garbage_is_kept() {
    let page = format!("<html>{TOKEN}</html>");
    let server = Server::start([
        Reply::http("200 OK", "text/html", &page),
        Reply::http("502 Bad Gateway", "text/html", &page),
        Reply::json(""),
        Reply::json(&format!(r#"{{"rc":7,"said":"{TOKEN}"}}"#)),
        Reply::json(&format!(r#"{{"id":"{TOKEN}"}}"#)),
        Reply::json(&page),
    ])
    .await;
    let client = Client::builder().base_url(&server.url).access_token(TOKEN).retries(Retries::never()).build().unwrap();
    let mut errors = Vec::new();
    for _ in 0..5 {
        let error = client.send(&Get::new("a")).await.unwrap_err();
        discreet(&error);
        errors.push(error);
    }
    assert_eq!(
        errors[0].to_string(),
        "POST /thing/get: the response cannot be read: not JSON: an object was expected \
         (HTTP 200, text/html, 23 bytes: <html>(redacted)</html>)"
    );
    assert_eq!(
        errors[1].to_string(),
        "POST /thing/get: failed without an error code (HTTP 502, text/html, 23 bytes: <html>(redacted)</html>)"
    );
    assert!(errors[1].is_retryable() && errors[2].is_decode());
    assert_eq!(errors[3].errmsg(), Some("(redacted)"));
    assert_eq!(errors[4].json_path(), Some("id"));
    assert_eq!(client.send_raw(&Get::new("a")).await.unwrap().text(), "<html>(redacted)</html>");
}

#[tokio::test]
async fn send_raw_gives_refusals_too() {
    let server = Server::start([Reply::http("400 Bad Request", "text/plain", r#"{"rc":7}"#)]).await;
    let response = client(&server).send_raw(&Get::new("a")).await.unwrap();
    assert_eq!((response.status, response.content_type.as_deref()), (400, Some("text/plain")));
    assert_eq!(response.json::<serde_json::Value>().unwrap()["rc"], 7);
}

#[tokio::test]
async fn redirects_are_not_followed() {
    let server =
        Server::start([Reply::raw("HTTP/1.1 302 Found\r\nlocation: /else\r\ncontent-length: 0\r\n\r\n")]).await;
    let error = client(&server).send(&Get::new("a")).await.unwrap_err();
    assert_eq!(error.http_status(), Some(302));
    assert_eq!(server.requests().len(), 1);
}

#[tokio::test]
async fn late_and_lost_responses() {
    let server =
        Server::start([Reply::Hang, Reply::Close, Reply::raw("HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n{\"i")])
            .await;
    let client = builder(&server).timeout(Duration::from_millis(200)).build().unwrap();
    let late = client.send(&Spend {}).await.unwrap_err();
    assert!(late.is_timeout() && !late.is_connect() && !late.is_retryable());
    let lost = client.send(&Get::new("a")).await.unwrap_err();
    assert!(!lost.is_timeout() && lost.is_retryable());
    let cut = client.send(&Spend {}).await.unwrap_err();
    assert!(!cut.is_retryable() && !cut.is_decode());
    for error in [late, lost, cut] {
        discreet(&error);
        assert!(error.http_status().is_none() && error.body().is_none());
    }
    assert_eq!(server.requests().len(), 3, "nothing is repeated");
}

#[tokio::test]
async fn nobody_there() {
    let server = Server::start([]).await;
    let url = server.url.clone();
    drop(server);
    let client = Client::builder().base_url(url).access_token(TOKEN).build().unwrap();
    let error = client.send(&Get::new("a")).await.unwrap_err();
    assert!(error.is_connect() && error.is_retryable(), "{error}");
    assert!(error.to_string().starts_with("POST /thing/get: no connection: "), "{error}");
    discreet(&error);
}

#[tokio::test]
async fn responses_have_a_limit() {
    let body = format!(r#"{{"id":1,"x":"{}"}}"#, "y".repeat(1000));
    let announced = Reply::json(&body);
    let streamed = Reply::raw(&format!("HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n{body}"));
    let server = Server::start([announced.clone(), streamed, announced, Reply::Endless]).await;
    let small = builder(&server).max_body(500).build().unwrap();
    for _ in 0..2 {
        let error = small.send(&Get::new("a")).await.unwrap_err();
        assert!(error.is_too_large(), "{error}");
        assert_eq!(error.http_status(), Some(200));
    }
    let exact = builder(&server).max_body(body.len()).build().unwrap();
    assert_eq!(exact.send(&Get::new("a")).await.unwrap().id, 1);
    assert!(exact.send_raw(&Get::new("a")).await.unwrap_err().is_too_large());
}

#[tokio::test]
async fn policies() {
    let long = Get::new("一二三四五");
    let server = Server::start([Reply::json(r#"{"id":1}"#), Reply::json(r#"{"id":1}"#)]).await;
    let error = client(&server).send(&long).await.unwrap_err();
    assert!(error.is_invalid() && error.violations().unwrap().len() == 1);
    assert!(server.requests().is_empty());
    for policy in [ValidationPolicy::Warn, ValidationPolicy::Off] {
        builder(&server).policy(policy).build().unwrap().send(&long).await.unwrap();
    }
    assert_eq!(server.requests().len(), 2);
}

/// Keeps what is logged.
struct Lines(Mutex<Vec<String>>);

static LINES: Lines = Lines(Mutex::new(Vec::new()));

impl log::Log for Lines {
    fn enabled(&self, _metadata: &log::Metadata<'_>) -> bool {
        true
    }

    fn log(&self, record: &log::Record<'_>) {
        self.0.lock().unwrap().push(record.args().to_string());
    }

    fn flush(&self) {}
}

#[tokio::test]
async fn warnings_and_a_quiet_log() {
    log::set_logger(&LINES).unwrap();
    log::set_max_level(log::LevelFilter::Trace);
    let odd = format!(r#"{{"id":1,"figure":{{"kind":"CIRCLE","circle":"{TOKEN}"}},"new":2}}"#);
    let server = Server::start([Reply::json(&odd)]).await;
    let client = builder(&server).policy(ValidationPolicy::Warn).build().unwrap();
    client.send(&Get::new("一二三四五")).await.unwrap();
    let lines = LINES.0.lock().unwrap().clone();
    let warning = "POST /thing/get: name: 15 bytes of UTF-8, at most 12 allowed";
    assert!(lines.iter().any(|line| line == warning), "{lines:?}");
    let odd = "POST /thing/get: left out of the response: figure: an object was expected at figure.circle \
        (\"(redacted)\")";
    assert!(lines.iter().any(|line| line == odd), "{lines:?}");
    assert!(!lines.iter().any(|line| line.contains(TOKEN)), "{lines:?}");
}

#[tokio::test]
async fn calls_borrow_nothing() {
    let server = Server::start([Reply::json(r#"{"id":1}"#), Reply::json(r#"{"id":2}"#)]).await;
    let client = client(&server);
    let mut calls = Vec::new();
    for name in ["a", "b"] {
        calls.push(tokio::spawn(client.send(&Get::new(name))));
    }
    let unsent = client.send(&Spend {});
    drop(client);
    let mut ids = Vec::new();
    for call in calls {
        ids.push(call.await.unwrap().unwrap().id);
    }
    ids.sort_unstable();
    assert_eq!(ids, [1, 2]);
    drop(unsent);
    assert_eq!(server.requests().len(), 2, "what is not awaited is not sent");
}

/// A response that repeats the token wherever it can.
fn repeating(token: &str) -> String {
    let (near, far) = (" ".repeat(80), " ".repeat(900));
    format!(
        concat!(
            r#"{{"rc":0,"{token}":1,"text":["{token}"],"int":"{near}{token}","small":"?token={token}","#,
            r#""map":{{"{token}":{{"days":"{far}{token}{token}"}}}},"short":["{many}"]}}"#
        ),
        token = token,
        near = near,
        far = far,
        many = token.repeat(100),
    )
}

#[tokio::test]
async fn oddities_keep_the_token_to_themselves() {
    for (token, shown) in
        [(TOKEN, TOKEN), ("a+secret/token", "a+secret/token"), ("a+secret/token", "a%2Bsecret%2Ftoken")]
    {
        let server = Server::start([Reply::json(&repeating(shown))]).await;
        let client = Client::builder().base_url(&server.url).access_token(token).build().unwrap();
        let inspected = client.inspect(&common::GetRow {}).await.unwrap();
        assert_eq!((inspected.oddities.len(), inspected.unknown.len()), (5, 1));
        let told = format!("{:?} {:?}", inspected.oddities, inspected.unknown);
        // Not even a part of it.
        assert!(told.contains("(redacted)") && !told.contains(&shown[..5]), "{told}");
    }
}

#[test]
fn clients_are_set_up_right() {
    let build = |url: &str| Client::builder().base_url(url).access_token(TOKEN).build();
    for wrong in
        ["", "api.example.com", "ftp://a", "https://", "https://user:hush@a", "https://a?x=hush", "https://a#b"]
    {
        let error = build(wrong).unwrap_err().to_string();
        assert!(error.contains("base_url") && !error.contains("hush"), "{error}");
    }
    assert!(Client::builder().base_url("https://a").build().unwrap_err().to_string().contains("access_token"));
    let client = build("https://a/gateway/").unwrap();
    let shown = format!("{client:?} {:?}", Client::builder().access_token(TOKEN));
    assert!(shown.contains("\"https://a/gateway\"") && !shown.contains(TOKEN), "{shown}");
}

#[tokio::test]
async fn a_gateway_and_a_client_of_your_own() {
    let server = Server::start([Reply::json(r#"{"rc":0}"#)]).await;
    let client = Client::builder()
        .base_url(format!("{}/gateway/", server.url))
        .access_token(TOKEN)
        .http(|builder| builder.user_agent("mine"))
        .build()
        .unwrap();
    client.clone().send(&Spend {}).await.unwrap();
    let request = &server.requests()[0];
    assert!(request.line.starts_with("POST /gateway/thing/spend?token="), "{}", request.line);
    assert_eq!(request.header("user-agent"), Some("mine"));
}

#[tokio::test]
async fn the_usual_host() {
    let client = Client::builder().access_token(TOKEN).build().unwrap();
    let error = client.send(&Get::new("a")).await.unwrap_err();
    assert!(error.to_string().contains("no base_url is set"), "{error}");
    // Port 1 of this machine: nobody is there, but it is where the call went.
    assert!(client.send(&Pages::new("")).await.unwrap_err().is_connect());
    let server = Server::start([Reply::json(r#"{"rc":0}"#)]).await;
    builder(&server).build().unwrap().send(&Pages::new("")).await.unwrap();
}

#[test]
fn futures_can_move_between_threads() {
    fn sendable<T: Send>(_: &T) {}
    fn shareable<T: Send + Sync + 'static>() {}
    fn owned<T: Send + 'static>(_: T) {}
    shareable::<Client>();
    shareable::<Error>();
    let client = Client::builder().base_url("https://a").access_token(TOKEN).build().unwrap();
    let get = Get::new("a");
    sendable(&client.send(&get));
    sendable(&client.send_raw(&get));
    owned(client.send(&Get::new("b")));
    owned(client.inspect(&Get::new("b")));
    drop((client, get));
}
