//! What the server sent and this version does not know. It is kept, and sent again unchanged.

use super::{Blank, Field, View};
use crate::json::{Done, Json, Reader};
use crate::validate::{At, Validate, Violations};

/// The value of an open enumeration that this version does not know.
///
/// It comes only from decoding or from the enumeration's `From`: those map a known value to its variant first, so an
/// unknown one can never stand for a value that is known.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Unknown<T>(T);

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
#[derive(Clone, Debug, PartialEq)]
pub struct UnknownVariant {
    tag: String,
    json: Json,
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
