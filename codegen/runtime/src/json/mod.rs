//! JSON as servers really send it.
//!
//! The reader is our own because what it forgives is what the crate is for. It walks the text once, straight into the
//! fields that an [`Object`](crate::Object) lends, and forgives what has been seen in real responses:
//!
//! | what comes | what becomes of it |
//! |---|---|
//! | a number or a boolean where a string stands | its literal, digit by digit |
//! | a string where a number or a boolean stands | what it spells; `0` and `1` are booleans too |
//! | `null`, `""` or `[]` where something optional stands | absent |
//! | `null`, `""` or `{}` where a list stands | an empty list; a `null` item is skipped |
//! | an object with numbers as keys where a list stands | the list of its values |
//! | anything else in an optional field, an item, an entry | it is left out and noted |
//! | bytes that are no UTF-8, half a surrogate pair | U+FFFD |
//! | control characters in a string, a bad escape | themselves |
//! | a byte order mark, text after the object, a comma too many | skipped |
//! | `NaN`, numbers of any size in fields that nobody reads | skipped |
//!
//! | file | holds |
//! |---|---|
//! | `bytes` | bytes to text |
//! | `reader` | the position, what was noted, and what the other files share |
//! | `members`, `list` | objects and lists |
//! | `text`, `number`, `scan` | scalars |
//! | `pass` | skipping a value, or copying it |
//! | `ahead` | looking ahead, for unions |
//! | `place` | offsets to JSON paths |
//! | `write`, `escape` | the writer |
//! | `unreadable` | why a text could not be read |
//! | `any` | [`Json`]: any value, as its text |

mod ahead;
mod any;
mod bytes;
mod escape;
mod list;
mod members;
mod number;
mod pass;
mod place;
mod reader;
mod scan;
mod text;
mod unreadable;
mod write;

pub use any::Json;
pub(crate) use bytes::decode;
pub(crate) use escape::write_text;
pub use list::Close;
pub(crate) use pass::is_number;
pub(crate) use place::paths;
pub(crate) use reader::Fault;
pub use reader::{Done, Failed, Mark, Reader};
pub use unreadable::Unreadable;
pub(crate) use write::{write_object, written};

use crate::object::{Blank, Field};

/// Reads a value as tolerantly as a response.
pub fn read<T: Field + Blank>(json: &[u8]) -> Result<T, Unreadable> {
    let mut value = T::BLANK;
    fill(&mut value, json)?;
    Ok(value)
}

/// Reads into a field.
pub(crate) fn fill(field: &mut dyn Field, json: &[u8]) -> Result<(), Unreadable> {
    let text = decode(json);
    let mut reader = Reader::new(&text);
    field.read(&mut reader).map_err(|Failed| reader.unreadable())
}

/// The same, where nobody would learn what was left out: it is an error.
pub(crate) fn fill_whole(field: &mut dyn Field, json: &[u8]) -> Result<(), Unreadable> {
    let text = decode(json);
    let mut reader = Reader::new(&text);
    field.read(&mut reader).map_err(|Failed| reader.unreadable())?;
    match reader.first_lost() {
        Some(unreadable) => Err(unreadable),
        None => Ok(()),
    }
}

/// Writes a value.
pub fn to_string(field: &dyn Field) -> String {
    written(field.view())
}
