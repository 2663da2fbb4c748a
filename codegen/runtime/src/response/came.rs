//! How a response is read, before it is kept.

use super::RawResponse;
use crate::error::{Api, Error, Fault, Subject};
use crate::inspect::Report;
use crate::json::{self, Failed, Reader};
use crate::meta::{Envelope, Meta};
use crate::object::{Field, View};

/// A response as it came, not yet kept: only an error keeps it.
#[derive(Clone, Copy)]
pub(crate) struct Came<'a> {
    pub(crate) status: u16,
    pub(crate) content_type: Option<&'a str>,
    pub(crate) body: &'a [u8],
}

impl Came<'_> {
    /// Reads the content into `value`. The report names unknown fields only when it is asked to.
    pub(crate) fn fill(self, meta: &'static Meta, value: &mut dyn Field, strangers: bool) -> Result<Report, Error> {
        let text = json::decode(self.body);
        if !(200..300).contains(&self.status) {
            return Err(self.failed(meta, &text));
        }
        let mut reader = Reader::response(&text, &meta.envelope);
        reader.strangers = strangers.then(Vec::new);
        match value.read(&mut reader) {
            Ok(()) if proves_success(meta, &text, &reader, value) => Ok(Report::new(&text, reader)),
            // The code may have been read as something else: as a field of its name, or as any JSON.
            Ok(()) => match told(&text, &meta.envelope).code {
                Some(code) if code == meta.envelope.ok => Ok(Report::new(&text, reader)),
                _ => Err(self.refused(meta, &text).unwrap_or_else(|| self.unproved(meta))),
            },
            Err(Failed) => Err(self.unreadable(meta, &text, &mut reader)),
        }
    }

    /// Any JSON; the error that a code tells, or a status.
    #[cfg(feature = "client")]
    pub(crate) fn any(self, meta: &'static Meta) -> Result<json::Json, Error> {
        let text = json::decode(self.body);
        if let Some(error) = self.refused(meta, &text) {
            return Err(error);
        }
        if !(200..300).contains(&self.status) {
            return Err(self.failed(meta, &text));
        }
        json::Json::parse(self.body).map_err(|at| self.undecodable(meta, at.path, format!("not JSON: {}", at.message)))
    }

    fn keep(self) -> RawResponse {
        RawResponse::new(self.status, self.content_type.map(str::to_owned), self.body.to_vec())
    }

    /// The error that the response tells by its code, if it tells one.
    #[cfg(feature = "client")]
    pub(crate) fn refusal(self, meta: &'static Meta) -> Option<Error> {
        self.refused(meta, &json::decode(self.body))
    }

    /// The error that the response tells by its code or by its status.
    #[cfg(feature = "client")]
    pub(crate) fn failure(self, meta: &'static Meta) -> Option<Error> {
        match self.refusal(meta) {
            None if self.status >= 500 => Some(Error::new(Some(meta), Fault::Status(self.keep()))),
            refusal => refusal,
        }
    }

    /// The error for a code that the response tells, whatever else is wrong with it.
    fn refused(self, meta: &'static Meta, text: &str) -> Option<Error> {
        let told = told(text, &meta.envelope);
        let code = told.code.filter(|code| *code != meta.envelope.ok)?;
        Some(Error::new(Some(meta), Fault::Api(Api { code, errmsg: told.message, response: self.keep() })))
    }

    fn failed(self, meta: &'static Meta, text: &str) -> Error {
        self.refused(meta, text).unwrap_or_else(|| Error::new(Some(meta), Fault::Status(self.keep())))
    }

    fn unreadable(self, meta: &'static Meta, text: &str, reader: &mut Reader<'_>) -> Error {
        if let Some(error) = self.refused(meta, text) {
            return error;
        }
        if text.trim().is_empty() {
            return self.undecodable(meta, String::new(), "the body is empty".to_owned());
        }
        let at = reader.unreadable();
        let message = if text.trim_start().starts_with('{') { at.message } else { format!("not JSON: {}", at.message) };
        self.undecodable(meta, at.path, message)
    }

    fn unproved(self, meta: &'static Meta) -> Error {
        let code = meta.envelope.code;
        let and = match meta.success {
            [] => String::new(),
            fields => format!(" and so is `{}`", fields.join("`, `")),
        };
        let message = format!("`{code}` is missing{and}, so nothing says that the call succeeded");
        self.undecodable(meta, String::new(), message)
    }

    fn undecodable(self, meta: &'static Meta, path: String, message: String) -> Error {
        let subject = Subject::Response;
        Error::new(Some(meta), Fault::Decode { subject, response: self.keep(), path, message })
    }
}

/// Success is told by its code, or by a field that only this response has.
fn proves_success(meta: &Meta, text: &str, reader: &Reader<'_>, value: &dyn Field) -> bool {
    reader.code == Some(meta.envelope.ok)
        || (!meta.success.is_empty() && has_any(value.view(), meta.success, reader.seen, text))
}

/// Whether an object has one of these fields. A list that is null in the text is an empty one here, and proves nothing.
fn has_any(view: View<'_>, names: &[&str], seen: u128, text: &str) -> bool {
    let View::Object(object) = view else {
        return false;
    };
    let mut found = false;
    object.lend(&mut |shape, fields| {
        found = shape.keys.iter().zip(fields).enumerate().any(|(index, (key, field))| {
            let read = seen & (1 << (index & 127)) != 0 && !field.view().is_absent();
            names.contains(key) && read && Reader::new(text).has(key)
        });
    });
    found
}

/// What the envelope tells.
#[derive(Default)]
struct Told {
    code: Option<i64>,
    message: String,
}

/// Looks for the envelope in a text, which may be broken anywhere. Of several codes one that tells an error counts.
fn told(text: &str, envelope: &Envelope) -> Told {
    let mut told = Told::default();
    let mut reader = Reader::new(text);
    if reader.next_byte() != b'{' {
        return told;
    }
    let mut next = reader.open_object().unwrap_or_else(|Failed| reader.next_key_anyhow());
    while let Some(key) = next {
        let start = reader.mark();
        if key == envelope.code && told.code.is_none_or(|code| code == envelope.ok) {
            let code = reader.integer().ok().map(|code| i64::try_from(code).unwrap_or(i64::MAX));
            told.code = code.or(told.code);
        } else if key == envelope.message {
            told.message = message(&mut reader);
        }
        reader.back_to(start);
        next = reader.skip().and_then(|()| reader.next_key()).unwrap_or_else(|Failed| {
            reader.back_to(start);
            reader.next_key_anyhow()
        });
    }
    told
}

/// The message, whatever it is.
fn message(reader: &mut Reader<'_>) -> String {
    let start = reader.mark();
    if let Ok(message) = reader.text() {
        return message.into_owned();
    }
    reader.back_to(start);
    reader.part().ok().filter(|part| *part != "null").unwrap_or_default().to_owned()
}
