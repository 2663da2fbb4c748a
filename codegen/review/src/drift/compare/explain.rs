//! Which quirk explains which statement.

use std::collections::{HashMap, HashSet};

use indexmap::IndexMap;

use weixin_codegen::model::Model;
use weixin_codegen::source::{Node, SourceMap, Span};
use weixin_codegen::spec::{Quirk, Spec};
use weixin_codegen::statement::Statement;

/// A quirk that names statements of pages.
struct Entry<'s> {
    id: &'s str,
    file: &'s str,
    span: Span,
    explains: Vec<Statement>,
    /// The documents it cites; those of its file's endpoint when it cites none.
    documents: Vec<&'s str>,
}

/// All of them, and which were of use.
pub(super) struct Explanations<'s> {
    entries: Vec<Entry<'s>>,
    /// By endpoint or push: the entries that concern it.
    by_head: HashMap<&'s str, Vec<usize>>,
    used: HashSet<usize>,
}

impl<'s> Explanations<'s> {
    pub(super) fn new(spec: &'s Spec, model: &'s Model) -> Self {
        let mut all = Self { entries: Vec::new(), by_head: HashMap::new(), used: HashSet::new() };
        all.take(&spec.api.content.quirks, &spec.api.map, &spec.api.path, &[], &[]);
        for file in &spec.endpoints {
            let cited = &file.content.source.0;
            all.take(&file.content.quirks, &file.map, &file.path, &[], cited);
            for (name, ty) in &file.content.types {
                all.take(&ty.quirks, &file.map, &file.path, &["types", name], cited);
            }
        }
        for file in &spec.events {
            all.take(&file.content.quirks, &file.map, &file.path, &[], &file.content.source.0);
        }
        for file in &spec.types {
            for (name, ty) in &file.content {
                all.take(&ty.quirks, &file.map, &file.path, &[name], &ty.source.0);
            }
        }
        let heads = model.endpoints.iter().map(|endpoint| (endpoint.path.as_str(), &endpoint.quirks));
        for (head, quirks) in heads.chain(model.events.iter().map(|event| (event.name.as_str(), &event.quirks))) {
            let concerned =
                |entry: &Entry<'_>| quirks.iter().any(|quirk| quirk.id == entry.id && quirk.spec == entry.file);
            let at = (0..all.entries.len())
                .filter(|at| concerned(&all.entries[*at]) || all.entries[*at].file == spec.api.path);
            let at = at.collect();
            all.by_head.insert(head, at);
        }
        all
    }

    fn take(
        &mut self,
        quirks: &'s IndexMap<String, Quirk>,
        map: &'s SourceMap,
        file: &'s str,
        path: &[&str],
        cited: &'s [String],
    ) {
        for (id, quirk) in quirks {
            if quirk.explains.is_empty() {
                continue;
            }
            let cited = if quirk.source.0.is_empty() { cited } else { &quirk.source.0 };
            let documents = cited.iter().map(|source| source.split('#').next().unwrap_or_default()).collect();
            // What is no statement, `cargo xtask check` tells.
            let explains = quirk.explains.iter().filter_map(|text| text.parse().ok()).collect();
            let mut keys = path.to_vec();
            keys.extend(["quirks", id]);
            self.entries.push(Entry { id, file, span: key_span(map, &keys), explains, documents });
        }
    }

    /// The quirk that names this statement. One of no endpoint may be explained anywhere.
    pub(super) fn explain(&mut self, head: Option<&str>, said: &Statement) -> Option<String> {
        let everywhere: Vec<usize> = (0..self.entries.len()).collect();
        // What api.yaml explains holds for every call.
        let at = head.and_then(|head| self.by_head.get(head)).unwrap_or(&everywhere);
        let found: Vec<usize> =
            at.iter().copied().filter(|at| self.entries[*at].explains.iter().any(|named| named == said)).collect();
        self.used.extend(&found);
        found.first().map(|at| self.entries[*at].id.to_owned())
    }

    /// Quirks that cite this document and explained nothing: id, file and place.
    pub(super) fn idle(&self, document: &str) -> Vec<(&'s str, &'s str, Span)> {
        let cites = |entry: &Entry<'_>| entry.documents.contains(&document);
        self.entries
            .iter()
            .enumerate()
            .filter(|(at, entry)| cites(entry) && !self.used.contains(at))
            .map(|(_, entry)| (entry.id, entry.file, entry.span))
            .collect()
    }
}

fn key_span(map: &SourceMap, keys: &[&str]) -> Span {
    Node::root(map).below(keys).key_span()
}
