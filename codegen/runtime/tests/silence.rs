//! Whatever happens, no token, no secret and no ticket is shown: not by what the client prints or logs, and not by the
//! libraries below it, with everything collected at the finest level.
#![cfg(all(feature = "client", feature = "tracing", feature = "metrics", feature = "xml"))]
#![allow(clippy::unwrap_used, reason = "a test may panic")]

#[macro_use]
mod common;
#[cfg(feature = "redis")]
#[path = "silence/in_redis.rs"]
mod in_redis;
#[cfg(feature = "redis")]
#[path = "stores/server.rs"]
mod redis_server;
#[path = "silence/scenes.rs"]
mod scenes;
mod server;
mod watch;

use std::error::Error as StdError;
use std::fmt::{Debug, Display};
use std::sync::Mutex;

use watch::watch;
use weixin_runtime::{Error, Lang};

/// What must be seen nowhere. All begin alike, so that a part of one is found as well.
pub(crate) const SECRET: &str = "hush/0f1e2d3c4b5a+69788796==";
pub(crate) const TOKEN: &str = "hush/a+token=number-";
pub(crate) const TICKET: &str = "hush/ticket+kgt8ON7yVITDhtdwci0qeb";

/// How each of them begins, as itself, in a URL and in JSON.
const BEGINS: [&str; 5] = ["hush", "HUSH", "0f1e2d3c", "number-", "kgt8ON7"];

/// All that was printed.
#[derive(Default)]
pub(crate) struct Printed(Mutex<String>);

impl Printed {
    pub(crate) fn add(&self, text: &str) {
        let mut printed = self.0.lock().unwrap();
        printed.push_str(text);
        printed.push('\n');
    }

    /// As `Debug` shows it, in both ways.
    pub(crate) fn debug(&self, value: &dyn Debug) {
        self.add(&format!("{value:?}\n{value:#?}"));
    }

    pub(crate) fn both<T: Debug + Display>(&self, value: &T) {
        self.debug(value);
        self.add(&value.to_string());
    }

    /// All that an error says of itself.
    pub(crate) fn error(&self, error: &Error) {
        self.both(error);
        self.add(&format!("{} {}", error.explain(Lang::En), error.explain(Lang::Zh)));
        self.debug(&error.attempts());
        let mut next = error.source();
        while let Some(error) = next {
            self.debug(&error);
            self.add(&error.to_string());
            next = error.source();
        }
        if let Some(own) = error.token_error().and_then(|own| own.downcast_ref::<Error>()) {
            self.error(own);
        }
        if let Some(violations) = error.violations() {
            self.both(violations);
            violations.iter().for_each(|violation| self.both(violation));
        }
    }

    pub(crate) fn outcome<T: Debug>(&self, outcome: &Result<T, Error>) {
        match outcome {
            Ok(value) => self.debug(value),
            Err(error) => self.error(error),
        }
    }
}

/// The lines that show what they must not.
fn leaks(text: &str) -> Vec<&str> {
    text.lines().filter(|line| BEGINS.iter().any(|begin| line.contains(begin))).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_secret_is_shown_anywhere() {
    let watch = watch();
    let printed = Printed::default();
    scenes::accounts(&printed).await;
    scenes::faults(&printed).await;
    scenes::tickets(&printed).await;
    scenes::pushes(&printed);
    scenes::setting_up(&printed).await;
    #[cfg(feature = "redis")]
    in_redis::stores(&printed).await;
    let printed = printed.0.into_inner().unwrap();
    let (lines, spans, counts) = (watch.lines.text(), watch.spans.text(), watch.counts.text());
    let collected = [("printed", &printed), ("logged", &lines), ("traced", &spans), ("counted", &counts)];
    for (what, text) in collected {
        let leaks = leaks(text);
        assert!(leaks.is_empty(), "{what}, {} lines:\n{}", leaks.len(), leaks.join("\n"));
    }
    // It was collected indeed, and so was what the libraries below say.
    assert!(printed.contains("(redacted)") && printed.contains("StoredToken"));
    for (text, words) in [
        (&lines, "starting new connection"),
        (&lines, "no access token for the account"),
        (&lines, "left out of the response"),
        (&spans, "hyper_util"),
        (&spans, "weixin_runtime attempt"),
    ] {
        assert!(text.contains(words), "nothing says {words:?}");
    }
}

#[test]
fn a_leak_is_found() {
    assert_eq!(leaks("a\nb hush/ticket\nc").len(), 1);
    assert_eq!(leaks("GET /?token=HUSH%2Fa%2Btoken").len(), 1);
    assert!(leaks("(redacted)").is_empty());
}
