//! One renewal of an access token or a ticket. Where many processes share a store, one of them asks for it and the others
//! find it there.

use std::time::{Duration, SystemTime};

use super::issue::{Fetched, Issuer, LONGEST};
use crate::chance::fraction;
use crate::error::NoToken;
use crate::token::{AccessToken, Lease, StoreError, StoredToken, TokenStore};

/// How long a process may hold the right to renew. One that died has lost it then.
const LEASE: Duration = Duration::from_secs(20);

/// How long a process waits for another one that renews.
const PATIENCE: Duration = Duration::from_secs(25);

/// A token of the store has to be valid at least as long as this: it has yet to travel.
const WORTH: Duration = Duration::from_secs(10);

/// By so much the clocks of two machines may differ.
const SKEW: Duration = Duration::from_secs(5 * 60);

/// What tells the time on the wall. It may be set, forwards and back, while the program runs.
pub(super) type Wall = dyn Fn() -> SystemTime + Send + Sync;

/// All that a renewal needs.
pub(super) struct Renewal<'a> {
    pub(super) wall: &'a Wall,
    pub(super) issuer: &'a dyn Issuer,
    pub(super) store: Option<&'a dyn TokenStore>,
    /// The token that is to be replaced: refused by the server, or close to its end.
    pub(super) stale: Option<&'a AccessToken>,
    /// Whether the server has refused it, so that it is worthless whatever its end.
    pub(super) refused: bool,
    /// Whether another token may be forced now.
    pub(super) may_force: bool,
    /// Whether a token was asked for without the store a moment ago.
    pub(super) alone: bool,
}

/// What came of it.
pub(super) struct Renewed {
    pub(super) token: AccessToken,
    pub(super) valid: Duration,
    /// Whether it had to be forced.
    pub(super) forced: bool,
    /// Whether the store could not be reached, so that nobody else has the token.
    pub(super) alone: bool,
}

impl Renewal<'_> {
    pub(super) async fn run(&self) -> Result<Renewed, NoToken> {
        let Some(store) = self.store else { return self.ask(false).await };
        match self.shared(store).await {
            Ok(outcome) => outcome,
            Err(error) if self.alone => Err(NoToken::new(error.into())),
            Err(error) => {
                let what = self.issuer.what();
                log::warn!("the token store fails, and the {what} is asked for without it: {error}");
                self.ask(true).await
            }
        }
    }

    /// By the store: its token, or a new one that is kept there. The outer error is that of the store.
    async fn shared(&self, store: &dyn TokenStore) -> Result<Result<Renewed, NoToken>, StoreError> {
        let key = self.issuer.key();
        let begin = tokio::time::Instant::now();
        loop {
            if let Some(found) = self.found(store, key).await? {
                return Ok(Ok(found));
            }
            if let Some(lease) = store.lease(key, LEASE).await? {
                let outcome = self.leased(store, key, &lease).await;
                if let Err(error) = store.release(key, lease).await {
                    log::warn!("the token store fails, and others wait for the lease to end: {error}");
                }
                return outcome;
            }
            if begin.elapsed() > PATIENCE {
                return Err(StoreError::new("another process has renewed the token for too long"));
            }
            tokio::time::sleep(Duration::from_millis(50).mul_f64(1.0 + fraction())).await;
        }
    }

    /// While nobody else renews.
    async fn leased(
        &self,
        store: &dyn TokenStore,
        key: &str,
        lease: &Lease,
    ) -> Result<Result<Renewed, NoToken>, StoreError> {
        // Another may have renewed between the look at the store and the lease.
        if let Some(found) = self.found(store, key).await? {
            return Ok(Ok(found));
        }
        let mut renewed = match self.ask(false).await {
            Ok(renewed) => renewed,
            Err(error) => return Ok(Err(error)),
        };
        let issued_at = (self.wall)();
        let stored = StoredToken { token: renewed.token.clone(), issued_at, expires_at: issued_at + renewed.valid };
        match store.save(key, &stored, lease).await {
            Ok(true) => {}
            // The lease ended meanwhile, and somebody else has renewed: all are to have the same token.
            Ok(false) => {
                if let Some(found) = self.found(store, key).await? {
                    return Ok(Ok(found));
                }
            }
            Err(error) => {
                log::warn!("the token store fails, and the new {} is not kept: {error}", self.issuer.what());
                renewed.alone = true;
            }
        }
        Ok(Ok(renewed))
    }

    /// The token of the store, if it is another one and worth anything.
    async fn found(&self, store: &dyn TokenStore, key: &str) -> Result<Option<Renewed>, StoreError> {
        let Some(stored) = store.load(key).await? else { return Ok(None) };
        let valid = left(&stored, (self.wall)());
        let other = self.stale.is_none_or(|stale| *stale != stored.token);
        let fresh = valid > WORTH && other;
        Ok(fresh.then_some(Renewed { token: stored.token, valid, forced: false, alone: false }))
    }

    /// By asking for it. Where the one that was refused comes again, another one is forced.
    async fn ask(&self, alone: bool) -> Result<Renewed, NoToken> {
        let Fetched { token, valid } = self.issuer.issue(false).await?;
        let again = self.refused && self.stale == Some(&token);
        if !again || !self.issuer.can_force() || !self.may_force {
            return Ok(Renewed { token, valid, forced: false, alone });
        }
        let Fetched { token, valid } = self.issuer.issue(true).await?;
        Ok(Renewed { token, valid, forced: true, alone })
    }
}

/// How long a kept token is valid yet: nobody knows where the clock was set back since it was issued.
fn left(stored: &StoredToken, now: SystemTime) -> Duration {
    let set_back = stored.issued_at.duration_since(now).unwrap_or_default();
    let whole = stored.expires_at.duration_since(stored.issued_at).unwrap_or_default().min(LONGEST);
    let left = stored.expires_at.duration_since(now).unwrap_or_default().min(whole);
    if set_back > SKEW { Duration::ZERO } else { left }
}
