//! How a client is set up, and what cannot be undone.
#![cfg(feature = "client")]
#![allow(clippy::unwrap_used, reason = "a test may panic")]

#[macro_use]
mod common;
mod server;

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};
use std::time::Duration;

use common::{Get, Nothing, Pages, Spend};
use server::{Reply, Server};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use weixin_runtime::*;

const TOKEN: &str = "very-secret-token";

fn builder(url: &str) -> ClientBuilder {
    Client::builder().base_url(url).access_token(TOKEN)
}

#[tokio::test]
async fn no_hook_makes_the_client_follow_redirects() {
    let other = Server::answering(|_| Reply::json(r#"{"rc":0}"#)).await;
    let location =
        format!("HTTP/1.1 307 Temporary Redirect\r\nlocation: {}/else\r\ncontent-length: 0\r\n\r\n", other.url);
    let server = Server::answering(move |_| Reply::raw(&location)).await;
    let following = |builder: reqwest::ClientBuilder| {
        builder.redirect(reqwest::redirect::Policy::limited(5)).referer(true).connection_verbose(true)
    };
    let client = builder(&server.url).http(following).build().unwrap();
    assert_eq!(client.send(&Get::new("a")).await.unwrap_err().http_status(), Some(307));
    assert!(other.requests().is_empty(), "{:?}", other.requests());
}

#[tokio::test]
async fn no_hook_makes_the_client_send_twice() {
    let server = Server::answering(|_| Reply::http("503 No", "text/plain", "")).await;
    let retrying = |builder: reqwest::ClientBuilder| {
        let policy = reqwest::retry::for_host("127.0.0.1").no_budget();
        builder
            .retry(policy.classify_fn(|call| if call.status().is_some() { call.retryable() } else { call.success() }))
    };
    let client = builder(&server.url).http(retrying).build().unwrap();
    assert_eq!(client.send(&Spend {}).await.unwrap_err().http_status(), Some(503));
    assert_eq!(server.requests().len(), 1);
}

#[tokio::test]
async fn hooks_add_up() {
    let server = Server::answering(|_| Reply::json(r#"{"rc":0}"#)).await;
    let mut headers = reqwest::header::HeaderMap::new();
    headers.insert("x-mine", reqwest::header::HeaderValue::from_static("1"));
    let client = builder(&server.url)
        .http(|builder| builder.user_agent("mine"))
        .http(|builder| builder.default_headers(headers))
        .build()
        .unwrap();
    client.send(&Spend {}).await.unwrap();
    let request = &server.requests()[0];
    assert_eq!((request.header("user-agent"), request.header("x-mine")), (Some("mine"), Some("1")));
}

#[test]
fn plain_http_stays_on_this_machine() {
    for url in ["http://127.0.0.1:8080", "http://127.1.2.3", "http://[::1]:1", "http://localhost/a", "http://LOCALHOST"]
    {
        builder(url).build().unwrap();
    }
    for url in [
        "http://api.example.com",
        "http://10.0.0.1",
        "http://0.0.0.0",
        "http://128.0.0.1",
        "http://[::2]",
        "http://localhost.example.com",
        "http://127.0.0.1.example.com",
    ] {
        let error = builder(url).build().unwrap_err().to_string();
        assert!(error.contains("base_url: http://") && error.contains("allow_plain_http(true)"), "{error}");
        builder(url).allow_plain_http(true).build().unwrap();
    }
}

object! {
    /// Its usual host is a place where everyone can listen.
    Open 0 {}
}

unchecked!(Open);
endpoint!(Open -> Nothing = Meta { host: "http://thing.invalid", name: "Open", ..*Pages::META });

#[tokio::test]
async fn plain_http_is_refused_of_an_endpoint_too() {
    let client = Client::builder().access_token(TOKEN).build().unwrap();
    let error = client.send(&Open {}).await.unwrap_err();
    assert!(error.to_string().contains("the host of the endpoint: http://"), "{error}");
    assert!(Pages::META.host.starts_with("http://127.0.0.1"));
    assert!(client.send(&Pages::new("")).await.unwrap_err().is_connect());
}

#[test]
fn a_client_that_cannot_be_built_says_why() {
    let error = builder("https://a").http(|builder| builder.user_agent("a\nb")).build().unwrap_err().to_string();
    assert_eq!(error, "the client is set up wrongly: the HTTP client cannot be built: failed to parse header value");
}

/// Run by the test below, in a process of its own.
#[cfg(feature = "rustls")]
#[test]
#[ignore = "run by another test"]
fn without_certificates() {
    println!("{}", builder("https://a").build().unwrap_err());
}

#[cfg(all(feature = "rustls", target_os = "linux"))]
#[test]
fn a_machine_without_certificates_is_told_what_it_lacks() {
    let output = std::process::Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "without_certificates", "--ignored", "--nocapture"])
        .env("SSL_CERT_FILE", "/dev/null")
        .env("SSL_CERT_DIR", "/dev/null")
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(said.contains("no certificates by which to know a server") && said.contains("ca-certificates"), "{said}");
    assert!(!said.contains("builder error"), "{said}");
}

#[cfg(feature = "rustls")]
#[tokio::test]
async fn trouble_with_tls_is_not_the_network() {
    // The server speaks no TLS.
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("https://{}", listener.local_addr().unwrap());
    tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        stream.write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n").await.unwrap();
        drop(stream.read(&mut [0; 4096]).await);
    });
    let error = builder(&url).build().unwrap().send(&Get::new("a")).await.unwrap_err();
    assert!(error.is_connect() && error.to_string().starts_with("POST /thing/get: no secure connection: "), "{error}");
    let explained = error.explain(Lang::En);
    assert!(explained.contains("certificates") && !explained.contains("Check the network"), "{explained}");
    assert!(!error.explain(Lang::Zh).contains("检查网络"));
    let nobody = builder("https://127.0.0.1:1").build().unwrap().send(&Get::new("a")).await.unwrap_err();
    assert!(nobody.explain(Lang::En).contains("Check the network"), "{nobody}");
}

#[cfg(not(feature = "rustls"))]
#[tokio::test]
async fn without_tls_the_feature_is_named() {
    let error = builder("https://127.0.0.1:1").build().unwrap().send(&Get::new("a")).await.unwrap_err();
    assert!(error.to_string().contains("switch on the feature `rustls`"), "{error}");
    assert!(!error.is_connect() && !error.is_retryable());
}

/// A server that keeps its connections open: how many were opened, and how many the client has closed.
async fn keeping() -> (String, Arc<AtomicUsize>, Arc<AtomicUsize>) {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let (opened, closed) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
    let counts = (opened.clone(), closed.clone());
    tokio::spawn(async move {
        loop {
            let (mut stream, _) = listener.accept().await.unwrap();
            counts.0.fetch_add(1, SeqCst);
            let closed = counts.1.clone();
            tokio::spawn(async move {
                while matches!(stream.read(&mut [0; 4096]).await, Ok(1..)) {
                    tokio::time::sleep(Duration::from_millis(300)).await;
                    let reply = b"HTTP/1.1 200 OK\r\ncontent-length: 8\r\n\r\n{\"rc\":0}";
                    stream.write_all(reply).await.unwrap();
                }
                closed.fetch_add(1, SeqCst);
            });
        }
    });
    (url, opened, closed)
}

#[tokio::test]
async fn not_many_connections_are_kept() {
    let (url, opened, closed) = keeping().await;
    let client = builder(&url).build().unwrap();
    let mut calls = tokio::task::JoinSet::new();
    for _ in 0..40 {
        calls.spawn(client.send(&Spend {}));
    }
    assert!(calls.join_all().await.iter().all(Result::is_ok));
    tokio::time::sleep(Duration::from_millis(500)).await;
    assert_eq!(opened.load(SeqCst) - closed.load(SeqCst), 32);
}

#[tokio::test]
async fn an_idle_connection_is_closed_after_20_seconds() {
    let (url, opened, _) = keeping().await;
    let client = builder(&url).build().unwrap();
    for (idle, connections) in [(0, 1), (15, 1), (21, 2)] {
        tokio::time::pause();
        tokio::time::advance(Duration::from_secs(idle)).await;
        tokio::time::resume();
        client.send(&Spend {}).await.unwrap();
        assert_eq!(opened.load(SeqCst), connections, "after {idle} s");
    }
}
