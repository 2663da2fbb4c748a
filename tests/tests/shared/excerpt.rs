//! Of generated Rust, the items that a case is about.

/// The items of these kinds, and the headings of the files that have any.
pub(crate) fn of(rust: &str, kinds: &[String]) -> String {
    let mut out = String::new();
    for file in rust.split("// ===== ").skip(1) {
        let (name, text) = file.split_once('\n').unwrap_or((file, ""));
        let items: Vec<String> =
            items(text).into_iter().filter(|item| kinds.iter().any(|it| it == kind(item))).collect();
        if !items.is_empty() {
            out += &format!("// ===== {name}\n{}\n", items.join("\n"));
        }
    }
    out
}

/// The items of a file: each from its documentation to the line that ends it.
fn items(text: &str) -> Vec<String> {
    let mut items = Vec::new();
    let mut item = String::new();
    for line in text.lines() {
        item += line;
        item.push('\n');
        let ends = line.starts_with(['}', ')']) || (line.ends_with([';', '}']) && !line.starts_with([' ', '/', '#']));
        if ends {
            items.push(std::mem::take(&mut item).trim_start().to_owned());
        }
    }
    items
}

/// What an item is, by its first line of code.
fn kind(item: &str) -> &'static str {
    let head = item.lines().find(|line| !line.is_empty() && !line.starts_with("//") && !line.starts_with("#["));
    let head = head.unwrap_or_default();
    let starts = |starts: &[&str]| starts.iter().any(|start| head.starts_with(start));
    if starts(&["pub struct", "pub enum"]) {
        "types"
    } else if starts(&["static"]) {
        "shapes"
    } else if starts(&["impl rt::Validate"]) {
        "checks"
    } else if starts(&["impl rt::Endpoint", "impl rt::Paged", "impl rt::Spanned"]) {
        "calls"
    } else if starts(&["impl From", "impl std::fmt::Display", "impl TryFrom"]) {
        "conversions"
    } else if starts(&["pub const", "pub(crate) const", "pub static"]) {
        "errors"
    } else if head.starts_with("impl") && !head.contains(" for ") {
        "methods"
    } else {
        "other"
    }
}
