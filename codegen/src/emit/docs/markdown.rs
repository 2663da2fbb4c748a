//! How text becomes Markdown that says what was meant.

use std::borrow::Cow;

/// Prose between blocks: code spans stay, `<` never opens a tag, an address is a link that ends where it ends.
pub(super) fn inline(text: &str) -> String {
    // Most texts are plain.
    if !text.contains(['`', '<', '\\', ':']) {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len() + 16);
    for (index, piece) in text.split('`').enumerate() {
        if index > 0 {
            out.push('`');
        }
        if index % 2 == 1 && closes(text, index) {
            out.push_str(piece);
        } else {
            prose(piece, &mut out);
        }
    }
    out
}

/// Whether the back quote before a piece has a partner: the last one of an odd number has none.
fn closes(text: &str, piece: usize) -> bool {
    piece < text.split('`').count() - 1
}

/// Markdown that is already finished, made fit for a table cell.
pub(super) fn one_line(markdown: &str) -> Cow<'_, str> {
    if !markdown.contains(['\n', '|']) {
        return Cow::Borrowed(markdown);
    }
    let lines: Vec<&str> = markdown.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    Cow::Owned(lines.join("<br>").replace('|', "\\|"))
}

/// A code span, also around text that has back quotes itself.
pub(super) fn code(text: &str) -> String {
    if text.contains('`') { format!("`` {text} ``") } else { format!("`{text}`") }
}

/// A link whose words are already Markdown.
pub(super) fn link(words: &str, target: &str) -> String {
    format!("[{words}]({target})")
}

fn prose(text: &str, out: &mut String) {
    let mut rest = text;
    while let Some(start) = rest.find(['<', '\\']).into_iter().chain(address(rest)).min() {
        out.push_str(&rest[..start]);
        let (before, from) = rest.split_at(start);
        if let Some(after) = from.strip_prefix('<') {
            out.push_str("&lt;");
            rest = after;
        } else if let Some(after) = from.strip_prefix('\\') {
            out.push_str("\\\\");
            rest = after;
        } else {
            let (address, after) = from.split_at(address_end(from));
            // Inside a link of the author's own it must stay as it is.
            let linked = before.ends_with("](");
            out.push_str(&if linked { address.to_owned() } else { format!("<{address}>") });
            rest = after;
        }
    }
    out.push_str(rest);
}

fn address(text: &str) -> Option<usize> {
    text.find("http://").into_iter().chain(text.find("https://")).min()
}

/// Where an address ends: at what cannot stand in one, and before punctuation that belongs to the sentence.
fn address_end(text: &str) -> usize {
    let end = text
        .find(|c: char| !c.is_ascii_graphic() || matches!(c, '<' | '>' | '"' | ')' | '`' | '|' | '\\'))
        .unwrap_or(text.len());
    text[..end].trim_end_matches(['.', ',', ';', ':', '!', '?', '\'']).len()
}

/// The link from a page to a place, which may be on the page itself.
pub(super) fn target(from: &str, to: &str) -> String {
    let (file, anchor) = to.split_once('#').map_or((to, None), |(file, anchor)| (file, Some(anchor)));
    let file = if file == from { String::new() } else { relative(from, file) };
    anchor.map_or_else(|| file.clone(), |anchor| format!("{file}#{anchor}"))
}

/// The relative link from one file to another; both paths start at the same folder.
pub(super) fn relative(from: &str, to: &str) -> String {
    let from: Vec<&str> = from.split('/').collect();
    let parts: Vec<&str> = to.split('/').collect();
    let folders = from.len() - 1;
    let same = from[..folders].iter().zip(&parts[..parts.len() - 1]).take_while(|(a, b)| a == b).count();
    let mut link = "../".repeat(folders - same);
    link += &parts[same..].join("/");
    link
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prose_keeps_code_and_disarms_the_rest() {
        assert_eq!(inline("a < b, `a < b`"), "a &lt; b, `a < b`");
        assert_eq!(inline("odd ` < quote"), "odd ` &lt; quote");
        assert_eq!(inline("见 https://mp.weixin.qq.com/，然后"), "见 <https://mp.weixin.qq.com/>，然后");
        assert_eq!(inline("see https://a.b/c?d=e."), "see <https://a.b/c?d=e>.");
        assert_eq!(inline("[x](https://a.b)"), "[x](https://a.b)");
    }

    #[test]
    fn a_cell_is_one_line_and_one_cell() {
        assert_eq!(one_line("a | b\n\nc `x|y`"), "a \\| b<br>c `x\\|y`");
    }

    #[test]
    fn links_are_relative_to_the_page() {
        assert_eq!(relative("en/card/code/get.md", "en/card/types/enums.md"), "../types/enums.md");
        assert_eq!(relative("en/card/code/get.md", "zh/card/code/get.md"), "../../../zh/card/code/get.md");
        assert_eq!(relative("en/README.md", "en/errors.md"), "errors.md");
        assert_eq!(relative("en/card/get.md", "en/card/get.md"), "get.md");
        assert_eq!(relative("en/card.md", "en/card/get.md"), "card/get.md");
    }
}
