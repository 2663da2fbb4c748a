//! Where in the spec a statement stands.

use std::collections::HashMap;

use indexmap::IndexMap;

use super::slots::{Slot, What};
use weixin_codegen::model::{Model, TypeId};
use weixin_codegen::source::{Node, SourceMap, Span};
use weixin_codegen::spec::{Field, Spec, TypeDef};

/// A position in the spec.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The file, relative to the spec folder.
    pub file: String,
    /// The line, from 1.
    pub line: usize,
    /// The column in characters, from 1.
    pub column: usize,
}

/// Finds the positions of types and fields.
pub(in crate::drift) struct Places<'s> {
    files: HashMap<&'s str, &'s SourceMap>,
    /// Each type by name: its definition, its file, and whether it stands under `types:` there.
    types: HashMap<&'s str, (&'s TypeDef, &'s SourceMap, bool)>,
}

impl<'s> Places<'s> {
    pub(in crate::drift) fn new(spec: &'s Spec) -> Self {
        let mut places = Self { files: HashMap::new(), types: HashMap::new() };
        places.files.insert(&spec.api.path, &spec.api.map);
        places.files.insert(&spec.errors.path, &spec.errors.map);
        for file in &spec.endpoints {
            places.files.insert(&file.path, &file.map);
            places.take(&file.content.types, &file.map, true);
        }
        for file in &spec.events {
            places.files.insert(&file.path, &file.map);
            places.take(&file.content.types, &file.map, true);
        }
        for file in &spec.types {
            places.files.insert(&file.path, &file.map);
            places.take(&file.content, &file.map, false);
        }
        places
    }

    fn take(&mut self, types: &'s IndexMap<String, TypeDef>, map: &'s SourceMap, inside: bool) {
        for (name, def) in types {
            self.types.insert(name, (def, map, inside));
        }
    }

    /// The node under these keys of a file; the nearest one around it when there is none.
    pub(in crate::drift) fn key(&self, file: &str, keys: &[&str]) -> Place {
        self.files
            .get(file)
            .map_or_else(|| Place { file: file.to_owned(), line: 1, column: 1 }, |map| place(map, span(map, keys)))
    }

    /// A key of one side of an endpoint or event. `parts` are the maps of the head that may hold it.
    pub(in crate::drift) fn slot(&self, model: &Model, head: &str, parts: &[&str], slot: &Slot<'_>) -> Place {
        match slot.owner {
            None => self.top(head, parts, slot.wire).unwrap_or_else(|| self.key(head, &[])),
            Some(owner) => self.member(model, owner, slot),
        }
    }

    fn top(&self, head: &str, parts: &[&str], wire: &str) -> Option<Place> {
        let map = self.files.get(head)?;
        // A key that is not there gets the place of what is around it; only its own text proves it.
        parts
            .iter()
            .map(|part| span(map, &[part, wire]))
            .find(|at| map.text()[at.start..at.end].trim_matches(['"', '\'']) == wire)
            .map(|at| place(map, at))
    }

    fn member(&self, model: &Model, owner: TypeId, slot: &Slot<'_>) -> Place {
        let ty = model.ty(owner);
        let keys: &[&str] = match slot.what {
            What::Field(field) => return self.field(&ty.name, &field.wire).unwrap_or_else(|| self.key(&ty.spec, &[])),
            What::Tag(_) => &["union", "tag"],
            What::Key(variant) => &["union", "variants", &variant.ident],
        };
        self.in_type(&ty.name, keys).unwrap_or_else(|| self.key(&ty.spec, &[]))
    }

    /// A field of a type, also of one that it includes.
    fn field(&self, ty: &str, wire: &str) -> Option<Place> {
        let (def, ..) = self.types.get(ty)?;
        let own = def.fields.as_ref().is_some_and(|fields: &IndexMap<String, Field>| fields.contains_key(wire));
        if own {
            self.in_type(ty, &["fields", wire])
        } else {
            def.include.iter().find_map(|mixin| self.field(mixin, wire))
        }
    }

    fn in_type(&self, ty: &str, keys: &[&str]) -> Option<Place> {
        let (_, map, inside) = self.types.get(ty)?;
        let mut all: Vec<&str> = if *inside { vec!["types", ty] } else { vec![ty] };
        all.extend(keys);
        Some(place(map, span(map, &all)))
    }
}

/// The place of a key of a file.
pub(super) fn in_map(map: &SourceMap, keys: &[&str]) -> Place {
    place(map, span(map, keys))
}

fn place(map: &SourceMap, span: Span) -> Place {
    Place { file: map.path().to_string(), line: span.line, column: span.column }
}

fn span(map: &SourceMap, keys: &[&str]) -> Span {
    Node::root(map).below(keys).key_span()
}
