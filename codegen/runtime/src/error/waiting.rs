//! What a missing access token means for the call that waits for it.

use super::{Error, Late, Missing, NoToken};

impl NoToken {
    /// Whether it may be there later.
    pub(super) fn is_passing(&self) -> bool {
        self.is_late() || self.cause.downcast_ref().is_some_and(Error::is_retryable)
    }

    /// Whether it did not come in time.
    pub(super) fn is_late(&self) -> bool {
        self.cause.is::<Late>() || self.cause.downcast_ref().is_some_and(Error::is_timeout)
    }

    /// The code for which there is no ticket.
    pub(super) fn ticket_code(&self) -> Option<i64> {
        let cause: Option<&Error> = self.cause.downcast_ref();
        cause.filter(|_| self.missing != Missing::AccessToken).and_then(Error::code)
    }

    /// What a token source says, whatever kind of error it is.
    #[cfg(feature = "client")]
    pub(crate) fn of(error: Error) -> Self {
        match error.0.fault {
            super::Fault::Token(no_token) => no_token,
            _ => NoToken::new(Box::new(error)),
        }
    }
}
