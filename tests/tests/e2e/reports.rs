//! What users of other libraries reported of uploads and of access tokens, over the wire: `cases/exchanges.jsonl`.
//!
//! `refused` is a violation: nothing is sent, and the message says this. `sent` and `not_sent` are words of the body,
//! `tokens` those that reached the server, one a call, as they stand in the address. `error` is the code that comes of
//! it in the end.

use std::fs;
use std::path::Path;

use serde::Deserialize;
use serde_json::{Value, json};
use weixin::{AccessToken, BoxFuture, Client, Endpoint, Error, File, TokenSource};

use crate::dispatch;
use crate::support::{Reply, Server};

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    id: String,
    source: String,
    kind: String,
    call: String,
    direction: Direction,
    input: Value,
    expected: Expected,
}

#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Direction {
    Multipart,
    Http,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Expected {
    refused: Option<String>,
    not_told: Vec<String>,
    sent: Vec<String>,
    not_sent: Vec<String>,
    tokens: Vec<String>,
    error: Option<i64>,
}

#[derive(Debug, Deserialize)]
struct Upload {
    name: String,
    len: usize,
    mime: Option<String>,
}

#[derive(Debug, Deserialize)]
struct Exchange {
    token: String,
    answers: Vec<String>,
}

/// Gives the token of the case first, and `new` when that is refused.
struct Renewing(String);

impl TokenSource for Renewing {
    fn token(&self) -> BoxFuture<'_, Result<AccessToken, Error>> {
        Box::pin(async { Ok(self.0.clone().into()) })
    }

    fn renew<'a>(&'a self, _stale: &'a AccessToken) -> BoxFuture<'a, Result<Option<AccessToken>, Error>> {
        Box::pin(async { Ok(Some("new".into())) })
    }
}

async fn upload(case: &Case) {
    let Upload { name, len, mime } = serde_json::from_value(case.input.clone()).expect("an upload");
    let server = Server::answers(json!({ "errcode": 0, "url": "http://mmbiz.qpic.cn/a/0" })).await;
    let file = File::new(name, vec![0; len]);
    let file = match mime {
        Some(mime) => file.mime(mime),
        None => file,
    };
    let request = weixin::cgi_bin::media::UploadImg::new(file);
    assert_eq!(<weixin::cgi_bin::media::UploadImg as Endpoint>::META.path, case.call);
    let outcome = request.send(&server.client()).await;
    let Some(refused) = &case.expected.refused else {
        outcome.unwrap_or_else(|error| panic!("{}: {error}", case.id));
        let seen = server.only();
        let content_type = seen.header("content-type").unwrap_or_default();
        assert!(content_type.starts_with("multipart/form-data; boundary="), "{}: {content_type}", case.id);
        let body = String::from_utf8_lossy(&seen.body);
        for words in &case.expected.sent {
            assert!(body.contains(words), "{}: {words} in {:.300}", case.id, body);
        }
        for words in &case.expected.not_sent {
            assert!(!body.contains(words), "{}: {words} in {:.300}", case.id, body);
        }
        return;
    };
    let error = outcome.expect_err("it is refused").to_string();
    assert!(error.contains(refused), "{}: {error}", case.id);
    for words in &case.expected.not_told {
        assert!(!error.contains(words), "{}: {error}", case.id);
    }
    assert!(server.seen().is_empty(), "{}: nothing is sent", case.id);
}

async fn exchange(case: &Case) {
    let Exchange { token, answers } = serde_json::from_value(case.input.clone()).expect("an exchange");
    let replies = answers.iter().map(|body| Reply::text(200, "application/json", body)).collect();
    let server = Server::start(replies).await;
    let client = Client::builder().base_url(&server.url).token_source(Renewing(token)).build().expect("a client");
    let outcome = dispatch::send(&case.call, &json!({ "offset": 0, "count": 10 }), &client).await;
    assert_eq!(outcome.err().and_then(|error| error.code()), case.expected.error, "{}", case.id);
    let tokens: Vec<String> =
        server.seen().iter().flat_map(|seen| seen.query.clone()).map(|(_, value)| value).collect();
    assert_eq!(tokens, case.expected.tokens, "{}", case.id);
}

#[tokio::test]
async fn every_report_of_uploads_and_tokens() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("cases/exchanges.jsonl");
    let text = fs::read_to_string(path).expect("the cases");
    let mut tried = [0, 0];
    for line in text.lines() {
        let case: Case = serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}"));
        println!("{} {} ({})", case.kind, case.id, case.source);
        match case.direction {
            Direction::Multipart => upload(&case).await,
            Direction::Http => exchange(&case).await,
        }
        tried[case.direction as usize] += 1;
    }
    assert!(tried.iter().all(|count| *count >= 7), "{tried:?}");
}
