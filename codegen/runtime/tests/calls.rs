//! What a client can do beside sending the requests it has types for.
#![cfg(feature = "client")]
#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod common;
mod server;

use common::{GET, Get, Spend};
use server::{Reply, Server};
use weixin_runtime::*;

static API: Api = Api {
    host: "",
    known: GET.known,
    envelope: GET.envelope,
    token_param: GET.token_param,
    issue: None,
    zone_seconds: 0,
};

fn client(server: &Server) -> Client {
    Client::builder().base_url(&server.url).access_token("very-secret-token").build().unwrap()
}

#[tokio::test]
async fn an_endpoint_without_a_type_is_called_like_every_other() {
    let server = Server::start([
        Reply::json(r#"{"rc":0,"new":[98765432109876543210]}"#),
        Reply::json(r#"{"list":[]}"#),
        Reply::json(r#"{"rc":7,"said":"no"}"#),
        Reply::http("500 Oops", "text/html", "<html>"),
        Reply::json("<html>"),
    ])
    .await;
    let client = client(&server);
    let post = |body: Json| client.call(&API, Method::Post, "/brand/new", &body);
    let came = post(Json::object([("id", 1)])).await.unwrap();
    assert_eq!(came.as_str(), r#"{"rc":0,"new":[98765432109876543210]}"#);
    let query = Json::object([("b", Json::from("x y")), ("a", Json::from(7))]);
    assert_eq!(client.call(&API, Method::Get, "/brand/new", &query).await.unwrap().as_str(), r#"{"list":[]}"#);
    let error = post(Json::object([("id", 2)])).await.unwrap_err();
    assert_eq!(
        (error.code(), error.class(), error.endpoint().unwrap().path),
        (Some(7), Some(ErrorClass::State), "/brand/new")
    );
    assert_eq!(post(Json::NULL).await.unwrap_err().http_status(), Some(500));
    assert!(post(Json::NULL).await.unwrap_err().is_decode());
    let seen = server.requests();
    assert_eq!(seen[0].line, "POST /brand/new?token=very-secret-token HTTP/1.1");
    assert_eq!(seen[0].body, br#"{"id":1}"#);
    assert_eq!(seen[1].line, "GET /brand/new?token=very-secret-token&a=7&b=x%20y HTTP/1.1");
}

#[tokio::test]
async fn a_path_that_is_none_is_told() {
    let server = Server::start([]).await;
    for path in ["brand/new", "", "/brand/new?a=b", "/brand#new"] {
        let error = client(&server).call(&API, Method::Post, path, &Json::NULL).await.unwrap_err();
        assert!(error.to_string().contains("begins with a slash"), "{error}");
    }
}

#[tokio::test]
async fn the_raw_response_has_its_headers() {
    let reply =
        "HTTP/1.1 200 OK\r\nX-Trace: very-secret-token/7\r\nconnection: close\r\ncontent-length: 8\r\n\r\n{\"id\":1}";
    let server = Server::start([Reply::raw(reply)]).await;
    let raw = client(&server).send_raw(&Get::new("a")).await.unwrap();
    let trace = raw.headers.iter().find(|(name, _)| name == "x-trace").unwrap();
    assert_eq!((raw.status, trace.1.as_str()), (200, "(redacted)/7"));
}

#[tokio::test]
async fn another_host_is_called_where_the_first_cannot_be_reached() {
    let server = Server::start([Reply::json(r#"{"rc":0}"#), Reply::Close]).await;
    let builder = || Client::builder().access_token("very-secret-token").retries(Retries::never());
    let hosts = ["http://127.0.0.1:2", server.url.as_str()];
    let client = builder().base_url("http://127.0.0.1:1").fallback_hosts(hosts).build().unwrap();
    client.send(&Spend {}).await.unwrap();
    // It was reached: what became of the call is not known, and no other host is asked.
    let error = client.send(&Spend {}).await.unwrap_err();
    assert_eq!((server.requests().len(), error.attempts().len()), (2, 2));
    let error = builder().fallback_hosts(["http://example.com"]).build().unwrap_err();
    assert!(error.to_string().contains("use https://"), "{error}");
}
