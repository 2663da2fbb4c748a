//! JSON as servers really send it.

use std::borrow::Cow;

use serde_json::Value;

/// Parses JSON. A byte order mark is skipped, and where strings hold raw control characters they are accepted.
pub(crate) fn parse(body: &[u8]) -> Result<Value, serde_json::Error> {
    let body = body.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(body);
    serde_json::from_slice(body).or_else(|error| match escape_controls(body) {
        Cow::Owned(escaped) => serde_json::from_slice(&escaped),
        Cow::Borrowed(_) => Err(error),
    })
}

/// Writes the control characters inside of strings as escapes.
fn escape_controls(body: &[u8]) -> Cow<'_, [u8]> {
    let mut out = Vec::new();
    let mut copied = 0;
    let mut in_string = false;
    let mut escaped = false;
    for (position, &byte) in body.iter().enumerate() {
        if in_string && byte < 0x20 {
            out.extend_from_slice(&body[copied..position]);
            if escaped {
                // A backslash before a control character can only be meant as itself.
                out.push(b'\\');
            }
            out.extend_from_slice(format!("\\u{byte:04x}").as_bytes());
            copied = position + 1;
            escaped = false;
            continue;
        }
        match byte {
            b'"' if !escaped => in_string = !in_string,
            b'\\' if in_string => {
                escaped = !escaped;
                continue;
            }
            _ => {}
        }
        escaped = false;
    }
    if copied == 0 {
        return Cow::Borrowed(body);
    }
    out.extend_from_slice(&body[copied..]);
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn control_characters_in_strings() {
        let body = b"\xEF\xBB\xBF{\"a\x00b\":\n\"x\x1f\\\"\ty\\\\\"}";
        assert_eq!(parse(body).expect("accepted"), json!({"a\0b": "x\u{1f}\"\ty\\"}));
    }

    #[test]
    fn a_backslash_before_a_control_character() {
        assert_eq!(parse(b"[\"a\\\nb\"]").expect("accepted"), json!(["a\\\nb"]));
    }

    #[test]
    fn what_is_no_json_stays_none() {
        for body in [&b""[..], b"<html>", b"{", b"\"\x01", b"{\"a\":\x01}", b"\xff\xfe"] {
            assert!(parse(body).is_err(), "{body:?}");
        }
        assert!(parse("[".repeat(100_000).as_bytes()).is_err());
    }
}
