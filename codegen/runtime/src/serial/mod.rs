//! `Serialize` and `Deserialize` for generated types, through the description that an object gives of itself.
//!
//! Writing goes straight to the serializer. Reading turns whatever the format holds into JSON, which the crate's own reader
//! then takes with all its tolerance but one: what it would leave out of a response is an error here, since nobody could be
//! told. It needs a format that tells its types, such as JSON, YAML, TOML or MessagePack.

mod from;
mod into;
mod read;

pub(crate) use read::read;
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::json::{Failed, Json, Reader};
use crate::object::{Blank, Field, OrText, UnknownVariant};

/// Writes a value.
pub fn serialize<S: Serializer>(field: &dyn Field, serializer: S) -> Result<S::Ok, S::Error> {
    field.view().serialize(serializer)
}

/// Reads a value.
pub fn deserialize<'de, D: Deserializer<'de>, T: Field + Blank>(deserializer: D) -> Result<T, D::Error> {
    let mut value = T::BLANK;
    let text = from::json_of(deserializer)?;
    let mut reader = Reader::new(&text);
    value.read(&mut reader).map_err(|Failed| D::Error::custom(reader.unreadable()))?;
    // Nobody could be told what is left out, and of a request something else would be sent than was written.
    match reader.first_lost() {
        Some(unreadable) => Err(D::Error::custom(unreadable)),
        None => Ok(value),
    }
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
through_fields!(Json, UnknownVariant, crate::body::File);

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
