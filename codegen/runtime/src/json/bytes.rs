//! Bytes to text: no byte of a name may hide an error code.

use std::borrow::Cow;

use super::Reader;

/// The text of a body. Byte order marks are skipped; what is no UTF-8 becomes U+FFFD.
pub(crate) fn decode(mut bytes: &[u8]) -> Cow<'_, str> {
    while let Some(rest) = bytes.strip_prefix(b"\xEF\xBB\xBF") {
        bytes = rest;
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => Cow::Borrowed(text),
        Err(_) => Cow::Owned(repair(bytes)),
    }
}

/// Cut UTF-8 and GBK look alike, and the second byte of GBK may be a backslash that must not escape a quote. The
/// reading that leaves JSON in one piece is taken.
fn repair(bytes: &[u8]) -> String {
    let utf8 = String::from_utf8_lossy(bytes).into_owned();
    if is_whole(&utf8) {
        return utf8;
    }
    let pairs = replace_pairs(bytes);
    if is_whole(&pairs) { pairs } else { utf8 }
}

fn is_whole(text: &str) -> bool {
    Reader::new(text).skip().is_ok()
}

/// Takes each stretch that is no UTF-8 for letters of two bytes.
fn replace_pairs(bytes: &[u8]) -> String {
    let mut out = String::with_capacity(bytes.len());
    let mut rest = bytes;
    loop {
        let valid = match std::str::from_utf8(rest) {
            Ok(text) => {
                out.push_str(text);
                return out;
            }
            Err(error) => error.valid_up_to(),
        };
        out.push_str(&String::from_utf8_lossy(&rest[..valid]));
        out.push(char::REPLACEMENT_CHARACTER);
        let pair = matches!(rest[valid..], [0x81..=0xFE, 0x40..=0x7E | 0x80..=0xFE, ..]);
        rest = &rest[valid + if pair { 2 } else { 1 }..];
    }
}

#[cfg(test)]
mod tests {
    use super::decode;

    #[test]
    fn a_backslash_in_gbk_escapes_nothing() {
        assert_eq!(decode(b"{\"errmsg\":\"\xD5\x5C\",\"errcode\":1}"), "{\"errmsg\":\"\u{FFFD}\",\"errcode\":1}");
    }

    #[test]
    fn cut_utf8_keeps_what_follows() {
        assert_eq!(decode(b"[\"\xE4\xB8\\\"a\"]"), "[\"\u{FFFD}\\\"a\"]");
        assert_eq!(decode(b"\xEF\xBB\xBF\xEF\xBB\xBF[]"), "[]");
    }
}
