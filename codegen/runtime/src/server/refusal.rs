//! By which code a request is refused.

use std::fmt;

use crate::shown::clean;
use crate::validate::{Rule, Unit, Violation};

/// By which code a request is refused, where the endpoint has none of its own for the place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Refusals {
    /// GET is the verb.
    pub get: i64,
    /// POST is the verb.
    pub post: i64,
    /// There is no such path.
    pub path: i64,
    /// There is no access token.
    pub no_token: i64,
    /// The access token is none of ours.
    pub wrong_token: i64,
    /// The access token has expired, or another one has taken its place.
    pub old_token: i64,
    /// There is no body.
    pub no_body: i64,
    /// The body cannot be read.
    pub body: i64,
    /// The body is too long.
    pub long_body: i64,
    /// A field is none of this request.
    pub unknown: i64,
    /// A field is of another type.
    pub kind: i64,
    /// A field is missing.
    pub missing: i64,
    /// A text or list is too long.
    pub too_long: i64,
    /// Any other limit or rule is broken.
    pub value: i64,
    /// Too many calls in a day.
    pub day: i64,
    /// Too many calls in a moment.
    pub rate: i64,
    /// The server cannot answer now.
    pub busy: i64,
}

/// What is wrong with a request.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Why {
    /// There is no body.
    NoBody,
    /// The body is no JSON object.
    NoJson(String),
    /// A field is none of this request.
    Unknown,
    /// A field is of another type.
    Kind(String),
    /// A field is missing.
    Missing,
    /// A limit or rule is broken.
    Broken(Box<Violation>),
}

/// A request that is not taken.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Refused {
    /// The code.
    pub code: i64,
    /// The JSON path; empty for the request itself.
    pub path: String,
    /// What is wrong there.
    pub why: Why,
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let path = clean(&self.path, crate::shown::PATH);
        match &self.why {
            Why::NoBody => f.write_str("the request has no body"),
            Why::NoJson(message) => write!(f, "the body is no JSON object: {}", clean(message, crate::shown::MESSAGE)),
            Why::Unknown => write!(f, "{path}: this request has no such field"),
            Why::Kind(message) => write!(f, "{path}: {}", clean(message, crate::shown::MESSAGE)),
            Why::Missing => write!(f, "{path}: it is required, and missing"),
            Why::Broken(violation) => violation.fmt(f),
        }
    }
}

impl std::error::Error for Refused {}

/// A place in a request, the rule that is broken there (`missing` for one that is not there, none for all others), and the
/// code.
pub(super) type Code = (&'static str, Option<&'static str>, i64);

impl Refusals {
    /// The code for what is wrong at a place.
    pub(super) fn code(&self, codes: &[Code], path: &str, why: &Why) -> i64 {
        let path = without_indices(path);
        let rule = match why {
            // A part of a form without content is none.
            Why::Broken(violation) if is_empty_file(violation) => Some("missing"),
            Why::Broken(violation) => Some(violation.rule.as_str()),
            Why::Missing => Some("missing"),
            _ => None,
        };
        let by_rule = codes.iter().find(|(at, name, _)| name.is_some() && *name == rule && is_within(&path, at));
        let by_field = || codes.iter().find(|(at, name, _)| name.is_none() && *at == path && *why != Why::Unknown);
        by_rule.or_else(by_field).map_or_else(|| self.general(why), |(.., code)| *code)
    }

    fn general(&self, why: &Why) -> i64 {
        match why {
            Why::NoBody => self.no_body,
            Why::NoJson(_) => self.body,
            Why::Unknown => self.unknown,
            Why::Kind(_) => self.kind,
            Why::Missing => self.missing,
            Why::Broken(violation) => match violation.rule {
                Rule::MaxBytes | Rule::MaxChars | Rule::MaxItems | Rule::Together => self.too_long,
                Rule::RequiredWhen | Rule::Requires | Rule::RequiresOne | Rule::AtLeastOne => self.missing,
                _ => self.value,
            },
        }
    }
}

fn is_empty_file(violation: &Violation) -> bool {
    violation.rule == Rule::MinBytes && violation.unit == Some(Unit::FileBytes)
}

/// Whether a path is that of an object, or of something inside it.
fn is_within(path: &str, object: &str) -> bool {
    object.is_empty() || path.strip_prefix(object).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}

/// `list[3].title` is `list.title`.
fn without_indices(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    let mut inside = false;
    for letter in path.chars() {
        match letter {
            '[' => inside = true,
            ']' => inside = false,
            _ if !inside => out.push(letter),
            _ => {}
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn indices_are_no_part_of_a_place() {
        assert_eq!(without_indices("list[3].title"), "list.title");
        assert_eq!(without_indices("a[0][1]"), "a");
    }

    #[test]
    fn an_object_holds_what_is_below_it() {
        assert!(is_within("card.title", "card"));
        assert!(is_within("card", ""));
        assert!(!is_within("cards.title", "card"));
    }
}
