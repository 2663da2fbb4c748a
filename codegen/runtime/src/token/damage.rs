//! Telling of what could not be read.

use std::collections::HashSet;
use std::sync::{Mutex, PoisonError};

/// What was told to be damaged: a token is read with every call, and a log that says so each time helps nobody.
#[derive(Default)]
pub(super) struct Damage(Mutex<HashSet<String>>);

impl Damage {
    /// Warns, unless that was done since the last time that it was whole.
    pub(super) fn tell(&self, what: &str) {
        if self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(what.to_owned()) {
            log::warn!("{what} is damaged and counts as no access token");
        }
    }

    /// It was written anew.
    pub(super) fn whole(&self, what: &str) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).remove(what);
    }
}
