//! The token or ticket at hand, and one renewal at a time.
//!
//! A call takes the token that is there. Ahead of its end the first call that notices starts a renewal in the background,
//! while the old token serves on. Without a token all calls wait for the same renewal. A renewal that fails is not begun
//! again before some time has passed, and until then every call gets its error.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, SystemTime};

use tokio::sync::watch;
use tokio::time::Instant;

use super::issue::Issuer;
use super::renewal::{Renewal, Renewed, Wall};
use crate::chance::fraction;
use crate::client::observed::renewed;
use crate::error::NoToken;
use crate::token::{AccessToken, TokenStore};

/// How long before its end a token is renewed at the earliest, and at least a tenth of its time before.
const AHEAD: Duration = Duration::from_secs(5 * 60);

/// After a renewal in the background that gave the same token.
const SAME_AGAIN: Duration = Duration::from_secs(30);

/// Two forced renewals that are closer than this have no effect.
const BETWEEN_FORCED: Duration = Duration::from_secs(31);

/// While the store cannot be reached, each process asks for a token of its own no more often than this.
const BETWEEN_ALONE: Duration = Duration::from_secs(10);

/// The pause after a renewal that failed: this, then twice as long each time, up to the longest.
const PAUSE: Duration = Duration::from_secs(1);
const LONGEST_PAUSE: Duration = Duration::from_secs(60);

/// What a renewal came to, for all that wait for it.
type Outcome = Option<Result<AccessToken, NoToken>>;

/// Keeps what is issued: the access token of an account, or a ticket.
pub(crate) struct Keeper {
    store: Option<Arc<dyn TokenStore>>,
    /// What a store keeps ends by this clock; what is held here, by one that nobody sets.
    wall: Arc<Wall>,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    held: Option<Held>,
    under_way: Option<watch::Receiver<Outcome>>,
    failed: Option<Failed>,
    forced: Option<Instant>,
    alone: Option<Instant>,
}

#[derive(Clone)]
struct Held {
    token: AccessToken,
    ends: Instant,
    /// From when on it is renewed in the background.
    renew_at: Instant,
}

struct Failed {
    why: NoToken,
    until: Instant,
    times: u32,
}

/// Makes the issuer when one is needed.
type Make<'a> = &'a (dyn Fn() -> Arc<dyn Issuer> + Send + Sync);

/// What a call has to do for its token.
enum Way {
    Take(AccessToken),
    Fail(NoToken),
    Wait(watch::Receiver<Outcome>),
}

impl Keeper {
    pub(crate) fn new(store: Option<Arc<dyn TokenStore>>) -> Arc<Self> {
        Keeper::with_wall(store, Arc::new(SystemTime::now))
    }

    fn with_wall(store: Option<Arc<dyn TokenStore>>, wall: Arc<Wall>) -> Arc<Self> {
        Arc::new(Keeper { store, wall, state: Mutex::default() })
    }

    /// The current token. The issuer is made for a renewal alone.
    pub(crate) async fn token(self: &Arc<Self>, issuer: Make<'_>) -> Result<AccessToken, NoToken> {
        let way = self.way(issuer, None);
        Self::go(way).await
    }

    /// Another token than the one that the server refused.
    pub(crate) async fn other_than(
        self: &Arc<Self>,
        refused: &AccessToken,
        issuer: Make<'_>,
    ) -> Result<Option<AccessToken>, NoToken> {
        // A renewal that was under way already may give the refused token once more: it does not know better.
        for _ in 0..2 {
            let way = self.way(issuer, Some(refused));
            let token = Self::go(way).await.map_err(|no_token| no_token.concealing(refused.expose()))?;
            if token != *refused {
                return Ok(Some(token));
            }
        }
        Ok(None)
    }

    async fn go(way: Way) -> Result<AccessToken, NoToken> {
        let mut outcome = match way {
            Way::Take(token) => return Ok(token),
            Way::Fail(why) => return Err(why),
            Way::Wait(outcome) => outcome,
        };
        let ended = outcome.wait_for(Option::is_some).await;
        let cut_off = || NoToken::new("the renewal was cut off".into());
        ended.ok().and_then(|outcome| outcome.clone()).unwrap_or_else(|| Err(cut_off()))
    }

    /// No code of others runs under the lock, so that what it guards is whole even after a panic.
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn way(self: &Arc<Self>, issuer: Make<'_>, refused: Option<&AccessToken>) -> Way {
        let now = Instant::now();
        let mut state = self.state();
        let held = state.held.clone().filter(|held| now < held.ends && refused != Some(&held.token));
        if let Some(Held { token, renew_at, .. }) = held {
            if now >= renew_at && state.is_free(now) {
                self.begin(&mut state, issuer(), None);
            }
            return Way::Take(token);
        }
        if let Some(under_way) = &state.under_way {
            return Way::Wait(under_way.clone());
        }
        match &state.failed {
            Some(failed) if now < failed.until => Way::Fail(failed.why.clone()),
            _ => Way::Wait(self.begin(&mut state, issuer(), refused)),
        }
    }

    /// Begins a renewal in a task of its own: a call that is dropped takes nothing from the others.
    fn begin(
        self: &Arc<Self>,
        state: &mut State,
        issuer: Arc<dyn Issuer>,
        refused: Option<&AccessToken>,
    ) -> watch::Receiver<Outcome> {
        let (tell, outcome) = watch::channel(None);
        state.under_way = Some(outcome.clone());
        let (keeper, refused) = (self.clone(), refused.cloned());
        let mine = outcome.clone();
        tokio::spawn(async move {
            // Dropped in whatever way the task ends, so that a panic or a shutdown leaves nothing under way.
            let ended = Ended { keeper: &keeper, mine };
            let result = keeper.renew(&*issuer, refused.as_ref()).await;
            drop(ended);
            tell.send_replace(Some(result));
        });
        outcome
    }

    async fn renew(&self, issuer: &dyn Issuer, refused: Option<&AccessToken>) -> Result<AccessToken, NoToken> {
        let (stale, may_force, alone) = {
            let (now, state) = (Instant::now(), self.state());
            let long_ago = |moment: Option<Instant>, least| moment.is_none_or(|moment| now - moment >= least);
            let stale = refused.cloned().or_else(|| state.held.as_ref().map(|held| held.token.clone()));
            (stale, long_ago(state.forced, BETWEEN_FORCED), !long_ago(state.alone, BETWEEN_ALONE))
        };
        let renewal = Renewal {
            wall: &*self.wall,
            issuer,
            store: self.store.as_deref(),
            stale: stale.as_ref(),
            refused: refused.is_some(),
            may_force,
            alone,
        };
        let outcome = renewal.run().await;
        renewed(outcome.is_ok());
        let mut state = self.state();
        match outcome {
            Ok(renewed) => Ok(state.take(renewed)),
            Err(why) => {
                let (what, owner) = (issuer.what(), crate::shown::clean(issuer.owner(), 64));
                log::warn!("no {what} for the account {owner}: {}", why.told);
                state.fail(why.clone());
                Err(why)
            }
        }
    }
}

impl State {
    /// Whether a renewal may begin.
    fn is_free(&self, now: Instant) -> bool {
        self.under_way.is_none() && self.failed.as_ref().is_none_or(|failed| now >= failed.until)
    }

    fn take(&mut self, renewed: Renewed) -> AccessToken {
        let Renewed { token, valid, forced, alone } = renewed;
        let now = Instant::now();
        let ahead = AHEAD.min(valid / 10).mul_f64(0.6 + 0.4 * fraction());
        let same = self.held.as_ref().is_some_and(|held| held.token == token);
        let renew_at = if same { (now + valid - ahead).max(now + SAME_AGAIN) } else { now + valid - ahead };
        self.held = Some(Held { token: token.clone(), ends: now + valid, renew_at });
        self.failed = None;
        if forced {
            self.forced = Some(now);
        }
        if alone {
            self.alone = Some(now);
        }
        token
    }

    fn fail(&mut self, why: NoToken) {
        let times = self.failed.as_ref().map_or(0, |failed| failed.times).saturating_add(1);
        let pause = PAUSE.saturating_mul(1 << (times - 1).min(10)).min(LONGEST_PAUSE);
        let until = Instant::now() + pause.mul_f64(0.75 + 0.25 * fraction());
        self.failed = Some(Failed { why, until, times });
    }
}

/// Takes note that a renewal is no longer under way.
struct Ended<'k> {
    keeper: &'k Keeper,
    mine: watch::Receiver<Outcome>,
}

impl Drop for Ended<'_> {
    fn drop(&mut self) {
        let mut state = self.keeper.state();
        if state.under_way.as_ref().is_some_and(|under_way| under_way.same_channel(&self.mine)) {
            state.under_way = None;
        }
    }
}

#[cfg(test)]
mod tests;
