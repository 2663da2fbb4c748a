//! Variants that this version does not know.

use std::fmt;

use crate::json::Json;
use crate::shown::Quoted;

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
    /// Before anything was read.
    pub(super) const NONE: Self = UnknownVariant { tag: String::new(), json: Json::NULL };

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
