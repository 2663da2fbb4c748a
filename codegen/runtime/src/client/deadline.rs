//! When a call has to be done.

use std::future::Future;
use std::time::{Duration, Instant};

use crate::error::Late;

/// When a call has to be done; never, if that is too far away to be told.
#[derive(Clone, Copy)]
pub(super) struct Deadline(Option<Instant>);

impl Deadline {
    pub(super) fn after(timeout: Duration) -> Self {
        Deadline(Instant::now().checked_add(timeout))
    }

    /// How long that is from now.
    pub(super) fn left(self) -> Duration {
        self.0.map_or(Duration::MAX, |end| end.saturating_duration_since(Instant::now()))
    }

    /// What a future gives, if it does so in time. It is dropped otherwise.
    pub(super) async fn within<T>(self, future: impl Future<Output = T>) -> Result<T, Late> {
        tokio::time::timeout(self.left(), future).await.map_err(|_| Late)
    }
}
