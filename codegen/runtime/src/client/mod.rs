//! The HTTP client.

mod builder;
mod deadline;
mod exchange;
mod pages;
mod progress;
mod receive;
mod renewal;
mod sending;
mod spans;

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

pub use builder::ClientBuilder;
use exchange::Exchange;
pub use pages::{Items, Pages};
pub use sending::Sending;
pub use spans::SpanResponses;

use crate::endpoint::Endpoint;
use crate::inspect::Inspected;
use crate::response::RawResponse;
use crate::token::TokenSource;

/// What becomes of a request that breaks documented limits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum ValidationPolicy {
    /// It is not sent; the error tells every violation.
    #[default]
    Refuse,
    /// It is sent; every violation is logged as a warning.
    Warn,
    /// It is sent unchecked.
    Off,
}

/// Sends requests. Cloning it is cheap, and the clones share their connections.
///
/// A call is sent once. The one exception: the server refuses the access token, so that nothing was done, and the token
/// source has another one. Redirects are not followed. Of many calls with the same stale token one renews it, and the
/// others get what comes of it.
///
/// Where the server repeats the access token of a call, in whatever it sends, `(redacted)` takes its place.
#[derive(Clone)]
pub struct Client(Arc<Shared>);

struct Shared {
    http: reqwest::Client,
    /// Without a slash at the end. None: the usual host of each endpoint.
    base_url: Option<String>,
    timeout: Duration,
    tokens: Box<dyn TokenSource>,
    renewals: renewal::Renewals,
    policy: ValidationPolicy,
    max_body: usize,
    allow_plain_http: bool,
}

impl Client {
    /// A client yet to be set up.
    pub fn builder() -> ClientBuilder {
        ClientBuilder::new()
    }

    /// Sends a request and reads the response. What is odd in it without being wrong is logged as a warning.
    pub fn send<E: Endpoint>(&self, request: &E) -> Sending<E::Response> {
        self.start(request, Exchange::value)
    }

    /// Like [`send`](Self::send), and tells what in the response could not be read and what is not documented.
    pub fn inspect<E: Endpoint>(&self, request: &E) -> Sending<Inspected<E::Response>> {
        self.start(request, Exchange::inspected)
    }

    /// Sends a request and gives the whole response, also one that tells an error code.
    pub fn send_raw<E: Endpoint>(&self, request: &E) -> Sending<RawResponse> {
        self.start(request, Exchange::raw)
    }

    fn start<E: Endpoint, T>(&self, request: &E, read: sending::Read<T>) -> Sending<T> {
        let wrong = if self.0.policy == ValidationPolicy::Off { None } else { request.validate().err() };
        Sending::new(self.clone().exchange(E::META, wrong, request.wire()), read)
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client")
            .field("base_url", &self.0.base_url)
            .field("timeout", &self.0.timeout)
            .field("policy", &self.0.policy)
            .field("max_body", &self.0.max_body)
            .finish_non_exhaustive()
    }
}
