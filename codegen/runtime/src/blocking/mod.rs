//! The client for programs without async: every call returns when its response is there.
//!
//! ```no_run
//! # use weixin_runtime::{Endpoint, Error, blocking::Client};
//! # fn call<E: Endpoint>(request: E) -> Result<E::Response, Error> {
//! let client = Client::builder().access_token("a token").build()?;
//! client.send(&request)
//! # }
//! ```
//!
//! | file | holds |
//! |---|---|
//! | `client` | [`Client`], and how it is set up |
//! | `lists` | what comes one after the other, as iterators |
//! | `driver` | the thread that moves the bytes |

mod client;
mod driver;
mod lists;

pub use client::{Client, ClientBuilder};
pub use lists::{Items, Pages, SpanResponses};
