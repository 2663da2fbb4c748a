//! The HTTP client.

mod accounts;
mod builder;
mod deadline;
mod exchange;
mod host;
mod issuing;
pub(crate) mod observed;
mod pages;
mod progress;
mod receive;
mod renewal;
mod request;
mod retries;
mod sending;
mod shared;
mod spans;
mod untyped;

pub use builder::ClientBuilder;
pub use observed::{CallInfo, Hook, Outcome};
pub use pages::{Items, Pages};
pub use retries::{FailedAttempt, Retries, RetryPolicy};
pub use sending::Sending;
pub use shared::{Client, ValidationPolicy};
pub use spans::SpanResponses;
