//! Files that are not YAML, or not of the dialect: what serde says of them, in words and at a place that help.

use super::{SourceMap, Span};
use crate::diagnostic::{Code, Diagnostic, Label};

/// More unknown keys than this in one file, and the rest is told another time.
const MOST: usize = 20;

/// Every fault of a file that could not be parsed. Serde stops at the first unknown key; `again` parses the text
/// without those known so far, so that one run shows them all.
pub(super) fn faults(
    map: &SourceMap,
    error: serde_yaml::Error,
    again: &dyn Fn(&str) -> Option<serde_yaml::Error>,
) -> Vec<Diagnostic> {
    let mut text = map.text().to_string();
    let mut faults: Vec<Diagnostic> = Vec::new();
    let mut next = Some(error);
    while let Some(error) = next.take() {
        let said = Said::new(&error.to_string());
        let Some((key, entry)) = said.unknown().and_then(|name| map.entry(&said.child(name))) else {
            faults.push(other(map, &said, &error));
            return faults;
        };
        faults.push(unknown_key(map, &said, key));
        blank(&mut text, key.start..entry.end.max(key.end));
        if let Err(error) = serde_yaml::from_str::<serde_yaml::Value>(map.text()) {
            faults.push(no_yaml(map, &Said::new(&error.to_string()), &error));
        } else if faults.len() < MOST && is_yaml(&text) {
            next = again(&text);
        }
    }
    faults
}

fn is_yaml(text: &str) -> bool {
    serde_yaml::from_str::<serde_yaml::Value>(text).is_ok()
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

/// The message of serde in its parts.
struct Said {
    /// The node, as serde writes it: `request.code`.
    path: String,
    /// What is wrong with it.
    message: String,
    /// Around what, for text that is not YAML: the words, line and column.
    context: Option<(String, usize, usize)>,
}

impl Said {
    fn new(text: &str) -> Self {
        let (head, tail) = text.split_once(" at line ").unwrap_or((text, ""));
        let context = tail.split_once(", ").and_then(|(_, rest)| {
            let (words, place) = rest.split_once(" at line ")?;
            let (line, column) = place.split_once(" column ")?;
            Some((words.to_owned(), line.parse().ok()?, column.parse().ok()?))
        });
        let (path, message) = match head.split_once(": ") {
            Some((path, message)) if !path.contains([' ', '`']) => (path, message),
            _ => ("", head),
        };
        Self { path: path.to_owned(), message: message.to_owned(), context }
    }

    /// The key that serde does not know.
    fn unknown(&self) -> Option<&str> {
        self.message.strip_prefix("unknown field `")?.split('`').next()
    }

    fn child(&self, name: &str) -> String {
        if self.path.is_empty() { name.to_owned() } else { format!("{}.{name}", self.path) }
    }

    /// What serde would have taken.
    fn expected(&self) -> Vec<&str> {
        let (_, list) = self.message.split_once("expected ").unwrap_or_default();
        list.split('`').skip(1).step_by(2).collect()
    }
}

fn unknown_key(map: &SourceMap, said: &Said, key: Span) -> Diagnostic {
    let name = said.unknown().unwrap_or_default();
    let known = said.expected();
    let mut fault = Diagnostic::new(
        Code::UnknownKey,
        format!("there is no key `{name}`"),
        Label::new(map, key, "not part of the dialect"),
    );
    fault.path = said.child(name);
    match crate::model::nearest(name, known.iter().copied()) {
        Some(near) => fault.help(format!("did you mean `{near}`?")),
        // `{ zh: 查询, 卡券 }`: the comma was meant to be part of the text.
        None if !name.is_ascii() || name.contains(' ') => {
            fault.help("between braces a comma ends a text: quote it, \"like, this\"")
        }
        None => fault.help(format!("known here: {}", known.join(", "))),
    }
}

fn other(map: &SourceMap, said: &Said, error: &serde_yaml::Error) -> Diagnostic {
    if said.context.is_some() || !is_yaml(map.text()) {
        return no_yaml(map, said, error);
    }
    let Some((key, value)) = map.entry(&said.path) else {
        let label = Label::new(map, map.at_byte(0), "nothing");
        return Diagnostic::new(Code::Structure, "the file is empty", label)
            .help("codegen/DIALECT.md explains every kind of file");
    };
    let missing = said.message.strip_prefix("missing field `").and_then(|rest| rest.split('`').next());
    let (message, span, label) = match missing {
        Some(name) => (format!("the key `{name}` is missing"), key, "belongs in here"),
        None => (in_words(&said.message), value, "here"),
    };
    let mut fault = Diagnostic::new(Code::Structure, message, Label::new(map, span, label));
    fault.path.clone_from(&said.path);
    let unknown = said.message.strip_prefix("unknown variant `").and_then(|rest| rest.split('`').next());
    match unknown.and_then(|word| crate::model::nearest(word, said.expected())) {
        Some(near) => fault.help(format!("did you mean `{near}`?")),
        None => fault.help("codegen/DIALECT.md explains every key"),
    }
}

/// Serde speaks of sequences, maps and i64; people write YAML.
fn in_words(message: &str) -> String {
    if let Some(rest) = message.strip_prefix("unknown variant ") {
        return format!("there is no {rest}");
    }
    let Some((found, wanted)) = message.split_once(": ").and_then(|(_, rest)| rest.split_once(", expected ")) else {
        return message.to_owned();
    };
    let found = match found {
        "sequence" => "a list".to_owned(),
        "map" => "a mapping".to_owned(),
        "unit value" => "nothing".to_owned(),
        _ => found.replacen("string ", "the text ", 1).replacen("integer ", "the number ", 1),
    };
    let wanted = match wanted {
        "i64" | "u32" | "u64" => "an integer",
        "a sequence" => "a list",
        _ if wanted.starts_with("struct ") => "a mapping",
        _ => wanted,
    };
    format!("expected {wanted}, found {found}")
}

fn no_yaml(map: &SourceMap, said: &Said, error: &serde_yaml::Error) -> Diagnostic {
    let span = error.location().map_or_else(|| map.at_byte(0), |location| map.at_byte(location.index()));
    let mut fault =
        Diagnostic::new(Code::Structure, format!("this is not YAML: {}", said.message), Label::new(map, span, "here"));
    if let Some((words, line, column)) = &said.context {
        fault = fault.also(Label::new(map, map.at_line(*line, *column), words.as_str()));
    }
    fault.help(if map.text()[span.start..].starts_with('\t') {
        "indent with spaces: YAML takes no tabs"
    } else {
        "quote a text that holds `: `, ` #` or, between braces, a comma or a bracket: \"like, this\""
    })
}
