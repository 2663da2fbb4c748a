//! Texts and files: not empty where something must be said, and not too long.

use super::At;
use super::limits::short;
use super::violation::{Rule, Unit, Violations};
use crate::file::File;

impl Violations {
    /// A text that says something.
    #[inline]
    pub fn filled(&mut self, at: At<'_>, value: &str) {
        if may_be_blank(value) {
            self.blank(at, value);
        }
    }

    /// A text that says something in at most so many bytes of UTF-8.
    #[inline]
    pub fn filled_within(&mut self, at: At<'_>, value: &str, limit: usize) {
        self.filled(at, value);
        self.max_bytes(at, value, limit);
    }

    #[cold]
    #[inline(never)]
    fn blank(&mut self, at: At<'_>, value: &str) {
        if value.is_empty() {
            self.out_of_bounds(at, Rule::MinBytes, Unit::Bytes, 0, 1);
        } else {
            self.add(at, Rule::Blank, |_| {});
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

/// Whether the text begins like one that says nothing.
#[inline]
fn may_be_blank(value: &str) -> bool {
    // The first byte of every blank outside ASCII is one of these; what they begin besides is looked at twice.
    value.as_bytes().first().is_none_or(|first| *first <= b' ' || matches!(first, 0xc2 | 0xe1..=0xe3))
        && value.chars().all(char::is_whitespace)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_blank_is_one() {
        for letter in (0..=char::MAX as u32).filter_map(char::from_u32) {
            let text = letter.to_string();
            assert_eq!(may_be_blank(&text), letter.is_whitespace(), "U+{:04X}", u32::from(letter));
        }
        assert!(may_be_blank("") && !may_be_blank(" a") && !may_be_blank("\u{3000}卡"));
    }
}
