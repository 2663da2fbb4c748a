//! Any JSON, as its text.

use std::fmt;

use serde::de::DeserializeOwned;

use super::escape::write_text;
use super::{Done, Failed, Reader, Unreadable, decode};
use crate::shown;

/// Any JSON value, kept as its text: numbers keep every digit, objects the order of their keys.
///
/// ```
/// use weixin_runtime::Json;
///
/// let json: Json = Json::parse(br#"{ "id": 98765432109876543210, "on": true }"#).unwrap();
/// assert_eq!(json.as_str(), r#"{"id":98765432109876543210,"on":true}"#);
/// assert_eq!(json.to::<std::collections::BTreeMap<String, serde_json::Value>>().unwrap()["on"], true);
/// assert_eq!(Json::from(true).as_str(), "true");
/// assert_eq!(Json::object([("on", true)]).as_str(), r#"{"on":true}"#);
/// let text = serde_json::json!({ "any": ["value", 1] }).to_string();
/// assert_eq!(text.parse::<Json>().unwrap().as_str(), text);
/// ```
#[derive(Clone)]
pub struct Json(Repr);

#[derive(Clone)]
enum Repr {
    Null,
    Text(String),
}

impl Json {
    /// `null`
    pub const NULL: Self = Json(Repr::Null);

    /// Reads JSON, as tolerantly as a response.
    pub fn parse(json: &[u8]) -> Result<Self, Unreadable> {
        let text = decode(json);
        let mut reader = Reader::new(&text);
        Json::copied(&mut reader).map_err(|Failed| reader.unreadable())
    }

    /// An object of these entries.
    pub fn object<K: AsRef<str>, V: Into<Json>>(entries: impl IntoIterator<Item = (K, V)>) -> Self {
        let mut out = String::from("{");
        for (key, value) in entries {
            if out.len() > 1 {
                out.push(',');
            }
            write_text(key.as_ref(), &mut out);
            out.push(':');
            out.push_str(value.into().as_str());
        }
        out.push('}');
        Json::from_written(out)
    }

    /// A list of these items.
    pub fn list<V: Into<Json>>(items: impl IntoIterator<Item = V>) -> Self {
        let mut out = String::from("[");
        for value in items {
            if out.len() > 1 {
                out.push(',');
            }
            out.push_str(value.into().as_str());
        }
        out.push(']');
        Json::from_written(out)
    }

    /// The next value of a reader.
    pub(crate) fn copied(reader: &mut Reader<'_>) -> Done<Self> {
        let mut out = String::new();
        reader.copy(&mut out)?;
        Ok(Json::from_written(out))
    }

    pub(crate) fn from_written(text: String) -> Self {
        Json(Repr::Text(text))
    }

    /// The value as JSON, without white space.
    pub fn as_str(&self) -> &str {
        match &self.0 {
            Repr::Null => "null",
            Repr::Text(text) => text,
        }
    }

    /// The value as it stands in a query: a text without its quotes, anything else as JSON.
    pub(crate) fn to_text(&self) -> String {
        self.to().unwrap_or_else(|_| self.as_str().to_owned())
    }

    /// The value in a type that serde can read, such as `serde_json::Value`.
    pub fn to<T: DeserializeOwned>(&self) -> Result<T, Unreadable> {
        crate::serial::read(self.as_str())
    }
}

impl std::str::FromStr for Json {
    type Err = Unreadable;

    fn from_str(json: &str) -> Result<Self, Unreadable> {
        Json::parse(json.as_bytes())
    }
}

/// Equal values are equal whatever their white space, escapes and the order of their keys.
impl PartialEq for Json {
    fn eq(&self, other: &Self) -> bool {
        self.as_str() == other.as_str() || sorted(self) == sorted(other)
    }
}

/// The text with the keys of every object in order.
fn sorted(json: &Json) -> Option<String> {
    let text = decode(json.as_str().as_bytes());
    let mut out = String::new();
    sort(&mut Reader::new(&text), &mut out).ok().map(|()| out)
}

fn sort(reader: &mut Reader<'_>, out: &mut String) -> Done {
    match reader.peek() {
        b'{' => {
            let mut members = std::collections::BTreeMap::new();
            let mut next = reader.open_object()?;
            while let Some(key) = next {
                let mut value = String::new();
                sort(reader, &mut value)?;
                members.insert(key.into_owned(), value);
                next = reader.next_key()?;
            }
            for (key, value) in members {
                write_text(&key, out);
                out.push(':');
                out.push_str(&value);
                out.push(',');
            }
            out.push('}');
        }
        b'[' => {
            out.push('[');
            let mut list = reader.open_list()?;
            while let Some(close) = list {
                sort(reader, out)?;
                out.push(',');
                list = reader.next_item(close)?.then_some(close);
            }
            out.push(']');
        }
        _ => reader.copy(out)?,
    }
    Ok(())
}

/// As JSON, with escapes for letters that cannot be seen.
impl fmt::Display for Json {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        shown::write_json(self.as_str(), f)
    }
}

/// The start of the JSON.
impl fmt::Debug for Json {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        shown::sketch_json(self.as_str(), f)
    }
}

macro_rules! from_scalar {
    ($($scalar:ty),*) => {
        $(impl From<$scalar> for Json {
            fn from(value: $scalar) -> Self {
                Json::from_written(value.to_string())
            }
        })*
    };
}

from_scalar!(bool, i32, i64, u32, u64);

impl From<&str> for Json {
    fn from(text: &str) -> Self {
        let mut out = String::new();
        write_text(text, &mut out);
        Json::from_written(out)
    }
}

impl From<String> for Json {
    fn from(text: String) -> Self {
        Json::from(text.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_whatever_the_order() {
        let json = |text: &str| Json::parse(text.as_bytes()).expect("JSON");
        assert_eq!(json(r#"{"a":1,"b":[{"c":2,"d":3}]}"#), json(r#" {"b":[{"d":3,"c":2}],"a":1}"#));
        assert_ne!(json(r#"[1,2]"#), json(r#"[2,1]"#));
        assert_ne!(json("1.0"), json("1"));
        assert_eq!(Json::NULL, json("null"));
        assert_eq!(Json::object([("a", Json::list([1_u64, 2])), ("b", "x".into())]).as_str(), r#"{"a":[1,2],"b":"x"}"#);
    }
}
