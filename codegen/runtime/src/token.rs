//! The access token and where it comes from.

use std::fmt;
use std::future::{Future, ready};
use std::pin::Pin;
use std::sync::Arc;

use crate::error::Error;

/// A future on the heap, for traits that are used as objects.
pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// The credential of the calling account. It never shows itself: neither `Debug` nor `Display` tells it.
#[derive(Clone, PartialEq, Eq)]
pub struct AccessToken(String);

impl AccessToken {
    /// Wraps a token.
    pub fn new(token: impl Into<String>) -> Self {
        AccessToken(token.into())
    }

    /// The token itself.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl From<String> for AccessToken {
    fn from(token: String) -> Self {
        AccessToken(token)
    }
}

impl From<&str> for AccessToken {
    fn from(token: &str) -> Self {
        AccessToken(token.to_owned())
    }
}

impl fmt::Debug for AccessToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("AccessToken(redacted)")
    }
}

impl fmt::Display for AccessToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("(redacted)")
    }
}

/// Where access tokens come from.
///
/// An implementation should let one renewal run at a time, and renew only when the stale token is still the current
/// one: many calls fail at once when a token expires, and each renewal may invalidate the one before. When it cannot
/// get a token, [`Error::token_source`] wraps its own error.
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
