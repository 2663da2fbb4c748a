//! What could not be read: unknown, and therefore whatever the rest of the spec needs it to be.

use std::collections::{BTreeSet, HashSet};
use std::sync::Arc;

use super::diagnostic::{Code, Diagnostic};
use super::{Node, SourceMap, Span};

/// The broken nodes of a spec. What is said of them, or of a name that they hold, would be a consequence.
#[derive(Debug, Clone, Default)]
pub(crate) struct Unread {
    nodes: BTreeSet<(Arc<str>, String)>,
    words: HashSet<String>,
    /// Characters that were read as what they were typed for.
    scars: Vec<(Arc<str>, Span)>,
    /// Files in which a broken node may have used anything.
    loose: HashSet<Arc<str>>,
    /// Whether a reference is broken that may have been one to anything of the whole spec.
    lost: bool,
}

/// Keys whose values are names of what stands anywhere in the spec.
const REFERENCES: &[&str] = &["type", "view", "views", "include", "in"];

impl Unread {
    /// A node that is broken, or missing.
    pub(crate) fn node(&mut self, at: &Node<'_>) {
        self.nodes.insert((at.map().path().clone(), at.path()));
        if at.exists() {
            self.stretch(at.map(), at.span());
        }
        self.lost |= REFERENCES.contains(&at.name());
    }

    /// A node in whose place anything may have stood.
    pub(crate) fn anything(&mut self, at: &Node<'_>) {
        self.loose.insert(at.map().path().clone());
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

    /// A stretch of a file that was mended.
    pub(crate) fn scar(&mut self, fault: &Diagnostic) {
        self.scars.push((fault.primary.file.clone(), fault.primary.span));
    }

    /// Whatever a text names may be defined or used there.
    pub(crate) fn mention(&mut self, text: &str) {
        let words = text.split(|c: char| !(c.is_alphanumeric() || matches!(c, '_' | '-')));
        self.words.extend(words.filter(|word| !word.is_empty()).map(str::to_owned));
    }

    pub(crate) fn add(&mut self, other: Self) {
        self.nodes.extend(other.nodes);
        self.words.extend(other.words);
        self.scars.extend(other.scars);
        self.loose.extend(other.loose);
        self.lost |= other.lost;
    }

    /// Whether a broken node names this.
    pub(crate) fn mentions(&self, name: &str) -> bool {
        self.words.contains(name)
    }

    /// Whether a fault follows from what is broken.
    pub(crate) fn explains(&self, fault: &Diagnostic) -> bool {
        self.names(fault) || self.holds(fault) || self.hurts(fault)
    }

    /// Whether what the fault misses, or finds unused, may be in what is broken.
    fn names(&self, fault: &Diagnostic) -> bool {
        let unseen = || self.lost || self.loose.contains(&fault.primary.file);
        fault.about.as_ref().is_some_and(|name| self.mentions(name)) || (fault.code == Code::Unused && unseen())
    }

    /// Whether the fault is one of a broken node, or of the lack of one.
    fn holds(&self, fault: &Diagnostic) -> bool {
        if self.nodes.is_empty() {
            return false;
        }
        let key = |path: &str| (fault.primary.file.clone(), path.to_owned());
        let mut ends = fault.path.match_indices(['.', '[']).map(|(at, _)| at).chain([0, fault.path.len()]);
        if ends.any(|end| self.nodes.contains(&key(&fault.path[..end]))) {
            return true;
        }
        let prefix = key(&fault.path);
        let after = self
            .nodes
            .range(prefix.clone()..)
            .take_while(|(file, path)| *file == prefix.0 && path.starts_with(&prefix.1));
        let mut children = after
            .filter_map(|(_, path)| path[prefix.1.len()..].strip_prefix('.').or(prefix.1.is_empty().then_some(path)));
        children.any(|child| lacks(fault.code, child))
    }

    /// Whether the fault is one of what was mended.
    fn hurts(&self, fault: &Diagnostic) -> bool {
        let Span { start, end, line, .. } = fault.primary.span;
        let inside = |span: &Span| span.line == line && (start..=end).contains(&span.start);
        self.scars.iter().any(|(file, span)| *file == fault.primary.file && inside(span))
    }
}

/// Whether a fault of a node may be that it lacks a child, which is there and broken.
fn lacks(code: Code, child: &str) -> bool {
    match code {
        Code::MissingText => matches!(child, "doc" | "en" | "zh" | "type"),
        Code::MissingSource => child == "source",
        Code::BadType | Code::BadRule | Code::BadUnion | Code::BadExample => !child.contains(['.', '[']),
        _ => false,
    }
}
