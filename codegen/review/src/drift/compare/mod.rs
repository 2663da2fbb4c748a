//! A page's statements against the model's.

mod back;
mod codes;
mod explain;
mod places;
mod rows;
mod samples;
pub(super) mod slots;

use std::collections::{HashMap, HashSet};

use weixin_codegen::model::{Endpoint, Model};
use weixin_codegen::spec::{File, Spec};

use super::extract::{Facts, Scope, Side, Unread};
use super::page::Page;
use super::report::{About, Counts, Finding, Kind};
use explain::Explanations;
pub use places::Place;
use places::Places;
use slots::{Slot, Slots};
use weixin_codegen::statement::Statement;

/// Every word of a page.
pub(super) fn words(page: &Page) -> HashSet<String> {
    back::words(page.lines.iter().map(|line| line.text.as_str()))
}

/// The place of a key of `sections.yaml`.
pub(super) fn key<T>(file: &File<T>, keys: &[&str]) -> Place {
    places::in_map(&file.map, keys)
}

/// One endpoint or push, with all its keys by side.
pub(super) struct Head<'m> {
    /// `POST /card/code/get`, or the name of a push.
    pub(super) subject: String,
    pub(super) spec: &'m str,
    pub(super) endpoint: Option<&'m Endpoint>,
    pub(super) sides: Vec<(Side, Slots<'m>)>,
    pub(super) sources: &'m [weixin_codegen::model::Source],
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
    explanations: Explanations<'m>,
    /// Names in tables and examples that no address stands above, by the head they were given to.
    pub(super) adopted: HashMap<(&'m str, Side), HashSet<&'m str>>,
    /// Every word of the page.
    pub(super) words: HashSet<String>,
    pub(super) found: Vec<Finding>,
    pub(super) explained: Vec<Finding>,
    pub(super) counts: Counts,
}

/// Compares, and sorts what was found by line.
pub(super) fn compare(
    spec: &Spec,
    model: &Model,
    document: &str,
    facts: &Facts,
    words: HashSet<String>,
) -> (Vec<Finding>, Vec<Finding>, Counts) {
    let (heads, order) = heads(model);
    let mut compare = Compare {
        model,
        spec,
        document,
        facts,
        heads,
        order,
        places: Places::new(spec),
        explanations: Explanations::new(spec, model),
        adopted: HashMap::new(),
        words,
        found: Vec::new(),
        explained: Vec::new(),
        counts: Counts {
            calls: facts.calls.len(),
            tables: facts.tables_read,
            rows: facts.rows_read,
            samples: facts.samples.len(),
            ..Counts::default()
        },
    };
    compare.calls();
    compare.rows();
    compare.samples();
    compare.codes();
    compare.unread();
    compare.back();
    compare.mended();
    let Compare { mut found, mut explained, counts, .. } = compare;
    for list in [&mut found, &mut explained] {
        list.sort_by(|a, b| (a.line, a.kind, &a.subject, &a.about).cmp(&(b.line, b.kind, &b.subject, &b.about)));
        list.dedup();
    }
    (found, explained, counts)
}

fn heads(model: &Model) -> (HashMap<&str, Head<'_>>, Vec<&str>) {
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

    /// The endpoints that the page names, and their verbs.
    fn calls(&mut self) {
        for call in &self.facts.calls {
            self.counts.statements += 1;
            let Some(head) = self.heads.get(call.path.as_str()) else {
                let place = self.places.key("api.yaml", &["areas"]);
                self.note(
                    Kind::New,
                    Some(call.line),
                    None,
                    place,
                    Statement::Endpoint(Some(call.path.clone())),
                    format!("the spec has no endpoint {}", call.path),
                );
                continue;
            };
            let ours = head.endpoint.map(|endpoint| endpoint.method.as_str());
            if let (Some(ours), Some(theirs)) = (ours, call.verb)
                && ours != theirs
            {
                let place = self.places.key(head.spec, &["method"]);
                self.note(
                    Kind::Differs,
                    Some(call.line),
                    Some(&call.path),
                    place,
                    Statement::Verb(theirs.to_owned()),
                    format!("the page says {theirs}, the spec {ours}"),
                );
            }
        }
    }

    /// What nobody could read is a difference until somebody explains it.
    fn unread(&mut self) {
        let facts = self.facts;
        for Unread { from, to, what, scope, why } in &facts.unread {
            let head = match scope {
                Scope::Endpoint(name) | Scope::Event(name) => self.heads.get_key_value(name.as_str()),
                Scope::None => None,
            };
            let head = head.map(|(head, _)| *head);
            let file = head.map_or("api.yaml", |head| self.heads[head].spec);
            let place = self.places.key(file, &["source"]);
            let until = if from == to { String::new() } else { format!(" (to line {to})") };
            self.note(Kind::Unread, Some(*from), head, place, Statement::Unread(what.clone()), format!("{why}{until}"));
        }
    }

    /// Quirks that name statements of this page alone, none of which the page makes any more.
    fn mended(&mut self) {
        // What is explained may stand in what could not be read.
        if self.found.iter().any(|finding| finding.kind == Kind::Unread) {
            return;
        }
        for (id, file, span) in self.explanations.idle(self.document) {
            self.counts.statements += 1;
            let place = Place { file: file.to_owned(), line: span.line, column: span.column };
            self.found.push(Finding {
                kind: Kind::Mended,
                line: None,
                place,
                subject: file.to_owned(),
                about: About::Quirk(id.to_owned()),
                message: format!("nothing on the page needs the quirk `{id}` any more"),
                quirk: None,
            });
        }
    }
}
