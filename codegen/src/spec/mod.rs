//! What the YAML files say, one to one.
//!
//! These structs mirror the dialect and decide nothing: every meaning is worked out in
//! [`crate::resolve`]. `codegen/DIALECT.md` explains each key with an example.

mod api;
mod endpoint;
mod guide;
mod quirk;
mod read;
mod refusals;
mod rule;
pub mod section;
mod signed;
mod text;
mod types;

pub use api::{
    Account, Api, Area, Document, Envelope, Push, PushEnvelope, PushQuery, TicketIssue, Token, TokenIssue, View,
};
pub use endpoint::{
    Body, Changes, Endpoint, EndpointError, ErrorClass, ErrorEntry, Event, Example, Paging, Quota, Repeat, Success,
    TokenUse, Verify,
};
pub use guide::Guide;
pub use quirk::{Audience, Quirk};
pub use read::{read_folder, read_sources};
pub use refusals::Refusals;
pub use rule::{Rule, RuleCases, Together, Window};
pub use section::{Section, Sections};
pub use signed::{Algorithm, Form, SignedExample};
pub(crate) use text::Unique;
pub use text::{Also, Bounds, OneOrMany, Text};
use text::{unique, unique_option};
pub use types::{
    EnumKind, EnumValue, Field, InView, Presence, ResponseForm, Signed, TypeDef, Unenforced, Union, UnionContent,
    Variant, ViewField,
};

use indexmap::IndexMap;

use crate::source::diagnostic::Diagnostic;
use crate::source::{SourceMap, Unread};

/// One YAML file: where it is, what it says and where each of its nodes stands.
#[derive(Debug, Clone)]
pub struct File<T> {
    /// The path relative to the spec folder, with forward slashes: `card/code/get.yaml`.
    pub path: String,
    /// The parsed content.
    pub content: T,
    /// The position of every node.
    pub map: SourceMap,
}

/// A whole spec folder, as written.
#[derive(Debug, Clone)]
pub struct Spec {
    /// `api.yaml`.
    pub api: File<Api>,
    /// `errors.yaml`: what each code means in general.
    pub errors: File<IndexMap<i64, ErrorEntry>>,
    /// Every file that is an endpoint, by path.
    pub endpoints: Vec<File<Endpoint>>,
    /// `events/*.yaml`.
    pub events: Vec<File<Event>>,
    /// `**/types/*.yaml`: a map from type name to definition.
    pub types: Vec<File<IndexMap<String, TypeDef>>>,
    /// `guides/*.md`: prose by task.
    pub guides: Vec<File<Guide>>,
    /// `sections.yaml`: by document and heading, what was transcribed.
    pub sections: Option<File<IndexMap<String, Sections>>>,
    /// What was wrong with the files themselves.
    pub(crate) faults: Vec<Diagnostic>,
    /// What could not be read of them.
    pub(crate) unread: Unread,
}
