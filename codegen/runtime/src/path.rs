//! Places in JSON, as text.

use serde_json::Value;

/// Joins two paths. Either may be empty.
pub(crate) fn join(outer: &str, inner: &str) -> String {
    match (outer.is_empty(), inner.is_empty()) {
        (true, _) => inner.to_owned(),
        (_, true) => outer.to_owned(),
        _ if inner.starts_with('[') => format!("{outer}{inner}"),
        _ => format!("{outer}.{inner}"),
    }
}

/// Puts a path in front of a message, in the form that [`split`] finds again: serde has no other way to hand it on.
pub(crate) fn note(path: &str, message: &str) -> String {
    format!("at `{path}`: {message}")
}

/// Takes a message apart that [`note`] made.
fn split(message: &str) -> Option<(&str, &str)> {
    message.strip_prefix("at `")?.split_once("`: ")
}

/// The whole path of an error: where serde was, and what a union inside noted.
pub(crate) fn of(error: &serde_path_to_error::Error<serde_json::Error>) -> String {
    let outer = error.path().to_string();
    let outer = if outer == "." { "" } else { outer.as_str() };
    match split(&error.inner().to_string()) {
        Some((inner, _)) => join(outer, inner),
        None => outer.to_owned(),
    }
}

/// The message of an error without the path that a union noted.
pub(crate) fn inner(error: &serde_path_to_error::Error<serde_json::Error>) -> String {
    let message = error.inner().to_string();
    match split(&message) {
        Some((_, rest)) => rest.to_owned(),
        None => message,
    }
}

/// What kind of JSON a value is, for messages.
pub(crate) fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "a boolean",
        Value::Number(_) => "a number",
        Value::String(_) => "a text",
        Value::Array(_) => "a list",
        Value::Object(_) => "an object",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_join() {
        assert_eq!(join("a", "b"), "a.b");
        assert_eq!(join("", "b"), "b");
        assert_eq!(join("a", ""), "a");
        assert_eq!(join("a", "[0].b"), "a[0].b");
    }

    #[test]
    fn notes_come_apart() {
        assert_eq!(split(&note("a.b", "bad `x`: y")), Some(("a.b", "bad `x`: y")));
        assert_eq!(split("invalid type"), None);
    }
}
