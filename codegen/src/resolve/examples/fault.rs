//! One way in which an example breaks the spec.

use crate::diagnostic::{Code, Diagnostic};
use crate::model::nearest;
use crate::resolve::context::Context;
use crate::source::Node;

/// One way in which a value breaks the spec.
pub(super) struct Fault {
    path: Vec<String>,
    message: String,
    /// For a key that nobody knows: the nearest one that somebody does.
    unknown: Option<Option<String>>,
}

impl Fault {
    pub(super) fn new(message: impl Into<String>) -> Self {
        Self { path: Vec::new(), message: message.into(), unknown: None }
    }

    pub(super) fn unknown<'k>(key: &str, known: impl Iterator<Item = &'k str>) -> Self {
        let near = nearest(key, known).map(str::to_owned);
        Self { unknown: Some(near), ..Self::new(format!("the spec has no field `{key}` here")) }.inside(key)
    }

    pub(super) fn inside(mut self, segment: &str) -> Self {
        self.path.insert(0, segment.to_owned());
        self
    }

    pub(super) fn report<'n>(self, cx: &Context<'_>, at: &Node<'n>) {
        let child = |node: Node<'n>, step: &String| match step.parse() {
            Ok(index) => node.index(index),
            Err(_) => node.key(step),
        };
        let node = &self.path.iter().fold(at.clone(), child);
        let fault = match &self.unknown {
            Some(_) => Diagnostic::at_key(Code::BadExample, node, self.message.as_str(), "in this example"),
            None => Diagnostic::at(Code::BadExample, node, self.message.as_str(), "in this example"),
        };
        let near = self.unknown.as_ref().and_then(|near| near.as_deref());
        let fault = fault.meant(near, || "mend the example, or the spec if the page really shows this");
        cx.report(match (&self.unknown, self.path.last()) {
            (Some(_), Some(key)) => fault.about(key),
            _ => fault,
        });
    }
}
