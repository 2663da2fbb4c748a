//! Strings.

use std::borrow::Cow;

use super::scan::quote_or_escape;
use super::{Done, Reader};

/// Whether a byte may stand in a number or a word.
pub(super) fn in_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"+-._".contains(&byte)
}

impl<'a> Reader<'a> {
    /// A string; a number or a boolean as its literal.
    #[inline]
    pub fn text(&mut self) -> Done<Cow<'a, str>> {
        if self.peek() == b'"' { self.string() } else { self.literal() }
    }

    /// Whether a string comes.
    pub fn is_text(&mut self) -> bool {
        self.peek() == b'"'
    }

    #[cold]
    fn literal(&mut self) -> Done<Cow<'a, str>> {
        match self.peek() {
            b'-' | b'0'..=b'9' => Ok(Cow::Borrowed(self.word()?)),
            b't' | b'f' => {
                let start = self.mark();
                let word = self.word()?;
                if matches!(word, "true" | "false") {
                    return Ok(Cow::Borrowed(word));
                }
                self.back_to(start);
                self.fail("a string was expected")
            }
            _ => self.fail("a string was expected"),
        }
    }

    /// A run of letters, digits and signs that is no string.
    pub(super) fn word(&mut self) -> Done<&'a str> {
        let bytes = self.text.as_bytes();
        self.peek();
        let start = self.at;
        while bytes.get(self.at).copied().is_some_and(in_word) {
            self.at += 1;
        }
        if self.at == start { self.fail("a value was expected") } else { Ok(&self.text[start..self.at]) }
    }

    /// Whether null comes. Takes it.
    #[inline]
    pub fn null(&mut self) -> bool {
        if self.peek() != b'n' || !self.text.as_bytes()[self.at..].starts_with(b"null") {
            return false;
        }
        // `nullable` is a word like any other that cannot be read.
        if self.text.as_bytes().get(self.at + 4).copied().is_some_and(in_word) {
            return false;
        }
        self.at += 4;
        true
    }

    /// Whether null comes, or `""` or `[]` where they say that there is none. Takes it.
    #[inline(always)]
    pub fn absent(&mut self, empty_is_none: bool) -> bool {
        match self.peek() {
            b'n' => self.null(),
            b'"' if empty_is_none => self.pair(b'"'),
            b'[' if empty_is_none => self.pair(b']'),
            _ => false,
        }
    }

    /// Whether `""` or `[]` comes. Takes it.
    pub fn nothing(&mut self) -> bool {
        match self.peek() {
            b'"' => self.pair(b'"'),
            b'[' => self.pair(b']'),
            _ => false,
        }
    }

    /// Whether nothing but blanks stands between the byte that comes and this one. Takes it all.
    fn pair(&mut self, end: u8) -> bool {
        let bytes = self.text.as_bytes();
        let mut at = self.at + 1;
        while bytes.get(at).is_some_and(u8::is_ascii_whitespace) {
            at += 1;
        }
        if bytes.get(at) != Some(&end) {
            return false;
        }
        self.at = at + 1;
        true
    }

    /// A string, from its quote.
    #[inline]
    pub(super) fn string(&mut self) -> Done<Cow<'a, str>> {
        let bytes = self.text.as_bytes();
        let start = self.at + 1;
        let end = quote_or_escape(bytes, start);
        if bytes.get(end) == Some(&b'"') {
            self.at = end + 1;
            return Ok(Cow::Borrowed(&self.text[start..end]));
        }
        self.escaped(start, end)
    }

    #[inline(never)]
    fn escaped(&mut self, mut copied: usize, mut at: usize) -> Done<Cow<'a, str>> {
        let bytes = self.text.as_bytes();
        let mut out = String::new();
        loop {
            out.push_str(&self.text[copied..at]);
            match bytes.get(at) {
                Some(b'"') => {
                    self.at = at + 1;
                    return Ok(Cow::Owned(out));
                }
                Some(_) => {}
                None => {
                    self.at = at;
                    return self.fail("the text ends inside a string");
                }
            }
            copied = at + 2;
            match bytes.get(at + 1) {
                Some(b'n') => out.push('\n'),
                Some(b't') => out.push('\t'),
                Some(b'r') => out.push('\r'),
                Some(b'b') => out.push('\u{8}'),
                Some(b'f') => out.push('\u{c}'),
                Some(&byte @ (b'"' | b'\\' | b'/')) => out.push(char::from(byte)),
                Some(b'u') if self.unit(at + 2).is_some() => copied = self.letter(at + 2, &mut out),
                // A backslash before anything else can only be meant as itself.
                _ => {
                    out.push('\\');
                    copied = at + 1;
                }
            }
            at = quote_or_escape(bytes, copied);
        }
    }

    /// The letter of one escape or of two that belong together; where the text goes on. Half a pair is U+FFFD.
    fn letter(&self, at: usize, out: &mut String) -> usize {
        let first = self.unit(at).unwrap_or(0);
        if (0xD800..0xDC00).contains(&first)
            && self.text.as_bytes()[at + 4..].starts_with(b"\\u")
            && let Some(second) = self.unit(at + 6).filter(|unit| (0xDC00..0xE000).contains(unit))
        {
            let letter = char::from_u32(0x1_0000 + ((first - 0xD800) << 10) + (second - 0xDC00));
            out.push(letter.unwrap_or(char::REPLACEMENT_CHARACTER));
            return at + 10;
        }
        out.push(char::from_u32(first).unwrap_or(char::REPLACEMENT_CHARACTER));
        at + 4
    }

    /// Four hexadecimal digits.
    fn unit(&self, at: usize) -> Option<u32> {
        let digits = self.text.get(at..at + 4)?;
        digits.bytes().all(|byte| byte.is_ascii_hexdigit()).then(|| u32::from_str_radix(digits, 16).ok())?
    }
}
