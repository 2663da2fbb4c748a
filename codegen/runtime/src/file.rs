//! A file to send.

use std::fmt;

use crate::shown::Quoted;

/// A file to send. It lies in memory; the interfaces that take one allow a megabyte or so.
///
/// Serialized (which sending does not do) it is `{"name": …, "mime": …, "bytes": [1, 2, …]}`.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct File {
    /// The file name that the server is told. Many servers look at its extension.
    pub name: String,
    /// The media type; none is sent as `application/octet-stream`.
    pub mime: Option<String>,
    /// The content.
    pub bytes: Vec<u8>,
}

impl File {
    /// A file with a name and its content.
    pub fn new(name: impl Into<String>, bytes: impl Into<Vec<u8>>) -> Self {
        File { name: name.into(), mime: None, bytes: bytes.into() }
    }

    /// Sets the media type.
    pub fn mime(mut self, mime: impl Into<String>) -> Self {
        self.mime = Some(mime.into());
        self
    }

    /// The number of bytes.
    pub fn len(&self) -> usize {
        self.bytes.len()
    }

    /// Whether it holds nothing.
    pub fn is_empty(&self) -> bool {
        self.bytes.is_empty()
    }
}

impl fmt::Debug for File {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("File")
            .field("name", &Quoted(&self.name))
            .field("mime", &self.mime.as_deref().map(Quoted))
            .field("bytes", &format_args!("{} bytes", self.bytes.len()))
            .finish()
    }
}
