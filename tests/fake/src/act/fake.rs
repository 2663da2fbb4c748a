//! What is done to the fake itself: its accounts, its clock, its limits, all that it holds.

use weixin_runtime::Field;

use super::ActError;
use crate::behave::quota;
use crate::engine::Engine;
use crate::fault::Plan;
use crate::lock::lock;
use crate::push::Pushed;
use crate::state::Account;

/// The setting under which the time is kept.
pub(crate) const CLOCK: &str = "clock";

impl Engine {
    /// Moves the clock.
    pub(crate) fn advance(&self, seconds: i64) {
        self.clock.advance(seconds);
        self.keep_time();
    }

    fn keep_time(&self) {
        let offset = self.clock.offset();
        self.change(|state| state.settings.put(CLOCK, offset.into()));
    }

    /// Has this account from now on, with this secret.
    pub(crate) fn open_account(&self, id: &str, secret: &str) -> Result<(), ActError> {
        if id.is_empty() || secret.is_empty() {
            return Err(ActError::new("an account needs an id and a secret"));
        }
        self.change(|state| {
            if state.accounts.get(id).is_none_or(|account| account.secret != secret) {
                let count = id.chars().count();
                let end: String = id.chars().skip(count.saturating_sub(12)).collect();
                let original_id = format!("gh_{end}");
                state.accounts.put(id, Account { secret: secret.to_owned(), original_id, ..Account::default() });
            }
        });
        Ok(())
    }

    /// Lets each account call a path so often a day; as often as is documented where no number is given.
    pub(crate) fn limit(&self, path: &str, day: Option<u64>) -> Result<(), ActError> {
        self.known(path)?;
        let key = format!("{}{path}", quota::LIMIT);
        self.change(|state| match day {
            Some(day) => state.settings.put(key, day.into()),
            None => drop(state.settings.remove(&key)),
        });
        Ok(())
    }

    /// Plans a failure that can happen.
    pub(crate) fn plan(&self, plan: Plan) -> Result<(), ActError> {
        if let Some(path) = &plan.path {
            self.known(path)?;
        }
        if !(0.0..=1.0).contains(&plan.probability) {
            return Err(ActError::new(format!("a probability is from 0 to 1, and {} is not", plan.probability)));
        }
        lock(&self.faults).add(plan);
        Ok(())
    }

    fn known(&self, path: &str) -> Result<(), ActError> {
        let is_known = weixin::server::ENDPOINTS.iter().any(|served| served.meta().path == path);
        is_known.then_some(()).ok_or_else(|| ActError::new(format!("`{path}` is the path of no endpoint")))
    }

    /// Pushes an event in the name of an account; of the first where none is named.
    pub(crate) fn push(&self, app: Option<&str>, event: &dyn Field) -> Result<(), ActError> {
        if self.pusher.target().is_none() {
            return Err(ActError::new("there is no address for pushes: set one first"));
        }
        let app = self.account(app)?;
        self.pusher.send(vec![Pushed::new(&app, event)]);
        Ok(())
    }

    fn account(&self, id: Option<&str>) -> Result<String, ActError> {
        let state = lock(&self.state);
        let Some(id) = id else {
            let first = state.accounts.iter().next().map(|(id, _)| id.clone());
            return first.ok_or_else(|| ActError::new("there is no account"));
        };
        let own = state.accounts.get(id).map(|_| id.to_owned());
        own.ok_or_else(|| ActError::new(format!("there is no account `{id}`")))
    }

    /// Forgets everything but the accounts and the address for pushes.
    pub(crate) fn reset(&self) {
        self.clock.advance(-self.clock.offset());
        lock(&self.faults).clear();
        lock(&self.log).clear();
        self.pusher.forget();
        self.change(|state| {
            let accounts: Vec<(String, Account)> =
                state.accounts.iter().map(|(id, account)| (id.clone(), account.clone())).collect();
            state.tables().into_iter().for_each(|table| table.forget());
            for (id, Account { secret, original_id, .. }) in accounts {
                state.accounts.put(id, Account { secret, original_id, ..Account::default() });
            }
        });
    }
}
