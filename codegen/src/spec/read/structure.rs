//! From text to the structs of the dialect: all at once when nothing is wrong, else node by node.

use schemars::JsonSchema;
use serde::de::DeserializeOwned;
use serde_yaml::Value as Yaml;

use super::schema::Schema;
use super::shape::shape;
use crate::source::diagnostic::{Code, Diagnostic, Label};
use crate::source::{Duplicate, SourceMap, Span, Unread, lint};

/// A file that was read, wholly or but for what is broken.
pub(super) struct Read<T> {
    /// None when nothing of the file can be read.
    pub(super) content: Option<T>,
    pub(super) map: SourceMap,
    pub(super) faults: Vec<Diagnostic>,
    pub(super) unread: Unread,
}

/// Reads a file.
pub(super) fn read<T: DeserializeOwned + JsonSchema>(map: SourceMap) -> Read<T> {
    let linted = lint(&map);
    let Some(mended) = linted.mended else { return nothing(map, linted.faults) };
    let map = if linted.faults.is_empty() { map } else { map.mended(&mended) };
    if let Some(span) = map.too_deep() {
        let fault = too_deep(&map, span);
        return nothing(map, vec![fault]);
    }
    let mut unread = Unread::default();
    linted.faults.iter().for_each(|fault| unread.scar(fault));
    let mut read = match serde_yaml::from_str(&mended) {
        Ok(content) => Read { content: Some(content), map, faults: Vec::new(), unread: Unread::default() },
        Err(error) => slowly(map, mended, &linted.faults, &error),
    };
    // Of what cannot be read, the characters that were mistyped are the cause.
    read.faults.retain(|fault| !unread.explains(fault));
    read.faults.extend(linted.faults);
    read.unread.add(unread);
    read
}

fn nothing<T>(map: SourceMap, faults: Vec<Diagnostic>) -> Read<T> {
    let mut unread = Unread::default();
    unread.file(&map);
    Read { content: None, map, faults, unread }
}

/// Reads what can be read of a file with faults, and finds all of these.
fn slowly<T: DeserializeOwned + JsonSchema>(
    mut map: SourceMap,
    mut text: String,
    linted: &[Diagnostic],
    error: &serde_yaml::Error,
) -> Read<T> {
    let mut faults = Vec::new();
    let duplicates = map.duplicates().to_vec();
    for twice in &duplicates {
        faults.push(duplicate(&map, twice));
        blank(&mut text, twice.second.start..twice.end);
    }
    let value = match serde_yaml::from_str::<Yaml>(&text) {
        Ok(value) => value,
        Err(error) => {
            if faults.is_empty() && linted.is_empty() {
                faults.push(no_yaml(&map, &error));
            }
            return nothing(map, faults);
        }
    };
    if value.is_null() {
        let label = Label::new(&map, map.at_byte(0), "nothing");
        let fault = Diagnostic::new(Code::Structure, "the file is empty", label);
        faults.push(fault.help("codegen/DIALECT.md explains every kind of file"));
        return nothing(map, faults);
    }
    let shaped = shape(&map, &Schema::of::<T>(), value);
    faults.extend(shaped.faults);
    let mut unread = shaped.unread;
    for twice in &duplicates {
        unread.stretch(&map, Span { end: twice.end, ..twice.second });
    }
    map = map.renamed(&shaped.renamed);
    match serde_yaml::from_value(shaped.value) {
        Ok(content) => Read { content: Some(content), map, faults, unread },
        Err(inner) => {
            if faults.is_empty() {
                faults.push(refused(&map, error, &inner));
            }
            nothing(map, faults)
        }
    }
}

/// What the structs refuse although their schema allows it.
fn refused(map: &SourceMap, error: &serde_yaml::Error, inner: &serde_yaml::Error) -> Diagnostic {
    let span = error.location().map_or_else(|| map.at_byte(0), |location| map.at_byte(location.index()));
    Diagnostic::new(Code::Structure, inner.to_string(), Label::new(map, span, "here"))
        .help("codegen/DIALECT.md explains every key")
}

/// Takes an entry out of a mapping without moving anything behind it.
fn blank(text: &mut String, mut range: std::ops::Range<usize>) {
    let rest = &text[range.end..];
    let gap = rest.len() - rest.trim_start().len();
    if rest[gap..].starts_with(',') {
        range.end += gap + 1;
    }
    let spaces: String = text[range.clone()]
        .chars()
        .flat_map(|c| if c == '\n' { "\n".chars() } else { "    "[..c.len_utf8()].chars() })
        .collect();
    text.replace_range(range, &spaces);
}

fn duplicate(map: &SourceMap, twice: &Duplicate) -> Diagnostic {
    let message = format!("`{}` is given twice", twice.name);
    Diagnostic::new(Code::DuplicateName, message, Label::new(map, twice.second, "the second"))
        .also(Label::new(map, twice.first, "the first"))
        .help("remove one, or rename it")
}

fn too_deep(map: &SourceMap, span: Span) -> Diagnostic {
    let message = format!("lists and mappings nest deeper than {} levels", SourceMap::DEEPEST);
    Diagnostic::new(Code::Structure, message, Label::new(map, span, "from here on"))
        .help("no file of the dialect needs as many; close the brackets that were left open")
}

fn no_yaml(map: &SourceMap, error: &serde_yaml::Error) -> Diagnostic {
    let (message, span) = match map.no_yaml() {
        Some((message, span)) => (message.to_owned(), span),
        None => {
            let span = error.location().map_or_else(|| map.at_byte(0), |location| map.at_byte(location.index()));
            (error.to_string(), span)
        }
    };
    let label = Label::new(map, span, "here");
    let mut fault = Diagnostic::new(Code::Structure, format!("this is not YAML: {message}"), label);
    if let Some(open) = map.left_open() {
        fault = fault.also(Label::new(map, open, "in what begins here"));
    }
    fault.help(if map.text()[span.start..].starts_with('\t') {
        "indent with spaces: YAML takes no tabs"
    } else {
        "quote a text that holds `: `, ` #` or, between braces, a comma or a bracket: \"like, this\""
    })
}
