//! How the next page of a long list is asked for. What a response says is seen through its fields, and the next request
//! is the one at hand with one field read anew, so that this is written once for every endpoint.

use crate::endpoint::Endpoint;
use crate::json::Reader;
use crate::meta::{Page, PageEnd};
use crate::object::{Field, Object, View};

/// A number or a text of a request or a response.
#[derive(Clone, Debug, PartialEq)]
enum Value {
    Number(i128),
    Text(String),
}

/// The request for the page after this response; none when it was the last page, or when it would be the same again.
pub fn next_page<E: Endpoint + Clone>(request: &E, response: &E::Response) -> Option<E> {
    let (key, value) = next(request, response, E::META.paging.as_ref()?)?;
    let mut next = request.clone();
    // The other required fields are there already: only this one is read.
    next.fill(&mut Reader::of_some(&written(key, &value))).ok()?;
    let goes_on = find(&next, key).as_ref() == Some(&value) && find(request, key).as_ref() != Some(&value);
    goes_on.then_some(next)
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
    each(object, key, &mut |view| {
        if let View::List(list) = view {
            count = i128::try_from(list.len()).ok();
        }
    });
    count
}

/// A number or a text, if it is set.
fn find(object: &dyn Object, key: &str) -> Option<Value> {
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
fn written(key: &str, value: &Value) -> String {
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
