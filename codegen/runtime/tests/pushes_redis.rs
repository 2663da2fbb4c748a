//! What pushes came, in Redis: for receivers on many machines. Needs the program `redis-server`.
#![cfg(all(feature = "redis", feature = "push"))]
#![allow(clippy::unwrap_used, reason = "a test may panic")]

#[path = "stores/server.rs"]
mod server;

use std::sync::Arc;
use std::time::Duration;

use server::Server;
use weixin_runtime::RedisStore;
use weixin_runtime::push::PushMemory;

const LONG: Duration = Duration::from_secs(600);

fn memory(server: &Server) -> RedisStore {
    RedisStore::open(&server.url()).unwrap()
}

#[tokio::test]
async fn machines_share_what_they_remember() {
    let server = Server::start(&[]);
    let (one, other) = (memory(&server), memory(&server));
    assert_eq!(one.keep("a", "1", LONG).await.unwrap(), None);
    assert_eq!(other.keep("a", "2", LONG).await.unwrap().as_deref(), Some("1"));
    assert_eq!(other.keep("b", "2", LONG).await.unwrap(), None);
    one.forget("a").await.unwrap();
    one.forget("never kept").await.unwrap();
    assert_eq!(other.keep("a", "3", LONG).await.unwrap(), None);
    assert_eq!(memory(&server).prefix("other").keep("a", "4", LONG).await.unwrap(), None);
    // It does not stay for ever.
    assert_eq!(one.keep("c", "1", Duration::from_millis(1)).await.unwrap(), None);
    let gone = async {
        while one.keep("c", "2", LONG).await.unwrap().is_some() {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(30), gone).await.expect("it is forgotten by itself");
}

#[tokio::test]
async fn of_many_at_once_one_is_the_first() {
    let server = Server::start(&[]);
    let memories: Vec<_> = (0..4).map(|_| Arc::new(memory(&server))).collect();
    let tasks: Vec<_> = (0..100_usize)
        .map(|number| {
            let memory = Arc::clone(&memories[number % memories.len()]);
            tokio::spawn(async move { memory.keep("same", "1", LONG).await.unwrap().is_none() })
        })
        .collect();
    let mut first = 0;
    for task in tasks {
        first += usize::from(task.await.unwrap());
    }
    assert_eq!(first, 1);
}

#[tokio::test]
async fn without_redis_nothing_is_taken_for_new() {
    let mut server = Server::start(&[]);
    let memory = memory(&server);
    server.kill();
    let error = memory.keep("a", "1", LONG).await.unwrap_err();
    assert!(error.to_string().contains("remember a push"), "{error}");
    assert!(memory.forget("a").await.is_err());
}
