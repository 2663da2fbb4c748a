//! Why there is no access token.

use std::error::Error as StdError;
use std::fmt;
use std::sync::Arc;

use crate::secret::redact;
use crate::shown::{self, clean};

/// What an error wraps.
pub(super) type Source = Box<dyn StdError + Send + Sync>;

/// What there is none of.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Missing {
    AccessToken,
    #[cfg(all(feature = "client", feature = "jsapi"))]
    Ticket,
}

impl Missing {
    pub(super) fn words(self) -> &'static str {
        match self {
            Missing::AccessToken => "access token",
            #[cfg(all(feature = "client", feature = "jsapi"))]
            Missing::Ticket => "ticket",
        }
    }
}

/// Why there is no access token, or no ticket. The calls that waited for the same renewal share it.
#[derive(Clone)]
pub(crate) struct NoToken {
    /// What the token source says.
    pub(crate) cause: Arc<dyn StdError + Send + Sync>,
    /// The same without its secrets, as it is shown.
    pub(crate) told: Told,
    /// The error code for which the token before was to be replaced.
    pub(crate) refused: Option<i64>,
    /// What there is none of.
    pub(crate) missing: Missing,
}

impl NoToken {
    pub(crate) fn new(cause: Source) -> Self {
        let told = Told::new(&*cause, |text| redact(&text));
        NoToken { cause: cause.into(), told, refused: None, missing: Missing::AccessToken }
    }
}

#[cfg(feature = "client")]
impl NoToken {
    /// The same without an access token that it may quote.
    pub(crate) fn concealing(mut self, token: &str) -> Self {
        self.told = Told::new(&*self.cause, |mut text| {
            // First the token as it is: afterwards a part of it may be gone.
            crate::secret::conceal(&mut text, token);
            redact(&text)
        });
        self
    }
}

/// A token source took longer than a call may.
#[derive(Debug)]
#[cfg_attr(not(feature = "client"), allow(dead_code))]
pub(crate) struct Late;

impl fmt::Display for Late {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the token source gave none within the time that a call may take")
    }
}

impl StdError for Late {}

/// What an error and its sources say, without secrets: the address of a token carries one, and many errors quote addresses.
#[derive(Clone)]
pub(crate) struct Told {
    text: String,
    source: Option<Box<Told>>,
}

impl Told {
    /// How many sources are told.
    const DEEPEST: usize = 20;

    fn new(error: &(dyn StdError + 'static), quiet: impl Fn(String) -> String) -> Self {
        let mut texts = Vec::new();
        let mut next = Some(error);
        while let Some(error) = next.filter(|_| texts.len() < Told::DEEPEST) {
            texts.push(quiet(error.to_string()));
            next = error.source();
        }
        let mut told = None;
        while let Some(text) = texts.pop() {
            told = Some(Told { text, source: told.map(Box::new) });
        }
        told.unwrap_or(Told { text: String::new(), source: None })
    }
}

impl fmt::Display for Told {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&clean(&self.text, shown::MESSAGE))
    }
}

impl fmt::Debug for Told {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        shown::Quoted(&self.text).fmt(f)
    }
}

impl StdError for Told {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.source.as_deref().map(|source| source as _)
    }
}
