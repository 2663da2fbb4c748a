//! Lines to blocks.

use super::header::{self, Column};
use super::{Block, Line, Row, Table, flat, run_on};

/// Cuts a page into blocks.
pub(super) fn blocks(lines: &[Line], headings: &[&str]) -> Vec<Block> {
    let mut cutter = Cutter { lines, headings, at: 0, out: Vec::new() };
    while cutter.at < lines.len() {
        cutter.step();
    }
    cutter.out
}

struct Cutter<'a> {
    lines: &'a [Line],
    headings: &'a [&'a str],
    at: usize,
    out: Vec<Block>,
}

impl Cutter<'_> {
    fn step(&mut self) {
        let line = &self.lines[self.at];
        let text = line.text.trim();
        if text.is_empty() || text.starts_with("```") {
            self.at += 1;
        } else if let Some(heading) = heading(text, self.headings) {
            self.out.push(Block::Heading(Line { no: line.no, text: heading }));
            self.at += 1;
        } else if self.lines.get(self.at + 1).is_some_and(|next| is_rule(&next.text)) && text.contains('|') {
            self.pipe_table();
        } else if text.starts_with('{') {
            self.json();
        } else if text.starts_with("<xml>") {
            self.xml();
        } else if let Some((blocks, next)) = run_on::read(self.lines, self.at) {
            self.out.extend(blocks);
            self.at = next;
        } else if let Some((table, next)) = flat::read(self.lines, self.at, self.headings) {
            self.out.push(Block::Table(table));
            self.at = next;
        } else {
            self.out.push(Block::Prose(Line { no: line.no, text: plain(text) }));
            self.at += 1;
        }
    }

    fn pipe_table(&mut self) {
        let head = &self.lines[self.at];
        let names = cells(&head.text);
        let columns: Option<Vec<Column>> = names.iter().map(|name| header::column(name)).collect();
        let line = head.no;
        self.at += 2;
        let mut rows = Vec::new();
        while let Some(next) = self.lines.get(self.at).filter(|next| next.text.contains('|')) {
            rows.push((next.no, cells(&next.text)));
            self.at += 1;
        }
        match columns {
            Some(columns) => {
                let rows = rows.into_iter().map(|(line, cells)| row(line, cells, &columns)).collect();
                self.out.push(Block::Table(Table { columns, rows }));
            }
            None => {
                let unknown: Vec<&str> =
                    names.iter().filter(|name| header::column(name).is_none()).map(String::as_str).collect();
                let to = rows.last().map_or(line, |(no, _)| *no);
                let why = format!("a table whose column `{}` is not known", unknown.join("`, `"));
                self.out.push(Block::Unread { from: line, to, why });
            }
        }
    }

    /// Everything up to where no JSON can go on; the reader of JSON finds the end.
    fn json(&mut self) {
        let start = self.at;
        let mut depth = 0_i32;
        let mut inside = false;
        while let Some(line) = self.lines.get(self.at) {
            let text = line.text.trim();
            let foreign = self.at > start
                && !text.is_empty()
                && (text.starts_with("# ")
                    || (!inside
                        && !text.starts_with(|c: char| c.is_ascii() || "\u{201c}\u{201d}\u{a0}\u{3000}".contains(c)))
                    || text.starts_with("```")
                    || text.ends_with('|')
                    || header::flattened(text).is_some());
            if foreign {
                break;
            }
            depth += braces(text, &mut inside);
            self.at += 1;
            if depth <= 0 && !text.is_empty() && !self.goes_on() {
                break;
            }
        }
        self.out.push(Block::Json(self.lines[start..self.at].to_vec()));
    }

    /// After the braces have balanced out, only a stray closing bracket can still belong to the JSON.
    fn goes_on(&self) -> bool {
        self.lines.get(self.at).is_some_and(|next| {
            let next = next.text.trim();
            !next.is_empty() && next.chars().all(|c| "}],".contains(c))
        })
    }

    fn xml(&mut self) {
        let start = self.at;
        while let Some(line) = self.lines.get(self.at) {
            self.at += 1;
            if line.text.contains("</xml>") {
                break;
            }
        }
        self.out.push(Block::Xml(self.lines[start..self.at].to_vec()));
    }
}

/// Opening less closing brackets, outside of texts; a text may begin on one line and end on another.
fn braces(text: &str, inside: &mut bool) -> i32 {
    let mut escaped = false;
    let mut depth = 0;
    for c in text.chars() {
        match c {
            _ if escaped => escaped = false,
            '\\' if *inside => escaped = true,
            '"' => *inside = !*inside,
            '{' | '[' if !*inside => depth += 1,
            '}' | ']' if !*inside => depth -= 1,
            _ => {}
        }
    }
    depth
}

/// The heading that a line is.
fn heading(text: &str, cited: &[&str]) -> Option<String> {
    if let Some(rest) = text.strip_prefix('#') {
        let rest = rest.trim_start_matches('#');
        return rest.starts_with(' ').then(|| plain(rest.trim()));
    }
    cited.contains(&text).then(|| text.to_owned())
}

/// Whether a line is the rule below the header of a pipe table.
fn is_rule(text: &str) -> bool {
    let text = text.trim();
    text.contains("---") && text.chars().all(|c| "-|: ".contains(c))
}

/// The cells of a pipe row.
fn cells(text: &str) -> Vec<String> {
    let text = text.trim();
    let text = text.strip_prefix('|').unwrap_or(text);
    let text = text.strip_suffix('|').unwrap_or(text);
    text.split('|').map(|cell| plain(cell.trim())).collect()
}

/// Text without the marks of Markdown.
fn plain(text: &str) -> String {
    text.replace("**", "").replace('`', "").replace("\\_", "_").replace('\u{a0}', " ")
}

/// A row, with cells that slid together put back into their columns.
fn row(line: usize, mut cells: Vec<String>, columns: &[Column]) -> Row {
    let name = columns.iter().position(|column| matches!(column, Column::Name));
    let ty = columns.iter().position(|column| matches!(column, Column::Type));
    let mut shifted = false;
    if let (Some(name), Some(ty)) = (name, ty) {
        let split = cells.get(name).and_then(|cell| {
            let (first, rest) = cell.split_once(' ')?;
            let printed = header::leading_type(rest.trim())?;
            (header::is_wire(first) && printed.len() == rest.trim().len())
                .then(|| (first.to_owned(), printed.to_owned()))
        });
        if let Some((first, printed)) = split {
            cells[name] = first;
            cells.insert(ty.min(cells.len()), printed);
            shifted = true;
        }
    }
    cells.resize(columns.len(), String::new());
    Row { line, cells, shifted }
}

#[cfg(test)]
mod tests {
    use super::super::header::Column;
    use super::{is_rule, row};

    #[test]
    fn a_name_and_type_in_one_cell_are_parted() {
        let columns = [Column::Name, Column::Type, Column::Required, Column::Text];
        let cells = ["status uint32", "no", "1: paid", ""].map(str::to_owned).to_vec();
        let row = row(7, cells, &columns);
        assert_eq!((row.line, row.shifted), (7, true));
        assert_eq!(row.cells, ["status", "uint32", "no", "1: paid"]);
    }

    #[test]
    fn rules_are_known() {
        assert!(is_rule("---|---|---|"));
        assert!(is_rule("| :--- | ---: |"));
        assert!(!is_rule("a | b"));
    }
}
