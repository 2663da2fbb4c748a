//! From a statement to its line: the statement's own key, or that of whoever lends it.

use std::collections::HashMap;

use super::build::Builder;
use super::tree::{Home, Spot};
use weixin_codegen::source::{Node, SourceMap};

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

/// Where a statement was found.
pub(super) struct Found {
    pub(super) place: Place,
    /// Whoever lends it: an alias, a mixin, an explained quirk.
    pub(super) home: Option<Home>,
}

/// The files of one side by name.
pub(super) struct Places<'a> {
    maps: HashMap<&'a str, &'a SourceMap>,
    builder: &'a Builder<'a>,
}

impl<'a> Places<'a> {
    pub(super) fn new(builder: &'a Builder<'a>) -> Self {
        let spec = builder.side.spec;
        let mut maps = HashMap::from([(&*spec.api.path, &spec.api.map), (&*spec.errors.path, &spec.errors.map)]);
        maps.extend(spec.sections.iter().map(|file| (&*file.path, &file.map)));
        maps.extend(spec.endpoints.iter().map(|file| (&*file.path, &file.map)));
        maps.extend(spec.events.iter().map(|file| (&*file.path, &file.map)));
        maps.extend(spec.types.iter().map(|file| (&*file.path, &file.map)));
        Self { maps, builder }
    }

    /// Where a statement stands; for one that is not there, the nearest node around the place where it would.
    pub(super) fn find(&self, spot: &Spot, keys: &[&str]) -> Option<Found> {
        let mixin = self.mixin(spot);
        let node = mixin.as_ref().map_or(&spot.node, |home| &home.node);
        let file = mixin.as_ref().map_or(spot.file.as_str(), |home| home.file.as_str());
        let views = spot.view.iter().map(|view| extend(node, &["in", view]));
        for base in views.chain([node.clone()]) {
            for key in keys {
                let full = with_keys(&base, key);
                if self.has(file, &full) {
                    return self.place(file, &full).map(|place| Found { place, home: mixin });
                }
            }
        }
        for lender in &spot.lenders {
            for key in keys {
                let full = with_keys(&lender.node, key);
                if self.has(&lender.file, &full) {
                    return self.place(&lender.file, &full).map(|place| Found { place, home: Some(lender.clone()) });
                }
            }
        }
        let in_view = spot.view.iter().map(|view| extend(node, &["in", view])).find(|full| self.has(file, full));
        let full = in_view.as_ref().unwrap_or(node);
        self.place(file, full).map(|place| Found { place, home: mixin })
    }

    /// Whether a home is there on this side, and whether it has one of these keys.
    pub(super) fn home_has(&self, home: &Home, keys: &[&str]) -> Option<bool> {
        self.has(&home.file, &home.node)
            .then(|| keys.iter().any(|key| self.has(&home.file, &with_keys(&home.node, key))))
    }

    /// Whether what stands so many levels above a home is there on this side.
    pub(super) fn has_owner(&self, home: &Home, levels: usize) -> bool {
        self.has(&home.file, &home.node[..home.node.len().saturating_sub(levels)])
    }

    /// A home as written; empty when this side lacks it.
    pub(super) fn text(&self, home: &Home) -> &'a str {
        let Some(map) = self.maps.get(home.file.as_str()).filter(|_| self.has(&home.file, &home.node)) else {
            return "";
        };
        let span = with_node(map, &home.node, &|node| node.span());
        &map.text()[span.start..span.end]
    }

    /// The types that include a mixin, directly or through another.
    pub(super) fn including(&self, mixin: &str) -> Vec<&'a str> {
        let mut found = vec![];
        let mut open = vec![mixin.to_owned()];
        while let Some(wanted) = open.pop() {
            for (name, at) in &self.builder.written {
                if at.def.include.contains(&wanted) && !found.contains(name) {
                    found.push(*name);
                    open.push((*name).to_owned());
                }
            }
        }
        found
    }

    /// The mixin that really has the node.
    fn mixin(&self, spot: &Spot) -> Option<Home> {
        if self.has(&spot.file, &spot.node) {
            return None;
        }
        let owner = self.builder.written.get(spot.owner.as_deref()?)?;
        let below = spot.node.strip_prefix(owner.node.as_slice())?;
        self.included(&owner.def.include, below, 0)
    }

    fn included(&self, mixins: &[String], below: &[String], depth: usize) -> Option<Home> {
        let mut found = mixins.iter().filter_map(|name| self.builder.written.get(name.as_str()).map(|at| (name, at)));
        found.find_map(|(_, at)| {
            let mut node = at.node.clone();
            node.extend_from_slice(below);
            if self.has(at.file, &node) {
                let path = super::sides::join(&at.path, below.get(1).map_or("", String::as_str));
                return Some(Home { file: at.file.to_owned(), node, group: at.group.clone(), path });
            }
            (depth < 8).then(|| self.included(&at.def.include, below, depth + 1)).flatten()
        })
    }

    fn has(&self, file: &str, node: &[String]) -> bool {
        self.maps.get(file).is_some_and(|map| with_node(map, node, &|node| node.exists()))
    }

    fn place(&self, file: &str, node: &[String]) -> Option<Place> {
        let map = self.maps.get(file)?;
        let span = with_node(map, node, &|node| node.key_span());
        Some(Place { file: file.to_owned(), line: span.line, column: span.column })
    }
}

fn extend(node: &[String], segs: &[&str]) -> Vec<String> {
    node.iter().cloned().chain(segs.iter().map(|seg| (*seg).to_owned())).collect()
}

fn with_keys(node: &[String], keys: &str) -> Vec<String> {
    let segs: Vec<&str> = keys.split('/').filter(|seg| !seg.is_empty()).collect();
    extend(node, &segs)
}

/// Calls `then` with the node at the end of a path.
fn with_node<R>(map: &SourceMap, path: &[String], then: &dyn Fn(&Node<'_>) -> R) -> R {
    // Items of a list are found by their number, which the map spells like a key.
    then(&Node::root(map).below(path))
}
