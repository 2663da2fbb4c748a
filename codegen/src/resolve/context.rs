//! What every pass shares: the spec, the faults found so far, and which quirks were used.

use std::cell::RefCell;
use std::collections::{BTreeMap, HashSet};

use crate::diagnostic::{Code, Diagnostic};
use crate::model::Source;
use crate::spec::{Quirk, Spec};

/// The shared state of the passes.
pub(super) struct Context<'s> {
    pub(super) spec: &'s Spec,
    faults: RefCell<Vec<Diagnostic>>,
    used_quirks: RefCell<HashSet<(String, String)>>,
    citations: RefCell<Citations>,
}

/// By document and heading, what is wrong with the places that cite it.
type Citations = BTreeMap<String, BTreeMap<String, Vec<Diagnostic>>>;

impl<'s> Context<'s> {
    pub(super) fn new(spec: &'s Spec) -> Self {
        Self {
            spec,
            faults: RefCell::new(spec.faults.clone()),
            used_quirks: RefCell::default(),
            citations: RefCell::default(),
        }
    }

    /// Takes a fault, unless it follows from what could not be read.
    pub(super) fn report(&self, diagnostic: Diagnostic) {
        if !self.spec.unread.explains(&diagnostic) {
            self.faults.borrow_mut().push(diagnostic);
        }
    }

    /// Every fault, without what follows from another one: a name that was meant and mistyped is in use.
    pub(super) fn into_faults(self) -> Vec<Diagnostic> {
        let mut faults = self.faults.into_inner();
        let meant: HashSet<String> = faults.iter().filter_map(|fault| fault.meant.clone()).collect();
        faults.retain(|fault| {
            fault.code != Code::Unused || fault.about.as_ref().is_none_or(|name| !meant.contains(name))
        });
        faults
    }

    /// Whether a broken part of the spec speaks of a name, which may be anything there.
    pub(super) fn may_be(&self, name: &str) -> bool {
        self.spec.unread.mentions(name)
    }

    /// Remembers that a heading of a document is cited, and the fault when nobody recorded it.
    pub(super) fn cite(&self, document: &str, section: &str, fault: Option<Diagnostic>) {
        let mut citations = self.citations.borrow_mut();
        citations.entry(document.to_owned()).or_default().entry(section.to_owned()).or_default().extend(fault);
    }

    /// What was cited so far.
    pub(super) fn citations(&self) -> Citations {
        self.citations.take()
    }

    /// Remembers that the quirk of this file is referred to.
    pub(super) fn use_quirk(&self, owner: &str, id: &str) {
        self.used_quirks.borrow_mut().insert((owner.to_owned(), id.to_owned()));
    }

    pub(super) fn is_quirk_used(&self, owner: &str, id: &str) -> bool {
        self.used_quirks.borrow().contains(&(owner.to_owned(), id.to_owned()))
    }
}

/// The quirks that the statements of one place may refer to, innermost first.
#[derive(Clone)]
pub(super) struct QuirkScope<'s> {
    layers: Vec<Layer<'s>>,
}

#[derive(Clone)]
struct Layer<'s> {
    owner: String,
    file: &'s str,
    quirks: &'s indexmap::IndexMap<String, Quirk>,
}

/// What a field, rule or value inherits from what it belongs to.
pub(super) struct Owner<'o, 's> {
    pub(super) sources: &'o [Source],
    pub(super) scope: &'o QuirkScope<'s>,
    pub(super) view: Option<&'o str>,
}

/// A quirk that was found.
pub(super) struct Found<'q, 's> {
    pub(super) owner: &'q str,
    pub(super) file: &'s str,
    pub(super) quirk: &'s Quirk,
}

impl<'s> QuirkScope<'s> {
    pub(super) fn new() -> Self {
        Self { layers: Vec::new() }
    }

    /// With the quirks of a place, searched before those known so far. `path` leads to the mapping.
    pub(super) fn with(mut self, file: &'s str, quirks: &'s indexmap::IndexMap<String, Quirk>, path: &[&str]) -> Self {
        let owner = owner_key(file, path);
        self.layers.push(Layer { owner, file, quirks });
        self
    }

    /// These layers, and those of another scope before them.
    pub(super) fn then(mut self, inner: &Self) -> Self {
        self.layers.extend(inner.layers.iter().cloned());
        self
    }

    pub(super) fn find<'q>(&'q self, id: &str) -> Option<Found<'q, 's>> {
        self.layers
            .iter()
            .rev()
            .find_map(|layer| layer.quirks.get(id).map(|quirk| Found { owner: &layer.owner, file: layer.file, quirk }))
    }

    pub(super) fn ids(&self) -> impl Iterator<Item = &str> {
        self.layers.iter().flat_map(|layer| layer.quirks.keys().map(String::as_str))
    }
}

/// Names the mapping of quirks at a path of a file.
pub(super) fn owner_key(file: &str, path: &[&str]) -> String {
    let mut key = file.to_owned();
    for segment in path {
        key.push('\u{1f}');
        key.push_str(segment);
    }
    key
}
