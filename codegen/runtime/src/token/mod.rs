//! The access token, where it comes from, and where it is kept.
//!
//! | file | holds |
//! |---|---|
//! | `access` | the token |
//! | `source` | [`TokenSource`] |
//! | `store` | [`TokenStore`], and who may renew |
//! | `fault` | [`StoreError`] |
//! | `memory`, `file`, `redis` | the stores |
//! | `record`, `name`, `damage` | what they share: a token as text, a key as a name, telling of damage |

mod access;
#[cfg(feature = "client")]
mod damage;
mod fault;
#[cfg(feature = "client")]
mod file;
#[cfg(feature = "client")]
mod memory;
#[cfg(feature = "client")]
mod name;
#[cfg(feature = "client")]
mod record;
#[cfg(feature = "redis")]
mod redis;
mod source;
mod store;

pub use access::AccessToken;
pub use fault::StoreError;
#[cfg(feature = "client")]
pub use file::FileStore;
#[cfg(feature = "client")]
pub use memory::MemoryStore;
#[cfg(feature = "redis")]
pub use redis::RedisStore;
pub use source::{BoxFuture, TokenSource};
pub use store::{Lease, StoredToken, TokenStore};
