//! A page's statements against the model's.

mod back;
mod codes;
mod explain;
mod places;
mod rows;
mod samples;
pub(super) mod slots;
mod state;
mod states;

use std::collections::{HashMap, HashSet};

use weixin_codegen::model::Model;
use weixin_codegen::spec::Spec;

use super::changes::Change;
use super::extract::{Facts, Scope, Unread};
use super::page::Page;
use super::page::normal::normal;
use super::report::{About, Counts, Finding, Kind};
use explain::Explanations;
pub use places::Place;
use places::Places;
use state::{Compare, heads};
use weixin_codegen::statement::Statement;

/// Every word of a page.
pub(super) fn words(page: &Page) -> HashSet<String> {
    let plain: Vec<String> = page.lines.iter().map(|line| normal(&line.text)).collect();
    back::words(plain.iter().map(String::as_str))
}

/// How much of the document a page is.
#[derive(Debug, Default)]
pub(super) struct Coverage {
    /// Endpoints and pushes of the document that the page names.
    pub(super) named: usize,
    /// All that it should name.
    pub(super) all: usize,
}

impl Coverage {
    /// What is to be said of a page that is another one, or only a part.
    pub(super) fn message(&self, document: &str, sections: usize, gone: &HashSet<String>) -> Option<String> {
        let Self { named, all } = *self;
        let there = sections - gone.len().min(sections);
        if all > 0 && named == 0 && there * 4 <= sections {
            let s = if all == 1 { "" } else { "s" };
            return Some(format!("this is not the document `{document}`: it names 0 of its {all} endpoint{s}"));
        }
        (all > 1 && named * 2 < all).then(|| {
            format!("this is a part of the document `{document}`: {named} of {all} endpoints, {there} of {sections} recorded sections")
        })
    }
}

/// A change of the record, as a finding about the call that it belongs to.
pub(super) fn of_record(spec: &Spec, model: &Model, document: &str, change: Change) -> Finding {
    let Change { section, block, said, scope, message } = change;
    let call = match &scope {
        Scope::Endpoint(path) => {
            let known = model.endpoints.iter().find(|endpoint| endpoint.path == *path);
            Some(known.map_or_else(|| path.clone(), |known| format!("{} {path}", known.method.as_str())))
        }
        Scope::Event(name) => Some(name.clone()),
        Scope::None => None,
    };
    let keys = [document, section.as_str()];
    let place = spec.sections.as_ref().map_or(Place { file: "sections.yaml".to_owned(), line: 1, column: 1 }, |file| {
        places::in_map(&file.map, &keys)
    });
    let subject = call.map_or_else(|| section.clone(), |call| format!("{call} ({section})"));
    let line = said.map(|said| said.line);
    Finding { kind: Kind::Section, line, place, subject, about: About::Record { section, block }, message, quirk: None }
}

/// Compares, and sorts what was found by line.
pub(super) fn compare<'m>(
    spec: &'m Spec,
    model: &'m Model,
    document: &'m str,
    facts: &'m Facts,
    words: HashSet<String>,
    gone: &'m HashSet<String>,
) -> (Vec<Finding>, Vec<Finding>, Counts, Coverage) {
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
        gone,
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
    let coverage = compare.coverage();
    let Compare { mut found, mut explained, counts, .. } = compare;
    for list in [&mut found, &mut explained] {
        list.sort_by(|a, b| (a.line, a.kind, &a.subject, &a.about).cmp(&(b.line, b.kind, &b.subject, &b.about)));
        list.dedup();
    }
    (found, explained, counts, coverage)
}

impl<'m> Compare<'m> {
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

    /// How much of the document the page is: endpoints that a quirk says it lacks are none that it should name.
    fn coverage(&self) -> Coverage {
        let lacks = |head: &&str| {
            let subject = &self.heads[*head].subject;
            let said = About::Statement(Statement::Endpoint(None));
            self.explained.iter().any(|finding| finding.about == said && finding.subject == *subject)
        };
        let cited = self.order.iter().filter(|head| self.heads[**head].cites(self.document) && !lacks(head));
        let all: Vec<&&str> = cited.collect();
        Coverage { named: all.iter().filter(|head| self.is_named(head)).count(), all: all.len() }
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
        // What is explained may stand in what could not be read, or in what is gone.
        if !self.gone.is_empty() || self.found.iter().any(|finding| finding.kind == Kind::Unread) {
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
