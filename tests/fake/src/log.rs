//! The calls that came.

use std::collections::VecDeque;

use serde::Serialize;
use serde_json::Value;

/// How many calls are kept.
const KEPT: usize = 10_000;

/// A call that came.
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct Entry {
    /// Its number, from 1.
    pub number: u64,
    /// The seconds at which it came, by the clock of the fake.
    pub at: u64,
    /// The verb.
    pub method: String,
    /// The path.
    pub path: String,
    /// The account, if the token told it.
    pub app: Option<String>,
    /// The request as it was understood; none when it was refused before.
    pub request: Option<Value>,
    /// The HTTP status of the response; none when the connection was cut.
    pub status: Option<u16>,
    /// The code of the response.
    pub code: i64,
    /// The response, as far as it is JSON.
    pub response: Value,
    /// The failure that a test asked for.
    pub fault: Option<String>,
}

/// The calls that came, the last 10,000 of them.
#[derive(Debug, Default)]
pub struct Log {
    entries: VecDeque<Entry>,
    came: u64,
}

impl Log {
    pub(crate) fn add(&mut self, mut entry: Entry) {
        self.came += 1;
        entry.number = self.came;
        if self.entries.len() == KEPT {
            self.entries.pop_front();
        }
        self.entries.push_back(entry);
    }

    /// How many came in all.
    #[must_use]
    pub fn came(&self) -> u64 {
        self.came
    }

    /// Those that are kept, the first first.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = &Entry> {
        self.entries.iter()
    }

    /// Forgets all of them.
    pub fn clear(&mut self) {
        self.entries.clear();
    }
}
