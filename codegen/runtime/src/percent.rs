//! Text in a URL.

/// Percent-encodes all but the letters that are never special in a URL.
pub(crate) fn escape(text: &str, out: &mut String) {
    const HEX: &[u8; 16] = b"0123456789ABCDEF";
    let mut rest = text;
    while let Some(at) = rest.bytes().position(|byte| !is_plain(byte)) {
        let (plain, special) = rest.split_at(at);
        out.push_str(plain);
        let end = special.char_indices().nth(1).map_or(special.len(), |(end, _)| end);
        for byte in special[..end].bytes() {
            out.push('%');
            out.push(char::from(HEX[usize::from(byte >> 4)]));
            out.push(char::from(HEX[usize::from(byte & 15)]));
        }
        rest = &special[end..];
    }
    out.push_str(rest);
}

/// Whether a byte stands for itself in a URL.
pub(crate) const fn is_plain(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~')
}

#[cfg(test)]
mod tests {
    use super::escape;

    #[test]
    fn what_is_special_is_encoded() {
        for (text, encoded) in [
            ("", ""),
            ("a-Z_0.9~", "a-Z_0.9~"),
            ("a b+c/d=&?", "a%20b%2Bc%2Fd%3D%26%3F"),
            ("微a\n", "%E5%BE%AEa%0A"),
            ("𠮷", "%F0%A0%AE%B7"),
        ] {
            let mut out = String::from("=");
            escape(text, &mut out);
            assert_eq!(out, format!("={encoded}"));
        }
    }
}
