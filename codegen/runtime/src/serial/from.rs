//! A value of any format into JSON.

use std::fmt;

use serde::Deserializer;
use serde::de::{DeserializeSeed, Error, MapAccess, SeqAccess, Visitor};

use crate::json::{write_text, written};
use crate::object::View;

/// What a deserializer holds, as JSON.
pub(super) fn json_of<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    let mut out = String::with_capacity(256);
    Copy(&mut out).deserialize(deserializer)?;
    Ok(out)
}

/// Writes whatever it is shown.
struct Copy<'a>(&'a mut String);

impl<'de> DeserializeSeed<'de> for Copy<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl Copy<'_> {
    fn put(self, view: View<'_>) {
        self.0.push_str(&written(view));
    }
}

impl<'de> Visitor<'de> for Copy<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value that JSON can hold")
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<(), E> {
        self.put(View::Bool(value));
        Ok(())
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<(), E> {
        self.put(View::Int(value));
        Ok(())
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<(), E> {
        self.put(View::Uint(value));
        Ok(())
    }

    fn visit_i128<E: Error>(self, value: i128) -> Result<(), E> {
        self.0.push_str(&value.to_string());
        Ok(())
    }

    fn visit_u128<E: Error>(self, value: u128) -> Result<(), E> {
        self.0.push_str(&value.to_string());
        Ok(())
    }

    /// In the shortest form that is the same float again: `3.0` is no `3`.
    fn visit_f64<E: Error>(self, value: f64) -> Result<(), E> {
        self.0.push_str(&format!("{value:?}"));
        Ok(())
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<(), E> {
        write_text(value, self.0);
        Ok(())
    }

    fn visit_bytes<E: Error>(self, value: &[u8]) -> Result<(), E> {
        write_text(&String::from_utf8_lossy(value), self.0);
        Ok(())
    }

    fn visit_unit<E: Error>(self) -> Result<(), E> {
        self.0.push_str("null");
        Ok(())
    }

    fn visit_none<E: Error>(self) -> Result<(), E> {
        self.visit_unit()
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        self.deserialize(deserializer)
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        self.deserialize(deserializer)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<(), A::Error> {
        self.0.push('[');
        let start = self.0.len();
        loop {
            let end = self.0.len();
            if end > start {
                self.0.push(',');
            }
            if items.next_element_seed(Copy(self.0))?.is_none() {
                self.0.truncate(end);
                self.0.push(']');
                return Ok(());
            }
        }
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<(), A::Error> {
        self.0.push('{');
        let start = self.0.len();
        loop {
            let end = self.0.len();
            if end > start {
                self.0.push(',');
            }
            let key = self.0.len();
            if entries.next_key_seed(Copy(self.0))?.is_none() {
                self.0.truncate(end);
                self.0.push('}');
                return Ok(());
            }
            // Formats with keys of other kinds: in JSON they are strings.
            if !self.0[key..].starts_with('"') {
                let other = self.0.split_off(key);
                write_text(&other, self.0);
            }
            self.0.push(':');
            entries.next_value_seed(Copy(self.0))?;
        }
    }
}
