//! Code of others that is told of each attempt of a call.

use std::sync::Arc;
use std::time::Duration;

use crate::error::Error;
use crate::meta::{ErrorClass, Meta};

/// Is told of every request before it is sent and after it came back, those for access tokens included. Set it with
/// [`ClientBuilder::hook`](crate::ClientBuilder::hook).
///
/// The call waits for it, so it should only take notes. After each [`before`](Self::before) comes one
/// [`after`](Self::after), also where the call is dropped. If it panics, so does the call.
///
/// ```
/// use std::sync::atomic::{AtomicU64, Ordering};
/// use weixin_runtime::{CallInfo, Hook, Outcome};
///
/// #[derive(Default)]
/// struct Failures(AtomicU64);
///
/// impl Hook for Failures {
///     fn after(&self, call: &CallInfo<'_>, outcome: &Outcome<'_>) {
///         if outcome.error.is_some() {
///             self.0.fetch_add(1, Ordering::Relaxed);
///             println!("{} {}: {:?} after {:?}", call.endpoint.path, call.attempt, outcome.code(), outcome.duration);
///         }
///     }
/// }
/// # let _ = weixin_runtime::Client::builder().access_token("a").hook(Failures::default()).build().unwrap();
/// ```
pub trait Hook: Send + Sync {
    /// A request is about to be sent.
    fn before(&self, call: &CallInfo<'_>) {
        let _ = call;
    }

    /// The request came back, or got lost, or the call was dropped.
    fn after(&self, call: &CallInfo<'_>, outcome: &Outcome<'_>) {
        let _ = (call, outcome);
    }

    /// A call ended without being sent, or without being sent again: it breaks documented limits, or there is no access
    /// token. `attempt` is the number that the next request would have had.
    fn unsent(&self, call: &CallInfo<'_>, error: &Error) {
        let _ = (call, error);
    }
}

impl<H: Hook + ?Sized> Hook for Arc<H> {
    fn before(&self, call: &CallInfo<'_>) {
        (**self).before(call);
    }

    fn after(&self, call: &CallInfo<'_>, outcome: &Outcome<'_>) {
        (**self).after(call, outcome);
    }

    fn unsent(&self, call: &CallInfo<'_>, error: &Error) {
        (**self).unsent(call, error);
    }
}

/// What a [`Hook`] is told of a request. Neither its query nor its body: they hold secrets.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct CallInfo<'a> {
    /// What is called.
    pub endpoint: &'static Meta,
    /// How often it was sent, this time included.
    pub attempt: u32,
    /// The host that it is sent to.
    pub host: Option<&'a str>,
}

/// What a [`Hook`] is told of what came of a request.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Outcome<'a> {
    /// How long it took, until the response was read.
    pub duration: Duration,
    /// The HTTP status, if a response came.
    pub status: Option<u16>,
    /// Why it failed, if it did.
    pub error: Option<&'a Error>,
    /// Whether the call was dropped before the response came.
    pub canceled: bool,
}

impl Outcome<'_> {
    pub(super) fn after(duration: Duration) -> Self {
        Outcome { duration, status: None, error: None, canceled: false }
    }

    /// The error code that the server told.
    pub fn code(&self) -> Option<i64> {
        self.error?.code()
    }

    /// One of a few words, to count by: `ok`, `canceled`, the class of the error code such as `busy` or `token`,
    /// `unknown_code`, `no_token`, `invalid`, `decode`, `too_large`, `timeout`, `connect`, `transport`, `status` for an HTTP
    /// status without a code, or `config`.
    pub fn kind(&self) -> &'static str {
        match self.error {
            _ if self.canceled => "canceled",
            None => "ok",
            Some(error) => kind(error),
        }
    }
}

fn kind(error: &Error) -> &'static str {
    if error.token_error().is_some() {
        return "no_token";
    }
    if error.code().is_some() {
        return error.class().map_or("unknown_code", of_class);
    }
    match error {
        _ if error.is_invalid() => "invalid",
        _ if error.is_decode() => "decode",
        _ if error.is_too_large() => "too_large",
        _ if error.is_timeout() => "timeout",
        _ if error.is_connect() => "connect",
        _ if error.is_transport() => "transport",
        _ if error.http_status().is_some() => "status",
        _ => "config",
    }
}

fn of_class(class: ErrorClass) -> &'static str {
    match class {
        ErrorClass::Busy => "busy",
        ErrorClass::Token => "token",
        ErrorClass::Quota => "quota",
        ErrorClass::Rate => "rate",
        ErrorClass::Permission => "permission",
        ErrorClass::Argument => "argument",
        ErrorClass::Missing => "missing",
        ErrorClass::State => "state",
        ErrorClass::Closed => "closed",
    }
}
