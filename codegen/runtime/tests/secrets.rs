//! Secrets stay where they are, whoever repeats them.
#![cfg(feature = "client")]
#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod common;
mod server;

use std::error::Error as StdError;
use std::fmt;

use common::{Get, GetJson, Spend};
use server::{Reply, Server};
use weixin_runtime::*;

const TOKEN: &str = "a+very/secret=token";

/// A reply that repeats the URL it was asked for, as some gateways do.
fn echo(request: &server::Request) -> Reply {
    let body = format!(r#"{{"rc":0,"id":1,"url":"{}","token":"{TOKEN}","{TOKEN}":1}}"#, request.line);
    Reply::http("200 OK", &format!("application/json; asked={TOKEN}"), &body)
}

fn quiet(text: &str) {
    assert!(!text.contains("secret") && !text.contains("%2"), "{text}");
}

#[tokio::test]
async fn a_raw_response_keeps_the_token_to_itself() {
    let server = Server::answering(echo).await;
    let client = Client::builder().base_url(&server.url).access_token(TOKEN).build().unwrap();
    let raw = client.send_raw(&Get::new("a")).await.unwrap();
    quiet(&raw.text());
    quiet(std::str::from_utf8(&raw.body).unwrap());
    quiet(&format!("{raw:?} {:?}", raw.content_type));
    quiet(&raw.json::<serde_json::Value>().unwrap().to_string());
    assert!(raw.text().contains("POST /thing/get?token=(redacted) HTTP/1.1"), "{}", raw.text());
    let error = raw.json::<u8>().unwrap_err();
    quiet(&format!("{error} {error:?} {}", String::from_utf8_lossy(error.body().unwrap())));
    quiet(client.send(&GetJson {}).await.unwrap().as_str());
    quiet(&format!("{:?}", client.inspect(&Get::new("a")).await.unwrap()));
    quiet(&format!("{:?}", raw.inspect::<Get>().unwrap()));
}

#[tokio::test]
async fn bytes_without_the_token_stay_as_they_are() {
    let body = b"{\"rc\":0,\"x\":\"\xff\xfe secre \xe4\xb8\"}".to_vec();
    let mut reply =
        format!("HTTP/1.1 200 OK\r\ncontent-length: {}\r\nconnection: close\r\n\r\n", body.len()).into_bytes();
    reply.extend_from_slice(&body);
    let server = Server::answering(move |_| Reply::Bytes(reply.clone())).await;
    let client = Client::builder().base_url(&server.url).access_token(TOKEN).build().unwrap();
    assert_eq!(client.send_raw(&Spend {}).await.unwrap().body, body);
}

#[tokio::test]
async fn a_short_token_tears_no_words_apart() {
    let server = Server::answering(|_| Reply::json(r#"{"rc":7,"said":"a token of the test"}"#)).await;
    let client = Client::builder().base_url(&server.url).access_token("token").build().unwrap();
    assert_eq!(client.send(&Spend {}).await.unwrap_err().errmsg(), Some("a token of the test"));
}

/// An error that names the address it called, as those of HTTP clients do.
#[derive(Debug)]
struct Unreachable {
    url: String,
    source: Option<Box<Unreachable>>,
}

impl fmt::Display for Unreachable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "cannot reach ({})", self.url)
    }
}

impl StdError for Unreachable {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.source.as_deref().map(|source| source as _)
    }
}

fn unreachable(stale: &str) -> Unreachable {
    let inner =
        Unreachable { url: "https://b/?component_access_token=hush-1&appsecret=hush-2".to_owned(), source: None };
    let url = format!("https://a/token?appid=wx1&secret=hush-3&was%20{stale}");
    Unreachable { url, source: Some(Box::new(inner)) }
}

/// All that an error shows, of itself and of its sources.
fn shown(error: &Error) -> String {
    let mut shown = format!("{error} {error:?} {error:#?} {} {}", error.explain(Lang::En), error.explain(Lang::Zh));
    let mut next = StdError::source(error);
    while let Some(error) = next {
        shown.push_str(&format!(" {error} {error:?} {error:#?}"));
        next = error.source();
    }
    shown
}

#[test]
fn an_error_of_a_token_source_keeps_its_secrets() {
    let error = Error::token_source(unreachable("nothing"));
    let shown = shown(&error);
    assert!(!shown.contains("hush"), "{shown}");
    assert!(shown.contains("https://a/token?appid=wx1&secret=(redacted)&was"), "{shown}");
    assert!(shown.contains("component_access_token=(redacted)&appsecret=(redacted)"), "{shown}");
    // The source itself is still there for programs.
    let own = error.token_error().unwrap().downcast_ref::<Unreachable>().unwrap();
    assert!(own.url.contains("hush-3"));
    let carried = Error::transport(Get::META, unreachable("nothing"));
    assert!(!format!("{carried} {carried:?}").contains("hush"), "{carried}");
}

/// A source whose renewal fails and quotes the token.
struct Talkative;

impl TokenSource for Talkative {
    fn token(&self) -> BoxFuture<'_, Result<AccessToken, Error>> {
        Box::pin(async { Ok(AccessToken::new(TOKEN)) })
    }

    fn renew<'a>(&'a self, stale: &'a AccessToken) -> BoxFuture<'a, Result<Option<AccessToken>, Error>> {
        Box::pin(async { Err(Error::token_source(unreachable(stale.expose()))) })
    }
}

#[tokio::test]
async fn a_renewal_that_fails_says_for_what_and_why() {
    let server = Server::answering(|_| Reply::json(r#"{"rc":11,"said":"expired"}"#)).await;
    let client = Client::builder().base_url(&server.url).token_source(Talkative).build().unwrap();
    let error = client.send(&Spend {}).await.unwrap_err();
    assert!(error.is_token_problem() && !error.is_retryable());
    assert_eq!((error.code(), error.endpoint().unwrap().name), (Some(11), "thing::Spend"));
    let start = "POST /thing/spend: 11 bad_token, and no other access token: cannot reach (https://a/token?";
    assert!(error.to_string().starts_with(start), "{error}");
    assert!(error.explain(Lang::En).contains("refused the access token"), "{}", error.explain(Lang::En));
    let shown = shown(&error);
    assert!(!shown.contains("hush") && !shown.contains("very") && shown.contains("was%20(redacted)"), "{shown}");
}

#[tokio::test]
async fn errors_of_the_call_for_a_token_keep_what_they_know() {
    struct Busy;
    impl TokenSource for Busy {
        fn token(&self) -> BoxFuture<'_, Result<AccessToken, Error>> {
            Box::pin(async { common::read::<Get>(200, br#"{"rc":-1}"#).map(|_| AccessToken::new("never")) })
        }
    }
    let server = Server::start([]).await;
    let client = Client::builder().base_url(&server.url).token_source(Busy).build().unwrap();
    let error = client.send(&Spend {}).await.unwrap_err();
    assert_eq!(error.to_string(), "POST /thing/spend: no access token: POST /thing/get: -1 busy");
    assert!(error.is_token_problem() && error.is_retryable() && error.code().is_none());
    assert_eq!(error.token_error().unwrap().downcast_ref::<Error>().unwrap().code(), Some(-1));
}

#[test]
fn tokens_are_compared_as_a_whole() {
    let token = AccessToken::new("abc");
    assert_eq!(token, "abc".into());
    for other in ["", "ab", "abcd", "abd", "xbc", "ABC"] {
        assert_ne!(token, other.into(), "{other}");
    }
    assert_ne!(AccessToken::new(""), token);
}

#[tokio::test]
async fn a_token_from_a_file_is_trimmed() {
    let server = Server::answering(|_| Reply::json(r#"{"rc":0}"#)).await;
    for token in [" token-of-a-file\n", "\u{feff}token-of-a-file\r\n", "\t token-of-a-file"] {
        let client = Client::builder().base_url(&server.url).access_token(token).build().unwrap();
        client.send(&Spend {}).await.unwrap();
        assert_eq!(AccessToken::from(token.to_owned()).expose(), "token-of-a-file");
    }
    for request in server.requests() {
        assert_eq!(request.line, "POST /thing/spend?token=token-of-a-file HTTP/1.1");
    }
}

/// What can be no token.
const WRONG: [&str; 6] = ["", " \n", "a\nb", "a\0b", "\u{1b}ab", "a\u{200b}b"];

struct Once(&'static str, &'static str);

impl TokenSource for Once {
    fn token(&self) -> BoxFuture<'_, Result<AccessToken, Error>> {
        Box::pin(async { Ok(AccessToken::new(self.0)) })
    }

    fn renew<'a>(&'a self, _stale: &'a AccessToken) -> BoxFuture<'a, Result<Option<AccessToken>, Error>> {
        Box::pin(async { Ok(Some(AccessToken::new(self.1))) })
    }
}

#[tokio::test]
async fn what_can_be_no_token_is_refused() {
    let server = Server::answering(|_| Reply::json(r#"{"rc":11}"#)).await;
    let builder = || Client::builder().base_url(&server.url);
    for wrong in WRONG {
        let error = builder().access_token(wrong).build().unwrap_err();
        assert!(error.to_string().contains("set up wrongly: the access token"), "{error}");
        let error = builder().token_source(Once(wrong, "")).build().unwrap().send(&Spend {}).await.unwrap_err();
        assert!(error.is_token_problem() && error.code().is_none(), "{error}");
        assert!(error.to_string().starts_with("POST /thing/spend: no access token: the access token"), "{error}");
        assert!(server.requests().is_empty());
    }
    for wrong in WRONG {
        let before = server.requests().len();
        let error = builder().token_source(Once("good", wrong)).build().unwrap().send(&Spend {}).await.unwrap_err();
        assert!(error.is_token_problem() && error.code() == Some(11), "{error}");
        assert_eq!(server.requests().len(), before + 1);
    }
    assert!(builder().access_token("a b").token_source(Once("good", "")).build().is_ok(), "the last one counts");
}
