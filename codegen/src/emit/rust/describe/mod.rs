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
        format!("rt::serde_traits!({name});\n"),
    ]
    .join("\n")
}

const VIEW: &str = "fn view(&self) -> rt::View<'_>";
const READ: &str = "fn read(&mut self, reader: &mut rt::Reader<'_>) -> rt::Done";
