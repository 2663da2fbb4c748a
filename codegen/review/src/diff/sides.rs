//! The two sides of a comparison, and where changes are shown.

use weixin_codegen::model::{Model, Type};
use weixin_codegen::spec::Spec;

/// One side: the spec as written, for positions, and what it means.
#[derive(Clone, Copy)]
pub struct Side<'a> {
    /// As written.
    pub spec: &'a Spec,
    /// As resolved.
    pub model: &'a Model,
}

/// Where a change is shown.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Group {
    /// At an endpoint, by its path.
    Endpoint(String),
    /// At a push, by its name.
    Event(String),
    /// At a shared type, by its name in the spec.
    Type(String),
    /// At the list of error codes.
    Errors,
    /// At what holds for the whole interface: the host, the documents, the words of folders.
    General,
}

impl Group {
    /// How it is headed.
    #[must_use]
    pub fn title(&self) -> String {
        match self {
            Self::Endpoint(path) => path.clone(),
            Self::Event(name) => format!("event {name}"),
            Self::Type(name) => format!("type {name}"),
            Self::Errors => "error codes".to_owned(),
            Self::General => "the whole interface".to_owned(),
        }
    }

    /// Endpoints and pushes come before what they share.
    pub(super) fn shared(&self) -> u8 {
        match self {
            Self::Endpoint(_) | Self::Event(_) => 0,
            Self::Type(_) => 1,
            Self::Errors => 2,
            Self::General => 3,
        }
    }
}

/// `a.b`.
pub(super) fn join(path: &str, name: &str) -> String {
    match (path, name) {
        ("", name) => name.to_owned(),
        (path, "") => path.to_owned(),
        (path, name) => format!("{path}.{name}"),
    }
}

/// A type is the same when its name in the spec and its view are.
pub(super) fn type_key(ty: &Type) -> String {
    ty.view.as_ref().map_or_else(|| ty.name.clone(), |view| in_view(&ty.name, view))
}

/// A type in one view.
pub(super) fn in_view(name: &str, view: &str) -> String {
    format!("{name} in view {view}")
}
