//! Where the access token comes from.

use std::future::{Future, ready};
use std::pin::Pin;
use std::sync::Arc;

use super::access::AccessToken;
use crate::error::Error;

/// A future on the heap, for traits that are used as objects.
pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// Where access tokens come from.
///
/// Many calls fail at once when a token expires, and each renewal may invalidate the one before. A client and its clones
/// therefore let one renewal run at a time and share what comes of it. Where several clients or processes share a
/// token, the source has to do the same: renew only when the stale token is still the current one.
///
/// A call waits for the source no longer than its timeout, and drops the future then. A source should use an HTTP client of
/// its own: calls of the client that waits for a renewal may wait for the same renewal. When a source cannot get a token,
/// [`Error::token_source`] wraps its own error.
pub trait TokenSource: Send + Sync {
    /// The current token.
    fn token(&self) -> BoxFuture<'_, Result<AccessToken, Error>>;

    /// Another token than `stale`, which the server has refused. None when there is no other.
    fn renew<'a>(&'a self, stale: &'a AccessToken) -> BoxFuture<'a, Result<Option<AccessToken>, Error>> {
        let _ = stale;
        Box::pin(ready(Ok(None)))
    }
}

/// A token that never changes is the simplest source.
impl TokenSource for AccessToken {
    fn token(&self) -> BoxFuture<'_, Result<AccessToken, Error>> {
        Box::pin(ready(Ok(self.clone())))
    }
}

impl<T: TokenSource + ?Sized> TokenSource for Arc<T> {
    fn token(&self) -> BoxFuture<'_, Result<AccessToken, Error>> {
        (**self).token()
    }

    fn renew<'a>(&'a self, stale: &'a AccessToken) -> BoxFuture<'a, Result<Option<AccessToken>, Error>> {
        (**self).renew(stale)
    }
}

impl<T: TokenSource + ?Sized> TokenSource for Box<T> {
    fn token(&self) -> BoxFuture<'_, Result<AccessToken, Error>> {
        (**self).token()
    }

    fn renew<'a>(&'a self, stale: &'a AccessToken) -> BoxFuture<'a, Result<Option<AccessToken>, Error>> {
        (**self).renew(stale)
    }
}
