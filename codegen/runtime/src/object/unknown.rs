//! Values that this version does not know. They are kept, and sent again unchanged.

use std::fmt;

use super::Blank;
use crate::shown::Short;

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
