//! The HTTP client.

mod builder;
mod deadline;
mod exchange;
mod host;
mod receive;
mod renewal;
mod sending;
mod shared;

pub use builder::ClientBuilder;
pub use sending::Sending;
pub use shared::{Client, ValidationPolicy};
