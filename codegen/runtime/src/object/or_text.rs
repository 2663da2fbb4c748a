//! A value, or a string in its place.

use std::fmt;

use super::{Blank, Field, View};
use crate::json::{Done, Reader};
use crate::shown::Quoted;

/// A value, or a string that the server takes in its place: a list that the string `0` clears, for example.
#[derive(Clone, PartialEq, Eq, Hash)]
pub enum OrText<T> {
    /// The value proper.
    Value(T),
    /// The string in its place.
    Text(String),
}

impl<T: fmt::Debug> fmt::Debug for OrText<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            OrText::Value(value) => f.debug_tuple("Value").field(value).finish(),
            OrText::Text(text) => f.debug_tuple("Text").field(&Quoted(text)).finish(),
        }
    }
}

impl<T> OrText<T> {
    /// The value proper, if it is one.
    pub fn value(&self) -> Option<&T> {
        match self {
            OrText::Value(value) => Some(value),
            OrText::Text(_) => None,
        }
    }

    /// The string, if it is one.
    pub fn text(&self) -> Option<&str> {
        match self {
            OrText::Value(_) => None,
            OrText::Text(text) => Some(text),
        }
    }
}

impl<T> Blank for OrText<T> {
    const BLANK: Self = OrText::Text(String::new());
    const EMPTY_IS_NONE: bool = false;
}

impl<T: Field + Blank> Field for OrText<T> {
    fn view(&self) -> View<'_> {
        match self {
            OrText::Value(value) => value.view(),
            OrText::Text(text) => View::Text(text),
        }
    }

    fn read(&mut self, reader: &mut Reader<'_>) -> Done {
        *self = if reader.is_text() {
            OrText::Text(reader.text()?.into_owned())
        } else {
            let mut value = T::BLANK;
            value.read(reader)?;
            OrText::Value(value)
        };
        Ok(())
    }
}

impl<T> From<Vec<T>> for OrText<Vec<T>> {
    fn from(list: Vec<T>) -> Self {
        OrText::Value(list)
    }
}

impl<T, const N: usize> From<[T; N]> for OrText<Vec<T>> {
    fn from(list: [T; N]) -> Self {
        OrText::Value(list.into())
    }
}

macro_rules! from_scalar {
    ($($scalar:ty),*) => {
        $(impl From<$scalar> for OrText<$scalar> {
            fn from(value: $scalar) -> Self {
                OrText::Value(value)
            }
        })*
    };
}

from_scalar!(bool, i32, u32, i64, u64);

impl<T> From<&str> for OrText<T> {
    fn from(text: &str) -> Self {
        OrText::Text(text.to_owned())
    }
}

impl<T> From<String> for OrText<T> {
    fn from(text: String) -> Self {
        OrText::Text(text)
    }
}
