//! The version that follows from a diff.

use super::axes::Rust;
use super::change::Diff;

/// What to do with the version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bump {
    /// What the worst change asks for.
    pub needs: Rust,
    /// The version that follows from the base's; none when the base's is no version.
    pub next: Option<String>,
    /// Whether the head already has it, or more.
    pub done: bool,
    /// In a sentence.
    pub text: String,
}

/// The version that the changes ask for.
#[must_use]
pub fn bump(diff: &Diff) -> Bump {
    let needs = diff.changes().map(|change| change.effects.rust).max().unwrap_or(Rust::None);
    let old = parse(&diff.old_version);
    let next = old.map(|old| step(old, needs));
    let done = matches!((next, parse(&diff.new_version)), (Some(next), Some(new)) if new >= next);
    let next = next.map(|[major, minor, patch]| format!("{major}.{minor}.{patch}"));
    let text = sentence(diff, needs, next.as_deref(), done, old.is_some_and(|[major, ..]| major == 0));
    Bump { needs, next, done, text }
}

/// Before 1.0 Cargo takes the first number that is not zero for the major one, so that each step is one smaller.
fn step([major, minor, patch]: [u64; 3], needs: Rust) -> [u64; 3] {
    match (needs, major, minor) {
        (Rust::None, ..) => [major, minor, patch],
        (Rust::Major, 0, 0) => [0, 0, patch + 1],
        (Rust::Major, 0, _) => [0, minor + 1, 0],
        (Rust::Major, ..) => [major + 1, 0, 0],
        (Rust::Minor, 0, _) | (Rust::Patch, ..) => [major, minor, patch + 1],
        (Rust::Minor, ..) => [major, minor + 1, 0],
    }
}

fn sentence(diff: &Diff, needs: Rust, next: Option<&str>, done: bool, early: bool) -> String {
    let Some(next) = next else {
        return format!("A {} release follows; `{}` is no version to count from.", needs.name(), diff.old_version);
    };
    if needs == Rust::None {
        return format!("No release follows: users of the crate see no difference. It stays at {next}.");
    }
    let why = match (early, needs) {
        (true, Rust::Major) => " (before 1.0 the second number is the major one)",
        (true, Rust::Minor) => " (before 1.0 the third number stands for minor and patch)",
        _ => "",
    };
    let state = if done {
        format!("api.yaml says {}", diff.new_version)
    } else {
        format!("set `version` in api.yaml, which says {}", diff.new_version)
    };
    format!("A {} release follows: {} to {next}{why}; {state}.", needs.name(), diff.old_version)
}

fn parse(version: &str) -> Option<[u64; 3]> {
    let core = version.split(['-', '+']).next()?;
    let mut numbers = core.split('.').map(str::parse);
    let parsed = [numbers.next()?.ok()?, numbers.next()?.ok()?, numbers.next()?.ok()?];
    numbers.next().is_none().then_some(parsed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn before_1_0_each_step_is_one_smaller() {
        assert_eq!(step([0, 1, 0], Rust::Major), [0, 2, 0]);
        assert_eq!(step([0, 1, 0], Rust::Minor), [0, 1, 1]);
        assert_eq!(step([0, 0, 3], Rust::Major), [0, 0, 4]);
        assert_eq!(step([1, 4, 2], Rust::Major), [2, 0, 0]);
        assert_eq!(step([1, 4, 2], Rust::Minor), [1, 5, 0]);
        assert_eq!(step([1, 4, 2], Rust::Patch), [1, 4, 3]);
        assert_eq!(step([1, 4, 2], Rust::None), [1, 4, 2]);
    }
}
