//! Passing a value: over it, or copying it in a form that every reader of JSON takes.

use super::escape::write_text;
use super::reader::MAX_DEPTH;
use super::scan::quote_or_escape;
use super::{Done, Reader};

/// Which of the open containers are objects: one bit each, so that depth costs next to nothing.
#[derive(Default)]
pub(super) struct Nesting {
    outer: Vec<u64>,
    inner: u64,
    depth: usize,
}

impl Nesting {
    pub(super) fn push(&mut self, is_object: bool) {
        if self.depth > 0 && self.depth.is_multiple_of(64) {
            self.outer.push(self.inner);
        }
        self.inner = (self.inner << 1) | u64::from(is_object);
        self.depth += 1;
    }

    pub(super) fn pop(&mut self) {
        self.depth -= 1;
        self.inner >>= 1;
        if self.depth > 0 && self.depth.is_multiple_of(64) {
            self.inner = self.outer.pop().unwrap_or(0);
        }
    }

    pub(super) fn depth(&self) -> usize {
        self.depth
    }

    /// Whether the innermost is an object; none when all are closed.
    pub(super) fn is_object(&self) -> Option<bool> {
        (self.depth > 0).then_some(self.inner & 1 == 1)
    }
}

impl Reader<'_> {
    /// Passes over a value.
    #[inline]
    pub fn skip(&mut self) -> Done {
        match self.peek() {
            b'"' => self.skip_string(),
            b'{' | b'[' => self.pass(None),
            _ => self.word().map(drop),
        }
    }

    /// Copies a value without its white space. What is not quite JSON is written as JSON.
    pub fn copy(&mut self, out: &mut String) -> Done {
        self.pass(Some(out))
    }

    pub(super) fn skip_string(&mut self) -> Done {
        let bytes = self.text.as_bytes();
        let mut end = quote_or_escape(bytes, self.at + 1);
        while bytes.get(end) == Some(&b'\\') {
            end = quote_or_escape(bytes, end + 2);
        }
        if end >= bytes.len() {
            self.at = bytes.len();
            return self.fail("the text ends inside a string");
        }
        self.at = end + 1;
        Ok(())
    }

    fn pass(&mut self, mut out: Option<&mut String>) -> Done {
        let mut open = Nesting::default();
        loop {
            match self.peek() {
                b'{' => {
                    self.take("{", &mut out);
                    open.push(true);
                    self.not_too_deep(&open, &out)?;
                    if self.peek() != b'}' {
                        self.pass_key(&mut out)?;
                        continue;
                    }
                }
                b'[' => {
                    self.take("[", &mut out);
                    open.push(false);
                    self.not_too_deep(&open, &out)?;
                    if self.peek() != b']' {
                        continue;
                    }
                }
                _ => self.pass_scalar(&mut out)?,
            }
            if self.pass_ends(&mut open, &mut out)? {
                return Ok(());
            }
        }
    }

    /// What may follow a value: ends of containers, then a comma. Tells whether all are closed.
    fn pass_ends(&mut self, open: &mut Nesting, out: &mut Option<&mut String>) -> Done<bool> {
        loop {
            let Some(is_object) = open.is_object() else {
                return Ok(true);
            };
            let end = if is_object { b'}' } else { b']' };
            let mut byte = self.peek();
            if byte == b',' {
                self.at += 1;
                byte = self.peek();
                if byte != end {
                    if let Some(out) = out {
                        out.push(',');
                    }
                    if is_object {
                        self.pass_key(out)?;
                    }
                    return Ok(false);
                }
            }
            if byte != end {
                return self.fail(if is_object {
                    "a comma or a brace was expected"
                } else {
                    "a comma or a bracket was expected"
                });
            }
            self.take(if is_object { "}" } else { "]" }, out);
            open.pop();
        }
    }

    /// What is copied will be walked by others, and on their stack.
    fn not_too_deep(&mut self, open: &Nesting, out: &Option<&mut String>) -> Done {
        if out.is_some() && open.depth > MAX_DEPTH as usize { self.fail("nested too deeply") } else { Ok(()) }
    }

    fn take(&mut self, sign: &str, out: &mut Option<&mut String>) {
        self.at += 1;
        if let Some(out) = out {
            out.push_str(sign);
        }
    }

    fn pass_key(&mut self, out: &mut Option<&mut String>) -> Done {
        if self.peek() != b'"' {
            return self.fail("a key was expected");
        }
        self.pass_scalar(out)?;
        if self.peek() != b':' {
            return self.fail("a colon was expected");
        }
        self.take(":", out);
        Ok(())
    }

    fn pass_scalar(&mut self, out: &mut Option<&mut String>) -> Done {
        let is_string = self.peek() == b'"';
        match out {
            None if is_string => self.skip_string(),
            None => self.word().map(drop),
            Some(out) if is_string => {
                let text = self.string()?;
                write_text(&text, out);
                Ok(())
            }
            Some(out) => {
                let word = self.word()?;
                // `NaN` and its like are no JSON; as a string nothing of them is lost.
                if is_json(word) {
                    out.push_str(word)
                } else {
                    write_text(word, out)
                }
                Ok(())
            }
        }
    }
}

/// Whether a word is a number, a boolean or null.
fn is_json(word: &str) -> bool {
    matches!(word, "true" | "false" | "null") || is_number(word)
}

/// How many digits come first, and what follows them.
fn digits(text: &str) -> (usize, &str) {
    let count = text.bytes().take_while(u8::is_ascii_digit).count();
    (count, text.get(count..).unwrap_or_default())
}

/// Whether a word is a number as JSON has it.
pub(crate) fn is_number(word: &str) -> bool {
    let unsigned = word.strip_prefix('-').unwrap_or(word);
    let (whole, mut rest) = digits(unsigned);
    if whole == 0 || (whole > 1 && unsigned.starts_with('0')) {
        return false;
    }
    if let Some(fraction) = rest.strip_prefix('.') {
        let (count, after) = digits(fraction);
        if count == 0 {
            return false;
        }
        rest = after;
    }
    if let Some(exponent) = rest.strip_prefix(['e', 'E']) {
        let (count, after) = digits(exponent.strip_prefix(['+', '-']).unwrap_or(exponent));
        return count > 0 && after.is_empty();
    }
    rest.is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn copied(text: &str) -> Option<String> {
        let mut out = String::new();
        Reader::new(text).copy(&mut out).ok().map(|()| out)
    }

    #[test]
    fn copies_are_json() {
        assert_eq!(copied(" { \"a\" : [ 1 , 2.50 , NaN , ] , } ").as_deref(), Some(r#"{"a":[1,2.50,"NaN"]}"#));
        assert_eq!(copied("\"\u{1}\\ud800\"").as_deref(), Some("\"\\u0001\u{FFFD}\""));
        for broken in ["", "{", "[1", "[1 2]", "{\"a\"}", "{a:1}", "\"", "]", "[}", "{\"a\":1]"] {
            assert_eq!(copied(broken), None, "{broken}");
        }
    }

    #[test]
    fn depth_costs_no_stack() {
        let deep = format!("{}1{}", "[{\"a\":".repeat(200_000), "}]".repeat(200_000));
        assert!(Reader::new(&deep).skip().is_ok());
        assert_eq!(copied(&deep), None);
        assert!(Reader::new(&deep[..deep.len() - 1]).skip().is_err());
    }

    #[test]
    fn numbers() {
        for yes in ["0", "-0", "10", "1.5", "-1.5e+10", "1E5", "123456789012345678901234567890"] {
            assert!(is_number(yes), "{yes}");
        }
        for no in ["", "-", "01", "1.", ".5", "1e", "+1", "1.e3", "0x1", "1e+", "NaN", "1-1"] {
            assert!(!is_number(no), "{no}");
        }
    }
}
