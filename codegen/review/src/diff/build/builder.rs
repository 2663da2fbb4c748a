//! One side of the comparison, with its types by name, and where its statements stand.

use std::collections::HashMap;

use crate::diff::sides::{Group, Side};
use crate::diff::tree::{Home, Thing};
use weixin_codegen::model::{Quirk, Source, Type};
use weixin_codegen::spec::TypeDef;

/// A thing at the top, and where it is shown.
pub(in crate::diff) struct Root {
    pub(in crate::diff) group: Group,
    /// Where the paths of its parts begin.
    pub(in crate::diff) path: String,
    pub(in crate::diff) view: Option<String>,
    pub(in crate::diff) thing: Thing,
}

/// A type as written.
pub(in crate::diff) struct Written<'a> {
    pub(in crate::diff) file: &'a str,
    /// From the top of the file to the definition.
    pub(in crate::diff) node: Vec<String>,
    pub(in crate::diff) def: &'a TypeDef,
    /// Where its changes are shown.
    pub(in crate::diff) group: Group,
    pub(in crate::diff) path: String,
}

/// One side of the comparison, with its types by name.
pub(in crate::diff) struct Builder<'a> {
    pub(in crate::diff) side: &'a Side<'a>,
    pub(in crate::diff) written: HashMap<&'a str, Written<'a>>,
}

impl<'a> Builder<'a> {
    pub(in crate::diff) fn new(side: &'a Side<'a>) -> Self {
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

    pub(super) fn home_of(&self, ty: &Type) -> (Group, String) {
        self.written
            .get(ty.name.as_str())
            .map_or_else(|| (Group::Type(ty.name.clone()), String::new()), |at| (at.group.clone(), at.path.clone()))
    }

    /// The definition of a type as a place that lends statements.
    pub(super) fn lender(&self, name: &str) -> Option<Home> {
        let at = self.written.get(name)?;
        Some(Home { file: at.file.to_owned(), node: at.node.clone(), group: at.group.clone(), path: at.path.clone() })
    }

    /// Where a quirk is explained: an id is unique only within the mapping that explains it.
    pub(super) fn explained(&self, quirk: &Quirk) -> Option<Home> {
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
pub(in crate::diff) fn cited(sources: &[Source]) -> String {
    let one = |source: &Source| match &source.section {
        Some(section) => format!("{}#{section}", source.document),
        None => source.document.clone(),
    };
    sources.iter().map(one).collect::<Vec<_>>().join(", ")
}

/// Citations, where they are a statement of their own.
pub(in crate::diff) fn own_sources(sources: &[Source], owner: &[Source]) -> String {
    if sources == owner { "as what it belongs to".to_owned() } else { cited(sources) }
}

/// Makes names that occur twice distinct: the second `requires(a)` is `requires(a)#2`.
pub(in crate::diff) fn distinct(things: &mut [Thing]) {
    let mut seen: HashMap<String, usize> = HashMap::new();
    for thing in things {
        let count = seen.entry(thing.name.clone()).or_default();
        *count += 1;
        if *count > 1 {
            thing.name = format!("{}#{count}", thing.name);
        }
    }
}
