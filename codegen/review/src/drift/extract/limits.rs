//! Limits, in types and in words.

use super::super::page::header;

/// What a limit of a page counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::drift) enum Counts {
    /// Characters; Chinese ones are three bytes each.
    Chars,
    /// The value of a number, or items: the words do not always tell which.
    Amount,
    Days,
    Megabytes,
    Bytes,
}

impl Counts {
    /// How findings name it.
    pub(in crate::drift) fn name(self) -> &'static str {
        match self {
            Self::Chars => "chars",
            Self::Amount => "amount",
            Self::Days => "days",
            Self::Megabytes => "megabytes",
            Self::Bytes => "bytes",
        }
    }
}

/// At most so many.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::drift) struct AtMost {
    pub(in crate::drift) value: i64,
    pub(in crate::drift) counts: Counts,
}

/// Words before a number that make it a limit.
const BEFORE: &[&str] = &[
    "上限为",
    "上限是",
    "上限",
    "最大为",
    "最大",
    "最多可",
    "最多",
    "不超过",
    "不多于",
    "不得超过",
    "长度限制在",
    "限制传入",
    "仅支持填",
    "大小限制",
    "限制",
    "<=",
    "≤",
    "no more than",
    "up to",
    "at most",
    "maximum value of",
    "maximum of",
    "maximum length of",
    "per page is",
    "maximum is",
];

/// Words behind a number that make it one of characters.
const CHARS: &[&str] =
    &["个汉字", "个中文字符", "个字符", "个字", "汉字", "字以内", "字", "characters", "chinese characters"];

/// Words behind a number that make it a limit without a word before it.
const AFTER: &[&str] = &["以内", "之内", "以下", "内", "in chinese characters"];

/// The limits that a description states.
pub(in crate::drift) fn in_words(text: &str) -> Vec<AtMost> {
    let lower = text.to_lowercase();
    let mut out = Vec::new();
    for (start, number, end) in numbers(&lower) {
        let before = lower[..start].trim_end();
        let behind = lower[end..].trim_start();
        let bytes = behind.trim_start_matches('个').starts_with("字节") || behind.starts_with("byte");
        let unit = CHARS.iter().find(|word| !bytes && behind.starts_with(**word));
        let tail = unit.map_or(behind, |word| behind[word.len()..].trim_start());
        let cued = BEFORE.iter().any(|word| before.ends_with(word));
        let closed = AFTER.iter().any(|word| tail.starts_with(word)) || unit.is_some_and(|word| word.ends_with("以内"));
        let counts = if bytes {
            Counts::Bytes
        } else if unit.is_some() {
            Counts::Chars
        } else if behind.starts_with(['天', '日']) || behind.starts_with("days") {
            Counts::Days
        } else if behind.starts_with("mb") {
            Counts::Megabytes
        } else {
            Counts::Amount
        };
        let limit = AtMost { value: number, counts };
        if (cued || (closed && counts == Counts::Chars)) && !out.contains(&limit) {
            out.push(limit);
        }
    }
    out
}

/// The whole numbers of a text with the bytes they cover.
pub(in crate::drift) fn numbers(text: &str) -> Vec<(usize, i64, usize)> {
    let mut out = Vec::new();
    let mut start = None;
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        match (c.is_ascii_digit(), start) {
            (true, None) => start = Some(at),
            (false, Some(from)) => {
                if let Ok(number) = text[from..at].parse() {
                    out.push((from, number, at));
                }
                start = None;
            }
            _ => {}
        }
    }
    out
}

/// A printed type in one spelling: `String(36)` and `string(36)` are the same, and so are a JSON structure
/// and an object.
pub(in crate::drift) fn spelling(printed: &str) -> String {
    let lower: String = printed.to_lowercase().split_whitespace().collect::<Vec<_>>().join(" ");
    match lower.as_str() {
        _ if lower.starts_with("json") => "json".to_owned(),
        "boolean" => "bool".to_owned(),
        "uint" => "unsigned int".to_owned(),
        _ => lower.replace(" (", "("),
    }
}

/// Whether a text is nothing but a printed type.
pub(in crate::drift) fn is_type(text: &str) -> bool {
    header::leading_type(text.trim()).is_some_and(|printed| printed.len() == text.trim().len())
}

#[cfg(test)]
mod tests {
    use super::{AtMost, Counts, in_words, spelling};

    #[test]
    fn limits_are_found_in_both_languages() {
        let cases = [
            ("名称，上限为12个汉字。", 12, Counts::Chars),
            ("提示，长度限制在6个汉字内", 6, Counts::Chars),
            ("9个中文字符以内。", 9, Counts::Chars),
            ("说明,5000字以内", 5000, Counts::Chars),
            ("数量(数量最大50)。", 50, Counts::Amount),
            ("限制传入1张", 1, Counts::Amount),
            ("区间需<=62天", 62, Counts::Days),
            ("no more than 80 characters in length", 80, Counts::Chars),
            ("with a maximum value of 100", 100, Counts::Amount),
            ("name (12 characters in Chinese characters)", 12, Counts::Chars),
        ];
        for (text, value, counts) in cases {
            assert_eq!(in_words(text), [AtMost { value, counts }], "{text}");
        }
        assert!(in_words("填30为七折").is_empty());
    }

    #[test]
    fn spellings_of_a_type_agree() {
        assert_eq!(spelling("String(36)"), "string(36)");
        assert_eq!(spelling("JSON结构"), spelling("Json structure"));
    }
}
