//! What reading forgives and a server does not: fields that nobody knows, and values of another type.
//!
//! A request is read as tolerantly as a response, and written again. What was forgiven shows in the difference.

use serde_json::Value;

use super::Why;
use crate::object::{Chosen, Field, View};
use crate::shape::Content;

/// What is wrong, and where.
type Wrong = (String, Why);

/// The path of a member.
pub(super) fn below(path: &str, key: &str) -> String {
    if path.is_empty() { key.to_owned() } else { format!("{path}.{key}") }
}

/// What stands at a path.
pub(super) fn at<'v>(value: &'v Value, path: &str) -> Option<&'v Value> {
    let pointer: String = path
        .split(['.', '['])
        .filter(|part| !part.is_empty())
        .map(|part| format!("/{}", part.trim_end_matches(']')))
        .collect();
    value.pointer(&pointer)
}

/// Finds a field of a request that nobody knows.
pub(super) fn no_strangers(request: &dyn Field) -> Result<(), Wrong> {
    match stranger(request.view(), "") {
        Some(path) => Err((path, Why::Unknown)),
        None => Ok(()),
    }
}

fn stranger(view: View<'_>, path: &str) -> Option<String> {
    let mut found = None;
    match view {
        View::Object(object) => object.lend(&mut |shape, fields| {
            found = shape.keys.iter().zip(fields).find_map(|(key, field)| match (key.is_empty(), field.view()) {
                (true, View::Entries(extra)) => first_key(extra).map(|key| below(path, &key)),
                (true, view) => stranger(view, path),
                (false, view) => stranger(view, &below(path, key)),
            });
        }),
        View::List(list) => {
            found = (0..list.len()).find_map(|index| stranger(list.item(index), &format!("{path}[{index}]")));
        }
        View::Union(union) => {
            if let Chosen::Known(index, Some(content)) = union.chosen() {
                let below = match union.shape().variants.get(index).map(|variant| variant.content) {
                    Some(Content::Keyed(key)) => below(path, key),
                    _ => path.to_owned(),
                };
                found = stranger(content.view(), &below);
            }
        }
        _ => {}
    }
    found
}

fn first_key(entries: &dyn crate::object::Entries) -> Option<String> {
    let mut first = None;
    entries.each(&mut |key, _| first = first.take().or_else(|| Some(key.to_owned())));
    first
}

/// Compares what was sent with what was read of it. Of what is no part of a body only that it was read is asked: there
/// everything is text.
pub(super) fn same_kinds(typed: &Value, sent: &Value, written: &str) -> Result<(), Wrong> {
    let written: Value = serde_json::from_str(written).unwrap_or_default();
    if let (Value::Object(sent), Value::Object(read)) = (sent, &written) {
        let lost = |(key, value): &(&String, &Value)| !read.contains_key(*key) && !is_nothing(value);
        if let Some((key, _)) = sent.iter().find(lost) {
            return Err((key.clone(), Why::Kind("it cannot be read".to_owned())));
        }
    }
    same(typed, &written, "")
}

fn same(sent: &Value, read: &Value, path: &str) -> Result<(), Wrong> {
    match (sent, read) {
        (Value::Null, _) => Ok(()),
        (Value::Object(sent), Value::Object(read)) => sent.iter().try_for_each(|(key, value)| {
            let path = below(path, key);
            match read.get(key) {
                Some(read) => same(value, read, &path),
                None if is_nothing(value) => Ok(()),
                None => Err((path, Why::Kind("it cannot be read".to_owned()))),
            }
        }),
        (Value::Array(sent), Value::Array(read)) if sent.len() == read.len() => sent
            .iter()
            .zip(read)
            .enumerate()
            .try_for_each(|(index, (one, other))| same(one, other, &format!("{path}[{index}]"))),
        _ if kind(sent) == kind(read) && !sent.is_array() => Ok(()),
        _ => Err((path.to_owned(), Why::Kind(format!("a {} is expected, not a {}", kind(read), kind(sent))))),
    }
}

/// What some libraries write where there is nothing.
fn is_nothing(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::Array(items) => items.is_empty(),
        Value::String(text) => text.is_empty(),
        _ => false,
    }
}

fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(_) => "number",
        Value::String(_) => "string",
        Value::Array(_) => "list",
        Value::Object(_) => "object",
    }
}
