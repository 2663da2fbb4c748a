//! The HTTP client.

mod accounts;
mod builder;
mod caller;
mod deadline;
mod exchange;
mod host;
mod issuing;
mod pages;
mod progress;
mod receive;
mod renewal;
mod request;
mod retries;
mod sending;
mod shared;
mod spans;

pub use builder::ClientBuilder;
pub use caller::Caller;
#[cfg(feature = "blocking")]
pub(crate) use caller::Sealed;
pub use pages::{Items, Pages};
pub use retries::{FailedAttempt, Retries, RetryPolicy};
pub use sending::Sending;
pub use shared::{Client, ValidationPolicy};
pub use spans::SpanResponses;
