//! What could not be read: unknown, and therefore whatever the rest of the spec needs it to be.

use std::collections::{BTreeSet, HashSet};
use std::sync::Arc;

use super::{Node, SourceMap, Span};
use crate::diagnostic::Diagnostic;

/// The broken nodes of a spec. What is said of them, or of a name that they hold, would be a consequence.
#[derive(Debug, Clone, Default)]
pub(crate) struct Unread {
    nodes: BTreeSet<(Arc<str>, String)>,
    words: HashSet<String>,
}

impl Unread {
    /// A node that is broken, or missing.
    pub(crate) fn node(&mut self, at: &Node<'_>) {
        self.nodes.insert((at.map().path().clone(), at.path()));
        if at.exists() {
            self.stretch(at.map(), at.span());
        }
    }

    /// A whole file.
    pub(crate) fn file(&mut self, map: &SourceMap) {
        self.nodes.insert((map.path().clone(), String::new()));
        self.mention(map.text());
    }

    /// A stretch of a file that no node stands for.
    pub(crate) fn stretch(&mut self, map: &SourceMap, span: Span) {
        self.mention(map.text().get(span.start..span.end).unwrap_or_default());
    }

    /// Whatever a text names may be defined or used there.
    pub(crate) fn mention(&mut self, text: &str) {
        let words = text.split(|c: char| !(c.is_alphanumeric() || matches!(c, '_' | '-')));
        self.words.extend(words.filter(|word| !word.is_empty()).map(str::to_owned));
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.nodes.is_empty() && self.words.is_empty()
    }

    pub(crate) fn add(&mut self, other: Self) {
        self.nodes.extend(other.nodes);
        self.words.extend(other.words);
    }

    /// Whether a broken node names this.
    pub(crate) fn mentions(&self, name: &str) -> bool {
        self.words.contains(name)
    }

    /// Whether a fault follows from what is broken.
    pub(crate) fn explains(&self, fault: &Diagnostic) -> bool {
        if self.is_empty() {
            return false;
        }
        let file = &fault.primary.file;
        let inside = |length: usize| self.nodes.contains(&(file.clone(), fault.path[..length].to_owned()));
        let mut ends = fault.path.match_indices(['.', '[']).map(|(at, _)| at).chain([0, fault.path.len()]);
        ends.any(inside) || fault.about.as_ref().is_some_and(|name| self.mentions(name))
    }
}
