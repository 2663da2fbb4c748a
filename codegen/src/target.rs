//! What Rust, the language of the generated crate, asks of names: the resolver refuses those that it cannot take, and the
//! emitter writes the others.

use crate::model::Field;

/// Rust's strict and reserved keywords of edition 2024.
const KEYWORDS: &[&str] = &[
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "crate", "do", "dyn", "else",
    "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let", "loop", "macro", "match", "mod",
    "move", "mut", "override", "priv", "pub", "ref", "return", "self", "Self", "static", "struct", "super", "trait",
    "true", "try", "type", "typeof", "unsafe", "unsized", "use", "virtual", "where", "while", "yield",
];

/// Names that generated code uses itself, so that no type of the spec may bear them.
pub const RESERVED_TYPES: &[&str] = &[
    "Box",
    "Clone",
    "Debug",
    "Default",
    "Deserialize",
    "Endpoint",
    "Err",
    "Error",
    "Event",
    "From",
    "Into",
    "None",
    "Ok",
    "Option",
    "PartialEq",
    "Result",
    "Self",
    "Serialize",
    "Some",
    "String",
    "ToString",
    "Unknown",
    "UnknownField",
    "Validate",
    "Vec",
];

/// What the top of the generated crate exports of the runtime: no type at the top may bear such a name.
pub const EXPORTED: &[&str] = &[
    "AccessToken",
    "Api",
    "At",
    "Attempt",
    "Body",
    "BodyKind",
    "BoxFuture",
    "CodeInfo",
    "Date",
    "DayWindow",
    "Endpoint",
    "Envelope",
    "Error",
    "ErrorClass",
    "Extra",
    "File",
    "Inspected",
    "Json",
    "Lang",
    "Lease",
    "Meta",
    "Method",
    "Oddity",
    "OrText",
    "Paged",
    "Part",
    "PartContent",
    "RawResponse",
    "Repeat",
    "Rule",
    "Spanned",
    "Spans",
    "StoreError",
    "StoredToken",
    "Text",
    "TicketIssue",
    "Timestamp",
    "TokenIssue",
    "TokenSource",
    "TokenStore",
    "Unit",
    "Unknown",
    "UnknownField",
    "UnknownVariant",
    "Unreadable",
    "Validate",
    "Verifiable",
    "Verified",
    "Violation",
    "Violations",
    "WireRequest",
];

/// What it exports besides where it has the client.
const EXPORTED_WITH_CLIENT: &[&str] = &[
    "Account",
    "AppSecret",
    "CallInfo",
    "Caller",
    "Client",
    "ClientBuilder",
    "FailedAttempt",
    "FileStore",
    "Hook",
    "Items",
    "MemoryStore",
    "Noted",
    "Outcome",
    "Pages",
    "Retries",
    "RetryPolicy",
    "Sending",
    "SpanResponses",
    "ValidationPolicy",
];

/// What it exports besides where it has a feature, which stands in front.
pub const EXPORTED_WITH: &[(&str, &[&str])] = &[
    ("client", EXPORTED_WITH_CLIENT),
    (BLOCKING, &[BLOCKING]),
    ("limits", &["Limit", "Limits", "Over"]),
    ("jsapi", &["Signed", "Ticket"]),
    ("redis", &["RedisStore"]),
];

/// The module that it exports with the client for programs without async, and the feature.
pub const BLOCKING: &str = "blocking";

/// Modules and features that the generated crate has for a reason of its own.
pub const RESERVED_FOLDERS: &[&str] = &[
    "axum",
    BLOCKING,
    "chrono",
    "client",
    "default",
    "errors",
    "jiff",
    "jsapi",
    "limits",
    "metrics",
    "push",
    "redis",
    "redis-cluster",
    "rt",
    "rustls",
    "tickets",
    "time",
    "token",
    "tracing",
];

/// Whether a name is a Rust keyword.
#[must_use]
pub fn is_keyword(name: &str) -> bool {
    KEYWORDS.contains(&name)
}

/// The name as it stands in Rust source: `r#type`, and `self_` for what cannot be raw.
#[must_use]
pub fn raw_ident(name: &str) -> String {
    if matches!(name, "self" | "Self" | "super" | "crate" | "_") {
        format!("{name}_")
    } else if is_keyword(name) {
        format!("r#{name}")
    } else {
        name.to_owned()
    }
}

/// More required values than this, and a constructor takes a struct in which each has its name.
const MOST_ARGUMENTS: usize = 4;

/// The struct of public fields that the constructor of a sent type takes, where it requires too many values to tell
/// apart: `NewBaseInfoRequired`.
#[must_use]
pub fn required_struct<'f>(rust: &str, fields: impl IntoIterator<Item = &'f Field>) -> Option<String> {
    let required = fields.into_iter().filter(|field| field.required).count();
    (required > MOST_ARGUMENTS).then(|| format!("{rust}Required"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keywords_become_raw() {
        assert_eq!(raw_ident("type"), "r#type");
        assert_eq!(raw_ident("abstract"), "r#abstract");
        assert_eq!(raw_ident("from"), "from");
        assert_eq!(raw_ident("self"), "self_");
    }
}
