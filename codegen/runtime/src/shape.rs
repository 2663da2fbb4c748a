//! What is static about objects and unions: data that generated code brings along.

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
    /// A bit for each field that never shows.
    secret: u128,
    /// Whether some key is empty.
    pub(crate) has_beside: bool,
}

impl Shape {
    /// The most fields that an object may have.
    pub const MOST_FIELDS: usize = 128;

    /// An object with these keys, of which some have to be there.
    pub const fn new(name: &'static str, keys: &'static [&'static str], required: &[&str]) -> Self {
        assert!(keys.len() <= Self::MOST_FIELDS, "an object has more fields than can be told apart");
        Shape {
            name,
            keys,
            required: mask(keys, required),
            known_by: &[],
            reviewed: 0,
            secret: 0,
            has_beside: has_empty(keys),
        }
    }

    /// With fields whose change sends the thing back to review.
    pub const fn reviewed(self, fields: &[&str]) -> Self {
        Shape { reviewed: mask(self.keys, fields), ..self }
    }

    /// Whether a change of the field at this place sends the thing back to review.
    pub(crate) fn is_reviewed(&self, index: usize) -> bool {
        self.reviewed >> index & 1 != 0
    }

    /// With fields that never show.
    pub const fn secret(self, fields: &[&str]) -> Self {
        Shape { secret: mask(self.keys, fields), ..self }
    }

    /// Whether the field at this place never shows.
    pub(crate) fn is_secret(&self, index: usize) -> bool {
        self.secret >> index & 1 != 0
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
