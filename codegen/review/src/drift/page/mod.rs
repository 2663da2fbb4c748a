//! From a saved page to blocks: headings, prose, tables, JSON and XML, each with its line.
//!
//! HTML becomes the same stream of lines as Markdown and plain text, so that everything behind this
//! room knows one format only.

mod block;
mod flat;
pub(super) mod header;
mod html;
pub(super) mod normal;
mod run_on;
mod text;

pub(super) use block::{Block, Line, Row, Table};
pub(super) use header::Column;

/// What a saved page is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Plain text or Markdown: headings with `#` or bare, pipe tables, flattened tables.
    Text,
    /// HTML.
    Html,
}

impl Format {
    /// Told by the file extension, or else by the first character that means something.
    #[must_use]
    pub fn guess(file: &str, text: &str) -> Self {
        let extension = file.rsplit_once('.').map_or("", |(_, extension)| extension).to_ascii_lowercase();
        match extension.as_str() {
            "html" | "htm" | "xhtml" => Self::Html,
            "md" | "markdown" | "txt" => Self::Text,
            _ if text.trim_start().starts_with("<!") || text.trim_start().starts_with("<html") => Self::Html,
            _ => Self::Text,
        }
    }
}

/// A saved page.
#[derive(Debug, Clone)]
pub struct Page {
    /// How messages name the file.
    pub file: String,
    pub(super) lines: Vec<Line>,
    pub(super) blocks: Vec<Block>,
}

impl Page {
    /// Reads a saved page. `headings` are those that the spec cites, which may stand bare in plain text.
    #[must_use]
    pub fn read(file: &str, source: &str, format: Format, headings: &[&str]) -> Self {
        let lines = match format {
            Format::Html => html::lines(source),
            Format::Text => {
                source.lines().enumerate().map(|(at, text)| Line { no: at + 1, text: normal::seen(text) }).collect()
            }
        };
        let blocks = text::blocks(lines.clone(), headings);
        Self { file: file.to_owned(), lines, blocks }
    }
}
