//! The pieces of a page.

use super::header::Column;

/// One line of the page as a reader sees it; several may come from one line of HTML.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::drift) struct Line {
    /// The line of the saved file, from 1.
    pub(in crate::drift) no: usize,
    pub(in crate::drift) text: String,
}

/// A piece of a page.
#[derive(Debug, Clone)]
pub(in crate::drift) enum Block {
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
pub(in crate::drift) struct Table {
    pub(in crate::drift) columns: Vec<Column>,
    pub(in crate::drift) rows: Vec<Row>,
}

/// One row: a cell for each column, empty where the page has none.
#[derive(Debug, Clone)]
pub(in crate::drift) struct Row {
    pub(in crate::drift) line: usize,
    pub(in crate::drift) cells: Vec<String>,
    /// The cells of this row did not stand in their columns.
    pub(in crate::drift) shifted: bool,
}

impl Row {
    /// The text of a column, when the table has it and the cell is not empty.
    pub(in crate::drift) fn cell(&self, columns: &[Column], wanted: Column) -> Option<&str> {
        let at = columns.iter().position(|column| *column == wanted)?;
        self.cells.get(at).map(|cell| cell.trim()).filter(|cell| !cell.is_empty())
    }
}
