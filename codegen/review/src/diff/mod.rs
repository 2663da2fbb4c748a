//! Compares two models in meaning, for the person who reviews a change of the spec.
//!
//! Both models become trees of things with traits (`tree`, `build`); the trees are walked side by side
//! (`compare`); each difference has a rule (`rules`) that says what it does on the wire, to the Rust API and to the
//! validators; differences that one line of the spec causes in many places are told once (`merge`).

pub mod accept;
pub mod axes;
mod build;
pub mod bump;
mod compare;
pub mod facts;
mod fingerprint;
mod merge;
mod pairs;
mod places;
mod reach;
mod renames;
pub mod render;
pub mod rules;
mod surface;
mod table;
mod tree;
mod weigh;

use weixin_codegen::model::{Model, Source};
use weixin_codegen::spec::Spec;

use axes::{Effects, Wire};
pub use facts::Facts;
pub use places::Place;
use rules::Rule;

/// One side: the spec as written, for positions, and what it means.
#[derive(Clone, Copy)]
pub struct Side<'a> {
    /// As written.
    pub spec: &'a Spec,
    /// As resolved.
    pub model: &'a Model,
}

/// Where a change is shown.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Group {
    /// At an endpoint, by its path.
    Endpoint(String),
    /// At a push, by its name.
    Event(String),
    /// At a shared type, by its name in the spec.
    Type(String),
    /// At the list of error codes.
    Errors,
    /// At what holds for the whole interface: the host, the documents, the words of folders.
    General,
}

impl Group {
    /// How it is headed.
    #[must_use]
    pub fn title(&self) -> String {
        match self {
            Self::Endpoint(path) => path.clone(),
            Self::Event(name) => format!("event {name}"),
            Self::Type(name) => format!("type {name}"),
            Self::Errors => "error codes".to_owned(),
            Self::General => "the whole interface".to_owned(),
        }
    }

    /// Endpoints and pushes come before what they share.
    fn shared(&self) -> u8 {
        match self {
            Self::Endpoint(_) | Self::Event(_) => 0,
            Self::Type(_) => 1,
            Self::Errors => 2,
            Self::General => 3,
        }
    }
}

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
    fn of(sources: &[Cited]) -> Self {
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
    fn originate(&mut self, origin: Origin) {
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

/// What changed from one side to the other.
#[must_use]
pub fn diff(old: Side<'_>, new: Side<'_>) -> Diff {
    let (old_builder, new_builder) = (build::Builder::new(&old), build::Builder::new(&new));
    let (raws, compared) = compare::compare(&old_builder, &new_builder);
    Diff {
        groups: merge::merge(raws, &old_builder, &new_builder),
        compared,
        old_version: old.model.api.version.clone(),
        new_version: new.model.api.version.clone(),
        idle: Vec::new(),
    }
}

/// `a.b`.
fn join(path: &str, name: &str) -> String {
    match (path, name) {
        ("", name) => name.to_owned(),
        (path, "") => path.to_owned(),
        (path, name) => format!("{path}.{name}"),
    }
}
