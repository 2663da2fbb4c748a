//! Error codes.

use super::{ErrorClass, Quirk, Source, Text};

/// What a code means in general.
#[derive(Debug, Clone)]
pub struct ErrorCode {
    /// The number.
    pub code: i64,
    /// `invalid_code`.
    pub name: String,
    /// `INVALID_CODE`.
    pub ident: String,
    /// The kind of trouble.
    pub class: ErrorClass,
    /// Whether any endpoint may return it.
    pub general: bool,
    /// What it means.
    pub text: Text,
    /// Why it happens.
    pub cause: Text,
    /// What to do.
    pub remedy: Text,
    /// Where it is documented.
    pub sources: Vec<Source>,
}

/// What a code means at one endpoint; complete, with the general words where the endpoint has none.
#[derive(Debug, Clone)]
pub struct EndpointError {
    /// The number.
    pub code: i64,
    /// What it means here.
    pub text: Text,
    /// Why it happens here.
    pub cause: Text,
    /// What to do here.
    pub remedy: Text,
    /// Whether anything is narrower here than in general.
    pub narrower: bool,
    /// Where it is documented.
    pub sources: Vec<Source>,
    /// Quirks that concern it.
    pub quirks: Vec<Quirk>,
}
