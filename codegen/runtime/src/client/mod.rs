//! The HTTP client.

mod accounts;
mod builder;
mod deadline;
mod exchange;
mod host;
mod issuing;
mod receive;
mod renewal;
mod request;
mod retries;
mod sending;
mod shared;

pub use builder::ClientBuilder;
pub use retries::{FailedAttempt, Retries, RetryPolicy};
pub use sending::Sending;
pub use shared::{Client, ValidationPolicy};
