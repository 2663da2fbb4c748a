//! Open enumerations.

use super::{EnumKind, Source, Text};

/// An open enumeration.
#[derive(Debug, Clone)]
pub struct EnumType {
    /// Strings or integers.
    pub kind: EnumKind,
    /// Whether a value that is not documented is checked: it is a text of a request.
    pub checked: bool,
    /// What responses give in place of the values.
    pub response_form: Option<ResponseForm>,
    /// The documented values.
    pub values: Vec<EnumVariant>,
}

impl EnumType {
    /// Whether the text is in the form that only responses have.
    #[must_use]
    pub fn is_response_form(&self, text: &str) -> bool {
        self.response_form.as_ref().is_some_and(|form| text.starts_with(&form.begins))
    }
}

/// Another form of the values: responses give it, requests do not take it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ResponseForm {
    /// What it is called, as an identifier: `hex`.
    pub name: String,
    /// What each begins with, and no value does.
    pub begins: String,
    /// What is given instead of what.
    pub text: Text,
}

/// One documented value of an enumeration.
#[derive(Debug, Clone)]
pub struct EnumVariant {
    /// As written on the wire; the digits of an integer.
    pub wire: String,
    /// Other values that are read as this one, numbers by their digits. Never written.
    pub also: Vec<String>,
    /// What responses give in its place.
    pub response: Option<String>,
    /// The identifier of the variant.
    pub ident: String,
    /// What it means.
    pub doc: Text,
    /// Where it is documented.
    pub sources: Vec<Source>,
}
