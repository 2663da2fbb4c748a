//! Texts of others, made fit to be shown: a request, a response, a push or an error message may hold anything, and whoever
//! reads a log should see that it does. All that is printed or logged goes through here.

use std::fmt::{self, Write};

use crate::secret::redact;

/// How many letters of a path are shown.
pub(crate) const PATH: usize = 300;

/// How many letters of a message are shown.
pub(crate) const MESSAGE: usize = 500;

/// How many letters of a value are shown.
pub(crate) const VALUE: usize = 1000;

/// A text on one line and not too long, with every letter to be seen: nobody should be able to write lines into a log, or
/// to turn around what stands there. Values whose names say that they are secret are left out.
pub(crate) fn clean(text: &str, most: usize) -> String {
    let mut out = String::new();
    let (text, is_cut) = told(text, most);
    for letter in text.chars() {
        if is_hidden(letter) {
            out.extend(letter.escape_default());
        } else {
            out.push(letter);
        }
    }
    if is_cut {
        out.push('…');
    }
    out
}

/// The start of a text, without secrets, and whether there is more of it.
fn told(text: &str, most: usize) -> (String, bool) {
    let cut = text.char_indices().nth(most).map(|(at, _)| at);
    // A value that is cut is a secret all the same; its name stands before it.
    (redact(&text[..cut.unwrap_or(text.len())]), cut.is_some())
}

/// Whether a letter cannot be seen, or changes how others are seen: controls, marks of direction, letters without width.
pub(crate) fn is_hidden(letter: char) -> bool {
    letter.is_control()
        || matches!(letter,
            '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

/// A text in quotes, as `Debug` shows one, and not too long. `Debug` escapes all that is hidden by itself.
pub(crate) struct Quoted<'a>(pub(crate) &'a str);

impl fmt::Debug for Quoted<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0.char_indices().nth(VALUE) {
            None => self.0.fmt(f),
            Some((cut, _)) => write!(f, "{:?}… ({} bytes)", &self.0[..cut], self.0.len()),
        }
    }
}

/// The same of a text that may hold secrets beside their names, such as JSON.
pub(crate) struct Redacted<'a>(pub(crate) &'a str);

impl fmt::Debug for Redacted<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match told(self.0, VALUE) {
            (text, false) => text.fmt(f),
            (text, true) => write!(f, "{text:?}… ({} bytes)", self.0.len()),
        }
    }
}

/// Texts in quotes.
pub(crate) struct QuotedList<'a>(pub(crate) &'a [String]);

impl fmt::Debug for QuotedList<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.0.iter().map(|text| Quoted(text))).finish()
    }
}

/// What `Debug` shows of a value, if that is not too long.
pub(crate) struct Short<T>(pub(crate) T);

impl<T: fmt::Debug> fmt::Debug for Short<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&clean(&format!("{:?}", self.0), VALUE))
    }
}

/// JSON that is still the same JSON, with escapes for all that is hidden.
pub(crate) fn write_json(json: &str, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    for letter in json.chars() {
        if is_hidden(letter) {
            for unit in letter.encode_utf16(&mut [0; 2]) {
                write!(f, "\\u{unit:04x}")?;
            }
        } else {
            f.write_char(letter)?;
        }
    }
    Ok(())
}

/// The start of it, without secrets.
pub(crate) fn sketch_json(json: &str, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let (json, is_cut) = told(json, VALUE);
    write_json(&json, f)?;
    if is_cut { f.write_char('…') } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Letters that must never be shown as they are.
    const HIDDEN: &str = "\0\u{1b}\u{7f}\u{85}\u{ad}\u{61c}\u{200b}\u{200e}\u{200f}\u{2028}\u{2029}\u{202a}\u{202e}\
        \u{2066}\u{2069}\u{2060}\u{feff}\u{e0041}";

    #[test]
    fn a_message_keeps_to_its_line() {
        assert_eq!(clean("a\r\nINFO b\u{0}中", 100), "a\\r\\nINFO b\\u{0}中");
        assert_eq!(clean("中文字", 2), "中文…");
    }

    #[test]
    fn every_letter_can_be_seen() {
        for shown in [clean(HIDDEN, 100), format!("{:?} {:?}", Quoted(HIDDEN), Short(HIDDEN))] {
            assert!(!shown.chars().any(is_hidden), "{}", shown.escape_unicode());
        }
        assert_eq!(clean("日本 é 👍 \u{a0}|", 100), "日本 é 👍 \u{a0}|");
    }

    #[test]
    fn what_is_long_is_cut() {
        let long = "长".repeat(5000);
        assert!(format!("{:?}", Quoted(&long)).ends_with("长\"… (15000 bytes)"));
        assert_eq!(format!("{:?}", Short(&long)).chars().count(), VALUE + 1);
        assert_eq!(format!("{:?}", QuotedList(&["a\n".to_owned()])), r#"["a\n"]"#);
    }
}
