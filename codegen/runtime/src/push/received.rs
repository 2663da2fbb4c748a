//! What came to the address of pushes.

use std::fmt;

use super::sign::Hex;

/// What came to the address of pushes.
#[derive(Debug)]
pub enum Received<E> {
    /// A push that was not seen before.
    Push(Push<E>),
    /// A push that was taken before: answer it like any other, and do nothing.
    Repeat,
    /// The address is being checked: answer with this text, and nothing else.
    Check(String),
}

/// A push that was checked.
pub struct Push<E> {
    pub(super) event: E,
    pub(super) message: Vec<u8>,
    pub(super) id: String,
    /// The signature over its time and nonce.
    pub(super) once: Hex,
    pub(super) sealed: bool,
    pub(super) format: Format,
}

/// How a push is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Format {
    /// XML.
    Xml,
    /// JSON.
    Json,
}

impl<E> Push<E> {
    /// What happened.
    pub fn event(&self) -> &E {
        &self.event
    }

    /// What happened, to keep.
    pub fn into_event(self) -> E {
        self.event
    }

    /// The message as it was sent, decrypted.
    pub fn message(&self) -> &[u8] {
        &self.message
    }

    /// What tells this push from all others, the same each time it is sent: a key for a table of what was done.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// Whether it came encrypted.
    pub fn is_encrypted(&self) -> bool {
        self.sealed
    }

    /// How it was written.
    pub fn format(&self) -> Format {
        self.format
    }
}

impl<E: fmt::Debug> fmt::Debug for Push<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Push")
            .field("event", &self.event)
            .field("id", &self.id)
            .field("encrypted", &self.sealed)
            .field("format", &self.format)
            .finish_non_exhaustive()
    }
}
