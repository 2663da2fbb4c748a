//! What is said in words, and where it was read.

pub use crate::spec::Audience;

/// Prose in both languages.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Text {
    /// English.
    pub en: String,
    /// Chinese.
    pub zh: String,
}

/// The place of a statement in a source document: `card-management#heading`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// The id of the document.
    pub document: String,
    /// The heading, when one is named.
    pub section: Option<String>,
}

/// A defect of a page and how we read it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quirk {
    /// `code-length`; unique within its file.
    pub id: String,
    /// The spec file that explains it.
    pub spec: String,
    /// Who has to know it.
    pub audience: Audience,
    /// What the page says.
    pub says: Text,
    /// What we do.
    pub we: Text,
    /// Where.
    pub sources: Vec<Source>,
}

/// How something is done that takes more than one call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Guide {
    /// `issue-a-coupon`.
    pub id: String,
    /// The spec file.
    pub spec: String,
    /// What one wants to do.
    pub title: Text,
    /// Guides are listed by this number.
    pub order: u32,
    /// The endpoints on the way.
    pub endpoints: Vec<String>,
    /// Markdown; a line `{{call PATH}}` stands for the smallest call of an endpoint.
    pub body: Text,
}
