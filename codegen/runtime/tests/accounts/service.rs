//! A service whose tokens the client gets by itself.
#![allow(dead_code, reason = "each test uses a part")]

use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use weixin_runtime::*;

use crate::common::GET;
use crate::server::{self, Reply, Server};

pub(crate) const SECRET: &str = "0f1e2d3c4b5a69788796a5b4c3d2e1f0";

static ISSUE: TokenIssue = TokenIssue {
    meta: &Meta {
        name: "Issue",
        path: "/issue",
        repeat: Repeat::Idempotent,
        token_param: "",
        paging: None,
        success: &["key"],
        ..GET
    },
    id: "who",
    secret: "hush",
    fixed: &[("kind", "\"of old\"")],
    force: Some("another"),
    token: "key",
    expires_in: "for",
};

object! {
    /// Spends something, in the name of an account.
    Pay 0 {}
}

unchecked!(Pay);

object! {
    /// What comes of it.
    Paid 0 {}
}

endpoint!(Pay -> Paid = Meta {
    name: "Pay", path: "/pay", repeat: Repeat::Unsafe, issue: Some(&ISSUE), paging: None, success: &[], ..GET
});

/// A service that issues numbered tokens and takes the latest alone.
#[derive(Default)]
pub(crate) struct Service {
    pub(crate) current: AtomicUsize,
    /// What the endpoint of tokens was asked.
    pub(crate) asked: Mutex<Vec<String>>,
    pub(crate) paid: AtomicUsize,
    pub(crate) refused: AtomicUsize,
}

#[derive(Clone, Copy)]
pub(crate) struct Manners {
    /// How long tokens are valid, in seconds.
    pub(crate) valid: u64,
    /// How long issuing takes.
    pub(crate) slow: Duration,
    /// What is issued in the place of tokens.
    pub(crate) instead: Option<&'static str>,
    /// Whether every token is refused.
    pub(crate) stubborn: bool,
}

pub(crate) const MANNERS: Manners =
    Manners { valid: 7200, slow: Duration::from_millis(30), instead: None, stubborn: false };

impl Service {
    pub(crate) async fn start(manners: Manners) -> (Arc<Service>, Server) {
        let service = Arc::new(Service::default());
        let shared = service.clone();
        let server = Server::answering(move |request| shared.reply(request, manners)).await;
        (service, server)
    }

    fn reply(&self, request: &server::Request, manners: Manners) -> Reply {
        if request.line.starts_with("POST /issue ") {
            std::thread::sleep(manners.slow);
            let body = String::from_utf8(request.body.clone()).unwrap();
            let forced = body.contains(r#""another":true"#);
            self.asked.lock().unwrap().push(body);
            if let Some(instead) = manners.instead {
                return Reply::json(instead);
            }
            let number = self.current.fetch_add(usize::from(forced || self.current.load(SeqCst) == 0), SeqCst);
            let number = if forced { number + 1 } else { number.max(1) };
            return Reply::json(&format!(r#"{{"key":"key-number-{number}","for":{}}}"#, manners.valid));
        }
        let right = format!("token=key-number-{} ", self.current.load(SeqCst));
        if manners.stubborn || !request.line.contains(&right) {
            self.refused.fetch_add(1, SeqCst);
            return Reply::json(r#"{"rc":11}"#);
        }
        self.paid.fetch_add(1, SeqCst);
        Reply::json(r#"{"rc":0}"#)
    }

    pub(crate) fn asked(&self) -> usize {
        self.asked.lock().unwrap().len()
    }
}
