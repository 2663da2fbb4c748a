//! Rustdoc as lines of Markdown, kept clear of what rustdoc would take for links, tags or lists.

use crate::model::Text;

/// Where lines of prose are broken.
const WIDTH: usize = 108;

/// The documentation of one item in the making.
#[derive(Default)]
pub(super) struct Doc {
    lines: Vec<String>,
    /// Whether the last line belongs to a list or table that the next row continues.
    open: bool,
}

impl Doc {
    /// Nothing yet.
    pub(super) fn new() -> Self {
        Self::default()
    }

    /// A paragraph of the spec's prose.
    pub(super) fn prose(&mut self, text: &str) -> &mut Self {
        self.raw(&escape(text))
    }

    /// A paragraph of Markdown that is known to be safe.
    pub(super) fn raw(&mut self, markdown: &str) -> &mut Self {
        for paragraph in markdown.split("\n\n").filter(|paragraph| !paragraph.trim().is_empty()) {
            self.gap();
            wrap(&mut self.lines, paragraph, "");
        }
        self.open = false;
        self
    }

    /// The Chinese paragraph: title and text.
    pub(super) fn chinese(&mut self, parts: &[&str]) -> &mut Self {
        self.raw_chinese(&escape(&one_line(&chinese(parts))))
    }

    /// The same of Markdown that is known to be safe.
    pub(super) fn raw_chinese(&mut self, markdown: &str) -> &mut Self {
        if !markdown.is_empty() {
            self.gap();
            self.lines.push(format!("中文：{markdown}"));
        }
        self.open = false;
        self
    }

    /// A heading of a section.
    pub(super) fn heading(&mut self, heading: &str) -> &mut Self {
        self.gap();
        self.lines.push(format!("# {heading}"));
        self.open = false;
        self
    }

    /// One item of a list.
    pub(super) fn item(&mut self, markdown: &str) -> &mut Self {
        if !self.open {
            self.gap();
        }
        wrap(&mut self.lines, &format!("- {markdown}"), "  ");
        self.open = true;
        self
    }

    /// A list that is folded until somebody asks for it: the other language.
    pub(super) fn folded(&mut self, summary: &str, items: &[String]) -> &mut Self {
        self.gap();
        self.lines.push(format!("<details><summary>{summary}</summary>"));
        self.lines.push(String::new());
        self.lines.extend(items.iter().map(|item| format!("- {}", one_line(item))));
        self.lines.push("</details>".to_owned());
        self.open = false;
        self
    }

    /// How many lines there are.
    pub(super) fn len(&self) -> usize {
        self.lines.len()
    }

    /// The head of a table.
    pub(super) fn table(&mut self, head: &[&str]) -> &mut Self {
        self.gap();
        self.lines.push(format!("| {} |", head.join(" | ")));
        self.lines.push(format!("|{}", "---|".repeat(head.len())));
        self.open = true;
        self
    }

    /// One row of a table.
    pub(super) fn row(&mut self, cells: &[String]) -> &mut Self {
        let cells: Vec<String> = cells.iter().map(|cell| one_line(cell).replace('|', "\\|")).collect();
        self.lines.push(format!("| {} |", cells.join(" | ")));
        self
    }

    /// A block of code.
    pub(super) fn code(&mut self, kind: &str, code: impl IntoIterator<Item = String>) -> &mut Self {
        self.gap();
        self.lines.push(format!("```{kind}"));
        self.lines.extend(code);
        self.lines.push("```".to_owned());
        self.open = false;
        self
    }

    /// The lines.
    pub(super) fn lines(self) -> Vec<String> {
        self.lines
    }

    /// Sets the next block apart from the one before.
    fn gap(&mut self) {
        if !self.lines.is_empty() {
            self.lines.push(String::new());
        }
    }
}

/// Prose with a full stop, in English.
pub(super) fn english(text: &Text) -> String {
    let text = text.en.trim();
    if text.is_empty() || text.ends_with(['.', '!', '?', ':']) { text.to_owned() } else { format!("{text}.") }
}

/// Sentences in Chinese, one after the other.
pub(super) fn chinese(parts: &[&str]) -> String {
    parts.iter().filter(|part| !part.trim().is_empty()).map(|part| sentence(part)).collect()
}

/// The first sentence: up to a stop that a new sentence follows, outside inline code.
pub(super) fn first_sentence(text: &str) -> &str {
    let ends = |(end, _): &(usize, &str)| {
        let starts_anew = |c: char| c.is_uppercase() || c == '`';
        text[end + 2..].starts_with(starts_anew) && text[..*end].matches('`').count().is_multiple_of(2)
    };
    text.match_indices(". ").find(ends).map_or(text, |(end, _)| &text[..=end])
}

/// Prose with a full stop, in Chinese.
pub(super) fn sentence(text: &str) -> String {
    let text = text.trim();
    if text.ends_with(['。', '！', '？', '.', '：']) { text.to_owned() } else { format!("{text}。") }
}

/// The same words with a capital at the beginning.
pub(super) fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().to_string() + chars.as_str())
}

/// A value as inline code.
pub(super) fn code(value: &str) -> String {
    if value.contains('`') { format!("`` {value} ``") } else { format!("`{value}`") }
}

/// Text without line breaks.
pub(super) fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Prose in which nothing but inline code has a meaning to rustdoc.
pub(super) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    let mut in_code = false;
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        if !in_code && (rest.starts_with("http://") || rest.starts_with("https://")) {
            let url = &rest[..url_length(rest)];
            out.push('<');
            out.push_str(url);
            out.push('>');
            rest = &rest[url.len()..];
            continue;
        }
        if c == '`' {
            // A lone backtick is a letter, not the beginning of code.
            in_code = !in_code && rest[1..].contains('`');
            if !in_code && !out_is_code(&out) {
                out.push('\\');
            }
        } else if !in_code && needs_escape(c, &out, &rest[c.len_utf8()..]) {
            out.push('\\');
        }
        out.push(c);
        rest = &rest[c.len_utf8()..];
    }
    out
}

/// Whether an inline code is open at the end of the text.
fn out_is_code(out: &str) -> bool {
    out.replace("\\`", "").matches('`').count() % 2 == 1
}

fn needs_escape(c: char, before: &str, after: &str) -> bool {
    match c {
        '<' | '[' | ']' | '*' | '\\' | '~' => true,
        // Between letters an underscore is one; elsewhere it may begin emphasis.
        '_' => {
            !(before.ends_with(|c: char| c.is_ascii_alphanumeric() || c == '_')
                && after.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '_'))
        }
        '#' | '>' | '+' | '-' | '|' => before.is_empty() || before.ends_with('\n'),
        _ => false,
    }
}

fn url_length(text: &str) -> usize {
    let end = text
        .find(|c: char| c.is_whitespace() || !c.is_ascii() || matches!(c, '`' | '<' | '>' | '"' | ')' | ']' | ','))
        .unwrap_or(text.len());
    text[..end].trim_end_matches(['.', ';', ':', '\'']).len()
}

/// Breaks a paragraph into lines at blanks, never inside inline code and never so that a line begins like a list.
fn wrap(lines: &mut Vec<String>, paragraph: &str, indent: &str) {
    let mut line = String::new();
    let mut columns = 0;
    let mut in_code = false;
    for word in paragraph.split_whitespace() {
        let width = word.chars().count();
        if !line.is_empty() {
            if columns + width >= WIDTH && !in_code && !begins_block(word) {
                lines.push(std::mem::replace(&mut line, indent.to_owned()));
                columns = indent.len();
            } else {
                line.push(' ');
                columns += 1;
            }
        }
        line.push_str(word);
        columns += width;
        if word.matches('`').count() % 2 == 1 {
            in_code = !in_code;
        }
    }
    lines.push(line);
}

/// Whether a line that begins with this word would be the beginning of a list, heading or quotation.
fn begins_block(word: &str) -> bool {
    let digits = word.trim_start_matches(|c: char| c.is_ascii_digit());
    word.starts_with(['#', '>', '-', '+', '*', '|', '='])
        || (digits.len() < word.len() && (digits.starts_with('.') || digits.starts_with(')')))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_is_neutralized_outside_code() {
        assert_eq!(escape("see [x] and <b> at `a[0] <b>`"), "see \\[x\\] and \\<b> at `a[0] <b>`");
        assert_eq!(escape("see https://a.b/c_d?e=f."), "see <https://a.b/c_d?e=f>.");
        assert_eq!(escape("card_id and _x_ and 2 * 3"), "card_id and \\_x\\_ and 2 \\* 3");
        assert_eq!(escape("a ` b"), "a \\` b");
        assert_eq!(escape("- 1"), "\\- 1");
    }

    #[test]
    fn lines_break_between_words_and_not_in_code() {
        let mut doc = Doc::new();
        doc.raw(&format!("{} `a b` - 1. end", "word ".repeat(21)));
        for line in doc.lines() {
            assert_eq!(line.matches('`').count() % 2, 0, "{line}");
            assert!(!begins_block(&line), "{line}");
        }
    }

    #[test]
    fn the_first_sentence_ends_where_the_next_begins() {
        assert_eq!(first_sentence("One, e.g. this. Two."), "One, e.g. this.");
        assert_eq!(first_sentence("At `a. B` it goes on. End."), "At `a. B` it goes on.");
        assert_eq!(first_sentence("Only one."), "Only one.");
    }

    #[test]
    fn lists_stay_together_and_paragraphs_apart() {
        let mut doc = Doc::new();
        doc.prose("One.").item("a").item("b").chinese(&["标题", "正文。"]);
        assert_eq!(doc.lines(), ["One.", "", "- a", "- b", "", "中文：标题。正文。"]);
    }
}
