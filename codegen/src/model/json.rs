//! JSON values, and ways through them.

use std::fmt;
use std::ops::Deref;

/// A JSON value. Objects keep the order in which their keys were written.
pub type Value = serde_json::Value;

/// A JSON object.
pub type JsonMap = serde_json::Map<String, Value>;

/// The keys that lead from an object to a value below it. Shown, they stand with dots between.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Path(Vec<String>);

impl Path {
    /// The path that a spec file writes with dots.
    #[must_use]
    pub fn from_dotted(dotted: &str) -> Self {
        dotted.split('.').collect()
    }

    /// The value at the end of the path; none when there is none, or null.
    #[must_use]
    pub fn find<'v>(&self, object: &'v JsonMap) -> Option<&'v Value> {
        let (first, rest) = self.0.split_first()?;
        rest.iter().try_fold(object.get(first)?, |value, key| value.get(key)).filter(|value| !value.is_null())
    }
}

impl Deref for Path {
    type Target = [String];

    fn deref(&self) -> &[String] {
        &self.0
    }
}

impl<T: Into<String>> FromIterator<T> for Path {
    fn from_iter<I: IntoIterator<Item = T>>(keys: I) -> Self {
        Self(keys.into_iter().map(Into::into).collect())
    }
}

impl fmt::Display for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.join("."))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn found(path: &Path, value: &Value) -> Option<Value> {
        value.as_object().and_then(|object| path.find(object)).cloned()
    }

    #[test]
    fn a_path_leads_through_objects() {
        let path = Path::from_dotted("a.b");
        assert_eq!(path.to_string(), "a.b");
        assert_eq!(found(&path, &json!({ "a": { "b": 1 } })), Some(json!(1)));
        for none in [json!({}), json!({ "a": 1 }), json!({ "a": { "b": null } }), json!({ "a.b": 1 }), json!(["a"])] {
            assert_eq!(found(&path, &none), None, "{none}");
        }
    }

    #[test]
    fn a_key_with_a_dot_is_one_key() {
        let path: Path = ["a.b", "c"].into_iter().collect();
        assert_eq!(found(&path, &json!({ "a.b": { "c": 2 } })), Some(json!(2)));
        assert_eq!(found(&path, &json!({ "a": { "b": { "c": 2 } } })), None);
    }
}
