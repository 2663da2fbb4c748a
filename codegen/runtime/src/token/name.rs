//! A key as a name.

use std::fmt::Write;

/// A key as a name of files and in Redis: small letters, digits, `-` and `_` stay, all other bytes are `%` and two digits.
/// Two keys never share a name, not even where large letters and small ones are the same; a name has no dot, no slash and
/// no brace, and is never empty.
pub(super) fn name(key: &str) -> String {
    let mut out = String::with_capacity(key.len());
    for byte in key.bytes() {
        match byte {
            b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' => out.push(char::from(byte)),
            _ => {
                // Writing into a text cannot fail.
                let _ = write!(out, "%{byte:02x}");
            }
        }
    }
    if out.is_empty() {
        // No key has this name: what follows the sign is always two digits.
        out.push('%');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::name;

    #[test]
    fn names() {
        for (key, is) in [
            ("wx-1_a", "wx-1_a"),
            ("", "%"),
            ("%", "%25"),
            ("Wx", "%57x"),
            ("../a.b", "%2e%2e%2fa%2eb"),
            ("{a}", "%7ba%7d"),
            ("中\0", "%e4%b8%ad%00"),
        ] {
            assert_eq!(name(key), is);
        }
    }
}
