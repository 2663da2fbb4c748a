//! A span of `tracing`; nothing without the feature. Where OpenTelemetry has a name for a field, it is that one.
#![cfg_attr(not(feature = "tracing"), allow(unused_variables))]

use std::future::Future;

use reqwest::Url;

use super::hook::Outcome;
use crate::meta::Meta;

/// The target of all spans: the name of the crate.
#[cfg(feature = "tracing")]
const TARGET: &str = env!("CARGO_CRATE_NAME");

#[derive(Clone)]
pub(super) struct Span {
    #[cfg(feature = "tracing")]
    span: tracing::Span,
}

impl Span {
    /// No span.
    pub(super) fn none() -> Self {
        Span {
            #[cfg(feature = "tracing")]
            span: tracing::Span::none(),
        }
    }

    /// That of a call, below the current one.
    pub(super) fn call(meta: &'static Meta) -> Self {
        Span {
            #[cfg(feature = "tracing")]
            span: tracing::info_span!(
                target: TARGET,
                "call",
                "otel.name" = meta.name,
                "otel.status_code" = tracing::field::Empty,
                "endpoint" = meta.name,
                "attempts" = tracing::field::Empty,
                "duration" = tracing::field::Empty,
                "error.code" = tracing::field::Empty,
                "rid" = tracing::field::Empty,
                "error.type" = tracing::field::Empty,
            ),
        }
    }

    /// That of an attempt, below the current one. The path of the address may hold the key of a gateway: the one that is
    /// told is the endpoint's.
    pub(super) fn attempt(meta: &'static Meta, number: u32, url: &Url) -> Self {
        Span {
            #[cfg(feature = "tracing")]
            span: tracing::info_span!(
                target: TARGET,
                "attempt",
                "otel.kind" = "client",
                "otel.name" = format_args!("{} {}", meta.method, meta.path),
                "otel.status_code" = tracing::field::Empty,
                "endpoint" = meta.name,
                "attempt" = number,
                "duration" = tracing::field::Empty,
                "error.code" = tracing::field::Empty,
                "rid" = tracing::field::Empty,
                "error.type" = tracing::field::Empty,
                "http.request.method" = meta.method.as_str(),
                "http.request.resend_count" = (number > 1).then(|| number - 1),
                "http.response.status_code" = tracing::field::Empty,
                "server.address" = url.host_str(),
                "server.port" = url.port_or_known_default(),
                "url.template" = meta.path,
            ),
        }
    }

    /// How often a call was sent.
    pub(super) fn attempts(&self, number: u32) {
        #[cfg(feature = "tracing")]
        self.span.record("attempts", number);
    }

    /// What came of it.
    pub(super) fn end(&self, outcome: &Outcome<'_>) {
        #[cfg(feature = "tracing")]
        record(&self.span, outcome);
    }

    /// Runs code within the span.
    pub(super) fn enter<T>(&self, run: impl FnOnce() -> T) -> T {
        #[cfg(feature = "tracing")]
        return self.span.in_scope(run);
        #[cfg(not(feature = "tracing"))]
        run()
    }

    /// Polls a future within the span, on whatever thread.
    pub(super) async fn within<T>(&self, future: impl Future<Output = T>) -> T {
        #[cfg(feature = "tracing")]
        let future = tracing::Instrument::instrument(future, self.span.clone());
        future.await
    }
}

#[cfg(feature = "tracing")]
fn record(span: &tracing::Span, outcome: &Outcome<'_>) {
    if span.is_disabled() {
        return;
    }
    span.record("duration", outcome.duration.as_secs_f64());
    span.record("http.response.status_code", outcome.status);
    span.record("error.code", outcome.code());
    span.record("rid", outcome.error.and_then(crate::error::Error::rid));
    if outcome.error.is_some() || outcome.canceled {
        span.record("error.type", outcome.kind());
    }
    if outcome.error.is_some() {
        span.record("otel.status_code", "ERROR");
    }
}
