//! Tokens in Redis.
//!
//! Three keys a token, in one slot of a cluster: `PREFIX:{KEY}:token` holds token, end and fence, `PREFIX:{KEY}:lease` the
//! holder of the lease, and `PREFIX:{KEY}:fence` the last fence.

mod link;
#[cfg(feature = "push")]
mod pushes;

use std::fmt;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use ::redis::aio::ConnectionLike;
use ::redis::{Cmd, FromRedisValue, RedisError, cmd};

use self::link::{Given, Lazy, Link};
use super::access::AccessToken;
use super::damage::Damage;
use super::fault::StoreError;
use super::name::name;
use super::record;
use super::source::BoxFuture;
use super::store::{Lease, StoredToken, TokenStore};
use crate::secret::conceal;

/// One holder at a time, and a fence of its own for each. Where no fence is known, be it that Redis lost its data, the clock
/// of Redis is beyond all that were given. The same holder may ask again: its first answer may have been lost.
const LEASE: &str = "\
if not redis.call('SET', KEYS[1], ARGV[1], 'NX', 'PX', ARGV[2]) and redis.call('GET', KEYS[1]) ~= ARGV[1] then
    return false
end
if redis.call('EXISTS', KEYS[2]) == 0 then
    local now = redis.call('TIME')
    redis.call('SET', KEYS[2], now[1] .. string.format('%06d', now[2]))
end
return redis.call('INCR', KEYS[2])";

const SAVE: &str = "\
local fence = redis.call('GET', KEYS[1])
if fence and tonumber(fence) > tonumber(ARGV[1]) then
    return 0
end
redis.call('SET', KEYS[2], ARGV[2], 'PX', ARGV[3])
return 1";

const RELEASE: &str = "\
if redis.call('GET', KEYS[1]) == ARGV[1] then
    return redis.call('DEL', KEYS[1])
end
return 0";

/// How long Redis keeps a token that has ended: whether it has is for the clock of the caller to say.
const AFTERWARDS: Duration = Duration::from_secs(60 * 60);

/// The longest that Redis is told to keep anything: its own clock has an end.
const LONGEST: Duration = Duration::from_secs(100 * 365 * 24 * 60 * 60);

/// Keeps tokens in Redis 5 or newer, or what speaks like it: for processes on many machines. With the feature `push` it also
/// remembers what pushes came.
///
/// It connects with the first call, and again when a connection is lost: without Redis a call is an error, not the
/// construction. No call takes longer than [`time_limit`](RedisStore::time_limit). Redis sees the token as it is; use an
/// address with `rediss://`, and a TLS feature of the crate `redis`, where the network is not your own.
///
/// ```
/// use std::time::Duration;
/// use weixin_runtime::RedisStore;
///
/// let store = RedisStore::open("redis://127.0.0.1/")?.prefix("shop").time_limit(Duration::from_millis(300));
/// # Ok::<(), weixin_runtime::StoreError>(())
/// ```
pub struct RedisStore {
    link: Arc<dyn Link>,
    prefix: String,
    limit: Duration,
    damage: Damage,
}

impl RedisStore {
    /// A store at an address such as `redis://user:password@host:6379/0`. An error where that is none.
    pub fn open(url: &str) -> Result<Self, StoreError> {
        ::redis::Client::open(url).map(RedisStore::from).map_err(|error| no_address(&error))
    }

    /// A store in the cluster to which these nodes belong.
    #[cfg(feature = "redis-cluster")]
    pub fn cluster<'u>(urls: impl IntoIterator<Item = &'u str>) -> Result<Self, StoreError> {
        let client = ::redis::cluster::ClusterClient::new(urls);
        client.map(RedisStore::from).map_err(|error| no_address(&error))
    }

    /// A store with a connection of yours: a `ConnectionManager`, a `ClusterConnection` or a `MultiplexedConnection`. The
    /// last does not connect again when it is lost.
    pub fn with_connection<C: ConnectionLike + Clone + Send + Sync + 'static>(connection: C) -> Self {
        RedisStore::new(Arc::new(Given(connection)))
    }

    fn new(link: Arc<dyn Link>) -> Self {
        RedisStore { link, prefix: "weixin".to_owned(), limit: Duration::from_secs(1), damage: Damage::default() }
    }

    /// What all keys begin with; `weixin` unless set. Braces in it are encoded: they belong to the slots of a cluster.
    #[must_use]
    pub fn prefix(mut self, prefix: impl AsRef<str>) -> Self {
        self.prefix = prefix.as_ref().replace('{', "%7b").replace('}', "%7d");
        self
    }

    /// How long a call may take, with the time to connect; one second unless set.
    #[must_use]
    pub fn time_limit(mut self, limit: Duration) -> Self {
        self.limit = limit;
        self
    }

    /// The name under which Redis keeps a part.
    fn at(&self, key: &str, part: &str) -> String {
        format!("{}:{{{}}}:{part}", self.prefix, name(key))
    }

    async fn ask<T: FromRedisValue>(
        &self,
        what: &str,
        cmd: &Cmd,
        token: Option<&AccessToken>,
    ) -> Result<T, StoreError> {
        let fault = |why: &str| StoreError::new(format!("cannot {what} in Redis: {why}"));
        let Ok(answer) = tokio::time::timeout(self.limit, self.link.ask(cmd)).await else {
            self.link.forget();
            return Err(fault(&format!("no answer within {:?}", self.limit)));
        };
        let read = answer.and_then(|value| Ok(::redis::from_redis_value(value.extract_error()?)?));
        read.map_err(|error| fault(&told(&error, token)))
    }
}

/// A client that connects later.
impl From<::redis::Client> for RedisStore {
    fn from(client: ::redis::Client) -> Self {
        RedisStore::new(Arc::new(Lazy::new(client)))
    }
}

/// A client that connects later.
#[cfg(feature = "redis-cluster")]
impl From<::redis::cluster::ClusterClient> for RedisStore {
    fn from(client: ::redis::cluster::ClusterClient) -> Self {
        RedisStore::new(Arc::new(Lazy::new(client)))
    }
}

fn no_address(error: &RedisError) -> StoreError {
    StoreError::new(format!("this is no address of Redis: {error}"))
}

/// What an error says. Redis quotes the arguments of a command that it does not know.
fn told(error: &RedisError, token: Option<&AccessToken>) -> String {
    let mut text = error.to_string();
    if let Some(token) = token {
        conceal(&mut text, token.expose());
    }
    text
}

/// Milliseconds for `PX`, which must not be 0.
fn millis(time: Duration) -> u64 {
    u64::try_from(time.min(LONGEST).as_millis()).unwrap_or(u64::MAX).max(1)
}

impl TokenStore for RedisStore {
    fn load<'a>(&'a self, key: &'a str) -> BoxFuture<'a, Result<Option<StoredToken>, StoreError>> {
        Box::pin(async move {
            let at = self.at(key, "token");
            let kept: Option<Vec<u8>> = self.ask("load the access token", cmd("GET").arg(&at), None).await?;
            let Some(kept) = kept.map(zeroize::Zeroizing::new) else { return Ok(None) };
            let record = record::read(&kept);
            if record.is_none() {
                self.damage.tell(&at);
            }
            Ok(record.map(|record| record.stored))
        })
    }

    fn lease<'a>(&'a self, key: &'a str, limit: Duration) -> BoxFuture<'a, Result<Option<Lease>, StoreError>> {
        Box::pin(async move {
            let (keys, holder) = ([self.at(key, "lease"), self.at(key, "fence")], Lease::random_holder());
            let mut cmd = cmd("EVAL");
            cmd.arg(LEASE).arg(2).arg(&keys).arg(holder).arg(millis(limit));
            let fence: Option<u64> = self.ask("lease the access token", &cmd, None).await?;
            Ok(fence.map(|fence| Lease::new(fence, holder)))
        })
    }

    fn save<'a>(
        &'a self,
        key: &'a str,
        token: &'a StoredToken,
        lease: &'a Lease,
    ) -> BoxFuture<'a, Result<bool, StoreError>> {
        Box::pin(async move {
            let keys = [self.at(key, "fence"), self.at(key, "token")];
            let kept = record::write(token, lease.fence);
            let left = token.expires_at.duration_since(SystemTime::now()).unwrap_or_default().min(LONGEST);
            let mut cmd = cmd("EVAL");
            cmd.arg(SAVE).arg(2).arg(&keys).arg(lease.fence).arg(&**kept).arg(millis(left + AFTERWARDS));
            let saved = self.ask("save the access token", &cmd, Some(&token.token)).await?;
            if saved {
                self.damage.whole(&keys[1]);
            }
            Ok(saved)
        })
    }

    fn release<'a>(&'a self, key: &'a str, lease: Lease) -> BoxFuture<'a, Result<(), StoreError>> {
        Box::pin(async move {
            let mut cmd = cmd("EVAL");
            cmd.arg(RELEASE).arg(1).arg(self.at(key, "lease")).arg(lease.holder());
            self.ask::<u64>("give back the lease", &cmd, None).await.map(|_| ())
        })
    }
}

impl fmt::Debug for RedisStore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RedisStore")
            .field("prefix", &self.prefix)
            .field("time_limit", &self.limit)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use ::redis::ErrorKind;

    use super::*;

    #[test]
    fn a_token_that_redis_quotes_is_concealed() {
        let token = AccessToken::new("very-secret-token");
        let detail = "'{\"token\":\"very-secret-token\",'".to_owned();
        let error = RedisError::from((ErrorKind::Client, "unknown command", detail));
        assert!(error.to_string().contains("very-secret-token"));
        let told = told(&error, Some(&token));
        assert!(told.contains("unknown command") && !told.contains("very-secret-token"), "{told}");
    }

    #[test]
    fn the_parts_of_a_key_lie_in_one_slot() {
        for prefix in ["weixin", "", "{", "{}", "}{"] {
            let store = RedisStore::open("redis://127.0.0.1/").unwrap().prefix(prefix);
            for key in ["wx1", "", "}", "{}", "a:b"] {
                let tag = |part| {
                    let at = store.at(key, part);
                    let (_, after) = at.split_once('{').unwrap();
                    after.split_once('}').unwrap().0.to_owned()
                };
                assert_eq!(tag("token"), tag("lease"));
                assert!(!tag("token").is_empty(), "an empty tag is none");
            }
        }
    }

    #[test]
    fn no_time_is_too_short_or_too_long() {
        assert_eq!(millis(Duration::ZERO), 1);
        assert_eq!(millis(Duration::from_secs(2)), 2_000);
        assert_eq!(millis(Duration::MAX), millis(LONGEST));
    }
}
