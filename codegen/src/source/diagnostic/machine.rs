//! Diagnostics for programs: one JSON document, or GitHub annotations.

use serde_json::{Value, json};

use super::{Diagnostic, Label};
use crate::output::github;

/// All faults as one JSON array, with a line feed at its end.
#[must_use]
pub fn json(diagnostics: &[Diagnostic], root: &str) -> String {
    let all: Vec<Value> = diagnostics.iter().map(|diagnostic| one(diagnostic, root)).collect();
    format!("{:#}\n", Value::Array(all))
}

fn one(diagnostic: &Diagnostic, root: &str) -> Value {
    json!({
        "code": diagnostic.code.name(),
        "message": diagnostic.message,
        "path": diagnostic.path,
        "help": diagnostic.help,
        "place": place(&diagnostic.primary, root),
        "others": diagnostic.others.iter().map(|label| place(label, root)).collect::<Vec<_>>(),
    })
}

fn place(label: &Label, root: &str) -> Value {
    json!({
        "file": format!("{root}{}", label.file),
        "line": label.is_somewhere().then_some(label.span.line),
        "column": label.is_somewhere().then_some(label.span.column),
        "start_byte": label.span.start,
        "end_byte": label.span.end,
        "label": label.text,
    })
}

/// One annotation a line, as GitHub Actions reads them from the log.
#[must_use]
pub fn annotations(diagnostics: &[Diagnostic], root: &str) -> String {
    let mut out = String::new();
    for diagnostic in diagnostics {
        let label = &diagnostic.primary;
        let mut message = diagnostic.message.clone();
        if let Some(help) = &diagnostic.help {
            message = format!("{message}\n{help}");
        }
        let place = match label.is_somewhere() {
            true => format!(
                "file={},line={},col={},",
                github::property(&format!("{root}{}", label.file)),
                label.span.line,
                label.span.column
            ),
            false => String::new(),
        };
        let title = github::property(diagnostic.code.name());
        out += &format!("::error {place}title={title}::{}\n", github::data(&message));
    }
    out
}
