//! Where the nodes of a text stand, by their paths.

use std::collections::HashMap;

use saphyr_parser::{Event, Marker, Parser};

use super::Span;

/// A key that occurs twice in one mapping.
#[derive(Debug, Clone)]
pub(crate) struct Duplicate {
    pub(crate) first: Span,
    pub(crate) second: Span,
    /// Where the second entry ends.
    pub(crate) end: usize,
    pub(crate) name: String,
}

#[derive(Default, Clone)]
pub(crate) struct Index {
    pub(crate) keys: HashMap<String, Span>,
    pub(crate) values: HashMap<String, Span>,
    pub(crate) duplicates: Vec<Duplicate>,
    /// Which of the duplicates a path is.
    twice: HashMap<String, usize>,
    /// Why the text is no YAML, and where.
    pub(crate) no_yaml: Option<(String, Span)>,
    /// What was not closed there.
    pub(crate) left_open: Option<Span>,
}

impl Index {
    /// The places of a text as it was meant, in the text as it is shown; both are equally long.
    pub(crate) fn of(meant: &str, text: &str) -> Self {
        Builder::new(meant, text).build()
    }
}

/// Whether a look at brackets and indentation leaves it possible that nodes nest deeper than this.
pub(crate) fn may_nest(text: &str, most: usize) -> bool {
    let (mut open, mut deepest) = (0_usize, 0);
    for byte in text.bytes() {
        match byte {
            b'[' | b'{' => open += 1,
            b']' | b'}' => open = open.saturating_sub(1),
            _ => continue,
        }
        deepest = deepest.max(open);
    }
    let indented = |line: &str| line.len() - line.trim_start_matches([' ', '-', '?']).len() > most;
    deepest > most || text.lines().any(indented)
}

/// The line and column where nodes begin to nest deeper than this.
pub(crate) fn deepest(text: &str, most: usize) -> Option<(usize, usize)> {
    let mut parser = Parser::new_from_str(text);
    let mut depth = 0_usize;
    while let Some(next) = parser.next_event() {
        let (event, span) = match next {
            Ok(next) => next,
            // The parser has a limit of its own, and reaches it before it tells what it has read.
            Err(error) => {
                let (line, column) = (error.marker().line(), error.marker().col() + 1);
                let before: String = text.lines().take(line.saturating_sub(1)).chain(std::iter::once("")).collect();
                let last = text.lines().nth(line.saturating_sub(1)).unwrap_or_default();
                let last: String = last.chars().take(column).collect();
                return may_nest(&(before + &last), most).then_some((line, column));
            }
        };
        match event {
            Event::MappingStart(..) | Event::SequenceStart(..) => depth += 1,
            Event::MappingEnd | Event::SequenceEnd => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth > most {
            return Some((span.start.line(), span.start.col() + 1));
        }
    }
    None
}

/// Separates the segments of a node's path: a character no key holds.
pub(crate) const SEPARATOR: char = '\u{1f}';

struct Builder<'a> {
    /// What is parsed.
    meant: &'a str,
    /// What is shown; as long, byte for byte.
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
    fn new(meant: &'a str, text: &'a str) -> Self {
        let line_starts = std::iter::once(0).chain(meant.match_indices('\n').map(|(at, _)| at + 1)).collect();
        Self { meant, text, line_starts, index: Index::default(), stack: Vec::new() }
    }

    fn build(mut self) -> Index {
        let mut parser = Parser::new_from_str(self.meant);
        while let Some(next) = parser.next_event() {
            let (event, span) = match next {
                Ok(next) => next,
                Err(error) => {
                    let place = self.span(*error.marker(), *error.marker());
                    self.index.no_yaml = Some((error.info().to_owned(), place));
                    self.index.left_open = self.open();
                    break;
                }
            };
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
        let mut child = join(path, value);
        if let Some(first) = seen.get(value) {
            // Under a path of its own, so that both keep their places.
            child.push_str(&format!("{SEPARATOR}{}", self.index.duplicates.len()));
            let twice = Duplicate { first: *first, second: span, name: value.to_owned(), end: span.end };
            self.index.duplicates.push(twice);
            self.index.twice.insert(child.clone(), self.index.duplicates.len() - 1);
        } else {
            seen.insert(value.to_owned(), span);
        }
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
        if let Some(twice) = self.index.twice.get(&path).and_then(|at| self.index.duplicates.get_mut(*at)) {
            twice.end = twice.end.max(span.end);
        }
        self.index.values.insert(path, span);
    }

    /// The innermost list or mapping that was not closed.
    fn open(&self) -> Option<Span> {
        match self.stack.last()? {
            Level::Map { start, .. } | Level::List { start, .. } => Some(self.span(*start, *start)),
        }
    }

    fn span(&self, start: Marker, end: Marker) -> Span {
        let from = floor(self.text, self.byte(start));
        let to = self.byte(end).max(from);
        // The parser ends a block or a quoted text where the next token begins; the blank space between is not ours, nor
        // is a comment.
        let whole = self.meant.get(from..to).unwrap_or_default();
        let trimmed = quoted(whole).unwrap_or(whole.trim_end()).len();
        let column = match self.line_starts.get(start.line().saturating_sub(1)) {
            Some(line) => self.text[*line..from].chars().count() + 1,
            None => 1,
        };
        Span { start: from, end: ceiling(self.text, from + trimmed), line: start.line().max(1), column }
    }

    fn byte(&self, marker: Marker) -> usize {
        let Some(&line) = self.line_starts.get(marker.line().saturating_sub(1)) else {
            return self.meant.len();
        };
        self.meant[line..].char_indices().nth(marker.col()).map_or(self.meant.len(), |(at, _)| line + at)
    }
}

pub(crate) fn join(path: &str, segment: &str) -> String {
    let mut joined = String::with_capacity(path.len() + segment.len() + 1);
    joined.push_str(path);
    joined.push(SEPARATOR);
    joined.push_str(segment);
    joined
}

/// The quoted text at the beginning, with its quotes; none where there is none.
fn quoted(text: &str) -> Option<&str> {
    let quote = text.chars().next().filter(|first| matches!(first, '"' | '\''))?;
    let mut letters = text.char_indices().skip(1).peekable();
    while let Some((at, letter)) = letters.next() {
        match letter {
            // Written twice it stands for itself.
            '\'' if quote == '\'' && letters.next_if(|(_, next)| *next == quote).is_some() => {}
            '\\' if quote == '"' => drop(letters.next()),
            _ if letter == quote => return text.get(..=at),
            _ => {}
        }
    }
    None
}

fn floor(text: &str, mut at: usize) -> usize {
    at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

fn ceiling(text: &str, mut at: usize) -> usize {
    while at < text.len() && !text.is_char_boundary(at) {
        at += 1;
    }
    at.min(text.len())
}
