//! Tolerant decoding of scalars.
//!
//! The same field comes as a number from one server and as its text from the next. `#[serde(deserialize_with =
//! "rt::de::lenient")]` accepts both:
//!
//! | type | accepts |
//! |---|---|
//! | `String` | a text; a number or a boolean, as its text |
//! | `bool` | `true`, `false`, `0`, `1`, or the text of one of them |
//! | `i32` `u32` `i64` `u64` | a number, also `2.0`; the text of an integer. Out of range is an error that tells the value |
//! | `Option<T>` | what `T` accepts; `null` is `None`, and for numbers and booleans `""` is too |
//! | `Vec<T>` | a list of what `T` accepts; `null` is empty |
//! | `BTreeMap<String, T>` | an object of what `T` accepts; `null` is empty |
//! | `OrText<T>` | a text stays a text, the rest is what `T` accepts |
//! | `Value` | anything |
//!
//! Open enumerations read themselves with [`text`] and [`integer`].

use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;

use serde::de::{Error as _, MapAccess, SeqAccess, Unexpected, Visitor};
use serde::{Deserialize, Deserializer};
use serde_json::Value;

/// Decodes tolerantly; see the [module](self).
pub fn lenient<'de, D, T>(deserializer: D) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    T: Lenient<'de>,
{
    T::lenient(deserializer)
}

/// A type that can be decoded tolerantly; see the [module](self).
pub trait Lenient<'de>: Sized {
    /// Decodes a value.
    fn lenient<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error>;

    /// Decodes a value that may be null.
    fn lenient_option<D: Deserializer<'de>>(deserializer: D) -> Result<Option<Self>, D::Error> {
        let value = Option::<Tolerant<Self>>::deserialize(deserializer)?;
        Ok(value.map(|Tolerant(value)| value))
    }
}

/// Decodes an open enumeration of texts: a text, or a number as its text.
pub fn text<'de, D, T>(deserializer: D) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    T: From<String>,
{
    String::lenient(deserializer).map(T::from)
}

/// Decodes an open enumeration of integers: a number, or its text.
pub fn integer<'de, D, T>(deserializer: D) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    T: From<i64>,
{
    i64::lenient(deserializer).map(T::from)
}

/// Like [`text`], where null or an empty text is `None`.
pub fn optional_text<'de, D, T>(deserializer: D) -> Result<Option<T>, D::Error>
where
    D: Deserializer<'de>,
    T: From<String>,
{
    let text = String::lenient_option(deserializer)?;
    Ok(text.filter(|text| !text.is_empty()).map(T::from))
}

/// Like [`integer`], where null or an empty text is `None`.
pub fn optional_integer<'de, D, T>(deserializer: D) -> Result<Option<T>, D::Error>
where
    D: Deserializer<'de>,
    T: From<i64>,
{
    Ok(i64::lenient_option(deserializer)?.map(T::from))
}

/// Lends the tolerance of `T` to containers, which know only `Deserialize`.
pub(crate) struct Tolerant<T>(pub(crate) T);

impl<'de, T: Lenient<'de>> Deserialize<'de> for Tolerant<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        T::lenient(deserializer).map(Tolerant)
    }
}

impl<'de> Lenient<'de> for String {
    fn lenient<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match Value::deserialize(deserializer)? {
            Value::String(text) => Ok(text),
            Value::Number(number) => Ok(number.to_string()),
            Value::Bool(value) => Ok(value.to_string()),
            other => Err(D::Error::invalid_type(unexpected(&other), &"a text")),
        }
    }
}

impl<'de> Lenient<'de> for Value {
    fn lenient<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Value::deserialize(deserializer)
    }
}

impl<'de> Lenient<'de> for bool {
    fn lenient<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        boolean(Value::deserialize(deserializer)?)
    }

    fn lenient_option<D: Deserializer<'de>>(deserializer: D) -> Result<Option<Self>, D::Error> {
        present(Value::deserialize(deserializer)?).map(boolean).transpose()
    }
}

macro_rules! integers {
    ($($integer:ty),*) => {$(
        impl<'de> Lenient<'de> for $integer {
            fn lenient<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let value = whole(Value::deserialize(deserializer)?)?;
                <$integer>::try_from(value).map_err(|_| too_wide(value, <$integer>::MIN.into(), <$integer>::MAX.into()))
            }

            fn lenient_option<D: Deserializer<'de>>(deserializer: D) -> Result<Option<Self>, D::Error> {
                match present(Value::deserialize(deserializer)?) {
                    Some(value) => <$integer>::lenient(value).map(Some).map_err(D::Error::custom),
                    None => Ok(None),
                }
            }
        }
    )*};
}
integers!(i32, u32, i64, u64);

impl<'de, T: Lenient<'de>> Lenient<'de> for Option<T> {
    fn lenient<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        T::lenient_option(deserializer)
    }
}

impl<'de, T: Lenient<'de>> Lenient<'de> for Vec<T> {
    fn lenient<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Self::lenient_option(deserializer)?.unwrap_or_default())
    }

    fn lenient_option<D: Deserializer<'de>>(deserializer: D) -> Result<Option<Self>, D::Error> {
        deserializer.deserialize_any(List(PhantomData))
    }
}

impl<'de, T: Lenient<'de>> Lenient<'de> for BTreeMap<String, T> {
    fn lenient<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Self::lenient_option(deserializer)?.unwrap_or_default())
    }

    fn lenient_option<D: Deserializer<'de>>(deserializer: D) -> Result<Option<Self>, D::Error> {
        deserializer.deserialize_any(Entries(PhantomData))
    }
}

/// Reads a list or null.
struct List<T>(PhantomData<T>);

impl<'de, T: Lenient<'de>> Visitor<'de> for List<T> {
    type Value = Option<Vec<T>>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list")
    }

    fn visit_unit<E: serde::de::Error>(self) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_none<E: serde::de::Error>(self) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_any(self)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Self::Value, A::Error> {
        let mut list = Vec::new();
        while let Some(Tolerant(item)) = items.next_element()? {
            list.push(item);
        }
        Ok(Some(list))
    }
}

/// Reads an object or null.
struct Entries<T>(PhantomData<T>);

impl<'de, T: Lenient<'de>> Visitor<'de> for Entries<T> {
    type Value = Option<BTreeMap<String, T>>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_unit<E: serde::de::Error>(self) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_none<E: serde::de::Error>(self) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_any(self)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Self::Value, A::Error> {
        let mut map = BTreeMap::new();
        while let Some((key, Tolerant(value))) = entries.next_entry()? {
            map.insert(key, value);
        }
        Ok(Some(map))
    }
}

/// Null and the empty text say nothing.
fn present(value: Value) -> Option<Value> {
    match &value {
        Value::Null => None,
        Value::String(text) if text.trim().is_empty() => None,
        _ => Some(value),
    }
}

/// The boolean that a value stands for.
pub(crate) fn truth(value: &Value) -> Option<bool> {
    match value {
        Value::Bool(value) => Some(*value),
        Value::Number(number) => match number.as_f64()? {
            0.0 => Some(false),
            1.0 => Some(true),
            _ => None,
        },
        Value::String(text) => match text.trim() {
            "0" => Some(false),
            "1" => Some(true),
            text if text.eq_ignore_ascii_case("false") => Some(false),
            text if text.eq_ignore_ascii_case("true") => Some(true),
            _ => None,
        },
        _ => None,
    }
}

fn boolean<E: serde::de::Error>(value: Value) -> Result<bool, E> {
    const EXPECTED: &str = "true, false, 0 or 1";
    truth(&value).ok_or_else(|| match &value {
        Value::Number(_) | Value::String(_) => E::invalid_value(unexpected(&value), &EXPECTED),
        _ => E::invalid_type(unexpected(&value), &EXPECTED),
    })
}

/// The integer that a value stands for: the widest type, so that a value out of range can be told.
pub(crate) fn whole<E: serde::de::Error>(value: Value) -> Result<i128, E> {
    const EXPECTED: &str = "an integer or its text";
    let wrong = || E::invalid_value(unexpected(&value), &EXPECTED);
    match &value {
        Value::Number(number) => {
            let exact = number.as_i64().map(i128::from).or_else(|| number.as_u64().map(i128::from));
            match (exact, number.as_f64()) {
                (Some(exact), _) => Ok(exact),
                // `as` saturates, which is out of every range that matters.
                (None, Some(float)) if float.fract() == 0.0 => Ok(float as i128),
                _ => Err(wrong()),
            }
        }
        Value::String(text) => text.trim().parse().map_err(|_| wrong()),
        other => Err(E::invalid_type(unexpected(other), &EXPECTED)),
    }
}

fn too_wide<E: serde::de::Error>(value: i128, least: i128, most: i128) -> E {
    E::custom(format_args!("{value} is out of range, {least} to {most} expected"))
}

fn unexpected(value: &Value) -> Unexpected<'_> {
    match value {
        Value::Null => Unexpected::Unit,
        Value::Bool(value) => Unexpected::Bool(*value),
        Value::Number(number) => match (number.as_i64(), number.as_u64(), number.as_f64()) {
            (Some(number), _, _) => Unexpected::Signed(number),
            (_, Some(number), _) => Unexpected::Unsigned(number),
            (_, _, Some(number)) => Unexpected::Float(number),
            _ => Unexpected::Other("number"),
        },
        Value::String(text) => Unexpected::Str(text),
        Value::Array(_) => Unexpected::Seq,
        Value::Object(_) => Unexpected::Map,
    }
}
