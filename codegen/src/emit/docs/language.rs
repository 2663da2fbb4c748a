//! What all pages of one language share.

use super::index::{self, Index};
use super::words::Words;
use crate::emit::prose::Lang;
use crate::model::{Document, Model};

/// The documentation of one language.
pub(super) struct Docs<'a> {
    pub(super) model: &'a Model,
    pub(super) index: &'a Index<'a>,
    pub(super) lang: Lang,
    pub(super) words: &'static Words,
}

impl<'a> Docs<'a> {
    /// The page that is made from a spec file, when there is one.
    pub(super) fn page_of(&self, spec: &str) -> Option<String> {
        self.index.has_page(spec).then(|| index::page_path(spec))
    }

    /// A source document by its id.
    pub(super) fn document(&self, id: &str) -> Option<&'a Document> {
        self.model.api.documents.iter().find(|document| document.id == id)
    }
}
