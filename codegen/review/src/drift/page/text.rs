//! Lines to blocks.

use super::block::{Block, Line, Row, Table};
use super::header::{self, Column};
use super::normal::{self, normal};
use super::{flat, run_on};

/// Cuts a page into blocks.
pub(super) fn blocks(lines: Vec<Line>, headings: &[&str]) -> Vec<Block> {
    let headings: Vec<String> = headings.iter().map(|heading| normal(heading)).collect();
    let plain = lines.iter().map(|line| Line { no: line.no, text: meant(&line.text) }).collect();
    let mut cutter = Cutter { lines, plain, headings, at: 0, out: Vec::new() };
    while cutter.at < cutter.lines.len() {
        cutter.step();
    }
    cutter.out
}

struct Cutter {
    /// As the page has them: what is JSON is read as it stands.
    lines: Vec<Line>,
    /// As they were meant.
    plain: Vec<Line>,
    headings: Vec<String>,
    at: usize,
    out: Vec<Block>,
}

impl Cutter {
    fn step(&mut self) {
        let line = self.plain[self.at].clone();
        let text = line.text.as_str();
        if is_nothing(text) {
            self.at += 1;
        } else if let Some(heading) = heading(text, &self.headings) {
            self.out.push(Block::Heading(Line { no: line.no, text: heading }));
            self.at += 1;
        } else if self.lines[self.at].text.contains('\t') && self.tab_table() {
        } else if self.plain.get(self.at + 1).is_some_and(|next| is_rule(&next.text)) && text.contains('|') {
            self.pipe_table();
        } else if text.starts_with('{') {
            self.json();
        } else if text.starts_with("<xml>") {
            self.xml();
        } else if let Some((blocks, next)) = run_on::read(&self.plain, self.at) {
            self.out.extend(blocks);
            self.at = next;
        } else if let Some((table, next)) = flat::read(&self.plain, self.at, &self.headings) {
            self.out.push(Block::Table(table));
            self.at = next;
        } else {
            if let Some(column) = header::unknown(text) {
                let why = format!("what looks like the head of a table has the column `{column}`, which is not known");
                self.out.push(Block::Unread { from: line.no, to: line.no, what: format!("column {column}"), why });
            }
            self.out.push(Block::Prose(line));
            self.at += 1;
        }
    }

    /// A table whose cells are parted by tabs: its head is known by its words, and the rows have tabs too.
    fn tab_table(&mut self) -> bool {
        let row = |line: &Line| line.text.split('\t').map(normal).collect::<Vec<_>>();
        let head = &self.lines[self.at];
        let names = row(head);
        if names.iter().filter(|name| header::column(name).is_some()).count() < 2 {
            return false;
        }
        let from = head.no;
        let rows: Vec<(usize, Vec<String>)> = self.lines[self.at + 1..]
            .iter()
            .take_while(|line| line.text.contains('\t'))
            .map(|line| (line.no, row(line)))
            .collect();
        self.at += 1 + rows.len();
        self.table(from, &names, rows);
        true
    }

    fn pipe_table(&mut self) {
        let head = &self.lines[self.at];
        let names = cells(&head.text);
        let line = head.no;
        self.at += 2;
        let mut rows = Vec::new();
        while let Some(next) = self.lines.get(self.at).filter(|next| next.text.contains('|')) {
            rows.push((next.no, cells(&next.text)));
            self.at += 1;
        }
        self.table(line, &names, rows);
    }

    fn table(&mut self, from: usize, names: &[String], rows: Vec<(usize, Vec<String>)>) {
        let columns: Option<Vec<Column>> = names.iter().map(|name| header::column(name)).collect();
        if let Some(columns) = columns {
            let rows = rows.into_iter().map(|(line, cells)| row(line, cells, &columns)).collect();
            self.out.push(Block::Table(Table { columns, rows }));
            return;
        }
        let unknown: Vec<&str> =
            names.iter().filter(|name| header::column(name).is_none()).map(String::as_str).collect();
        let to = rows.last().map_or(from, |(no, _)| *no);
        let why = format!(
            "a table whose column `{}` is not known: none of its {} rows was read",
            unknown.join("`, `"),
            rows.len()
        );
        let what = format!("column {}", unknown.first().copied().unwrap_or_default());
        self.out.push(Block::Unread { from, to, what: what.trim_end().to_owned(), why });
    }

    /// Everything up to where no JSON can go on; the reader of JSON finds the end.
    fn json(&mut self) {
        let start = self.at;
        let mut depth = 0_i32;
        let mut inside = false;
        while let Some(line) = self.lines.get(self.at) {
            let text = self.plain[self.at].text.as_str();
            let blank = text.is_empty();
            let foreign = self.at > start
                && !text.is_empty()
                && (text.starts_with("# ")
                    || (!inside && !text.starts_with(|c: char| c.is_ascii()))
                    || is_fence(&line.text)
                    || text.ends_with('|')
                    || header::flattened(text).is_some());
            if foreign {
                break;
            }
            let end = braces(&line.text, &mut depth, &mut inside);
            if let Some(end) = end {
                self.split(end);
            }
            self.at += 1;
            if depth <= 0 && !blank && !self.goes_on() {
                break;
            }
        }
        self.out.push(Block::Json(self.lines[start..self.at].to_vec()));
    }

    /// What stands behind the JSON on its last line is a line of its own: text that was glued to the bracket.
    fn split(&mut self, end: usize) {
        let Line { no, text } = &mut self.lines[self.at];
        let (no, rest) = (*no, text[end..].to_owned());
        let more = rest.trim();
        let belongs = more.chars().all(|c| "}],;".contains(c)) || more.starts_with("//") || more.starts_with("/*");
        if !belongs {
            text.truncate(end);
            self.plain[self.at].text = normal(text);
            self.plain.insert(self.at + 1, Line { no, text: normal(&rest) });
            self.lines.insert(self.at + 1, Line { no, text: rest });
        }
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

/// Counts opening less closing brackets, outside of texts; a text may begin on one line and end on another. Tells the byte
/// behind the bracket that closes the outermost one.
fn braces(text: &str, depth: &mut i32, inside: &mut bool) -> Option<usize> {
    let mut escaped = false;
    for (at, c) in text.char_indices() {
        match c {
            _ if escaped => escaped = false,
            '\\' if *inside => escaped = true,
            '"' => *inside = !*inside,
            '{' | '[' if !*inside => *depth += 1,
            '}' | ']' if !*inside => {
                *depth -= 1;
                if *depth == 0 {
                    return Some(at + c.len_utf8());
                }
            }
            _ => {}
        }
    }
    None
}

/// Whether code begins or ends here.
fn is_fence(text: &str) -> bool {
    let text = text.trim_start();
    text.starts_with("```") || text.starts_with("~~~")
}

/// A line without markup; a fence around code is nothing else.
fn meant(text: &str) -> String {
    if is_fence(text) { String::new() } else { normal(text) }
}

/// A line that says nothing: empty, or a rule.
fn is_nothing(text: &str) -> bool {
    let rule = text.len() >= 3 && text.chars().all(|c| "-*_= ".contains(c));
    rule || text.is_empty()
}

/// The heading that a line is.
fn heading(text: &str, cited: &[String]) -> Option<String> {
    if let Some(rest) = text.strip_prefix('#') {
        let rest = rest.trim_start_matches('#');
        return rest.starts_with(' ').then(|| normal(rest.trim().trim_end_matches('#')));
    }
    cited.iter().any(|heading| heading == text).then(|| text.to_owned())
}

/// Whether a line is the rule below the header of a pipe table.
fn is_rule(text: &str) -> bool {
    let text = text.trim();
    text.contains("---") && text.chars().all(|c| "-|: ".contains(c))
}

/// The cells of a pipe row.
fn cells(text: &str) -> Vec<String> {
    let text = normal::seen(text);
    let text = text.trim();
    let text = text.strip_prefix('|').unwrap_or(text);
    let text = text.strip_suffix('|').unwrap_or(text);
    // A bar behind a backslash is one of the text.
    let cells = text.replace("\\|", "\u{1}");
    cells.split('|').map(|cell| normal(&cell.replace('\u{1}', "|"))).collect()
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
