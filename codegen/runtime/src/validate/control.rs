//! Control characters: JSON has to escape them, and WeChat refuses the escape.
//!
//! One walk over the whole value finds them wherever they stand: in texts, in keys, in values that this version does not
//! know, and in JSON that a caller brought along.

use super::At;
use super::violation::{Rule, Violations};
use crate::object::{Chosen, Field, Object, Union, View};
use crate::shape::Content;

impl Violations {
    /// Adds the control characters in a value and in all that it holds.
    #[inline]
    pub(super) fn control_characters(&mut self, at: At<'_>, view: View<'_>) {
        match view {
            View::Absent | View::Bool(_) | View::Int(_) | View::Uint(_) => {}
            View::Text(text) => self.control_character(at, in_text(text)),
            other => self.within(at, other),
        }
    }

    /// The same of what holds others. Most fields do not: they cost no call.
    fn within(&mut self, at: At<'_>, view: View<'_>) {
        match view {
            View::Json(json) => self.control_character(at, in_json(json.as_str())),
            View::Object(object) => self.in_object(at, object),
            View::Union(union) => self.in_union(at, union),
            View::List(list) => {
                for index in 0..list.len() {
                    self.control_characters(at.index(index), list.item(index));
                }
            }
            View::Entries(entries) => entries.each(&mut |key, view| {
                self.control_character(at.field(key), in_text(key));
                self.control_characters(at.field(key), view);
            }),
            View::File(file) => self.control_character(at, in_text(&file.name)),
            View::Text(_) | View::Absent | View::Bool(_) | View::Int(_) | View::Uint(_) => {}
        }
    }

    fn in_object(&mut self, at: At<'_>, object: &dyn Object) {
        object.lend(&mut |shape, fields| {
            for (key, field) in shape.keys.iter().zip(fields) {
                let view = field.view();
                if key.is_empty() {
                    self.control_characters(at, view);
                } else {
                    self.control_characters(at.field(key), view);
                }
            }
        });
    }

    fn in_union(&mut self, at: At<'_>, union: &dyn Union) {
        match union.chosen() {
            Chosen::Known(index, Some(content)) => match union.shape().variants.get(index).map(|it| it.content) {
                Some(Content::Keyed(key)) => self.control_characters(at.field(key), content.view()),
                _ => self.control_characters(at, content.view()),
            },
            Chosen::Known(_, None) => {}
            Chosen::Unknown(unknown) => self.control_characters(at, unknown.view()),
        }
    }

    #[inline]
    fn control_character(&mut self, at: At<'_>, found: Option<u32>) {
        if let Some(found) = found {
            self.found(at, found);
        }
    }

    #[cold]
    fn found(&mut self, at: At<'_>, found: u32) {
        self.add(at, Rule::ControlCharacter, |violation| violation.actual = Some(format!("U+{found:04X}")));
    }
}

/// Whether JSON has to write it as `\u00…`, or with a backslash and a letter that WeChat does not take.
fn is_control(letter: u32) -> bool {
    letter < 0x20 && !matches!(char::from_u32(letter), Some('\n' | '\r' | '\t'))
}

/// The first one in a text, eight bytes at a time: only those that hold a byte below the blank are looked at one by one.
#[inline]
fn in_text(text: &str) -> Option<u32> {
    let (words, rest) = text.as_bytes().as_chunks::<8>();
    let found = words.iter().filter(|word| may_have_control(**word)).find_map(|word| first(word));
    // The rest is in the last eight bytes, which are looked at together.
    let clean = text.as_bytes().last_chunk().is_some_and(|last| !may_have_control(*last));
    if found.is_some() || clean { found } else { first(rest) }
}

fn first(bytes: &[u8]) -> Option<u32> {
    bytes.iter().map(|byte| u32::from(*byte)).find(|letter| is_control(*letter))
}

/// The first escape of a control character in JSON.
fn in_json(json: &str) -> Option<u32> {
    let mut rest = json;
    while let Some((_, escape)) = rest.split_once('\\') {
        let letter = match escape.as_bytes().first() {
            Some(b'b') => 0x08,
            Some(b'f') => 0x0c,
            Some(b'u') => escape.get(1..5).and_then(|digits| u32::from_str_radix(digits, 16).ok()).unwrap_or(0x20),
            _ => 0x20,
        };
        if is_control(letter) {
            return Some(letter);
        }
        rest = escape.get(1..).unwrap_or_default();
    }
    in_text(json)
}

/// Whether a byte is below the blank; line feeds and tabs are, so that this is no more than a suspicion.
#[inline]
fn may_have_control(word: [u8; 8]) -> bool {
    const ONES: u64 = u64::from_ne_bytes([1; 8]);
    const BLANKS: u64 = ONES * b' ' as u64;
    const HIGH: u64 = ONES * 0x80;
    let word = u64::from_ne_bytes(word);
    word.wrapping_sub(BLANKS) & !word & HIGH != 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn control_characters_are_found_wherever_they_stand() {
        for len in 0..40 {
            for place in 0..len {
                for byte in 0..0x80_u8 {
                    let mut bytes = vec![b'a'; len];
                    bytes[place] = byte;
                    let control = byte < b' ' && !b"\n\r\t".contains(&byte);
                    let text = String::from_utf8(bytes).unwrap();
                    assert_eq!(in_text(&text), control.then_some(byte.into()), "{byte} at {place} of {len}");
                }
            }
        }
        assert_eq!(in_text("微信卡券𠮷é\u{7f}\u{80}\n\t\r微信卡券"), None);
        assert_eq!(in_text("微信\n\t\r卡券\u{b}微信\0"), Some(0x0b), "the first one");
    }

    #[test]
    fn escapes_are_told_from_what_looks_like_them() {
        for (json, found) in [
            (r#"{"a":"\u000b"}"#, Some(0x0b)),
            (r#"{"a":"\\\u0000"}"#, Some(0)),
            (r#"["\b"]"#, Some(8)),
            (r#"{"\f":1}"#, Some(12)),
            (r#"["\\u000b","\\b","\n\r\t\u000a\u000D","\u0041","\"\/"]"#, None),
            ("\"\u{b}\"", Some(0x0b)),
            (r#""卡\u001F""#, Some(0x1f)),
            (r#""\ud83d\ude00""#, None),
        ] {
            assert_eq!(in_json(json), found, "{json}");
        }
    }
}
