//! A response as it came.

use std::borrow::Cow;
use std::fmt;

use crate::json;
use crate::shown::Quoted;

/// A response as it came, whatever it tells.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct RawResponse {
    /// The HTTP status.
    pub status: u16,
    /// The content type that the server claims. Servers are wrong about it; nothing here depends on it.
    pub content_type: Option<String>,
    /// The body.
    pub body: Vec<u8>,
    /// The headers in their order, names in small letters; only in what `send_raw` gives.
    pub headers: Vec<(String, String)>,
}

impl RawResponse {
    /// A response that another transport brought.
    pub fn new(status: u16, content_type: Option<String>, body: Vec<u8>) -> Self {
        RawResponse { status, content_type, body, headers: Vec::new() }
    }

    /// The body as text; what is no UTF-8 is replaced.
    pub fn text(&self) -> Cow<'_, str> {
        json::decode(&self.body)
    }
}

impl fmt::Debug for RawResponse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RawResponse")
            .field("status", &self.status)
            .field("content_type", &self.content_type.as_deref().map(Quoted))
            .field("headers", &format_args!("{}", self.headers.len()))
            .field("body", &format_args!("{} bytes", self.body.len()))
            .finish()
    }
}
