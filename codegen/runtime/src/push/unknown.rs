//! A push that nobody knows.

use std::borrow::Cow;
use std::fmt;

use crate::json::{Json, Reader};
use crate::object::Extra;
use crate::secret::{self, Hidden};
use crate::shown::Quoted;

/// A push that this version of the crate does not know, or one that lacks what it should have: with all that it says.
#[derive(Clone, PartialEq)]
pub struct UnknownPush {
    fields: Extra,
    fault: Option<String>,
}

impl UnknownPush {
    pub(super) fn new(fields: Extra, fault: Option<String>) -> Self {
        UnknownPush { fields, fault }
    }

    /// A field as text: a number or a boolean by its letters. None where it is missing, or has parts.
    pub fn text(&self, name: &str) -> Option<String> {
        self.fields.get(name).and_then(|json| plain(json.as_str()))
    }

    /// Every field as JSON, in the order in which they came. In XML all are texts, or have parts.
    pub fn fields(&self) -> &Extra {
        &self.fields
    }

    /// Why it could not be read, if it is one that is known by its name.
    pub fn fault(&self) -> Option<&str> {
        self.fault.as_deref()
    }

    /// The fields as one object.
    pub fn to_json(&self) -> Json {
        Json::object(self.fields.iter().map(|(name, value)| (name, value.clone())))
    }
}

/// Without what names say is secret.
impl fmt::Debug for UnknownPush {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = f.debug_struct("UnknownPush");
        for (name, value) in self.fields.iter() {
            if secret::is_secret_path(name) {
                shown.field(name, &Hidden);
            } else {
                shown.field(name, value);
            }
        }
        if let Some(fault) = &self.fault {
            shown.field("fault", &Quoted(fault));
        }
        shown.finish()
    }
}

/// A scalar in JSON as text.
pub(super) fn plain(raw: &str) -> Option<String> {
    Reader::new(raw).text().ok().map(Cow::into_owned)
}
