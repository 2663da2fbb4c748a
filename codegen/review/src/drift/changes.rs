//! The page as it is against the page as it was recorded: which rows, codes, places of examples and paragraphs came, went
//! or say something else.

use std::collections::HashSet;

use weixin_codegen::spec::{Section, Sections};

use super::extract::Scope;
use super::record::{Recorded, Said, numbers};

/// One difference in a section.
pub(super) struct Change {
    pub(super) section: String,
    /// `row card_id`, `note 2`; none for the section as a whole.
    pub(super) block: Option<String>,
    /// On the page; none for what is not there.
    pub(super) said: Option<Said>,
    /// The call that it belongs to.
    pub(super) scope: Scope,
    pub(super) message: String,
}

impl Change {
    fn of_section(section: &str, said: Option<Said>, message: String) -> Self {
        let scope = said.as_ref().map(|said| said.scope.clone()).unwrap_or_default();
        Self { section: section.to_owned(), block: None, said, scope, message }
    }

    fn of_block(page: &Recorded, block: String, said: Option<Said>, message: String) -> Self {
        let scope = said.as_ref().map_or(&page.scope, |said| &said.scope).clone();
        Self { section: page.name.clone(), block: Some(block), said, scope, message }
    }
}

/// The sections that are gone, and the changes of all others.
#[derive(Default)]
pub(super) struct Changes {
    pub(super) gone: HashSet<String>,
    pub(super) found: Vec<Change>,
    /// Sections that read as they did.
    pub(super) unchanged: usize,
}

/// Compares a page with what was recorded of it.
pub(super) fn changes(known: &Sections, page: &[Recorded]) -> Changes {
    let mut changes = Changes::default();
    let missing: Vec<(&String, &Section)> =
        known.iter().filter(|(name, _)| page.iter().all(|one| one.name != **name)).collect();
    let mut renamed: HashSet<&str> = HashSet::new();
    for one in page {
        match known.get(&one.name) {
            Some(section) if *section == one.section => changes.unchanged += 1,
            Some(section) => {
                let before = changes.found.len();
                within(section, one, &mut changes.found);
                changes.unchanged += usize::from(changes.found.len() == before);
            }
            None => {
                let former = missing.iter().find(|(_, section)| alike(section, &one.section));
                let message = match former {
                    Some((name, _)) => {
                        renamed.insert(name);
                        format!("the section was called `{name}`: read it, then `--accept`")
                    }
                    None => "the section is new: read it, then `--accept`".to_owned(),
                };
                let said = Said { line: one.line, text: one.name.clone(), scope: one.scope.clone() };
                changes.found.push(Change::of_section(&one.name, Some(said), message));
            }
        }
    }
    for (name, _) in missing.into_iter().filter(|(name, _)| !renamed.contains(name.as_str())) {
        changes.gone.insert(name.clone());
        let message = "the section is gone, with all that it said".to_owned();
        changes.found.push(Change::of_section(name, None, message));
    }
    changes
}

/// Whether most of one section is in another: then only its heading changed.
fn alike(old: &Section, new: &Section) -> bool {
    let blocks = old.blocks.iter().filter(|(name, print)| new.blocks.get(*name) == Some(print)).count();
    let notes = old.notes.iter().filter(|print| new.notes.contains(print)).count();
    let all = old.blocks.len() + old.notes.len();
    all > 0 && (blocks + notes) * 2 > all
}

fn within(old: &Section, page: &Recorded, out: &mut Vec<Change>) {
    let before = out.len();
    for (name, print) in &old.blocks {
        match page.section.blocks.get(name) {
            Some(now) if now == print => {}
            Some(now) => {
                let said = page.blocks.get(name).cloned().unwrap_or_default();
                let message = format!("{} changed{}", told(name), differing(print, now, &said.text));
                out.push(Change::of_block(page, name.clone(), Some(said), message));
            }
            // What was in an example that is gone, or in an object of it, is gone with it.
            None if around(name).is_some_and(|outer| is_lost(old, &page.section, &outer)) => {}
            None => out.push(Change::of_block(page, name.clone(), None, format!("{} is gone", told(name)))),
        }
    }
    for (name, _) in page.section.blocks.iter().filter(|(name, _)| !old.blocks.contains_key(*name)) {
        if around(name).is_some_and(|outer| is_lost(&page.section, old, &outer)) {
            continue;
        }
        let said = page.blocks.get(name).cloned().unwrap_or_default();
        out.push(Change::of_block(page, name.clone(), Some(said), format!("{} is new", told(name))));
    }
    notes(&old.notes, page, out);
    if out.len() == before && page.section.statements < old.statements {
        let message = format!(
            "only {} statements could be read here, where there were {}",
            page.section.statements, old.statements
        );
        let said = Said { line: page.line, text: String::new(), scope: page.scope.clone() };
        out.push(Change::of_section(&page.name, Some(said), message));
    }
}

/// The block that an example's place is in: the object around it, or the example as a whole.
fn around(name: &str) -> Option<String> {
    let (example, path) = place(name)?;
    match path.rfind(['.', '[']) {
        Some(end) => Some(format!("{example} {}", &path[..end])),
        None if path.is_empty() => None,
        None => Some(example.to_owned()),
    }
}

/// `example 2 a.b` is the place `a.b` of `example 2`.
fn place(name: &str) -> Option<(&str, &str)> {
    let rest = name.strip_prefix("example")?;
    let numbered = rest.trim_start().split(' ').next().filter(|word| word.parse::<usize>().is_ok());
    let end = numbered.map_or("example".len(), |word| "example ".len() + word.len());
    Some((&name[..end], name[end..].trim_start()))
}

/// Whether a block is on the one side and not on the other.
fn is_lost(here: &Section, there: &Section, block: &str) -> bool {
    here.blocks.contains_key(block) && !there.blocks.contains_key(block)
}

/// ``row `card_id` ``; a place of an example as such.
fn told(name: &str) -> String {
    match (place(name), name.split_once(' ')) {
        (Some((example, "")), _) => example.to_owned(),
        (Some((example, path)), _) => format!("`{path}` of {example}"),
        (None, Some((word, rest))) => format!("{word} `{rest}`"),
        (None, None) => name.to_owned(),
    }
}

/// Paragraphs have no names: those that stayed are lined up, and what is left between them is told.
fn notes(old: &[String], page: &Recorded, out: &mut Vec<Change>) {
    let new = &page.section.notes;
    let mut push = |at: usize, said: Option<&Said>, message: String| {
        let block = format!("note {}", at + 1);
        let message = format!("{block} {message}");
        out.push(Change::of_block(page, block, said.cloned(), message));
    };
    let (mut a, mut b) = (0, 0);
    for (x, y) in aligned(old, new).into_iter().chain([(old.len(), new.len())]) {
        // What lies between two that stayed: as many as both sides have were changed.
        while a < x && b < y {
            let said = page.notes.get(b);
            let text = said.map(|said| said.text.as_str()).unwrap_or_default();
            push(b, said, format!("changed{}", differing(&old[a], &new[b], text)));
            a += 1;
            b += 1;
        }
        match x - a {
            0 => {}
            1 => push(b, None, "is gone, or joined another".to_owned()),
            more => push(b, None, format!("and those behind it, {more} in all, are gone")),
        }
        for at in b..y {
            push(at, page.notes.get(at), "is new".to_owned());
        }
        a = x + 1;
        b = y + 1;
    }
}

/// The longest row of equal fingerprints: pairs of places.
fn aligned(old: &[String], new: &[String]) -> Vec<(usize, usize)> {
    let mut longest = vec![vec![0_usize; new.len() + 1]; old.len() + 1];
    for a in (0..old.len()).rev() {
        for b in (0..new.len()).rev() {
            longest[a][b] =
                if old[a] == new[b] { longest[a + 1][b + 1] + 1 } else { longest[a + 1][b].max(longest[a][b + 1]) };
        }
    }
    let (mut a, mut b) = (0, 0);
    let mut pairs = Vec::new();
    while a < old.len() && b < new.len() {
        if old[a] == new[b] {
            pairs.push((a, b));
            (a, b) = (a + 1, b + 1);
        } else if longest[a + 1][b] >= longest[a][b + 1] {
            a += 1;
        } else {
            b += 1;
        }
    }
    pairs
}

/// `: 62 days, was 31`, where numbers differ.
fn differing(old: &str, new: &str, text: &str) -> String {
    let (old, new) = (numbers(old), numbers(new));
    let lost: Vec<&str> = old.iter().filter(|number| !new.contains(number)).copied().collect();
    let come: Vec<String> =
        new.iter().filter(|number| !old.contains(number)).map(|number| with_unit(number, text)).collect();
    match (come.is_empty(), lost.is_empty()) {
        (true, true) => ": the words are others".to_owned(),
        (false, true) => format!(": {} is new", come.join(", ")),
        (true, false) => format!(": {} is gone", lost.join(", ")),
        (false, false) => format!(": {}, was {}", come.join(", "), lost.join(", ")),
    }
}

/// A number with the word behind it: `62 days`, `1MB`, `48字节`.
fn with_unit(number: &str, text: &str) -> String {
    let Some((_, behind)) = text.split_once(number) else { return number.to_owned() };
    let blank = if behind.starts_with(' ') { " " } else { "" };
    let unit: String = behind.trim_start().chars().take_while(|c| c.is_alphabetic()).take(8).collect();
    if unit.is_empty() { number.to_owned() } else { format!("{number}{blank}{unit}") }
}
