//! Circles among modules.

use std::collections::{BTreeMap, BTreeSet};

use super::modules::Use;

/// Each circle, as the uses that close it.
pub(crate) fn of(uses: &BTreeSet<Use>) -> Vec<Vec<String>> {
    let mut next: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for (from, to, _) in uses {
        next.entry(from).or_default().insert(to);
    }
    let reached: BTreeMap<&str, BTreeSet<&str>> = next.keys().map(|from| (*from, reach(&next, from))).collect();
    let leads = |from: &str, to: &str| reached.get(from).is_some_and(|all| all.contains(to));
    let mut circles: BTreeMap<BTreeSet<&str>, Vec<String>> = BTreeMap::new();
    for (from, to, name) in uses.iter().filter(|(from, to, _)| leads(to, from)) {
        let members: BTreeSet<&str> =
            reached[from.as_str()].iter().copied().filter(|other| leads(other, from)).collect();
        let shown = |path: &str| if path.is_empty() { "lib".to_owned() } else { path.to_owned() };
        circles.entry(members).or_default().push(format!("  {} -> {} ({name})", shown(from), shown(to)));
    }
    circles.into_values().collect()
}

/// Every module that can be reached from one.
fn reach<'a>(next: &BTreeMap<&'a str, BTreeSet<&'a str>>, from: &str) -> BTreeSet<&'a str> {
    let mut found = BTreeSet::new();
    let mut open: Vec<&str> = vec![from];
    while let Some(here) = open.pop() {
        for to in next.get(here).into_iter().flatten() {
            if found.insert(*to) {
                open.push(to);
            }
        }
    }
    found
}
