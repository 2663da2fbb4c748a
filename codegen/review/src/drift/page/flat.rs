//! Tables that lost their borders: a header of known words, then rows that begin with a name.

use super::block::{Line, Row, Table};
use super::header::{self, Column};

/// How far a row may be torn apart by lines that begin with no name.
const REACH: usize = 6;

/// Reads the table that begins here, and tells where it ends.
pub(super) fn read(lines: &[Line], at: usize, headings: &[String]) -> Option<(Table, usize)> {
    let columns = header::flattened(&lines[at].text)?;
    let mut table = Table { columns, rows: Vec::new() };
    let mut next = at + 1;
    let mut blank = false;
    while let Some(line) = lines.get(next) {
        let text = line.text.trim();
        if text.is_empty() {
            blank = true;
        } else if ends(text, headings) {
            break;
        } else if starts_row(text, &table) {
            table.rows.push(row(line.no, text, &table.columns));
            blank = false;
        } else if !blank || row_ahead(lines, next, &table, headings) {
            continue_row(&mut table, text);
            blank = false;
        } else {
            break;
        }
        next += 1;
    }
    (!table.rows.is_empty()).then_some((table, next))
}

/// Whether a line cannot be part of a table.
fn ends(text: &str, headings: &[String]) -> bool {
    const MARKS: &[&str] =
        &["返回数据", "注意", "数据示例", "字段说明", "接口", "示例:", "示例：", "更多错误码", "特别", "常见问题"];
    let short = text.chars().count() <= 16;
    text.starts_with('{')
        || text.starts_with('#')
        || headings.iter().any(|heading| heading == text)
        || header::flattened(text).is_some()
        || (short && MARKS.iter().any(|mark| text.contains(mark)) && first_word(text).is_none())
}

fn starts_row(text: &str, table: &Table) -> bool {
    match table.columns.first() {
        Some(Column::Code) => text.split_whitespace().next().is_some_and(|word| word.parse::<i64>().is_ok()),
        Some(Column::Version) => text.starts_with(['V', 'v']),
        _ => first_word(text).is_some() || (table.rows.is_empty() && text.contains(' ')),
    }
}

/// The name that begins a row: a wire name, or the body as a whole.
fn first_word(text: &str) -> Option<&str> {
    let word = text.split_whitespace().next()?;
    let body = ["POST数据", "GET数据"].contains(&word) || (["POST", "GET"].contains(&word) && text.contains(" data"));
    let wire = header::is_wire(word) && word.starts_with(|c: char| c.is_ascii_lowercase());
    // A word alone on its line, with digits and capitals mixed, is a value that a narrow cell broke.
    let alone = text.trim() == word;
    let mixed = word.chars().any(|c| c.is_ascii_digit()) && word.chars().any(|c| c.is_ascii_uppercase());
    (body || wire && !(alone && mixed && !word.contains('_'))).then_some(word)
}

fn row_ahead(lines: &[Line], at: usize, table: &Table, headings: &[String]) -> bool {
    lines[at..]
        .iter()
        .take(REACH)
        .map(|line| line.text.trim())
        .take_while(|text| !ends(text, headings))
        .any(|text| starts_row(text, table))
}

fn continue_row(table: &mut Table, text: &str) {
    let last = table.columns.iter().position(|column| *column == Column::Text);
    if let (Some(row), Some(last)) = (table.rows.last_mut(), last) {
        row.cells[last].push(' ');
        row.cells[last].push_str(text);
    }
}

/// Puts the words of a row into columns: the type is known by its shape, the required column by its word.
/// Where an example ends and a description begins nobody can tell, so both stay in the description.
fn row(line: usize, text: &str, columns: &[Column]) -> Row {
    let (name, rest) = text.split_once(char::is_whitespace).unwrap_or((text, ""));
    let mut rest = rest.trim().to_owned();
    let mut cells = vec![String::new(); columns.len()];
    let mut put = |wanted: Column, value: String| {
        if let Some(at) = columns.iter().position(|column| *column == wanted) {
            cells[at] = value;
        }
    };
    put(columns[0], name.to_owned());
    for column in [Column::Required, Column::Review] {
        let first = rest.split_whitespace().next().filter(|word| header::yes(word).is_some() || *word == "-");
        if let Some(word) = first.map(str::to_owned).filter(|_| columns.contains(&column)) {
            rest = rest[word.len()..].trim_start().to_owned();
            put(column, word);
        }
    }
    if columns.contains(&Column::Type)
        && let Some((before, printed, after)) = split_type(&rest)
    {
        put(Column::Type, printed);
        rest = if before.is_empty() { after } else { format!("{before} {after}") };
    }
    put(Column::Text, rest);
    Row { line, cells, shifted: false }
}

/// The first word of a row that is a type, with what stands before and behind it.
fn split_type(rest: &str) -> Option<(String, String, String)> {
    let starts = std::iter::once(0).chain(rest.match_indices(' ').map(|(at, _)| at + 1));
    for at in starts {
        if let Some(printed) = header::leading_type(&rest[at..]) {
            let after = rest[at + printed.len()..].trim_start().to_owned();
            return Some((rest[..at].trim_end().to_owned(), printed.to_owned(), after));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::{Line, read};

    #[test]
    fn rows_are_parted_by_shape_and_torn_ones_put_together() {
        let text = "参数名 是否必填 类型 示例值 描述\nday 是 string(24) SATURDAY 周六\n\nSUNDAY 周日\n\nfrom_hour int 9 起始\n\n返回数据\nx y";
        let lines: Vec<Line> =
            text.lines().enumerate().map(|(at, text)| Line { no: at + 1, text: text.to_owned() }).collect();
        let Some((table, next)) = read(&lines, 0, &[]) else { panic!("a table") };
        assert_eq!(next, 7);
        let rows: Vec<(usize, Vec<&str>)> =
            table.rows.iter().map(|row| (row.line, row.cells.iter().map(String::as_str).collect())).collect();
        assert_eq!(rows[0], (2, vec!["day", "是", "string(24)", "", "SATURDAY 周六 SUNDAY 周日"]));
        assert_eq!(rows[1], (6, vec!["from_hour", "", "int", "", "9 起始"]));
    }
}
