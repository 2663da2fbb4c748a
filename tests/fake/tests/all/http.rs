//! Calls as another language makes them: a path, and JSON.

use serde_json::Value;
use weixin_fake::Server;

/// Status and JSON of a response.
pub(crate) async fn ask(server: &Server, verb: &str, path: &str, body: Option<&str>) -> (u16, Value) {
    let verb = reqwest::Method::from_bytes(verb.as_bytes()).expect("a verb");
    let mut request = reqwest::Client::new().request(verb, format!("{}{path}", server.url()));
    if let Some(body) = body {
        request = request.header("content-type", "application/json").body(body.to_owned());
    }
    let response = request.send().await.expect("a response");
    let (status, text) = (response.status().as_u16(), response.text().await.expect("a body"));
    (status, serde_json::from_str(&text).unwrap_or_else(|error| panic!("{path}: {error}: {text}")))
}

pub(crate) async fn get(server: &Server, path: &str) -> Value {
    let (status, value) = ask(server, "GET", path, None).await;
    assert_eq!(status, 200, "{path}: {value}");
    value
}

pub(crate) async fn post(server: &Server, path: &str, body: Value) -> Value {
    let (status, value) = ask(server, "POST", path, Some(&body.to_string())).await;
    assert_eq!(status, 200, "{path}: {value}");
    value
}

pub(crate) async fn refused(server: &Server, verb: &str, path: &str, body: Option<&str>) -> (u16, String) {
    let (status, value) = ask(server, verb, path, body).await;
    (status, value["error"].as_str().unwrap_or_else(|| panic!("{path}: {value}")).to_owned())
}
