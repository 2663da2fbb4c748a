//! What a page says, block by block, in fingerprints: of what was read and not of how it is marked up, so that a changed
//! row can be named without storing any text of the page.

use std::collections::{HashMap, HashSet};

use indexmap::IndexMap;
use weixin_codegen::spec::Section;
use weixin_codegen::spec::section::{BELOW, hash};

use super::extract::json::{self, Node, Value};
use super::extract::{Facts, Scope, codes, limits};
use super::page::normal::normal;
use super::page::{Block, Column, Page, Row, Table, header};

/// What stands before the first heading.
const HEAD: &str = "(head)";

/// One section as the page has it.
#[derive(Debug, Default)]
pub(super) struct Recorded {
    pub(super) name: String,
    pub(super) line: usize,
    pub(super) section: Section,
    /// By block: where it stands, what it says, and which call it belongs to.
    pub(super) blocks: HashMap<String, Said>,
    /// The same for each note.
    pub(super) notes: Vec<Said>,
    /// The call of the section's own address, or else the one before it.
    pub(super) scope: Scope,
}

/// A block of the page at hand.
#[derive(Debug, Clone, Default)]
pub(super) struct Said {
    pub(super) line: usize,
    pub(super) text: String,
    pub(super) scope: Scope,
}

/// Every section of a page that says anything, in order.
pub(super) fn record(page: &Page, facts: &Facts) -> Vec<Recorded> {
    let names = names(page);
    let mut writer =
        Writer { open: Recorded { name: HEAD.to_owned(), line: 1, ..Recorded::default() }, ..Writer::default() };
    let mut heading = 0;
    for (block, scope) in page.blocks.iter().zip(&facts.scopes) {
        writer.scope = scope.clone();
        match block {
            Block::Heading(line) => {
                writer.close();
                writer.open = Recorded { name: names[heading].clone(), line: line.no, ..Recorded::default() };
                heading += 1;
            }
            Block::Prose(line) => writer.note(line.no, &line.text),
            Block::Table(table) => writer.table(table),
            Block::Json(lines) => writer.example(json::mend(lines).as_ref().map(|mended| &mended.node), lines[0].no),
            Block::Xml(lines) => {
                let node = super::extract::elements(lines);
                writer.example(Some(&node), lines[0].no);
            }
            Block::Unread { from, to, what, .. } => {
                let lines = page.lines.iter().filter(|line| (*from..=*to).contains(&line.no));
                let text: Vec<String> = lines.map(|line| normal(&line.text)).collect();
                writer.block(&format!("unread {what}"), *from, &text.join(" "), &text.join(" "));
            }
        }
    }
    writer.close();
    writer.done
}

/// The name of each heading: one that the page has more than once stands behind the nearest that it has once.
fn names(page: &Page) -> Vec<String> {
    let headings: Vec<&str> = page
        .blocks
        .iter()
        .filter_map(|block| match block {
            Block::Heading(line) => Some(line.text.as_str()),
            _ => None,
        })
        .collect();
    let once = |text: &str| headings.iter().filter(|other| **other == text).count() == 1;
    let mut above = HEAD;
    let mut seen: HashSet<String> = HashSet::new();
    let mut names = Vec::new();
    for heading in &headings {
        let name = if once(heading) {
            above = heading;
            (*heading).to_owned()
        } else {
            format!("{above}{BELOW}{heading}")
        };
        names.push(distinct(name, |name| !seen.insert(name.to_owned())));
    }
    names
}

/// The name, with a number where it is taken.
fn distinct(name: String, mut taken: impl FnMut(&str) -> bool) -> String {
    if !taken(&name) {
        return name;
    }
    let mut count = 2;
    loop {
        let numbered = format!("{name} ({count})");
        if !taken(&numbered) {
            return numbered;
        }
        count += 1;
    }
}

#[derive(Default)]
struct Writer {
    open: Recorded,
    done: Vec<Recorded>,
    /// Of the block at hand.
    scope: Scope,
    examples: usize,
}

impl Writer {
    fn close(&mut self) {
        let mut closed = std::mem::take(&mut self.open);
        self.examples = 0;
        if closed.name != HEAD || closed.section != Section::default() {
            let last = closed.notes.iter().chain(closed.blocks.values()).max_by_key(|said| said.line);
            closed.scope = last.map(|said| said.scope.clone()).unwrap_or_default();
            self.done.push(closed);
        }
    }

    /// A block with a name; `print` is what its fingerprint is of.
    fn block(&mut self, name: &str, line: usize, print: &str, text: &str) {
        let section = &mut self.open.section;
        let name = distinct(name.to_owned(), |name| section.blocks.contains_key(name));
        section.blocks.insert(name.clone(), fingerprint(print, text));
        self.open.blocks.insert(name, Said { line, text: text.to_owned(), scope: self.scope.clone() });
    }

    fn note(&mut self, line: usize, text: &str) {
        self.open.section.statements += codes::in_words(text).len() + limits::in_words(text).len();
        self.open.section.notes.push(fingerprint(text, text));
        self.open.notes.push(Said { line, text: text.to_owned(), scope: self.scope.clone() });
    }

    fn table(&mut self, table: &Table) {
        let columns = &table.columns;
        for row in &table.rows {
            let first = [(Column::Code, "code"), (Column::Version, "version"), (Column::Name, "row")]
                .into_iter()
                .find_map(|(column, word)| Some((column, word, row.cell(columns, column)?)));
            let Some((key, word, name)) = first else {
                let text = row.cells.join(" ");
                self.block("row without a name", row.line, &text, &text);
                continue;
            };
            let name: String = name.split_whitespace().collect();
            let cells = cells(row, columns, key);
            self.open.section.statements += 1 + cells.iter().filter(|(_, _, read)| *read).count();
            let print: Vec<String> = cells.iter().map(|(column, cell, _)| format!("{column:?} {cell}")).collect();
            let text: Vec<&str> = cells.iter().map(|(_, cell, _)| cell.as_str()).collect();
            self.block(&format!("{word} {name}"), row.line, &print.join("\u{1f}"), &text.join(" "));
        }
    }

    fn example(&mut self, node: Option<&Node>, line: usize) {
        self.examples += 1;
        let name = if self.examples == 1 { "example".to_owned() } else { format!("example {}", self.examples) };
        match node {
            Some(node) => self.node(&name, "", node),
            None => self.block(&name, line, "unreadable", ""),
        }
    }

    /// Every place of an example. Of a list the first item is enough where the others look like it.
    fn node(&mut self, example: &str, path: &str, node: &Node) {
        let name = format!("{example} {path}");
        let (kind, value) = match &node.value {
            Value::Text(text) => ("text", normal(text)),
            Value::Number(number) => ("number", number.clone()),
            Value::Bool(value) => ("bool", value.to_string()),
            Value::Null => ("null", String::new()),
            Value::List(_) => ("list", String::new()),
            Value::Object(_) => ("object", String::new()),
        };
        self.open.section.statements += 1;
        self.block(name.trim_end(), node.line, &format!("{kind} {value}"), &value);
        match &node.value {
            Value::Object(entries) => {
                for (key, _, inner) in entries {
                    let path = if path.is_empty() { key.clone() } else { format!("{path}.{key}") };
                    self.node(example, &path, inner);
                }
            }
            Value::List(items) => {
                for (index, item) in items.iter().enumerate() {
                    self.node(example, &format!("{path}[{index}]"), item);
                }
            }
            _ => {}
        }
    }
}

/// The cells of a row but the one that names it, in the order of the columns' kinds: as far as a cell was understood, what
/// was understood; and whether it was.
fn cells(row: &Row, columns: &[Column], key: Column) -> Vec<(Column, String, bool)> {
    let mut cells: Vec<(Column, String, bool)> = columns
        .iter()
        .zip(&row.cells)
        .filter(|(column, cell)| **column != key && !cell.trim().is_empty())
        .map(|(column, cell)| match column {
            Column::Required | Column::Review => match header::yes(cell) {
                Some(yes) => (*column, yes.to_string(), true),
                None => (*column, cell.clone(), false),
            },
            Column::Type => (*column, limits::spelling(cell), limits::is_type(cell)),
            _ => (*column, cell.clone(), true),
        })
        .collect();
    cells.sort_by_key(|(column, ..)| *column);
    // Where a table lost its borders nobody can tell the example from the description behind it.
    if let Some(at) = cells.windows(2).position(|pair| (pair[0].0, pair[1].0) == (Column::Example, Column::Text)) {
        let (_, example, _) = cells.remove(at);
        cells[at].1 = format!("{example} {}", cells[at].1);
    }
    cells
}

/// A number for the words, and the numbers in the text, which are facts and no prose.
fn fingerprint(print: &str, text: &str) -> String {
    // A cell that a narrow column broke has blanks where it was broken.
    let solid: String = print.split_whitespace().collect();
    let words = hash(std::iter::once(solid.as_str()));
    let short = words.get(..8).unwrap_or(&words).to_owned();
    let numbers = limits::numbers(text).into_iter().map(|(_, number, _)| number.to_string());
    std::iter::once(short).chain(numbers.take(8)).collect::<Vec<_>>().join(" ")
}

/// The numbers that a fingerprint keeps.
pub(super) fn numbers(fingerprint: &str) -> Vec<&str> {
    fingerprint.split(' ').skip(1).collect()
}

/// `sections.yaml` with one document put in.
pub(super) fn write(
    known: &IndexMap<String, IndexMap<String, Section>>,
    document: &str,
    recorded: &[Recorded],
    order: &[&str],
) -> String {
    let mut all = known.clone();
    let sections = recorded.iter().map(|one| (one.name.clone(), one.section.clone())).collect();
    all.insert(document.to_owned(), sections);
    let rank = |id: &str| order.iter().position(|known| *known == id);
    all.sort_by(|a, _, b, _| (rank(a), a).cmp(&(rank(b), b)));
    let mut out = format!(
        "{}\n# What was transcribed of each section: how many statements were read, and the fingerprint of each row, code, place of\n# an example and paragraph, with the numbers in it. Written by `cargo xtask drift --accept PAGE`, not by hand.\n",
        weixin_codegen::emit::reference::modeline("sections.yaml")
    );
    for (document, sections) in all {
        out.push_str(&format!("\n{document}:\n"));
        for (heading, section) in sections {
            out.push_str(&format!("  {}:\n    statements: {}\n", quoted(&heading), section.statements));
            if !section.blocks.is_empty() {
                out.push_str("    blocks:\n");
            }
            for (name, print) in &section.blocks {
                out.push_str(&format!("      {}: {}\n", quoted(name), quoted(print)));
            }
            if !section.notes.is_empty() {
                out.push_str("    notes:\n");
            }
            for print in &section.notes {
                out.push_str(&format!("      - {}\n", quoted(print)));
            }
        }
    }
    out
}

/// A YAML scalar in double quotes.
pub(super) fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}
