//! What a type says of itself: its shape, its fields, and the few lines by which it takes part in reading, writing,
//! `Debug`, `PartialEq` and serde. It looks alike for every type, so it is written as text and skips the formatter.

mod object;

mod union;

pub(super) use object::object;
pub(super) use union::union;

use super::written::{function, implement};

/// An open enumeration of strings.
pub(super) fn text_enum(name: &str) -> String {
    enumeration(name, "String", "rt::View::Text(self.as_str())", "*self = Self::from(&*reader.text()?);\nOk(())")
}

/// An open enumeration of integers.
pub(super) fn integer_enum(name: &str) -> String {
    enumeration(name, "i64", "rt::View::Int(self.as_i64())", "*self = Self::from(reader.option()?);\nOk(())")
}

fn enumeration(name: &str, inner: &str, view: &str, read: &str) -> String {
    let blank = format!("const BLANK: Self = Self::Unknown(<rt::Unknown<{inner}> as rt::Blank>::BLANK);");
    [
        implement("rt::Field", name, &[function(VIEW, view), function(READ, read)]),
        implement("rt::Blank", name, &[blank]),
        serde(name),
    ]
    .join("\n")
}

const VIEW: &str = "fn view(&self) -> rt::View<'_>";
const READ: &str = "fn read(&mut self, reader: &mut rt::Reader<'_>) -> rt::Done";

/// `Debug` and `PartialEq`.
fn shown(name: &str, show: &str, same: &str) -> String {
    let debug = function("fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result", show);
    let equal = function("fn eq(&self, other: &Self) -> bool", same);
    implement("std::fmt::Debug", name, &[debug]) + "\n" + &implement("PartialEq", name, &[equal])
}

/// `Serialize` and `Deserialize`.
fn serde(name: &str) -> String {
    let write = function(
        "fn serialize<S: rt::serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error>",
        "rt::serial::serialize(self, serializer)",
    );
    let read = function(
        "fn deserialize<D: rt::serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error>",
        "rt::serial::deserialize(deserializer)",
    );
    let read = implement("rt::serde::Deserialize<'de>", name, &[read]).replacen("impl", "impl<'de>", 1);
    implement("rt::serde::Serialize", name, &[write]) + "\n" + &read
}
