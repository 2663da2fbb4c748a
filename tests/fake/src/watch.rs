//! Tells whoever started the fake what happens, as it happens.

use std::fmt;
use std::sync::Arc;

use crate::log::Entry;
use crate::push::Delivery;

/// Something that happened just now.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub enum Seen<'s> {
    /// A call was answered.
    Call(&'s Entry),
    /// A push arrived, or was given up.
    Delivery(&'s Delivery),
}

type Tell = dyn Fn(Seen<'_>) + Send + Sync;

/// Whom to tell.
#[derive(Clone, Default)]
pub(crate) struct Watcher(Option<Arc<Tell>>);

impl Watcher {
    pub(crate) fn new(tell: impl Fn(Seen<'_>) + Send + Sync + 'static) -> Self {
        Watcher(Some(Arc::new(tell)))
    }

    pub(crate) fn tell(&self, seen: Seen<'_>) {
        if let Some(tell) = &self.0 {
            tell(seen);
        }
    }
}

impl fmt::Debug for Watcher {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Watcher").field(&self.0.is_some()).finish()
    }
}
