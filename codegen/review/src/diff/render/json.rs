//! For programs. The order of keys is the order of the fields below, and stays.

use serde::Serialize;

use super::words::{Roots, summary};
use crate::diff::bump::bump;
use crate::diff::change::{Change, Cited, Diff};
use crate::diff::facts::Facts;
use crate::diff::places::Place;

/// The document. `format` grows when a key changes its meaning or goes away; new keys may come at any time.
#[derive(Serialize)]
struct Document<'a> {
    /// 1.
    format: u32,
    /// One sentence about the whole.
    summary: String,
    /// How many statements were compared; never 0.
    statements: usize,
    /// How many changes fail `--deny breaking`.
    denied: usize,
    /// The release that follows.
    release: Release,
    /// Endpoints and pushes, then types, error codes and the whole interface; in each part the worst first.
    groups: Vec<Group<'a>>,
    /// Entries of the accept list that did nothing.
    idle: &'a [String],
}

#[derive(Serialize)]
struct Release {
    /// `major`, `minor`, `patch` or `none`.
    needs: &'static str,
    /// The version that follows from the base's.
    next: Option<String>,
    /// Whether the head has it.
    done: bool,
}

#[derive(Serialize)]
struct Group<'a> {
    /// `/card/code/get`, `event NAME`, `type NAME`, `error codes`, `the whole interface`.
    group: String,
    changes: Vec<ChangeJson<'a>>,
}

#[derive(Serialize)]
struct ChangeJson<'a> {
    fingerprint: &'a str,
    rule: &'a str,
    /// Inside the group; empty for the group's head.
    path: &'a str,
    views: &'a [String],
    old: Option<&'a str>,
    new: Option<&'a str>,
    old_place: Option<PlaceJson>,
    new_place: Option<PlaceJson>,
    /// `none`, `compatible`, `breaking`.
    wire: &'static str,
    /// `none`, `patch`, `minor`, `major`.
    rust: &'static str,
    /// `none`, `looser`, `stricter`.
    validators: &'static str,
    /// Whether `--deny breaking` fails because of it. A correction has no effect on the wire, and is counted all the same.
    denied: bool,
    /// `api`, `correction`, `unknown` or `own`.
    origin: &'static str,
    /// Why the author says so; null where the pages tell the origin.
    declared: Option<&'a str>,
    /// Of a new endpoint, push or type: every statement about it, and what it lacks.
    facts: Option<&'a Facts>,
    why: String,
    reaches: &'a [String],
    sources: Vec<SourceJson<'a>>,
    accepted: Option<&'a str>,
}

#[derive(Serialize)]
struct PlaceJson {
    file: String,
    line: usize,
    column: usize,
}

#[derive(Serialize)]
struct SourceJson<'a> {
    document: &'a str,
    section: Option<&'a str>,
    old_read: Option<&'a str>,
    new_read: Option<&'a str>,
    /// Whether the section has the text it had, where that is recorded.
    same_text: Option<bool>,
}

/// The whole diff as one JSON document.
#[must_use]
pub fn json(diff: &Diff, roots: Roots<'_>) -> String {
    let release = bump(diff);
    let groups = diff.groups.iter().map(|(group, changes)| Group {
        group: group.title(),
        changes: changes.iter().map(|one| change(one, roots)).collect(),
    });
    let document = Document {
        format: 1,
        summary: summary(diff),
        statements: diff.compared,
        denied: diff.denied(),
        release: Release { needs: release.needs.name(), next: release.next, done: release.done },
        groups: groups.collect(),
        idle: &diff.idle,
    };
    // Plain structs with text keys: writing them cannot fail.
    let mut text = serde_json::to_string_pretty(&document).unwrap_or_default();
    text.push('\n');
    text
}

fn change<'a>(change: &'a Change, roots: Roots<'_>) -> ChangeJson<'a> {
    let place = |root: &str, place: &Place| PlaceJson {
        file: format!("{root}{}", place.file),
        line: place.line,
        column: place.column,
    };
    ChangeJson {
        fingerprint: &change.fingerprint,
        rule: &change.rule.id,
        path: &change.path,
        views: &change.views,
        old: change.old.as_deref(),
        new: change.new.as_deref(),
        old_place: change.old_place.as_ref().map(|one| place(roots.old, one)),
        new_place: change.new_place.as_ref().map(|one| place(roots.new, one)),
        wire: change.effects.wire.name(),
        rust: change.effects.rust.name(),
        validators: change.effects.validators.name(),
        denied: change.denied(),
        origin: change.origin.name(),
        declared: change.declared.as_deref(),
        facts: change.facts.as_ref(),
        why: super::words::why(change),
        reaches: &change.reaches,
        sources: change.sources.iter().map(source).collect(),
        accepted: change.accepted.as_deref(),
    }
}

fn source(cited: &Cited) -> SourceJson<'_> {
    SourceJson {
        document: &cited.source.document,
        section: cited.source.section.as_deref(),
        old_read: cited.old_read.as_deref(),
        new_read: cited.new_read.as_deref(),
        same_text: cited.same_text,
    }
}
