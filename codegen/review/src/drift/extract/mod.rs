//! From blocks to statements: what the page says about which endpoint, and at which line.

pub(super) mod codes;
pub(super) mod json;
pub(super) mod limits;
mod lines;
pub(super) mod values;

use super::page::{Block, Column, Line, Page, Row, Table, header};
use json::Mended;
pub(super) use lines::elements;
use lines::{address, error_code, verb};
use weixin_codegen::model::Api;
pub(super) use weixin_codegen::statement::Side;

/// What a statement is about.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) enum Scope {
    /// Nothing was named yet.
    #[default]
    None,
    /// The endpoint at this path.
    Endpoint(String),
    /// The push of this name.
    Event(String),
}

/// An endpoint that the page names.
#[derive(Debug, Clone)]
pub(super) struct Call {
    pub(super) line: usize,
    pub(super) path: String,
    pub(super) verb: Option<&'static str>,
}

/// A row of a table of fields.
#[derive(Debug, Clone)]
pub(super) struct FieldRow {
    pub(super) line: usize,
    /// As printed; mended when a line wrap tore it.
    pub(super) name: String,
    pub(super) torn: bool,
    pub(super) shifted: bool,
    pub(super) printed: Option<String>,
    pub(super) required: Option<bool>,
    pub(super) review: Option<bool>,
    pub(super) example: Option<String>,
    /// Cells that say something else than their column is for: the column and what stands there.
    pub(super) unread: Vec<(&'static str, String)>,
    /// The description, with the example where the two cannot be told apart.
    pub(super) text: String,
}

/// A table of fields.
#[derive(Debug, Clone)]
pub(super) struct FieldTable {
    pub(super) scope: Scope,
    pub(super) side: Side,
    pub(super) rows: Vec<FieldRow>,
}

/// A JSON or XML example.
#[derive(Debug, Clone)]
pub(super) struct Sample {
    pub(super) scope: Scope,
    pub(super) side: Side,
    pub(super) mended: Mended,
}

/// An error code.
#[derive(Debug, Clone)]
pub(super) struct Code {
    pub(super) line: usize,
    pub(super) scope: Scope,
    pub(super) code: i64,
}

/// A line of prose.
#[derive(Debug, Clone)]
pub(super) struct Note {
    pub(super) line: usize,
    pub(super) scope: Scope,
    pub(super) text: String,
}

/// What could not be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Unread {
    /// The first line.
    pub from: usize,
    /// The last line.
    pub to: usize,
    /// By what name a quirk explains it.
    pub what: String,
    /// What it belongs to.
    pub scope: Scope,
    /// Why.
    pub why: String,
}

/// Everything a page says.
#[derive(Debug, Default)]
pub(super) struct Facts {
    pub(super) calls: Vec<Call>,
    pub(super) tables: Vec<FieldTable>,
    pub(super) samples: Vec<Sample>,
    pub(super) codes: Vec<Code>,
    pub(super) notes: Vec<Note>,
    pub(super) unread: Vec<Unread>,
    /// What each block of the page belongs to.
    pub(super) scopes: Vec<Scope>,
    /// Tables of any kind and their rows.
    pub(super) tables_read: usize,
    pub(super) rows_read: usize,
}

/// Reads the statements of a page about the interface.
pub(super) fn facts(page: &Page, api: &Api) -> Facts {
    let mut reader = Reader {
        api,
        facts: Facts::default(),
        scope: Scope::None,
        side: Side::Request,
        before: String::new(),
        heading: None,
    };
    // What stands between a heading and the address below it belongs to the address.
    let mut heading = 0;
    for (at, block) in page.blocks.iter().enumerate() {
        let calls = reader.facts.calls.len();
        reader.block(block);
        if matches!(block, Block::Heading(_)) {
            heading = at;
        }
        reader.facts.scopes.push(reader.scope.clone());
        if reader.facts.calls.len() > calls {
            reader.facts.scopes[heading..].fill(reader.scope.clone());
        }
    }
    reader.facts
}

struct Reader<'a> {
    api: &'a Api,
    facts: Facts,
    scope: Scope,
    side: Side,
    /// The line of prose before, which may hold the verb.
    before: String,
    /// Since the last table or example: how many notes and codes there were at the first heading.
    heading: Option<(usize, usize)>,
}

impl Reader<'_> {
    fn block(&mut self, block: &Block) {
        match block {
            Block::Heading(line) => {
                self.heading.get_or_insert((self.facts.notes.len(), self.facts.codes.len()));
                self.line(line);
            }
            Block::Prose(line) => {
                self.line(line);
                self.note(line);
            }
            Block::Table(table) => {
                self.heading = None;
                self.table(table);
            }
            Block::Json(lines) => {
                self.heading = None;
                self.json(lines);
            }
            Block::Xml(lines) => {
                self.heading = None;
                self.xml(lines);
            }
            Block::Unread { from, to, what, why } => self.unread((*from, *to), what, why.clone()),
        }
    }

    fn unread(&mut self, (from, to): (usize, usize), what: &str, why: String) {
        let (what, scope) = (what.to_owned(), self.scope.clone());
        self.facts.unread.push(Unread { from, to, what, scope, why });
    }

    /// A heading or a line of prose may name an endpoint, or turn to the response.
    fn line(&mut self, line: &Line) {
        let text = line.text.trim();
        if let Some(path) = address(text, &self.api.host) {
            let near = format!("{} {}", self.before, text);
            let verb = verb(text).or_else(|| verb(&near));
            // Without a verb an address is only mentioned.
            if verb.is_some() {
                self.scope = Scope::Endpoint(path.clone());
                self.side = Side::Request;
                self.claim();
                self.facts.calls.push(Call { line: line.no, path, verb });
            }
        } else if text.chars().count() <= 48 {
            self.turn(text);
        }
        text.clone_into(&mut self.before);
    }

    /// What stands between a heading and the address belongs to the address, not to the call before.
    fn claim(&mut self) {
        let Some((notes, codes)) = self.heading.take() else { return };
        for note in &mut self.facts.notes[notes..] {
            note.scope = self.scope.clone();
        }
        for code in &mut self.facts.codes[codes..] {
            code.scope = self.scope.clone();
        }
    }

    fn turn(&mut self, text: &str) {
        const ANSWER: &[&str] = &[
            "返回数据",
            "返回参数",
            "返回结果",
            "返回说明",
            "return data",
            "return value",
            "returns",
            "response",
            "return parameters",
        ];
        const CALL: &[&str] = &[
            "post数据",
            "post示例",
            "请求参数",
            "请求示例",
            "examples of post",
            "request parameters",
            "example request",
            "request body",
        ];
        let lower = text.to_lowercase();
        if CALL.iter().any(|word| lower.contains(word)) {
            self.side = Side::Request;
        } else if ANSWER.iter().any(|word| lower.contains(word)) {
            self.side = if matches!(self.scope, Scope::Event(_)) { Side::Push } else { Side::Response };
        }
    }

    fn note(&mut self, line: &Line) {
        for code in codes::in_words(&line.text) {
            self.facts.codes.push(Code { line: line.no, scope: self.scope.clone(), code });
        }
        self.facts.notes.push(Note { line: line.no, scope: self.scope.clone(), text: line.text.clone() });
    }

    fn table(&mut self, table: &Table) {
        self.facts.tables_read += 1;
        self.facts.rows_read += table.rows.len();
        if table.columns.contains(&Column::Version) {
            return;
        }
        if table.columns.first() == Some(&Column::Code) {
            return self.codes(table);
        }
        // Only what is sent can be required.
        if table.columns.contains(&Column::Required) || table.columns.contains(&Column::Review) {
            self.side = if matches!(self.scope, Scope::Event(_)) { Side::Push } else { Side::Request };
        }
        let rows: Vec<FieldRow> = table.rows.iter().filter_map(|row| self.field(row, &table.columns)).collect();
        let (scope, side) = (self.scope.clone(), self.side);
        self.facts.tables.push(FieldTable { scope, side, rows });
    }

    fn codes(&mut self, table: &Table) {
        for row in &table.rows {
            match row.cell(&table.columns, Column::Code).and_then(|cell| cell.parse().ok()) {
                // Such a table speaks for the whole page.
                Some(code) => self.facts.codes.push(Code { line: row.line, scope: Scope::None, code }),
                None => self.unread(
                    (row.line, row.line),
                    "row without a code",
                    "a row of error codes without a number".to_owned(),
                ),
            }
        }
    }

    fn field(&mut self, row: &Row, columns: &[Column]) -> Option<FieldRow> {
        let Some(name) = row.cell(columns, Column::Name) else {
            self.unread((row.line, row.line), "row without a name", "a row without a name".to_owned());
            return None;
        };
        let joined: String = name.split_whitespace().collect();
        let body = name.starts_with("POST ") || name.starts_with("GET ");
        let torn = joined != name && !body && header::is_wire(&joined);
        let text = row.cell(columns, Column::Text).unwrap_or_default().to_owned();
        for code in codes::in_words(&format!("{name} {text}")) {
            self.facts.codes.push(Code { line: row.line, scope: self.scope.clone(), code });
        }
        let mut unread = Vec::new();
        let mut said = |column: Column, name: &'static str| {
            let cell = row.cell(columns, column)?;
            let says = header::yes(cell);
            // A dash says that there is nothing to say.
            if says.is_none() && !cell.chars().all(|c| "-—–/ ".contains(c)) {
                unread.push((name, cell.to_owned()));
            }
            says
        };
        let (required, review) = (said(Column::Required, "required"), said(Column::Review, "review"));
        Some(FieldRow {
            line: row.line,
            name: if torn { joined } else { name.to_owned() },
            torn,
            shifted: row.shifted,
            printed: row.cell(columns, Column::Type).map(str::to_owned),
            required,
            review,
            unread,
            example: row.cell(columns, Column::Example).map(str::to_owned),
            text,
        })
    }

    fn json(&mut self, lines: &[Line]) {
        let (from, to) = (lines[0].no, lines[lines.len() - 1].no);
        let Some(mended) = json::mend(lines) else {
            return self.unread((from, to), "example", "what looks like JSON is none".to_owned());
        };
        if let Some((line, _)) = mended.defects.iter().find(|(_, defect)| *defect == json::Defect::Unreadable) {
            let line = *line;
            self.unread((line, to), "rest of an example", "the rest of an example is no JSON".to_owned());
        }
        let scope = self.scope.clone();
        if let Some((line, code)) = error_code(&mended, self.api) {
            self.facts.codes.push(Code { line, scope: scope.clone(), code });
        }
        self.facts.samples.push(Sample { scope, side: self.side, mended });
        self.before.clear();
    }

    /// A push is flat: its elements are read as the keys of one object.
    fn xml(&mut self, lines: &[Line]) {
        let node = elements(lines);
        let event = match &node.value {
            json::Value::Object(entries) => entries.iter().find(|(name, ..)| name == "Event"),
            _ => None,
        };
        match event.map(|(_, _, node)| &node.value) {
            Some(json::Value::Text(event) | json::Value::Number(event)) => {
                self.scope = Scope::Event(event.clone());
                self.side = Side::Push;
                let (scope, mended) = (self.scope.clone(), Mended { node, defects: Vec::new() });
                self.facts.samples.push(Sample { scope, side: Side::Push, mended });
            }
            _ => self.unread(
                (lines[0].no, lines[lines.len() - 1].no),
                "push",
                "a push without the element `Event`".to_owned(),
            ),
        }
    }
}
