//! The body of a request.

use std::borrow::Cow;
use std::fmt;

use crate::json::{Done, Reader};
use crate::multipart;
use crate::object::{Blank, Field, Shape, View};
use crate::shown::Quoted;

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
            Body::Json(bytes) => f.debug_tuple("Json").field(&Quoted(&String::from_utf8_lossy(bytes))).finish(),
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

/// One part of a form.
#[derive(Clone, Debug, PartialEq)]
pub struct Part {
    /// The name of the field.
    pub name: Cow<'static, str>,
    /// What it holds.
    pub content: PartContent,
}

impl Part {
    /// A part that holds a text.
    pub fn text(name: impl Into<Cow<'static, str>>, text: impl Into<String>) -> Self {
        Part { name: name.into(), content: PartContent::Text(text.into()) }
    }

    /// A part that holds a file.
    pub fn file(name: impl Into<Cow<'static, str>>, file: File) -> Self {
        Part { name: name.into(), content: PartContent::File(file) }
    }
}

/// What a part of a form holds.
#[derive(Clone, PartialEq)]
pub enum PartContent {
    /// A text.
    Text(String),
    /// A file.
    File(File),
}

impl fmt::Debug for PartContent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            PartContent::Text(text) => f.debug_tuple("Text").field(&Quoted(text)).finish(),
            PartContent::File(file) => f.debug_tuple("File").field(file).finish(),
        }
    }
}

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

static FILE: Shape = Shape::new("File", &["name", "mime", "bytes"], &["name", "bytes"]);

impl Blank for File {
    const BLANK: Self = File { name: String::new(), mime: None, bytes: Vec::new() };
}

impl Field for File {
    fn view(&self) -> View<'_> {
        View::File(self)
    }

    fn read(&mut self, reader: &mut Reader<'_>) -> Done {
        reader.object(&FILE, &mut [&mut self.name, &mut self.mime, &mut self.bytes])
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
