//! Why a store could not do its work.

use std::error::Error as StdError;
use std::fmt;

use crate::secret::redact;
use crate::shown::{self, Quoted, clean};

/// Why a [`TokenStore`](crate::TokenStore) could not do its work. Values of parameters with names like `secret`, and
/// passwords in addresses, are left out of what it says.
pub struct StoreError {
    message: String,
    source: Option<Box<dyn StdError + Send + Sync>>,
}

impl StoreError {
    /// An error with this message. It must not quote a token.
    pub fn new(message: impl AsRef<str>) -> Self {
        StoreError { message: redact(message.as_ref()), source: None }
    }

    /// The error behind it. What that one says is shown to whoever asks, and must not quote a token either.
    #[must_use]
    pub fn with_source(mut self, source: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        self.source = Some(source.into());
        self
    }
}

impl fmt::Display for StoreError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&clean(&self.message, shown::MESSAGE))
    }
}

impl fmt::Debug for StoreError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let source = self.source.as_ref().map(|source| redact(&source.to_string()));
        f.debug_struct("StoreError")
            .field("message", &Quoted(&self.message))
            .field("source", &source.as_deref().map(Quoted))
            .finish()
    }
}

impl StdError for StoreError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.source.as_deref().map(|source| source as &(dyn StdError + 'static))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_are_left_out() {
        let cause = std::io::Error::other("redis://user:hush@host said no");
        let error = StoreError::new("https://a/?secret=hush\nfailed").with_source(cause);
        assert_eq!(error.to_string(), "https://a/?secret=(redacted)\\nfailed");
        let shown = format!("{error:?}");
        assert!(shown.contains("said no") && !shown.contains("hush"), "{shown}");
        assert!(error.source().is_some());
    }
}
