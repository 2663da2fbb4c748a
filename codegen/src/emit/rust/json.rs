//! JSON as it stands in documentation and tests.

use crate::model::Value;

/// The most keys and items for which `json!` is used: it recurses for each, and the compiler has a limit.
const MACRO_SIZE: usize = 16;

/// Pretty JSON, four blanks a level.
pub(super) fn pretty(value: &Value) -> String {
    let mut text = Vec::new();
    let formatter = serde_json::ser::PrettyFormatter::with_indent(b"    ");
    let mut serializer = serde_json::Serializer::with_formatter(&mut text, formatter);
    match serde::Serialize::serialize(value, &mut serializer) {
        Ok(()) => String::from_utf8(text).unwrap_or_default(),
        Err(_) => value.to_string(),
    }
}

/// A raw string literal.
pub(super) fn raw_literal(text: &str) -> String {
    let mut fence = String::from("#");
    while text.contains(&format!("\"{fence}")) {
        fence.push('#');
    }
    format!("r{fence}\"{text}\"{fence}")
}

/// How many keys and items a value has, at all levels.
fn size(value: &Value) -> usize {
    match value {
        Value::Array(items) => items.len() + items.iter().map(size).sum::<usize>(),
        Value::Object(fields) => fields.len() + fields.values().map(size).sum::<usize>(),
        _ => 0,
    }
}

/// Whether `json!` takes the value: it is small, and no text needs an escape that Rust writes in another way.
pub(super) fn suits_macro(value: &Value) -> bool {
    let text = value.to_string();
    size(value) <= MACRO_SIZE && !text.contains("\\u") && !text.contains("\\b") && !text.contains("\\f")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn raw_literals_end_where_they_should() {
        assert_eq!(raw_literal("a"), "r#\"a\"#");
        assert_eq!(raw_literal("a\"#b"), "r##\"a\"#b\"##");
    }

    #[test]
    fn large_values_are_no_macros() {
        assert!(suits_macro(&serde_json::json!({ "a": [1, 2] })));
        assert!(!suits_macro(&serde_json::json!(vec![0; 17])));
        assert!(!suits_macro(&serde_json::json!("\u{1}")));
    }
}
