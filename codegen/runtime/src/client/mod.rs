//! The HTTP client.

mod accounts;
mod builder;
mod caller;
mod deadline;
mod exchange;
mod gate;
mod host;
mod issuing;
#[cfg(feature = "limits")]
mod limits;
pub(crate) mod observed;
mod pages;
mod progress;
mod proof;
mod receive;
mod renewal;
mod request;
mod retries;
mod sending;
mod shared;
mod spans;
#[cfg(feature = "jsapi")]
mod tickets;
mod untyped;
mod verifying;

pub use builder::ClientBuilder;
pub use caller::Caller;
#[cfg(feature = "blocking")]
pub(crate) use caller::Sealed;
#[cfg(feature = "limits")]
pub use limits::{Limit, Limits, Over};
pub use observed::{CallInfo, Hook, Outcome};
pub use pages::{Items, Pages};
pub use retries::{FailedAttempt, Retries, RetryPolicy};
pub use sending::Sending;
pub use shared::{Client, ValidationPolicy};
pub use spans::SpanResponses;
pub use verifying::{Noted, note_before, verify_after};
