//! The store in Redis: what all stores promise, and what a server between can do. Needs the program `redis-server`.
#![cfg(feature = "redis")]
#![allow(clippy::unwrap_used, reason = "a test may panic")]

#[path = "stores/contract.rs"]
mod contract;
#[path = "stores/server.rs"]
mod server;

use std::fmt::Debug;
use std::future::Future;
use std::time::{Duration, Instant};

use contract::{LONG, TOKEN, contract, lease, load, stored};
use redis::Commands;
use server::Server;
use weixin_runtime::{RedisStore, StoreError, TokenStore};

/// The time limit unless another is set.
const LIMIT: Duration = Duration::from_secs(1);

contract!(lazy, alone());
contract!(multiplexed, {
    let server = Server::start(&[]);
    let connection = redis::Client::open(server.url()).unwrap().get_multiplexed_async_connection().await.unwrap();
    (RedisStore::with_connection(connection), server)
});

fn alone() -> (RedisStore, Server) {
    let server = Server::start(&[]);
    (RedisStore::open(&server.url()).unwrap(), server)
}

#[cfg(feature = "redis-cluster")]
mod in_a_cluster {
    use super::*;

    contract!(opened, {
        let server = nodes();
        (RedisStore::cluster([server.url().as_str()]).unwrap().prefix("}{"), server)
    });
    contract!(connected, {
        let server = nodes();
        let client = redis::cluster::ClusterClient::new([server.url()]).unwrap();
        (RedisStore::with_connection(client.get_async_connection().await.unwrap()), server)
    });

    /// A cluster of one node, which refuses commands whose keys lie in several slots as any other does.
    fn nodes() -> Server {
        let server = Server::start(&["--cluster-enabled", "yes"]);
        let mut look = server.look();
        redis::cmd("CLUSTER").arg("ADDSLOTSRANGE").arg(0).arg(16_383).exec(&mut look).unwrap();
        let start = Instant::now();
        loop {
            let info: String = redis::cmd("CLUSTER").arg("INFO").query(&mut look).unwrap();
            if info.contains("cluster_state:ok") {
                return server;
            }
            assert!(start.elapsed() < Duration::from_secs(20), "{info}");
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    #[tokio::test]
    async fn parts_of_a_key_in_several_slots_would_be_refused() {
        let server = nodes();
        let refused = redis::cmd("EVAL").arg("return 1").arg(2).arg("a").arg("b").exec(&mut server.look());
        assert!(refused.unwrap_err().to_string().contains("slot"));
    }
}

/// A token under a key, whose lease is held.
async fn kept(store: &RedisStore, key: &str) -> weixin_runtime::Lease {
    let held = lease(store, key).await.unwrap();
    assert!(store.save(key, &stored(TOKEN, 7_200), &held).await.unwrap());
    held
}

#[tokio::test]
async fn keys_and_values() {
    let (store, server) = alone();
    let held = kept(&store, "wx-1").await;
    let mut look = server.look();
    let mut keys: Vec<String> = look.keys("*").unwrap();
    keys.sort();
    assert_eq!(keys, ["weixin:{wx-1}:fence", "weixin:{wx-1}:lease", "weixin:{wx-1}:token"]);
    let get = |look: &mut redis::Connection, key: &str| -> String { look.get(key).unwrap() };
    assert_eq!(get(&mut look, &keys[0]), held.fence.to_string());
    assert_eq!(get(&mut look, &keys[1]), held.holder().to_string());
    let json: serde_json::Value = serde_json::from_str(&get(&mut look, &keys[2])).unwrap();
    assert_eq!((&json["token"], &json["fence"]), (&TOKEN.into(), &held.fence.into()));
    let left = |look: &mut redis::Connection, key: &str| -> i64 { look.pttl(key).unwrap() };
    assert_eq!(left(&mut look, &keys[0]), -1, "fences are not forgotten");
    assert!((50_000..=60_000).contains(&left(&mut look, &keys[1])));
    assert!((7_200_000..=7_200_000 + 3_600_000).contains(&left(&mut look, &keys[2])));

    let other = RedisStore::open(&server.url()).unwrap().prefix("shop");
    assert_eq!(load(&other, "wx-1").await, None, "a prefix is a room of its own");
    kept(&other, "wx-1").await;
    assert!(look.exists::<_, bool>("shop:{wx-1}:token").unwrap());
}

/// Runs a call, which must be an error within the time limit, and give nothing away.
async fn fails<T: Debug>(call: impl Future<Output = Result<T, StoreError>>) -> String {
    let start = Instant::now();
    let error = call.await.unwrap_err();
    assert!(start.elapsed() < LIMIT * 2, "{:?}", start.elapsed());
    let mut shown = format!("{error} {error:?} {error:#?}");
    let mut source = std::error::Error::source(&error);
    while let Some(error) = source {
        shown.push_str(&format!("{error} {error:?}"));
        source = error.source();
    }
    assert!(!shown.contains(TOKEN) && !shown.contains("hush"), "{shown}");
    error.to_string()
}

/// All calls fail.
async fn all_fail(store: &RedisStore) -> Vec<String> {
    let (token, lost) = (stored(TOKEN, 7_200), weixin_runtime::Lease::new(1, 1));
    let again = weixin_runtime::Lease::new(1, 1);
    vec![
        fails(store.load("a")).await,
        fails(store.lease("a", LONG)).await,
        fails(store.save("a", &token, &lost)).await,
        fails(store.release("a", again)).await,
    ]
}

#[tokio::test]
async fn without_redis_calls_are_errors_until_it_is_there() {
    let (store, mut server) = alone();
    server.kill();
    all_fail(&store).await;
    server.restart();
    kept(&store, "a").await;
    server.kill();
    all_fail(&store).await;
    server.restart();
    assert_eq!(load(&store, "a").await, None, "it kept nothing");
    kept(&store, "a").await;
    // Away and back before anybody asked.
    server.kill();
    server.restart();
    kept(&store, "a").await;
}

#[tokio::test]
async fn a_fence_is_not_given_again_when_redis_lost_its_data() {
    let (store, mut server) = alone();
    let late = kept(&store, "a").await;
    server.kill();
    server.restart();
    let next = lease(&store, "a").await.unwrap();
    assert!(next.fence > late.fence);
    assert!(!store.save("a", &stored("late", 7_200), &late).await.unwrap());
    store.release("a", late).await.unwrap();
    assert_eq!(lease(&store, "a").await, None);
}

#[tokio::test]
async fn a_server_that_stands_still_costs_the_time_limit() {
    let (store, server) = alone();
    kept(&store, "a").await;
    let hasty = RedisStore::open(&server.url()).unwrap().time_limit(Duration::from_millis(100));
    server.stand_still(true);
    for (store, limit) in [(&store, "1s"), (&hasty, "100ms")] {
        for told in all_fail(store).await {
            assert!(told.ends_with(&format!(" in Redis: no answer within {limit}")), "{told}");
        }
    }
    server.stand_still(false);
    assert!(load(&store, "a").await.is_some());
    assert!(load(&hasty.time_limit(LIMIT), "a").await.is_some(), "a limit cut no connection off for good");
}

#[test]
fn a_store_serves_one_runtime_after_another() {
    let (store, _server) = alone();
    let runtime = || tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime().block_on(kept(&store, "a"));
    for _ in 0..3 {
        // The connection of the runtime before has ended with it.
        assert!(runtime().block_on(load(&store, "a")).is_some());
    }
}

#[tokio::test]
async fn a_damaged_value_counts_as_no_token() {
    let (store, server) = alone();
    let held = kept(&store, "a").await;
    let mut look = server.look();
    for damage in [&b""[..], b"{\"token\":\"very-secr", b"\xff\xfe", b"17"] {
        () = look.set("weixin:{a}:token", damage).unwrap();
        assert_eq!(load(&store, "a").await, None, "{damage:?}");
    }
    assert!(store.save("a", &stored(TOKEN, 7_200), &held).await.unwrap());
    assert!(load(&store, "a").await.is_some());
    () = look.del("weixin:{a}:token").unwrap();
    () = look.lpush("weixin:{a}:token", TOKEN).unwrap();
    let told = fails(store.load("a")).await;
    assert!(told.starts_with("cannot load the access token in Redis: \"WRONGTYPE\""), "{told}");
}

#[tokio::test]
async fn passwords_and_tokens_do_not_show() {
    let server = Server::start(&["--requirepass", "hush-hush"]);
    let with = |password: &str| server.url().replace("//", &format!("//:{password}@"));
    let store = RedisStore::open(&with("hush-hush")).unwrap();
    kept(&store, "a").await;
    let shown = format!("{store:?} {store:#?}");
    assert!(shown.contains("weixin") && !shown.contains("hush") && !shown.contains(TOKEN), "{shown}");
    all_fail(&RedisStore::open(&with("hush-other")).unwrap()).await;
    for url in ["nonsense://:hush@localhost", "redis://:hush@localhost:port", ":hush@localhost", ""] {
        fails(async { RedisStore::open(url) }).await;
    }
}

#[tokio::test]
async fn a_command_that_is_switched_off_does_not_quote_a_token() {
    let server = Server::start(&["--rename-command", "EVAL", ""]);
    let store = RedisStore::open(&server.url()).unwrap();
    let held = weixin_runtime::Lease::new(1, 1);
    let told = fails(store.save("a", &stored(TOKEN, 7_200), &held)).await;
    assert!(told.contains("unknown command"), "{told}");
}
