//! Tokens in the memory of the process.

use std::collections::HashMap;
use std::fmt;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::time::Instant;

use super::fault::StoreError;
use super::source::BoxFuture;
use super::store::{Lease, StoredToken, TokenStore};

/// Keeps tokens in the memory of this process: for one process that needs nothing of the last one. Share it in an
/// [`Arc`](std::sync::Arc).
#[derive(Default)]
pub struct MemoryStore {
    kept: Mutex<HashMap<String, Kept>>,
}

#[derive(Default)]
struct Kept {
    token: Option<StoredToken>,
    /// Fence and holder of the last lease.
    last: (u64, u64),
    /// When the last lease ends; None once it was given back.
    ends: Option<Instant>,
}

impl MemoryStore {
    /// A store that keeps nothing yet.
    pub fn new() -> Self {
        MemoryStore::default()
    }

    /// No code of others runs under the lock, so that what it guards is whole even after a panic.
    fn kept(&self) -> MutexGuard<'_, HashMap<String, Kept>> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn take(&self, key: &str, limit: Duration) -> Option<Lease> {
        let mut kept = self.kept();
        let kept = kept.entry(key.to_owned()).or_default();
        let now = Instant::now();
        if kept.ends.is_some_and(|ends| now < ends) {
            return None;
        }
        kept.last = (kept.last.0 + 1, Lease::random_holder());
        kept.ends = Some(now.checked_add(limit).unwrap_or_else(|| now + FAR));
        Some(Lease::new(kept.last.0, kept.last.1))
    }
}

/// A limit beyond which the clock may end.
const FAR: Duration = Duration::from_secs(100 * 365 * 24 * 60 * 60);

impl TokenStore for MemoryStore {
    fn load<'a>(&'a self, key: &'a str) -> BoxFuture<'a, Result<Option<StoredToken>, StoreError>> {
        Box::pin(async move { Ok(self.kept().get(key).and_then(|kept| kept.token.clone())) })
    }

    fn lease<'a>(&'a self, key: &'a str, limit: Duration) -> BoxFuture<'a, Result<Option<Lease>, StoreError>> {
        Box::pin(async move { Ok(self.take(key, limit)) })
    }

    fn save<'a>(
        &'a self,
        key: &'a str,
        token: &'a StoredToken,
        lease: &'a Lease,
    ) -> BoxFuture<'a, Result<bool, StoreError>> {
        Box::pin(async move {
            let mut kept = self.kept();
            let last = kept.get_mut(key).filter(|kept| kept.last == (lease.fence, lease.holder()));
            Ok(last.map(|kept| kept.token = Some(token.clone())).is_some())
        })
    }

    fn release<'a>(&'a self, key: &'a str, lease: Lease) -> BoxFuture<'a, Result<(), StoreError>> {
        Box::pin(async move {
            let mut kept = self.kept();
            if let Some(kept) = kept.get_mut(key).filter(|kept| kept.last == (lease.fence, lease.holder())) {
                kept.ends = None;
            }
            Ok(())
        })
    }
}

impl fmt::Debug for MemoryStore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MemoryStore").field("keys", &self.kept().len()).finish()
    }
}
