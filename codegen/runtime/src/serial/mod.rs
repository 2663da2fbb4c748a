//! `Serialize` and `Deserialize` for generated types, through the description that an object gives of itself.
//!
//! Writing goes straight to the serializer. Reading turns whatever the format holds into JSON, which the crate's own reader
//! then takes with all its tolerance; it needs a format that tells its types, such as JSON, YAML, TOML or MessagePack.

mod from;
mod into;
mod read;

pub(crate) use read::read;
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::json::{self, Json};
use crate::object::{Blank, Field, OrText, UnknownVariant};

/// Writes a value.
pub fn serialize<S: Serializer>(field: &dyn Field, serializer: S) -> Result<S::Ok, S::Error> {
    field.view().serialize(serializer)
}

/// Reads a value. What cannot be read is an error, in an optional field too: serde has no place to tell what was left out.
pub fn deserialize<'de, D: Deserializer<'de>, T: Field + Blank>(deserializer: D) -> Result<T, D::Error> {
    let mut value = T::BLANK;
    let text = from::json_of(deserializer)?;
    json::fill_whole(&mut value, text.as_bytes()).map_err(D::Error::custom)?;
    Ok(value)
}

macro_rules! through_fields {
    ($($ty:ty),*) => {$(
        impl Serialize for $ty {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serialize(self, serializer)
            }
        }

        impl<'de> Deserialize<'de> for $ty {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                deserialize(deserializer)
            }
        }
    )*};
}
through_fields!(Json, UnknownVariant, crate::file::File);

impl<T: Field> Serialize for OrText<T>
where
    OrText<T>: Field,
{
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serialize(self, serializer)
    }
}

impl<'de, T: Field + Blank> Deserialize<'de> for OrText<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserialize(deserializer)
    }
}
