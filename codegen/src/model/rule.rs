//! Cross-field rules.

use super::{Quirk, Source, Text, Value};

/// One rule of an object.
#[derive(Debug, Clone)]
pub struct Rule {
    /// `date_window`, or the name of a note: `irreversible`.
    pub name: String,
    /// What it demands.
    pub kind: RuleKind,
    /// In words.
    pub text: Text,
    /// The code WeChat answers when it is broken.
    pub error: Option<i64>,
    /// Where it is documented.
    pub sources: Vec<Source>,
    /// Quirks that concern it.
    pub quirks: Vec<Quirk>,
}

/// What a rule demands. Paths are lists of wire names; the resolver has checked that each exists, that all
/// but the last lead through objects (not lists or unions).
#[derive(Debug, Clone)]
pub enum RuleKind {
    /// Documentation only.
    Note,
    /// At most one of these is set.
    AtMostOne(Vec<Vec<String>>),
    /// At least one of these is set.
    AtLeastOne(Vec<Vec<String>>),
    /// These are set when the conditions hold.
    RequiredWhen(Vec<Vec<String>>, Vec<Condition>),
    /// These are not set when the conditions hold.
    ForbiddenWhen(Vec<Vec<String>>, Vec<Condition>),
    /// These hold these values when the conditions hold.
    EqualsWhen(Vec<Condition>, Vec<Condition>),
    /// When the first is set, the others are too.
    Requires(Vec<String>, Vec<Vec<String>>),
    /// Two dates in order, at most so many days apart.
    DateWindow {
        /// The first day.
        from: Vec<String>,
        /// The last day.
        to: Vec<String>,
        /// The most days.
        days: u32,
    },
    /// Two timestamps, of which the first is not after the second.
    InOrder(Vec<String>, Vec<String>),
    /// These dates lie before the current day.
    BeforeToday(Vec<Vec<String>>),
}

/// A path and the value there (a bool, an integer or a string).
#[derive(Debug, Clone, PartialEq)]
pub struct Condition {
    /// The path.
    pub path: Vec<String>,
    /// The value.
    pub value: Value,
}
