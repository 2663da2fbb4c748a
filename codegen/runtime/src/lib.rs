//! The hand-written half of a client whose other half is generated.
//!
//! It knows nothing about any endpoint: what there is to know comes in as data through [`Meta`]. What it does know is
//! how a call goes.
//!
//! - A request is an [`Endpoint`]. [`Validate`] finds every documented limit that it breaks, before the network does.
//! - `Client` (feature `client`) sends it. Any other transport will do as well: [`Endpoint::wire`] is
//!   what to send, [`Endpoint::read`] reads what comes back.
//! - Decoding is tolerant where servers are sloppy ([`de`]), and keeps what it does not know ([`Unknown`],
//!   [`UnknownVariant`]).
//! - Whatever goes wrong is one [`Error`], which knows the endpoint, what its code means there and whether to try again.
//! - An [`AccessToken`] never shows itself.
//!
//! Features: `client` (reqwest, without TLS), `rustls` (the client with TLS), `xml` (pushes in XML).
#![cfg_attr(docsrs, feature(doc_cfg))]

mod answer;
mod body;
#[cfg(feature = "client")]
mod client;
pub mod de;
mod endpoint;
mod error;
mod json;
mod meta;
mod multipart;
mod or_text;
mod path;
mod text;
mod token;
pub mod union;
mod unknown;
mod validate;
#[cfg(feature = "xml")]
pub mod xml;

pub use answer::RawAnswer;
pub use body::{Body, File, Part, PartContent};
#[cfg(feature = "client")]
pub use client::{Client, ClientBuilder, ValidationPolicy};
pub use endpoint::{Endpoint, WireRequest};
pub use error::Error;
pub use meta::{BodyKind, CodeInfo, Envelope, ErrorClass, Meta, Method, Repeat};
pub use or_text::OrText;
/// JSON objects and values, as they occur in public types.
pub use serde_json::{Map, Value};
pub use text::{Lang, Text};
pub use token::{AccessToken, BoxFuture, TokenSource};
pub use unknown::{Unknown, UnknownVariant, private};
pub use validate::{At, Rule, Unit, Validate, Violation, Violations};
