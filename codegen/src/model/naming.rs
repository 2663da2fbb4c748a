//! How wire names become Rust names.

use super::Field;

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
    "At",
    "Body",
    "BodyKind",
    "BoxFuture",
    "CodeInfo",
    "Date",
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
    "Part",
    "PartContent",
    "RawResponse",
    "Repeat",
    "Rule",
    "StoreError",
    "StoredToken",
    "Text",
    "Timestamp",
    "TokenSource",
    "TokenStore",
    "Unit",
    "Unknown",
    "UnknownField",
    "UnknownVariant",
    "Unreadable",
    "Validate",
    "Violation",
    "Violations",
    "WireRequest",
];

/// What it exports besides where it has the client.
pub const EXPORTED_WITH_CLIENT: &[&str] =
    &["Client", "ClientBuilder", "FileStore", "MemoryStore", "Sending", "ValidationPolicy"];

/// What it exports besides where it has the store in Redis.
pub const EXPORTED_WITH_REDIS: &[&str] = &["RedisStore"];

/// Modules and features that the generated crate has for a reason of its own.
pub const RESERVED_FOLDERS: &[&str] =
    &["chrono", "client", "default", "errors", "jiff", "redis", "redis-cluster", "rt", "rustls", "time"];

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

/// Whether a name may be a field or module of Rust as it is.
#[must_use]
pub fn is_snake_ident(name: &str) -> bool {
    let mut chars = name.chars();
    chars.next().is_some_and(|c| c.is_ascii_lowercase() || c == '_')
        && name != "_"
        && chars.all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
}

/// Whether a name may be a type or variant of Rust as it is.
#[must_use]
pub fn is_type_name(name: &str) -> bool {
    let mut chars = name.chars();
    chars.next().is_some_and(|c| c.is_ascii_uppercase()) && chars.all(|c| c.is_ascii_alphanumeric())
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

/// The words of a name: split at everything that is no letter or digit, and where a capital follows a small
/// letter or begins a word after capitals.
fn words(name: &str) -> Vec<String> {
    let chars: Vec<char> = name.chars().collect();
    let mut words = Vec::new();
    let mut word = String::new();
    for (index, &c) in chars.iter().enumerate() {
        if !c.is_ascii_alphanumeric() {
            if !word.is_empty() {
                words.push(std::mem::take(&mut word));
            }
            continue;
        }
        let before = index.checked_sub(1).map(|i| chars[i]);
        let after = chars.get(index + 1);
        let starts = c.is_ascii_uppercase()
            && before.is_some_and(|b| {
                b.is_ascii_lowercase()
                    || b.is_ascii_digit()
                    || (b.is_ascii_uppercase() && after.is_some_and(char::is_ascii_lowercase))
            });
        if starts && !word.is_empty() {
            words.push(std::mem::take(&mut word));
        }
        word.push(c.to_ascii_lowercase());
    }
    if !word.is_empty() {
        words.push(word);
    }
    words
}

/// `payOriginalFee` -> `pay_original_fee`.
#[must_use]
pub fn snake_case(name: &str) -> String {
    let joined = words(name).join("_");
    if joined.starts_with(|c: char| c.is_ascii_digit()) { format!("_{joined}") } else { joined }
}

/// `CARD_STATUS_VERIFY_OK` -> `CardStatusVerifyOk`.
#[must_use]
pub fn pascal_case(name: &str) -> String {
    words(name)
        .into_iter()
        .map(|word| {
            let mut chars = word.chars();
            chars.next().map_or_else(String::new, |first| first.to_ascii_uppercase().to_string() + chars.as_str())
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_split_where_people_split_them() {
        assert_eq!(snake_case("payOriginalFee"), "pay_original_fee");
        assert_eq!(snake_case("ToUserName"), "to_user_name");
        assert_eq!(snake_case("openID"), "open_id");
        assert_eq!(snake_case("cgi-bin"), "cgi_bin");
        assert_eq!(snake_case("custom_field1"), "custom_field1");
        assert_eq!(pascal_case("CARD_STATUS_VERIFY_OK"), "CardStatusVerifyOk");
        assert_eq!(pascal_case("card_merchant_check_result"), "CardMerchantCheckResult");
    }

    #[test]
    fn keywords_become_raw() {
        assert_eq!(raw_ident("type"), "r#type");
        assert_eq!(raw_ident("abstract"), "r#abstract");
        assert_eq!(raw_ident("from"), "from");
        assert_eq!(raw_ident("self"), "self_");
    }
}
