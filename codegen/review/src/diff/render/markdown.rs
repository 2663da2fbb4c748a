//! For a pull request or the notes of a release.

use std::fmt::Write as _;

use super::words::{Roots, both, effects, origin, path, plural, reaches, sources, summary, verdict, views, why};
use crate::diff::bump::bump;
use crate::diff::change::{Change, Diff};
use crate::diff::facts::COLUMNS;
use crate::diff::facts::Facts;

/// The whole diff: first the verdict, then a table for each group, the details folded away.
#[must_use]
pub fn markdown(diff: &Diff, roots: Roots<'_>) -> String {
    let mut out = String::from("## What the spec change means\n\n");
    out += &summary(diff);
    out.push('\n');
    if diff.changes().next().is_none() {
        idle(&mut out, diff);
        return out;
    }
    let _ = writeln!(out, "\n**{}**\n\n{}", bump(diff).text, verdict(diff));
    for (group, changes) in &diff.groups {
        let _ = writeln!(out, "\n### {} · {}\n", code(&group.title()), plural(changes.len(), "change"));
        out += "| | what | from | to | effects |\n|---|---|---|---|---|\n";
        for one in changes {
            row(&mut out, one);
        }
        for one in changes {
            if let Some(known) = &one.facts {
                facts(&mut out, one, known);
            }
        }
        out += "\n<details><summary>rules, positions, sources, fingerprints</summary>\n\n";
        for one in changes {
            details(&mut out, one, roots);
        }
        out += "\n</details>\n";
    }
    idle(&mut out, diff);
    out
}

fn idle(out: &mut String, diff: &Diff) {
    if !diff.idle.is_empty() {
        *out += "\n### Accept list\n\n";
        for one in &diff.idle {
            let _ = writeln!(out, "- {}", cell(one));
        }
    }
}

fn row(out: &mut String, change: &Change) {
    let mark = match (change.accepted.is_some(), change.raw.breaks()) {
        (true, _) => "✅",
        (false, true) => "💥",
        (false, false) => "",
    };
    let (old, new) = both(change, 120);
    let value = |text: Option<String>| text.map_or_else(String::new, |text| code(&text));
    let what = format!("{}<br>{}{}", code(path(change)), change.rule.id, in_views(change));
    let _ = writeln!(
        out,
        "| {mark} | {what} | {} | {} | {}<br>{} |",
        value(old),
        value(new),
        effects(change),
        origin(change)
    );
}

fn in_views(change: &Change) -> String {
    let views = views(change);
    if views.is_empty() { views } else { format!("<br>{}", cell(&views)) }
}

fn details(out: &mut String, change: &Change, roots: Roots<'_>) {
    let _ = writeln!(out, "- {} `{}`: {}", code(path(change)), change.rule.id, cell(&why(change)));
    let _ = writeln!(out, "  - {}", code(&roots.both(change)));
    for line in sources(change).into_iter().chain([reaches(change)]).filter(|line| !line.is_empty()) {
        let _ = writeln!(out, "  - {}", cell(&line));
    }
    let _ = writeln!(out, "  - fingerprint `{}`", change.fingerprint);
    if let Some(why) = &change.declared {
        let _ = writeln!(out, "  - declared: {}", cell(why));
    }
    if let Some(why) = &change.accepted {
        let _ = writeln!(out, "  - accepted: {}", cell(why));
    }
}

/// All that is known of a new thing, and what is not.
fn facts(out: &mut String, change: &Change, facts: &Facts) {
    let _ = writeln!(out, "\n**New:** {}\n", code(change.new.as_deref().unwrap_or_default()));
    for missing in &facts.missing {
        let _ = writeln!(out, "- ⚠️ {}", cell(missing));
    }
    if facts.rows.is_empty() {
        return;
    }
    let _ = writeln!(out, "\n| {} |\n|{}", COLUMNS.join(" | "), "---|".repeat(COLUMNS.len()));
    for row in &facts.rows {
        let _ = writeln!(out, "| {} |", row.cells().map(cell).join(" | "));
    }
}

/// Text that stays inside its cell and never becomes markup.
fn cell(text: &str) -> String {
    let mut out = String::new();
    for c in text.split_whitespace().collect::<Vec<_>>().join(" ").chars() {
        match c {
            '|' | '*' | '_' | '[' | ']' | '\\' | '#' => out.extend(['\\', c]),
            '<' => out += "&lt;",
            '>' => out += "&gt;",
            '&' => out += "&amp;",
            '@' => out += "&#64;",
            other => out.push(other),
        }
    }
    out
}

/// A code span that may hold backticks and pipes.
fn code(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ").replace('|', "\\|");
    let longest = line.split(|c| c != '`').map(str::len).max().unwrap_or_default();
    let fence = "`".repeat(longest + 1);
    let pad = if longest > 0 { " " } else { "" };
    format!("{fence}{pad}{line}{pad}{fence}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_leaves_its_cell() {
        assert_eq!(cell("a | *b*\nc <d>"), "a \\| \\*b\\* c &lt;d&gt;");
        assert_eq!(code("a|b"), "`a\\|b`");
        assert_eq!(code("the `x`"), "`` the `x` ``");
    }
}
