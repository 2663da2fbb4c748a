//! When a call that failed is sent again.

use std::fmt;
use std::sync::Mutex;
use std::time::Duration;

use crate::chance::fraction;
use crate::error::Error;
use crate::meta::{ErrorClass, Repeat};

/// A call that failed, for a [`RetryPolicy`].
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct FailedAttempt<'a> {
    /// Why.
    pub error: &'a Error,
    /// How often it was sent so far, from 1 on.
    pub number: u32,
    /// How much time the call still has.
    pub left: Duration,
}

impl FailedAttempt<'_> {
    /// Whether sending it again does no harm: it only reads, or the server has certainly done nothing.
    pub fn is_harmless(&self) -> bool {
        let only_reads = self.error.endpoint().is_some_and(|meta| meta.repeat == Repeat::Safe);
        only_reads || self.error.is_connect() || self.is_too_fast()
    }

    /// Whether the fault may be gone in a moment.
    pub fn is_passing(&self) -> bool {
        (self.error.is_transport() && !self.error.is_insecure())
            || self.error.is_busy()
            || self.is_too_fast()
            || (self.error.code().is_none() && self.error.http_status().is_some_and(|status| status >= 500))
    }

    /// Whether the server refused it because calls came too fast.
    pub fn is_too_fast(&self) -> bool {
        self.error.class() == Some(ErrorClass::Rate)
    }
}

/// Says whether and when a call that failed is sent again. What follows from a refused access token is not asked here.
///
/// ```
/// use std::time::Duration;
/// use weixin_runtime::{FailedAttempt, RetryPolicy};
///
/// /// Once more after a second, and only what does no harm.
/// struct Once;
///
/// impl RetryPolicy for Once {
///     fn pause(&self, failed: &FailedAttempt<'_>) -> Option<Duration> {
///         let again = failed.number == 1 && failed.is_passing() && failed.is_harmless();
///         again.then_some(Duration::from_secs(1))
///     }
/// }
/// ```
pub trait RetryPolicy: Send + Sync {
    /// How long to wait before the call is sent again; none when it is not.
    fn pause(&self, failed: &FailedAttempt<'_>) -> Option<Duration>;

    /// A call has succeeded.
    fn succeeded(&self) {}
}

/// The policy of a client that is given no other. A call is sent again where that does no harm and the fault may be gone: one
/// that only reads after any fault of the connection, a timeout, a status from 500 on or a busy server; every other one
/// when the server could not be reached, or refused it because calls came too fast. Each pause is drawn between nothing and a
/// bound that doubles. When most calls fail the budget runs out, and a server in trouble is left alone.
pub struct Retries {
    most: u32,
    base: Duration,
    longest: Duration,
    budget: Mutex<f64>,
}

/// How many calls may be repeated at once.
const BUDGET: f64 = 20.0;

/// What a call that succeeds adds to it.
const EARNED: f64 = 0.1;

/// Where calls come too fast, the pauses are so many times as long.
const TOO_FAST: u32 = 10;

impl Retries {
    /// The policy with its usual figures: three attempts, pauses of up to 0.2 s and 0.4 s, no longer than 5 s.
    pub fn new() -> Self {
        Retries {
            most: 3,
            base: Duration::from_millis(200),
            longest: Duration::from_secs(5),
            budget: Mutex::new(BUDGET),
        }
    }

    /// The policy that sends every call once.
    pub fn never() -> Self {
        Retries::new().attempts(1)
    }

    /// How often a call is sent at most.
    #[must_use]
    pub fn attempts(self, most: u32) -> Self {
        Retries { most, ..self }
    }

    /// The bound of the first pause, and that of all pauses.
    #[must_use]
    pub fn pauses(self, first: Duration, longest: Duration) -> Self {
        Retries { base: first, longest, ..self }
    }

    fn change_budget(&self, by: f64) -> bool {
        let mut budget = self.budget.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        let after = *budget + by;
        if after >= 0.0 {
            *budget = after.min(BUDGET);
        }
        after >= 0.0
    }
}

impl Default for Retries {
    fn default() -> Self {
        Retries::new()
    }
}

impl RetryPolicy for Retries {
    fn pause(&self, failed: &FailedAttempt<'_>) -> Option<Duration> {
        if failed.number >= self.most || !failed.is_passing() || !failed.is_harmless() {
            return None;
        }
        let base = if failed.is_too_fast() { self.base.saturating_mul(TOO_FAST) } else { self.base };
        let bound = base.saturating_mul(1 << (failed.number - 1).min(16)).min(self.longest);
        let pause = bound.mul_f64(fraction());
        (pause < failed.left && self.change_budget(-1.0)).then_some(pause)
    }

    fn succeeded(&self) {
        self.change_budget(EARNED);
    }
}

impl fmt::Debug for Retries {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Retries { most, base, longest, .. } = self;
        f.debug_struct("Retries").field("attempts", most).field("first", base).field("longest", longest).finish()
    }
}
