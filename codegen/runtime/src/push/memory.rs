//! What came before.

use std::sync::Arc;
use std::time::Duration;

use crate::token::{BoxFuture, StoreError};

/// Remembers what came, for a time: for as many processes and machines as reach it. Keys and values are short, and no secret.
///
/// Every call may be made again after an error.
pub trait PushMemory: Send + Sync {
    /// Keeps a value under a key for so long, unless one is kept there: then it gives that one. Of many who ask at once for
    /// one key, one gets None.
    fn keep<'a>(
        &'a self,
        key: &'a str,
        value: &'a str,
        time: Duration,
    ) -> BoxFuture<'a, Result<Option<String>, StoreError>>;

    /// Forgets a key.
    fn forget<'a>(&'a self, key: &'a str) -> BoxFuture<'a, Result<(), StoreError>>;
}

macro_rules! through {
    ($pointer:ident) => {
        impl<T: PushMemory + ?Sized> PushMemory for $pointer<T> {
            fn keep<'a>(
                &'a self,
                key: &'a str,
                value: &'a str,
                time: Duration,
            ) -> BoxFuture<'a, Result<Option<String>, StoreError>> {
                (**self).keep(key, value, time)
            }

            fn forget<'a>(&'a self, key: &'a str) -> BoxFuture<'a, Result<(), StoreError>> {
                (**self).forget(key)
            }
        }
    };
}
through!(Arc);
through!(Box);
