//! What comes in the address of a push.

use std::borrow::Cow;

use super::scheme::Scheme;

/// The longest query that is read, in bytes.
pub(super) const MAX_BYTES: usize = 8 * 1024;

/// The parameters of a push, each at most once.
#[derive(Default)]
pub(super) struct Query<'q> {
    pub(super) signature: Option<Cow<'q, str>>,
    pub(super) sealed: Option<Cow<'q, str>>,
    pub(super) timestamp: Option<Cow<'q, str>>,
    pub(super) nonce: Option<Cow<'q, str>>,
    pub(super) echo: Option<Cow<'q, str>>,
    pub(super) cipher: Option<Cow<'q, str>>,
}

impl<'q> Query<'q> {
    /// Reads a query. None where a parameter is there twice: two readers could take it for two things.
    pub(super) fn read(query: &'q str, scheme: &Scheme) -> Option<Self> {
        let mut read = Query::default();
        let is_plain = !query.contains('%');
        let decode = |text: &'q str| if is_plain { Cow::Borrowed(text) } else { decode(text) };
        for pair in query.trim_start_matches('?').split('&') {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            let names = &scheme.query;
            let place = match &*decode(name) {
                name if name == names.signature => &mut read.signature,
                name if name == names.sealed => &mut read.sealed,
                name if name == names.timestamp => &mut read.timestamp,
                name if name == names.nonce => &mut read.nonce,
                name if name == names.echo => &mut read.echo,
                name if name == names.cipher => &mut read.cipher,
                _ => continue,
            };
            if place.replace(decode(value)).is_some() {
                return None;
            }
        }
        Some(read)
    }

    /// Whether the push says that it is encrypted.
    pub(super) fn is_sealed(&self, scheme: &Scheme) -> bool {
        self.sealed.is_some() || self.cipher.as_deref().is_some_and(|cipher| cipher == scheme.cipher)
    }

    /// The seconds at which it was signed.
    pub(super) fn seconds(&self) -> Option<u64> {
        let digits = self.timestamp.as_deref()?;
        digits.bytes().all(|byte| byte.is_ascii_digit()).then(|| digits.parse().ok())?
    }
}

/// A name or a value without its escapes. A plus sign stays one: base64 has it, and nothing else here has blanks.
fn decode(text: &str) -> Cow<'_, str> {
    if !text.contains('%') {
        return Cow::Borrowed(text);
    }
    let mut out = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&byte, after)) = rest.split_first() {
        let escaped = match (byte, after) {
            (b'%', [high, low, ..]) => digit(*high).zip(digit(*low)).map(|(high, low)| high << 4 | low),
            _ => None,
        };
        out.push(escaped.unwrap_or(byte));
        rest = &after[if escaped.is_some() { 2 } else { 0 }..];
    }
    Cow::Owned(String::from_utf8_lossy(&out).into_owned())
}

fn digit(letter: u8) -> Option<u8> {
    char::from(letter).to_digit(16).and_then(|digit| u8::try_from(digit).ok())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::push::{Elements, Parameters};

    const SCHEME: Scheme = Scheme {
        query: Parameters { signature: "s", sealed: "m", timestamp: "t", nonce: "n", echo: "e", cipher: "c" },
        cipher: "x",
        envelope: Elements { receiver: "", sealed: "", signature: "", timestamp: "", nonce: "" },
        answer: "",
        identity: &[],
    };

    #[test]
    fn parameters_are_found_in_any_order() {
        let query = Query::read("?other=1&t=17&s=a%2Bb+c&e=%e4%B8%ad%&n", &SCHEME).expect("a query");
        assert_eq!(query.seconds(), Some(17));
        assert_eq!((query.signature.as_deref(), query.echo.as_deref()), (Some("a+b+c"), Some("中%")));
        assert_eq!((query.nonce.as_deref(), query.sealed.as_deref()), (Some(""), None));
        assert!(!query.is_sealed(&SCHEME));
        assert!(Query::read("c=x", &SCHEME).expect("a query").is_sealed(&SCHEME));
        assert!(!Query::read("c=raw", &SCHEME).expect("a query").is_sealed(&SCHEME));
        for no in ["", "+1", "-1", "1 ", "x", "99999999999999999999999"] {
            let query = format!("t={no}");
            assert_eq!(Query::read(&query, &SCHEME).expect("a query").seconds(), None, "{no}");
        }
    }

    #[test]
    fn a_parameter_comes_once() {
        assert!(Query::read("t=1&t=1", &SCHEME).is_none());
        assert!(Query::read("t=1&%74=2", &SCHEME).is_none());
        assert!(Query::read("a=1&a=1", &SCHEME).is_some());
    }
}
