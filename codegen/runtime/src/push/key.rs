//! The key with which pushes are encrypted.

use std::fmt;

use base64::Engine;
use base64::alphabet;
use base64::engine::general_purpose::{GeneralPurpose, GeneralPurposeConfig};
use zeroize::Zeroizing;

/// How many letters a key has: its base64 without the last sign.
const LETTERS: usize = 43;

/// The last letter of a key has two bits more than the key, and they are anything.
const LENIENT: GeneralPurpose =
    GeneralPurpose::new(&alphabet::STANDARD, GeneralPurposeConfig::new().with_decode_allow_trailing_bits(true));

/// A key of 32 bytes. It never shows itself, and is overwritten in memory when it is dropped.
#[derive(Clone)]
pub(super) struct AesKey(Zeroizing<[u8; 32]>);

impl AesKey {
    /// The key that these letters stand for.
    pub(super) fn parse(letters: &str) -> Option<Self> {
        let letters = letters.trim();
        if letters.len() != LETTERS {
            return None;
        }
        let padded = Zeroizing::new(format!("{letters}="));
        let decoded = Zeroizing::new(LENIENT.decode(padded.as_bytes()).ok()?);
        let mut key = Zeroizing::new([0; 32]);
        if decoded.len() != key.len() {
            return None;
        }
        key.copy_from_slice(&decoded);
        Some(AesKey(key))
    }

    pub(super) fn bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

impl fmt::Debug for AesKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("AesKey(redacted)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_has_43_letters_whatever_the_last_bits() {
        let key = AesKey::parse(&"a".repeat(43)).expect("a key");
        assert_eq!(format!("{key:?}"), "AesKey(redacted)");
        let spare = AesKey::parse(&format!("{}c", "a".repeat(42))).expect("a key");
        assert_eq!(key.bytes()[..31], spare.bytes()[..31]);
        for no in ["", "a", &"a".repeat(42), &"a".repeat(44), &"!".repeat(43), &"é".repeat(21)] {
            assert!(AesKey::parse(no).is_none(), "{no}");
        }
    }
}
