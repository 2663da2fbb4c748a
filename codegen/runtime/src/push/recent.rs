//! What came before, in the memory of the process.

use std::collections::{HashMap, VecDeque};
use std::fmt;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use super::memory::PushMemory;
use crate::token::{BoxFuture, StoreError};

/// Remembers in the memory of this process, and no more than so many keys: the oldest are forgotten first.
pub struct Recent {
    most: usize,
    kept: Mutex<Kept>,
}

#[derive(Default)]
struct Kept {
    values: HashMap<String, Entry>,
    /// The keys in the order in which they came, with the number of their entry: one that was forgotten and kept again has
    /// another.
    order: VecDeque<(String, u64)>,
    count: u64,
}

struct Entry {
    value: String,
    /// None where the clock ends before.
    until: Option<Instant>,
    number: u64,
}

impl Entry {
    fn is_over(&self, now: Instant) -> bool {
        self.until.is_some_and(|until| until <= now)
    }
}

impl Recent {
    /// How many keys are remembered unless it is said: each push takes two.
    pub const MOST: usize = 65_536;

    /// Remembers so many keys at most; one at least.
    pub fn new(most: usize) -> Self {
        Recent { most: most.max(1), kept: Mutex::default() }
    }

    /// How many keys are kept.
    pub fn len(&self) -> usize {
        self.kept().values.len()
    }

    /// Whether none is kept.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// No code of others runs under the lock, so that what it guards is whole even after a panic.
    fn kept(&self) -> MutexGuard<'_, Kept> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Kept {
    fn keep(&mut self, key: &str, value: &str, time: Duration, most: usize) -> Option<String> {
        let now = Instant::now();
        if let Some(entry) = self.values.get(key).filter(|entry| !entry.is_over(now)) {
            return Some(entry.value.clone());
        }
        self.count += 1;
        let entry = Entry { value: value.to_owned(), until: now.checked_add(time), number: self.count };
        self.values.insert(key.to_owned(), entry);
        self.order.push_back((key.to_owned(), self.count));
        self.tidy(now, most);
        None
    }

    /// Lets go of what is over, and of the oldest beyond the limit.
    fn tidy(&mut self, now: Instant, most: usize) {
        while let Some((key, number)) = self.order.front() {
            let entry = self.values.get(key).filter(|entry| entry.number == *number);
            if entry.is_some_and(|entry| !entry.is_over(now)) && self.order.len() <= most {
                return;
            }
            let is_own = entry.is_some();
            if let Some((key, _)) = self.order.pop_front()
                && is_own
            {
                self.values.remove(&key);
            }
        }
    }
}

impl Default for Recent {
    fn default() -> Self {
        Recent::new(Recent::MOST)
    }
}

impl PushMemory for Recent {
    fn keep<'a>(
        &'a self,
        key: &'a str,
        value: &'a str,
        time: Duration,
    ) -> BoxFuture<'a, Result<Option<String>, StoreError>> {
        Box::pin(async move { Ok(self.kept().keep(key, value, time, self.most)) })
    }

    fn forget<'a>(&'a self, key: &'a str) -> BoxFuture<'a, Result<(), StoreError>> {
        Box::pin(async move {
            self.kept().values.remove(key);
            Ok(())
        })
    }
}

impl fmt::Debug for Recent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Recent").field("most", &self.most).field("keys", &self.len()).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LONG: Duration = Duration::from_secs(3600);

    #[test]
    fn a_key_is_kept_once_for_its_time() {
        let mut kept = Kept::default();
        assert_eq!(kept.keep("a", "1", LONG, 8), None);
        assert_eq!(kept.keep("a", "2", LONG, 8).as_deref(), Some("1"));
        assert_eq!(kept.keep("b", "1", Duration::ZERO, 8), None);
        assert_eq!(kept.keep("b", "2", LONG, 8), None);
        assert_eq!(kept.keep("b", "3", Duration::MAX, 8).as_deref(), Some("2"));
    }

    #[test]
    fn the_oldest_go_first_and_nothing_grows() {
        let mut kept = Kept::default();
        for number in 0..1_000 {
            assert_eq!(kept.keep(&number.to_string(), "", LONG, 10), None);
            assert!(kept.values.len() <= 10 && kept.order.len() <= 10);
        }
        assert_eq!(kept.keep("991", "", LONG, 10).as_deref(), Some(""));
        assert_eq!(kept.keep("989", "", LONG, 10), None);
        for _ in 0..1_000 {
            kept.values.remove("x");
            kept.keep("x", "", LONG, 10);
            assert!(kept.order.len() <= 10);
        }
        // An entry of before takes none away that came again.
        assert_eq!(kept.keep("x", "", LONG, 10).as_deref(), Some(""));
    }
}
