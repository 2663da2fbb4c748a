//! What the clones of a client share.

use std::fmt;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use reqwest::Url;

use super::gate::Gate;
use super::observed::Hooks;
use super::renewal::Renewals;
use super::retries::RetryPolicy;
use crate::account::{Account, Keeper};
use crate::token::{TokenSource, TokenStore};

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
/// A call that failed is sent again only where that does no harm: see [`Retries`](crate::Retries). Where the server refuses the
/// access token it has done nothing, and the call is sent once more with another one. Redirects are not followed. Of many
/// calls with the same stale token one renews it, and the others get what comes of it.
///
/// Where the server repeats the access token of a call, in whatever it sends, `(redacted)` takes its place.
#[derive(Clone)]
pub struct Client(pub(super) Arc<Shared>);

#[derive(Clone)]
pub(super) struct Shared {
    pub(super) http: reqwest::Client,
    /// None: the usual host of each endpoint.
    pub(super) base_url: Option<Url>,
    /// Other hosts, for when the first cannot be reached.
    pub(super) fallbacks: Vec<Url>,
    /// The usual host of the endpoint that was called first.
    pub(super) usual_host: Arc<OnceLock<(&'static str, Url)>>,
    /// How long a call may take as a whole.
    pub(super) timeout: Duration,
    /// How long one attempt of a call may take that may be repeated after a lost response.
    pub(super) attempt_timeout: Duration,
    pub(super) tokens: Arc<Tokens>,
    #[cfg(feature = "jsapi")]
    pub(super) tickets: Arc<Tickets>,
    /// Where the tokens of accounts are kept, if not here alone.
    pub(super) store: Option<Arc<dyn TokenStore>>,
    pub(super) policy: ValidationPolicy,
    pub(super) retries: Arc<dyn RetryPolicy>,
    pub(super) hooks: Hooks,
    pub(super) gate: Gate,
    pub(super) max_body: usize,
    pub(super) allow_plain_http: bool,
}

/// One keeper for each kind of ticket.
#[cfg(feature = "jsapi")]
pub(super) type Tickets = std::sync::Mutex<std::collections::BTreeMap<&'static str, Arc<Keeper>>>;

/// Where access tokens come from.
pub(super) enum Tokens {
    /// From the caller, with the renewals of what comes from there.
    Source(Box<dyn TokenSource>, Renewals),
    /// From the endpoint that issues them.
    Account(Account, Arc<Keeper>),
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client")
            .field("base_url", &self.0.base_url.as_ref().map(|url| url.as_str().trim_end_matches('/')))
            .field("timeout", &self.0.timeout)
            .field("policy", &self.0.policy)
            .field("max_body", &self.0.max_body)
            .finish_non_exhaustive()
    }
}
