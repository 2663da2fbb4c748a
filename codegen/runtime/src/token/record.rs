//! A token as the text that is kept.

use std::borrow::Cow;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use zeroize::Zeroizing;

use super::access::AccessToken;
use super::store::StoredToken;
use crate::json::{Done, Reader, write_text};

/// What is kept: a token, and the fence of the lease under which it came.
pub(super) struct Record {
    pub(super) stored: StoredToken,
    pub(super) fence: u64,
}

/// The text, which is overwritten when it is dropped.
pub(super) fn write(stored: &StoredToken, fence: u64) -> Zeroizing<String> {
    let token = stored.token.expose();
    // An escape takes six bytes at most. A text that grows would leave a copy behind.
    let mut out = Zeroizing::new(String::with_capacity(6 * token.len() + 100));
    out.push_str("{\"token\":");
    write_text(token, &mut out);
    out.push_str(&format!(",\"expires_at\":{},\"fence\":{fence}}}\n", seconds(stored.expires_at)));
    out
}

/// Reads the text; None where it is damaged.
pub(super) fn read(bytes: &[u8]) -> Option<Record> {
    let text = std::str::from_utf8(bytes).ok()?;
    let (token, expires_at, fence) = members(&mut Reader::new(text)).ok()?;
    let token = AccessToken::new(token?);
    let expires_at = UNIX_EPOCH.checked_add(Duration::from_secs(u64::try_from(expires_at?).ok()?))?;
    match token.fault() {
        None => Some(Record { stored: StoredToken { token, expires_at }, fence: u64::try_from(fence?).ok()? }),
        Some(_) => None,
    }
}

type Members<'a> = (Option<Cow<'a, str>>, Option<i128>, Option<i128>);

fn members<'a>(reader: &mut Reader<'a>) -> Done<Members<'a>> {
    let (mut token, mut expires_at, mut fence) = (None, None, None);
    let mut next = reader.open_object()?;
    while let Some(key) = next {
        match &*key {
            "token" => token = Some(reader.text()?),
            "expires_at" => expires_at = Some(reader.integer()?),
            "fence" => fence = Some(reader.integer()?),
            _ => reader.skip()?,
        }
        next = reader.next_key()?;
    }
    Ok((token, expires_at, fence))
}

/// Seconds since 1970, and 0 before.
fn seconds(time: SystemTime) -> u64 {
    time.duration_since(UNIX_EPOCH).unwrap_or_default().as_secs()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stored(token: &str, seconds: u64) -> StoredToken {
        StoredToken { token: token.into(), expires_at: UNIX_EPOCH + Duration::from_secs(seconds) }
    }

    #[test]
    fn what_is_written_is_read() {
        assert_eq!(*write(&stored("a", 7), 3), "{\"token\":\"a\",\"expires_at\":7,\"fence\":3}\n");
        for token in ["a", "a\"\\/b", "中", "a_b-c.d"] {
            let record = read(write(&stored(token, 1_790_000_000), u64::MAX).as_bytes()).unwrap();
            assert_eq!(record.stored, stored(token, 1_790_000_000));
            assert_eq!(record.fence, u64::MAX);
        }
        let before = StoredToken { expires_at: UNIX_EPOCH - Duration::from_secs(1), ..stored("a", 0) };
        assert_eq!(read(write(&before, 0).as_bytes()).unwrap().stored, stored("a", 0));
    }

    #[test]
    fn no_cut_is_read() {
        let text = write(&stored("a-token", 1_790_000_000), 1_790_000_000_000_000);
        let text = text.trim_end();
        for end in 0..text.len() {
            assert!(read(&text.as_bytes()[..end]).is_none(), "{}", &text[..end]);
        }
    }

    #[test]
    fn other_formats_are_damage() {
        for text in [
            "[]",
            "null",
            "a-token",
            r#"{"access_token":"a","expires_in":7200}"#,
            r#"{"token":"a","expires_at":1}"#,
            r#"{"token":"","expires_at":1,"fence":1}"#,
            r#"{"token":"a\u0000b","expires_at":1,"fence":1}"#,
            r#"{"token":"a","expires_at":-1,"fence":1}"#,
            r#"{"token":"a","expires_at":99999999999999999999,"fence":1}"#,
            r#"{"token":"a","expires_at":1,"fence":18446744073709551616}"#,
            r#"{"token":"a","expires_at":"soon","fence":1}"#,
        ] {
            assert!(read(text.as_bytes()).is_none(), "{text}");
        }
        assert!(read(b"\xff\xfe").is_none());
    }
}
