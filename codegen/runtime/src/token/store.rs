//! Where tokens are kept, and who may renew one.

use std::collections::hash_map::RandomState;
use std::hash::BuildHasher;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, SystemTime};

use super::access::AccessToken;
use super::fault::StoreError;
use super::source::BoxFuture;

/// A token, and from when until when it is valid. Stores keep whole seconds of the two.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredToken {
    /// The token. It does not show itself.
    pub token: AccessToken,
    /// When it was issued. A clock that was set back since is told by it: for such a clock the end is further off than it is.
    pub issued_at: SystemTime,
    /// When it ends.
    pub expires_at: SystemTime,
}

/// The right to renew, for a time. It is one of a kind: who holds it renews, and gives it back with
/// [`TokenStore::release`].
#[derive(Debug, PartialEq, Eq)]
pub struct Lease {
    /// It grows with every lease of a key, so that what comes late from an earlier one can be told.
    pub fence: u64,
    holder: u64,
}

impl Lease {
    /// For a store of your own: the lease with this fence, whose holder has an id of [`random_holder`](Lease::random_holder).
    pub fn new(fence: u64, holder: u64) -> Self {
        Lease { fence, holder }
    }

    /// For a store of your own: who holds it.
    pub fn holder(&self) -> u64 {
        self.holder
    }

    /// For a store of your own: an id that no other holder has, in this process or another. It is no secret.
    pub fn random_holder() -> u64 {
        static COUNT: AtomicU64 = AtomicU64::new(0);
        let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
        // The keys of the hasher come from the operating system; the rest is for systems that give bad ones.
        RandomState::new().hash_one((std::process::id(), now.as_nanos(), COUNT.fetch_add(1, Ordering::Relaxed)))
    }
}

/// Where tokens are kept, for as many processes and machines as reach it, and who of them may renew one.
///
/// To renew is to [`lease`](TokenStore::lease), to [`load`](TokenStore::load) once more, because another may have renewed
/// meanwhile, to fetch a token, to [`save`](TokenStore::save) and to [`release`](TokenStore::release). A key names an
/// account, such as its app id; it may be any text, and is no secret: stores use it as a name.
///
/// Every call may be made again after an error.
pub trait TokenStore: Send + Sync {
    /// What is kept under the key, also when it has ended.
    fn load<'a>(&'a self, key: &'a str) -> BoxFuture<'a, Result<Option<StoredToken>, StoreError>>;

    /// Tries to become the one who renews; None while another is. A lease whose holder died ends after `limit`.
    fn lease<'a>(&'a self, key: &'a str, limit: Duration) -> BoxFuture<'a, Result<Option<Lease>, StoreError>>;

    /// Keeps a token, also when the lease has ended; false, and nothing is kept, where a later one was given meanwhile.
    fn save<'a>(
        &'a self,
        key: &'a str,
        token: &'a StoredToken,
        lease: &'a Lease,
    ) -> BoxFuture<'a, Result<bool, StoreError>>;

    /// Gives the lease back; harmless when it has ended.
    fn release<'a>(&'a self, key: &'a str, lease: Lease) -> BoxFuture<'a, Result<(), StoreError>>;
}

macro_rules! through {
    ($pointer:ident) => {
        impl<T: TokenStore + ?Sized> TokenStore for $pointer<T> {
            fn load<'a>(&'a self, key: &'a str) -> BoxFuture<'a, Result<Option<StoredToken>, StoreError>> {
                (**self).load(key)
            }

            fn lease<'a>(&'a self, key: &'a str, limit: Duration) -> BoxFuture<'a, Result<Option<Lease>, StoreError>> {
                (**self).lease(key, limit)
            }

            fn save<'a>(
                &'a self,
                key: &'a str,
                token: &'a StoredToken,
                lease: &'a Lease,
            ) -> BoxFuture<'a, Result<bool, StoreError>> {
                (**self).save(key, token, lease)
            }

            fn release<'a>(&'a self, key: &'a str, lease: Lease) -> BoxFuture<'a, Result<(), StoreError>> {
                (**self).release(key, lease)
            }
        }
    };
}

through!(Arc);
through!(Box);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn holders_differ() {
        let mut ids: Vec<u64> = (0..1_000).map(|_| Lease::random_holder()).collect();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), 1_000);
    }
}
