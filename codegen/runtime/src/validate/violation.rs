//! What a check finds.

use std::fmt;

use super::At;
use crate::shown::{self, Quoted, QuotedList, clean};

/// The rule that was broken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Rule {
    /// A text has too many bytes of UTF-8.
    MaxBytes,
    /// A text has too few bytes of UTF-8.
    MinBytes,
    /// A text has too many characters.
    MaxChars,
    /// A text has too few characters.
    MinChars,
    /// A list has too many items.
    MaxItems,
    /// A list has too few items.
    MinItems,
    /// A number is too large.
    MaxValue,
    /// A number is too small.
    MinValue,
    /// A text is nothing but blanks, where something must be said.
    Blank,
    /// A text has a control character that WeChat does not take, escaped or not.
    ControlCharacter,
    /// A file has no name.
    FileName,
    /// A value is one that responses give and requests do not take.
    ResponseForm,
    /// A text is no date of the form `yyyy-MM-dd`.
    Date,
    /// A number is no date of the form `yyyyMMdd`.
    DateNumber,
    /// Fields that exclude each other are set.
    AtMostOne,
    /// None of some fields is set, of which one is needed.
    AtLeastOne,
    /// A field is not set, though another value demands it.
    RequiredWhen,
    /// A field is set, though another value forbids it.
    ForbiddenWhen,
    /// A field has not the value that another value demands.
    EqualsWhen,
    /// A field is set without the one that belongs to it.
    Requires,
    /// A field has a value that it must not have, or not while another one has its value.
    DiffersWhen,
    /// A field is set without one of those of which it needs one.
    RequiresOne,
    /// Lists have too many items together.
    Together,
    /// Nothing in an object is set.
    NotEmpty,
    /// Two dates are too far apart.
    DateWindow,
    /// The first of two dates or moments is after the second.
    DateOrder,
    /// A date is today or later.
    BeforeToday,
}

impl Rule {
    /// The name of the rule in snake case, for programs.
    pub fn as_str(self) -> &'static str {
        match self {
            Rule::MaxBytes => "max_bytes",
            Rule::MinBytes => "min_bytes",
            Rule::MaxChars => "max_chars",
            Rule::MinChars => "min_chars",
            Rule::MaxItems => "max_items",
            Rule::MinItems => "min_items",
            Rule::MaxValue => "max_value",
            Rule::MinValue => "min_value",
            Rule::Blank => "blank",
            Rule::ControlCharacter => "control_character",
            Rule::FileName => "file_name",
            Rule::ResponseForm => "response_form",
            Rule::Date => "date",
            Rule::DateNumber => "date_number",
            Rule::AtMostOne => "at_most_one",
            Rule::AtLeastOne => "at_least_one",
            Rule::RequiredWhen => "required_when",
            Rule::ForbiddenWhen => "forbidden_when",
            Rule::EqualsWhen => "equals_when",
            Rule::Requires => "requires",
            Rule::DiffersWhen => "differs_when",
            Rule::RequiresOne => "requires_one",
            Rule::Together => "together",
            Rule::NotEmpty => "not_empty",
            Rule::DateWindow => "date_window",
            Rule::DateOrder => "date_order",
            Rule::BeforeToday => "before_today",
        }
    }
}

/// What a limit counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Unit {
    /// Bytes of UTF-8. A Chinese character has three.
    Bytes,
    /// Bytes of a file.
    FileBytes,
    /// Characters.
    Chars,
    /// Items of a list.
    Items,
    /// The number itself.
    Value,
    /// Days.
    Days,
}

/// One broken rule.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Violation {
    /// Where, as a path in the JSON of the request; empty for the request itself.
    pub path: String,
    /// The rule.
    pub rule: Rule,
    /// The limit, of rules that have one.
    pub limit: Option<i64>,
    /// What the limit counts.
    pub unit: Option<Unit>,
    /// The value or the size that was found.
    pub actual: Option<String>,
    /// The paths of the other fields that the rule is about.
    pub others: Vec<String>,
    /// The condition, or the value that was expected, of rules that have one; of a moment in milliseconds, its seconds.
    pub expected: Option<String>,
}

impl Violation {
    /// A violation of a rule at a path; the other fields are empty.
    pub fn new(path: impl fmt::Display, rule: Rule) -> Self {
        Violation {
            path: path.to_string(),
            rule,
            limit: None,
            unit: None,
            actual: None,
            others: Vec::new(),
            expected: None,
        }
    }
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.path.is_empty() {
            write!(f, "{}: ", clean(&self.path, shown::PATH))?;
        }
        f.write_str(&self.message())
    }
}

impl fmt::Debug for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Violation")
            .field("path", &Quoted(&self.path))
            .field("rule", &self.rule)
            .field("limit", &self.limit)
            .field("unit", &self.unit)
            .field("actual", &self.actual.as_deref().map(Quoted))
            .field("others", &QuotedList(&self.others))
            .field("expected", &self.expected.as_deref().map(Quoted))
            .finish()
    }
}

/// Every broken rule of a request. Printed, each has a line.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Violations(Vec<Violation>);

impl Violations {
    /// None yet.
    pub fn new() -> Self {
        Violations::default()
    }

    /// Adds one.
    pub fn push(&mut self, violation: Violation) {
        self.0.push(violation);
    }

    /// All of them, in the order of the fields.
    pub fn as_slice(&self) -> &[Violation] {
        &self.0
    }

    /// One after the other.
    pub fn iter(&self) -> std::slice::Iter<'_, Violation> {
        self.0.iter()
    }

    /// How many.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// An error if there is any.
    pub fn into_result(self) -> Result<(), Violations> {
        if self.0.is_empty() { Ok(()) } else { Err(self) }
    }

    pub(super) fn last_mut(&mut self) -> Option<&mut Violation> {
        self.0.last_mut()
    }

    pub(super) fn add(&mut self, at: At<'_>, rule: Rule, fill: impl FnOnce(&mut Violation)) {
        let mut violation = Violation::new(at, rule);
        fill(&mut violation);
        self.0.push(violation);
    }
}

impl IntoIterator for Violations {
    type Item = Violation;
    type IntoIter = std::vec::IntoIter<Violation>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl<'a> IntoIterator for &'a Violations {
    type Item = &'a Violation;
    type IntoIter = std::slice::Iter<'a, Violation>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.iter()
    }
}

impl fmt::Display for Violations {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (position, violation) in self.0.iter().enumerate() {
            if position > 0 {
                f.write_str("\n")?;
            }
            violation.fmt(f)?;
        }
        Ok(())
    }
}

impl std::error::Error for Violations {}
