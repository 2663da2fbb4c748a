//! What came before, in Redis: for receivers of pushes on many machines.

use std::time::Duration;

use ::redis::cmd;

use super::{RedisStore, millis};
use crate::push::PushMemory;
use crate::token::{BoxFuture, StoreError};

/// Keeps a value unless there is one, in one step, and gives the one that was there.
const KEEP: &str = "\
local kept = redis.call('GET', KEYS[1])
if not kept then
    redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
end
return kept";

impl PushMemory for RedisStore {
    fn keep<'a>(
        &'a self,
        key: &'a str,
        value: &'a str,
        time: Duration,
    ) -> BoxFuture<'a, Result<Option<String>, StoreError>> {
        Box::pin(async move {
            let mut cmd = cmd("EVAL");
            cmd.arg(KEEP).arg(1).arg(self.at(key, "push")).arg(value).arg(millis(time));
            self.ask("remember a push", &cmd, None).await
        })
    }

    fn forget<'a>(&'a self, key: &'a str) -> BoxFuture<'a, Result<(), StoreError>> {
        Box::pin(async move {
            self.ask::<u64>("forget a push", cmd("DEL").arg(self.at(key, "push")), None).await.map(|_| ())
        })
    }
}
