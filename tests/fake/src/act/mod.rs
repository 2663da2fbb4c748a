//! What people do and no call can: reviewers pass and reject, users claim and give away, time goes by.
//!
//! Tests ask for it by [`Server`](crate::Server), other languages over HTTP.

mod card;
mod claim;
mod fake;
mod gift;
mod merchant;
mod promoter;

use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::engine::Engine;
use crate::event::Head;
use crate::id::Ids;
use crate::lock::lock;
use crate::push::Pushed;
use crate::state::State;

pub use claim::Claim;

pub(crate) use fake::CLOCK;

/// What a reviewer decides.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
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

/// Something that people do, and what it may change.
pub(crate) struct Acting<'a> {
    pub(crate) state: &'a mut State,
    pub(crate) ids: &'a mut Ids,
    pub(crate) now: u64,
    pub(crate) pushes: Vec<Pushed>,
}

impl Acting<'_> {
    /// How an event begins that a user caused.
    pub(crate) fn head(&self, app: &str, openid: &str) -> Head {
        Head::new(self.state, app, openid, self.now)
    }
}

impl Engine {
    /// Does something, writes it down and pushes what follows from it. What is not done is not pushed.
    pub(crate) fn act<T>(&self, act: impl FnOnce(&mut Acting<'_>) -> Result<T, ActError>) -> Result<T, ActError> {
        let now = self.clock.now();
        let (done, pushes) = self.change(|state| {
            let mut acting = Acting { state, ids: &mut lock(&self.ids), now, pushes: Vec::new() };
            let done = act(&mut acting);
            (done, acting.pushes)
        });
        if done.is_ok() {
            self.pusher.send(pushes);
        }
        done
    }

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
