//! What single lines and whole examples say: an address, a verb, a code, the elements of a push.

use super::super::page::{Line, header};
use super::json::{self, Mended};
use weixin_codegen::model::Api;

/// The elements of a push as the keys of one object.
pub(in crate::drift) fn elements(lines: &[Line]) -> json::Node {
    let mut entries = Vec::new();
    for line in lines {
        let text = super::super::page::normal::normal(&line.text);
        let Some((name, rest)) = text.strip_prefix('<').and_then(|rest| rest.split_once('>')) else { continue };
        if !header::is_wire(name) || name == "xml" {
            continue;
        }
        let inner = rest.split("</").next().unwrap_or_default().trim();
        let text = inner.trim_start_matches("<![CDATA[").trim_end_matches("]]>").trim().to_owned();
        let value = if text.parse::<i64>().is_ok() && !inner.contains("CDATA") {
            json::Value::Number(text)
        } else {
            json::Value::Text(text)
        };
        entries.push((name.to_owned(), line.no, json::Node { line: line.no, value }));
    }
    json::Node { line: lines[0].no, value: json::Value::Object(entries) }
}

/// The code of an example that shows an error.
pub(super) fn error_code(mended: &Mended, api: &Api) -> Option<(usize, i64)> {
    let json::Value::Object(entries) = &mended.node.value else { return None };
    entries.iter().find(|(name, ..)| *name == api.code_field).and_then(|(_, line, node)| match &node.value {
        json::Value::Number(number) => number.parse().ok().filter(|code| *code != api.ok).map(|code| (*line, code)),
        _ => None,
    })
}

/// The path behind the host, when a line holds an address of the interface.
pub(super) fn address(text: &str, host: &str) -> Option<String> {
    let at = text.find(host)?;
    let rest = &text[at + host.len()..];
    let path: String = rest.chars().take_while(|c| c.is_ascii_alphanumeric() || "/_-".contains(*c)).collect();
    (path.len() > 1).then(|| path.trim_end_matches('/').to_owned())
}

/// The verb of a line, also when the address is glued to it.
pub(super) fn verb(text: &str) -> Option<&'static str> {
    let before = text.split("http").next().unwrap_or_default();
    let whole = if before.trim().is_empty() || before.eq_ignore_ascii_case("url:") {
        text
    } else {
        text.rsplit_once("://").map_or(text, |(head, _)| head)
    };
    ["POST", "GET"].into_iter().find(|verb| whole.contains(verb))
}
