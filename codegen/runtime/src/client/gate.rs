//! Where each attempt passes before it is sent. Without the feature `limits` it stands open.

use std::time::Duration;

#[cfg(feature = "limits")]
use super::limits::{Limiter, Limits};
use crate::error::Error;
use crate::meta::Meta;

/// Lets attempts pass, now or after a while.
#[derive(Clone, Default)]
pub(super) struct Gate {
    #[cfg(feature = "limits")]
    limiter: Option<std::sync::Arc<Limiter>>,
}

#[cfg(feature = "limits")]
impl Gate {
    pub(super) fn new(limits: Limits) -> Result<Self, &'static str> {
        Ok(Gate { limiter: Some(std::sync::Arc::new(Limiter::new(limits)?)) })
    }

    /// Waits until an attempt may be sent, or tells why it may not.
    pub(super) async fn pass(&self, meta: &'static Meta, left: Duration) -> Result<(), Error> {
        match &self.limiter {
            Some(limiter) => limiter.pass(meta, left).await,
            None => Ok(()),
        }
    }

    /// That of a client for another account.
    pub(super) fn for_another_account(&self) -> Self {
        Gate { limiter: self.limiter.as_ref().map(|limiter| std::sync::Arc::new(limiter.for_another_account())) }
    }
}

#[cfg(not(feature = "limits"))]
impl Gate {
    #[allow(clippy::unused_async, reason = "with limits it waits")]
    pub(super) async fn pass(&self, _: &'static Meta, _: Duration) -> Result<(), Error> {
        Ok(())
    }

    pub(super) fn for_another_account(&self) -> Self {
        self.clone()
    }
}
