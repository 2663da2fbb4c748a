//! One renewal of the access token at a time.

use std::collections::VecDeque;
use std::sync::atomic::{AtomicU64, Ordering};

use tokio::sync::Mutex;

use super::observed;
use crate::error::NoToken;
use crate::token::{AccessToken, TokenSource};

/// What there is instead of a stale token.
#[derive(Clone)]
pub(super) enum Other {
    /// Nothing.
    None,
    /// The token of a renewal that this call has made or waited for.
    Renewed(AccessToken),
    /// The token of a renewal long before. It may be stale, too.
    Known(AccessToken),
}

type Outcome = Result<Option<AccessToken>, NoToken>;

/// The renewals of a client and its clones. The lock is fair, and free again as soon as the call that holds it is dropped:
/// whoever is next then makes the renewal.
#[derive(Default)]
pub(super) struct Renewals {
    /// How many came to an end.
    ended: AtomicU64,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    /// The last renewal: the token it was to replace, and what came of it.
    last: Option<(AccessToken, Outcome)>,
    /// Tokens that were replaced, the latest at the end.
    replaced: VecDeque<AccessToken>,
    /// The token that replaced them.
    current: Option<AccessToken>,
}

impl Renewals {
    /// Another token than this one: that of the renewal under way, or of an earlier one, or of a new one.
    pub(super) async fn other_than(&self, stale: &AccessToken, source: &dyn TokenSource) -> Result<Other, NoToken> {
        let before = self.ended.load(Ordering::SeqCst);
        let mut state = self.state.lock().await;
        let waited = self.ended.load(Ordering::SeqCst) != before;
        if let Some((of, outcome)) = state.last.as_ref().filter(|_| waited)
            && of == stale
        {
            return outcome.clone().map(renewed);
        }
        if let Some(fresh) = state.replacement(stale) {
            return Ok(Other::Known(fresh));
        }
        let outcome = renew(stale, source).await;
        observed::renewed(matches!(outcome, Ok(Some(_))));
        state.note(stale, &outcome);
        self.ended.fetch_add(1, Ordering::SeqCst);
        outcome.map(renewed)
    }
}

fn renewed(fresh: Option<AccessToken>) -> Other {
    fresh.map_or(Other::None, Other::Renewed)
}

async fn renew(stale: &AccessToken, source: &dyn TokenSource) -> Outcome {
    let told = |no_token: NoToken| no_token.concealing(stale.expose());
    let fresh = source.renew(stale).await.map_err(|error| told(NoToken::of(error)))?;
    let fresh = fresh.filter(|fresh| fresh != stale);
    match fresh.as_ref().and_then(AccessToken::fault) {
        Some(fault) => Err(NoToken::new(fault.into())),
        None => Ok(fresh),
    }
}

impl State {
    /// How many replaced tokens are remembered, for calls that take long.
    const MOST: usize = 8;

    fn replacement(&self, stale: &AccessToken) -> Option<AccessToken> {
        self.current.clone().filter(|_| self.replaced.contains(stale))
    }

    fn note(&mut self, stale: &AccessToken, outcome: &Outcome) {
        if let Ok(Some(fresh)) = outcome {
            // A source may come back to a token.
            self.replaced.retain(|token| token != fresh && token != stale);
            self.replaced.push_back(stale.clone());
            if self.replaced.len() > State::MOST {
                self.replaced.pop_front();
            }
            self.current = Some(fresh.clone());
        }
        self.last = Some((stale.clone(), outcome.clone()));
    }
}
