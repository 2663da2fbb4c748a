//! From a saved page to blocks: headings, prose, tables, JSON and XML, each with its line.
//!
//! HTML becomes the same stream of lines as Markdown and plain text, so that everything behind this
//! room knows one format only.

mod flat;
pub(super) mod header;
mod html;
pub(super) mod normal;
mod run_on;
mod text;

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

/// One line of the page as a reader sees it; several may come from one line of HTML.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Line {
    /// The line of the saved file, from 1.
    pub(super) no: usize,
    pub(super) text: String,
}

/// A saved page.
#[derive(Debug, Clone)]
pub struct Page {
    /// How messages name the file.
    pub file: String,
    pub(super) lines: Vec<Line>,
    pub(super) blocks: Vec<Block>,
}

/// A piece of a page.
#[derive(Debug, Clone)]
pub(super) enum Block {
    Heading(Line),
    Prose(Line),
    Table(Table),
    /// From an opening brace to wherever it ends: lines that may hold JSON.
    Json(Vec<Line>),
    Xml(Vec<Line>),
    /// What has no place: its lines, and why.
    Unread {
        from: usize,
        to: usize,
        /// By what name a quirk explains it.
        what: String,
        why: String,
    },
}

/// A table with a header that was understood.
#[derive(Debug, Clone)]
pub(super) struct Table {
    pub(super) columns: Vec<Column>,
    pub(super) rows: Vec<Row>,
}

/// One row: a cell for each column, empty where the page has none.
#[derive(Debug, Clone)]
pub(super) struct Row {
    pub(super) line: usize,
    pub(super) cells: Vec<String>,
    /// The cells of this row did not stand in their columns.
    pub(super) shifted: bool,
}

impl Row {
    /// The text of a column, when the table has it and the cell is not empty.
    pub(super) fn cell(&self, columns: &[Column], wanted: Column) -> Option<&str> {
        let at = columns.iter().position(|column| *column == wanted)?;
        self.cells.get(at).map(|cell| cell.trim()).filter(|cell| !cell.is_empty())
    }
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
