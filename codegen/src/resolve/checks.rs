//! Small checks of single values: names that must not escape, dates, hosts.

use weixin_runtime::calendar;

use super::context::Context;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{is_type_name, nearest};
use crate::source::Node;
use crate::spec::{Also, View};
use crate::target::RESERVED_TYPES;

/// A name of a JSON key, XML element or query parameter.
pub(super) fn wire_name(cx: &Context<'_>, name: &str, at: &Node<'_>) -> bool {
    let good = is_wire_name(name);
    if !good {
        bad_name(cx, name, at, "use letters, digits, `_` and `-`, and begin with a letter");
    }
    good
}

pub(super) fn is_wire_name(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
        && name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-'))
        && name.chars().any(|c| c.is_ascii_alphanumeric())
}

/// An identifier of a quirk, a document, a view or a note: small letters, digits and single signs.
pub(super) fn slug(cx: &Context<'_>, name: &str, at: &Node<'_>) -> bool {
    let good = name.starts_with(|c: char| c.is_ascii_lowercase())
        && name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '_' | '-'));
    if !good {
        bad_name(cx, name, at, "use small letters, digits, `_` and `-`, and begin with a letter");
    }
    good
}

/// A name of a Rust type or variant.
pub(super) fn type_name(cx: &Context<'_>, name: &str, at: &Node<'_>) -> bool {
    let good = is_type_name(name);
    if !good {
        bad_name(cx, name, at, "use letters and digits, and begin with a capital: `CardStatus`");
    }
    good
}

/// A name of the spec that becomes one of Rust must leave alone those that generated code uses itself.
pub(super) fn reserved(cx: &Context<'_>, name: &str, at: &Node<'_>, what: &str) {
    if RESERVED_TYPES.contains(&name) {
        cx.report(
            named(
                Code::NameCollision,
                name,
                at,
                format!("{what} cannot be named `{name}`"),
                "generated code uses this name itself",
            )
            .help("choose another with `name:`, or rename the type"),
        );
    }
}

/// A value of an enumeration or tag, as it stands on the wire.
pub(super) fn enum_value(cx: &Context<'_>, value: &str, at: &Node<'_>) -> bool {
    let good = !value.is_empty() && value.chars().all(|c| !hidden(c) && c != '\n' && !matches!(c, '"' | '\\' | '`'));
    if !good {
        bad_name(cx, value, at, "a value of an enumeration holds no quotes, backslashes or invisible characters");
    }
    good
}

/// Values that are read as another one: each is a value, and another than the one that is written.
pub(super) fn also(cx: &Context<'_>, written: &Also, value: &str, at: &Node<'_>) -> Vec<String> {
    let mut good: Vec<String> = Vec::new();
    for (index, other) in written.0.iter().enumerate() {
        let item = at.index(index);
        let at = if item.exists() { &item } else { at };
        if other == value || good.contains(other) {
            bad_value(cx, at, &format!("`{other}` is said before"), "remove it here; `also` lists other values");
        } else if enum_value(cx, other, at) {
            good.push(other.clone());
        }
    }
    good
}

/// What is quoted from a page: a heading or a type column. It stands within one line of the output.
pub(super) fn quoted(cx: &Context<'_>, text: &str, at: &Node<'_>) {
    if text.is_empty() || text.contains(['\n', '`']) {
        cx.report(
            Diagnostic::at(Code::BadName, at, format!("`{text}` is no line of a page"), "in here")
                .help("quote it on one line, without backticks"),
        );
    }
    prose(cx, text, at);
}

/// What pages print in the column of types, before the length.
const PRINTED: &[&str] = &[
    "string",
    "int",
    "integer",
    "uint",
    "unsigned",
    "uint32",
    "uint64",
    "int32",
    "int64",
    "long",
    "bool",
    "boolean",
    "float",
    "double",
    "number",
    "array",
    "list",
    "object",
    "json",
    "struct",
    "structure",
    "date",
    "timestamp",
    "enum",
    "byte",
    "bytes",
    "text",
    "file",
    "short",
    "char",
    "varchar",
    "null",
    "any",
];

/// A type as printed: mistyped, its length would say nothing.
pub(super) fn printed_type(cx: &Context<'_>, text: &str, at: &Node<'_>) {
    let lower = text.trim().to_ascii_lowercase();
    let word: String = lower.chars().take_while(char::is_ascii_alphanumeric).collect();
    let Some(near) = nearest(&word, PRINTED.iter().copied()).filter(|near| *near != word && word.len() > 2) else {
        if lower.matches('(').count() != lower.matches(')').count() {
            bad_value(
                cx,
                at,
                &format!("`{text}` is not closed by `)`"),
                "write the type as the page prints it: `string(32)`",
            );
        }
        return;
    };
    if PRINTED.contains(&word.as_str()) {
        return;
    }
    let fault = Diagnostic::at(Code::BadValue, at, format!("`{word}` is no type that a page prints"), "this type");
    cx.report(fault.meant(Some(near), String::new));
}

fn bad_name(cx: &Context<'_>, name: &str, at: &Node<'_>, help: &str) {
    cx.report(named(Code::BadName, name, at, format!("`{name}` is no name"), "this name").help(help));
}

/// Characters that nobody sees and that may turn the order of those around them.
fn hidden(c: char) -> bool {
    (c.is_control() && c != '\n')
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

/// A fault of a name, which is a key in one place and a value in another.
fn named(code: Code, name: &str, at: &Node<'_>, message: String, label: &str) -> Diagnostic {
    if at.is_at(name) { Diagnostic::at_key(code, at, message, label) } else { Diagnostic::at(code, at, message, label) }
}

/// Prose goes into comments and tables: nothing in it may end them or hide.
pub(super) fn prose(cx: &Context<'_>, text: &str, at: &Node<'_>) {
    if let Some(bad) = text.chars().find(|c| hidden(*c)) {
        cx.report(
            Diagnostic::at(
                Code::BadName,
                at,
                format!("the text holds the invisible character U+{:04X}", u32::from(bad)),
                "in here",
            )
            .help("remove it; only line feeds are allowed"),
        );
    }
    if text.contains("*/") || text.contains("-->") {
        cx.report(
            Diagnostic::at(Code::BadName, at, "the text would end a comment of the output", "holds `*/` or `-->`")
                .help("word it differently"),
        );
    }
}

pub(super) fn crate_name(cx: &Context<'_>, name: &str, at: &Node<'_>) {
    slug(cx, name, at);
}

pub(super) fn version(cx: &Context<'_>, version: &str, at: &Node<'_>) {
    let parts: Vec<&str> = version.split('.').collect();
    let number = |part: &&str| part.parse::<u32>().is_ok_and(|number| number.to_string() == **part);
    if parts.len() != 3 || !parts.iter().all(number) {
        bad_value(cx, at, "a version has three numbers", "write it as `1.2.3`");
    }
}

pub(super) fn host(cx: &Context<'_>, host: &str, at: &Node<'_>) {
    let rest = host.strip_prefix("https://").unwrap_or_default();
    let good = !rest.is_empty() && rest.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | ':'));
    if !good {
        bad_value(cx, at, "the host is an https address without a path", "write it as `https://api.example.com`");
    }
}

/// Where something is published: an https address, maybe with a path, without a query.
pub(super) fn address(cx: &Context<'_>, address: Option<&String>, at: &Node<'_>) -> Option<String> {
    let address = address?;
    let rest = address.strip_prefix("https://").unwrap_or_default();
    let good = |c: char| c.is_ascii_alphanumeric() || "./-_~:%".contains(c);
    if rest.is_empty() || rest.starts_with('/') || !rest.chars().all(good) {
        bad_value(cx, at, "the address is no https address", "write it as `https://example.com/docs`");
        return None;
    }
    Some(address.trim_end_matches('/').to_owned())
}

/// What stands in a text right before something else.
pub(super) fn mark(cx: &Context<'_>, mark: Option<&String>, at: &Node<'_>) -> Option<String> {
    let mark = mark?;
    if mark.trim().is_empty() || mark.chars().any(char::is_control) {
        bad_value(cx, at, "the mark is empty, or no text on one line", "write what stands before the id: `\"id: \"`");
        return None;
    }
    Some(mark.clone())
}

/// `+08:00` in seconds.
pub(super) fn zone(cx: &Context<'_>, zone: &str, at: &Node<'_>) -> i32 {
    parse_zone(zone).unwrap_or_else(|| {
        bad_value(cx, at, "the zone is no offset from UTC", "write it as `\"+08:00\"`");
        0
    })
}

fn parse_zone(zone: &str) -> Option<i32> {
    let (sign, rest) = match zone.split_at_checked(1)? {
        ("+", rest) => (1, rest),
        ("-", rest) => (-1, rest),
        _ => return None,
    };
    let (hours, minutes) = rest.split_once(':')?;
    let digits = |text: &str| text.len() == 2 && text.bytes().all(|b| b.is_ascii_digit());
    if !digits(hours) || !digits(minutes) {
        return None;
    }
    let (hours, minutes): (i32, i32) = (hours.parse().ok()?, minutes.parse().ok()?);
    ((0..=14).contains(&hours) && (0..60).contains(&minutes)).then_some(sign * (hours * 3600 + minutes * 60))
}

pub(super) fn day(cx: &Context<'_>, day: &str, at: &Node<'_>) {
    if calendar::day(day).is_none() {
        bad_value(cx, at, "this is no day", "write it as `\"2026-11-21\"`");
    }
}

pub(super) fn view_affixes(cx: &Context<'_>, view: &View, at: &Node<'_>) {
    let good = |affix: &str| affix.chars().all(|c| c.is_ascii_alphanumeric());
    if !good(&view.prefix) || !good(&view.suffix) || view.prefix.starts_with(|c: char| !c.is_ascii_uppercase()) {
        bad_name(
            cx,
            &format!("{}…{}", view.prefix, view.suffix),
            at,
            "use letters and digits, and begin with a capital",
        );
    }
}

pub(super) fn bad_value(cx: &Context<'_>, at: &Node<'_>, message: &str, help: &str) {
    cx.report(Diagnostic::at(Code::BadValue, at, message, "this value").help(help));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn zones_are_signed() {
        assert_eq!(parse_zone("+08:00"), Some(28_800));
        assert_eq!(parse_zone("-03:30"), Some(-12_600));
        assert_eq!(parse_zone("8"), None);
        assert_eq!(parse_zone("+8:00"), None);
        assert_eq!(parse_zone("++8:00"), None);
    }
}
