//! The message around one that is encrypted. What is encrypted is found by its name alone, for nothing may be read of a push
//! before its signature holds.

use std::borrow::Cow;

use super::scheme::Scheme;
use crate::json::write_text;

/// How many places are tried: a text in the same message may look like the element.
const MOST: usize = 8;

/// The first place that holds what is encrypted, in an envelope of JSON or XML, as far as its signature tells.
pub(super) fn find<'b>(
    body: &'b str,
    name: &str,
    is_json: bool,
    is_signed: impl Fn(&str) -> bool,
) -> Option<Cow<'b, str>> {
    // One byte is found much faster than a name.
    let (open, close) = if is_json { ('"', '"') } else { ('<', '>') };
    let named = |(at, _): (usize, &'b str)| body[at + 1..].strip_prefix(name)?.strip_prefix(close);
    let behind = body.match_indices(open).filter_map(named);
    let mut places = behind.take(MOST).filter_map(|rest| if is_json { in_json(rest) } else { in_xml(rest) });
    places.find(|content| is_signed(content))
}

fn in_json(rest: &str) -> Option<Cow<'_, str>> {
    let value = rest.trim_start().strip_prefix(':')?.trim_start().strip_prefix('"')?;
    let value = &value[..value.find('"')?];
    if value.is_empty() {
        return None;
    }
    Some(if value.contains('\\') { Cow::Owned(value.replace("\\/", "/")) } else { Cow::Borrowed(value) })
}

fn in_xml(rest: &str) -> Option<Cow<'_, str>> {
    let rest = rest.trim_start();
    let value = match rest.strip_prefix("<![CDATA[") {
        Some(value) => &value[..end_of_section(value)?],
        None => &rest[..rest.find('<')?],
    };
    let value = value.trim();
    (!value.is_empty()).then_some(Cow::Borrowed(value))
}

/// Where the end of a section stands. One byte is found much faster than three, and what is encrypted holds none of them.
fn end_of_section(text: &str) -> Option<usize> {
    text.match_indices(']').map(|(at, _)| at).find(|at| text[*at..].starts_with("]]>"))
}

/// The envelope of an encrypted answer.
pub(super) fn answer(
    scheme: &Scheme,
    sealed: &str,
    signature: &str,
    timestamp: u64,
    nonce: &str,
    json: bool,
) -> String {
    let names = &scheme.envelope;
    if json {
        let mut out = String::from("{");
        for (name, value) in [(names.sealed, sealed), (names.signature, signature)] {
            write_text(name, &mut out);
            out.push(':');
            write_text(value, &mut out);
            out.push(',');
        }
        write_text(names.timestamp, &mut out);
        out.push_str(&format!(":{timestamp},"));
        write_text(names.nonce, &mut out);
        out.push(':');
        write_text(nonce, &mut out);
        return out + "}";
    }
    format!(
        "<xml><{0}><![CDATA[{sealed}]]></{0}><{1}><![CDATA[{signature}]]></{1}><{2}>{timestamp}</{2}>\
         <{3}><![CDATA[{nonce}]]></{3}></xml>",
        names.sealed, names.signature, names.timestamp, names.nonce
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_encrypted_is_found_by_its_name() {
        let tried = |body: &str, json| {
            let tried = std::cell::RefCell::new(Vec::new());
            let found = find(body, "E", json, |content| {
                tried.borrow_mut().push(content.to_owned());
                false
            });
            assert_eq!(found, None, "none is signed");
            tried.into_inner().join(",")
        };
        assert_eq!(tried("<xml><E><![CDATA[ab+/=]]></E></xml>", false), "ab+/=");
        assert_eq!(tried("<xml><E> ab\n</E><E>\n<![CDATA[ cd ]]></E></xml>", false), "ab,cd");
        assert_eq!(tried("<xml><T><![CDATA[<E>x y</E>]]></T><E>cd</E></xml>", false), "x y,cd");
        assert_eq!(tried("{\"E\" : \"ab\\/c=\",\"x\":\"E\"}", true), "ab/c=");
        for no in ["", "<E>", "<E></E>", "<E>ab", "<E><![CDATA[ab", "<E><![CDATA[]]></E>", "E>ab<"] {
            assert_eq!(tried(no, false), "", "{no}");
        }
        for no in ["", "\"E\"", "\"E\":", "\"E\":\"", "\"E\":\"ab", "\"E\":1", "\"E\":\"\""] {
            assert_eq!(tried(no, true), "", "{no}");
        }
        assert_eq!(tried(&"<E>a</E>".repeat(100), false).split(',').count(), MOST);
        assert_eq!(find("<E>a</E><E>b</E><E>c</E>", "E", false, |content| content == "b").as_deref(), Some("b"));
    }
}
