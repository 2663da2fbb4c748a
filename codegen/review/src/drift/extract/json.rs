//! Reads the JSON of a page as it was meant, and says what had to be mended.

use super::super::page::Line;

/// What was mended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::drift) enum Defect {
    Comment,
    SwallowedKey,
    TrailingComma,
    MissingComma,
    MissingColon,
    HardBlank,
    Unbalanced,
    RawLineBreak,
    Unquoted,
    RepeatedKey,
    Unreadable,
}

impl Defect {
    /// How findings name it.
    pub(in crate::drift) fn name(self) -> &'static str {
        match self {
            Self::Comment => "comment",
            Self::SwallowedKey => "swallowed key",
            Self::TrailingComma => "trailing comma",
            Self::MissingComma => "missing comma",
            Self::MissingColon => "missing colon",
            Self::HardBlank => "no-break space",
            Self::Unbalanced => "unbalanced",
            Self::RawLineBreak => "raw line break",
            Self::Unquoted => "unquoted",
            Self::RepeatedKey => "repeated key",
            Self::Unreadable => "unreadable",
        }
    }
}

/// A value and where it stands.
#[derive(Debug, Clone)]
pub(in crate::drift) struct Node {
    pub(in crate::drift) line: usize,
    pub(in crate::drift) value: Value,
}

/// A value as far as it matters here.
#[derive(Debug, Clone)]
pub(in crate::drift) enum Value {
    Text(String),
    Number(String),
    Bool(bool),
    Null,
    List(Vec<Node>),
    Object(Vec<(String, usize, Node)>),
}

/// A quote, straight or as word processors make it.
fn is_quote(c: char) -> bool {
    matches!(c, '"' | '\u{201c}' | '\u{201d}')
}

/// One JSON example, mended.
#[derive(Debug, Clone)]
pub(in crate::drift) struct Mended {
    pub(in crate::drift) node: Node,
    /// What was mended, and at which line.
    pub(in crate::drift) defects: Vec<(usize, Defect)>,
}

/// Reads one value; none when the first character already begins none.
pub(in crate::drift) fn mend(lines: &[Line]) -> Option<Mended> {
    let mut chars = Vec::new();
    for line in lines {
        chars.extend(line.text.chars().map(|c| (c, line.no)));
        chars.push(('\n', line.no));
    }
    let mut reader = Reader { chars: &chars, at: 0, defects: Vec::new(), stuck: false };
    let node = reader.value()?;
    reader.blank();
    let rest = reader.chars[reader.at..].iter().find(|(c, _)| !c.is_whitespace());
    if let Some((c, line)) = rest {
        let defect = if "}],".contains(*c) { Defect::Unbalanced } else { Defect::Unreadable };
        reader.defects.push((*line, defect));
    }
    reader.defects.dedup();
    Some(Mended { node, defects: reader.defects })
}

struct Reader<'a> {
    chars: &'a [(char, usize)],
    at: usize,
    defects: Vec<(usize, Defect)>,
    /// Something stands here that is no JSON; every open bracket closes.
    stuck: bool,
}

impl Reader<'_> {
    fn peek(&self) -> Option<char> {
        self.chars.get(self.at).map(|(c, _)| *c)
    }

    fn line(&self) -> usize {
        self.chars.get(self.at).or(self.chars.last()).map_or(0, |(_, line)| *line)
    }

    fn defect(&mut self, defect: Defect) {
        self.defects.push((self.line(), defect));
    }

    /// Skips blanks and comments.
    fn blank(&mut self) {
        while let Some(c) = self.peek() {
            match c {
                '\u{a0}' | '\u{3000}' => {
                    self.defect(Defect::HardBlank);
                    self.at += 1;
                }
                _ if c.is_whitespace() => self.at += 1,
                '/' if self.chars.get(self.at + 1).is_some_and(|(c, _)| *c == '/') => self.comment(),
                '/' if self.chars.get(self.at + 1).is_some_and(|(c, _)| *c == '*') => self.long_comment(),
                _ => return,
            }
        }
    }

    /// A comment runs to the end of its line, or to a key that it swallowed.
    fn comment(&mut self) {
        self.defect(Defect::Comment);
        let start = self.at;
        while self.peek().is_some_and(|c| c != '\n') {
            if self.peek().is_some_and(is_quote) && self.at > start && self.is_key() {
                self.defect(Defect::SwallowedKey);
                return;
            }
            self.at += 1;
        }
    }

    fn long_comment(&mut self) {
        self.defect(Defect::Comment);
        self.at += 2;
        while self.peek().is_some() {
            self.at += 1;
            if self.chars[self.at - 1].0 == '*' && self.peek() == Some('/') {
                self.at += 1;
                return;
            }
        }
    }

    /// Whether a quoted word with a colon behind it stands here.
    fn is_key(&self) -> bool {
        let mut rest = self.chars[self.at + 1..].iter().map(|(c, _)| *c).take_while(|c| *c != '\n');
        let name = rest.by_ref().take_while(|c| !is_quote(*c)).all(|c| c.is_ascii_alphanumeric() || c == '_');
        name && rest.find(|c| !c.is_whitespace()) == Some(':')
    }

    fn value(&mut self) -> Option<Node> {
        self.blank();
        let line = self.line();
        let value = match self.peek()? {
            '{' => Value::Object(self.object()),
            '[' => Value::List(self.list()),
            c if is_quote(c) => Value::Text(self.text()),
            c if c.is_ascii_alphanumeric() || c == '-' => self.word(),
            _ => {
                self.defect(Defect::Unreadable);
                self.stuck = true;
                return None;
            }
        };
        Some(Node { line, value })
    }

    fn object(&mut self) -> Vec<(String, usize, Node)> {
        self.at += 1;
        let mut entries: Vec<(String, usize, Node)> = Vec::new();
        let mut comma = true;
        while self.goes_on('}', comma && !entries.is_empty()) {
            if !comma {
                self.defect(Defect::MissingComma);
            }
            let line = self.line();
            let Some(name) = self.key() else { break };
            if entries.iter().any(|(known, ..)| *known == name) {
                self.defect(Defect::RepeatedKey);
            }
            self.blank();
            match self.peek() {
                Some(':' | '\u{ff1a}') => self.at += 1,
                // Only a value that begins can lack its colon.
                Some('"' | '\u{201c}' | '{' | '[') => self.defect(Defect::MissingColon),
                _ => {}
            }
            let Some(node) = self.value() else { break };
            entries.push((name, line, node));
            comma = self.comma();
        }
        entries
    }

    fn list(&mut self) -> Vec<Node> {
        self.at += 1;
        let mut items = Vec::new();
        let mut comma = true;
        while self.goes_on(']', comma && !items.is_empty()) {
            if !comma {
                // A key cannot be an item: the list was never closed.
                if self.peek().is_some_and(is_quote) && self.is_key() {
                    self.defect(Defect::Unbalanced);
                    return items;
                }
                self.defect(Defect::MissingComma);
            }
            let Some(node) = self.value() else { break };
            items.push(node);
            comma = self.comma();
        }
        items
    }

    /// Whether one more entry follows; if not, the closing bracket is taken, be it there or meant.
    fn goes_on(&mut self, close: char, after_comma: bool) -> bool {
        self.blank();
        if self.stuck {
            return false;
        }
        match self.peek() {
            None => {
                self.defect(Defect::Unbalanced);
                false
            }
            Some(c @ ('}' | ']')) => {
                if after_comma {
                    self.defect(Defect::TrailingComma);
                }
                if c == close {
                    self.at += 1;
                } else {
                    self.defect(Defect::Unbalanced);
                }
                false
            }
            Some(_) => true,
        }
    }

    fn comma(&mut self) -> bool {
        self.blank();
        let there = matches!(self.peek(), Some(',' | '\u{ff0c}'));
        if there {
            self.at += 1;
        }
        there
    }

    fn key(&mut self) -> Option<String> {
        match self.peek()? {
            c if is_quote(c) => Some(self.text()),
            c if c.is_ascii_alphabetic() || c == '_' => {
                self.defect(Defect::Unquoted);
                Some(self.bare())
            }
            _ => {
                self.defect(Defect::Unreadable);
                self.stuck = true;
                None
            }
        }
    }

    fn text(&mut self) -> String {
        self.at += 1;
        let mut text = String::new();
        while let Some(c) = self.peek() {
            self.at += 1;
            match c {
                '"' | '\u{201d}' => break,
                '\\' => {
                    text.push(self.peek().unwrap_or_default());
                    self.at += 1;
                }
                '\n' => {
                    self.at -= 1;
                    self.defect(Defect::RawLineBreak);
                    self.at += 1;
                    text.push(' ');
                }
                _ => text.push(c),
            }
        }
        text
    }

    fn bare(&mut self) -> String {
        let mut word = String::new();
        while let Some(c) = self.peek().filter(|c| c.is_ascii_alphanumeric() || "_-+.".contains(*c)) {
            word.push(c);
            self.at += 1;
        }
        word
    }

    fn word(&mut self) -> Value {
        let line = self.line();
        match self.bare().as_str() {
            word @ ("true" | "false") => Value::Bool(word == "true"),
            "null" => Value::Null,
            word if word.parse::<f64>().is_ok() => Value::Number(word.to_owned()),
            word => {
                self.defects.push((line, Defect::Unquoted));
                Value::Text(word.to_owned())
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Defect, Line, Value, mend};

    fn defects(text: &str) -> Vec<(usize, Defect)> {
        let lines: Vec<Line> =
            text.lines().enumerate().map(|(at, text)| Line { no: at + 1, text: text.to_owned() }).collect();
        mend(&lines).map(|mended| mended.defects).unwrap_or_default()
    }

    #[test]
    fn each_defect_is_mended_and_named() {
        assert_eq!(defects("{\"a\": [1, {\"b\": true}]}"), []);
        assert_eq!(defects("{\"a\": 1,\n}"), [(2, Defect::TrailingComma)]);
        assert_eq!(defects("{\"a\": 1\n\"b\": 2}"), [(2, Defect::MissingComma)]);
        assert_eq!(defects("{\"a\"\"1\"}"), [(1, Defect::MissingColon)]);
        assert_eq!(defects("{\"a\"： “1”，\"b\": 2}"), []);
        assert_eq!(defects("{\"a\": 1, // one\n\"b\": 2}"), [(1, Defect::Comment)]);
        assert_eq!(defects("{// why\"b\": 2}"), [(1, Defect::Comment), (1, Defect::SwallowedKey)]);
        assert_eq!(defects("{\u{a0}\"b\": 2}"), [(1, Defect::HardBlank)]);
        assert_eq!(defects("{\"a\": [{\"b\": 1]\n}"), [(1, Defect::Unbalanced)]);
        assert_eq!(defects("{\"a\": [1"), [(1, Defect::Unbalanced)]);
        assert_eq!(defects("{\"a\": \"x\ny\"}"), [(1, Defect::RawLineBreak)]);
        assert_eq!(defects("{\"a\": xxxx}"), [(1, Defect::Unquoted)]);
        assert_eq!(defects("{\"a\": 1, \"a\": 2}"), [(1, Defect::RepeatedKey)]);
    }

    #[test]
    fn a_list_that_was_never_closed_gives_its_neighbor_back() {
        let lines = [Line { no: 1, text: "{\"l\": [{\"a\": 1} \"n\": 2}".to_owned() }];
        let Some(mended) = mend(&lines) else { panic!("it begins like JSON") };
        let Value::Object(entries) = mended.node.value else { panic!("an object") };
        assert_eq!(entries.iter().map(|(name, ..)| name.as_str()).collect::<Vec<_>>(), ["l", "n"]);
    }
}
