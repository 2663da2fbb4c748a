//! The words that all formats share.

use crate::diff::axes::{Effects, Rust, Validators, Wire};
use crate::diff::change::{Change, Cited, Diff, Origin};
use crate::diff::places::Place;

/// Where the spec is, as messages name it.
#[derive(Debug, Clone, Copy)]
pub struct Roots<'a> {
    /// Before the files of the base: `main:spec/`.
    pub old: &'a str,
    /// Before the files of the head: `spec/`.
    pub new: &'a str,
}

impl Roots<'_> {
    fn place(root: &str, place: &Place) -> String {
        format!("{root}{}:{}:{}", place.file, place.line, place.column)
    }

    /// `spec/card/code/get.yaml:22:5 (was main:spec/card/code/get.yaml:21:5)`.
    pub(super) fn both(self, change: &Change) -> String {
        let new = change.new_place.as_ref().map(|place| Self::place(self.new, place));
        let old = change.old_place.as_ref().map(|place| Self::place(self.old, place));
        match (new, old) {
            (Some(new), Some(old)) => format!("{new} (was {old})"),
            (Some(new), None) => new,
            (None, Some(old)) => format!("gone (was {old})"),
            (None, None) => String::new(),
        }
    }
}

/// The one sentence about the whole.
#[must_use]
pub fn summary(diff: &Diff) -> String {
    let changes = diff.changes().count();
    if changes == 0 {
        return format!("Nothing changed in meaning: {} statements compared, no difference.", diff.compared);
    }
    let count = |test: &dyn Fn(&Change) -> bool| diff.changes().filter(|change| test(change)).count();
    let corrections = count(&|change| change.origin == Origin::Correction);
    let unknown = count(&|change| change.origin == Origin::Unknown);
    format!(
        "{} in {} statements: {} breaking on the wire, {} major for Rust, {} stricter in validators; {}.",
        plural(changes, "change"),
        diff.compared,
        count(&|change| change.effects.wire == Wire::Breaking),
        count(&|change| change.effects.rust == Rust::Major),
        count(&|change| change.effects.validators == Validators::Stricter),
        match (corrections, unknown) {
            (0, 0) => "none is a correction of our reading".to_owned(),
            (0, n) => format!("{n} of unknown origin"),
            (n, 0) => plural(n, "correction") + " of our reading",
            (n, m) => format!("{} of our reading, {m} of unknown origin", plural(n, "correction")),
        }
    )
}

/// What `--deny breaking` counts, in a sentence.
#[must_use]
pub fn verdict(diff: &Diff) -> String {
    let denied = diff.denied();
    let accepted = diff.changes().filter(|change| change.accepted.is_some()).count();
    let what = "Counted: breaking on the wire, major for Rust, stricter in validators. A correction of our reading changes nothing on the wire, and counts all the same.";
    let accepted = if accepted == 0 { String::new() } else { format!(", {accepted} accepted") };
    match denied {
        0 => format!("Nothing unaccepted breaks{accepted}. {what}"),
        1 => format!("1 change breaks{accepted}. {what}"),
        n => format!("{n} changes break{accepted}. {what}"),
    }
}

pub(super) fn plural(count: usize, what: &str) -> String {
    if count == 1 { format!("1 {what}") } else { format!("{count} {what}s") }
}

/// `wire breaking · Rust major · validators stricter`.
pub(super) fn effects(change: &Change) -> String {
    let Effects { wire, rust, validators } = change.effects;
    format!("wire {} · Rust {} · validators {}", wire.name(), rust.name(), validators.name())
}

pub(super) fn origin(change: &Change) -> &'static str {
    match change.origin {
        Origin::Api => "API change",
        Origin::Correction => "correction of our reading",
        Origin::Unknown => "origin unknown",
        Origin::Own => "our own choice",
    }
}

/// Why it does what it does. The rule knows only the usual case of Rust.
pub(super) fn why(change: &Change) -> String {
    let table = change.rule.effects.rust;
    let rust = match change.raw.rust.cmp(&table) {
        std::cmp::Ordering::Less => "; here the name and the signature in Rust stay what they are",
        std::cmp::Ordering::Greater => "; here a name or a signature in Rust is another",
        std::cmp::Ordering::Equal => "",
    };
    format!("{}{rust}", change.rule.why)
}

/// `card-management#查询Code接口, page unchanged since 2026-11-21`.
pub(super) fn sources(change: &Change) -> Vec<String> {
    let one = |cited: &Cited| {
        let section = cited.source.section.as_deref().map(|section| format!("#{section}")).unwrap_or_default();
        let page = match (&cited.old_read, &cited.new_read) {
            (Some(_), Some(new)) if cited.same_text == Some(true) => {
                format!("same text, read {new}")
            }
            (Some(_), Some(new)) if cited.same_text == Some(false) => {
                format!("other text, read {new}")
            }
            (Some(old), Some(new)) if old == new => format!("text not recorded, read {new}"),
            (Some(old), Some(new)) => format!("text not recorded, read {old} and again {new}"),
            (None, Some(new)) => format!("page new, read {new}"),
            (Some(old), None) => format!("page dropped, read {old}"),
            (None, None) => "page unknown".to_owned(),
        };
        format!("{}{section} ({page})", cited.source.document)
    };
    change.sources.iter().map(one).collect()
}

/// Paths of the group's own head are told in words.
pub(super) fn path(change: &Change) -> &str {
    if change.path.is_empty() { "as a whole" } else { &change.path }
}

/// At most so many characters, on one line.
pub(super) fn short(text: &str, most: usize) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() <= most {
        return line;
    }
    line.chars().take(most - 1).chain(['…']).collect()
}

/// Old and new, shortened around the place where they part, so that a changed word in a long text is seen.
pub(super) fn both(change: &Change, most: usize) -> (Option<String>, Option<String>) {
    let (Some(old), Some(new)) = (&change.old, &change.new) else {
        let shorten = |text: &Option<String>| text.as_ref().map(|text| short(text, most));
        return (shorten(&change.old), shorten(&change.new));
    };
    let common = old.chars().zip(new.chars()).take_while(|(a, b)| a == b).count();
    let longest = old.chars().count().max(new.chars().count());
    let skip = if longest <= most { 0 } else { common.saturating_sub(most / 3) };
    let cut = |text: &str| {
        let tail: String = text.chars().skip(skip).collect();
        let lead = if skip == 0 { "" } else { "…" };
        let shown = short(&tail, most);
        if shown.is_empty() && lead.is_empty() { "nothing".to_owned() } else { format!("{lead}{shown}") }
    };
    (Some(cut(old)), Some(cut(new)))
}

pub(super) fn views(change: &Change) -> String {
    if change.views.is_empty() { String::new() } else { format!("in view {}", change.views.join(", ")) }
}

pub(super) fn reaches(change: &Change) -> String {
    const MOST: usize = 6;
    let all = &change.reaches;
    if all.is_empty() {
        return String::new();
    }
    let more = if all.len() > MOST { format!(" and {} more", all.len() - MOST) } else { String::new() };
    format!("reaches {}{more}", all.iter().take(MOST).cloned().collect::<Vec<_>>().join(", "))
}
