//! Examples against the keys of the endpoint.

use super::slots::{Slot, Slots, What, kinds};
use super::state::Compare;
use crate::drift::extract::json::{Node, Value};
use crate::drift::extract::{Sample, Scope, Side};
use crate::drift::report::Kind;
use weixin_codegen::model::{Model, TypeId, TypeRef};
use weixin_codegen::statement::{About, Statement};

impl<'m> Compare<'m> {
    pub(super) fn samples(&mut self) {
        let facts = self.facts;
        let mut guess = None;
        for sample in &facts.samples {
            let Value::Object(entries) = &sample.mended.node.value else { continue };
            let names: Vec<&str> = entries.iter().map(|(name, ..)| name.as_str()).collect();
            self.counts.mended += sample.mended.defects.len();
            let Some(head) = self.head_of(&sample.scope, sample.side, &names, &mut guess) else { continue };
            if sample.scope == Scope::None {
                self.adopted.entry((head, sample.side)).or_default().extend(&names);
            }
            self.defects(head, sample);
            let differences = {
                let Some(slots) = self.heads[head].slots(sample.side) else { continue };
                let mut walk = Walk { model: self.model, slots, side: sample.side, statements: 0, out: Vec::new() };
                walk.object("", entries, None);
                self.counts.statements += walk.statements;
                walk.out
            };
            for Difference { kind, line, key, message, slot } in differences {
                let place = self.place(head, sample.side, slot.as_ref());
                self.note(kind, Some(line), Some(head), place, key, message);
            }
        }
    }

    fn defects(&mut self, head: &'m str, sample: &Sample) {
        // Once for each kind: a page with one no-break space has them on every line.
        let mut told = Vec::new();
        for (line, defect) in &sample.mended.defects {
            if told.contains(defect) {
                continue;
            }
            told.push(*defect);
            self.counts.statements += 1;
            let place = self.place(head, sample.side, None);
            let key = Statement::Defect(sample.side, defect.name().to_owned());
            let message = format!("the example is no JSON: {}", defect.name());
            self.note(Kind::Differs, Some(*line), Some(head), place, key, message);
        }
    }
}

struct Difference<'m> {
    kind: Kind,
    line: usize,
    key: Statement,
    message: String,
    slot: Option<Slot<'m>>,
}

struct Walk<'w, 'm> {
    model: &'m Model,
    slots: &'w Slots<'m>,
    side: Side,
    statements: usize,
    out: Vec<Difference<'m>>,
}

impl<'m> Walk<'_, 'm> {
    /// `within` are the types whose keys may stand here; none at the top.
    fn object(&mut self, path: &str, entries: &[(String, usize, Node)], within: Option<&[TypeId]>) {
        for (name, line, node) in entries {
            self.statements += 1;
            if within.is_none() && self.side == Side::Response && self.model.api.is_envelope(name) {
                continue;
            }
            let here = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
            let slots: Vec<Slot<'m>> = self
                .slots
                .named(name)
                .into_iter()
                .filter(|slot| match (within, slot.owner) {
                    (None, None) => true,
                    (None, Some(owner)) => self.slots.roots.contains(&owner),
                    (Some(within), Some(owner)) => within.contains(&owner),
                    (Some(_), None) => false,
                })
                .cloned()
                .collect();
            if slots.is_empty() {
                let key = Statement::field(self.side, &here, About::Name);
                let message = format!("the example has `{here}`, the spec does not");
                self.out.push(Difference { kind: Kind::New, line: *line, key, message, slot: None });
                continue;
            }
            self.kind(&here, *line, node, &slots);
            self.below(&here, node, &slots);
        }
    }

    fn kind(&mut self, here: &str, line: usize, node: &Node, slots: &[Slot<'m>]) {
        self.statements += 1;
        let Some(found) = kind(&node.value) else { return };
        let agrees = slots.iter().any(|slot| match slot.what {
            What::Field(field) => kinds(self.model, &field.ty).is_none_or(|kinds| kinds.contains(&found)),
            What::Tag(_) => found == "text",
            What::Key(_) => found == "object",
        });
        if !agrees {
            let key = Statement::field(self.side, here, About::Kind(found.to_owned()));
            let message = format!("the example has `{here}` as {found}, which the spec does not take");
            self.out.push(Difference { kind: Kind::Differs, line, key, message, slot: slots.first().cloned() });
        }
        if let Value::Text(text) = &node.value {
            self.value(here, line, text, slots);
        }
    }

    /// A word in capitals where the spec lists values must be one of them.
    fn value(&mut self, here: &str, line: usize, text: &str, slots: &[Slot<'m>]) {
        let lists: Vec<Vec<&str>> = slots.iter().filter_map(|slot| slot.values(self.model)).collect();
        if lists.is_empty() || lists.iter().flatten().any(|value| *value == text) {
            return;
        }
        if self.side == Side::Response && slots.iter().any(|slot| slot.is_response_form(self.model, text)) {
            return;
        }
        let key = Statement::field(self.side, here, About::Value(text.to_owned()));
        let message = format!("`{here}`: the spec does not list the value `{text}`");
        self.out.push(Difference { kind: Kind::New, line, key, message, slot: slots.first().cloned() });
    }

    fn below(&mut self, here: &str, node: &Node, slots: &[Slot<'m>]) {
        let free = slots.iter().all(|slot| matches!(slot.what, What::Field(field) if matches!(field.ty, TypeRef::Map(_)) || kinds(self.model, &field.ty).is_none()));
        if free {
            return;
        }
        let inside: Vec<TypeId> = slots.iter().flat_map(|slot| slot.inside.iter().copied()).collect();
        match &node.value {
            Value::Object(entries) => self.object(here, entries, Some(&inside)),
            Value::List(items) => {
                for item in items {
                    match &item.value {
                        Value::Object(entries) => self.object(here, entries, Some(&inside)),
                        Value::Text(text) => self.value(here, item.line, text, slots),
                        _ => {}
                    }
                }
            }
            _ => {}
        }
    }
}

fn kind(value: &Value) -> Option<&'static str> {
    match value {
        Value::Text(_) => Some("text"),
        Value::Number(_) => Some("number"),
        Value::Bool(_) => Some("bool"),
        Value::Null => None,
        Value::List(_) => Some("list"),
        Value::Object(_) => Some("object"),
    }
}
