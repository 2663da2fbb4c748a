//! Rust as text: functions, implementations, and lists that are broken into rows where they are long.

use std::fmt::Write as _;

/// How many columns a line of code has.
pub(super) const WIDTH: usize = 100;

/// How far the code around a list may reach into its line.
const AROUND: usize = 36;

/// A function.
pub(super) fn function(signature: &str, body: &str) -> String {
    format!("{signature} {{\n{}\n}}", indented(body))
}

/// A trait for a type, with a blank line between its items.
pub(super) fn implement(name: &str, ty: &str, items: &[String]) -> String {
    let items: Vec<String> = items.iter().map(|item| indented(item)).collect();
    format!("impl {name} for {ty} {{\n{}\n}}\n", items.join("\n\n"))
}

/// The text four columns further to the right.
pub(super) fn indented(text: &str) -> String {
    let lines: Vec<String> =
        text.lines().map(|line| if line.is_empty() { String::new() } else { format!("    {line}") }).collect();
    lines.join("\n")
}

/// `[a, b]` on one line if that is short, else in rows.
pub(super) fn list(items: impl Iterator<Item = String>) -> String {
    let items: Vec<String> = items.collect();
    let line = format!("[{}]", items.join(", "));
    if line.len() + AROUND <= WIDTH { line } else { format!("[\n{}\n]", rows(&items, MOST)) }
}

/// `Self { a: 1, b: 2 }` likewise.
pub(super) fn struct_of(items: impl Iterator<Item = String>) -> String {
    let items: Vec<String> = items.collect();
    let line = format!("Self {{ {} }}", items.join(", "));
    match items.len() {
        0 => "Self {}".to_owned(),
        _ if line.len() + AROUND <= WIDTH => line,
        _ => format!("Self {{\n{}\n}}", rows(&items, MOST)),
    }
}

/// What stands around may push a list eight columns to the right.
const MOST: usize = WIDTH - 8;

/// As many items in a row as its columns allow.
pub(super) fn rows<T: AsRef<str>>(items: &[T], most: usize) -> String {
    let mut text = String::new();
    let mut width = most;
    for item in items.iter().map(AsRef::as_ref) {
        let end = width + 1 + item.len() + 1;
        if end > most {
            text.push_str(if text.is_empty() { "    " } else { "\n    " });
            width = 4 + item.len() + 1;
        } else {
            text.push(' ');
            width = end;
        }
        let _ = write!(text, "{item},");
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_broken_when_they_are_long() {
        let names = |count: usize| (0..count).map(|index| format!("name_{index:03}"));
        assert_eq!(list(names(2)), "[name_000, name_001]");
        assert_eq!(struct_of(names(0)), "Self {}");
        let long = list(names(30));
        assert!(long.starts_with("[\n    name_000, ") && long.ends_with("name_029,\n]"), "{long}");
        assert!(long.lines().all(|line| line.len() <= WIDTH - 8), "{long}");
    }

    #[test]
    fn items_are_set_apart() {
        let items = [function("fn a()", "b();\n\nc();"), "const D: u8 = 1;".to_owned()];
        let expected = "impl T for S {\n    fn a() {\n        b();\n\n        c();\n    }\n\n    const D: u8 = 1;\n}\n";
        assert_eq!(implement("T", "S", &items), expected);
    }
}
