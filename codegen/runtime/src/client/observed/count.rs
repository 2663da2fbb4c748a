//! Counters and histograms of `metrics`; nothing without the feature. Their labels have few values: names of endpoints and
//! kinds of outcomes, never an id.
#![cfg_attr(not(feature = "metrics"), allow(unused_variables))]

use super::hook::Outcome;
use crate::meta::Meta;

#[cfg(feature = "metrics")]
mod names {
    pub(super) const CALLS: &str = "weixin_calls_total";
    pub(super) const CALL_DURATION: &str = "weixin_call_duration_seconds";
    pub(super) const CALL_ATTEMPTS: &str = "weixin_call_attempts";
    pub(super) const ATTEMPTS: &str = "weixin_attempts_total";
    pub(super) const ATTEMPT_DURATION: &str = "weixin_attempt_duration_seconds";
    pub(super) const RENEWALS: &str = "weixin_token_renewals_total";
}

/// Says what each is, to the recorder that is installed by now.
pub(crate) fn describe() {
    #[cfg(feature = "metrics")]
    {
        use metrics::Unit::{Count, Seconds};
        metrics::describe_counter!(names::CALLS, Count, "Calls that ended, by endpoint and outcome");
        metrics::describe_histogram!(names::CALL_DURATION, Seconds, "How long calls took as a whole");
        metrics::describe_histogram!(names::CALL_ATTEMPTS, Count, "How often calls were sent");
        metrics::describe_counter!(names::ATTEMPTS, Count, "Requests, by endpoint and outcome");
        metrics::describe_histogram!(names::ATTEMPT_DURATION, Seconds, "How long requests took");
        metrics::describe_counter!(names::RENEWALS, Count, "Renewals of access tokens, by outcome");
    }
}

/// A call ended.
pub(super) fn call(meta: &'static Meta, outcome: &Outcome<'_>, attempts: u32) {
    #[cfg(feature = "metrics")]
    {
        let labels = [("endpoint", meta.name), ("outcome", outcome.kind())];
        metrics::counter!(names::CALLS, &labels).increment(1);
        metrics::histogram!(names::CALL_DURATION, &labels).record(outcome.duration.as_secs_f64());
        if !outcome.canceled {
            metrics::histogram!(names::CALL_ATTEMPTS, "endpoint" => meta.name).record(f64::from(attempts));
        }
    }
}

/// An attempt ended.
pub(super) fn attempt(meta: &'static Meta, outcome: &Outcome<'_>) {
    #[cfg(feature = "metrics")]
    {
        let labels = [("endpoint", meta.name), ("outcome", outcome.kind())];
        metrics::counter!(names::ATTEMPTS, &labels).increment(1);
        metrics::histogram!(names::ATTEMPT_DURATION, &labels).record(outcome.duration.as_secs_f64());
    }
}

/// A renewal of an access token ended.
pub(crate) fn renewed(succeeded: bool) {
    #[cfg(feature = "metrics")]
    metrics::counter!(names::RENEWALS, "outcome" => if succeeded { "ok" } else { "failed" }).increment(1);
}
