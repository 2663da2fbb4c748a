//! So many calls a day.

use std::sync::{Mutex, PoisonError};

/// Counts the calls of the current day.
pub(super) struct Day {
    pub(super) most: u64,
    count: Mutex<Count>,
}

#[derive(Default)]
struct Count {
    day: i64,
    taken: u64,
}

/// A place in a day's count. It is free again when it is dropped, unless it was used.
pub(super) struct Place<'a> {
    of: &'a Day,
    day: i64,
    used: bool,
}

impl Day {
    pub(super) fn new(most: u64) -> Self {
        Day { most, count: Mutex::default() }
    }

    /// A place among those of a day, if one is left.
    pub(super) fn take(&self, day: i64) -> Option<Place<'_>> {
        self.change(|count| {
            // A clock that is set back begins no new day.
            if day > count.day {
                *count = Count { day, taken: 0 };
            }
            let free = count.taken < self.most;
            count.taken += u64::from(free);
            // Not made before it is known to be free: it would be dropped, and dropping takes the lock.
            free.then(|| Place { of: self, day: count.day, used: false })
        })
    }

    fn change<T>(&self, change: impl FnOnce(&mut Count) -> T) -> T {
        change(&mut self.count.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Place<'_> {
    /// The call is sent.
    pub(super) fn used(mut self) {
        self.used = true;
    }
}

impl Drop for Place<'_> {
    fn drop(&mut self) {
        if !self.used {
            self.of.change(|count| count.taken -= u64::from(count.day == self.day));
        }
    }
}
