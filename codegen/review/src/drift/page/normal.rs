//! Text as it was meant, whatever it is marked up with: what a fingerprint is of, and what is read.

/// Without the marks of Markdown, with plain quotes, plain punctuation, plain blanks and none twice.
pub(in crate::drift) fn normal(text: &str) -> String {
    let plain: String = seen(text).chars().map(plain).collect();
    let marked = without_entities(&without_links(&plain));
    let mut out = String::with_capacity(marked.len());
    let mut letters = marked.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            // A backslash before a mark says that it is none.
            '\\' if letters.peek().is_some_and(|next| next.is_ascii_punctuation()) => out.extend(letters.next()),
            '`' => {}
            '*' if letters.peek() == Some(&'*') => drop(letters.next()),
            _ => out.push(letter),
        }
    }
    let out = without_emphasis(out);
    out.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Without what nobody sees.
pub(in crate::drift) fn seen(text: &str) -> String {
    text.chars().filter(|c| !is_unseen(*c)).collect()
}

/// Blanks of no width, and marks that say which way a text runs.
fn is_unseen(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{ad}' | '\u{202a}'..='\u{202e}')
}

fn plain(c: char) -> char {
    match c {
        '\u{201c}' | '\u{201d}' | '\u{201e}' | '\u{201f}' => '"',
        '\u{2018}' | '\u{2019}' => '\'',
        // The full-width forms of ASCII stand in one row, in the order of ASCII.
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        _ if c.is_whitespace() => ' ',
        _ => c,
    }
}

/// `[words](address)` is the words.
fn without_links(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, behind)) = rest.split_once("](") {
        let open = before.rfind('[');
        let close = behind.find(')');
        match (open, close) {
            (Some(open), Some(close)) => {
                let image = before[..open].ends_with('!');
                out.push_str(before[..open].strip_suffix('!').filter(|_| image).unwrap_or(&before[..open]));
                out.push_str(&before[open + 1..]);
                rest = &behind[close + 1..];
            }
            _ => {
                out.push_str(before);
                out.push_str("](");
                rest = behind;
            }
        }
    }
    out.push_str(rest);
    // An address in angle brackets is the address.
    out.replace("<http", "http").replace("TOKEN>", "TOKEN")
}

fn without_entities(text: &str) -> String {
    if !text.contains('&') {
        return text.to_owned();
    }
    [("&nbsp;", " "), ("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&")]
        .iter()
        .fold(text.to_owned(), |text, (entity, meant)| text.replace(entity, meant))
}

/// A pair of single stars around words; a star that stands alone is one.
fn without_emphasis(text: String) -> String {
    let pairs = text.matches('*').count();
    let around = text.split_whitespace().any(|word| word.starts_with('*')) && pairs.is_multiple_of(2);
    if around { text.replace('*', "") } else { text }
}

#[cfg(test)]
mod tests {
    use super::normal;

    #[test]
    fn markup_says_nothing() {
        let meant = "card_id (required): \"a\", 'b'; see the list";
        for written in [
            "card\\_id (required): \"a\", 'b'; see the list",
            "**card_id** (required): `\"a\"`, 'b'; see [the list](https://example.com/a)",
            "card_id （required）： “a”， ‘b’； see  the\u{a0}list",
            "card_id\u{200b} (required): \"a\", 'b'; *see* the list ",
            "card_id (required): &quot;a&quot;, &#39;b&#39;; see&nbsp;the list",
        ] {
            assert_eq!(normal(written), meant, "{written}");
        }
        assert_eq!(normal("2*3 is 6"), "2*3 is 6");
        assert_eq!(normal("a_b __init__"), "a_b __init__");
    }
}
