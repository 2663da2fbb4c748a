//! Why something is not done.

use crate::act::ActError;

/// Why something is not done: a status, and a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Refusal {
    pub(crate) status: u16,
    pub(crate) message: String,
}

impl Refusal {
    pub(crate) fn new(status: u16, message: impl Into<String>) -> Self {
        Refusal { status, message: message.into() }
    }
}

impl From<ActError> for Refusal {
    fn from(error: ActError) -> Self {
        // The request was understood: what there is does not allow it.
        Refusal::new(409, error.to_string())
    }
}
