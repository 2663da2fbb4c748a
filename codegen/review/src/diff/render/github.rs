//! Annotations for the lines of a pull request.

use std::fmt::Write as _;
use weixin_codegen::output::github::{data, property};

use super::words::{Roots, effects, origin, path, short, summary, why};
use crate::diff::change::{Change, Diff};

/// One annotation for each change, and a notice with the summary. What breaks and is not accepted is a warning.
#[must_use]
pub fn github(diff: &Diff, roots: Roots<'_>) -> String {
    let mut out = String::new();
    for change in diff.changes() {
        annotation(&mut out, change, roots);
    }
    for idle in &diff.idle {
        let _ = writeln!(out, "::warning title={}::{}", property("accept list"), data(idle));
    }
    let _ = writeln!(out, "::notice title={}::{}", property("spec diff"), data(&summary(diff)));
    out
}

fn annotation(out: &mut String, change: &Change, roots: Roots<'_>) {
    let level = if change.denied() { "warning" } else { "notice" };
    let mut properties = Vec::new();
    // Only the head has lines that GitHub can mark.
    if let Some(place) = &change.new_place {
        properties.push(format!("file={}", property(&format!("{}{}", roots.new, place.file))));
        properties.push(format!("line={},col={}", place.line, place.column));
    }
    properties.push(format!("title={}", property(&change.rule.id)));
    let values = match super::words::both(change, 200) {
        (Some(old), Some(new)) => format!("{old} -> {new}"),
        (Some(old), None) => format!("gone: {old}"),
        (None, new) => format!("new: {}", new.unwrap_or_default()),
    };
    let mut text = format!(
        "{}, {}: {values}\n{} ({}): {}\nfingerprint {}",
        change.group.title(),
        path(change),
        effects(change),
        origin(change),
        why(change),
        change.fingerprint
    );
    if let Some(why) = &change.accepted {
        let _ = write!(text, "\naccepted: {}", short(why, 200));
    }
    let _ = writeln!(out, "::{level} {}::{}", properties.join(","), data(&text));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commands_are_escaped() {
        assert_eq!(data("50%\r\nnext: a, b"), "50%25%0D%0Anext: a, b");
        assert_eq!(property("a:b,c%\n"), "a%3Ab%2Cc%25%0A");
    }
}
