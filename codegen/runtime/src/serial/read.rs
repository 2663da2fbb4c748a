//! JSON into any type that serde can read, with the tolerance of the crate's own reader.

use std::fmt;

use serde::de::value::StrDeserializer;
use serde::de::{
    DeserializeOwned, DeserializeSeed, Deserializer, EnumAccess, Error as _, IntoDeserializer, MapAccess, SeqAccess,
    VariantAccess, Visitor,
};
use serde::ser::{SerializeMap, SerializeSeq};
use serde::{Serialize, Serializer, forward_to_deserialize_any};

use crate::json::{Close, Failed, Reader, Unreadable};

/// Reads a value.
pub(crate) fn read<T: DeserializeOwned>(text: &str) -> Result<T, Unreadable> {
    let mut reader = Reader::new(text);
    T::deserialize(Source(&mut reader)).map_err(|Fault(message)| match message {
        Some(message) => {
            let path = reader.path_here();
            Unreadable { path, message }
        }
        None => reader.unreadable(),
    })
}

/// What serde says, or nothing where the reader has noted the fault itself.
#[derive(Debug)]
struct Fault(Option<String>);

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0.as_deref().unwrap_or("not readable"))
    }
}

impl std::error::Error for Fault {}

impl serde::de::Error for Fault {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Fault(Some(message.to_string()))
    }
}

impl From<Failed> for Fault {
    fn from(_: Failed) -> Self {
        Fault(None)
    }
}

/// A value without parts.
enum Scalar<'a> {
    Null,
    Bool(bool),
    Uint(u64),
    Int(i64),
    Float(f64),
    Text(std::borrow::Cow<'a, str>),
}

impl<'a> Reader<'a> {
    /// The next value, which is neither an object nor a list.
    fn scalar(&mut self) -> Result<Scalar<'a>, Fault> {
        if self.is_text() {
            return Ok(Scalar::Text(self.text()?));
        }
        let word = self.bare()?;
        Ok(match word {
            "null" => Scalar::Null,
            "true" => Scalar::Bool(true),
            "false" => Scalar::Bool(false),
            _ => number(word).unwrap_or(Scalar::Text(word.into())),
        })
    }
}

fn number<'a>(word: &str) -> Option<Scalar<'a>> {
    if !crate::json::is_number(word) {
        return None;
    }
    // `-0` is a float: as an integer it would lose its sign.
    if word != "-0" {
        if let Ok(value) = word.parse() {
            return Some(Scalar::Uint(value));
        }
        if let Ok(value) = word.parse() {
            return Some(Scalar::Int(value));
        }
    }
    word.parse().ok().filter(|value: &f64| value.is_finite()).map(Scalar::Float)
}

/// A reader as serde sees it.
struct Source<'r, 'a>(&'r mut Reader<'a>);

impl<'de> Deserializer<'de> for Source<'_, '_> {
    type Error = Fault;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        match self.0.next_byte() {
            b'{' => visitor.visit_map(Members { next: Some(self.0.open_object()?), reader: self.0 }),
            b'[' => visitor.visit_seq(Items { next: self.0.open_list()?, started: false, reader: self.0 }),
            _ => match self.0.scalar()? {
                Scalar::Null => visitor.visit_unit(),
                Scalar::Bool(value) => visitor.visit_bool(value),
                Scalar::Uint(value) => visitor.visit_u64(value),
                Scalar::Int(value) => visitor.visit_i64(value),
                Scalar::Float(value) => visitor.visit_f64(value),
                Scalar::Text(value) => visitor.visit_str(&value),
            },
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        if self.0.null() { visitor.visit_none() } else { visitor.visit_some(self) }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value, Fault> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Fault> {
        if self.0.next_byte() != b'{' {
            let name = self.0.text()?;
            return visitor.visit_enum(IntoDeserializer::<Fault>::into_deserializer(&*name));
        }
        let Some(name) = self.0.open_object()? else {
            return Err(Fault::custom("an object with one key was expected"));
        };
        let value = visitor.visit_enum(Variant { name: &name, reader: &mut *self.0 })?;
        match self.0.next_key()? {
            None => Ok(value),
            Some(_) => Err(Fault::custom("an object with one key was expected")),
        }
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        self.0.skip()?;
        visitor.visit_unit()
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit unit_struct seq
        tuple tuple_struct map struct identifier
    }
}

struct Members<'r, 'a> {
    reader: &'r mut Reader<'a>,
    /// The next key; the inner none at the end.
    next: Option<Option<std::borrow::Cow<'a, str>>>,
}

impl<'de> MapAccess<'de> for Members<'_, '_> {
    type Error = Fault;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Fault> {
        let next = match self.next.take() {
            Some(first) => first,
            None => self.reader.next_key()?,
        };
        next.map(|key| seed.deserialize(StrDeserializer::<Fault>::new(&key))).transpose()
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Fault> {
        seed.deserialize(Source(self.reader))
    }
}

struct Items<'r, 'a> {
    reader: &'r mut Reader<'a>,
    next: Option<Close>,
    started: bool,
}

impl<'de> SeqAccess<'de> for Items<'_, '_> {
    type Error = Fault;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, Fault> {
        let Some(close) = self.next else {
            return Ok(None);
        };
        if std::mem::replace(&mut self.started, true) && !self.reader.next_item(close)? {
            self.next = None;
            return Ok(None);
        }
        seed.deserialize(Source(self.reader)).map(Some)
    }
}

struct Variant<'r, 'a> {
    name: &'r str,
    reader: &'r mut Reader<'a>,
}

impl<'de> EnumAccess<'de> for Variant<'_, '_> {
    type Error = Fault;
    type Variant = Self;

    fn variant_seed<V: DeserializeSeed<'de>>(self, seed: V) -> Result<(V::Value, Self), Fault> {
        let name = seed.deserialize(StrDeserializer::<Fault>::new(self.name))?;
        Ok((name, self))
    }
}

impl<'de> VariantAccess<'de> for Variant<'_, '_> {
    type Error = Fault;

    fn unit_variant(self) -> Result<(), Fault> {
        Ok(self.reader.skip()?)
    }

    fn newtype_variant_seed<T: DeserializeSeed<'de>>(self, seed: T) -> Result<T::Value, Fault> {
        seed.deserialize(Source(self.reader))
    }

    fn tuple_variant<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, Fault> {
        Source(self.reader).deserialize_any(visitor)
    }

    fn struct_variant<V: Visitor<'de>>(self, _: &'static [&'static str], visitor: V) -> Result<V::Value, Fault> {
        Source(self.reader).deserialize_any(visitor)
    }
}

/// Writes JSON that is known to be whole into any format.
pub(super) fn transcode<S: Serializer>(text: &str, serializer: S) -> Result<S::Ok, S::Error> {
    use serde::ser::Error as _;
    let mut reader = Reader::new(text);
    let broken = |_| S::Error::custom("JSON that is not whole");
    match reader.next_byte() {
        b'{' => {
            let mut map = serializer.serialize_map(None)?;
            let mut next = reader.open_object().map_err(broken)?;
            while let Some(key) = next {
                let part = reader.part().map_err(broken)?;
                map.serialize_entry(&key, &Part(part))?;
                next = reader.next_key().map_err(broken)?;
            }
            map.end()
        }
        b'[' => {
            let mut seq = serializer.serialize_seq(None)?;
            let mut list = reader.open_list().map_err(broken)?;
            while let Some(close) = list {
                let part = reader.part().map_err(broken)?;
                seq.serialize_element(&Part(part))?;
                list = reader.next_item(close).map_err(broken)?.then_some(close);
            }
            seq.end()
        }
        _ => match reader.scalar().map_err(S::Error::custom)? {
            Scalar::Null => serializer.serialize_unit(),
            Scalar::Bool(value) => serializer.serialize_bool(value),
            Scalar::Uint(value) => serializer.serialize_u64(value),
            Scalar::Int(value) => serializer.serialize_i64(value),
            Scalar::Float(value) => serializer.serialize_f64(value),
            Scalar::Text(value) => serializer.serialize_str(&value),
        },
    }
}

/// A stretch of JSON.
pub(super) struct Part<'a>(pub(super) &'a str);

impl Serialize for Part<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        transcode(self.0, serializer)
    }
}
