//! What people do and no call can: reviewers pass and reject, users claim and give away, time goes by.
//!
//! Tests ask for it by [`Server`](crate::Server), other languages over HTTP.

mod merchant;
mod promoter;

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::engine::Engine;

/// What a reviewer decides.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// It passes.
    Approve,
    /// It does not, for this reason.
    Reject(String),
}

/// Why something cannot be done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ActError(pub(crate) String);

impl ActError {
    pub(crate) fn new(why: impl Into<String>) -> Self {
        ActError(why.into())
    }
}

impl fmt::Display for ActError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for ActError {}

impl Engine {
    /// Ends every access token.
    pub(crate) fn expire_tokens(&self) {
        let now = self.clock.now();
        self.change(|state| {
            let all: Vec<String> = state.tokens.iter().map(|(text, _)| text.clone()).collect();
            for text in all {
                if let Some(token) = state.tokens.edit(&text) {
                    token.until = token.until.min(now);
                }
            }
        });
    }
}
