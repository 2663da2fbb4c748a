//! The limits by a clock that the tests move on.

use tokio::task::JoinSet;

use super::*;
use crate::meta::{BodyKind, Envelope, Method, Repeat};
use crate::text::Text;

const ONE: Meta = Meta {
    name: "One",
    method: Method::Get,
    path: "/one",
    title: Text { en: "", zh: "" },
    repeat: Repeat::Safe,
    find_out: None,
    body: BodyKind::None,
    errors: &[],
    known: &[],
    envelope: Envelope { code: "rc", message: "said", ok: 0, trace: None },
    token_param: "",
    issue: None,
    host: "",
    zone_seconds: 2 * 3600,
    query: &[],
    paging: None,
    success: &[],
};
const OTHER: Meta = Meta { name: "Other", ..ONE };

const SECOND: Duration = Duration::from_secs(1);
const HOUR: Duration = Duration::from_secs(3600);

/// Twelve o'clock in London, two in the afternoon where the endpoints are: ten hours before their midnight.
const NOON: i64 = 20_777 * 86_400 + 12 * 3600;

/// Its clock shows noon at first, and goes with that of the runtime.
fn limiter(limits: Limits) -> Limiter {
    let begin = Instant::now();
    let now = move || NOON + i64::try_from(begin.elapsed().as_secs()).expect("a short test");
    Limiter { now: Arc::new(now), ..Limiter::new(limits).expect("limits above 0") }
}

async fn passes(limiter: &Limiter, meta: &'static Meta, left: Duration) -> bool {
    match limiter.pass(meta, left).await {
        Ok(()) => true,
        Err(error) => {
            assert!(error.is_quota() && error.is_local_limit(), "{error:?}");
            assert!(error.to_string().contains("not sent"), "{error}");
            false
        }
    }
}

#[tokio::test(start_paused = true)]
async fn calls_are_spread_over_a_second() {
    let limiter = limiter(Limits::new().per_second(20));
    let begin = Instant::now();
    for _ in 0..41 {
        assert!(passes(&limiter, &ONE, HOUR).await);
    }
    let took = begin.elapsed();
    assert!(took >= 2 * SECOND && took < 3 * SECOND, "{took:?}");
}

#[tokio::test(start_paused = true)]
async fn a_burst_passes_at_once() {
    let limiter = limiter(Limits::new().per_second(2).burst(5));
    let begin = Instant::now();
    for _ in 0..5 {
        assert!(passes(&limiter, &ONE, Duration::ZERO).await);
    }
    assert_eq!(begin.elapsed(), Duration::ZERO);
    assert!(passes(&limiter, &ONE, SECOND).await);
    let took = begin.elapsed();
    assert!(took >= SECOND / 2 && took < SECOND, "{took:?}");
}

#[tokio::test(start_paused = true)]
async fn nobody_waits_longer_than_it_has_time() {
    let limiter = Arc::new(limiter(Limits::new().per_second(1)));
    assert!(passes(&limiter, &ONE, Duration::ZERO).await);
    let begin = Instant::now();
    // What cannot come in time is told at once.
    assert!(!passes(&limiter, &ONE, SECOND / 2).await);
    assert_eq!(begin.elapsed(), Duration::ZERO);
    let mut calls = JoinSet::new();
    for number in 0..5 {
        let limiter = limiter.clone();
        let left = if number == 2 { SECOND / 2 } else { 10 * SECOND };
        calls.spawn(async move { (number, passes(&limiter, &ONE, left).await) });
    }
    let mut order = Vec::new();
    while let Some(call) = calls.join_next().await {
        order.push((call.expect("no panic"), begin.elapsed().as_secs()));
    }
    assert_eq!(order, [((2, false), 0), ((0, true), 1), ((1, true), 2), ((3, true), 3), ((4, true), 4)]);
}

#[tokio::test(start_paused = true)]
async fn a_call_that_is_dropped_takes_nothing() {
    let limiter = limiter(Limits::new().per_second(1).per_day(2));
    assert!(passes(&limiter, &ONE, HOUR).await);
    let dropped = tokio::time::timeout(SECOND / 2, limiter.pass(&ONE, HOUR)).await;
    assert!(dropped.is_err());
    assert!(passes(&limiter, &ONE, HOUR).await, "its place in the day is free again, and so is its turn");
    assert!(!passes(&limiter, &ONE, HOUR).await);
}

#[tokio::test(start_paused = true)]
async fn a_day_ends_at_midnight_in_its_zone() {
    let limiter = limiter(Limits::new().per_day(3));
    for _ in 0..3 {
        assert!(passes(&limiter, &ONE, HOUR).await);
    }
    let begin = Instant::now();
    assert!(!passes(&limiter, &ONE, 9 * HOUR).await);
    assert_eq!(begin.elapsed(), Duration::ZERO, "midnight is farther away than that");
    assert!(passes(&limiter, &ONE, 11 * HOUR).await);
    let waited = begin.elapsed();
    assert!(waited >= 10 * HOUR && waited < 10 * HOUR + SECOND, "{waited:?}");
    assert!(passes(&limiter, &ONE, HOUR).await && passes(&limiter, &ONE, HOUR).await);
    assert!(!passes(&limiter, &ONE, 23 * HOUR).await);
}

#[tokio::test(start_paused = true)]
async fn who_is_not_to_wait_fails_at_once() {
    let limiter = limiter(Limits::new().per_second(1).per_day(2).when_over(Over::Fail));
    let begin = Instant::now();
    assert!(passes(&limiter, &ONE, HOUR).await);
    let error = limiter.pass(&ONE, HOUR).await.expect_err("too fast");
    assert!(error.is_retryable() && error.to_string().ends_with("1 a second"), "{error}");
    tokio::time::advance(SECOND).await;
    assert!(passes(&limiter, &ONE, HOUR).await, "what was refused took nothing from the day");
    tokio::time::advance(SECOND).await;
    let error = limiter.pass(&ONE, 24 * HOUR).await.expect_err("too many");
    assert!(!error.is_retryable() && error.to_string().ends_with("2 a day"), "{error}");
    assert_eq!(begin.elapsed(), 2 * SECOND);
}

#[tokio::test(start_paused = true)]
async fn an_account_has_a_day_of_its_own_and_shares_the_second() {
    let one = limiter(Limits::new().per_second(1).per_day(1).when_over(Over::Fail));
    let other = one.for_another_account();
    assert!(passes(&one, &ONE, HOUR).await);
    assert!(!passes(&other, &ONE, HOUR).await, "the second is shared");
    tokio::time::advance(SECOND).await;
    assert!(passes(&other, &ONE, HOUR).await);
    tokio::time::advance(SECOND).await;
    assert!(!passes(&one, &ONE, HOUR).await && !passes(&other, &ONE, HOUR).await);
}

#[tokio::test(start_paused = true)]
async fn an_endpoint_may_have_a_limit_beside_that_for_all() {
    let mut limits = Limits::new().per_day(3).when_over(Over::Fail);
    limits.endpoints.insert("One", Limit::new().per_day(1));
    let limiter = limiter(limits);
    assert!(passes(&limiter, &ONE, HOUR).await);
    let error = limiter.pass(&ONE, HOUR).await.expect_err("one a day");
    assert!(error.to_string().contains("of this endpoint"), "{error}");
    assert!(passes(&limiter, &OTHER, HOUR).await && passes(&limiter, &OTHER, HOUR).await);
    let error = limiter.pass(&OTHER, HOUR).await.expect_err("three a day");
    assert!(error.to_string().contains("3 a day") && !error.to_string().contains("of this endpoint"), "{error}");
}

#[test]
fn a_clock_that_is_set_back_begins_no_new_day() {
    let day = Day::new(2);
    day.take(7).expect("a place").used();
    day.take(6).expect("another place").used();
    assert!(day.take(6).is_none() && day.take(7).is_none());
    let place = day.take(8).expect("a new day");
    drop(day.take(9).expect("another"));
    // A place of a day that is over gives nothing back to the current one.
    drop(place);
    day.take(9).expect("a place").used();
    assert!(day.take(9).is_some());
}

#[test]
fn a_limit_of_nothing_is_refused() {
    for limits in [Limits::new().per_second(0), Limits::new().per_second(1).burst(0), Limits::new().per_day(0)] {
        assert!(Limiter::new(limits).is_err());
    }
}
