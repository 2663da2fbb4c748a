//! Secrets that others repeat: a gateway that prints the URL it was asked for, a token source that names the address it called.

#[cfg(feature = "client")]
use zeroize::Zeroizing;

#[cfg(feature = "client")]
use crate::percent::is_plain;

/// What stands where a secret stood.
pub(crate) const REDACTED: &str = "(redacted)";

/// The same as `Debug` shows it.
pub(crate) struct Hidden;

impl std::fmt::Debug for Hidden {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(REDACTED)
    }
}

/// The value of a parameter, as it may be shown.
pub(crate) fn shown<'v>(name: &str, value: &'v str) -> &'v str {
    if is_secret(name) { REDACTED } else { value }
}

/// Whether one of the keys of a JSON path says that a secret is there.
pub(crate) fn is_secret_path(path: &str) -> bool {
    path.split(['.', '[', ']']).any(is_secret)
}

/// What is shorter is a stand-in of a test, and would tear words apart.
#[cfg(feature = "client")]
const LEAST: usize = 8;

/// A secret in all the ways in which it may be repeated: as itself, as it stands in a URL, with large digits or small ones,
/// and in JSON that escapes slashes.
#[cfg(feature = "client")]
pub(crate) struct Spellings<'s> {
    itself: Option<&'s str>,
    others: Vec<Zeroizing<String>>,
}

#[cfg(feature = "client")]
impl<'s> Spellings<'s> {
    pub(crate) fn of(secret: &'s str) -> Self {
        let mut spellings = Spellings { itself: None, others: Vec::new() };
        if secret.len() < LEAST {
            return spellings;
        }
        spellings.itself = Some(secret);
        // Most secrets are spelled one way everywhere.
        if secret.bytes().all(is_plain) {
            return spellings;
        }
        let mut large = String::with_capacity(3 * secret.len());
        crate::percent::escape(secret, &mut large);
        let mut small = String::with_capacity(3 * secret.len());
        for byte in secret.bytes() {
            match is_plain(byte) {
                true => small.push(char::from(byte)),
                false => small.push_str(&format!("%{byte:02x}")),
            }
        }
        for spelling in [large, small, secret.replace('/', "\\/")] {
            let spelling = Zeroizing::new(spelling);
            if !spellings.each().any(|known| known == spelling.as_str()) {
                spellings.others.push(spelling);
            }
        }
        spellings
    }

    fn each(&self) -> impl Iterator<Item = &str> {
        self.itself.into_iter().chain(self.others.iter().map(|spelling| spelling.as_str()))
    }

    /// Removes it from the bytes that a server sent. What does not hold it is left as it is, byte by byte. Linear in the
    /// length of the bytes.
    pub(crate) fn conceal_bytes(&self, bytes: &mut Vec<u8>) {
        for secret in self.each() {
            // Whatever the bytes are, a text in them lies between those that are no UTF-8.
            let held = |text: &str| text.len() >= secret.len() && text.contains(secret);
            // Most are text as a whole, which is found out fast.
            if std::str::from_utf8(bytes).is_ok_and(|text| !held(text)) {
                continue;
            }
            if !bytes.utf8_chunks().any(|chunk| held(chunk.valid())) {
                continue;
            }
            let mut rest = Vec::with_capacity(bytes.len());
            for chunk in bytes.utf8_chunks() {
                match chunk.valid() {
                    text if held(text) => rest.extend_from_slice(text.replace(secret, REDACTED).as_bytes()),
                    text => rest.extend_from_slice(text.as_bytes()),
                }
                rest.extend_from_slice(chunk.invalid());
            }
            *bytes = rest;
        }
    }

    /// Removes it from a text.
    pub(crate) fn conceal(&self, text: &mut String) {
        for secret in self.each() {
            if text.contains(secret) {
                *text = text.replace(secret, REDACTED);
            }
        }
    }
}

/// Removes a secret from a text.
#[cfg(feature = "client")]
pub(crate) fn conceal(text: &mut String, secret: &str) {
    Spellings::of(secret).conceal(text);
}

/// A text without the values of parameters whose names say that they are secret (`secret=…`, `"access_token":"…"`,
/// `<Ticket>…`), and without the user and the password of a URL.
pub(crate) fn redact(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(['=', ':', '%', '>']) {
        let sign = match &rest.as_bytes()[at..] {
            [b'%', b'3', b'D' | b'd', ..] => 3,
            [b'%', ..] => 0,
            _ => 1,
        };
        let (before, after) = rest.split_at(at + sign.max(1));
        out.push_str(before);
        let (kept, hidden) = match &before[at..] {
            _ if sign == 0 => (0, 0),
            ":" if after.starts_with("//") => (2, userinfo(&after[2..])),
            ">" => element(&before[..at], after),
            sign if is_secret(name(&before[..at])) => value(after, sign),
            _ => (0, 0),
        };
        out.push_str(&after[..kept]);
        if hidden > 0 {
            out.push_str(REDACTED);
        }
        rest = &after[kept + hidden..];
    }
    out + rest
}

/// The name that ends there, quotes and blanks aside.
fn name(before: &str) -> &str {
    let name = before.trim_end_matches(['"', '\'', '\\', ' ']);
    let letters = name.bytes().rev().take(64).take_while(|byte| byte.is_ascii_alphanumeric() || b"_-".contains(byte));
    &name[name.len() - letters.count()..]
}

/// Whether a parameter of this name holds a secret: `appsecret`, `component_access_token`, `jsapi_ticket`, `api-key`.
pub(crate) fn is_secret(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    name.ends_with("key")
        || ["secret", "token", "ticket", "password", "passwd", "signature"].iter().any(|word| name.contains(word))
}

/// Where the value behind a sign begins, and its length. Nothing where none is told: `secret: missing` names one only.
fn value(after: &str, sign: &str) -> (usize, usize) {
    let blanks = after.len() - after.trim_start_matches(' ').len();
    let value = &after[blanks..];
    for quote in ["\\\"", "\"", "'"] {
        if let Some(value) = value.strip_prefix(quote) {
            return (blanks + quote.len(), quoted(value, quote));
        }
    }
    // Whatever a list or an object holds.
    for (open, close) in [('[', ']'), ('{', '}')] {
        if let Some(value) = value.strip_prefix(open).filter(|_| sign == ":") {
            return (blanks + 1, value.find(close).unwrap_or(value.len()));
        }
    }
    if sign == ":" || blanks > 0 {
        return (0, 0);
    }
    if value.starts_with(REDACTED) {
        return (REDACTED.len(), 0);
    }
    // In a URL inside of a URL, `&` is encoded, too.
    let value = value.split(if sign == "=" { "&" } else { "%26" }).next().unwrap_or(value);
    let ends = |letter: char| letter.is_whitespace() || letter.is_control() || "&#\"'`<>\\".contains(letter);
    let value = &value[..value.find(ends).unwrap_or(value.len())];
    (0, value.trim_end_matches([')', ']', '}', ',', ';', '.', ':']).len())
}

/// Where the text behind a start tag begins, and its length.
fn element(before: &str, after: &str) -> (usize, usize) {
    let name = name(before);
    if !is_secret(name) || !before[..before.len() - name.len()].ends_with('<') {
        return (0, 0);
    }
    match after.strip_prefix("<![CDATA[") {
        Some(text) => (after.len() - text.len(), text.find("]]>").unwrap_or(text.len())),
        None => (0, after.find('<').unwrap_or(after.len())),
    }
}

/// The length of a value up to the quote that ends it. An escaped one does not.
fn quoted(value: &str, quote: &str) -> usize {
    let ends = |at: &usize| quote.starts_with('\\') || !value[..*at].ends_with('\\');
    value.match_indices(quote).map(|(at, _)| at).find(ends).unwrap_or(value.len())
}

/// The length of the user and the password in front of a host.
fn userinfo(after: &str) -> usize {
    let ends = |letter: char| letter.is_whitespace() || "/?#\"'<>".contains(letter);
    let host = &after[..after.find(ends).unwrap_or(after.len())];
    host.rfind('@').unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_of_secret_names() {
        for (text, shown) in [
            ("https://a/token?appid=wx1&secret=abc&x=1", "https://a/token?appid=wx1&secret=(redacted)&x=1"),
            ("(https://a/?component_access_token=a.b%2F)", "(https://a/?component_access_token=(redacted))"),
            ("for url (https://a/?appsecret=abc): timed out", "for url (https://a/?appsecret=(redacted)): timed out"),
            ("to=https%3A%2F%2Fa%3Fsecret%3Dabc%26x%3D1", "to=https%3A%2F%2Fa%3Fsecret%3D(redacted)%26x%3D1"),
            (r#"{"access_token":"a\"b","expires_in":7200}"#, r#"{"access_token":"(redacted)","expires_in":7200}"#),
            (r#"Body("{\"refresh_token\":\"abc\"}")"#, r#"Body("{\"refresh_token\":\"(redacted)\"}")"#),
            ("API-KEY='a b' jsapi_ticket=x", "API-KEY='(redacted)' jsapi_ticket=(redacted)"),
            ("Config { secret: \"abc\", id: 1 }", "Config { secret: \"(redacted)\", id: 1 }"),
            ("redis://user:hush@host/0?x=@", "redis://(redacted)@host/0?x=@"),
            ("secret=中文", "secret=(redacted)"),
            (r#"{"ticket":["a","b"],"tokens": {"c":1}}"#, r#"{"ticket":[(redacted)],"tokens": {(redacted)}}"#),
            (r#"{"ticket":["a"#, r#"{"ticket":[(redacted)"#),
            ("<Ticket>a b</Ticket><Id>1</Id>", "<Ticket>(redacted)</Ticket><Id>1</Id>"),
            ("<Ticket><![CDATA[a]]></Ticket>", "<Ticket><![CDATA[(redacted)]]></Ticket>"),
            ("<Ticket><![CDATA[a", "<Ticket><![CDATA[(redacted)"),
        ] {
            assert_eq!(redact(text), shown);
            assert_eq!(redact(shown), shown, "twice is once");
        }
        for text in [
            "",
            "=",
            ":",
            ">",
            "Ticket> a",
            "%3D",
            "%",
            "100% secret: no",
            "a=b",
            "key: not found",
            "secret=",
            "中=文",
            "http://a@",
        ] {
            assert_eq!(redact(text).replace(REDACTED, "a"), text);
        }
    }

    #[test]
    fn redacting_takes_linear_time() {
        let start = std::time::Instant::now();
        for unit in [
            "=",
            ":",
            ">",
            "<key>",
            "<key><![CDATA[",
            "key:[",
            "%3D",
            "secret=\"",
            "secret=",
            "'secret\\\":\\\"",
            "://",
            "a",
            "secret  =  ",
            "secret%3D%26",
        ] {
            redact(&unit.repeat(50_000));
        }
        assert!(start.elapsed().as_secs() < 5, "{:?}", start.elapsed());
    }

    #[cfg(feature = "client")]
    #[test]
    fn tokens_in_bytes() {
        let conceal = |bytes: &[u8], token: &str| {
            let mut bytes = bytes.to_vec();
            Spellings::of(token).conceal_bytes(&mut bytes);
            bytes
        };
        let token = "a+secret/token";
        for written in [token, "a%2Bsecret%2Ftoken", "a%2bsecret%2ftoken", "a+secret\\/token"] {
            let bytes = [b"\xff<", written.as_bytes(), b"\xe4\xb8", written.as_bytes()].concat();
            assert_eq!(conceal(&bytes, token), b"\xff<(redacted)\xe4\xb8(redacted)");
        }
        assert_eq!(conceal(b"\xff short \xc0", "short"), b"\xff short \xc0");
        assert_eq!(conceal(b"very-secret-toke\xff", "very-secret-token"), b"very-secret-toke\xff");
    }

    #[cfg(feature = "client")]
    #[test]
    fn concealing_takes_linear_time() {
        let start = std::time::Instant::now();
        let token = "a".repeat(512) + "b";
        for unit in [&b"a"[..], b"\xff", b"aaaaaaaa\xff", token.as_bytes()] {
            Spellings::of(&token).conceal_bytes(&mut unit.repeat(8 * 1024 * 1024 / unit.len()));
        }
        assert!(start.elapsed().as_secs() < 10, "{:?}", start.elapsed());
    }
}
