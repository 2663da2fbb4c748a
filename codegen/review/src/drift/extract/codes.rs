//! Error codes in running text.

use super::limits::numbers;

/// Words before a number that make it an error code.
const BEFORE: &[&str] = &["errcode", "error code", "return", "返回", "错误码", "报错", "code"];

/// The error codes that a line speaks of.
pub(in crate::drift) fn in_words(text: &str) -> Vec<i64> {
    let lower = text.to_lowercase();
    let mut out = Vec::new();
    for (start, number, end) in numbers(&lower) {
        let digits = end - start;
        let glued = lower[..start].ends_with(|c: char| c.is_ascii_alphanumeric() || "_/=.-".contains(c))
            || lower[end..].starts_with(|c: char| c.is_ascii_alphanumeric() || "_/".contains(c));
        let from = lower[..start].char_indices().rev().nth(14).map_or(0, |(at, _)| at);
        let near = &lower[from..start];
        if (5..=6).contains(&digits)
            && !glued
            && BEFORE.iter().any(|word| near.contains(word))
            && !out.contains(&number)
        {
            out.push(number);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::in_words;

    #[test]
    fn codes_need_a_word_before_them() {
        assert_eq!(in_words("otherwise you will return 10306 (no data)"), [10306]);
        assert_eq!(in_words("否则报错{errcode: 61501,errmsg: \"x\"}"), [61501]);
        assert_eq!(in_words("错误码,0为正常,40071为格式错误"), [40071]);
        assert!(in_words("e.g. 20230801, group 512568 and 205482").is_empty());
    }
}
