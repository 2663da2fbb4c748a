//! From a model to the tree that is compared.

mod endpoint;
mod field;
mod general;
mod named;
mod rule;

pub(super) use named::{in_view, type_key};

use std::collections::HashMap;

use super::tree::{Home, Thing};
use super::{Group, Side};
use weixin_codegen::model::{Quirk, Source, Type};
use weixin_codegen::spec::TypeDef;

/// A thing at the top, and where it is shown.
pub(super) struct Root {
    pub(super) group: Group,
    /// Where the paths of its parts begin.
    pub(super) path: String,
    pub(super) view: Option<String>,
    pub(super) thing: Thing,
}

/// A type as written.
pub(super) struct Written<'a> {
    pub(super) file: &'a str,
    /// From the top of the file to the definition.
    pub(super) node: Vec<String>,
    pub(super) def: &'a TypeDef,
    /// Where its changes are shown.
    pub(super) group: Group,
    pub(super) path: String,
}

/// One side of the comparison, with its types by name.
pub(super) struct Builder<'a> {
    pub(super) side: &'a Side<'a>,
    pub(super) written: HashMap<&'a str, Written<'a>>,
}

impl<'a> Builder<'a> {
    pub(super) fn new(side: &'a Side<'a>) -> Self {
        let spec = side.spec;
        let mut written = HashMap::new();
        for file in &spec.types {
            for (name, def) in &file.content {
                let node = vec![name.clone()];
                let group = Group::Type(name.clone());
                written.insert(name.as_str(), Written { file: &file.path, node, def, group, path: String::new() });
            }
        }
        let endpoints = spec.endpoints.iter().map(|file| {
            (Group::Endpoint(format!("/{}", file.path.trim_end_matches(".yaml"))), &file.path, &file.content.types)
        });
        let events = spec
            .events
            .iter()
            .map(|file| (Group::Event(event_name(&file.path).to_owned()), &file.path, &file.content.types));
        for (group, file, types) in endpoints.chain(events) {
            for (name, def) in types {
                let node = vec!["types".to_owned(), name.clone()];
                // A type of one endpoint is shown with the endpoint.
                written.insert(name.as_str(), Written { file, node, def, group: group.clone(), path: name.clone() });
            }
        }
        Self { side, written }
    }

    /// Everything the model says.
    pub(super) fn roots(&self) -> Vec<Root> {
        let model = self.side.model;
        let mut roots = vec![self.general(), self.errors()];
        for endpoint in &model.endpoints {
            let group = Group::Endpoint(endpoint.path.clone());
            roots.push(Root { group, path: String::new(), view: None, thing: self.endpoint(endpoint) });
        }
        for event in &model.events {
            let group = Group::Event(event.name.clone());
            roots.push(Root { group, path: String::new(), view: None, thing: self.event(event) });
        }
        for ty in &model.types {
            let (group, path) = self.home_of(ty);
            roots.push(Root { group, path, view: ty.view.clone(), thing: self.named(ty) });
        }
        roots
    }

    fn home_of(&self, ty: &Type) -> (Group, String) {
        self.written
            .get(ty.name.as_str())
            .map_or_else(|| (Group::Type(ty.name.clone()), String::new()), |at| (at.group.clone(), at.path.clone()))
    }

    /// The definition of a type as a place that lends statements.
    fn lender(&self, name: &str) -> Option<Home> {
        let at = self.written.get(name)?;
        Some(Home { file: at.file.to_owned(), node: at.node.clone(), group: at.group.clone(), path: at.path.clone() })
    }

    /// Where a quirk is explained: an id is unique only within the mapping that explains it.
    fn explained(&self, quirk: &Quirk) -> Option<Home> {
        let spec = self.side.spec;
        let same = |written: Option<&weixin_codegen::spec::Quirk>| {
            let says = written.and_then(|written| written.says.as_ref()).and_then(|says| says.en.as_deref());
            says.is_some_and(|says| says.trim() == quirk.says.en)
        };
        let home = |node: Vec<String>, group: &Group, path: &str| {
            let node = node.into_iter().chain(["quirks".to_owned(), quirk.id.clone()]).collect();
            let path =
                if path.is_empty() { format!("quirks.{}", quirk.id) } else { format!("{path}.quirks.{}", quirk.id) };
            Home { file: quirk.spec.clone(), node, group: group.clone(), path }
        };
        if quirk.spec == spec.api.path && same(spec.api.content.quirks.get(&quirk.id)) {
            return Some(home(Vec::new(), &Group::General, ""));
        }
        let in_endpoint = spec.endpoints.iter().find(|file| file.path == quirk.spec);
        if same(in_endpoint.and_then(|file| file.content.quirks.get(&quirk.id))) {
            return Some(home(Vec::new(), &Group::Endpoint(format!("/{}", quirk.spec.trim_end_matches(".yaml"))), ""));
        }
        let in_event = spec.events.iter().find(|file| file.path == quirk.spec);
        if same(in_event.and_then(|file| file.content.quirks.get(&quirk.id))) {
            return Some(home(Vec::new(), &Group::Event(event_name(&quirk.spec).to_owned()), ""));
        }
        let mut types = self.written.values().filter(|at| at.file == quirk.spec);
        types.find(|at| same(at.def.quirks.get(&quirk.id))).map(|at| home(at.node.clone(), &at.group, &at.path))
    }
}

/// `events/card_pass.yaml` is the push `card_pass`.
fn event_name(file: &str) -> &str {
    file.trim_start_matches("events/").trim_end_matches(".yaml")
}

/// Citations as one text.
pub(super) fn cited(sources: &[Source]) -> String {
    let one = |source: &Source| match &source.section {
        Some(section) => format!("{}#{section}", source.document),
        None => source.document.clone(),
    };
    sources.iter().map(one).collect::<Vec<_>>().join(", ")
}

/// Citations, where they are a statement of their own.
pub(super) fn own_sources(sources: &[Source], owner: &[Source]) -> String {
    if sources == owner { "as what it belongs to".to_owned() } else { cited(sources) }
}

/// Makes names that occur twice distinct: the second `requires(a)` is `requires(a)#2`.
pub(super) fn distinct(things: &mut [Thing]) {
    let mut seen: HashMap<String, usize> = HashMap::new();
    for thing in things {
        let count = seen.entry(thing.name.clone()).or_default();
        *count += 1;
        if *count > 1 {
            thing.name = format!("{}#{count}", thing.name);
        }
    }
}
