//! Where every node of a YAML file stands.

use std::fmt;
use std::sync::{Arc, OnceLock};

use super::Span;
use super::index::{Duplicate, Index, SEPARATOR, deepest, join, may_nest};

/// The text of a file and, computed when first asked for, the position of each node.
#[derive(Clone)]
pub struct SourceMap {
    path: Arc<str>,
    text: Arc<str>,
    /// The text as it was meant, byte for byte as long.
    meant: Arc<str>,
    index: Arc<OnceLock<Index>>,
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
        let text: Arc<str> = text.into();
        Self { path: path.into(), meant: text.clone(), text, index: Arc::default() }
    }

    /// As deep as lists and mappings may nest.
    pub(crate) const DEEPEST: usize = 64;

    /// The same text, read as it was meant; both are equally long.
    pub(crate) fn mended(self, meant: &str) -> Self {
        Self { meant: meant.into(), index: Arc::default(), ..self }
    }

    /// The same file, in which keys are also found under the names that were meant: pairs of the way to what is
    /// written, and the key that was meant.
    pub(crate) fn renamed(self, keys: &[(String, String)]) -> Self {
        if keys.is_empty() {
            return self;
        }
        let mut index = self.index().clone();
        for (from, meant) in keys {
            let to = join(from.rfind(SEPARATOR).map_or("", |at| &from[..at]), meant);
            for spans in [&mut index.keys, &mut index.values] {
                let below = |path: &str| {
                    let rest = path.strip_prefix(from.as_str())?;
                    (rest.is_empty() || rest.starts_with(SEPARATOR)).then(|| format!("{to}{rest}"))
                };
                let moved: Vec<_> = spans.iter().filter_map(|(path, span)| Some((below(path)?, *span))).collect();
                spans.extend(moved);
            }
        }
        Self { index: Arc::new(OnceLock::from(index)), ..self }
    }

    /// Whether the file has a node.
    pub(crate) fn has(&self, node: &str) -> bool {
        self.index().values.contains_key(node)
    }

    /// Where the nodes begin to nest deeper than any reader needs; found without reading them.
    pub(crate) fn too_deep(&self) -> Option<Span> {
        if !may_nest(&self.meant, Self::DEEPEST) {
            return None;
        }
        deepest(&self.meant, Self::DEEPEST).map(|(line, column)| self.at_line(line, column))
    }

    /// Why the text is no YAML, and where.
    pub(crate) fn no_yaml(&self) -> Option<(&str, Span)> {
        self.index().no_yaml.as_ref().map(|(message, span)| (message.as_str(), *span))
    }

    /// Where the list or mapping begins in which the text ends to be YAML.
    pub(crate) fn left_open(&self) -> Option<Span> {
        self.index().left_open
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

    /// Keys that occur twice in one mapping.
    pub(crate) fn duplicates(&self) -> &[Duplicate] {
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

    fn index(&self) -> &Index {
        self.index.get_or_init(|| Index::of(&self.meant, &self.text))
    }
}

#[cfg(test)]
mod tests {
    use super::super::Node;
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
        let [twice] = map.duplicates() else { panic!("one duplicate") };
        assert_eq!((twice.first.line, twice.second.line, twice.name.as_str()), (1, 3, "a"));
        assert_eq!(&map.text()[twice.second.start..twice.end], "a: 3");
    }

    #[test]
    fn a_missing_node_is_placed_at_the_nearest_one_around_it() {
        let map = SourceMap::new("x.yaml", "a:\n  b: 1\n");
        let root = Node::root(&map);
        let a = root.key("a");
        assert_eq!(a.key("zz").span().line, 2);
    }
}
