//! The place of a node of a file, as a plain value.

use std::rc::Rc;

use super::index::SEPARATOR;
use super::{SourceMap, Span};

/// One step from a node to a child.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Seg {
    /// Into a mapping.
    Key(Box<str>),
    /// Into a list.
    Index(usize),
}

/// The place of a node, whether the file has it or not: `root.key("request").key("code")`.
#[derive(Debug, Clone)]
pub struct Node<'a> {
    map: &'a SourceMap,
    link: Option<Rc<Link>>,
}

#[derive(Debug)]
struct Link {
    parent: Option<Rc<Self>>,
    seg: Seg,
}

impl<'a> Node<'a> {
    /// The top of a file.
    #[must_use]
    pub fn root(map: &'a SourceMap) -> Self {
        Self { map, link: None }
    }

    fn child(&self, seg: Seg) -> Self {
        Self { map: self.map, link: Some(Rc::new(Link { parent: self.link.clone(), seg })) }
    }

    /// The child under a key.
    #[must_use]
    pub fn key(&self, key: &str) -> Self {
        self.child(Seg::Key(key.into()))
    }

    /// An item of a list.
    #[must_use]
    pub fn index(&self, index: usize) -> Self {
        self.child(Seg::Index(index))
    }

    /// The node that several keys lead to.
    #[must_use]
    pub fn below<K: AsRef<str>>(&self, keys: &[K]) -> Self {
        keys.iter().fold(self.clone(), |node, key| node.key(key.as_ref()))
    }

    /// The file.
    #[must_use]
    pub fn map(&self) -> &'a SourceMap {
        self.map
    }

    /// Where the node's key stands.
    #[must_use]
    pub fn key_span(&self) -> Span {
        self.map.key(&self.joined())
    }

    /// Where the node itself stands.
    #[must_use]
    pub fn span(&self) -> Span {
        self.map.value(&self.joined())
    }

    /// Whether the file has this node.
    #[must_use]
    pub fn exists(&self) -> bool {
        self.map.has(&self.joined())
    }

    /// Whether this is the last key on the way to the node.
    #[must_use]
    pub(crate) fn is_at(&self, key: &str) -> bool {
        self.link.as_ref().is_some_and(|link| matches!(&link.seg, Seg::Key(last) if **last == *key))
    }

    /// The path for people: `request.code.max`.
    #[must_use]
    pub fn path(&self) -> String {
        let mut path = String::new();
        for link in self.links() {
            match &link.seg {
                Seg::Key(key) => {
                    if !path.is_empty() {
                        path.push('.');
                    }
                    path.push_str(key);
                }
                Seg::Index(index) => path.push_str(&format!("[{index}]")),
            }
        }
        path
    }

    /// The way to the node as the map of the file has it.
    pub(crate) fn joined(&self) -> String {
        let mut path = String::new();
        for link in self.links() {
            path.push(SEPARATOR);
            match &link.seg {
                Seg::Key(key) => path.push_str(key),
                Seg::Index(index) => path.push_str(&index.to_string()),
            }
        }
        path
    }

    /// The last key on the way to the node.
    pub(crate) fn name(&self) -> &str {
        match self.link.as_ref().map(|link| &link.seg) {
            Some(Seg::Key(key)) => key,
            _ => "",
        }
    }

    fn links(&self) -> Vec<&Link> {
        let mut links: Vec<&Link> =
            std::iter::successors(self.link.as_deref(), |link| link.parent.as_deref()).collect();
        links.reverse();
        links
    }
}
