//! What a comparison is made of: two sides, and the changes from one to the other.

use super::axes::{Effects, Wire};
use super::facts::Facts;
use super::places::Place;
use super::rules::Rule;
use super::sides::Group;
use weixin_codegen::model::Source;

/// Who changed: WeChat, our reading of what it says, or only we.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Origin {
    /// The interface: the page has another text than before.
    Api,
    /// Our reading: every cited section is recorded with the same text on both sides, so that WeChat does today what it
    /// did before. Nothing happens on the wire.
    Correction,
    /// Nobody can tell: what is cited is not recorded, or nothing is cited. What it does counts in full.
    Unknown,
    /// Our own choice of a name or an order, of which WeChat knows nothing.
    Own,
}

impl Origin {
    /// The name in output.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Api => "api",
            Self::Correction => "correction",
            Self::Unknown => "unknown",
            Self::Own => "own",
        }
    }

    /// What cited pages are evidence of.
    pub(super) fn of(sources: &[Cited]) -> Self {
        if sources.iter().any(|cited| cited.same_text == Some(false)) {
            Self::Api
        } else if !sources.is_empty() && sources.iter().all(|cited| cited.same_text == Some(true)) {
            Self::Correction
        } else {
            Self::Unknown
        }
    }
}

/// A source of a change, and whether its page was read again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cited {
    /// The document and heading.
    pub source: Source,
    /// The day it was read for the base; none when the base does not know the document.
    pub old_read: Option<String>,
    /// The day it was read for the head.
    pub new_read: Option<String>,
    /// Whether the section has the same text, where both sides record it. The day of reading proves nothing.
    pub same_text: Option<bool>,
}

/// One change.
#[derive(Debug, Clone)]
pub struct Change {
    /// Stable under rebases: no line numbers went into it.
    pub fingerprint: String,
    /// The rule that judges it.
    pub rule: &'static Rule,
    /// What it does, whoever changed: the rule's effects, with what names and signatures say of Rust.
    pub raw: Effects,
    /// The same as shown: a correction does nothing on the wire.
    pub effects: Effects,
    /// Whose change it is.
    pub origin: Origin,
    /// Why the author says so, where the origin is declared and not read from the pages.
    pub declared: Option<String>,
    /// Of a new thing: its facts.
    pub facts: Option<Facts>,
    /// Where it is shown.
    pub group: Group,
    /// Inside the group: `request.code`.
    pub path: String,
    /// The views of the type that it concerns; empty when there are none or all are meant.
    pub views: Vec<String>,
    /// What was said.
    pub old: Option<String>,
    /// What is said.
    pub new: Option<String>,
    /// Where it was said, or would have been.
    pub old_place: Option<Place>,
    /// Where it is said, or would be.
    pub new_place: Option<Place>,
    /// Endpoints and pushes that a shared type reaches.
    pub reaches: Vec<String>,
    /// Where it is documented.
    pub sources: Vec<Cited>,
    /// Why it is accepted although it breaks something.
    pub accepted: Option<String>,
}

impl Change {
    /// Whether `--deny breaking` fails because of it: of what it does nothing is taken back for its origin.
    #[must_use]
    pub fn denied(&self) -> bool {
        self.raw.breaks() && self.accepted.is_none()
    }

    /// Gives it an origin, and the effects that follow.
    pub(super) fn originate(&mut self, origin: Origin) {
        self.origin = origin;
        self.effects = match origin {
            Origin::Correction => Effects { wire: Wire::None, ..self.raw },
            Origin::Api | Origin::Unknown | Origin::Own => self.raw,
        };
    }
}

/// All changes, in order.
#[derive(Debug, Clone, Default)]
pub struct Diff {
    /// Endpoints and pushes first, then what they share; in each part the worst first.
    pub groups: Vec<(Group, Vec<Change>)>,
    /// How many statements were compared.
    pub compared: usize,
    /// The version of the crate in the base.
    pub old_version: String,
    /// The version of the crate in the head.
    pub new_version: String,
    /// Entries of the accept list that did nothing, and why.
    pub idle: Vec<String>,
}

impl Diff {
    /// Every change.
    pub fn changes(&self) -> impl Iterator<Item = &Change> {
        self.groups.iter().flat_map(|(_, changes)| changes)
    }

    /// How many changes fail `--deny breaking`.
    #[must_use]
    pub fn denied(&self) -> usize {
        self.changes().filter(|change| change.denied()).count()
    }
}
