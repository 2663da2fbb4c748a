//! That prose is in the language it says, and is shown as it was meant.

use super::context::Context;
use crate::diagnostic::{Code, Diagnostic};
use crate::source::Node;
use crate::spec::Text;

/// Checks both languages of a text.
pub(super) fn check(cx: &Context<'_>, text: &Text, at: &Node<'_>) {
    let (en, zh) = (text.en.as_deref().unwrap_or_default(), text.zh.as_deref().unwrap_or_default());
    let wrong = (is_chinese(en), is_english(zh));
    let fault = |key: &str, message: &str, help: &str| {
        let fault = Diagnostic::at(Code::MissingText, &at.key(key), message, "in this text");
        cx.report(fault.help(help.to_owned()));
    };
    match wrong {
        (true, true) => fault("en", "the English and the Chinese text are swapped", "swap the two"),
        (true, false) => {
            fault("en", "the English text is Chinese", "word it in English; quote names of pages as `code`")
        }
        (false, true) => {
            fault("zh", "the Chinese text is English", "word it in Chinese; quote names of pages as `code`")
        }
        (false, false) => {}
    }
    for (key, text) in [("en", en), ("zh", zh)] {
        // What a page says is quoted as it stands there.
        let quoted = at.is_at("says");
        if let Some(bad) =
            code(text).filter(|_| !quoted).find_map(|code| code.chars().find(|c| PUNCTUATION.contains(*c)))
        {
            let message = format!("the full-width `{bad}` stands inside code");
            fault(key, &message, "type the sign as the code has it, or move it out of the backticks");
        }
    }
    if let Some((before, after)) = folded(zh) {
        let message = format!("a blank stands between the Chinese words `{before}` and `{after}`");
        fault(
            "zh",
            &message,
            "a line break inside the text became a blank: write the sentence on one line, or break it after a sign",
        );
    }
}

/// Signs that no code has.
const PUNCTUATION: &str = "，。：；！？、（）“”‘’【】《》";

fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}')
}

/// What stands between backticks.
fn code(text: &str) -> impl Iterator<Item = &str> {
    let closed = text.matches('`').count() / 2;
    text.split('`').skip(1).step_by(2).take(closed)
}

/// What stands outside of backticks and quotation marks: names of pages stay in their own language.
fn words(text: &str) -> String {
    let mut quote = None;
    let mut words = String::new();
    for c in text.chars() {
        match (quote, c) {
            (Some(end), c) if c == end => quote = None,
            (Some(_), _) => {}
            (None, '`') => quote = Some('`'),
            (None, '"') => quote = Some('"'),
            (None, '“') => quote = Some('”'),
            (None, '「') => quote = Some('」'),
            (None, c) => words.push(c),
        }
    }
    words
}

/// Whether most of it is Chinese. A Chinese character says as much as several letters.
fn is_chinese(text: &str) -> bool {
    let words = words(text);
    let han = words.chars().filter(|c| is_han(*c)).count();
    let letters = words.chars().filter(char::is_ascii_alphabetic).count();
    han > 0 && han * 3 > letters
}

/// Whether it holds words of a sentence and no Chinese.
fn is_english(text: &str) -> bool {
    let words = words(text);
    let small = |word: &&str| word.len() > 1 && word.chars().all(|c| c.is_ascii_lowercase());
    !text.chars().any(is_han) && words.split([' ', ',', '.', ';', ':']).filter(small).count() > 1
}

/// Two Chinese words with nothing but a blank between.
fn folded(text: &str) -> Option<(char, char)> {
    let chars: Vec<char> = text.trim().chars().collect();
    let found = chars.windows(3).find(|three| is_han(three[0]) && three[1] == ' ' && is_han(three[2]));
    found.map(|three| (three[0], three[2]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn languages_are_told_apart() {
        assert!(is_chinese("查询卡券 Code") && !is_chinese("The code of a card, printed 卡券."));
        assert!(!is_chinese("The page says “核销卡券”") && !is_chinese("`卡券`"));
        assert!(
            is_english("Query a coupon code")
                && !is_english("查询 code")
                && !is_english("OpenID")
                && !is_english("`a b`")
        );
    }

    #[test]
    fn only_a_blank_between_two_chinese_characters_was_folded() {
        assert_eq!(folded("查询 卡券"), Some(('询', '卡')));
        assert_eq!(folded("查询 Code 卡券，\n 好"), None);
    }

    #[test]
    fn code_ends_where_it_is_closed() {
        assert_eq!(code("`a` b `c").collect::<Vec<_>>(), ["a"]);
    }
}
