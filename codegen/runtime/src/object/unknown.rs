//! What the server sent and this version does not know. It is kept, and sent again unchanged.

use std::fmt;

use super::{Blank, Field, View};
use crate::json::{Done, Json, Reader};
use crate::shown::{Quoted, Short};
use crate::validate::{At, Validate, Violations};

/// The value of an open enumeration that this version does not know.
///
/// It comes only from decoding or from the enumeration's `From`: those map a known value to its variant first, so an
/// unknown one can never stand for a value that is known.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Unknown<T>(T);

impl<T: fmt::Debug> fmt::Debug for Unknown<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Unknown").field(&Short(&self.0)).finish()
    }
}

impl<T> Unknown<T> {
    /// The value as it was sent.
    pub fn get(&self) -> &T {
        &self.0
    }
}

impl Blank for Unknown<String> {
    const BLANK: Self = Unknown(String::new());
}

impl Blank for Unknown<i64> {
    const BLANK: Self = Unknown(0);
}

/// For generated code only.
#[doc(hidden)]
pub mod private {
    use super::Unknown;

    /// Wraps a value that the caller has compared with all known ones.
    pub fn unknown<T>(value: T) -> Unknown<T> {
        Unknown(value)
    }
}

/// A variant of a union that this version does not know. It is written as the object it came from: every digit, every
/// key, in the same order.
#[derive(Clone, PartialEq)]
pub struct UnknownVariant {
    tag: String,
    json: Json,
}

impl fmt::Debug for UnknownVariant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("UnknownVariant").field("tag", &Quoted(&self.tag)).field("json", &self.json).finish()
    }
}

impl UnknownVariant {
    pub(crate) fn new(tag: String, json: Json) -> Self {
        UnknownVariant { tag, json }
    }

    /// The value of the tag; in a union without a tag, the key of the content.
    pub fn tag(&self) -> &str {
        &self.tag
    }

    /// The whole object, the tag included.
    pub fn json(&self) -> &Json {
        &self.json
    }
}

impl Blank for UnknownVariant {
    const BLANK: Self = UnknownVariant { tag: String::new(), json: Json::NULL };
}

impl Field for UnknownVariant {
    fn view(&self) -> View<'_> {
        View::Json(&self.json)
    }

    fn read(&mut self, reader: &mut Reader<'_>) -> Done {
        *self = reader.unknown_variant()?;
        Ok(())
    }
}

impl Validate for UnknownVariant {
    fn check(&self, _at: At<'_>, _out: &mut Violations) {}
}
