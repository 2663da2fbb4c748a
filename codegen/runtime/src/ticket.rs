//! The ticket with which a page signs.

use std::fmt;

use crate::token::AccessToken;

/// The ticket with which a page signs what it asks of the user's client. Like an access token it never shows itself, and
/// belongs on no page: a page gets signatures.
///
/// ```
/// use weixin_runtime::Ticket;
///
/// assert_eq!(format!("{:?}", Ticket::new("a ticket")), "Ticket(redacted)");
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct Ticket(AccessToken);

impl Ticket {
    /// Wraps a ticket.
    pub fn new(ticket: impl Into<String>) -> Self {
        Ticket(AccessToken::new(ticket))
    }

    /// The ticket itself.
    pub fn expose(&self) -> &str {
        self.0.expose()
    }

    #[cfg(feature = "client")]
    pub(crate) fn of(token: AccessToken) -> Self {
        Ticket(token)
    }
}

impl fmt::Debug for Ticket {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Ticket(redacted)")
    }
}
