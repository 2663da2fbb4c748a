//! The check that every link of the documentation leads somewhere.

use std::collections::{HashMap, HashSet};

use crate::output::OutputFile;

/// The links that lead nowhere, as `page: target`. Only Markdown files are read; links out of them into other
/// emitted files count, addresses of the network do not.
#[must_use]
pub fn broken_links(files: &[OutputFile]) -> Vec<String> {
    let pages = files.iter().filter(|file| file.path.ends_with(".md"));
    let anchors: HashMap<&str, HashSet<String>> =
        pages.clone().map(|file| (file.path.as_str(), anchors(&file.text))).collect();
    let all: HashSet<&str> = files.iter().map(|file| file.path.as_str()).collect();
    let mut broken = Vec::new();
    for page in pages {
        for target in targets(&page.text) {
            let (path, anchor) = target.split_once('#').unwrap_or((&target, ""));
            let path = if path.is_empty() { page.path.clone() } else { resolve(&page.path, path) };
            let known = all.contains(path.as_str());
            let anchored = anchor.is_empty() || anchors.get(path.as_str()).is_some_and(|all| all.contains(anchor));
            if !known || !anchored {
                broken.push(format!("{}: {target}", page.path));
            }
        }
    }
    broken
}

/// The text outside of code blocks and code spans, line by line.
fn prose(text: &str) -> impl Iterator<Item = String> + '_ {
    let mut inside = false;
    text.lines().filter_map(move |line| {
        let fence = line.trim_start().starts_with("```");
        inside ^= fence;
        (!inside && !fence).then(|| line.split('`').step_by(2).collect::<Vec<_>>().join("`"))
    })
}

/// Every local target of a page's links.
fn targets(text: &str) -> Vec<String> {
    let mut targets = Vec::new();
    for line in prose(text) {
        for rest in line.split("](").skip(1) {
            let target = rest.split(')').next().unwrap_or_default();
            if !target.contains("://") && !target.starts_with("mailto:") {
                targets.push(target.to_owned());
            }
        }
    }
    targets
}

/// Every anchor of a page: the named ones and those of its headings.
fn anchors(text: &str) -> HashSet<String> {
    let mut anchors = HashSet::new();
    for line in prose(text) {
        for rest in line.split("<a id=\"").skip(1) {
            anchors.extend(rest.split('"').next().map(str::to_owned));
        }
        if line.starts_with('#') {
            anchors.insert(slug(line.trim_start_matches('#').trim()));
        }
    }
    anchors
}

/// The anchor that a heading gets by itself.
fn slug(heading: &str) -> String {
    let keep = |c: char| match c {
        ' ' => Some('-'),
        '-' | '_' => Some(c),
        c if c.is_alphanumeric() => Some(c),
        _ => None,
    };
    heading.to_lowercase().chars().filter_map(keep).collect()
}

fn resolve(page: &str, target: &str) -> String {
    let mut parts: Vec<&str> = page.split('/').collect();
    parts.pop();
    for part in target.split('/') {
        match part {
            "." | "" => {}
            ".." => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    parts.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn broken_links_are_named_and_good_ones_are_not() {
        let file = |path: &str, text: &str| OutputFile { path: path.to_owned(), text: text.to_owned() };
        let files = [
            file(
                "docs/en/a.md",
                "# A\n[b](b/c.md#x) [b](b/c.md#y) `[no](no.md)`\n```\n[no](no.md)\n```\n[n](https://x.y)",
            ),
            file(
                "docs/en/b/c.md",
                "<a id=\"x\"></a>\n## Two words\n[up](../a.md#a) [here](#two-words) [gone](../z.md)",
            ),
        ];
        assert_eq!(broken_links(&files), ["docs/en/a.md: b/c.md#y", "docs/en/b/c.md: ../z.md"]);
    }
}
