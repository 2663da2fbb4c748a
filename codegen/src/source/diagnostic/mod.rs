//! What is wrong with a spec, where, and what to do.

mod code;
mod machine;
mod render;

use std::sync::Arc;

pub use code::Code;
pub use machine::{annotations, json};
pub use render::render;

use crate::source::{Node, SourceMap, Span};

/// One fault.
#[derive(Debug, Clone)]
pub struct Diagnostic {
    /// Its stable code.
    pub code: Code,
    /// What is wrong, in one line.
    pub message: String,
    /// The path of the node inside the file: `request.code.max`.
    pub path: String,
    /// Where it is.
    pub primary: Label,
    /// Other places that belong to it.
    pub others: Vec<Label>,
    /// What to do.
    pub help: Option<String>,
    /// The name that nobody defines or uses: where something broken holds it, this is no fault.
    pub(crate) about: Option<String>,
    /// The name that was probably meant, which is therefore no unused one.
    pub(crate) meant: Option<String>,
}

/// A place with a few words.
#[derive(Debug, Clone)]
pub struct Label {
    /// The file, relative to the spec folder.
    pub file: Arc<str>,
    /// Its text, for the excerpt.
    pub source: Arc<str>,
    /// The stretch to mark.
    pub span: Span,
    /// What to write beside it.
    pub text: String,
}

impl Label {
    /// No place in any file.
    #[must_use]
    pub(crate) fn nowhere() -> Self {
        Self { file: "".into(), source: "".into(), span: Span::default(), text: String::new() }
    }

    /// Whether there is a file to show.
    #[must_use]
    pub fn is_somewhere(&self) -> bool {
        self.span.line > 0
    }

    /// A stretch of a file.
    #[must_use]
    pub fn new(map: &SourceMap, span: Span, text: impl Into<String>) -> Self {
        Self { file: map.path().clone(), source: map.text().clone(), span, text: text.into() }
    }

    /// A node of a file.
    #[must_use]
    pub fn node(node: &Node<'_>, text: impl Into<String>) -> Self {
        Self::new(node.map(), node.span(), text)
    }

    /// The key of a node of a file.
    #[must_use]
    pub fn key(node: &Node<'_>, text: impl Into<String>) -> Self {
        Self::new(node.map(), node.key_span(), text)
    }
}

impl Diagnostic {
    /// A fault at one place.
    #[must_use]
    pub fn new(code: Code, message: impl Into<String>, primary: Label) -> Self {
        Self {
            code,
            message: visible(&message.into()),
            path: String::new(),
            primary,
            others: Vec::new(),
            help: None,
            about: None,
            meant: None,
        }
    }

    /// A fault of a node: its value is marked.
    #[must_use]
    pub fn at(code: Code, node: &Node<'_>, message: impl Into<String>, label: impl Into<String>) -> Self {
        let mut diagnostic = Self::new(code, message, Label::node(node, label));
        diagnostic.path = visible(&node.path());
        diagnostic
    }

    /// A fault of a node: its key is marked.
    #[must_use]
    pub fn at_key(code: Code, node: &Node<'_>, message: impl Into<String>, label: impl Into<String>) -> Self {
        let mut diagnostic = Self::new(code, message, Label::key(node, label));
        diagnostic.path = visible(&node.path());
        diagnostic
    }

    /// With another place.
    #[must_use]
    pub fn also(mut self, label: Label) -> Self {
        self.others.push(label);
        self
    }

    /// With the name that is missed, or not used.
    #[must_use]
    pub(crate) fn about(mut self, name: &str) -> Self {
        self.about = Some(name.to_owned());
        self
    }

    /// With the name that was probably meant, or else advice.
    #[must_use]
    pub(crate) fn meant<H: Into<String>>(mut self, near: Option<&str>, otherwise: impl FnOnce() -> H) -> Self {
        self.meant = near.map(str::to_owned);
        match near {
            Some(near) => self.help(format!("did you mean `{near}`?")),
            None => self.help(otherwise()),
        }
    }

    /// With advice.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }
}

/// Messages quote the spec, where names may hold what a terminal would obey.
fn visible(text: &str) -> String {
    let plain = |c: char| matches!(c, '"' | '\'' | '\\');
    text.chars().map(|c| if plain(c) { c.to_string() } else { c.escape_debug().to_string() }).collect()
}

/// In the order in which a person would mend them, by file, line and column, and each once: what has three views
/// is looked at three times.
pub fn sort(diagnostics: &mut Vec<Diagnostic>) {
    diagnostics.sort_by(|a, b| {
        (&a.primary.file, a.primary.span.start, a.code.name(), &a.message).cmp(&(
            &b.primary.file,
            b.primary.span.start,
            b.code.name(),
            &b.message,
        ))
    });
    diagnostics.dedup_by(|a, b| {
        let key = |it: &Diagnostic| (it.code, it.primary.span);
        key(a) == key(b) && a.primary.file == b.primary.file && a.message == b.message
    });
}
