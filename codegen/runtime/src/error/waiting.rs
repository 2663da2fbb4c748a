//! What a missing access token means for the call that waits for it.

#[cfg(all(feature = "client", feature = "jsapi"))]
use super::Fault;
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

    /// The same of a ticket, unless it is the access token that there is none of.
    #[cfg(all(feature = "client", feature = "jsapi"))]
    pub(crate) fn of_ticket(error: Error) -> Self {
        let of_token = matches!(error.0.fault, Fault::Token(_));
        let no_token = NoToken::of(error);
        if of_token { no_token } else { NoToken { missing: Missing::Ticket, ..no_token } }
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
