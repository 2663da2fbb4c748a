//! How often an account may call.

use weixin::server::REFUSALS;
use weixin_runtime::server::Served;

use crate::clock;
use crate::reply::Fail;
use crate::state::State;

/// Where tests set how often a path may be called in a day: in `settings`, under this and the path.
pub(crate) const LIMIT: &str = "limit ";

/// Counts a call. One beyond the limit of the day is refused, and does not count.
pub(crate) fn count(state: &mut State, app: &str, served: &Served, now: u64) -> Result<(), Fail> {
    let path = served.meta().path;
    let set = state.settings.get(&format!("{LIMIT}{path}")).and_then(serde_json::Value::as_u64);
    let span = clock::day(now);
    let counted = state.counted.edit_or_default(&key(app, path));
    if counted.span != span {
        (counted.span, counted.calls) = (span, 0);
    }
    if set.is_some_and(|limit| counted.calls >= limit) {
        return Err(REFUSALS.day.into());
    }
    counted.calls += 1;
    Ok(())
}

pub(crate) fn key(app: &str, path: &str) -> String {
    format!("{app} {path}")
}
