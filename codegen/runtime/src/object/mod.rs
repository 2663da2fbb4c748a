//! What an object knows about itself, said once.
//!
//! A generated type says three things: its [`Shape`], how it lends its fields ([`Object`]), and what it is before anything
//! was read ([`Blank`]). Reading, writing, `Debug`, `PartialEq`, `Serialize` and `Deserialize` are written once, over that
//! description:
//!
//! ```
//! use weixin_runtime::{self as rt, Blank, Field, Object};
//!
//! #[derive(Clone)]
//! struct Coupon { code: String, times: Option<u32> }
//!
//! static COUPON: rt::Shape = rt::Shape::new("Coupon", &["code", "times"], &["code"]);
//!
//! impl Object for Coupon {
//!     fn lend(&self, to: rt::Borrower<'_>) {
//!         to(&COUPON, &[&self.code, &self.times]);
//!     }
//!     fn fill(&mut self, reader: &mut rt::Reader<'_>) -> rt::Done {
//!         reader.object(&COUPON, &mut [&mut self.code, &mut self.times])
//!     }
//! }
//!
//! impl Blank for Coupon {
//!     const BLANK: Self = Self { code: String::BLANK, times: None };
//! }
//!
//! let coupon: Coupon = rt::json::read(br#"{ "code": 8562710938680001, "times": "3" }"#).unwrap();
//! assert_eq!((coupon.code.as_str(), coupon.times), ("8562710938680001", Some(3)));
//! assert_eq!(rt::json::to_string(&coupon), r#"{"code":"8562710938680001","times":3}"#);
//! ```
//!
//! | file | holds |
//! |---|---|
//! | `view` | a value as everything but reading sees it |
//! | `scalar`, `container`, `or_text` | the fields that are no objects |
//! | `union`, `unknown` | tagged unions, and what this version does not know of them |
//! | `extra` | fields of a request that the spec lacks |
//! | `show`, `same` | `Debug` and `PartialEq` |

mod container;
mod extra;
mod or_text;
mod same;
mod scalar;
mod show;
mod union;
mod unknown;
mod view;

pub use container::Boxed;
pub use extra::Extra;
pub use or_text::OrText;
pub use same::same;
pub use show::show;
pub use union::{Chosen, Content, Union, UnionShape, VariantShape};
pub use unknown::{Unknown, UnknownVariant, private};
pub use view::{Entries, List, View};

use crate::json::{Done, Reader};

/// What is static about an object.
#[derive(Debug)]
pub struct Shape {
    /// Its name in Rust.
    pub name: &'static str,
    /// The keys of its fields, in their order. An empty key is a union whose keys stand beside the others.
    pub keys: &'static [&'static str],
    /// A bit for each field without which there is no such object, the first field's the lowest.
    pub required: u128,
    /// Of a push: the fields and the values by which it is known.
    pub known_by: &'static [(&'static str, &'static str)],
    /// A bit for each field whose change sends the thing back to review.
    reviewed: u128,
    /// Whether some key is empty.
    pub(crate) has_beside: bool,
}

impl Shape {
    /// The most fields that an object may have.
    pub const MOST_FIELDS: usize = 128;

    /// An object with these keys, of which some have to be there.
    pub const fn new(name: &'static str, keys: &'static [&'static str], required: &[&str]) -> Self {
        assert!(keys.len() <= Self::MOST_FIELDS, "an object has more fields than can be told apart");
        Shape { name, keys, required: mask(keys, required), known_by: &[], reviewed: 0, has_beside: has_empty(keys) }
    }

    /// With fields whose change sends the thing back to review.
    pub const fn reviewed(self, fields: &[&str]) -> Self {
        Shape { reviewed: mask(self.keys, fields), ..self }
    }

    /// Whether a change of the field at this place sends the thing back to review.
    pub(crate) fn is_reviewed(&self, index: usize) -> bool {
        self.reviewed >> index & 1 != 0
    }

    /// Of a push: the fields and the values by which it is known.
    pub const fn known_by(self, known_by: &'static [(&'static str, &'static str)]) -> Self {
        Shape { known_by, ..self }
    }
}

/// A bit for each of these keys.
const fn mask(keys: &[&str], some: &[&str]) -> u128 {
    let (mut mask, mut index) = (0, 0);
    while index < some.len() {
        mask |= 1 << place(keys, some[index]);
        index += 1;
    }
    mask
}

const fn has_empty(keys: &[&str]) -> bool {
    let mut index = 0;
    while index < keys.len() {
        if keys[index].is_empty() {
            return true;
        }
        index += 1;
    }
    false
}

/// The place of a key. One that is not there is a fault that the compiler finds.
const fn place(keys: &[&str], key: &str) -> usize {
    let mut index = 0;
    while !equal(keys[index].as_bytes(), key.as_bytes()) {
        index += 1;
    }
    index
}

const fn equal(one: &[u8], other: &[u8]) -> bool {
    let mut index = 0;
    while index < one.len() && index < other.len() && one[index] == other[index] {
        index += 1;
    }
    index == one.len() && index == other.len()
}

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
