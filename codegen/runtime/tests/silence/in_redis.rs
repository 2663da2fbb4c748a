//! Tokens in Redis, with a password; and in one that cannot be reached.

use std::sync::atomic::Ordering::SeqCst;
use std::time::Duration;

use weixin_runtime::RedisStore;

use crate::scenes::{GetTicket, builder, service, ticket};
use crate::{Printed, redis_server};

pub(crate) async fn stores(printed: &Printed) {
    let redis = redis_server::Server::start(&[]);
    redis::cmd("CONFIG").arg("SET").arg("requirepass").arg("hush-password").exec(&mut redis.look()).unwrap();
    let url = |password: &str| redis.url().replace("redis://", &format!("redis://:{password}@"));
    for url in [
        &url("hush-password"),
        &url("hush-wrong"),
        "redis://:hush-nobody@127.0.0.1:1/",
        "nothing://:hush-scheme@a",
        "hush-anything",
    ] {
        let store = match RedisStore::open(url) {
            Ok(store) => store.time_limit(Duration::from_millis(500)),
            Err(error) => {
                printed.both(&error);
                continue;
            }
        };
        printed.debug(&store);
        let (server, current) = service(ticket).await;
        let client = builder(&server).token_store(store).build().unwrap();
        printed.outcome(&client.send(&GetTicket {}).await);
        current.fetch_add(1, SeqCst);
        printed.outcome(&client.send(&GetTicket {}).await);
    }
}
