//! Several processes with one account, whose token they share in Redis. Needs the program `redis-server`.
#![cfg(feature = "redis")]
#![allow(clippy::unwrap_used, reason = "a test may panic")]

#[macro_use]
mod common;
#[path = "stores/server.rs"]
mod redis_server;
mod server;
#[path = "accounts/service.rs"]
mod service;

use std::process::{Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::Ordering::SeqCst;
use std::time::Duration;

use redis::Commands;
use server::Server;
use service::{MANNERS, Manners, Pay, SECRET, Service};
use tokio::task::JoinSet;
use weixin_runtime::{Account, Client, RedisStore, Retries};

const CALLS: usize = 100;

/// How long Redis may take. A machine with much to do is no Redis that is away.
const PATIENT: Duration = Duration::from_secs(10);
const QUICK: Duration = Duration::from_millis(300);

fn client(service: &str, redis: &str, limit: Duration) -> Client {
    let store = RedisStore::open(redis).unwrap().time_limit(limit);
    let builder = Client::builder().base_url(service).app("wx1", SECRET).token_store(store);
    builder.retries(Retries::never()).build().unwrap()
}

async fn all(client: &Client) {
    let mut tasks = JoinSet::new();
    for _ in 0..CALLS {
        tasks.spawn(client.send(&Pay {}));
    }
    for outcome in tasks.join_all().await {
        outcome.unwrap();
    }
}

/// The work of one process; the test below starts it.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "one of the processes of the test below"]
async fn one_process() {
    let variable = |name| std::env::var(name).unwrap();
    all(&client(&variable("SERVICE"), &variable("REDIS"), PATIENT)).await;
}

fn process(service: &Server, redis: &redis_server::Server) -> std::process::Child {
    Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "one_process", "--ignored"])
        .env("SERVICE", &service.url)
        .env("REDIS", redis.url())
        .stdout(Stdio::null())
        .spawn()
        .unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn processes_under_load_end_with_one_token() {
    let redis = redis_server::Server::start(&[]);
    let (service, server) = Service::start(Manners { slow: Duration::from_millis(200), ..MANNERS }).await;
    let mut processes: Vec<_> = (0..2).map(|_| process(&server, &redis)).collect();
    for process in &mut processes {
        // Waiting blocks the thread, and the server has another one.
        assert!(tokio::task::block_in_place(|| process.wait()).unwrap().success());
    }
    assert_eq!((service.asked(), service.paid.load(SeqCst), service.refused.load(SeqCst)), (1, 2 * CALLS, 0));
    // The token was revoked: again one of them asks, and all end with the same.
    service.current.fetch_add(1, SeqCst);
    let mut processes: Vec<_> = (0..2).map(|_| process(&server, &redis)).collect();
    for process in &mut processes {
        assert!(tokio::task::block_in_place(|| process.wait()).unwrap().success());
    }
    assert_eq!((service.asked(), service.paid.load(SeqCst)), (2, 4 * CALLS));
    let mut look = redis.look();
    for key in look.keys::<_, Vec<String>>("*").unwrap() {
        let value: String = look.get(&key).unwrap();
        assert!(!key.contains(SECRET) && !value.contains(SECRET), "{key}: {value}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn redis_may_die_in_the_middle() {
    let mut redis = redis_server::Server::start(&[]);
    let (service, server) = Service::start(MANNERS).await;
    let one = Arc::new(client(&server.url, &redis.url(), QUICK));
    all(&one).await;
    redis.kill();
    // The token at hand serves on, and another process asks for one by itself.
    all(&one).await;
    all(&client(&server.url, &redis.url(), QUICK)).await;
    assert_eq!(service.asked(), 2);
    // Back without what it kept: the next process asks, and keeps it there for the one after.
    redis.restart();
    all(&client(&server.url, &redis.url(), QUICK)).await;
    all(&client(&server.url, &redis.url(), QUICK)).await;
    assert_eq!((service.asked(), service.refused.load(SeqCst)), (3, 0));
    let other = one.for_account(Account::new("wx2", SECRET));
    all(&other).await;
    assert_eq!(service.asked(), 4);
}
