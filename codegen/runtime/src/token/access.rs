//! The access token.

use std::fmt;
use std::hint::black_box;

use zeroize::Zeroizing;

/// The credential of the calling account. It never shows itself: neither `Debug` nor `Display` tells it. Its memory is
/// overwritten when it is dropped, and comparing two takes the same time wherever they differ.
///
/// White space at its ends, as files have it, is no part of it. The client refuses one that is empty, or that holds
/// control characters or letters that cannot be seen.
#[derive(Clone)]
pub struct AccessToken(Zeroizing<String>);

impl AccessToken {
    /// Wraps a token.
    pub fn new(token: impl Into<String>) -> Self {
        let token = Zeroizing::new(token.into());
        let trimmed = token.trim_matches(|letter: char| letter.is_whitespace() || letter == '\u{feff}');
        match trimmed.len() == token.len() {
            true => AccessToken(token),
            false => AccessToken(Zeroizing::new(trimmed.to_owned())),
        }
    }

    /// The token itself.
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// Why it can be none.
    #[cfg(feature = "client")]
    pub(crate) fn fault(&self) -> Option<&'static str> {
        if self.0.is_empty() {
            Some("the access token is empty")
        } else if !self.0.bytes().all(|byte| byte.is_ascii_graphic()) && self.0.contains(crate::shown::is_hidden) {
            Some("the access token has control characters or letters that cannot be seen in it")
        } else {
            None
        }
    }
}

impl PartialEq for AccessToken {
    fn eq(&self, other: &Self) -> bool {
        let (one, other) = (self.0.as_bytes(), other.0.as_bytes());
        // The length is no secret. No way out before the end, and the compiler is to find none.
        let differences =
            one.iter().zip(other).fold(0, |differences, (one, other)| black_box(differences | (one ^ other)));
        one.len() == other.len() && differences == 0
    }
}

impl Eq for AccessToken {}

impl From<String> for AccessToken {
    fn from(token: String) -> Self {
        AccessToken::new(token)
    }
}

impl From<&str> for AccessToken {
    fn from(token: &str) -> Self {
        AccessToken::new(token)
    }
}

impl fmt::Debug for AccessToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("AccessToken(redacted)")
    }
}

impl fmt::Display for AccessToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("(redacted)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_overwritten_when_it_is_dropped() {
        fn overwritten<T: zeroize::ZeroizeOnDrop>(_: &T) {}
        overwritten(&AccessToken::new("a").0);
        overwritten(&AccessToken::new(" a ").clone().0);
    }
}
