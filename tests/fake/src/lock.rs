//! Locks.

use std::sync::{Mutex, MutexGuard, PoisonError};

/// A lock that stays good when a thread that held it has panicked: what it guards is plain data.
pub(crate) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
