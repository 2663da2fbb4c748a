//! How the next page of a long list is asked for. What a response says is seen through its fields, and the next request
//! is the one at hand with one field read anew, so that this is written once for every endpoint.

use std::fmt;

use crate::endpoint::Endpoint;
use crate::json::Reader;
use crate::meta::{Page, PageEnd};
use crate::object::{Field, List, Object, View};
use crate::shown::Quoted;

/// A request whose responses are pages of one long list.
pub trait Paged: Endpoint + Clone {
    /// What the list holds.
    type Item;

    /// The items of a page.
    fn items(response: Self::Response) -> Vec<Self::Item>;
}

/// A number or a text of a request or a response.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Value {
    Number(i128),
    Text(String),
}

impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Value::Number(number) => number.fmt(f),
            Value::Text(text) => fmt::Debug::fmt(&Quoted(text), f),
        }
    }
}

/// What comes after a page.
#[cfg_attr(not(feature = "client"), allow(dead_code, reason = "only streams tell why pages do not go on"))]
pub(crate) enum Step<E> {
    /// Another one: its request, and the field of it that holds this value.
    Next(E, &'static str, Value),
    /// The end.
    Last,
    /// The same page again: the field, and what it would hold.
    Same(&'static str, Value),
}

/// The request for the page after this response; none when it was the last page, or when it would be the same again.
pub fn next_page<E: Endpoint + Clone>(request: &E, response: &E::Response) -> Option<E> {
    match step(request, response) {
        Step::Next(next, ..) => Some(next),
        Step::Last | Step::Same(..) => None,
    }
}

/// What comes after this page.
pub(crate) fn step<E: Endpoint + Clone>(request: &E, response: &E::Response) -> Step<E> {
    let Some((key, value)) = E::META.paging.as_ref().and_then(|paging| next(request, response, paging)) else {
        return Step::Last;
    };
    if find(request, key).as_ref() == Some(&value) {
        return Step::Same(key, value);
    }
    let mut next = request.clone();
    // The other required fields are there already: only this one is read.
    let read = next.fill(&mut Reader::of_some(&written(key, &value)));
    if read.is_ok() && find(&next, key).as_ref() == Some(&value) { Step::Next(next, key, value) } else { Step::Last }
}

/// The field of the next request, and what it holds.
fn next(request: &dyn Object, response: &dyn Field, paging: &crate::meta::Paging) -> Option<(&'static str, Value)> {
    let View::Object(response) = response.view() else { return None };
    let shown = count(response, paging.items).filter(|shown| *shown > 0)?;
    let number = |object: &dyn Object, key: &str| match find(object, key) {
        Some(Value::Number(number)) => Some(number),
        _ => None,
    };
    let last = match paging.end {
        PageEnd::CountBelow(field, most) => number(response, field).is_some_and(|count| count < i128::from(most)),
        PageEnd::FewerThan(field) => number(request, field).is_some_and(|asked| shown < asked),
        PageEnd::Total(_) | PageEnd::Empty => false,
    };
    if last {
        return None;
    }
    match paging.page {
        Page::Cursor { cursor, next } => {
            let value = find(response, next)?;
            (value != Value::Text(String::new())).then_some((cursor, value))
        }
        Page::Offset { offset } => {
            let begin = number(request, offset).unwrap_or(0) + shown;
            let reached = match paging.end {
                PageEnd::Total(total) => number(response, total).is_some_and(|total| begin >= total),
                _ => false,
            };
            (!reached).then_some((offset, Value::Number(begin)))
        }
    }
}

/// How many items a list has.
fn count(object: &dyn Object, key: &str) -> Option<i128> {
    let mut count = None;
    list(object, key, &mut |list| count = i128::try_from(list.len()).ok());
    count
}

/// Shows a list, if there is one.
pub(crate) fn list(object: &dyn Object, key: &str, see: &mut dyn FnMut(&dyn List)) {
    each(object, key, &mut |view| {
        if let View::List(list) = view {
            see(list);
        }
    });
}

/// A number or a text, if it is set.
pub(crate) fn find(object: &dyn Object, key: &str) -> Option<Value> {
    let mut found = None;
    each(object, key, &mut |view| {
        found = match view {
            View::Int(number) => Some(Value::Number(number.into())),
            View::Uint(number) => Some(Value::Number(number.into())),
            View::Text(text) => Some(Value::Text(text.to_owned())),
            _ => None,
        };
    });
    found
}

fn each(object: &dyn Object, key: &str, see: &mut dyn FnMut(View<'_>)) {
    object.lend(&mut |shape, fields| {
        if let Some(field) = shape.keys.iter().position(|known| *known == key).and_then(|index| fields.get(index)) {
            see(field.view());
        }
    });
}

/// An object of this one field.
pub(crate) fn written(key: &str, value: &Value) -> String {
    let mut out = String::from("{");
    crate::json::write_text(key, &mut out);
    out.push(':');
    match value {
        Value::Number(number) => out.push_str(&number.to_string()),
        Value::Text(text) => crate::json::write_text(text, &mut out),
    }
    out.push('}');
    out
}
