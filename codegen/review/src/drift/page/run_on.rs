//! Tables whose rows ran together: `name description mark name description mark …`, where the mark of the
//! required column closes a row.

use super::block::{Block, Line, Row, Table};
use super::header::{self, Column};

/// How many lines without a mark may stand between two with one.
const REACH: usize = 14;

/// Reads the rows that begin here, and tells where they end.
pub(super) fn read(lines: &[Line], at: usize) -> Option<(Vec<Block>, usize)> {
    if !has_mark(&lines[at].text) {
        return None;
    }
    let mut end = at + 1;
    while let Some(more) = lines[end..].iter().take(REACH).position(|line| has_mark(&line.text)) {
        end += more + 1;
    }
    let mut reader = Reader::default();
    for line in &lines[at..end] {
        for word in line.text.split_whitespace() {
            reader.word(line.no, word);
        }
    }
    Some((reader.finish(lines[at].no), end))
}

/// Whether a mark of the required column stands before a name, in the middle of a line.
fn has_mark(text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().collect();
    !text.contains('|')
        && words
            .windows(2)
            .any(|pair| header::yes(pair[0]).is_some() && pair[0].chars().count() == 1 && is_name(pair[1]))
}

fn is_name(word: &str) -> bool {
    header::is_wire(word) && word.starts_with(|c: char| c.is_ascii_lowercase())
}

#[derive(Default)]
struct Reader {
    rows: Vec<Row>,
    /// The last line with words before the first name.
    stray: Option<usize>,
    open: Option<Row>,
    closed: bool,
}

impl Reader {
    fn word(&mut self, line: usize, word: &str) {
        let mark = header::yes(word).filter(|_| word.chars().count() == 1);
        match &mut self.open {
            _ if mark.is_some() => {
                if let Some(mut row) = self.open.take() {
                    row.cells[1] = word.to_owned();
                    self.rows.push(row);
                }
                self.closed = true;
            }
            None if self.closed && is_name(word) => {
                self.open =
                    Some(Row { line, cells: vec![word.to_owned(), String::new(), String::new()], shifted: false });
            }
            None => self.stray = Some(line),
            Some(row) => {
                row.cells[2].push(' ');
                row.cells[2].push_str(word);
            }
        }
    }

    fn finish(mut self, from: usize) -> Vec<Block> {
        self.rows.extend(self.open.take());
        let mut blocks = Vec::new();
        if let Some(to) = self.stray {
            let why = "the rows before these lost their names".to_owned();
            blocks.push(Block::Unread { from, to, what: "rows without names".to_owned(), why });
        }
        blocks
            .push(Block::Table(Table { columns: vec![Column::Name, Column::Required, Column::Text], rows: self.rows }));
        blocks
    }
}

#[cfg(test)]
mod tests {
    use super::{Block, Line, read};

    #[test]
    fn marks_close_rows_that_ran_together() {
        let text = "残行 是 kind 种类\nA_B,一;\n\n是 title 名称 否 stock 库存 是";
        let lines: Vec<Line> =
            text.lines().enumerate().map(|(at, text)| Line { no: at + 1, text: text.to_owned() }).collect();
        let Some((blocks, 4)) = read(&lines, 0) else { panic!("rows to the end") };
        let [Block::Unread { from: 1, .. }, Block::Table(table)] = &blocks[..] else { panic!("{blocks:?}") };
        let rows: Vec<(usize, &str, &str)> =
            table.rows.iter().map(|row| (row.line, row.cells[0].as_str(), row.cells[1].as_str())).collect();
        assert_eq!(rows, [(1, "kind", "是"), (4, "title", "否"), (4, "stock", "是")]);
    }
}
