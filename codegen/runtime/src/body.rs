//! The body of a request.

use std::fmt;

use crate::multipart::{self, Part};
use crate::shown::Redacted;

/// The body of a request.
#[derive(Clone, PartialEq)]
pub enum Body {
    /// None.
    None,
    /// JSON.
    Json(Vec<u8>),
    /// The parts of a form.
    Multipart(Vec<Part>),
}

impl fmt::Debug for Body {
    /// JSON as text: a list of bytes tells nobody anything.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Body::None => f.write_str("None"),
            Body::Json(bytes) => f.debug_tuple("Json").field(&Redacted(&String::from_utf8_lossy(bytes))).finish(),
            Body::Multipart(parts) => f.debug_tuple("Multipart").field(parts).finish(),
        }
    }
}

impl Body {
    /// The content type and the bytes. Without a body both are empty.
    pub fn encode(self) -> (String, Vec<u8>) {
        match self {
            Body::None => (String::new(), Vec::new()),
            Body::Json(bytes) => ("application/json".to_owned(), bytes),
            Body::Multipart(parts) => multipart::encode(&parts),
        }
    }
}
