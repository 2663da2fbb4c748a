//! Reading and writing of tagged unions, for generated code.
//!
//! Three shapes occur:
//!
//! | shape | JSON | write with | read with |
//! |---|---|---|---|
//! | keyed | `{"card_type":"GROUPON","groupon":{…}}` | `keyed(s, Some(("card_type", "GROUPON")), "groupon", content)` | `raw.tag("card_type")`, `raw.content("groupon")` |
//! | keyed, tagless | `{"groupon":{…}}`, also flattened into a parent | `keyed(s, None, "groupon", content)` | `raw.has("groupon")`, `raw.content("groupon")` |
//! | inline | `{"type":"X",…fields}` | `inline(s, ("type", "X"), content)` | `raw.tag("type")`, `raw.inline()` |
//!
//! A variant without content is written with `&()` as its content, in either shape.
//!
//! ```
//! use serde::{Deserialize, Deserializer, Serialize, Serializer};
//! use weixin_runtime::{UnknownVariant, union};
//!
//! #[derive(Debug, PartialEq, Serialize, Deserialize)]
//! struct Circle { radius: u64 }
//!
//! #[derive(Debug, PartialEq)]
//! enum Shape { Circle(Circle), Point, Unknown(UnknownVariant) }
//!
//! impl Serialize for Shape {
//!     fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
//!         match self {
//!             Shape::Circle(content) => union::keyed(serializer, Some(("kind", "CIRCLE")), "circle", content),
//!             Shape::Point => union::inline(serializer, ("kind", "POINT"), &()),
//!             Shape::Unknown(unknown) => unknown.serialize(serializer),
//!         }
//!     }
//! }
//!
//! impl<'de> Deserialize<'de> for Shape {
//!     fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
//!         let raw = union::Raw::read(deserializer)?;
//!         match raw.tag("kind") {
//!             Some("CIRCLE") => Ok(Shape::Circle(raw.content("circle")?)),
//!             Some("POINT") => Ok(Shape::Point),
//!             Some(_) => Ok(Shape::Unknown(raw.unknown("kind"))),
//!             None => Err(raw.missing("kind")),
//!         }
//!     }
//! }
//!
//! let json = r#"{"kind":"CIRCLE","circle":{"radius":2}}"#;
//! let shape: Shape = serde_json::from_str(json).unwrap();
//! assert_eq!(shape, Shape::Circle(Circle { radius: 2 }));
//! assert_eq!(serde_json::to_string(&shape).unwrap(), json);
//! ```
//!
//! A fault inside the content keeps its place: the message starts with `` at `groupon.base_info`: ``, and
//! [`Error::json_path`](crate::Error::json_path) joins it with the path of the union itself.

use serde::de::DeserializeOwned;
use serde::ser::{Error as _, SerializeMap};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::{Map, Value};

use crate::path;
use crate::unknown::UnknownVariant;

/// An object that is a union, read but not yet told apart.
#[derive(Clone, Debug, PartialEq)]
pub struct Raw(Map<String, Value>);

impl Raw {
    /// Reads an object, or what a parent left over when the union is flattened into it.
    pub fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Raw, D::Error> {
        Map::deserialize(deserializer).map(Raw)
    }

    /// The text of the tag; none when it is missing or no text.
    pub fn tag(&self, key: &str) -> Option<&str> {
        self.0.get(key).and_then(Value::as_str)
    }

    /// Whether the key is there and not null.
    pub fn has(&self, key: &str) -> bool {
        self.0.get(key).is_some_and(|value| !value.is_null())
    }

    /// The value at a dotted path, such as `cash.advanced_info.share_friends`.
    pub fn at(&self, path: &str) -> Option<&Value> {
        let (first, rest) = path.split_once('.').unwrap_or((path, ""));
        let mut value = self.0.get(first)?;
        for key in rest.split('.').filter(|key| !key.is_empty()) {
            value = value.get(key)?;
        }
        Some(value)
    }

    /// Whether the value at a dotted path is the expected one, as tolerantly as values are decoded: `true` is also
    /// `1`, `"1"` and `"true"`, and a number is also its text.
    pub fn holds(&self, path: &str, expected: impl Into<Value>) -> bool {
        let Some(found) = self.at(path) else {
            return false;
        };
        let expected = expected.into();
        match &expected {
            Value::Bool(wanted) => crate::de::truth(found) == Some(*wanted),
            Value::Number(wanted) => match found {
                Value::String(text) => text.trim() == wanted.to_string(),
                other => *other == expected,
            },
            _ => *found == expected,
        }
    }

    /// The content of a keyed union.
    pub fn content<T: DeserializeOwned, E: serde::de::Error>(&self, key: &'static str) -> Result<T, E> {
        match self.0.get(key) {
            Some(value) => serde_path_to_error::deserialize(value)
                .map_err(|error| E::custom(path::note(&path::join(key, &path::of(&error)), &path::inner(&error)))),
            None => Err(E::missing_field(key)),
        }
    }

    /// The content of an inline union: its fields stand beside the tag.
    pub fn inline<T: DeserializeOwned, E: serde::de::Error>(&self) -> Result<T, E> {
        serde_path_to_error::deserialize(&self.0).map_err(|error| {
            let path = path::of(&error);
            let message = path::inner(&error);
            E::custom(if path.is_empty() { message } else { path::note(&path, &message) })
        })
    }

    /// The error for a tag that is not there, or is no text.
    pub fn missing<E: serde::de::Error>(&self, tag: &'static str) -> E {
        match self.0.get(tag) {
            Some(value) => E::custom(path::note(tag, &format!("{} where a text was expected", path::kind(value)))),
            None => E::missing_field(tag),
        }
    }

    /// Keeps the object as a variant that this version does not know. `tag` is the key of the tag; without one,
    /// the first key of the object says what it is.
    pub fn unknown(self, tag: &str) -> UnknownVariant {
        let value = match self.tag(tag) {
            Some(value) => value.to_owned(),
            None => self.0.keys().next().cloned().unwrap_or_default(),
        };
        UnknownVariant::new(value, self.0)
    }

    /// Whether the object has no keys at all.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// Writes a keyed union: `{"card_type":"GROUPON","groupon":{…}}`, or without the tag `{"groupon":{…}}`.
pub fn keyed<S, T>(
    serializer: S,
    tag: Option<(&'static str, &str)>,
    key: &'static str,
    content: &T,
) -> Result<S::Ok, S::Error>
where
    S: Serializer,
    T: Serialize + ?Sized,
{
    let mut map = serializer.serialize_map(Some(1 + usize::from(tag.is_some())))?;
    if let Some((name, value)) = tag {
        map.serialize_entry(name, value)?;
    }
    map.serialize_entry(key, content)?;
    map.end()
}

/// Writes an inline union: the tag first, then the fields of the content. `&()` is a content without fields.
pub fn inline<S, T>(serializer: S, tag: (&'static str, &str), content: &T) -> Result<S::Ok, S::Error>
where
    S: Serializer,
    T: Serialize + ?Sized,
{
    let fields = match serde_json::to_value(content).map_err(S::Error::custom)? {
        Value::Object(fields) => fields,
        Value::Null => Map::new(),
        other => {
            return Err(S::Error::custom(format!("a union cannot hold {} beside its tag", path::kind(&other))));
        }
    };
    let mut map = serializer.serialize_map(Some(fields.len() + 1))?;
    map.serialize_entry(tag.0, tag.1)?;
    for (key, value) in fields.iter().filter(|(key, _)| *key != tag.0) {
        map.serialize_entry(key, value)?;
    }
    map.end()
}
