//! The checked model: complete and correct by construction.
//!
//! Every reference is followed, every identifier is chosen, both languages are there, views are
//! expanded into types of their own. No language of the output is known here. Emitters read this and nothing else. All vectors are in the
//! order in which the output is to stand, so that emitting is deterministic.

use std::sync::LazyLock;

mod choice;
mod endpoint;
mod error;
mod json;
pub mod keys;
mod limit;
mod naming;
mod prose;
pub mod refused;
mod rule;
mod signing;
mod types;
mod values;
pub mod walk;

pub use endpoint::{
    Account, Body, DayWindow, Endpoint, Event, Example, Method, Page, Paging, PagingEnd, Proof, Quota, Repeat, Request,
    Response, Verify,
};
pub use error::{EndpointError, ErrorCode};
pub use json::{JsonMap, Path, Value};
pub use limit::{Bound, Limit, NumberUnit, Unit};
pub use naming::{is_snake_ident, is_type_name, pascal_case, snake_case};
pub use prose::{Audience, Guide, Quirk, Source, Text};
pub use rule::{Cases, Condition, Rule, RuleKind};
pub use signing::SignedExample;
pub use types::{
    Field, ObjectType, Scalar, Side, Signing, Type, TypeId, TypeKind, TypeRef, UnionType, Variant, VariantContent,
};
pub use values::{EnumType, EnumVariant, ResponseForm};

pub use crate::source::nearest;
pub use crate::spec::{Algorithm, EnumKind, ErrorClass, Form, Push, PushEnvelope, PushQuery, Refusals, UnionContent};

/// The whole interface.
#[derive(Debug, Clone)]
pub struct Model {
    /// What holds everywhere.
    pub api: Api,
    /// Every folder of the spec, parents before children; the root
    /// (empty path) comes first.
    pub modules: Vec<Module>,
    /// Every endpoint, by path.
    pub endpoints: Vec<Endpoint>,
    /// Every push, by name.
    pub events: Vec<Event>,
    /// Every type but requests, responses and events; [`TypeId`] is an index.
    pub types: Vec<Type>,
    /// Every error code, ascending.
    pub errors: Vec<ErrorCode>,
    /// Quirks of no single endpoint.
    pub quirks: Vec<Quirk>,
    /// Prose by task, in order.
    pub guides: Vec<Guide>,
}

impl Model {
    /// Follows a reference.
    #[must_use]
    pub fn ty(&self, id: TypeId) -> &Type {
        static UNKNOWN: LazyLock<Type> = LazyLock::new(Type::unknown);
        self.types.get(id.0).unwrap_or(&UNKNOWN)
    }

    /// Whether no page of those who run the interface makes a statement: every document that it cites is another.
    #[must_use]
    pub fn is_unofficial(&self, sources: &[Source]) -> bool {
        let official = |source: &Source| {
            self.api.documents.iter().find(|document| document.id == source.document).is_none_or(|it| it.official)
        };
        !sources.is_empty() && !sources.iter().any(official)
    }

    /// What a code means in general.
    #[must_use]
    pub fn error(&self, code: i64) -> Option<&ErrorCode> {
        self.errors.binary_search_by_key(&code, |error| error.code).ok().map(|index| &self.errors[index])
    }
}

/// What holds for the whole interface.
#[derive(Debug, Clone)]
pub struct Api {
    /// The name of the crate to generate.
    pub krate: String,
    /// Words by which the crate is found in a registry.
    pub keywords: Vec<String>,
    /// Its version.
    pub version: String,
    /// What it is.
    pub title: Text,
    /// `https://api.weixin.qq.com`.
    pub host: String,
    /// Where the reference documentation is published: the folder with one of each language.
    pub reference: Option<String>,
    /// Seconds east of UTC in which days are counted.
    pub zone_seconds: i32,
    /// The source documents.
    pub documents: Vec<Document>,
    /// The query parameter with the access token.
    pub token_param: String,
    /// What it is.
    pub token_doc: Text,
    /// How the client gets one.
    pub issue: Option<TokenIssue>,
    /// How it gets each ticket.
    pub tickets: Vec<TicketIssue>,
    /// The envelope field with the code.
    pub code_field: String,
    /// What it is.
    pub code_doc: Text,
    /// The envelope field with the message.
    pub message_field: String,
    /// What it is.
    pub message_doc: Text,
    /// The code that means success.
    pub ok: i64,
    /// What stands in a message right before the id by which the server finds the call in its log.
    pub trace: Option<String>,
    /// How pushes are signed, encrypted, answered and told apart.
    pub push: Option<Push>,
    /// By which code a server refuses a request.
    pub refusals: Option<Refusals>,
}

/// How the client gets an access token. The fields are those of the endpoint.
#[derive(Debug, Clone, PartialEq)]
pub struct TokenIssue {
    /// The path of the endpoint.
    pub endpoint: String,
    /// The request field with the id of the account.
    pub id: String,
    /// The request field with its secret.
    pub secret: String,
    /// Request fields that always have the same value.
    pub fixed: Vec<(String, Value)>,
    /// The request field that asks for another token than the valid one.
    pub force: Option<String>,
    /// The response field with the access token.
    pub token: String,
    /// The response field with the seconds for which it is valid.
    pub expires_in: String,
}

impl Api {
    /// Whether a key of a response belongs to its envelope.
    #[must_use]
    pub fn is_envelope(&self, key: &str) -> bool {
        key == self.code_field || key == self.message_field
    }
}

/// How the client gets a ticket with which pages sign. The fields are those of the endpoint.
#[derive(Debug, Clone, PartialEq)]
pub struct TicketIssue {
    /// What it is called: `wx_card`.
    pub id: String,
    /// What it signs.
    pub doc: Text,
    /// The path of the endpoint.
    pub endpoint: String,
    /// Request fields that always have the same value.
    pub fixed: Vec<(String, Value)>,
    /// The response field with the ticket.
    pub ticket: String,
    /// The response field with the seconds for which it is valid.
    pub expires_in: String,
}

/// A source document.
#[derive(Debug, Clone)]
pub struct Document {
    /// `card-management`.
    pub id: String,
    /// Its title.
    pub title: Text,
    /// Where it is on the web.
    pub url: Option<String>,
    /// Whether it is a page of those who run the interface.
    pub official: bool,
    /// `en` or `zh`.
    pub language: String,
    /// The day it was read.
    pub read: String,
    /// What it is worth.
    pub note: Option<Text>,
}

/// A folder of the spec: a namespace, and a folder of the documentation.
#[derive(Debug, Clone)]
pub struct Module {
    /// The folder as the URL has it: `["cgi-bin", "media"]`.
    pub path: Vec<String>,
    /// The same as identifiers: `["cgi_bin", "media"]`.
    pub namespace: Vec<String>,
    /// What it holds.
    pub title: Text,
    /// More about it.
    pub doc: Option<Text>,
    /// The Cargo feature it is compiled under: its first path segment; none for what is always there.
    pub feature: Option<String>,
    /// For a first-level module: the other features whose types it uses.
    pub needs: Vec<String>,
    /// The files in it, by stem: each becomes one source file.
    pub files: Vec<SourceFile>,
    /// The names of the modules right below it (last segment, as identifier).
    pub children: Vec<String>,
}

/// One source file: made from exactly one spec file.
#[derive(Debug, Clone)]
pub struct SourceFile {
    /// The spec file: `card/code/get.yaml`.
    pub spec: String,
    /// The identifier: `get`.
    pub stem: String,
    /// The endpoint in it: an index into [`Model::endpoints`].
    pub endpoint: Option<usize>,
    /// The event in it: an index into [`Model::events`].
    pub event: Option<usize>,
    /// The types in it.
    pub types: Vec<TypeId>,
}

/// How much there is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Statistics {
    /// Endpoints.
    pub endpoints: usize,
    /// Pushes.
    pub events: usize,
    /// Fields of requests, responses, pushes and shared types; each view of an object counts.
    pub fields: usize,
    /// Documented limits of those fields, enforced or not.
    pub limits: usize,
    /// Error codes.
    pub errors: usize,
}

impl Model {
    /// Counts what there is.
    #[must_use]
    pub fn statistics(&self) -> Statistics {
        let heads = self
            .endpoints
            .iter()
            .flat_map(|endpoint| [&endpoint.request.query, &endpoint.request.body, &endpoint.response.object])
            .chain(self.events.iter().map(|event| &event.object));
        let shared = self.types.iter().filter_map(|ty| match &ty.kind {
            TypeKind::Object(object) => Some(object),
            TypeKind::Enum(_) | TypeKind::Union(_) => None,
        });
        let mut count = Statistics {
            endpoints: self.endpoints.len(),
            events: self.events.len(),
            errors: self.errors.len(),
            ..Statistics::default()
        };
        for field in heads.chain(shared).flat_map(|object| &object.fields) {
            count.fields += 1;
            count.limits += field.limits.len();
        }
        count
    }
}
