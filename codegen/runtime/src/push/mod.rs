//! Pushes: what the server tells by itself.
//!
//! | file | holds |
//! |---|---|
//! | `read` | reading a push, whichever it is |
//! | `seen` | the members of a push before anything is known of it |
//! | `unknown` | a push that nobody knows |
//! | `scheme` | how pushes are signed, encrypted and told apart: data of the generated crate |
//! | `query`, `envelope` | what comes with a push, and around one that is encrypted |
//! | `sign`, `key`, `seal` | signatures and encryption |
//! | `builder`, `gate`, `receiver` | settings, whether what comes is authentic, and what becomes of it |
//! | `received`, `fault` | what came, and what is wrong with it |
//! | `memory`, `recent` | what came before |
//! | `signer`, `markup` | pushes for tests |
//! | `web` | a service of the web |

#[cfg(feature = "push")]
mod builder;
#[cfg(feature = "push")]
mod envelope;
#[cfg(feature = "push")]
mod fault;
#[cfg(feature = "push")]
mod gate;
#[cfg(feature = "push")]
mod key;
#[cfg(feature = "push")]
mod markup;
#[cfg(feature = "push")]
mod memory;
#[cfg(feature = "push")]
mod query;
mod read;
#[cfg(feature = "push")]
mod received;
#[cfg(feature = "push")]
mod receiver;
#[cfg(feature = "push")]
mod recent;
mod scheme;
#[cfg(feature = "push")]
mod seal;
mod seen;
#[cfg(feature = "push")]
mod sign;
#[cfg(feature = "push")]
mod signer;
mod unknown;
#[cfg(feature = "axum")]
pub mod web;

#[cfg(feature = "push")]
pub use builder::ReceiverBuilder;
#[cfg(feature = "push")]
pub use fault::PushError;
#[cfg(feature = "push")]
pub use memory::PushMemory;
pub use read::{AnyPush, any_from_json, from_json};
#[cfg(feature = "xml")]
pub use read::{any_from_bytes, any_from_xml, from_xml};
#[cfg(feature = "push")]
pub use received::{Format, Push, Received};
#[cfg(feature = "push")]
pub use receiver::Receiver;
#[cfg(feature = "push")]
pub use recent::Recent;
pub use scheme::{Elements, Parameters, Protected, Scheme};
pub use seen::Seen;
#[cfg(feature = "push")]
pub use signer::{SignedPush, Signer};
pub use unknown::UnknownPush;
