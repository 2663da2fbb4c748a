//! Where every node of a YAML file stands.

use std::collections::HashMap;
use std::fmt;
use std::sync::{Arc, OnceLock};

use saphyr_parser::{Event, Marker, Parser};

/// A stretch of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Span {
    /// The first byte.
    pub start: usize,
    /// The byte behind the last.
    pub end: usize,
    /// The line of the first byte, from 1.
    pub line: usize,
    /// The column of the first byte in characters, from 1.
    pub column: usize,
}

/// The text of a file and, computed when first asked for, the position of each node.
#[derive(Clone)]
pub struct SourceMap {
    path: Arc<str>,
    text: Arc<str>,
    index: Arc<OnceLock<Index>>,
}

#[derive(Default)]
struct Index {
    keys: HashMap<String, Span>,
    values: HashMap<String, Span>,
    duplicates: Vec<(Span, Span, String)>,
}

impl fmt::Debug for SourceMap {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("SourceMap").field(&self.path).finish()
    }
}

impl SourceMap {
    /// A map of this text; `path` is how messages name the file.
    #[must_use]
    pub fn new(path: &str, text: &str) -> Self {
        Self { path: path.into(), text: text.into(), index: Arc::default() }
    }

    /// How messages name the file.
    #[must_use]
    pub fn path(&self) -> &Arc<str> {
        &self.path
    }

    /// The whole text.
    #[must_use]
    pub fn text(&self) -> &Arc<str> {
        &self.text
    }

    /// The position of the key of a node, or of the node when it has no key.
    #[must_use]
    pub fn key(&self, node: &str) -> Span {
        let index = self.index();
        index.keys.get(node).copied().unwrap_or_else(|| self.value(node))
    }

    /// The position of a node; of the nearest one around it when it is not there.
    #[must_use]
    pub fn value(&self, node: &str) -> Span {
        let index = self.index();
        let mut node = node;
        loop {
            if let Some(span) = index.values.get(node) {
                return *span;
            }
            match node.rfind(SEPARATOR) {
                Some(at) => node = &node[..at],
                None => return Span { start: 0, end: 0, line: 1, column: 1 },
            }
        }
    }

    /// Keys that occur twice in one mapping: the first, the second and the name.
    #[must_use]
    pub fn duplicates(&self) -> &[(Span, Span, String)] {
        &self.index().duplicates
    }

    /// The position of a byte offset.
    #[must_use]
    pub fn at_byte(&self, byte: usize) -> Span {
        let mut start = byte.min(self.text.len());
        while !self.text.is_char_boundary(start) {
            start -= 1;
        }
        let before = &self.text[..start];
        let line_start = before.rfind('\n').map_or(0, |at| at + 1);
        let end = self.text[start..].chars().next().map_or(start, |c| start + c.len_utf8());
        Span { start, end, line: before.matches('\n').count() + 1, column: before[line_start..].chars().count() + 1 }
    }

    /// The position of a line and column, both from 1; columns count characters.
    #[must_use]
    pub fn at_line(&self, line: usize, column: usize) -> Span {
        let before: usize = self.text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
        let rest = &self.text[before..];
        let column = rest.char_indices().nth(column.saturating_sub(1)).map_or(rest.len(), |(at, _)| at);
        self.at_byte(before + column)
    }

    /// The positions of a node's key and of the node, by its path for people; none when it is not there.
    #[must_use]
    pub(crate) fn entry(&self, path: &str) -> Option<(Span, Span)> {
        let wanted = path.replace('[', ".").replace(']', "");
        let is_it = |node: &&String| node.split(SEPARATOR).skip(1).eq(wanted.split('.').filter(|_| !wanted.is_empty()));
        let node = self.index().values.keys().filter(is_it).min()?;
        Some((self.key(node), self.value(node)))
    }

    fn index(&self) -> &Index {
        self.index.get_or_init(|| Builder::new(&self.text).build())
    }
}

/// Separates the segments of a node's path: a character no key holds.
const SEPARATOR: char = '\u{1f}';

struct Builder<'a> {
    text: &'a str,
    line_starts: Vec<usize>,
    index: Index,
    stack: Vec<Level>,
}

enum Level {
    Map { path: String, start: Marker, pending: Option<String>, seen: HashMap<String, Span> },
    List { path: String, start: Marker, next: usize },
}

impl<'a> Builder<'a> {
    fn new(text: &'a str) -> Self {
        let line_starts = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
        Self { text, line_starts, index: Index::default(), stack: Vec::new() }
    }

    fn build(mut self) -> Index {
        let mut parser = Parser::new_from_str(self.text);
        while let Some(Ok((event, span))) = parser.next_event() {
            match event {
                Event::Scalar(value, ..) => self.scalar(&value, span.start, span.end),
                Event::Alias(_) => {
                    let path = self.child_path();
                    self.place(path, span.start, span.end);
                }
                Event::MappingStart(..) => {
                    let path = self.child_path();
                    self.stack.push(Level::Map { path, start: span.start, pending: None, seen: HashMap::new() });
                }
                Event::SequenceStart(..) => {
                    let path = self.child_path();
                    self.stack.push(Level::List { path, start: span.start, next: 0 });
                }
                Event::MappingEnd | Event::SequenceEnd => self.close(span.end),
                _ => {}
            }
        }
        self.index
    }

    fn scalar(&mut self, value: &str, start: Marker, end: Marker) {
        if matches!(self.stack.last(), Some(Level::Map { pending: None, .. })) {
            self.map_key(value, start, end);
            return;
        }
        let path = self.child_path();
        self.place(path, start, end);
    }

    fn map_key(&mut self, value: &str, start: Marker, end: Marker) {
        let span = self.span(start, end);
        let Some(Level::Map { path, pending, seen, .. }) = self.stack.last_mut() else {
            return;
        };
        if let Some(first) = seen.insert(value.to_owned(), span) {
            self.index.duplicates.push((first, span, value.to_owned()));
        }
        let child = join(path, value);
        *pending = Some(child.clone());
        self.index.keys.insert(child, span);
    }

    /// The path of the node that begins now.
    fn child_path(&mut self) -> String {
        match self.stack.last_mut() {
            None => String::new(),
            Some(Level::Map { pending, path, .. }) => pending.take().unwrap_or_else(|| path.clone()),
            Some(Level::List { path, next, .. }) => {
                *next += 1;
                join(path, &(*next - 1).to_string())
            }
        }
    }

    fn close(&mut self, end: Marker) {
        if let Some(Level::Map { path, start, .. } | Level::List { path, start, .. }) = self.stack.pop() {
            self.place(path, start, end);
        }
    }

    fn place(&mut self, path: String, start: Marker, end: Marker) {
        let span = self.span(start, end);
        self.index.values.insert(path, span);
    }

    fn span(&self, start: Marker, end: Marker) -> Span {
        let from = self.byte(start);
        let to = self.byte(end).max(from);
        // The parser ends a block where the next token begins; the blank space between is not ours.
        let trimmed = self.text[from..to].trim_end().len();
        Span { start: from, end: from + trimmed, line: start.line(), column: start.col() + 1 }
    }

    fn byte(&self, marker: Marker) -> usize {
        let Some(&line) = self.line_starts.get(marker.line().saturating_sub(1)) else {
            return self.text.len();
        };
        self.text[line..].char_indices().nth(marker.col()).map_or(self.text.len(), |(at, _)| line + at)
    }
}

fn join(path: &str, segment: &str) -> String {
    let mut joined = String::with_capacity(path.len() + segment.len() + 1);
    joined.push_str(path);
    joined.push(SEPARATOR);
    joined.push_str(segment);
    joined
}

/// One step from a node to a child.
#[derive(Debug, Clone, Copy)]
pub enum Seg<'a> {
    /// Into a mapping.
    Key(&'a str),
    /// Into a list.
    Index(usize),
}

/// A node of a file, as a chain on the stack: nothing is allocated until a message needs it.
#[derive(Debug, Clone, Copy)]
pub struct Node<'a> {
    map: &'a SourceMap,
    parent: Option<&'a Node<'a>>,
    seg: Seg<'a>,
}

impl<'a> Node<'a> {
    /// The top of a file.
    #[must_use]
    pub fn root(map: &'a SourceMap) -> Self {
        Self { map, parent: None, seg: Seg::Index(0) }
    }

    /// The child under a key.
    #[must_use]
    pub fn key<'b>(&'b self, key: &'b str) -> Node<'b>
    where
        'a: 'b,
    {
        Node { map: self.map, parent: Some(self), seg: Seg::Key(key) }
    }

    /// An item of a list.
    #[must_use]
    pub fn index<'b>(&'b self, index: usize) -> Node<'b>
    where
        'a: 'b,
    {
        Node { map: self.map, parent: Some(self), seg: Seg::Index(index) }
    }

    /// The file.
    #[must_use]
    pub fn map(&self) -> &'a SourceMap {
        self.map
    }

    /// Where the node's key stands.
    #[must_use]
    pub fn key_span(&self) -> Span {
        self.map.key(&self.joined(SEPARATOR))
    }

    /// Where the node itself stands.
    #[must_use]
    pub fn span(&self) -> Span {
        self.map.value(&self.joined(SEPARATOR))
    }

    /// Whether the file has this node.
    #[must_use]
    pub fn exists(&self) -> bool {
        self.map.index().values.contains_key(&self.joined(SEPARATOR))
    }

    /// Whether this is the last key on the way to the node.
    #[must_use]
    pub(crate) fn is_at(&self, key: &str) -> bool {
        matches!(self.seg, Seg::Key(last) if last == key)
    }

    /// The path for people: `request.code.max`.
    #[must_use]
    pub fn path(&self) -> String {
        let mut path = String::new();
        self.write_path(&mut path);
        path
    }

    fn write_path(&self, out: &mut String) {
        let Some(parent) = self.parent else { return };
        parent.write_path(out);
        match self.seg {
            Seg::Key(key) => {
                if !out.is_empty() {
                    out.push('.');
                }
                out.push_str(key);
            }
            Seg::Index(index) => {
                out.push('[');
                out.push_str(&index.to_string());
                out.push(']');
            }
        }
    }

    fn joined(&self, separator: char) -> String {
        let Some(parent) = self.parent else { return String::new() };
        let mut path = parent.joined(separator);
        path.push(separator);
        match self.seg {
            Seg::Key(key) => path.push_str(key),
            Seg::Index(index) => path.push_str(&index.to_string()),
        }
        path
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters_also_after_chinese() {
        let map = SourceMap::new("x.yaml", "a: { zh: 查询卡券, en: x }\nb:\n  - 中: 1\n");
        let root = Node::root(&map);
        let a = root.key("a");
        let span = a.key("en").key_span();
        assert_eq!((span.line, span.column), (1, 16));
        assert_eq!(&map.text()[span.start..span.end], "en");
        let b = root.key("b");
        let item = b.index(0);
        let value = item.key("中").span();
        assert_eq!((value.line, value.column), (3, 8));
        assert_eq!(item.key("中").path(), "b[0].中");
    }

    #[test]
    fn both_places_of_a_duplicate_key_are_known() {
        let map = SourceMap::new("x.yaml", "a: 1\nb: 2\na: 3\n");
        let [(first, second, name)] = map.duplicates() else { panic!("one duplicate") };
        assert_eq!((first.line, second.line, name.as_str()), (1, 3, "a"));
    }

    #[test]
    fn a_missing_node_is_placed_at_the_nearest_one_around_it() {
        let map = SourceMap::new("x.yaml", "a:\n  b: 1\n");
        let root = Node::root(&map);
        let a = root.key("a");
        assert_eq!(a.key("zz").span().line, 2);
    }
}
