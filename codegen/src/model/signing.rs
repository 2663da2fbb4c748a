//! Signatures that are shown.

use super::Value;

/// An object, the ticket with which it is signed, and the signature.
#[derive(Debug, Clone)]
pub struct SignedExample {
    /// The object, with the time and the random text.
    pub object: Value,
    /// The values beside it, in their order.
    pub beside: Vec<String>,
    /// The ticket.
    pub ticket: String,
    /// The signature.
    pub signature: String,
}
