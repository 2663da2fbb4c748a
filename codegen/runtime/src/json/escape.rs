//! Strings as JSON has them.

use super::scan::special;

/// A string. Letters that are no ASCII stay as they are: WeChat shows escapes of them to users.
pub(crate) fn write_text(text: &str, out: &mut String) {
    let bytes = text.as_bytes();
    out.reserve(text.len() + 2);
    out.push('"');
    let (mut copied, mut at) = (0, special(bytes, 0));
    while let Some(&byte) = bytes.get(at) {
        out.push_str(&text[copied..at]);
        match byte {
            b'"' => out.push_str("\\\""),
            b'\\' => out.push_str("\\\\"),
            b'\n' => out.push_str("\\n"),
            b'\r' => out.push_str("\\r"),
            b'\t' => out.push_str("\\t"),
            0x08 => out.push_str("\\b"),
            0x0c => out.push_str("\\f"),
            _ => out.push_str(&format!("\\u{byte:04x}")),
        }
        copied = at + 1;
        at = special(bytes, copied);
    }
    out.push_str(&text[copied..]);
    out.push('"');
}

#[cfg(test)]
mod tests {
    use super::write_text;

    #[test]
    fn only_what_must_be_is_escaped() {
        let mut out = String::new();
        write_text("a\"\\\n\r\t\u{8}\u{c}\u{1}/中\u{7f}", &mut out);
        assert_eq!(out, "\"a\\\"\\\\\\n\\r\\t\\b\\f\\u0001/中\u{7f}\"");
    }
}
