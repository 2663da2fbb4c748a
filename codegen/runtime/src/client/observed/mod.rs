//! What is told of a call to those who watch it: hooks, and with the features of their names spans and metrics.
//!
//! | file | holds |
//! |---|---|
//! | `hook` | [`Hook`], and what it is told |
//! | `span` | a span of `tracing`; nothing without the feature |
//! | `count` | counters and histograms of `metrics`; nothing without the feature |
//!
//! Nothing of this shows what a request or a response holds: names and paths of endpoints, numbers and times only.

mod count;
mod hook;
mod span;

use std::future::Future;
use std::sync::Arc;
use std::time::Instant;

use reqwest::Url;

pub(crate) use count::{describe, renewed};
pub use hook::{CallInfo, Hook, Outcome};
use span::Span;

use crate::error::Error;
use crate::meta::Meta;

/// The hooks of a client.
pub(super) type Hooks = Arc<[Box<dyn Hook>]>;

/// A call, from its first poll to its end.
pub(super) struct WatchedCall {
    meta: &'static Meta,
    hooks: Hooks,
    span: Span,
    begin: Option<Instant>,
    ended: bool,
}

impl WatchedCall {
    /// The span belongs to the code that asks for the call, wherever it is polled later.
    pub(super) fn new(hooks: &Hooks, meta: &'static Meta) -> Self {
        WatchedCall { meta, hooks: hooks.clone(), span: Span::call(meta), begin: None, ended: false }
    }

    /// Polls the call within its span.
    pub(super) fn polled<T>(&mut self, poll: impl FnOnce(&mut Self) -> T) -> T {
        self.begin.get_or_insert_with(Instant::now);
        self.span.clone().enter(|| poll(self))
    }

    /// Runs the call within its span.
    pub(super) async fn within<T>(&mut self, call: impl Future<Output = T>) -> T {
        self.begin.get_or_insert_with(Instant::now);
        self.span.within(call).await
    }

    /// The call ends with what came of its last attempt.
    pub(super) fn ended(&mut self, attempts: u32, error: Option<&Error>) {
        self.end(attempts, |outcome| Outcome { error, ..outcome });
    }

    /// The call ends before it is sent, or before it is sent again.
    pub(super) fn unsent(&mut self, error: &Error) {
        let sent = u32::try_from(error.attempts().len()).unwrap_or(u32::MAX);
        let span = self.span.clone();
        self.ended(sent, Some(error));
        let call = CallInfo { endpoint: self.meta, attempt: sent.saturating_add(1), host: None };
        span.enter(|| self.hooks.iter().for_each(|hook| hook.unsent(&call, error)));
    }

    fn end<'e>(&mut self, attempts: u32, told: impl FnOnce(Outcome<'static>) -> Outcome<'e>) {
        let Some(begin) = self.begin.filter(|_| !self.ended) else { return };
        self.ended = true;
        let outcome = told(Outcome::after(begin.elapsed()));
        count::call(self.meta, &outcome, attempts);
        self.span.attempts(attempts);
        self.span.end(&outcome);
        // Who keeps the future of a call that is over does not keep its span open.
        self.span = Span::none();
    }
}

impl Drop for WatchedCall {
    fn drop(&mut self) {
        self.end(0, |outcome| Outcome { canceled: true, ..outcome });
    }
}

/// One attempt of a call, until it is known what came of it.
pub(super) struct WatchedAttempt {
    number: u32,
    live: Option<Live>,
}

struct Live {
    meta: &'static Meta,
    hooks: Hooks,
    host: Option<String>,
    span: Span,
    begin: Instant,
}

impl WatchedAttempt {
    /// A request is about to be sent.
    pub(super) fn begin(hooks: &Hooks, meta: &'static Meta, number: usize, url: &Url) -> Self {
        let number = u32::try_from(number).unwrap_or(u32::MAX);
        let host = url.host_str().filter(|_| !hooks.is_empty()).map(str::to_owned);
        let span = Span::attempt(meta, number, url);
        let live = Live { meta, hooks: hooks.clone(), host, span, begin: Instant::now() };
        let attempt = WatchedAttempt { number, live: Some(live) };
        if let Some(live) = &attempt.live {
            live.tell(number, |hook, call| hook.before(call));
        }
        attempt
    }

    /// How often the call was sent, this time included.
    pub(super) fn number(&self) -> u32 {
        self.number
    }

    /// Sends the request within the span of the attempt.
    pub(super) async fn within<T>(&self, sending: impl Future<Output = T>) -> T {
        match &self.live {
            Some(live) => live.span.within(sending).await,
            None => sending.await,
        }
    }

    /// The response is there and tells success.
    pub(super) fn succeeded(&mut self, status: u16) {
        self.end(|outcome| Outcome { status: Some(status), ..outcome });
    }

    /// It failed.
    pub(super) fn failed(&mut self, error: &Error) {
        self.end(|outcome| Outcome { status: error.http_status(), error: Some(error), ..outcome });
    }

    /// Hooks come last: one that panics finds everything else done.
    fn end<'e>(&mut self, told: impl FnOnce(Outcome<'static>) -> Outcome<'e>) {
        let Some(live) = self.live.take() else { return };
        let outcome = told(Outcome::after(live.begin.elapsed()));
        count::attempt(live.meta, &outcome);
        live.span.end(&outcome);
        if !std::thread::panicking() {
            live.tell(self.number, |hook, call| hook.after(call, &outcome));
        }
    }
}

impl Drop for WatchedAttempt {
    fn drop(&mut self) {
        self.end(|outcome| Outcome { canceled: true, ..outcome });
    }
}

impl Live {
    fn tell(&self, attempt: u32, tell: impl Fn(&dyn Hook, &CallInfo<'_>)) {
        let call = CallInfo { endpoint: self.meta, attempt, host: self.host.as_deref() };
        self.span.enter(|| self.hooks.iter().for_each(|hook| tell(&**hook, &call)));
    }
}
