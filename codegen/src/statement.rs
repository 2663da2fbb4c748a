//! What a page says, as one statement that has a name: `request code string(20)`. `cargo xtask drift` tells differences by
//! these names, and a quirk explains them under `explains`.

use std::fmt;
use std::str::FromStr;

/// Which way a field travels.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Side {
    /// In the query or the body of a request.
    Request,
    /// In a response.
    Response,
    /// In a push.
    Push,
}

impl Side {
    /// The word in names.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Request => "request",
            Self::Response => "response",
            Self::Push => "push",
        }
    }
}

/// One statement.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Statement {
    /// The endpoint is named; with a path, one that the spec lacks.
    Endpoint(Option<String>),
    /// The verb is printed.
    Verb(String),
    /// There is a body; or it may be left out.
    Body {
        /// Whether it may be left out.
        optional: bool,
    },
    /// Something about a field, by its name in a table or its path in an example.
    Field(Side, String, About),
    /// A limit in running text.
    Note(Most),
    /// An example of this side is no JSON, in this way.
    Defect(Side, String),
    /// A code is spoken of.
    Error(i64),
    /// Something of this name could not be read.
    Unread(String),
}

/// What is said of a field.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum About {
    /// That it is there.
    Name,
    /// It must be set.
    Required,
    /// It may be left out.
    Optional,
    /// A change sends the card back to review.
    Review,
    /// A change does not.
    NoReview,
    /// It has this type, as printed.
    Type(String),
    /// It has this limit, in words.
    Most(Most),
    /// It has this value.
    Value(String),
    /// This is assumed for it.
    Default(String),
    /// Its name is printed with a blank inside.
    Torn,
    /// One of its values is.
    TornValue,
    /// Its example is.
    TornExample,
    /// Its cells stand in the wrong columns.
    Shifted,
    /// An example shows it as this JSON kind.
    Kind(String),
    /// This cell of its row could not be read.
    Unread(String),
}

/// At most so many.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Most {
    /// The number.
    pub value: i64,
    /// What is counted: one of [`COUNTED`], or the unit of a limit of the spec.
    pub counts: String,
}

/// What limits count.
pub const COUNTED: [&str; 7] = ["chars", "amount", "days", "megabytes", "bytes", "items", "value"];

/// The kinds that an example can show.
const KINDS: [&str; 5] = ["text", "number", "bool", "list", "object"];

/// In which ways an example is no JSON.
pub const DEFECTS: [&str; 11] = [
    "comment",
    "swallowed key",
    "trailing comma",
    "missing comma",
    "missing colon",
    "no-break space",
    "unbalanced",
    "raw line break",
    "unquoted",
    "repeated key",
    "unreadable",
];

impl Statement {
    /// That a field is there, by a name without blanks.
    #[must_use]
    pub fn field(side: Side, name: &str, about: About) -> Self {
        let name: String = name.split_whitespace().collect();
        Self::Field(side, name, about)
    }
}

impl fmt::Display for Most {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "max {} {}", self.value, self.counts)
    }
}

impl fmt::Display for Statement {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Endpoint(None) => f.write_str("endpoint"),
            Self::Endpoint(Some(path)) => write!(f, "endpoint {path}"),
            Self::Verb(verb) => write!(f, "verb {verb}"),
            Self::Body { optional: false } => f.write_str("request body"),
            Self::Body { optional: true } => f.write_str("request body optional"),
            Self::Field(side, name, About::Name) => write!(f, "{} {name}", side.name()),
            Self::Field(side, name, about) => write!(f, "{} {name} {about}", side.name()),
            Self::Note(most) => write!(f, "note {most}"),
            Self::Defect(side, defect) => write!(f, "{} example {defect}", side.name()),
            Self::Error(code) => write!(f, "error {code}"),
            Self::Unread(what) => write!(f, "unread {what}"),
        }
    }
}

impl fmt::Display for About {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Name => Ok(()),
            Self::Required => f.write_str("required"),
            Self::Optional => f.write_str("optional"),
            Self::Review => f.write_str("review"),
            Self::NoReview => f.write_str("no review"),
            Self::Type(printed) => f.write_str(printed),
            Self::Most(most) => most.fmt(f),
            Self::Value(value) => write!(f, "value {value}"),
            Self::Default(value) => write!(f, "default {value}"),
            Self::Torn => f.write_str("torn"),
            Self::TornValue => f.write_str("torn value"),
            Self::TornExample => f.write_str("torn example"),
            Self::Shifted => f.write_str("shifted"),
            Self::Kind(kind) => write!(f, "as {kind}"),
            Self::Unread(cell) => write!(f, "unread {cell}"),
        }
    }
}

/// Why a text is no statement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoStatement(String);

impl fmt::Display for NoStatement {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for Statement {
    type Err = NoStatement;

    fn from_str(text: &str) -> Result<Self, NoStatement> {
        let (first, rest) = text.split_once(' ').unwrap_or((text, ""));
        let side = [Side::Request, Side::Response, Side::Push].into_iter().find(|side| side.name() == first);
        match (first, rest, side) {
            ("endpoint", "", _) => Ok(Self::Endpoint(None)),
            ("endpoint", path, _) if path.starts_with('/') => Ok(Self::Endpoint(Some(path.to_owned()))),
            ("verb", "GET" | "POST" | "PUT" | "DELETE" | "PATCH", _) => Ok(Self::Verb(rest.to_owned())),
            ("note", rest, _) => most(rest).map(Self::Note).ok_or_else(|| no(text, "a limit: `note max 62 days`")),
            ("error", rest, _) => rest.parse().map(Self::Error).map_err(|_| no(text, "a code: `error 40056`")),
            ("unread", rest, _) if !rest.is_empty() => Ok(Self::Unread(rest.to_owned())),
            ("request", "body", _) => Ok(Self::Body { optional: false }),
            ("request", "body optional", _) => Ok(Self::Body { optional: true }),
            (_, rest, Some(side)) if !rest.is_empty() => of_side(text, side, rest),
            _ => Err(no(
                text,
                "`endpoint`, `verb`, `request`, `response`, `push`, `note`, `error` or `unread`, and what follows",
            )),
        }
    }
}

fn of_side(text: &str, side: Side, rest: &str) -> Result<Statement, NoStatement> {
    let (name, about) = rest.split_once(' ').unwrap_or((rest, ""));
    if name == "example" && !about.is_empty() {
        return if DEFECTS.contains(&about) {
            Ok(Statement::Defect(side, about.to_owned()))
        } else {
            Err(no(text, &format!("one of `{}` behind `example`", DEFECTS.join("`, `"))))
        };
    }
    let about = self::about(about).ok_or_else(|| {
        no(text, "`required`, `optional`, `review`, `no review`, a type, `max 12 chars`, `value X`, `default X`, `torn`, `torn value`, `torn example`, `shifted`, `as text` or `unread X` behind the name")
    })?;
    Ok(Statement::Field(side, name.to_owned(), about))
}

fn about(text: &str) -> Option<About> {
    let (first, rest) = text.split_once(' ').unwrap_or((text, ""));
    Some(match (first, rest) {
        ("", _) => About::Name,
        ("required", "") => About::Required,
        ("optional", "") => About::Optional,
        ("review", "") => About::Review,
        ("no", "review") => About::NoReview,
        ("torn", "") => About::Torn,
        ("torn", "value") => About::TornValue,
        ("torn", "example") => About::TornExample,
        ("shifted", "") => About::Shifted,
        ("max", _) => About::Most(most(text)?),
        ("value", value) if !value.is_empty() => About::Value(value.to_owned()),
        ("default", value) if !value.is_empty() => About::Default(value.to_owned()),
        ("as", kind) if KINDS.contains(&kind) => About::Kind(kind.to_owned()),
        ("unread", cell) if !cell.is_empty() => About::Unread(cell.to_owned()),
        _ if is_type(text) => About::Type(text.to_owned()),
        _ => return None,
    })
}

fn most(text: &str) -> Option<Most> {
    let (value, counts) = text.strip_prefix("max ")?.split_once(' ')?;
    let value = value.parse().ok()?;
    COUNTED.contains(&counts).then(|| Most { value, counts: counts.to_owned() })
}

/// Whether a text looks like a printed type: `string(20)`, `unsigned int`, `type` for one that is none.
fn is_type(text: &str) -> bool {
    const WORDS: [&str; 19] = [
        "string",
        "int",
        "uint",
        "int32",
        "uint32",
        "int64",
        "uint64",
        "unsigned int",
        "bool",
        "boolean",
        "float",
        "double",
        "number",
        "object",
        "json",
        "list",
        "array",
        "date",
        "type",
    ];
    let word = text.split('(').next().unwrap_or(text);
    let closed = !text.contains('(') || text.ends_with(')');
    closed && WORDS.contains(&word)
}

fn no(text: &str, wanted: &str) -> NoStatement {
    NoStatement(format!("`{text}` names no statement of a page; expected {wanted}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_statement_is_read_as_it_is_written() {
        for text in [
            "endpoint",
            "endpoint /card/x",
            "verb GET",
            "request body",
            "request body optional",
            "request code",
            "response a.b",
            "response 错误码",
            "request code required",
            "request code optional",
            "request code review",
            "request code no review",
            "request code string(20)",
            "request code unsigned int",
            "request code max 12 chars",
            "note max 62 days",
            "request code value X Y",
            "request code default false",
            "request code torn",
            "request code torn value",
            "request code torn example",
            "request code shifted",
            "response a.b as text",
            "response example trailing comma",
            "request code unread required ✓",
            "error 10306",
            "error -1",
            "unread column 数据类型",
        ] {
            assert_eq!(text.parse::<Statement>().map(|it| it.to_string()), Ok(text.to_owned()));
        }
        for wrong in [
            "",
            "request",
            "note",
            "note max 62",
            "note max 62 weeks",
            "error x",
            "verb FETCH",
            "request code strng(20)",
            "request code reqired",
            "response example comma",
            "card_id required",
            "unread",
        ] {
            assert!(wrong.parse::<Statement>().is_err(), "{wrong}");
        }
    }
}
