//! A comparison while it runs: what is compared, and what was found so far.

use std::collections::{HashMap, HashSet};

use super::explain::Explanations;
use super::places::{Place, Places};
use super::slots::{Slot, Slots};
use crate::drift::extract::{Facts, Side};
use crate::drift::report::{About, Counts, Finding, Kind};
use weixin_codegen::model::{Endpoint, Model, Source};
use weixin_codegen::spec::{Spec, section};
use weixin_codegen::statement::Statement;

/// One endpoint or push, with all its keys by side.
pub(super) struct Head<'m> {
    /// `POST /card/code/get`, or the name of a push.
    pub(super) subject: String,
    pub(super) spec: &'m str,
    pub(super) endpoint: Option<&'m Endpoint>,
    pub(super) sides: Vec<(Side, Slots<'m>)>,
    pub(super) sources: &'m [Source],
}

impl<'m> Head<'m> {
    pub(super) fn slots(&self, side: Side) -> Option<&Slots<'m>> {
        self.sides.iter().find(|(known, _)| *known == side).map(|(_, slots)| slots)
    }

    pub(super) fn cites(&self, document: &str) -> bool {
        self.sources.iter().any(|source| source.document == document)
    }
}

/// The comparison while it runs.
pub(super) struct Compare<'m> {
    pub(super) model: &'m Model,
    pub(super) spec: &'m Spec,
    pub(super) document: &'m str,
    pub(super) facts: &'m Facts,
    /// By URL path, or by the name of a push.
    pub(super) heads: HashMap<&'m str, Head<'m>>,
    /// The same in the order of the model, so that ties are broken alike in every run.
    pub(super) order: Vec<&'m str>,
    pub(super) places: Places<'m>,
    pub(super) explanations: Explanations<'m>,
    /// Names in tables and examples that no address stands above, by the head they were given to.
    pub(super) adopted: HashMap<(&'m str, Side), HashSet<&'m str>>,
    /// Every word of the page.
    pub(super) words: HashSet<String>,
    /// The recorded sections that the page lacks; what hangs on them is told with them.
    pub(super) gone: &'m HashSet<String>,
    pub(super) found: Vec<Finding>,
    pub(super) explained: Vec<Finding>,
    pub(super) counts: Counts,
}

/// Every endpoint and push, by path or name, and the same in the order of the model.
pub(super) fn heads(model: &Model) -> (HashMap<&str, Head<'_>>, Vec<&str>) {
    let mut heads = HashMap::new();
    let mut order = Vec::new();
    for endpoint in &model.endpoints {
        let sides = vec![
            (Side::Request, Slots::below(model, &[&endpoint.request.query, &endpoint.request.body])),
            (Side::Response, Slots::below(model, &[&endpoint.response.object])),
        ];
        let subject = format!("{} {}", endpoint.method.as_str(), endpoint.path);
        order.push(endpoint.path.as_str());
        heads.insert(
            endpoint.path.as_str(),
            Head { subject, spec: &endpoint.spec, endpoint: Some(endpoint), sides, sources: &endpoint.sources },
        );
    }
    for event in &model.events {
        let sides = vec![(Side::Push, Slots::below(model, &[&event.object]))];
        order.push(event.name.as_str());
        heads.insert(
            event.name.as_str(),
            Head { subject: event.name.clone(), spec: &event.spec, endpoint: None, sides, sources: &event.sources },
        );
    }
    (heads, order)
}

impl<'m> Compare<'m> {
    /// Notes a difference; a quirk that names it explains it.
    pub(super) fn note(
        &mut self,
        kind: Kind,
        line: Option<usize>,
        head: Option<&str>,
        place: Place,
        said: Statement,
        message: String,
    ) {
        let subject = head
            .and_then(|head| self.heads.get(head))
            .map_or_else(|| "the page".to_owned(), |head| head.subject.clone());
        let quirk = self.explanations.explain(head, &said);
        let finding = Finding { kind, line, place, subject, about: About::Statement(said), message, quirk };
        if finding.quirk.is_some() { self.explained.push(finding) } else { self.found.push(finding) }
    }

    /// Where the spec speaks of a key of an endpoint.
    pub(super) fn place(&self, head: &str, side: Side, slot: Option<&Slot<'_>>) -> Place {
        let Some(head) = self.heads.get(head) else { return self.places.key("api.yaml", &[]) };
        let parts: &[&str] = match side {
            Side::Request => &["query", "request"],
            Side::Response => &["response"],
            Side::Push => &["fields"],
        };
        match slot {
            Some(slot) => self.places.slot(self.model, head.spec, parts, slot),
            None => self.places.key(head.spec, parts.last().map(std::slice::from_ref).unwrap_or_default()),
        }
    }

    /// Whether all that is cited here stood in sections that the page lacks.
    pub(super) fn is_lost(&self, sources: &[Source]) -> bool {
        let here = || sources.iter().filter(|source| source.document == self.document);
        let lost = |source: &Source| {
            let heading = source.section.as_deref().unwrap_or_default();
            self.gone.iter().any(|name| section::is_named(name, heading))
        };
        !self.gone.is_empty() && here().next().is_some() && here().all(lost)
    }
}
