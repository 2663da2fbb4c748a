//! Limits, and what numbers count.

use super::Text;

/// One documented limit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limit {
    /// Upper or lower.
    pub bound: Bound,
    /// The number.
    pub value: i64,
    /// Of what.
    pub unit: Unit,
    /// Whether it holds for each item of a list instead of the list.
    pub each: bool,
    /// Whether the validator checks it.
    pub enforced: bool,
    /// Whether it follows from the type of what is sent: no page states it.
    pub implied: bool,
}

/// Upper or lower.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bound {
    /// At most.
    Max,
    /// At least.
    Min,
}

/// What a limit counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// Bytes of UTF-8, or of a file.
    Bytes,
    /// Characters (code points).
    Chars,
    /// Items of a list.
    Items,
    /// The number itself.
    Value,
}

impl Unit {
    /// Every unit.
    pub const ALL: &'static [Self] = &[Self::Bytes, Self::Chars, Self::Items, Self::Value];

    /// Its name in the spec.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Bytes => "bytes",
            Self::Chars => "chars",
            Self::Items => "items",
            Self::Value => "value",
        }
    }
}

/// What a number counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NumberUnit {
    /// `seconds`, `fen`.
    pub id: String,
    /// What it is called.
    pub text: Text,
}
