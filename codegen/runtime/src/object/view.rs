//! A value as everything but reading sees it.

use super::{Object, Union};
use crate::body::File;
use crate::json::Json;

/// A value, seen.
#[derive(Clone, Copy)]
pub enum View<'a> {
    /// Not there.
    Absent,
    /// A boolean.
    Bool(bool),
    /// An integer.
    Int(i64),
    /// An integer that is not negative.
    Uint(u64),
    /// A string.
    Text(&'a str),
    /// An object.
    Object(&'a dyn Object),
    /// A list.
    List(&'a dyn List),
    /// A tagged union.
    Union(&'a dyn Union),
    /// An object with free keys.
    Entries(&'a dyn Entries),
    /// Any JSON.
    Json(&'a Json),
    /// A file, which no JSON holds.
    File(&'a File),
}

impl View<'_> {
    /// Whether there is nothing.
    pub fn is_absent(&self) -> bool {
        matches!(self, View::Absent)
    }

    /// A scalar as it stands in a query, a form or a message.
    pub fn to_text(self) -> Option<String> {
        match self {
            View::Bool(value) => Some(value.to_string()),
            View::Int(value) => Some(value.to_string()),
            View::Uint(value) => Some(value.to_string()),
            View::Text(value) => Some(value.to_owned()),
            View::Json(json) => Some(json.to().unwrap_or_else(|_| json.as_str().to_owned())),
            _ => None,
        }
    }
}

/// A list, whatever its items are.
pub trait List {
    /// How many items it has.
    fn len(&self) -> usize;

    /// One of them.
    fn item(&self, index: usize) -> View<'_>;

    /// Whether it has none.
    fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// An object with free keys.
pub trait Entries {
    /// Shows every entry.
    fn each(&self, show: &mut dyn FnMut(&str, View<'_>));
}
