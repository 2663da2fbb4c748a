//! How a client is set up.

use std::fmt;
use std::time::Duration;

use reqwest::Url;

use super::{Client, Shared, ValidationPolicy};
use crate::error::{Error, Fault};
use crate::token::{AccessToken, TokenSource};

/// Sets up a [`Client`].
#[must_use]
pub struct ClientBuilder {
    base_url: Option<String>,
    timeout: Duration,
    connect_timeout: Duration,
    tokens: Option<Box<dyn TokenSource>>,
    policy: ValidationPolicy,
    max_body: usize,
    http: Option<reqwest::Client>,
}

impl ClientBuilder {
    pub(super) fn new() -> Self {
        ClientBuilder {
            base_url: None,
            timeout: Duration::from_secs(30),
            connect_timeout: Duration::from_secs(10),
            tokens: None,
            policy: ValidationPolicy::default(),
            max_body: 8 * 1024 * 1024,
            http: None,
        }
    }

    /// The host, `http` or `https`, with a path in front of all paths if there is a gateway. Unless set,
    /// each endpoint is called at its usual host.
    pub fn base_url(mut self, base_url: impl Into<String>) -> Self {
        self.base_url = Some(base_url.into());
        self
    }

    /// How long one call may take, from connecting to the last byte of the response. 30 seconds unless set.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }

    /// How long connecting may take. 10 seconds unless set. Without effect on a client given to [`http`](Self::http).
    pub fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.connect_timeout = timeout;
        self
    }

    /// One access token for all calls.
    pub fn access_token(self, token: impl Into<AccessToken>) -> Self {
        self.token_source(token.into())
    }

    /// Where access tokens come from.
    pub fn token_source(mut self, source: impl TokenSource + 'static) -> Self {
        self.tokens = Some(Box::new(source));
        self
    }

    /// What becomes of a request that breaks documented limits. It is refused unless set otherwise.
    pub fn policy(mut self, policy: ValidationPolicy) -> Self {
        self.policy = policy;
        self
    }

    /// The largest response that is accepted, in bytes. 8 MiB unless set.
    pub fn max_body(mut self, bytes: usize) -> Self {
        self.max_body = bytes;
        self
    }

    /// An HTTP client of your own, with its proxy, certificates and so on. Switch redirects off in it: a redirect would
    /// carry the access token to another place.
    pub fn http(mut self, http: reqwest::Client) -> Self {
        self.http = Some(http);
        self
    }

    /// The client.
    pub fn build(self) -> Result<Client, Error> {
        let base_url = self.base_url.as_deref().map(checked).transpose()?;
        let Some(tokens) = self.tokens else {
            return Err(config("neither access_token nor token_source is set"));
        };
        let http = match self.http {
            Some(http) => http,
            None => reqwest::Client::builder()
                .redirect(reqwest::redirect::Policy::none())
                .retry(reqwest::retry::never())
                .connect_timeout(self.connect_timeout)
                .user_agent(concat!(env!("CARGO_PKG_NAME"), "/", env!("CARGO_PKG_VERSION")))
                .build()
                .map_err(|error| config(&error.to_string()))?,
        };
        let Self { timeout, policy, max_body, .. } = self;
        Ok(Client(std::sync::Arc::new(Shared { http, base_url, timeout, tokens, policy, max_body })))
    }
}

impl fmt::Debug for ClientBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ClientBuilder").field("policy", &self.policy).finish_non_exhaustive()
    }
}

/// A base URL to which a path can be added: without a slash at the end.
fn checked(base_url: &str) -> Result<String, Error> {
    // What was given is not repeated: a wrong one may hold anything, a password too.
    let url = Url::parse(base_url).map_err(|error| config(&format!("base_url: {error}")))?;
    let wrong = if !matches!(url.scheme(), "http" | "https") {
        "it has to begin with http:// or https://"
    } else if !url.username().is_empty() || url.password().is_some() {
        "it must not hold a user name or a password"
    } else if url.query().is_some() || url.fragment().is_some() {
        "it must not have a query or a fragment"
    } else {
        return Ok(url.as_str().trim_end_matches('/').to_owned());
    };
    Err(config(&format!("base_url: {wrong}")))
}

fn config(message: &str) -> Error {
    Error::new(None, Fault::Config(message.to_owned()))
}
