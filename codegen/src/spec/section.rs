//! What `sections.yaml` records of the pages: enough to tell what changed on one, and no text of it.

use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::Deserialize;

/// The sections of one document, by heading. A heading that the page has more than once stands behind the one above it:
/// `III. Orders > Request parameters`.
pub type Sections = IndexMap<String, Section>;

/// One section as it was transcribed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Section {
    /// How many statements could be read.
    pub statements: usize,
    /// The fingerprint of each row, code and place of an example, by its name, with the numbers in it.
    #[serde(default, deserialize_with = "super::unique")]
    pub blocks: IndexMap<String, String>,
    /// Those of the paragraphs, in order.
    #[serde(default)]
    pub notes: Vec<String>,
}

impl Section {
    /// All of them in one number; the order of rows says nothing.
    #[must_use]
    pub fn fingerprint(&self) -> String {
        let mut blocks: Vec<(&String, &String)> = self.blocks.iter().collect();
        blocks.sort();
        let count = self.statements.to_string();
        let words = blocks.into_iter().flat_map(|(name, print)| [name.as_str(), print.as_str()]);
        hash(std::iter::once(count.as_str()).chain(words).chain(self.notes.iter().map(String::as_str)))
    }
}

/// FNV-1a over words: the same number on every machine.
pub fn hash<'w>(words: impl Iterator<Item = &'w str>) -> String {
    let mut state: u64 = 0xcbf2_9ce4_8422_2325;
    for byte in words.flat_map(|word| word.bytes().chain([0x1f])) {
        state = (state ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    }
    format!("{state:016x}")
}

/// Stands between a heading and the one above it.
pub const BELOW: &str = " > ";

/// Every recorded section that a cited heading means.
pub fn named<'s>(sections: &'s Sections, heading: &'s str) -> impl Iterator<Item = (&'s String, &'s Section)> {
    sections.iter().filter(move |(name, _)| is_named(name, heading))
}

/// Whether a recorded name is that of a cited heading.
#[must_use]
pub fn is_named(name: &str, heading: &str) -> bool {
    name == heading || name.strip_suffix(heading).is_some_and(|above| above.ends_with(BELOW))
}
