//! Error codes and limits in running text.

use super::state::Compare;
use crate::drift::extract::{Scope, limits};
use crate::drift::report::Kind;
use weixin_codegen::statement::{Most, Statement};

impl Compare<'_> {
    pub(super) fn codes(&mut self) {
        let facts = self.facts;
        for code in &facts.codes {
            self.counts.statements += 1;
            let head = match &code.scope {
                Scope::Endpoint(path) => self.heads.get_key_value(path.as_str()).map(|(head, _)| *head),
                Scope::Event(_) | Scope::None => None,
            };
            let endpoint = head.and_then(|head| self.heads[head].endpoint);
            let number = code.code.to_string();
            match endpoint {
                Some(endpoint) if !endpoint.errors.iter().any(|error| error.code == code.code) => {
                    let place = self.places.key(&endpoint.spec, &["errors"]);
                    let message = format!("the spec does not list the code {number} here");
                    self.note(Kind::New, Some(code.line), head, place, Statement::Error(code.code), message);
                }
                None if self.model.error(code.code).is_none() || !self.is_cited(code.code) => {
                    let place = self.places.key("errors.yaml", &[&number]);
                    let message = format!("the spec does not cite this document for the code {number}");
                    self.note(Kind::New, Some(code.line), None, place, Statement::Error(code.code), message);
                }
                _ => {}
            }
        }
        self.notes();
    }

    /// Whether anything about the code cites this document.
    fn is_cited(&self, code: i64) -> bool {
        self.cited_codes().any(|(known, ..)| known == code)
    }

    /// Every code for which this document is cited, with the file and the keys that cite it.
    pub(super) fn cited_codes(&self) -> impl Iterator<Item = (i64, &str, Option<&str>)> {
        let document = self.document;
        let cites = move |sources: &[String]| sources.iter().any(|source| source.split('#').next() == Some(document));
        let general = self
            .spec
            .errors
            .content
            .iter()
            .filter(move |(_, entry)| cites(&entry.source.0))
            .map(|(code, _)| (*code, "errors.yaml", None));
        let narrow = self.spec.endpoints.iter().flat_map(move |file| {
            let path = file.path.as_str();
            let head = self
                .model
                .endpoints
                .iter()
                .find(|endpoint| endpoint.spec == path)
                .map(|endpoint| endpoint.path.as_str());
            file.content
                .errors
                .iter()
                .filter(move |(_, error)| cites(&error.source.0))
                .map(move |(code, _)| (*code, path, head))
        });
        general.chain(narrow)
    }

    /// Limits that a note states for the call as a whole.
    fn notes(&mut self) {
        let facts = self.facts;
        for note in &facts.notes {
            let Scope::Endpoint(path) = &note.scope else { continue };
            let Some((head, known)) = self.heads.get_key_value(path.as_str()).map(|(head, known)| (*head, known))
            else {
                continue;
            };
            for limit in limits::in_words(&note.text) {
                self.counts.statements += 1;
                let stated = self.endpoint_states(head, limit)
                    || known_sides(known).any(|slot| super::states::states(slot, limit));
                if !stated {
                    let place = self.places.key(self.heads[head].spec, &["rules"]);
                    let most = Most { value: limit.value, counts: limit.counts.name().to_owned() };
                    let message = format!(
                        "a note says at most {} ({}), which the spec does not",
                        limit.value,
                        limit.counts.name()
                    );
                    self.note(Kind::Differs, Some(note.line), Some(head), place, Statement::Note(most), message);
                    break;
                }
            }
        }
    }
}

fn known_sides<'h, 'm>(head: &'h super::state::Head<'m>) -> impl Iterator<Item = &'h super::slots::Slot<'m>> {
    head.sides.iter().flat_map(|(_, slots)| &slots.all)
}
