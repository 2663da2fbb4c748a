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
    let mut out = Zeroizing::new(String::with_capacity(6 * token.len() + 140));
    out.push_str("{\"token\":");
    write_text(token, &mut out);
    let (issued, expires) = (seconds(stored.issued_at), seconds(stored.expires_at));
    out.push_str(&format!(",\"issued_at\":{issued},\"expires_at\":{expires},\"fence\":{fence}}}\n"));
    out
}

/// Reads the text; None where it is damaged.
pub(super) fn read(bytes: &[u8]) -> Option<Record> {
    let text = std::str::from_utf8(bytes).ok()?;
    let Members { token, issued_at, expires_at, fence } = members(&mut Reader::new(text)).ok()?;
    let token = AccessToken::new(token?);
    let time = |seconds: i128| UNIX_EPOCH.checked_add(Duration::from_secs(u64::try_from(seconds).ok()?));
    let stored = StoredToken { token, issued_at: time(issued_at?)?, expires_at: time(expires_at?)? };
    match stored.token.fault() {
        None => Some(Record { stored, fence: u64::try_from(fence?).ok()? }),
        Some(_) => None,
    }
}

#[derive(Default)]
struct Members<'a> {
    token: Option<Cow<'a, str>>,
    issued_at: Option<i128>,
    expires_at: Option<i128>,
    fence: Option<i128>,
}

fn members<'a>(reader: &mut Reader<'a>) -> Done<Members<'a>> {
    let mut members = Members::default();
    let mut next = reader.open_object()?;
    while let Some(key) = next {
        match &*key {
            "token" => members.token = Some(reader.text()?),
            "issued_at" => members.issued_at = Some(reader.integer()?),
            "expires_at" => members.expires_at = Some(reader.integer()?),
            "fence" => members.fence = Some(reader.integer()?),
            _ => reader.skip()?,
        }
        next = reader.next_key()?;
    }
    Ok(members)
}

/// Seconds since 1970, and 0 before.
fn seconds(time: SystemTime) -> u64 {
    time.duration_since(UNIX_EPOCH).unwrap_or_default().as_secs()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stored(token: &str, seconds: u64) -> StoredToken {
        let at = |seconds| UNIX_EPOCH + Duration::from_secs(seconds);
        StoredToken { token: token.into(), issued_at: at(seconds / 2), expires_at: at(seconds) }
    }

    #[test]
    fn what_is_written_is_read() {
        assert_eq!(*write(&stored("a", 7), 3), "{\"token\":\"a\",\"issued_at\":3,\"expires_at\":7,\"fence\":3}\n");
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
            r#"{"token":"a","issued_at":1,"expires_at":1}"#,
            r#"{"token":"a","expires_at":1,"fence":1}"#,
            r#"{"token":"a","issued_at":-1,"expires_at":1,"fence":1}"#,
            r#"{"token":"","issued_at":1,"expires_at":1,"fence":1}"#,
            r#"{"token":"a\u0000b","issued_at":1,"expires_at":1,"fence":1}"#,
            r#"{"token":"a","issued_at":1,"expires_at":-1,"fence":1}"#,
            r#"{"token":"a","issued_at":1,"expires_at":99999999999999999999,"fence":1}"#,
            r#"{"token":"a","issued_at":1,"expires_at":1,"fence":18446744073709551616}"#,
            r#"{"token":"a","issued_at":1,"expires_at":"soon","fence":1}"#,
        ] {
            assert!(read(text.as_bytes()).is_none(), "{text}");
        }
        assert!(read(b"\xff\xfe").is_none());
    }
}
