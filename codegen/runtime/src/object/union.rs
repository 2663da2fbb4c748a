//! Tagged unions.
//!
//! Three shapes occur:
//!
//! | shape | JSON |
//! |---|---|
//! | keyed | `{"card_type":"GROUPON","groupon":{…}}` |
//! | keyed, without a tag | `{"groupon":{…}}`, also beside the keys of another object |
//! | inline | `{"type":"DATE_TYPE_FIX_TERM",…the fields of the variant}` |

use super::{Field, UnknownVariant};
use crate::json::{Done, Reader};

/// What is static about a union.
#[derive(Debug)]
pub struct UnionShape {
    /// Its name in Rust.
    pub name: &'static str,
    /// The key of the tag.
    pub tag: &'static str,
    /// Whether there is a tag. Without one, the key of the content tells the variant.
    pub tagged: bool,
    /// The variants in the order in which they are tried.
    pub variants: &'static [VariantShape],
}

impl UnionShape {
    /// Whether a key of an object belongs to the union.
    pub(crate) fn owns(&self, key: &str) -> bool {
        let holds = |it: &VariantShape| matches!(it.content, Content::Keyed(own) if own == key);
        (self.tagged && self.tag == key) || self.variants.iter().any(holds)
    }
}

/// What is static about a variant.
#[derive(Debug)]
pub struct VariantShape {
    /// Its name in Rust.
    pub name: &'static str,
    /// The value of the tag.
    pub value: &'static str,
    /// Other values of the tag that mean the same; never written.
    pub also: &'static [&'static str],
    /// What it holds.
    pub content: Content,
    /// What tells it from a later variant with the same tag.
    pub when: &'static [Condition],
}

impl VariantShape {
    const fn new(name: &'static str, value: &'static str, content: Content) -> Self {
        VariantShape { name, value, also: &[], content, when: &[] }
    }

    /// A variant that holds an object under a key.
    pub const fn keyed(name: &'static str, value: &'static str, key: &'static str) -> Self {
        Self::new(name, value, Content::Keyed(key))
    }

    /// A variant whose fields stand beside the tag.
    pub const fn inline(name: &'static str, value: &'static str) -> Self {
        Self::new(name, value, Content::Inline)
    }

    /// A variant that holds nothing but its tag.
    pub const fn unit(name: &'static str, value: &'static str) -> Self {
        Self::new(name, value, Content::Unit)
    }

    /// Other values of the tag that mean the same.
    pub const fn also(self, also: &'static [&'static str]) -> Self {
        VariantShape { also, ..self }
    }

    /// What tells it from a later variant with the same tag.
    pub const fn when(self, when: &'static [Condition]) -> Self {
        VariantShape { when, ..self }
    }
}

/// The keys that lead to a scalar inside the content, and the values of which it is one.
type Condition = (&'static [&'static str], &'static [&'static str]);

/// What a variant holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Content {
    /// Nothing but its tag.
    Unit,
    /// Fields beside the tag.
    Inline,
    /// An object under a key.
    Keyed(&'static str),
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
