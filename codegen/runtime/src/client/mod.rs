//! The HTTP client.

mod builder;
mod exchange;

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

pub use builder::ClientBuilder;
use exchange::Exchange;

use crate::answer::RawAnswer;
use crate::endpoint::Endpoint;
use crate::error::Error;
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
/// source has another one. Redirects are not followed.
#[derive(Clone)]
pub struct Client(Arc<Shared>);

struct Shared {
    http: reqwest::Client,
    /// Without a slash at the end. None: the usual host of each endpoint.
    base_url: Option<String>,
    timeout: Duration,
    tokens: Box<dyn TokenSource>,
    policy: ValidationPolicy,
    max_body: usize,
}

impl Client {
    /// A client yet to be set up.
    pub fn builder() -> ClientBuilder {
        ClientBuilder::new()
    }

    /// Sends a request and reads the answer.
    pub async fn send<E: Endpoint>(&self, endpoint: &E) -> Result<E::Response, Error> {
        let Exchange { answer, object, token } = self.exchange(endpoint).await?;
        answer.decode(E::META, object?).map_err(|error| error.conceal(token.expose()))
    }

    /// Sends a request and gives the whole answer, also one that tells an error code.
    pub async fn send_raw<E: Endpoint>(&self, endpoint: &E) -> Result<RawAnswer, Error> {
        Ok(self.exchange(endpoint).await?.answer)
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
