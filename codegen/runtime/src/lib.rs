//! The hand-written half of a client whose other half is generated.
//!
//! It knows nothing about any endpoint: what there is to know comes in as data. What it does know is how a call goes.
//!
//! - A request is an [`Endpoint`]. [`Validate`] finds every documented limit that it breaks, before the network does.
//! - `Client` (feature `client`) sends it; `blocking::Client` (feature `blocking`) does so without async. Any other transport will do as well: [`Endpoint::wire`] is
//!   what to send, [`Endpoint::read`] reads what comes back.
//! - A long list comes page by page ([`Paged`], [`next_page`], `Pages`, `Items`), and a long time span by span ([`Spans`]).
//! - A type describes itself once, as an [`Object`] or a [`Union`]; reading, writing, showing and comparing go through that.
//! - Reading is tolerant where servers are sloppy ([`json`]), and keeps what it does not know ([`Unknown`],
//!   [`UnknownVariant`]). [`RawResponse::inspect`] tells what was odd.
//! - Whatever goes wrong is one [`Error`], which knows the endpoint, what its code means there and whether to try again.
//! - An [`AccessToken`] never shows itself. A [`TokenStore`] keeps it for all who share it.
//!
//! Features: `client` (reqwest, without TLS), `rustls` (the client with TLS), `blocking` (a client for programs without async),
//! `limits` (so many calls a second and a day), `redis` and `redis-cluster` (tokens that many machines share), `jsapi` (tickets,
//! and what a page signs with them), `tracing` (a span for each call and each attempt), `metrics` (counters and histograms of
//! them), `xml` (pushes in XML), `server` (requests as a server reads them), `chrono`, `jiff` and `time` (their dates as arguments).
#![cfg_attr(docsrs, feature(doc_cfg))]

#[cfg(feature = "client")]
mod account;
#[cfg(feature = "blocking")]
pub mod blocking;
mod body;
pub mod calendar;
#[cfg(feature = "client")]
mod chance;
#[cfg(feature = "client")]
mod client;
mod endpoint;
mod error;
mod file;
mod inspect;
pub mod json;
mod meta;
mod multipart;
mod object;
mod paging;
mod percent;
pub mod push;
mod response;
mod review;
mod secret;
pub mod serial;
#[cfg(feature = "server")]
pub mod server;
mod shape;
mod shown;
#[cfg(feature = "jsapi")]
mod signed;
mod spans;
mod text;
#[cfg(feature = "jsapi")]
mod ticket;
mod token;
mod validate;
mod verify;
mod when;
#[cfg(feature = "xml")]
mod xml;

#[cfg(feature = "client")]
pub use account::{Account, AppSecret};
pub use body::Body;
#[cfg(feature = "client")]
pub use client::{
    CallInfo, Caller, Client, ClientBuilder, FailedAttempt, Hook, Items, Noted, Outcome, Pages, Retries, RetryPolicy,
    Sending, SpanResponses, ValidationPolicy, note_before, verify_after,
};
#[cfg(feature = "limits")]
pub use client::{Limit, Limits, Over};
pub use endpoint::{Endpoint, WireRequest};
pub use error::{Attempt, Error};
pub use file::File;
pub use inspect::{Inspected, Oddity, UnknownField};
pub use json::{Done, Json, Reader, Unreadable};
pub use meta::{
    Api, BodyKind, CodeInfo, DayWindow, Envelope, ErrorClass, Meta, Method, Page, PageEnd, Paging, Repeat, TicketIssue,
    TokenIssue,
};
pub use multipart::{Part, PartContent};
pub use object::{
    Blank, Borrower, Boxed, Chosen, Entries, Extra, Field, List, Object, OrText, Union, Unknown, UnknownVariant, View,
    private, same, show,
};
pub use paging::{Paged, next_page};
pub use response::RawResponse;
pub use review::review_fields;
/// For generated code: the traits of serde that it implements.
#[doc(hidden)]
pub use serde;
pub use shape::{Content, Shape, UnionShape, VariantShape};
#[cfg(feature = "jsapi")]
pub use signed::{Signed, nonce, signature, signing_time, sorted_sha1};
pub use spans::{Spanned, Spans};
pub use text::{Lang, Text};
#[cfg(feature = "jsapi")]
pub use ticket::Ticket;
#[cfg(feature = "redis")]
pub use token::RedisStore;
pub use token::{AccessToken, BoxFuture, Lease, StoreError, StoredToken, TokenSource, TokenStore};
#[cfg(feature = "client")]
pub use token::{FileStore, MemoryStore};
pub use validate::{At, Rule, Unit, Validate, Violation, Violations};
pub use verify::{Expected, Proof, Verifiable, Verified, Verify};
pub use when::{Date, Timestamp};
