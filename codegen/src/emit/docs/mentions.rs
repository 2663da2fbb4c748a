//! What prose speaks of, as links: endpoints, error codes, and fields of the same page.

use std::cell::RefCell;
use std::collections::BTreeSet;

use super::index;
use super::language::Docs;
use super::markdown::{code, link, target};

/// What stands around the name of a field until the page knows where the field is told.
pub(super) const FIELD: (char, char) = ('\u{e000}', '\u{e001}');

/// The page that the prose is on.
pub(super) struct Around<'a> {
    pub(super) docs: &'a Docs<'a>,
    pub(super) path: &'a str,
    /// The endpoints that it has spoken of.
    pub(super) noted: &'a RefCell<BTreeSet<String>>,
}

/// Finished Markdown in which every known name is a link.
pub(super) fn linked(around: &Around<'_>, markdown: &str) -> String {
    if markdown.matches('`').count() % 2 == 1 {
        return markdown.to_owned();
    }
    let mut out = String::with_capacity(markdown.len() + 64);
    for (index, piece) in markdown.split('`').enumerate() {
        if index % 2 == 0 {
            plain(around, piece, &mut out);
        } else if let Some(link) = endpoint(around, piece) {
            out.push_str(&link);
        } else if is_field(piece) {
            out.extend([FIELD.0]);
            out.push_str(piece);
            out.extend([FIELD.1]);
        } else {
            out.push_str(&format!("`{piece}`"));
        }
    }
    out
}

fn is_field(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_alphabetic())
        && name.chars().all(|c| c.is_ascii_alphanumeric() || "_.".contains(c))
}

/// The text with the marks of fields replaced, by a link where the page tells the field once.
pub(super) fn settle(text: &str, anchor: &dyn Fn(&str) -> Option<String>) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once(FIELD.0) {
        let (name, after) = after.split_once(FIELD.1).unwrap_or((after, ""));
        out.push_str(before);
        out.push_str(&anchor(name).map_or_else(|| code(name), |anchor| link(&code(name), &format!("#{anchor}"))));
        rest = after;
    }
    out.push_str(rest);
    out
}

fn endpoint(around: &Around<'_>, path: &str) -> Option<String> {
    let known = around.docs.model.endpoints.iter().find(|endpoint| path.starts_with('/') && endpoint.path == path)?;
    around.noted.borrow_mut().insert(path.to_owned());
    let page = index::page_path(&known.spec);
    if around.path == page {
        return Some(code(path));
    }
    Some(link(&code(path), &target(around.path, &page)))
}

/// Prose outside of inline code: bare addresses and numbers of errors.
fn plain(around: &Around<'_>, text: &str, out: &mut String) {
    let mut rest = text;
    let mut before = ' ';
    while let Some(c) = rest.chars().next() {
        let word = rest.find(|c: char| !(c.is_ascii_alphanumeric() || "/_-".contains(c))).unwrap_or(rest.len());
        if word == 0 {
            out.push(c);
            before = c;
            rest = &rest[c.len_utf8()..];
            continue;
        }
        let (piece, after) = rest.split_at(word);
        let alone = !":./@=&?#%".contains(before) && !after.starts_with(['?', '=', '%']);
        let found = if alone { endpoint(around, piece).or_else(|| error(around, piece)) } else { None };
        out.push_str(found.as_deref().unwrap_or(piece));
        before = piece.chars().next_back().unwrap_or(' ');
        rest = after;
    }
}

fn error(around: &Around<'_>, number: &str) -> Option<String> {
    let code: i64 = number.parse().ok().filter(|_| number.len() >= 5)?;
    around.docs.model.error(code)?;
    Some(link(number, &target(around.path, &around.docs.error_at(code))))
}
