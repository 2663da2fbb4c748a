//! What the raw text tells before anything parses it: characters that look like YAML and are not.

use super::SourceMap;
use super::diagnostic::{Code, Diagnostic, Label};

/// What was found, and the text as its author meant it, byte for byte as long.
pub(crate) struct Linted {
    pub(crate) faults: Vec<Diagnostic>,
    /// None when nobody can say what was meant.
    pub(crate) mended: Option<String>,
}

/// Looks for what looks right and is read as something else.
pub(crate) fn lint(map: &SourceMap) -> Linted {
    let mut lint =
        Lint { map, text: map.text(), at: 0, mended: map.text().to_string(), lost: false, faults: Vec::new() };
    // Most files hold nothing of the kind, which a look at the bytes tells.
    if suspicious(lint.text) {
        let mut state = State::default();
        for line in lint.text.split_inclusive('\n') {
            lint.line(line, &mut state);
            lint.at += line.len();
        }
    }
    Linted { mended: (!lint.lost).then_some(lint.mended), faults: lint.faults }
}

/// Whether a line may hold a finding. Prose is full of the same signs, and most files need no closer look.
fn suspicious(text: &str) -> bool {
    let begins = ["---", "...", "－", "—", "–", "＃"];
    text.split('\n').any(|line| {
        let start = line.trim_start();
        begins.iter().any(|sign| start.starts_with(sign))
            || line.bytes().any(|b| b < b' ' && b != b'\r' && b != b'\t')
            || strange(line)
    })
}

/// Whether a character that is not ASCII stands where one of YAML may be meant.
fn strange(line: &str) -> bool {
    let mut before = ' ';
    line.char_indices().any(|(at, c)| {
        let last = std::mem::replace(&mut before, c);
        let after = || line[at + c.len_utf8()..].trim_start();
        match c {
            _ if c.is_ascii() => c == '\u{7f}',
            '：' => last.is_ascii_alphanumeric() || matches!(last, '_' | '"' | '\''),
            '“' | '”' | '‘' | '’' | '｛' | '［' => last.is_whitespace() || matches!(last, '[' | '{'),
            '，' | '、' => line.contains('[') || matches!(last, '"' | '\'') || begins_entry(after()),
            '｝' | '］' => true,
            _ => control(c) || blank(c),
        }
    })
}

fn control(c: char) -> bool {
    (c.is_control() && !matches!(c, '\n' | '\r' | '\t')) || c == '\u{feff}'
}

/// Blanks that are none to YAML.
fn blank(c: char) -> bool {
    matches!(c, '\u{a0}' | '\u{1680}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{205f}' | '\u{3000}')
}

/// What goes on from line to line.
#[derive(Default)]
struct State {
    /// The quotation mark that is open.
    quote: Option<char>,
    /// The brackets that are open.
    flow: Vec<char>,
    /// The indentation of the key whose text follows below, line by line.
    block: Option<usize>,
    /// The indentation of the key whose plain text may go on in the next line.
    plain: Option<usize>,
}

struct Lint<'l> {
    map: &'l SourceMap,
    text: &'l str,
    /// Where the line begins.
    at: usize,
    mended: String,
    lost: bool,
    faults: Vec<Diagnostic>,
}

impl Lint<'_> {
    fn line(&mut self, line: &str, state: &mut State) {
        let begin = self.at;
        for (at, bad) in line.char_indices().filter(|(at, c)| control(*c) && (*c != '\u{feff}' || begin + at > 0)) {
            let message = format!("the file holds the control character U+{:04X}", u32::from(bad));
            self.fault(at, bad.len_utf8(), &message, "remove it", " ");
        }
        let body = line.trim_end();
        let indent = body.chars().take_while(|c| c.is_whitespace()).count();
        if state.block.is_some_and(|outer| body.is_empty() || indent > outer) {
            return;
        }
        state.block = None;
        let fresh = state.quote.is_none() && state.flow.is_empty();
        if fresh && (body == "---" || body.starts_with("--- ") || body == "..." || body.starts_with("... ")) {
            self.fault(0, 3, "a file holds one document, without marks around it", "remove the line", "#");
            return;
        }
        let continues = fresh && state.plain.is_some_and(|outer| indent > outer);
        let mut scan = Scan { line: body, start: !continues, key: !continues, state };
        self.scan(&mut scan);
        if fresh && !continues {
            ends(body, indent, state);
        }
    }

    /// Walks over a line, outside of quotes and comments.
    fn scan(&mut self, scan: &mut Scan<'_, '_>) {
        let mut rest = scan.line;
        while let Some(c) = rest.chars().next() {
            let at = scan.line.len() - rest.len();
            let mut step = c.len_utf8();
            if let Some(open) = scan.state.quote {
                step = scan.inside(open, rest);
            } else if c == '#' && (at == 0 || scan.line[..at].ends_with(char::is_whitespace)) {
                return;
            } else if blank(c) {
                self.blank(scan, at, c);
            } else if !c.is_whitespace() {
                let typed = self.typed(scan, at, rest);
                step = typed.unwrap_or_else(|| scan.step(rest));
            }
            rest = &rest[step..];
        }
    }

    fn blank(&mut self, scan: &Scan<'_, '_>, at: usize, c: char) {
        let message = format!("U+{:04X} looks like a blank and is none to YAML", u32::from(c));
        self.lost |= scan.line[..at].trim().is_empty();
        self.fault(at, c.len_utf8(), &message, "type an ordinary blank, or quote the text that needs this one", "");
    }

    /// A sign of a Chinese keyboard in the place of one of YAML: how far it reaches.
    fn typed(&mut self, scan: &mut Scan<'_, '_>, at: usize, rest: &str) -> Option<usize> {
        let (sign, meant) = scan.typed(rest)?;
        let place = at + sign.start;
        let typed = &rest[sign.clone()];
        let message = format!("`{typed}` stands where YAML wants `{meant}`");
        self.fault(place, typed.len(), &message, &format!("type `{meant}`, or quote the whole text"), meant);
        if let Some(end) = scan.closing(rest, &sign) {
            let bytes = self.at + at + end;
            self.mended.replace_range(bytes..bytes + 3, "\"  ");
            return Some(end + 3);
        }
        scan.meant(meant);
        Some(sign.end)
    }

    fn fault(&mut self, at: usize, length: usize, message: &str, help: &str, meant: &str) {
        let start = self.at + at;
        let mut span = self.map.at_byte(start);
        span.end = start + length;
        let label = Label::new(self.map, span, "here");
        self.faults.push(Diagnostic::new(Code::Structure, message, label).help(help));
        // A quotation mark stands right before its text, everything else right after what was before.
        let padded = if meant == "\"" { format!("{meant:>length$}") } else { format!("{meant:<length$}") };
        self.mended.replace_range(start..start + length, &padded);
    }
}

/// A line on the way through it.
struct Scan<'s, 'l> {
    line: &'l str,
    /// Whether a token may begin here.
    start: bool,
    /// Whether it may be a key.
    key: bool,
    state: &'s mut State,
}

impl Scan<'_, '_> {
    /// Goes on inside quotation marks.
    fn inside(&mut self, open: char, rest: &str) -> usize {
        let escaped = if open == '"' { rest.starts_with('\\') } else { rest.starts_with("''") };
        let first = rest.chars().next().map_or(1, char::len_utf8);
        if escaped {
            return first + rest[first..].chars().next().map_or(0, char::len_utf8);
        }
        if rest.starts_with(open) {
            self.state.quote = None;
        }
        first
    }

    /// What a person typed for a sign of YAML, and that sign.
    fn typed(&self, rest: &str) -> Option<(std::ops::Range<usize>, &'static str)> {
        let first = rest.chars().next()?;
        let range = |start: usize, c: char| start..start + c.len_utf8();
        if self.start {
            let meant = match first {
                '“' | '”' | '‘' | '’' if self.closing(rest, &range(0, first)).is_some() => Some("\""),
                '｛' => Some("{"),
                '［' => Some("["),
                '＃' if self.key => Some("#"),
                '－' | '—' | '–' if self.key && rest[first.len_utf8()..].starts_with([' ', '\u{3000}']) => {
                    Some("-")
                }
                _ => None,
            };
            if let Some(meant) = meant {
                return Some((range(0, first), meant));
            }
        }
        if self.key {
            let name = rest.trim_start_matches(word);
            let length = rest.len() - name.len();
            if length > 0 && name.starts_with('：') {
                return Some((range(length, '：'), ":"));
            }
        }
        let after = rest[first.len_utf8()..].trim_start();
        let closed = self.line[..self.line.len() - rest.len()].ends_with(['"', '\'']);
        match (first, self.state.flow.last()) {
            ('：', _) if closed => Some((range(0, first), ":")),
            ('，' | '、', Some('[')) => Some((range(0, first), ",")),
            ('，' | '、', Some('{')) if closed || begins_entry(after) => Some((range(0, first), ",")),
            ('｝', Some('{')) if ends_node(after) => Some((range(0, first), "}")),
            ('］', Some('[')) if ends_node(after) => Some((range(0, first), "]")),
            _ => None,
        }
    }

    /// Where the quotation mark of a Chinese keyboard is closed, when it goes around a whole node.
    fn closing(&self, rest: &str, sign: &std::ops::Range<usize>) -> Option<usize> {
        let close: &[char] = match &rest[sign.clone()] {
            "“" | "”" => &['”', '“'],
            "‘" | "’" => &['’', '‘'],
            _ => return None,
        };
        let end = sign.end + rest[sign.end..].find(close)?;
        let after = &rest[end + 3..];
        ends_node(after.trim_start()).then_some(end)
    }

    /// Goes on behind a sign that was mended.
    fn meant(&mut self, meant: &str) {
        match meant {
            "{" | "[" => self.state.flow.extend(meant.chars()),
            "}" | "]" => drop(self.state.flow.pop()),
            _ => {}
        }
        self.start = true;
        self.key = matches!(meant, "-" | "{" | "[" | ",");
    }

    /// Goes on by one character of YAML.
    fn step(&mut self, rest: &str) -> usize {
        let first = rest.chars().next().unwrap_or_default();
        let gap = |text: &str| text.is_empty() || text.starts_with(char::is_whitespace);
        let after = &rest[first.len_utf8()..];
        let in_flow = !self.state.flow.is_empty();
        match first {
            '"' | '\'' if self.start => self.state.quote = Some(first),
            '{' | '[' if self.start || in_flow => self.state.flow.push(first),
            '}' | ']' if in_flow => drop(self.state.flow.pop()),
            _ => {}
        }
        let indicator = (first == ':' && gap(after))
            || (first == '-' && self.start && gap(after))
            || (in_flow && matches!(first, ',' | '{' | '['));
        self.start = indicator || (self.start && matches!(first, '{' | '['));
        self.key = self.start && first != ':';
        first.len_utf8()
    }
}

/// A character of the names of keys.
fn word(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.' | '/')
}

/// Whether a name and a colon follow.
fn begins_entry(text: &str) -> bool {
    let rest = text.trim_start_matches(word);
    rest.len() < text.len() && (rest.starts_with(": ") || rest.starts_with('：'))
}

/// Whether nothing of the node follows.
fn ends_node(text: &str) -> bool {
    text.is_empty() || text.starts_with([',', '}', ']', ':', '：', '，', '、', '｝', '］', '#'])
}

/// What the line begins that goes on below it.
fn ends(body: &str, indent: usize, state: &mut State) {
    let content = body.trim_start();
    if content.is_empty() || content.starts_with('#') {
        return;
    }
    let value = content.rsplit_once(": ").map(|(_, value)| value.trim());
    let header = |text: &str| {
        text.starts_with(['|', '>']) && text.chars().skip(1).all(|c| matches!(c, '-' | '+') || c.is_ascii_digit())
    };
    let item = content.strip_prefix("- ").map(str::trim);
    if value.or(item).is_some_and(header) {
        state.block = Some(indent);
    }
    let plain = value.is_some_and(|value| !value.is_empty() && !value.starts_with(['"', '\'', '{', '[', '|', '>']));
    state.plain = plain.then_some(indent);
}
