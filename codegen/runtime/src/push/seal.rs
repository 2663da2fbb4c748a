//! Encryption of messages: AES-256 in CBC mode under a fixed first block, with 16 random bytes and the length before the
//! message, the id of the account behind it, and padding to 32 bytes.

use aes::Aes256;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use cbc::cipher::block_padding::NoPadding;
use cbc::cipher::{BlockModeDecrypt, BlockModeEncrypt, KeyIvInit};
use subtle::{Choice, ConditionallySelectable, ConstantTimeEq, ConstantTimeLess};

use super::key::AesKey;

/// What the padding fills.
const BLOCK: usize = 32;

/// What the cipher works on.
const CIPHER_BLOCK: usize = 16;

/// The random bytes before the length.
const RANDOM: usize = 16;

/// The random bytes and the length.
const HEAD: usize = RANDOM + 4;

/// Encrypts a message.
pub(super) fn seal(key: &AesKey, random: [u8; RANDOM], message: &[u8], id: &str) -> String {
    let mut plain = Vec::with_capacity(HEAD + message.len() + id.len() + BLOCK);
    plain.extend_from_slice(&random);
    plain.extend_from_slice(&u32::try_from(message.len()).unwrap_or(u32::MAX).to_be_bytes());
    plain.extend_from_slice(message);
    plain.extend_from_slice(id.as_bytes());
    let padding = BLOCK - plain.len() % BLOCK;
    plain.resize(plain.len() + padding, padding as u8);
    let length = plain.len();
    let encryptor = cbc::Encryptor::<Aes256>::new(key.bytes().into(), iv(key).into());
    // It cannot fail: the length is one of whole blocks.
    let sealed = encryptor.encrypt_padded::<NoPadding>(&mut plain, length).unwrap_or_default();
    STANDARD.encode(sealed)
}

/// Random bytes for [`seal`].
pub(super) fn random() -> Result<[u8; RANDOM], getrandom::Error> {
    let mut bytes = [0; RANDOM];
    getrandom::fill(&mut bytes)?;
    Ok(bytes)
}

fn iv(key: &AesKey) -> &[u8; CIPHER_BLOCK] {
    // The first half of an array is one.
    key.bytes().first_chunk().unwrap_or(&[0; CIPHER_BLOCK])
}

/// Decrypts a message for one of these ids. Whatever is wrong, the same steps are taken.
pub(super) fn open(key: &AesKey, sealed: &str, ids: &[String]) -> Option<Vec<u8>> {
    let mut plain = STANDARD.decode(sealed).ok()?;
    if plain.is_empty() || plain.len() % CIPHER_BLOCK != 0 || plain.len() < HEAD {
        return None;
    }
    let decryptor = cbc::Decryptor::<Aes256>::new(key.bytes().into(), iv(key).into());
    decryptor.decrypt_padded::<NoPadding>(&mut plain).ok()?;
    let (padded, padding) = padding(&plain);
    let mut good = padded;
    let content = plain.len() - usize::from(padding);
    let length = u32::from_be_bytes(*plain.get(RANDOM..HEAD)?.first_chunk()?);
    let room = u32::try_from(content.saturating_sub(HEAD)).unwrap_or(u32::MAX);
    good &= !room.ct_lt(&length);
    let length = u32::conditional_select(&0, &length, good) as usize;
    let (start, end) = (HEAD, HEAD + length);
    let id = plain.get(end..content.max(end)).unwrap_or_default();
    let known = ids.iter().fold(Choice::from(0), |known, one| known | id.ct_eq(one.as_bytes()));
    good &= known;
    plain.truncate(end);
    plain.drain(..start);
    bool::from(good).then_some(plain)
}

/// Whether the end is padding, and how much; 0 where it is none. All bytes that may be padding are looked at.
fn padding(plain: &[u8]) -> (Choice, u8) {
    let claimed = plain.last().copied().unwrap_or_default();
    let longest = plain.len().min(BLOCK);
    let fits = !claimed.ct_eq(&0) & !(longest as u8).ct_lt(&claimed);
    let tail = &plain[plain.len() - longest..];
    // Without a branch, and without a look at each byte alone: a mask of ones where a byte belongs to the padding, and of zeros where not.
    let differs = tail.iter().rev().zip(0_i16..).fold(0, |differs, (byte, at)| {
        let belongs = ((at - i16::from(claimed)) >> 15) as u8;
        differs | belongs & (byte ^ claimed)
    });
    let good = fits & differs.ct_eq(&0);
    (good, u8::conditional_select(&0, &claimed, good))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key() -> AesKey {
        AesKey::parse("abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG").expect("a key")
    }

    fn encrypted(mut plain: Vec<u8>) -> String {
        let (key, length) = (key(), plain.len());
        let encryptor = cbc::Encryptor::<Aes256>::new(key.bytes().into(), iv(&key).into());
        STANDARD.encode(encryptor.encrypt_padded::<NoPadding>(&mut plain, length).expect("whole blocks"))
    }

    fn opened(sealed: &str) -> Option<Vec<u8>> {
        open(&key(), sealed, &["one".to_owned(), "two".to_owned()])
    }

    #[test]
    fn what_is_sealed_is_opened() {
        for length in [0, 1, 8, 9, 10, 11, 12, 100, 5_000] {
            let message = vec![b'm'; length];
            for id in ["one", "two"] {
                let sealed = seal(&key(), random().expect("random bytes"), &message, id);
                assert_eq!(opened(&sealed).as_deref(), Some(&message[..]), "{length}");
            }
            assert_eq!(opened(&seal(&key(), [7; 16], &message, "three")), None);
        }
    }

    #[test]
    fn every_fault_is_the_same() {
        let plain = |message: &[u8], length: u32, id: &str, padding: &[u8]| {
            [&[7; 16], &length.to_be_bytes()[..], message, id.as_bytes(), padding].concat()
        };
        let whole = plain(b"abcdefghi", 9, "", &[3; 3]);
        assert_eq!(whole.len(), 32);
        let mut good = plain(b"abcdef", 6, "one", &[3; 3]);
        assert_eq!(opened(&encrypted(good.clone())).as_deref(), Some(&b"abcdef"[..]));
        good.extend_from_slice(&[32; 32]);
        for no in [
            plain(b"abcdef", 6, "one", &[0; 3]),
            plain(b"abcdef", 6, "one", &[3, 2, 3]),
            plain(b"abcdef", 6, "one", &[33; 3]),
            plain(b"abcdef", 6, "one", &[255; 3]),
            plain(b"abcdef", 7, "one", &[3; 3]),
            plain(b"abcdef", 5, "one", &[3; 3]),
            plain(b"abcdef", 10, "one", &[3; 3]),
            plain(b"abcdef", u32::MAX, "one", &[3; 3]),
            plain(b"abcdef", 6, "One", &[3; 3]),
            plain(b"", 0, "", &[12; 12]),
            whole,
            good,
            vec![16; 16],
            vec![32; 32],
        ] {
            assert_eq!(opened(&encrypted(no.clone())), None, "{no:?}");
        }
        for no in ["", "=", "AAAA", "not base64!", &"A".repeat(43)] {
            assert_eq!(opened(no), None, "{no}");
        }
        let sealed = seal(&key(), [7; 16], b"message", "one");
        for cut in 0..sealed.len() {
            assert_eq!(opened(&sealed[..cut]), None, "{cut}");
        }
    }
}
