//! All named types: where each is defined, what kind it is, and by which ids the model knows it.

use std::collections::{HashMap, HashSet};

use super::context::{Context, QuirkScope};
use super::units::Units;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Source, TypeId, snake_case};
use crate::source::{Node, SourceMap};
use crate::spec::TypeDef;

/// One definition.
pub(super) struct Entry<'s> {
    pub(super) name: &'s str,
    pub(super) file: &'s str,
    pub(super) map: &'s SourceMap,
    pub(super) def: &'s TypeDef,
    /// The keys that lead to the definition inside its file.
    pub(super) path: Vec<&'s str>,
    /// Where it is documented, when it does not say so itself.
    pub(super) inherited: Vec<Source>,
    pub(super) scope: QuirkScope<'s>,
    pub(super) namespace: Vec<String>,
    pub(super) kind: Kind,
    /// The Rust types it becomes, by view.
    pub(super) ids: Vec<(Option<&'s str>, TypeId)>,
}

/// What kind of definition it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Alias,
    Enum,
    Object,
    Mixin,
    Union,
}

/// All definitions.
pub(super) struct Registry<'s> {
    pub(super) entries: Vec<Entry<'s>>,
    pub(super) units: Units,
    by_name: HashMap<&'s str, usize>,
    /// Names whose definition makes no type: to use one is no second fault.
    broken: HashSet<&'s str>,
}

impl<'s> Registry<'s> {
    pub(super) fn empty(units: Units) -> Self {
        Self { entries: Vec::new(), units, by_name: HashMap::new(), broken: HashSet::new() }
    }

    /// Takes a definition in; its name is new.
    pub(super) fn add(&mut self, entry: Entry<'s>) {
        self.by_name.insert(entry.name, self.entries.len());
        self.entries.push(entry);
    }

    /// Remembers names whose definition makes no type.
    pub(super) fn break_off(&mut self, names: impl IntoIterator<Item = &'s str>) {
        self.broken.extend(names);
    }

    pub(super) fn get(&self, name: &str) -> Option<&Entry<'s>> {
        self.by_name.get(name).map(|index| &self.entries[*index])
    }

    pub(super) fn is_broken(&self, name: &str) -> bool {
        self.broken.contains(name)
    }

    pub(super) fn names(&self) -> impl Iterator<Item = &'s str> + '_ {
        self.entries.iter().map(|entry| entry.name)
    }
}

impl<'s> Entry<'s> {
    /// The place of the definition.
    pub(super) fn at(&self) -> Node<'s> {
        Node::root(self.map).below(&self.path)
    }

    pub(super) fn id(&self, view: Option<&str>) -> Option<TypeId> {
        self.ids.iter().find(|(own, _)| *own == view).map(|(_, id)| *id)
    }

    pub(super) fn is_viewed(&self) -> bool {
        !self.def.views.is_empty()
    }
}

/// The module of the types of a file: its folder; `events` is called `event` in Rust.
pub(super) fn namespace(file: &str) -> Vec<String> {
    let mut path: Vec<String> = file.split('/').map(snake_case).collect();
    path.pop();
    if path.first().is_some_and(|first| first == "events") {
        path[0] = "event".to_owned();
    }
    path
}

/// Whether `api.yaml` declares the view.
pub(super) fn check_view(cx: &Context<'_>, view: &str, at: &Node<'_>) -> bool {
    let views = &cx.spec.api.content.views;
    if views.contains_key(view) {
        return true;
    }
    let fault = Diagnostic::at(
        Code::UnknownReference,
        at,
        format!("there is no view `{view}`"),
        "api.yaml does not declare it",
    );
    cx.report(fault.about(view).meant(
        crate::model::nearest(view, views.keys().map(String::as_str)),
        || "declare it under `views` in api.yaml",
    ));
    false
}

/// `BaseInfo` seen from `create` is `NewBaseInfo`.
pub(super) fn rust_name(cx: &Context<'_>, name: &str, view: Option<&str>) -> String {
    match view.and_then(|view| cx.spec.api.content.views.get(view)) {
        Some(view) => format!("{}{name}{}", view.prefix, view.suffix),
        None => name.to_owned(),
    }
}

/// The name inside a type as written: `CardStatus` of `map<CardStatus[]>`.
pub(super) fn base_name(written: &str) -> &str {
    let written = written.trim();
    let inner = written.strip_suffix("[]");
    match inner.or_else(|| written.strip_prefix("map<").and_then(|rest| rest.strip_suffix('>'))) {
        Some(inner) => base_name(inner),
        None => written,
    }
}
