//! How often an account may call.
//!
//! What the spec says of an endpoint holds unless a test sets another limit. What neither says anything about is not limited,
//! and only what was used of it is told.

use serde_json::Value;
use weixin::cgi_bin::openapi::quota::{Get, GetResponse, Quota, RateLimit};
use weixin::cgi_bin::{ClearQuota, ClearQuotaResponse, StableToken, Token};
use weixin::errors::code;
use weixin::server::{ENDPOINTS, REFUSALS};
use weixin_runtime::calendar;
use weixin_runtime::server::{Accepted, Served};

use super::call::{Call, Entry, on};
use crate::clock;
use crate::reply::Fail;
use crate::state::State;

/// Where tests set how often a path may be called in a day: in `settings`, under this and the path.
pub(crate) const LIMIT: &str = "limit ";

/// How often a month an account may reset its counts.
const RESETS: usize = 10;

/// How long a minute is, in seconds.
const MINUTE: u64 = 60;

pub(super) fn all() -> Vec<Entry> {
    vec![on(clear), on(get)]
}

/// Counts a call. One beyond the limit of the day or the minute is refused, and does not count.
pub(crate) fn count(state: &mut State, app: &str, served: &Served, now: u64) -> Result<(), Fail> {
    let path = served.meta().path;
    let (daily, fast) = (key(app, path), key_of_minute(app, path));
    let (day, minute) = (clock::day(now), span_of_minute(now));
    if per_day(state, served).is_some_and(|limit| used(state, &daily, day) >= limit) {
        return Err(REFUSALS.day.into());
    }
    if let Some(limit) = served.per_minute() {
        if used(state, &fast, minute) >= limit {
            return Err(REFUSALS.rate.into());
        }
        add(state, &fast, minute);
    }
    add(state, &daily, day);
    Ok(())
}

/// The account for which a call without an access token asks for one, if there is such an account.
pub(crate) fn applicant(state: &State, accepted: &Accepted) -> Option<String> {
    let stable = accepted.get::<StableToken>().map(|request| &request.appid);
    let app = stable.or_else(|| accepted.get::<Token>().map(|request| &request.appid))?;
    state.accounts.get(app).map(|_| app.clone())
}

pub(crate) fn key(app: &str, path: &str) -> String {
    format!("{app} {path}")
}

fn key_of_minute(app: &str, path: &str) -> String {
    format!("{app} {path} minute")
}

fn span_of_minute(now: u64) -> i64 {
    i64::try_from(now / MINUTE).unwrap_or(i64::MAX)
}

/// The most calls in a day.
fn per_day(state: &State, served: &Served) -> Option<u64> {
    let set = state.settings.get(&format!("{LIMIT}{}", served.meta().path)).and_then(Value::as_u64);
    set.or(served.per_day())
}

fn used(state: &State, key: &str, span: i64) -> u64 {
    state.counted.get(key).filter(|counted| counted.span == span).map_or(0, |counted| counted.calls)
}

fn add(state: &mut State, key: &str, span: i64) {
    let calls = used(state, key, span) + 1;
    let counted = state.counted.edit_or_default(key);
    (counted.span, counted.calls) = (span, calls);
}

fn clear(call: &mut Call<'_>, request: &ClearQuota) -> Result<ClearQuotaResponse, Fail> {
    let now = call.now;
    let Some(account) = call.state.accounts.edit(&call.app).filter(|_| request.appid == call.app) else {
        return Err(code::INVALID_APPID.into());
    };
    account.cleared.retain(|at| month(*at) == month(now));
    if account.cleared.len() >= RESETS {
        return Err(code::CLEAR_QUOTA_USED_UP.into());
    }
    account.cleared.push(now);
    let prefix = key(&call.app, "");
    let counts: Vec<String> = call.state.counted.starting(&prefix).map(|(key, _)| key.clone()).collect();
    for key in &counts {
        call.state.counted.remove(key);
    }
    Ok(ClearQuotaResponse::new())
}

/// The month of a moment, as `yyyy-MM`.
fn month(seconds: u64) -> String {
    let mut date = calendar::date(clock::day(seconds));
    date.truncate("yyyy-MM".len());
    date
}

fn get(call: &mut Call<'_>, request: &Get) -> Result<GetResponse, Fail> {
    let path = request.cgi_path.as_str();
    if path.starts_with("/sns/") {
        return Err(code::CGI_PATH_OF_OTHERS.into());
    }
    let served = ENDPOINTS.iter().find(|served| served.meta().path == path).ok_or(code::UNKNOWN_CGI_PATH)?;
    let calls = used(call.state, &key(&call.app, path), clock::day(call.now));
    let number = |calls: u64| i64::try_from(calls).unwrap_or(i64::MAX);
    let limit = per_day(call.state, served);
    let mut quota = Quota::new();
    quota.daily_limit = limit.map(number);
    quota.used = Some(number(calls));
    quota.remain = limit.map(|limit| number(limit.saturating_sub(calls)));
    let mut response = GetResponse::new();
    response.quota = Some(quota);
    response.rate_limit = served.per_minute().map(|limit| {
        let mut rate = RateLimit::new();
        (rate.call_count, rate.refresh_second) = (Some(number(limit)), Some(number(MINUTE)));
        rate
    });
    Ok(response)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn state() -> State {
        let mut state = State::new();
        state.accounts.put("wx1", crate::state::Account::default());
        state
    }

    fn served(path: &str) -> &'static Served {
        ENDPOINTS.iter().find(|served| served.meta().path == path).unwrap()
    }

    #[test]
    fn a_minute_and_a_day_have_limits_of_their_own() {
        let (mut state, stable) = (state(), served("/cgi-bin/stable_token"));
        let limit = stable.per_minute().unwrap();
        // A minute begins here.
        let now = 1_780_000_020;
        (0..limit).for_each(|_| count(&mut state, "wx1", stable, now).unwrap());
        assert_eq!(count(&mut state, "wx1", stable, now + 59).unwrap_err().code, REFUSALS.rate);
        count(&mut state, "wx1", stable, now + 60).unwrap();
        state.settings.put(format!("{LIMIT}{}", stable.meta().path), (limit + 1).into());
        assert_eq!(count(&mut state, "wx1", stable, now + 61).unwrap_err().code, REFUSALS.day);
        count(&mut state, "wx1", stable, now + 86_400).unwrap();
        count(&mut state, "wx2", stable, now + 61).unwrap();
    }

    #[test]
    fn months_are_those_of_the_zone() {
        assert_eq!(month(1_780_243_199), "2026-05");
        assert_eq!(month(1_780_243_200), "2026-06");
    }
}
