//! Cross-field rules.

use super::{JsonMap, Path, Quirk, Source, Text, Value};

/// One rule of an object.
#[derive(Debug, Clone)]
pub struct Rule {
    /// `date_window`, or the name of a note: `irreversible`.
    pub name: String,
    /// What it demands.
    pub kind: RuleKind,
    /// In words.
    pub text: Text,
    /// The code WeChat returns when it is broken.
    pub error: Option<i64>,
    /// Where it is documented.
    pub sources: Vec<Source>,
    /// Quirks that concern it.
    pub quirks: Vec<Quirk>,
    /// Which of the rules of its owner it is, as written: those of other views are not here.
    pub index: usize,
    /// An object that obeys it and one that breaks it, where tests would find none.
    pub cases: Option<Cases>,
}

/// Two objects that show what a rule is about.
#[derive(Debug, Clone)]
pub struct Cases {
    /// One that obeys every rule.
    pub obeys: Value,
    /// One that breaks the rule and nothing else.
    pub breaks: Value,
}

impl Rule {
    /// Whether a machine can check it.
    #[must_use]
    pub fn is_checked(&self) -> bool {
        !matches!(self.kind, RuleKind::Note)
    }
}

/// What a rule demands. The resolver has checked that each path exists, and that all of its keys
/// but the last lead through objects (not lists or unions).
///
/// A field is given when it is set to more than nothing: `false`, an empty text and an empty list are as good as absent
/// where a rule asks whether a field is there; where it demands one, `false` will do.
#[derive(Debug, Clone)]
pub enum RuleKind {
    /// Documentation only.
    Note,
    /// At most one of these is set.
    AtMostOne(Vec<Path>),
    /// At least one of these is set when the conditions hold; always, when there is none.
    AtLeastOne(Vec<Path>, Vec<Condition>),
    /// These are set when the conditions hold.
    RequiredWhen(Vec<Path>, Vec<Condition>),
    /// These are not set when the conditions hold; never, when there is none.
    ForbiddenWhen(Vec<Path>, Vec<Condition>),
    /// These hold these values when the conditions hold.
    EqualsWhen(Vec<Condition>, Vec<Condition>),
    /// These do not hold these values when the conditions hold; never, when there is none.
    DiffersWhen(Vec<Condition>, Vec<Condition>),
    /// When the first is set, at least one of the others is too.
    RequiresOne(Path, Vec<Path>),
    /// These lists together have at most so many items.
    Together {
        /// The lists.
        fields: Vec<Path>,
        /// The most items.
        max: u32,
    },
    /// At least one field of the object is set.
    NotEmpty,
    /// When the first is set, the others are too.
    Requires(Path, Vec<Path>),
    /// Two dates in order, at most so many days apart.
    DateWindow {
        /// The first day.
        from: Path,
        /// The last day.
        to: Path,
        /// The most days.
        days: u32,
    },
    /// Two timestamps, of which the first is not after the second.
    InOrder(Path, Path),
    /// These dates lie before the current day.
    BeforeToday(Vec<Path>),
}

/// A path and what is there. It may end at the tag of a union.
#[derive(Debug, Clone, PartialEq)]
pub struct Condition {
    /// The path.
    pub path: Path,
    /// One of these: bools, integers or strings.
    pub values: Vec<Value>,
}

impl Condition {
    /// Whether it holds in an object.
    #[must_use]
    pub fn holds(&self, object: &JsonMap) -> bool {
        self.path.find(object).is_some_and(|value| self.values.contains(value))
    }

    /// The values in a row: `1`, `2 or 3`.
    #[must_use]
    pub fn spelled(&self, or: &str, plain: impl Fn(&Value) -> String) -> String {
        self.values.iter().map(plain).collect::<Vec<_>>().join(or)
    }
}
