//! What the server sent and this version does not know. It is kept, and sent again unchanged.

use serde::{Serialize, Serializer};
use serde_json::{Map, Value};

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

/// For generated code only.
#[doc(hidden)]
pub mod private {
    use super::Unknown;

    /// Wraps a value that the caller has compared with all known ones.
    pub fn unknown<T>(value: T) -> Unknown<T> {
        Unknown(value)
    }
}

/// A variant of a union that this version does not know. It serializes to the object it came from.
#[derive(Clone, Debug, PartialEq)]
pub struct UnknownVariant {
    tag: String,
    raw: Map<String, Value>,
}

impl UnknownVariant {
    pub(crate) fn new(tag: String, raw: Map<String, Value>) -> Self {
        UnknownVariant { tag, raw }
    }

    /// The value of the tag; in a union without a tag, the key of the content.
    pub fn tag(&self) -> &str {
        &self.tag
    }

    /// The whole object, the tag included.
    pub fn raw(&self) -> &Map<String, Value> {
        &self.raw
    }
}

impl Serialize for UnknownVariant {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.raw.serialize(serializer)
    }
}

impl Validate for UnknownVariant {
    fn check(&self, _at: At<'_>, _out: &mut Violations) {}
}
