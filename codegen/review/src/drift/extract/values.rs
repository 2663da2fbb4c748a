//! Values of enumerations, in descriptions.

use super::limits::numbers;

/// Words in capitals that may be values: `NORMAL`, `CODE_TYPE_TEXT`; with whether a blank had to be
/// taken out (`CODE_TYPE _TEXT`).
pub(in crate::drift) fn capitals(text: &str) -> Vec<(String, bool)> {
    let joined = join_torn(text);
    let torn = joined != text;
    let mut out: Vec<(String, bool)> = Vec::new();
    for word in joined.split(|c: char| !(c.is_ascii_alphanumeric() || c == '_')) {
        let word = word.trim_matches('_');
        let letters = word.chars().filter(char::is_ascii_uppercase).count();
        let shape = letters >= 3 && word.chars().all(|c| !c.is_ascii_lowercase());
        if shape && !out.iter().any(|(known, _)| known == word) {
            let was_torn = torn && !text.contains(word);
            out.push((word.to_owned(), was_torn));
        }
    }
    out
}

/// Takes blanks out of names that a line wrap tore apart.
fn join_torn(text: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    let mut out = String::with_capacity(text.len());
    for (at, c) in chars.iter().enumerate() {
        let before = at.checked_sub(1).and_then(|at| chars.get(at)).copied().unwrap_or_default();
        let behind = chars.get(at + 1).copied().unwrap_or_default();
        let inner = *c == ' '
            && ((before == '_' && behind.is_ascii_uppercase()) || (before.is_ascii_uppercase() && behind == '_'));
        if !inner {
            out.push(*c);
        }
    }
    out
}

/// Numbers with a meaning behind them: `0: …`, `1 为 …`, `2，…`.
pub(in crate::drift) fn numbered(text: &str) -> Vec<i64> {
    let mut out = Vec::new();
    for (start, number, end) in numbers(text) {
        let behind = text[end..].trim_start();
        let before = text[..start].trim_end();
        let listed = behind.starts_with([':', '：', '为', '是', '=', '、']);
        // Colors, sizes and codes are no values.
        if listed && number < 1000 && !before.ends_with(['.', '-', '/']) && !out.contains(&number) {
            out.push(number);
        }
    }
    out
}

/// Small words with a colon behind them: `trial: …`.
pub(in crate::drift) fn small_words(text: &str) -> Vec<&str> {
    let mut out = Vec::new();
    for (at, _) in text.match_indices([':', '：']) {
        let before = &text[..at];
        let start = before
            .rfind(|c: char| !(c.is_ascii_lowercase() || c == '_'))
            .map_or(0, |at| at + before[at..].chars().next().map_or(1, char::len_utf8));
        let word = &before[start..];
        if word.len() >= 2 && !word.starts_with('_') {
            out.push(word);
        }
    }
    out
}

/// The default of a switch: `默认为false`, `defaults to true`.
pub(in crate::drift) fn default(text: &str) -> Option<bool> {
    let lower = text.to_lowercase();
    ["默认为", "默认", "defaults to ", "default "].iter().find_map(|word| {
        let (_, rest) = lower.split_once(word)?;
        if rest.starts_with("true") || rest.starts_with('是') {
            Some(true)
        } else if rest.starts_with("false") || rest.starts_with('否') {
            Some(false)
        } else {
            None
        }
    })
}

#[cfg(test)]
mod tests {
    use super::{capitals, default, numbered, small_words};

    #[test]
    fn defaults_are_found() {
        assert_eq!(default("填写true或false，默认为否。"), Some(false));
        assert_eq!(default("默认true"), Some(true));
        assert_eq!(default("不填写时默认查询全部"), None);
    }

    #[test]
    fn values_are_found_with_their_blanks_mended() {
        let found = capitals("\"CODE_TYPE_TEXT\",文本;\"CODE_TYPE_ONLY_ QRCODE\",二维码 CODE_TYPE _BARCODE");
        let expected = [("CODE_TYPE_TEXT", false), ("CODE_TYPE_ONLY_QRCODE", true), ("CODE_TYPE_BARCODE", true)];
        assert_eq!(found, expected.map(|(word, torn)| (word.to_owned(), torn)));
        assert_eq!(numbered("Order Status 1: Payment 2: Refund"), [1, 2]);
        assert_eq!(numbered("来源,0为平台创建、1是API创建"), [0, 1]);
        assert_eq!(small_words("official, develop: one, trial: two"), ["develop", "trial"]);
    }
}
