//! Finding bytes, eight at a time.

const LOW: u64 = 0x0101_0101_0101_0101;
const HIGH: u64 = 0x8080_8080_8080_8080;

/// The bytes that are zero, each marked by its highest bit. The lowest mark is always right.
fn zeros(word: u64) -> u64 {
    word.wrapping_sub(LOW) & !word & HIGH
}

/// The place of the next quote or backslash, or the end.
#[inline]
pub(super) fn quote_or_escape(bytes: &[u8], mut at: usize) -> usize {
    while let Some(chunk) = bytes.get(at..).and_then(|rest| rest.first_chunk::<8>()) {
        let word = u64::from_le_bytes(*chunk);
        let found = zeros(word ^ (LOW * 0x22)) | zeros(word ^ (LOW * 0x5c));
        if found != 0 {
            return at + (found.trailing_zeros() / 8) as usize;
        }
        at += 8;
    }
    while at < bytes.len() && bytes[at] != b'"' && bytes[at] != b'\\' {
        at += 1;
    }
    at
}

/// The place of the next byte that JSON cannot hold inside a string as it is, or the end.
#[inline]
pub(super) fn special(bytes: &[u8], mut at: usize) -> usize {
    while let Some(chunk) = bytes.get(at..).and_then(|rest| rest.first_chunk::<8>()) {
        let word = u64::from_le_bytes(*chunk);
        let control = word.wrapping_sub(LOW * 0x20) & !word & HIGH;
        let found = zeros(word ^ (LOW * 0x22)) | zeros(word ^ (LOW * 0x5c)) | control;
        if found != 0 {
            return at + (found.trailing_zeros() / 8) as usize;
        }
        at += 8;
    }
    while at < bytes.len() && bytes[at] >= 0x20 && bytes[at] != b'"' && bytes[at] != b'\\' {
        at += 1;
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_special_byte_is_found_at_every_place() {
        for length in 0..40 {
            for at in 0..length {
                for byte in [b'"', b'\\', 0, 0x1f, b'\n'] {
                    for filler in [b'a', b'!', 0x23, 0x5d, 0x7f, 0x80, 0xff, 0xa2, 0xdc] {
                        let mut bytes = vec![filler; length];
                        bytes[at] = byte;
                        assert_eq!(special(&bytes, 0), at, "{byte} in {filler}");
                        let quote = matches!(byte, b'"' | b'\\');
                        assert_eq!(quote_or_escape(&bytes, 0), if quote { at } else { length });
                    }
                }
            }
        }
    }
}
