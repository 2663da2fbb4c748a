//! YAML for what a page has and the spec lacks: shape and limits as read, every text left empty, so that the
//! checker asks for each.

mod values;

use std::fmt::Write as _;

use super::extract::json::{Node, Value};
use super::extract::limits::Counts;
use super::extract::{self, Call, Facts, FieldRow, Scope, Side, limits};
use super::page::{Block, Page, header};
use super::record::quoted;
use super::report::{About, Kind, Report};
use values::{Entries, key, merge, neutral, object_inside, ty};
use weixin_codegen::emit::reference::modeline;
use weixin_codegen::model::{Model, pascal_case};
use weixin_codegen::statement::{self, Statement};

/// New endpoints as whole files, then new fields and codes of known ones.
pub(super) fn draft(model: &Model, document: &str, page: &Page, facts: &Facts, report: &Report) -> String {
    let mut out = String::new();
    let known = |path: &str| model.endpoints.iter().any(|endpoint| endpoint.path == path);
    let mut done: Vec<&str> = Vec::new();
    for call in facts.calls.iter().filter(|call| !known(&call.path)) {
        if !done.contains(&call.path.as_str()) {
            done.push(&call.path);
            Endpoint { model, document, page, facts, call, types: Vec::new() }.write(&mut out);
        }
    }
    for finding in report.findings.iter().filter(|finding| finding.kind == Kind::New) {
        let About::Statement(said) = &finding.about else { continue };
        let file = &finding.place.file;
        match said {
            Statement::Error(code) if finding.line.is_some() => error(&mut out, *code, file, model),
            Statement::Field(side, path, statement::About::Name) => {
                let _ = writeln!(out, "# {file}: {} of {}", side.name(), finding.subject);
                field(&mut out, model, (document, page, facts), *side, path);
            }
            Statement::Field(side, name, statement::About::Value(value)) => {
                let value = key(value);
                let _ = writeln!(
                    out,
                    "# {file}: a value of `{name}` ({})\n{value}: {{ en: \"\", zh: \"\" }}\n",
                    side.name()
                );
            }
            _ => {}
        }
    }
    out
}

fn error(out: &mut String, code: i64, file: &str, model: &Model) {
    let general = model.error(code).is_some();
    if !general {
        let _ = writeln!(out, "# errors.yaml");
        let _ = writeln!(
            out,
            "{code}:\n  name: \"\"\n  class: argument\n  text: {{ en: \"\", zh: \"\" }}\n  cause: {{ en: \"\", zh: \"\" }}\n  remedy: {{ en: \"\", zh: \"\" }}\n"
        );
    }
    if file != "errors.yaml" {
        let _ = writeln!(out, "# {file}: errors\n{code}: {{}}\n");
    }
}

/// One field of a known endpoint.
fn field(out: &mut String, model: &Model, (document, page, facts): (&str, &Page, &Facts), side: Side, path: &str) {
    let name = path.rsplit('.').next().unwrap_or(path);
    let found = facts
        .tables
        .iter()
        .filter(|table| table.side == side)
        .flat_map(|table| table.rows.iter())
        .find(|row| row.name == name);
    let sample =
        facts.samples.iter().filter(|sample| sample.side == side).find_map(|sample| at(&sample.mended.node, path));
    let call = Call { line: 0, path: String::new(), verb: None };
    let mut file = Endpoint { model, document, page, facts, call: &call, types: Vec::new() };
    file.field(out, 0, name, found, sample);
    out.push('\n');
}

/// The value at a dotted path, through lists.
fn at<'n>(node: &'n Node, path: &str) -> Option<&'n Node> {
    let (first, rest) = path.split_once('.').map_or((path, None), |(first, rest)| (first, Some(rest)));
    let entries = match &node.value {
        Value::Object(entries) => entries,
        Value::List(items) => return items.iter().find_map(|item| at(item, path)),
        _ => return None,
    };
    let (.., inner) = entries.iter().find(|(name, ..)| name == first)?;
    match rest {
        Some(rest) => at(inner, rest),
        None => Some(inner),
    }
}

/// A file for a new endpoint.
struct Endpoint<'a> {
    model: &'a Model,
    document: &'a str,
    page: &'a Page,
    facts: &'a Facts,
    call: &'a Call,
    /// Objects met on the way: name, and the merged entries of their examples.
    types: Vec<(String, Side, Entries)>,
}

impl Endpoint<'_> {
    fn write(&mut self, out: &mut String) {
        let verb = self.call.verb.unwrap_or("POST");
        let name = pascal_case(self.call.path.rsplit('/').next().unwrap_or_default());
        let file = format!("{}.yaml", self.call.path.trim_start_matches('/'));
        let _ = writeln!(out, "# spec/{file}\n{}", modeline(&file));
        let _ = writeln!(
            out,
            "name: {name}\nmethod: {verb}\ntitle: {{ en: \"\", zh: \"\" }}\ndoc: {{ en: \"\", zh: \"\" }}"
        );
        let _ = writeln!(out, "source: {}", quoted(&self.source()));
        let _ = writeln!(out, "repeat: {}", if verb == "GET" { "safe" } else { "unsafe" });
        for (side, head) in [(Side::Request, "request"), (Side::Response, "response")] {
            out.push('\n');
            if side == Side::Response {
                self.write_success(out);
            }
            let _ = writeln!(out, "{head}:");
            let entries = self.entries(side);
            if entries.is_empty() && self.loose(side, &entries).is_empty() {
                out.truncate(out.trim_end().len());
                out.push_str(" {}\n");
            }
            self.fields(out, 2, side, &entries);
            let loose: Vec<FieldRow> = self.loose(side, &entries).into_iter().cloned().collect();
            for row in &loose {
                self.field(out, 2, &row.name, Some(row), None);
            }
        }
        self.write_types(out);
        self.write_errors(out);
        self.write_example(out);
        out.push('\n');
    }

    /// What proves success, where the page shows one without the code: the editor keeps what only this response has.
    fn write_success(&self, out: &mut String) {
        let mut samples = self.facts.samples.iter();
        let sample = samples.find(|sample| sample.side == Side::Response && self.is_mine(&sample.scope));
        let Some(Value::Object(entries)) = sample.map(|sample| &sample.mended.node.value) else { return };
        let names: Vec<&str> = entries
            .iter()
            .map(|(name, ..)| name.as_str())
            .filter(|name| *name != self.model.api.message_field)
            .collect();
        if !names.is_empty() && !names.contains(&self.model.api.code_field.as_str()) {
            let _ = writeln!(out, "success: [{}]", names.join(", "));
        }
    }

    /// The document and the heading above the address; those that every endpoint has say nothing. A new heading may stand
    /// bare, as a short line between what belongs to the call before and the address.
    fn source(&self) -> String {
        const COMMON: &[&str] = &[
            "request",
            "interface d",
            "return",
            "parameter",
            "address",
            "http",
            "post",
            "get ",
            "url",
            "接口说明",
            "请求",
            "参数",
            "返回",
            "数据",
        ];
        let telling = |text: &str| !COMMON.iter().any(|word| text.to_lowercase().contains(word));
        let short = |text: &str| {
            text.chars().count() <= 40 && !text.contains(['。', '.', '，', ',', '：', ':', '；', ';', '|'])
        };
        let mut last = None;
        let mut bare = None;
        for block in &self.page.blocks {
            match block {
                Block::Heading(line) if line.no <= self.call.line && (telling(&line.text) || last.is_none()) => {
                    last = Some(line.text.as_str());
                    bare = None;
                }
                Block::Prose(line) if line.no < self.call.line && short(&line.text) && telling(&line.text) => {
                    bare.get_or_insert(line.text.as_str());
                }
                Block::Table(table) if table.rows.first().is_some_and(|row| row.line < self.call.line) => bare = None,
                Block::Json(lines) | Block::Xml(lines)
                    if lines.first().is_some_and(|line| line.no < self.call.line) =>
                {
                    bare = None;
                }
                _ => {}
            }
        }
        bare.or(last).map_or_else(|| self.document.to_owned(), |heading| format!("{}#{heading}", self.document))
    }

    /// The lines from this call to the next one.
    fn is_below(&self, line: usize) -> bool {
        let next = self.facts.calls.iter().map(|call| call.line).filter(|line| *line > self.call.line).min();
        (self.call.line..next.unwrap_or(usize::MAX)).contains(&line)
    }

    fn is_mine(&self, scope: &Scope) -> bool {
        matches!(scope, Scope::Endpoint(path) if *path == self.call.path)
    }

    /// The keys of all examples of a side, without the envelope.
    fn entries(&self, side: Side) -> Entries {
        let samples = self.facts.samples.iter().filter(|sample| sample.side == side && self.is_mine(&sample.scope));
        let mut all = Vec::new();
        for sample in samples {
            merge(&mut all, &sample.mended.node);
        }
        all.retain(|(name, _): &(String, Node)| side == Side::Request || !self.model.api.is_envelope(name));
        all
    }

    fn rows(&self, side: Side) -> impl Iterator<Item = &FieldRow> {
        let tables = self.facts.tables.iter().filter(move |table| table.side == side && self.is_mine(&table.scope));
        let api = &self.model.api;
        tables
            .flat_map(|table| &table.rows)
            .filter(move |row| header::is_wire(&row.name) && !api.is_envelope(&row.name) && row.name != api.token_param)
    }

    /// Rows whose name is in no example: their place is for the editor to find.
    fn loose(&self, side: Side, entries: &[(String, Node)]) -> Vec<&FieldRow> {
        fn has(node: &Node, name: &str) -> bool {
            match &node.value {
                Value::Object(entries) => entries.iter().any(|(key, _, inner)| key == name || has(inner, name)),
                Value::List(items) => items.iter().any(|item| has(item, name)),
                _ => false,
            }
        }
        self.rows(side)
            .filter(|row| !entries.iter().any(|(key, node)| *key == row.name || has(node, &row.name)))
            .collect()
    }

    fn fields(&mut self, out: &mut String, indent: usize, side: Side, entries: &[(String, Node)]) {
        for (name, node) in entries {
            let row = self.rows(side).find(|row| row.name == *name).cloned();
            let inner = object_inside(node);
            if let Some(mut inner) = inner {
                let ty = pascal_case(name);
                match self.types.iter_mut().find(|(known, known_side, _)| *known == ty && *known_side == side) {
                    Some((.., all)) => all.append(&mut inner),
                    None => self.types.push((ty, side, inner)),
                }
            }
            self.field(out, indent, name, row.as_ref(), Some(node));
        }
    }

    fn field(&mut self, out: &mut String, indent: usize, name: &str, row: Option<&FieldRow>, node: Option<&Node>) {
        let pad = " ".repeat(indent);
        let _ = writeln!(out, "{pad}{}:", key(name));
        let _ = writeln!(out, "{pad}  type: {}", ty(name, row, node));
        let _ = writeln!(out, "{pad}  doc: {{ en: \"\", zh: \"\" }}");
        let Some(row) = row else { return };
        if row.required == Some(true) {
            let _ = writeln!(out, "{pad}  required: true");
        }
        if let Some(review) = row.review {
            let _ = writeln!(out, "{pad}  review: {review}");
        }
        // Only what says more than the type.
        let plain =
            if ty(name, Some(row), node) == "uint" { "unsigned int".to_owned() } else { ty(name, Some(row), node) };
        if let Some(printed) = row.printed.as_deref().filter(|printed| limits::spelling(printed) != plain) {
            let _ = writeln!(out, "{pad}  declared: {}", quoted(printed));
        }
        // A printed `string(36)` is the limit already.
        let is_text = ty(name, Some(row), node) == "string";
        let told = is_text && row.printed.as_deref().is_some_and(|printed| !limits::numbers(printed).is_empty());
        let words = limits::in_words(&row.text);
        if let Some(limit) = words.first().filter(|_| !told) {
            let unit = if limit.counts == Counts::Chars { "chars" } else { "value" };
            let _ = writeln!(out, "{pad}  max: {{ {unit}: {} }}", limit.value);
        }
        let listed: Vec<String> = extract::values::capitals(&row.text).into_iter().map(|(word, _)| word).collect();
        if listed.len() > 1 {
            let _ = writeln!(out, "{pad}  # values: {}", listed.join(", "));
        }
    }

    fn write_types(&mut self, out: &mut String) {
        let mut at = 0;
        while let Some((name, side, entries)) = self.types.get(at).cloned() {
            if at == 0 {
                out.push_str("\ntypes:\n");
            }
            at += 1;
            let mut unique: Entries = Vec::new();
            for (key, node) in entries {
                if !unique.iter().any(|(known, _)| *known == key) {
                    unique.push((key, node));
                }
            }
            let _ = writeln!(out, "  {name}:\n    doc: {{ en: \"\", zh: \"\" }}\n    fields:");
            self.fields(out, 6, side, &unique);
        }
    }

    fn write_errors(&self, out: &mut String) {
        let mut codes: Vec<i64> = self
            .facts
            .codes
            .iter()
            .filter(|code| self.is_mine(&code.scope) || self.is_below(code.line))
            .map(|code| code.code)
            .collect();
        codes.sort_unstable();
        codes.dedup();
        if !codes.is_empty() {
            out.push_str("\nerrors:\n");
            for code in codes {
                let _ = writeln!(out, "  {code}: {{}}");
            }
        }
    }

    /// The keys and kinds of the page's example with values of nobody.
    fn write_example(&self, out: &mut String) {
        out.push_str("\nexamples:\n  - title: { en: \"\", zh: \"\" }\n");
        for (side, head) in [(Side::Request, "request"), (Side::Response, "response")] {
            let sample = self.facts.samples.iter().find(|sample| sample.side == side && self.is_mine(&sample.scope));
            if let Some(sample) = sample {
                let _ = writeln!(out, "    {head}: {}", neutral(&sample.mended.node, &self.model.api));
            }
        }
    }
}
