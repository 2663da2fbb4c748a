//! The way to Redis.

use ::redis::aio::{ConnectionLike, MultiplexedConnection};
use ::redis::{AsyncConnectionConfig, Client, Cmd, RedisResult, Value};
use tokio::sync::Mutex;

use crate::token::source::BoxFuture;

/// The way to Redis.
pub(super) trait Link: Send + Sync {
    /// Sends a command that may be repeated.
    fn ask<'a>(&'a self, cmd: &'a Cmd) -> BoxFuture<'a, RedisResult<Value>>;

    /// Lets go of a connection that may be dead.
    fn forget(&self);
}

/// A connection that takes care of itself.
pub(super) struct Given<C>(pub(super) C);

impl<C: ConnectionLike + Clone + Send + Sync> Link for Given<C> {
    fn ask<'a>(&'a self, cmd: &'a Cmd) -> BoxFuture<'a, RedisResult<Value>> {
        Box::pin(async move { self.0.clone().req_packed_command(cmd).await })
    }

    fn forget(&self) {}
}

/// What makes a connection. Its own limits are off: those of the store hold.
pub(super) trait Opens: Send + Sync {
    type Connection: ConnectionLike + Clone + Send + Sync;

    fn open(&self) -> BoxFuture<'_, RedisResult<Self::Connection>>;
}

impl Opens for Client {
    type Connection = MultiplexedConnection;

    fn open(&self) -> BoxFuture<'_, RedisResult<MultiplexedConnection>> {
        Box::pin(async move {
            let config = AsyncConnectionConfig::new().set_connection_timeout(None).set_response_timeout(None);
            self.get_multiplexed_async_connection_with_config(&config).await
        })
    }
}

#[cfg(feature = "redis-cluster")]
impl Opens for ::redis::cluster::ClusterClient {
    type Connection = ::redis::cluster_async::ClusterConnection;

    fn open(&self) -> BoxFuture<'_, RedisResult<Self::Connection>> {
        Box::pin(self.get_async_connection())
    }
}

/// A connection that is made when it is needed, and made again when it is lost.
pub(super) struct Lazy<O: Opens> {
    opens: O,
    connection: Mutex<Option<O::Connection>>,
}

impl<O: Opens> Lazy<O> {
    pub(super) fn new(opens: O) -> Self {
        Lazy { opens, connection: Mutex::new(None) }
    }

    /// The connection, and whether it was there before.
    async fn connection(&self) -> RedisResult<(O::Connection, bool)> {
        // Held while connecting: many who come at once wait for one connection.
        let mut connection = self.connection.lock().await;
        if let Some(connection) = &*connection {
            return Ok((connection.clone(), true));
        }
        let fresh = self.opens.open().await?;
        *connection = Some(fresh.clone());
        Ok((fresh, false))
    }
}

impl<O: Opens> Link for Lazy<O> {
    fn ask<'a>(&'a self, cmd: &'a Cmd) -> BoxFuture<'a, RedisResult<Value>> {
        Box::pin(async move {
            loop {
                let (mut connection, old) = self.connection().await?;
                let answer = connection.req_packed_command(cmd).await.and_then(Value::extract_error);
                let lost = answer.as_ref().is_err_and(|error| error.is_unrecoverable_error() || error.is_io_error());
                if lost {
                    self.forget();
                }
                // Redis may have been away and back since the connection was made.
                if !lost || !old {
                    return answer;
                }
            }
        })
    }

    fn forget(&self) {
        // Whoever has the lock is making a new one.
        if let Ok(mut connection) = self.connection.try_lock() {
            *connection = None;
        }
    }
}
