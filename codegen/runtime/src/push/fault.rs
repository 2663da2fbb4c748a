//! What is wrong with a push.

use std::error::Error as StdError;
use std::fmt;

use crate::error::Error;
use crate::token::StoreError;

/// Why a push was not taken. Of one that is not authentic it says no more than that: why stands in the log, at the level of
/// warnings, and helps nobody else.
pub struct PushError(Kind);

enum Kind {
    Forged,
    TooLarge { limit: usize },
    Unreadable(Error),
    Unavailable(StoreError),
}

impl PushError {
    /// It is not authentic. The cause goes to the log alone.
    pub(super) fn forged(cause: &str) -> Self {
        log::warn!("a push was refused: {cause}");
        PushError(Kind::Forged)
    }

    pub(super) fn too_large(limit: usize) -> Self {
        PushError(Kind::TooLarge { limit })
    }

    pub(super) fn unreadable(error: Error) -> Self {
        PushError(Kind::Unreadable(error))
    }

    pub(super) fn unavailable(error: StoreError) -> Self {
        PushError(Kind::Unavailable(error))
    }

    /// Whether it is not authentic: a signature, the time, the encryption or the account is wrong, or it was sent before with
    /// another content.
    pub fn is_forged(&self) -> bool {
        matches!(self.0, Kind::Forged)
    }

    /// Whether it is larger than the receiver accepts.
    pub fn is_too_large(&self) -> bool {
        matches!(self.0, Kind::TooLarge { .. })
    }

    /// Whether it is authentic, and no XML or JSON.
    pub fn is_unreadable(&self) -> bool {
        matches!(self.0, Kind::Unreadable(_))
    }

    /// Whether the memory of the receiver could not be asked, so that the push should be sent again.
    pub fn is_unavailable(&self) -> bool {
        matches!(self.0, Kind::Unavailable(_))
    }

    /// The HTTP status to answer with. With any of them the server sends the push again.
    pub fn status(&self) -> u16 {
        match self.0 {
            Kind::Forged => 403,
            Kind::TooLarge { .. } => 413,
            Kind::Unreadable(_) => 400,
            Kind::Unavailable(_) => 503,
        }
    }
}

impl fmt::Display for PushError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Kind::Forged => f.write_str("the push is not authentic"),
            Kind::TooLarge { limit } => write!(f, "the push is larger than {limit} bytes"),
            Kind::Unreadable(error) => error.fmt(f),
            Kind::Unavailable(error) => write!(f, "the push cannot be taken now: {error}"),
        }
    }
}

impl fmt::Debug for PushError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PushError").field("status", &self.status()).field("message", &format_args!("{self}")).finish()
    }
}

impl StdError for PushError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        match &self.0 {
            Kind::Unreadable(error) => Some(error),
            Kind::Unavailable(error) => Some(error),
            Kind::Forged | Kind::TooLarge { .. } => None,
        }
    }
}
