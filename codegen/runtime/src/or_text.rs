//! A value, or a text in its place.

use std::fmt;
use std::marker::PhantomData;

use serde::de::value::{MapAccessDeserializer, SeqAccessDeserializer};
use serde::de::{IntoDeserializer, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::de::{Lenient, Tolerant};

/// A value, or a text that the server takes in its place: a list that the text `0` clears, for example.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum OrText<T> {
    /// The value proper.
    Value(T),
    /// The text in its place.
    Text(String),
}

impl<T> OrText<T> {
    /// The value proper, if it is one.
    pub fn value(&self) -> Option<&T> {
        match self {
            OrText::Value(value) => Some(value),
            OrText::Text(_) => None,
        }
    }

    /// The text, if it is one.
    pub fn text(&self) -> Option<&str> {
        match self {
            OrText::Value(_) => None,
            OrText::Text(text) => Some(text),
        }
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

impl<T: Serialize> Serialize for OrText<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            OrText::Value(value) => value.serialize(serializer),
            OrText::Text(text) => serializer.serialize_str(text),
        }
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for OrText<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Either(PhantomData))
    }
}

impl<'de, T: Lenient<'de>> Lenient<'de> for OrText<T> {
    fn lenient<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let value = OrText::<Tolerant<T>>::deserialize(deserializer)?;
        Ok(match value {
            OrText::Value(Tolerant(value)) => OrText::Value(value),
            OrText::Text(text) => OrText::Text(text),
        })
    }
}

struct Either<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for Either<T> {
    type Value = OrText<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value, or a text in its place")
    }

    fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Self::Value, E> {
        Ok(OrText::Text(text.to_owned()))
    }

    fn visit_string<E: serde::de::Error>(self, text: String) -> Result<Self::Value, E> {
        Ok(OrText::Text(text))
    }

    fn visit_bool<E: serde::de::Error>(self, value: bool) -> Result<Self::Value, E> {
        T::deserialize(value.into_deserializer()).map(OrText::Value)
    }

    fn visit_i64<E: serde::de::Error>(self, value: i64) -> Result<Self::Value, E> {
        T::deserialize(value.into_deserializer()).map(OrText::Value)
    }

    fn visit_u64<E: serde::de::Error>(self, value: u64) -> Result<Self::Value, E> {
        T::deserialize(value.into_deserializer()).map(OrText::Value)
    }

    fn visit_f64<E: serde::de::Error>(self, value: f64) -> Result<Self::Value, E> {
        T::deserialize(value.into_deserializer()).map(OrText::Value)
    }

    fn visit_unit<E: serde::de::Error>(self) -> Result<Self::Value, E> {
        T::deserialize(().into_deserializer()).map(OrText::Value)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, list: A) -> Result<Self::Value, A::Error> {
        T::deserialize(SeqAccessDeserializer::new(list)).map(OrText::Value)
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Self::Value, A::Error> {
        T::deserialize(MapAccessDeserializer::new(map)).map(OrText::Value)
    }
}
