//! What a value can do: be read, and be seen. The traits need each other, as an object has fields and a field may be an
//! object.
//!
//! Three shapes occur:
//!
//! | shape | JSON |
//! |---|---|
//! | keyed | `{"card_type":"GROUPON","groupon":{…}}` |
//! | keyed, without a tag | `{"groupon":{…}}`, also beside the keys of another object |
//! | inline | `{"type":"DATE_TYPE_FIX_TERM",…the fields of the variant}` |

use super::UnknownVariant;
use crate::file::File;
use crate::json::{Done, Json, Reader};
use crate::shape::{Shape, UnionShape};

/// Takes the shape and the fields of an object.
pub type Borrower<'a> = &'a mut dyn FnMut(&'static Shape, &[&dyn Field]);

/// A value with named fields.
pub trait Object {
    /// Lends all fields, in the order of the keys.
    fn lend(&self, to: Borrower<'_>);

    /// Reads all fields.
    fn fill(&mut self, reader: &mut Reader<'_>) -> Done;
}

/// What a value is before anything was read.
pub trait Blank: Sized {
    /// The value.
    const BLANK: Self;

    /// Whether `""` and `[]` in its place say that there is none: some servers write nothing that way.
    const EMPTY_IS_NONE: bool = true;
}

/// A value that can be read and seen.
pub trait Field {
    /// What it is.
    fn view(&self) -> View<'_>;

    /// Reads it. What cannot be read is noted in the reader.
    fn read(&mut self, reader: &mut Reader<'_>) -> Done;

    /// Reads what comes under the same name again, as elements in XML do. Only a list takes more than the first.
    fn read_again(&mut self, reader: &mut Reader<'_>) -> Done {
        reader.skip()
    }

    /// Takes back what was read halfway.
    fn clear(&mut self) {}

    /// Takes a member that no field has, if there is a place for such.
    fn keep(&mut self, _key: &str, _reader: &mut Reader<'_>) -> Done<bool> {
        Ok(false)
    }

    /// Of a union: its shape.
    fn union_shape(&self) -> Option<&'static UnionShape> {
        None
    }
}

impl<T: Object> Field for T {
    fn view(&self) -> View<'_> {
        View::Object(self)
    }

    fn read(&mut self, reader: &mut Reader<'_>) -> Done {
        self.fill(reader)
    }
}

/// A value, seen.
#[derive(Clone, Copy)]
pub enum View<'a> {
    /// Not there.
    Absent,
    /// A boolean.
    Bool(bool),
    /// An integer.
    Int(i64),
    /// An integer that is not negative.
    Uint(u64),
    /// A string.
    Text(&'a str),
    /// An object.
    Object(&'a dyn Object),
    /// A list.
    List(&'a dyn List),
    /// A tagged union.
    Union(&'a dyn Union),
    /// An object with free keys.
    Entries(&'a dyn Entries),
    /// Any JSON.
    Json(&'a Json),
    /// A file, which no JSON holds.
    File(&'a File),
}

impl View<'_> {
    /// Whether there is nothing.
    pub fn is_absent(&self) -> bool {
        matches!(self, View::Absent)
    }

    /// A scalar as it stands in a query, a form or a message.
    pub fn to_text(self) -> Option<String> {
        match self {
            View::Bool(value) => Some(value.to_string()),
            View::Int(value) => Some(value.to_string()),
            View::Uint(value) => Some(value.to_string()),
            View::Text(value) => Some(value.to_owned()),
            View::Json(json) => Some(json.to_text()),
            _ => None,
        }
    }
}

/// A list, whatever its items are.
pub trait List {
    /// How many items it has.
    fn len(&self) -> usize;

    /// One of them.
    fn item(&self, index: usize) -> View<'_>;

    /// Whether it has none.
    fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// An object with free keys.
pub trait Entries {
    /// Shows every entry.
    fn each(&self, show: &mut dyn FnMut(&str, View<'_>));
}

/// The variant at hand.
pub enum Chosen<'a> {
    /// A variant of the shape, by its index, with what it holds.
    Known(usize, Option<&'a dyn Field>),
    /// One that this version does not know.
    Unknown(&'a UnknownVariant),
}

/// A value that is one of several.
pub trait Union {
    /// What is static about it.
    fn shape(&self) -> &'static UnionShape;

    /// The variant at hand.
    fn chosen(&self) -> Chosen<'_>;

    /// Becomes the variant with this index, read by [`Reader::content`]; the unknown variant for any other index.
    fn become_variant(&mut self, index: usize, reader: &mut Reader<'_>) -> Done;
}
