//! One walk over everything below some fields, with full JSON paths.

use super::keys::{Key, Keys, Part, distinct, either, inline_contents, keys, type_keys};
use super::{Field, Model, Rule, Source, TypeId, TypeKind};

/// A stop on a walk.
#[derive(Debug)]
pub enum Stop<'s, 'a> {
    /// A key, with its full path.
    Key(&'s str, &'s Key<'a>),
    /// The rules of a nested object, with the object's path.
    Rules(&'s str, &'a [Rule]),
}

/// Walks through everything below some fields, outer keys first. The rules of the outermost object are not
/// visited: its owner has them at hand. A type inside itself is entered once.
pub fn walk<'a>(model: &'a Model, fields: &'a [Field], sources: &'a [Source], visit: &mut dyn FnMut(Stop<'_, 'a>)) {
    let mut walker = Walker { model, visit, entered: Vec::new() };
    let mut path = String::new();
    let keys = keys(model, fields, sources);
    for field in fields.iter().filter(|field| field.flatten) {
        if let Some(id) = field.ty.named() {
            walker.rules("", id);
        }
    }
    walker.level(&mut path, &keys);
}

struct Walker<'a, 'v> {
    model: &'a Model,
    visit: &'v mut dyn FnMut(Stop<'_, 'a>),
    /// The types on the way from the root to here.
    entered: Vec<TypeId>,
}

impl<'a> Walker<'a, '_> {
    fn level(&mut self, path: &mut String, keys: &Keys<'a>) {
        let above = path.len();
        for key in keys.values() {
            if !path.is_empty() {
                path.push('.');
            }
            path.push_str(key.wire);
            (self.visit)(Stop::Key(path, key));
            self.below(path, key);
            path.truncate(above);
        }
    }

    /// Enters the value of a key: parts with the same path are alternatives of each other.
    fn below(&mut self, path: &mut String, key: &Key<'a>) {
        let here = path.len();
        let depth = self.entered.len();
        for suffix in distinct(key.parts.iter().filter(|part| part.named().is_some()).map(Part::suffix)) {
            path.push_str(&suffix);
            let mut alternatives = Vec::new();
            let around = self.entered.clone();
            for part in key.parts.iter().filter(|part| part.suffix() == suffix) {
                let Some(id) = part.named().filter(|id| !around.contains(id)) else {
                    continue;
                };
                self.rules(path, id);
                alternatives.push((part.when, type_keys(self.model, id, part.sources, &mut around.clone())));
                self.entered.push(id);
            }
            let keys = either(alternatives);
            self.level(path, &keys);
            self.entered.truncate(depth);
            path.truncate(here);
        }
    }

    /// The rules of a type, and of what dissolves into it.
    fn rules(&mut self, path: &str, id: TypeId) {
        let model = self.model;
        let mut todo = vec![id];
        let mut seen = self.entered.clone();
        while let Some(id) = todo.pop() {
            if seen.contains(&id) {
                continue;
            }
            seen.push(id);
            match &model.ty(id).kind {
                TypeKind::Object(object) => {
                    if !object.rules.is_empty() {
                        (self.visit)(Stop::Rules(path, &object.rules));
                    }
                    todo.extend(object.fields.iter().filter(|f| f.flatten).filter_map(|f| f.ty.named()));
                }
                TypeKind::Union(union) => todo.extend(inline_contents(union)),
                TypeKind::Enum(_) => {}
            }
        }
    }
}

/// What stands below a key: the way into its value (`[]` for the items of a list), and the keys there.
#[derive(Debug)]
pub struct Below<'a> {
    /// What a path goes on with.
    pub suffix: String,
    /// The types that stand there; more than one where variants differ.
    pub types: Vec<TypeId>,
    /// The keys of all of them.
    pub keys: Keys<'a>,
}

/// What stands below a key, without the types that are entered already.
#[must_use]
pub fn below<'a>(model: &'a Model, key: &Key<'a>, entered: &[TypeId]) -> Vec<Below<'a>> {
    let named = key.parts.iter().filter(|part| part.named().is_some());
    let all = distinct(named.map(Part::suffix)).into_iter().map(|suffix| {
        let (mut types, mut alternatives) = (Vec::new(), Vec::new());
        for part in key.parts.iter().filter(|part| part.suffix() == suffix) {
            let Some(id) = part.named().filter(|id| !entered.contains(id) && !types.contains(id)) else { continue };
            types.push(id);
            alternatives.push((part.when, type_keys(model, id, part.sources, &mut entered.to_vec())));
        }
        Below { suffix, types, keys: either(alternatives) }
    });
    all.filter(|below| !below.keys.is_empty()).collect()
}
