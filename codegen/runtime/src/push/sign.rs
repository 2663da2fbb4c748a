//! Signatures: SHA-1 over texts in order, compared in a time that tells nothing.

use sha1::{Digest, Sha1};
use subtle::{Choice, ConstantTimeEq};

/// How many letters a signature has.
const LENGTH: usize = 40;

/// A SHA-1 in small hexadecimal digits.
pub(super) type Hex = [u8; LENGTH];

/// The signature over some texts, which are put in order first.
pub(super) fn signature<const N: usize>(mut parts: [&str; N]) -> Hex {
    parts.sort_unstable();
    let mut hash = Sha1::new();
    for part in parts {
        hash.update(part.as_bytes());
    }
    hex(&hash.finalize())
}

/// The SHA-1 over some parts, each with its length before it, so that no two lists look alike.
pub(super) fn digest<'p>(parts: impl IntoIterator<Item = &'p [u8]>) -> String {
    let mut hash = Sha1::new();
    for part in parts {
        hash.update((part.len() as u64).to_be_bytes());
        hash.update(part);
    }
    text(&hex(&hash.finalize()))
}

/// Whether a signature is the one that was given.
pub(super) fn same(expected: &Hex, given: &str) -> Choice {
    expected.as_slice().ct_eq(given.as_bytes())
}

/// As text.
pub(super) fn text(hex: &Hex) -> String {
    String::from_utf8_lossy(hex).into_owned()
}

fn hex(bytes: &[u8]) -> Hex {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let mut hex = [b'0'; LENGTH];
    for (pair, byte) in hex.chunks_exact_mut(2).zip(bytes) {
        pair[0] = DIGITS[usize::from(byte >> 4)];
        pair[1] = DIGITS[usize::from(byte & 15)];
    }
    hex
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_sorted_and_joined() {
        // echo -n abc | sha1sum
        assert_eq!(text(&signature(["c", "a", "b"])), "a9993e364706816aba3e25717850c26c9cd0d89d");
        assert!(bool::from(same(&signature(["abc"]), "a9993e364706816aba3e25717850c26c9cd0d89d")));
        for other in ["", "a9993e364706816aba3e25717850c26c9cd0d89", "A9993E364706816ABA3E25717850C26C9CD0D89D"] {
            assert!(!bool::from(same(&signature(["abc"]), other)), "{other}");
        }
    }

    #[test]
    fn no_two_lists_look_alike() {
        assert_ne!(digest([&b"ab"[..], b"c"]), digest([&b"a"[..], b"bc"]));
        assert_ne!(digest([&b"a"[..]]), digest([&b"a"[..], b""]));
    }
}
