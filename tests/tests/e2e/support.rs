//! The fake with prepared responses, and what it was asked.
#![allow(dead_code, reason = "each test uses a part")]

use serde_json::Value;
use weixin::{Client, ClientBuilder};
use weixin_fake::state::{Token, TokenKind};
use weixin_fake::{Entry, Fault, Plan};

/// The access token of every client here. No error may ever show it.
pub(crate) const TOKEN: &str = "TOKEN";

/// What the server does with one request.
#[derive(Clone, Debug)]
pub(crate) struct Reply(Fault);

impl Reply {
    /// Nothing, for ever.
    pub(crate) const SILENCE: Self = Self(Fault::Silence);

    /// A body that never ends.
    pub(crate) const ENDLESS: Self = Self(Fault::Endless);

    pub(crate) fn json(body: &Value) -> Self {
        Self::text(200, "application/json; encoding=utf-8", &body.to_string())
    }

    pub(crate) fn text(status: u16, content_type: &str, body: &str) -> Self {
        Self(Fault::Answer { status, content_type: content_type.to_owned(), body: body.to_owned() })
    }
}

/// A request as it reached the server.
#[derive(Clone, Debug)]
pub(crate) struct Seen {
    pub(crate) method: String,
    pub(crate) path: String,
    pub(crate) query: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
    entry: Entry,
}

impl From<Entry> for Seen {
    fn from(entry: Entry) -> Self {
        let (method, path, query) = (entry.method.clone(), entry.path.clone(), entry.wire.query.clone());
        Self { method, path, query, body: entry.wire.body.to_vec(), entry }
    }
}

impl Seen {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.entry.wire.header(name)
    }

    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(&self.body).expect("the body is JSON")
    }
}

pub(crate) struct Server {
    pub(crate) url: String,
    fake: weixin_fake::Server,
}

impl Server {
    /// Gives one reply after the other; the last one again and again.
    pub(crate) async fn start(replies: Vec<Reply>) -> Self {
        let fake = weixin_fake::Server::start().await.expect("a free port");
        let (app, until) = (fake.account().0.to_owned(), fake.now() + 7_200);
        let token = Token { app, kind: TokenKind::Stable, since: fake.now(), until, replaced: false };
        fake.change(|state| state.tokens.put(TOKEN, token));
        let last = replies.len().saturating_sub(1);
        for (number, Reply(fault)) in replies.into_iter().enumerate() {
            fake.fail(if number == last { Plan::new(fault) } else { Plan::new(fault).times(1) });
        }
        Self { url: fake.url().to_owned(), fake }
    }

    /// One that always gives the same answer.
    pub(crate) async fn answers(body: Value) -> Self {
        Self::start(vec![Reply::json(&body)]).await
    }

    /// Of a client that sends each call once: every request that comes is one that the test is about.
    pub(crate) fn builder(&self) -> ClientBuilder {
        Client::builder().base_url(&self.url).access_token(TOKEN).retries(weixin::Retries::never())
    }

    pub(crate) fn client(&self) -> Client {
        self.builder().build().expect("the client is set up")
    }

    /// All requests so far.
    pub(crate) fn seen(&self) -> Vec<Seen> {
        self.fake.calls().into_iter().map(Seen::from).collect()
    }

    /// The only request so far.
    pub(crate) fn only(&self) -> Seen {
        let mut seen = self.seen();
        assert_eq!(seen.len(), 1, "exactly one request is sent");
        seen.remove(0)
    }

    /// One POST of exactly this JSON, with the access token as its only query parameter.
    #[track_caller]
    pub(crate) fn saw_post(&self, path: &str, body: Value) {
        let seen = self.only();
        self.saw(&seen, "POST", path);
        assert_eq!(seen.header("content-type"), Some("application/json"));
        assert_eq!(seen.header("content-length"), Some(seen.body.len().to_string().as_str()));
        assert_eq!(seen.json(), body);
    }

    #[track_caller]
    pub(crate) fn saw(&self, seen: &Seen, method: &str, path: &str) {
        assert_eq!((seen.method.as_str(), seen.path.as_str()), (method, path));
        assert_eq!(seen.query, [("access_token".to_owned(), TOKEN.to_owned())]);
    }
}
