//! Texts and files: not empty where something must be said, not too long, and nothing in them that a body cannot carry.
//!
//! Every text of a request comes by here, so that the way of a good one is short: its length, and eight bytes at a time
//! whether one of them may be a control character.

use super::At;
use super::limits::short;
use super::violation::{Rule, Unit, Violations};
use crate::body::File;

/// No limit.
const ANY: usize = usize::MAX;

impl Violations {
    /// A text, which may be empty.
    #[inline]
    pub fn text(&mut self, at: At<'_>, value: &str) {
        if may_have_control(value.as_bytes()) {
            self.look_at(at, value, ANY, false);
        }
    }

    /// A text of at most so many bytes of UTF-8, which may be empty.
    #[inline]
    pub fn text_within(&mut self, at: At<'_>, value: &str, limit: usize) {
        if value.len() > limit || may_have_control(value.as_bytes()) {
            self.look_at(at, value, limit, false);
        }
    }

    /// A text that says something.
    #[inline]
    pub fn filled(&mut self, at: At<'_>, value: &str) {
        if may_be_blank(value) || may_have_control(value.as_bytes()) {
            self.look_at(at, value, ANY, true);
        }
    }

    /// A text that says something in at most so many bytes of UTF-8.
    #[inline]
    pub fn filled_within(&mut self, at: At<'_>, value: &str, limit: usize) {
        if value.len() > limit || may_be_blank(value) || may_have_control(value.as_bytes()) {
            self.look_at(at, value, limit, true);
        }
    }

    /// Everything that is wrong with a text of which something may be.
    #[cold]
    #[inline(never)]
    fn look_at(&mut self, at: At<'_>, value: &str, limit: usize, filled: bool) {
        if filled && value.is_empty() {
            self.out_of_bounds(at, Rule::MinBytes, Unit::Bytes, 0, 1);
        } else if filled && value.chars().all(char::is_whitespace) {
            self.add(at, Rule::Blank, |_| {});
        }
        if value.len() > limit {
            self.out_of_bounds(at, Rule::MaxBytes, Unit::Bytes, value.len(), limit);
        }
        if let Some(found) = value.bytes().find(|byte| is_control(*byte)) {
            self.add(at, Rule::ControlCharacter, |violation| violation.actual = Some(format!("U+{found:04X}")));
        }
    }

    /// A file has a name: without one servers take it for a text.
    pub fn file(&mut self, at: At<'_>, file: &File) {
        if file.name.trim().is_empty() {
            self.add(at, Rule::FileName, |_| {});
        }
    }

    /// A file of at most so many bytes.
    pub fn max_file_bytes(&mut self, at: At<'_>, len: usize, limit: usize) {
        if len > limit {
            self.out_of_bounds(at, Rule::MaxBytes, Unit::FileBytes, len, limit);
        }
    }

    /// A file of at least so many bytes.
    pub fn min_file_bytes(&mut self, at: At<'_>, len: usize, limit: usize) {
        if len < limit {
            self.out_of_bounds(at, Rule::MinBytes, Unit::FileBytes, len, limit);
        }
    }

    /// A value that responses give and requests do not take: instead of it, this one, if it is known.
    pub fn response_form(&mut self, at: At<'_>, value: &str, instead: Option<&str>) {
        self.add(at, Rule::ResponseForm, |violation| {
            violation.actual = Some(short(value));
            violation.expected = instead.map(str::to_owned);
        });
    }
}

/// Whether JSON has to write it as `\u00…`, or with a backslash and a letter that WeChat does not take.
fn is_control(byte: u8) -> bool {
    byte < b' ' && !matches!(byte, b'\n' | b'\r' | b'\t')
}

/// Whether the text begins like one that says nothing.
#[inline]
fn may_be_blank(value: &str) -> bool {
    // The first byte of every blank outside ASCII is one of these; what they begin besides is looked at twice.
    value.as_bytes().first().is_none_or(|first| *first <= b' ' || matches!(first, 0xc2 | 0xe1..=0xe3))
        && value.chars().all(char::is_whitespace)
}

/// Whether a byte is below the blank; line feeds and tabs are, so that the answer is no more than a suspicion.
#[inline]
fn may_have_control(bytes: &[u8]) -> bool {
    const ONES: u64 = u64::from_ne_bytes([1; 8]);
    const BLANKS: u64 = ONES * b' ' as u64;
    const HIGH: u64 = ONES * 0x80;
    let mut found = 0;
    let mut look = |eight: u64| found |= eight.wrapping_sub(BLANKS) & !eight;
    let mut words = bytes.chunks_exact(8);
    for word in &mut words {
        // A chunk has eight bytes.
        look(u64::from_ne_bytes(word.try_into().unwrap_or([b' '; 8])));
    }
    let low = words.remainder().iter().any(|byte| *byte < b' ');
    low || found & HIGH != 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn control_characters_are_found_wherever_they_stand() {
        for len in 0..40 {
            for place in 0..len {
                for byte in 0..=u8::MAX {
                    let mut bytes = vec![b'a'; len];
                    bytes[place] = byte;
                    assert_eq!(may_have_control(&bytes), byte < b' ', "{byte} at {place} of {len}");
                }
            }
        }
        assert!(!may_have_control("微信卡券𠮷é\u{7f}\u{80}".as_bytes()));
    }

    #[test]
    fn every_blank_is_one() {
        for letter in (0..=char::MAX as u32).filter_map(char::from_u32) {
            let text = letter.to_string();
            assert_eq!(may_be_blank(&text), letter.is_whitespace(), "U+{:04X}", u32::from(letter));
        }
        assert!(may_be_blank("") && !may_be_blank(" a") && !may_be_blank("\u{3000}卡"));
    }
}
