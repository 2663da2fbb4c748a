//! An answer as it came, and how it is read.

use std::borrow::Cow;
use std::fmt;

use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use crate::endpoint::Endpoint;
use crate::error::{Api, Error, Fault};
use crate::meta::Meta;
use crate::{json, path};

/// An answer as it came, whatever it tells.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct RawAnswer {
    /// The HTTP status.
    pub status: u16,
    /// The content type that the server claims. Servers are wrong about it; nothing here depends on it.
    pub content_type: Option<String>,
    /// The body.
    pub body: Vec<u8>,
}

impl RawAnswer {
    /// An answer that another transport brought.
    pub fn new(status: u16, content_type: Option<String>, body: Vec<u8>) -> Self {
        RawAnswer { status, content_type, body }
    }

    /// The body as text; what is no UTF-8 is replaced.
    pub fn text(&self) -> Cow<'_, str> {
        String::from_utf8_lossy(&self.body)
    }

    /// The body as JSON. Raw control characters inside strings are accepted, as is a byte order mark.
    pub fn json(&self) -> Result<Value, Error> {
        json::parse(&self.body).map_err(|error| self.undecodable(None, "", error.to_string()))
    }

    /// Reads the answer to a request: the error code that it tells, or its content.
    pub fn read<E: Endpoint + ?Sized>(self) -> Result<E::Response, Error> {
        let object = self.open(E::META)?;
        self.decode(E::META, object)
    }

    /// Reads the envelope. What is left is an object of a call that succeeded.
    pub(crate) fn open(&self, meta: &'static Meta) -> Result<Map<String, Value>, Error> {
        let fine = (200..300).contains(&self.status);
        let object = match self.object(meta) {
            Ok(object) => object,
            Err(error) if fine => return Err(error),
            Err(_) => return Err(self.bad_status(meta)),
        };
        match code(&object, meta) {
            Ok(None) if fine => Ok(object),
            Ok(Some(code)) => Err(self.refused(meta, code, &object)),
            Err(message) if fine => Err(self.undecodable(Some(meta), meta.envelope.code, message)),
            Ok(None) | Err(_) => Err(self.bad_status(meta)),
        }
    }

    /// Reads the content of an object whose envelope was read.
    pub(crate) fn decode<T: DeserializeOwned>(
        self,
        meta: &'static Meta,
        object: Map<String, Value>,
    ) -> Result<T, Error> {
        let there = |name: &&str| object.get(*name).is_some_and(|value| !value.is_null());
        let told = object.contains_key(meta.envelope.code);
        if !told && !meta.evidence.is_empty() && !meta.evidence.iter().any(there) {
            let names = meta.evidence.join("`, `");
            let message = format!("none of `{names}` is there");
            return Err(self.undecodable(Some(meta), "", message));
        }
        serde_path_to_error::deserialize(Value::Object(object))
            .map_err(|error| self.undecodable(Some(meta), &path::of(&error), path::inner(&error)))
    }

    fn object(&self, meta: &'static Meta) -> Result<Map<String, Value>, Error> {
        let wrong = |message: String| self.undecodable(Some(meta), "", message);
        if self.body.iter().all(u8::is_ascii_whitespace) {
            return Err(wrong("the body is empty".to_owned()));
        }
        match json::parse(&self.body) {
            Ok(Value::Object(object)) => Ok(object),
            Ok(other) => Err(wrong(format!("{} where an object was expected", path::kind(&other)))),
            Err(error) => Err(wrong(format!("not JSON: {error}"))),
        }
    }

    fn refused(&self, meta: &'static Meta, code: i64, object: &Map<String, Value>) -> Error {
        let errmsg = match object.get(meta.envelope.message) {
            None | Some(Value::Null) => String::new(),
            Some(Value::String(text)) => text.clone(),
            Some(other) => other.to_string(),
        };
        Error::new(Some(meta), Fault::Api(Api { code, errmsg, answer: self.clone() }))
    }

    fn bad_status(&self, meta: &'static Meta) -> Error {
        Error::new(Some(meta), Fault::Status(self.clone()))
    }

    fn undecodable(&self, meta: Option<&'static Meta>, path: &str, message: String) -> Error {
        Error::new(meta, Fault::Decode { answer: self.clone(), path: path.to_owned(), message })
    }
}

impl fmt::Debug for RawAnswer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RawAnswer")
            .field("status", &self.status)
            .field("content_type", &self.content_type)
            .field("body", &format_args!("{} bytes", self.body.len()))
            .finish()
    }
}

/// The code of an answer that failed; none for success.
fn code(object: &Map<String, Value>, meta: &Meta) -> Result<Option<i64>, String> {
    let code = match object.get(meta.envelope.code) {
        None | Some(Value::Null) => return Ok(None),
        Some(value) => value.clone(),
    };
    let code = crate::de::whole::<serde::de::value::Error>(code).map_err(|error| error.to_string())?;
    let code = i64::try_from(code).map_err(|_| format!("{code} is out of range"))?;
    Ok((code != meta.envelope.ok).then_some(code))
}
