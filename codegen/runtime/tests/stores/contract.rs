//! What every store of tokens promises. Each check takes an empty store.
#![allow(dead_code, unused_macros, unused_imports, reason = "each test uses a part")]

use std::future::Future;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use weixin_runtime::{AccessToken, Lease, StoredToken, TokenStore};

pub(crate) const TOKEN: &str = "very-secret-token";

/// Long enough for any test.
pub(crate) const LONG: Duration = Duration::from_secs(60);

/// A limit whose end a test waits for.
const SHORT: Duration = Duration::from_millis(200);

const KEY: &str = "wx-1";

/// A token that ends later or has ended, as whole seconds say it.
pub(crate) fn stored(token: &str, from_now: i64) -> StoredToken {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs();
    let at = |seconds: u64| UNIX_EPOCH + Duration::from_secs(seconds);
    let (issued_at, expires_at) = (at(now - 7_200), at(now.checked_add_signed(from_now).unwrap()));
    StoredToken { token: AccessToken::new(token), issued_at, expires_at }
}

pub(crate) async fn load(store: &dyn TokenStore, key: &str) -> Option<StoredToken> {
    store.load(key).await.unwrap()
}

pub(crate) async fn lease(store: &dyn TokenStore, key: &str) -> Option<Lease> {
    store.lease(key, LONG).await.unwrap()
}

pub(crate) async fn nothing_is_kept_at_first(store: &dyn TokenStore) {
    assert_eq!(load(store, KEY).await, None);
    assert!(lease(store, KEY).await.is_some());
    assert_eq!(load(store, KEY).await, None, "a lease is no token");
}

pub(crate) async fn what_is_saved_is_told(store: &dyn TokenStore) {
    let held = lease(store, KEY).await.unwrap();
    for token in ["a", TOKEN, "with \"quotes\" \\ and 中"] {
        let token = stored(token, 7_200);
        assert!(store.save(KEY, &token, &held).await.unwrap());
        assert_eq!(load(store, KEY).await, Some(token));
    }
    store.release(KEY, held).await.unwrap();
    assert!(load(store, KEY).await.is_some(), "a token outlives the lease");
}

pub(crate) async fn a_lease_excludes_others(store: &dyn TokenStore) {
    let held = lease(store, KEY).await.unwrap();
    assert_eq!(lease(store, KEY).await, None);
    assert!(store.save(KEY, &stored(TOKEN, 7_200), &held).await.unwrap());
    assert_eq!(lease(store, KEY).await, None, "not until it is given back");
    assert!(lease(store, "wx-2").await.is_some(), "only of the same key");
    store.release(KEY, held).await.unwrap();
    assert!(lease(store, KEY).await.is_some());
}

pub(crate) async fn fences_grow(store: &dyn TokenStore) {
    let mut last = 0;
    for round in 0..10 {
        let held = lease(store, KEY).await.unwrap();
        assert!(held.fence > last, "{} after {last}", held.fence);
        last = held.fence;
        if round % 3 == 0 {
            assert!(store.save(KEY, &stored(TOKEN, 7_200), &held).await.unwrap());
        }
        store.release(KEY, held).await.unwrap();
    }
}

pub(crate) async fn a_lease_ends_by_its_limit(store: &dyn TokenStore) {
    let late = store.lease(KEY, SHORT).await.unwrap().unwrap();
    assert_eq!(lease(store, KEY).await, None);
    tokio::time::sleep(SHORT * 2).await;
    assert!(store.save(KEY, &stored("late", 7_200), &late).await.unwrap(), "nobody has come after it");
    let next = lease(store, KEY).await.unwrap();
    assert!(next.fence > late.fence);
}

pub(crate) async fn an_old_fence_is_refused(store: &dyn TokenStore) {
    let late = store.lease(KEY, SHORT).await.unwrap().unwrap();
    tokio::time::sleep(SHORT * 2).await;
    let next = lease(store, KEY).await.unwrap();
    assert!(!store.save(KEY, &stored("late", 7_200), &late).await.unwrap());
    assert_eq!(load(store, KEY).await, None, "nothing is kept");
    let token = stored("next", 7_200);
    assert!(store.save(KEY, &token, &next).await.unwrap());
    assert!(!store.save(KEY, &stored("late", 7_200), &late).await.unwrap());
    store.release(KEY, next).await.unwrap();
    assert!(!store.save(KEY, &stored("late", 7_200), &late).await.unwrap());
    assert_eq!(load(store, KEY).await, Some(token));
}

pub(crate) async fn only_the_holder_gives_back(store: &dyn TokenStore) {
    let late = store.lease(KEY, SHORT).await.unwrap().unwrap();
    tokio::time::sleep(SHORT * 2).await;
    let next = lease(store, KEY).await.unwrap();
    let (fence, holder) = (next.fence, next.holder());
    store.release(KEY, late).await.unwrap();
    store.release(KEY, Lease::new(fence, Lease::random_holder())).await.unwrap();
    store.release("wx-2", Lease::new(fence, holder)).await.unwrap();
    assert_eq!(lease(store, KEY).await, None, "it is still held");
    store.release(KEY, next).await.unwrap();
    store.release(KEY, Lease::new(fence, holder)).await.unwrap();
    let last = lease(store, KEY).await.unwrap();
    store.release(KEY, Lease::new(fence, holder)).await.unwrap();
    assert_eq!(lease(store, KEY).await, None, "what came twice ended nothing");
    store.release(KEY, last).await.unwrap();
}

pub(crate) async fn a_token_that_has_ended_is_told(store: &dyn TokenStore) {
    let held = lease(store, KEY).await.unwrap();
    for ended in [
        stored(TOKEN, -10),
        stored(TOKEN, 0),
        StoredToken { token: TOKEN.into(), issued_at: UNIX_EPOCH, expires_at: UNIX_EPOCH },
    ] {
        assert!(store.save(KEY, &ended, &held).await.unwrap());
        assert_eq!(load(store, KEY).await, Some(ended));
    }
}

pub(crate) async fn times_have_no_end(store: &dyn TokenStore) {
    let held = store.lease(KEY, Duration::MAX).await.unwrap().unwrap();
    assert_eq!(lease(store, KEY).await, None);
    let far = stored(TOKEN, 200 * 365 * 24 * 60 * 60);
    assert!(store.save(KEY, &far, &held).await.unwrap());
    assert_eq!(load(store, KEY).await, Some(far));
}

pub(crate) async fn every_key_is_its_own(store: &dyn TokenStore) {
    let keys =
        ["", "a", "A", "a.json", "a.1.lease", "../a", "/a", "a b", "{a}", "}", "{", "%", "%61", "中", "a\0", "con"];
    let mut held = Vec::new();
    for key in keys {
        held.push(lease(store, key).await.unwrap_or_else(|| panic!("{key:?} is leased")));
    }
    for (key, held) in keys.iter().zip(held) {
        assert!(store.save(key, &stored(&format!("{TOKEN} of {key:?}"), 7_200), &held).await.unwrap());
        store.release(key, held).await.unwrap();
    }
    for key in keys {
        let token = load(store, key).await.unwrap().token;
        assert_eq!(token.expose(), format!("{TOKEN} of {key:?}"));
    }
}

pub(crate) async fn one_of_many_gets_the_lease(store: &dyn TokenStore) {
    for _ in 0..20 {
        let asked = [(); 8].map(|()| store.lease(KEY, LONG));
        let mut held = Vec::new();
        for asked in together(asked).await {
            held.extend(asked.unwrap());
        }
        assert_eq!(held.len(), 1, "{held:?}");
        store.release(KEY, held.remove(0)).await.unwrap();
    }
}

/// Runs futures side by side.
async fn together<F: Future + Unpin, const N: usize>(mut futures: [F; N]) -> [F::Output; N] {
    let mut outputs = [const { None }; N];
    std::future::poll_fn(|cx| {
        for (future, output) in futures.iter_mut().zip(&mut outputs) {
            if output.is_none()
                && let std::task::Poll::Ready(ready) = std::pin::Pin::new(future).poll(cx)
            {
                *output = Some(ready);
            }
        }
        if outputs.iter().all(Option::is_some) { std::task::Poll::Ready(()) } else { std::task::Poll::Pending }
    })
    .await;
    outputs.map(Option::unwrap)
}

/// A module of tests that hold a store to all that every store promises.
macro_rules! contract {
    ($module:ident, $store:expr) => {
        contract!($module, $store, [
            nothing_is_kept_at_first,
            what_is_saved_is_told,
            a_lease_excludes_others,
            fences_grow,
            a_lease_ends_by_its_limit,
            an_old_fence_is_refused,
            only_the_holder_gives_back,
            a_token_that_has_ended_is_told,
            times_have_no_end,
            every_key_is_its_own,
            one_of_many_gets_the_lease,
        ]);
    };
    ($module:ident, $store:expr, [$($check:ident),* $(,)?]) => {
        mod $module {
            use super::*;

            $(#[tokio::test]
            async fn $check() {
                // What the store lies in is dropped after it.
                let (store, _place) = $store;
                contract::$check(&store).await;
            })*
        }
    };
}

pub(crate) use contract;
