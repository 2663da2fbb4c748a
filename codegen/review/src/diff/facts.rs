//! What a new thing is, for a reviewer who has never seen it: its facts in rows, and what it lacks.

use serde_json::Value;

use super::axes::Area;
use super::tree::Thing;
use weixin_codegen::model::{Model, Source};

/// The facts of a new thing.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Facts {
    /// One row a statement.
    pub rows: Vec<Row>,
    /// What a reviewer would expect and does not find.
    pub missing: Vec<&'static str>,
}

/// One statement, in columns; empty where a column has nothing to say.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize)]
pub struct Row {
    /// `request`, `response`, `rule`, `error`, `call`, …
    pub what: String,
    /// The path of a field, the name of a rule, the number of a code.
    pub name: String,
    /// The type of a field; else what is said, in words.
    pub says: String,
    /// Whether a field must be there.
    pub required: String,
    /// The limits that are checked.
    pub limit: String,
    /// The documented values.
    pub values: String,
    /// The documents that say so.
    pub source: String,
}

/// The names of the columns.
pub const COLUMNS: [&str; 7] = ["", "name", "type, or in words", "required", "limit", "values", "source"];

impl Row {
    /// Its cells, in the order of the columns.
    #[must_use]
    pub fn cells(&self) -> [&str; 7] {
        [&self.what, &self.name, &self.says, &self.required, &self.limit, &self.values, &self.source]
    }
}

/// The facts of an endpoint, a push, a type or a field; none of a thing that says it all in one line.
pub(super) fn of(model: &Model, lines: &[Value], thing: &Thing) -> Option<Facts> {
    let mut missing = Vec::new();
    let rows = match thing.area {
        Area::Endpoint | Area::Push => {
            let place = if thing.area == Area::Push { format!("event:{}", thing.name) } else { thing.name.clone() };
            if thing.sources.iter().all(|source| !is_page(model, source)) {
                missing.push("no page that says so");
            }
            if thing.area == Area::Endpoint && thing.parts.iter().all(|part| part.area != Area::EndpointError) {
                missing.push("no error codes");
            }
            if thing.parts.iter().all(|part| part.area != Area::Example) {
                missing.push("no example");
            }
            lines.iter().filter(|line| line["endpoint"] == place.as_str()).filter_map(row).collect()
        }
        Area::NamedType => thing.parts.iter().filter(|part| part.area != Area::Quirk).map(of_part).collect(),
        _ => return None,
    };
    Some(Facts { rows, missing })
}

/// Whether a source is a page that WeChat publishes, with a heading to be found.
fn is_page(model: &Model, source: &Source) -> bool {
    source.section.is_some() && model.api.documents.iter().any(|document| document.id == source.document)
}

/// A part of a new type.
fn of_part(part: &Thing) -> Row {
    let sources: Vec<&str> = part.sources.iter().map(|source| source.document.as_str()).collect();
    Row {
        what: part.area.name().to_owned(),
        name: part.name.clone(),
        says: part.shown.clone(),
        source: sources.join(", "),
        ..Row::default()
    }
}

fn row(line: &Value) -> Option<Row> {
    let text = |key: &str| line[key].as_str().unwrap_or_default().to_owned();
    let many = |key: &str| {
        let all = line[key].as_array().into_iter().flatten();
        all.map(|one| one.as_str().map_or_else(|| one.to_string(), str::to_owned)).collect::<Vec<_>>().join(", ")
    };
    let row = Row { what: text("kind"), source: many("sources"), ..Row::default() };
    Some(match row.what.as_str() {
        "endpoint" => {
            let calls = [text("method"), text("repeat")].join(", repeat ");
            Row { what: "call".to_owned(), name: text("name"), says: calls, ..row }
        }
        "event" => Row { what: "push".to_owned(), name: text("name"), says: line["known_by"].to_string(), ..row },
        "field" => Row {
            what: text("direction"),
            name: text("path"),
            says: text("type"),
            required: if line["required"] == true { "yes".to_owned() } else { String::new() },
            limit: limits(&line["limits"]),
            values: many("values"),
            ..row
        },
        "rule" => Row { name: text("rule"), says: text("text"), source: error(line), ..row },
        "error" => Row { name: line["code"].to_string(), says: text("text"), ..row },
        "paging" => Row { says: text("text"), name: text("items"), limit: format!("max {} items", line["max"]), ..row },
        "closed" | "restricted" => Row { says: text("text"), ..row },
        // A value is told with its field, a quirk by a change of its own.
        _ => return None,
    })
}

fn error(line: &Value) -> String {
    line["error"].as_i64().map_or_else(String::new, |code| format!("error {code}"))
}

/// Those that are checked, and were written.
fn limits(limits: &Value) -> String {
    let checked = |limit: &&Value| limit["enforced"] != false && limit["implied"] != true;
    let one = |limit: &Value| {
        let each = if limit["each"] == true { "each " } else { "" };
        let unit = limit["unit"].as_str().filter(|unit| *unit != "value").unwrap_or_default();
        let (bound, value) = if limit["max"].is_null() { ("min", &limit["min"]) } else { ("max", &limit["max"]) };
        format!("{each}{bound} {value} {unit}").trim_end().to_owned()
    };
    limits.as_array().into_iter().flatten().filter(checked).map(one).collect::<Vec<_>>().join(", ")
}
