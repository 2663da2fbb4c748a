//! For the terminal.

use std::fmt::Write as _;

use super::words::{Roots, both, effects, origin, path, plural, reaches, short, sources, summary, verdict, views, why};
use crate::diff::axes::Direction;
use crate::diff::bump::bump;
use crate::diff::change::{Change, Diff};
use crate::diff::facts::{COLUMNS, Row};

/// The changes alone, group by group.
#[must_use]
pub fn changes(diff: &Diff, roots: Roots<'_>) -> String {
    let mut out = String::new();
    for (group, changes) in &diff.groups {
        let _ = writeln!(out, "{}: {}", group.title(), plural(changes.len(), "change"));
        for one in changes {
            change(&mut out, one, roots);
        }
        out.push('\n');
    }
    out
}

/// The whole diff.
#[must_use]
pub fn text(diff: &Diff, roots: Roots<'_>) -> String {
    let mut out = changes(diff, roots);
    out += &summary(diff);
    out.push('\n');
    if diff.changes().next().is_some() {
        let _ = writeln!(out, "{}\n{}", verdict(diff), bump(diff).text);
    }
    for idle in &diff.idle {
        let _ = writeln!(out, "Accept list: {idle}");
    }
    out
}

fn change(out: &mut String, change: &Change, roots: Roots<'_>) {
    let mark = if change.raw.breaks() { '!' } else { ' ' };
    let _ = writeln!(out, "{mark} {} {}", path(change), change.rule.id);
    let mut line = |text: String| {
        if !text.is_empty() {
            let _ = writeln!(out, "    {text}");
        }
    };
    line(match both(change, 100) {
        (Some(old), Some(new)) => format!("{old} -> {new}"),
        (None, Some(new)) => format!("+ {new}"),
        (Some(old), None) => format!("- {old}"),
        (None, None) => String::new(),
    });
    line(format!("{}: {}", effects(change), why(change)));
    line(views(change));
    line(reaches(change));
    line(format!("at {}", roots.both(change)));
    let sources = sources(change);
    let cited = if sources.is_empty() { String::new() } else { format!("; {}", sources.join(", ")) };
    line(format!("{}{cited}", origin(change)));
    line(change.declared.as_ref().map(|why| format!("declared: {why}")).unwrap_or_default());
    line(format!("fingerprint {}", change.fingerprint));
    line(change.accepted.as_ref().map(|why| format!("accepted: {why}")).unwrap_or_default());
    if let Some(facts) = &change.facts {
        line(facts.missing.iter().map(|what| format!("! {what}")).collect::<Vec<_>>().join("\n    "));
        table(out, &facts.rows);
    }
}

/// Rows under each other, each column as wide as its widest cell, up to a point.
fn table(out: &mut String, rows: &[Row]) {
    const WIDEST: usize = 44;
    let cells: Vec<[String; 7]> = std::iter::once(COLUMNS.map(str::to_owned))
        .chain(rows.iter().map(|row| row.cells().map(|cell| short(cell, 90))))
        .collect();
    let width =
        |column: usize| cells.iter().map(|row| row[column].chars().count().min(WIDEST)).max().unwrap_or_default();
    let widths: Vec<usize> = (0..COLUMNS.len()).map(width).collect();
    for row in &cells {
        let line: Vec<String> = row.iter().zip(&widths).map(|(cell, width)| format!("{cell:width$}")).collect();
        let _ = writeln!(out, "      {}", line.join("  ").trim_end());
    }
}

/// The table of rules.
#[must_use]
pub fn rules() -> String {
    let all = crate::diff::rules::all();
    let width = all.iter().map(|rule| rule.id.len()).max().unwrap_or_default();
    let mut out = format!("{:width$}  {:10}  {:5}  {:10}  why\n", "rule", "wire", "Rust", "validators");
    for rule in all {
        let _ = writeln!(
            out,
            "{:width$}  {:10}  {:5}  {:10}  {}",
            rule.id,
            rule.effects.wire.name(),
            rule.effects.rust.name(),
            rule.effects.validators.name(),
            rule.why
        );
    }
    let directed = all.iter().filter(|rule| rule.direction != Direction::None).count();
    let _ = writeln!(out, "\n{} rules, {directed} of them for one direction.", all.len());
    out
}
