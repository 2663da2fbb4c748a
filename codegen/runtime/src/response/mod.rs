//! A response as it came, and how it is read.

mod came;
mod raw;
mod typed;

pub(crate) use came::Came;
pub use raw::RawResponse;
