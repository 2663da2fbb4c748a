//! What all pages of one language share.

use std::collections::HashMap;

use super::index::{self, Index};
use super::words::Words;
use crate::emit::prose::{Calls, Lang};
use crate::model::{Document, Model};

/// The documentation of one language.
pub(super) struct Docs<'a> {
    pub(super) model: &'a Model,
    pub(super) index: &'a Index<'a>,
    pub(super) lang: Lang,
    pub(super) words: &'static Words,
    pub(super) calls: &'a HashMap<String, Calls>,
}

impl<'a> Docs<'a> {
    /// The page that is made from a spec file, when there is one.
    pub(super) fn page_of(&self, spec: &str) -> Option<String> {
        self.index.has_page(spec).then(|| index::page_path(spec))
    }

    /// Where a code is explained: the page with those of its area, and the place there.
    pub(super) fn error_at(&self, code: i64) -> String {
        format!("{}#error-{code}", self.index.error_page(code))
    }

    /// A source document by its id.
    pub(super) fn document(&self, id: &str) -> Option<&'a Document> {
        self.model.api.documents.iter().find(|document| document.id == id)
    }
}

/// Which way the fields travel: it decides what "required" is called.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Way {
    /// To the server.
    Sent,
    /// From the server.
    Received,
}
