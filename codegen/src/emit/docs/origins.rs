//! Where the statements of a table or list were read: below it, folded, the statements by their sources.

use super::markdown::{code, link};
use super::page::{Fold, Page};
use crate::model::Source;

/// Statements with where each was read.
#[derive(Default)]
pub(super) struct Origins {
    /// What was read in the same places: finished Markdown that names it.
    groups: Vec<(Vec<Source>, Vec<String>)>,
}

impl Origins {
    /// One more statement.
    pub(super) fn add<'s>(&mut self, name: String, sources: impl IntoIterator<Item = &'s Source>) {
        let mut own: Vec<Source> = Vec::new();
        for source in sources {
            if !own.contains(source) {
                own.push(source.clone());
            }
        }
        match self.groups.iter_mut().find(|(known, _)| *known == own) {
            Some((_, names)) => names.push(name),
            None => self.groups.push((own, vec![name])),
        }
    }

    /// A field, by its path and the place where it stands.
    pub(super) fn field<'s>(&mut self, path: &str, anchor: &str, sources: impl IntoIterator<Item = &'s Source>) {
        self.add(link(&code(path), &format!("#{anchor}")), sources);
    }

    /// Writes them. Where all come from the same places, their names would tell nothing.
    pub(super) fn fold(mut self, page: &mut Page<'_>) {
        let words = page.docs.words;
        self.groups.retain(|(sources, _)| !sources.is_empty());
        let alone = self.groups.len() == 1;
        let line = |(sources, names): &(Vec<Source>, Vec<String>)| {
            let read = page.passages(sources);
            if alone { read } else { format!("{read}{}{}", words.colon, names.join(words.comma)) }
        };
        let lines: Vec<String> = self.groups.iter().map(line).collect();
        if !lines.is_empty() {
            page.open(Fold::Closed, words.sources);
            page.bullets(&lines);
            page.close();
        }
    }
}

/// A list of statements in words, such as rules, with where each was read.
pub(super) fn list(page: &mut Page<'_>, statements: Vec<(String, &[Source])>) {
    let mut origins = Origins::default();
    let mut lines = Vec::new();
    for (index, (line, sources)) in statements.into_iter().enumerate() {
        origins.add((index + 1).to_string(), sources);
        lines.push(line);
    }
    page.numbered(&lines);
    origins.fold(page);
}
