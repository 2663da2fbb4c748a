//! The other way round: what the spec says of this page, and whether the page still does.

use std::collections::HashSet;

use super::rows::is_wire;
use super::slots::{Slot, What};
use super::state::Compare;
use crate::drift::extract::json::{Node, Value};
use crate::drift::extract::limits::{self, AtMost, Counts, spelling};
use crate::drift::extract::{FieldRow, Scope, Side};
use crate::drift::report::Kind;
use weixin_codegen::model::{Bound, EnumKind, Source, Unit};
use weixin_codegen::statement::{About, Most, Statement};

impl<'m> Compare<'m> {
    pub(super) fn back(&mut self) {
        for head in self.order.clone() {
            if !self.heads[head].cites(self.document) || self.is_lost(self.heads[head].sources) {
                continue;
            }
            self.counts.statements += 1;
            if !self.is_named(head) {
                let place = self.places.key(self.heads[head].spec, &["source"]);
                self.note(
                    Kind::Gone,
                    None,
                    Some(head),
                    place,
                    Statement::Endpoint(None),
                    "the page does not name it".to_owned(),
                );
                continue;
            }
            for side in [Side::Request, Side::Response, Side::Push] {
                let printed = self.printed_at(head, side);
                let slots: Vec<Slot<'m>> =
                    self.heads[head].slots(side).map(|slots| slots.all.clone()).unwrap_or_default();
                for slot in &slots {
                    if self.is_only_here(slot.sources()) && !self.is_lost(slot.sources()) {
                        self.slot(head, side, slot, &printed);
                    }
                }
            }
        }
        self.codes_back();
    }

    /// Whether this document is the only one that says it: others may say what this one does not.
    fn is_only_here(&self, sources: &[Source]) -> bool {
        !sources.is_empty() && sources.iter().all(|source| source.document == self.document)
    }

    pub(super) fn is_named(&self, head: &str) -> bool {
        let call = self.facts.calls.iter().any(|call| call.path == head);
        call || self.facts.samples.iter().any(|sample| sample.scope == Scope::Event(head.to_owned()))
    }

    /// The names in the tables and examples of one side of a call.
    fn printed_at(&self, head: &str, side: Side) -> HashSet<&'m str> {
        let here = |scope: &Scope| matches!(scope, Scope::Endpoint(path) | Scope::Event(path) if path == head);
        let tables = self.facts.tables.iter().filter(|table| table.side == side && here(&table.scope));
        let mut names: HashSet<&str> = tables.flat_map(|table| &table.rows).map(|row| row.name.as_str()).collect();
        for sample in self.facts.samples.iter().filter(|sample| sample.side == side && here(&sample.scope)) {
            keys(&sample.mended.node, &mut names);
        }
        names.extend(self.adopted.get(&(head, side)).into_iter().flatten());
        names
    }

    fn slot(&mut self, head: &'m str, side: Side, slot: &Slot<'m>, printed: &HashSet<&str>) {
        self.counts.statements += 1;
        if !printed.contains(slot.wire) {
            return self.gone(head, side, slot, About::Name, format!("the page does not print `{}` here", slot.wire));
        }
        let rows = self.rows_of(slot.wire);
        let of_head: Vec<&FieldRow> = self.rows_at(head, side, slot.wire);
        self.values_back(head, side, slot, &of_head);
        if rows.is_empty() {
            return;
        }
        self.printed_back(head, side, slot, &rows);
        if !of_head.is_empty() {
            self.limits_back(head, side, slot, &rows);
        }
    }

    fn rows_of(&self, name: &str) -> Vec<&'m FieldRow> {
        self.facts.tables.iter().flat_map(|table| &table.rows).filter(|row| row.name == name).collect()
    }

    fn rows_at(&self, head: &str, side: Side, name: &str) -> Vec<&'m FieldRow> {
        let here = |scope: &Scope| matches!(scope, Scope::Endpoint(path) | Scope::Event(path) if path == head);
        let tables = self.facts.tables.iter().filter(|table| table.side == side && here(&table.scope));
        tables.flat_map(|table| &table.rows).filter(|row| row.name == name).collect()
    }

    fn gone(&mut self, head: &'m str, side: Side, slot: &Slot<'m>, about: About, message: String) {
        let place = self.place(head, side, Some(slot));
        self.note(Kind::Gone, None, Some(head), place, Statement::field(side, slot.wire, about), message);
    }

    fn printed_back(&mut self, head: &'m str, side: Side, slot: &Slot<'m>, rows: &[&FieldRow]) {
        // What an alias lends was printed for some field, not for each.
        if matches!(slot.what, What::Field(field) if field.alias.is_some()) {
            return;
        }
        let printed: HashSet<String> = rows.iter().filter_map(|row| row.printed.as_deref()).map(spelling).collect();
        if printed.is_empty() {
            return;
        }
        for ours in slot.declared() {
            self.counts.statements += 1;
            if !printed.contains(&spelling(ours)) {
                let message = format!("`{}`: the page no longer prints the type `{ours}`", slot.wire);
                self.gone(head, side, slot, About::Type(spelling(ours)), message);
            }
        }
    }

    fn limits_back(&mut self, head: &'m str, side: Side, slot: &Slot<'m>, rows: &[&FieldRow]) {
        let What::Field(field) = slot.what else { return };
        if field.alias.is_some() || field.limits.is_empty() {
            return;
        }
        let words: Vec<AtMost> = rows.iter().flat_map(|row| limits::in_words(&row.text)).collect();
        let printed: Vec<String> = rows.iter().filter_map(|row| row.printed.as_deref()).map(spelling).collect();
        for limit in field.limits.iter().filter(|limit| limit.bound == Bound::Max && !limit.implied) {
            self.counts.statements += 1;
            let said = words.iter().any(|said| match (said.counts, limit.unit) {
                (Counts::Chars, Unit::Bytes) => said.value * 3 == limit.value,
                (Counts::Megabytes, _) => true,
                _ => said.value == limit.value,
            });
            let typed = printed.contains(&format!("string({})", limit.value));
            if !said && !typed {
                let most = Most { value: limit.value, counts: limit.unit.name().to_owned() };
                let message = format!(
                    "`{}`: the page does not state the limit of {} {}",
                    slot.wire,
                    limit.value,
                    limit.unit.name()
                );
                self.gone(head, side, slot, About::Most(most), message);
            }
        }
    }

    fn values_back(&mut self, head: &'m str, side: Side, slot: &Slot<'m>, rows: &[&FieldRow]) {
        let Some(all) = slot.enumeration(self.model) else { return };
        let numbers: Vec<i64> =
            rows.iter().flat_map(|row| limits::numbers(&row.text)).map(|(_, number, _)| number).collect();
        for value in &all.values {
            if !self.is_only_here(&value.sources) {
                continue;
            }
            self.counts.statements += 1;
            let there = match all.kind {
                EnumKind::String => self.words.contains(&value.wire),
                EnumKind::Int => rows.is_empty() || value.wire.parse().is_ok_and(|wire| numbers.contains(&wire)),
            };
            if !there {
                let message = format!("`{}`: the page does not mention the value `{}`", slot.wire, value.wire);
                self.gone(head, side, slot, About::Value(value.wire.clone()), message);
            }
        }
    }

    fn codes_back(&mut self) {
        let cited: Vec<(i64, String, Option<&'m str>)> = self
            .cited_codes()
            .map(|(code, file, head)| {
                (code, file.to_owned(), head.and_then(|head| self.heads.get_key_value(head)).map(|(head, _)| *head))
            })
            .collect();
        for (code, file, head) in cited {
            self.counts.statements += 1;
            // The code may have stood in what is gone.
            if !self.gone.is_empty() {
                continue;
            }
            let number = code;
            let code = code.to_string();
            if !self.words.contains(code.trim_start_matches('-')) {
                let place = if file == "errors.yaml" {
                    self.places.key(&file, &[&code])
                } else {
                    self.places.key(&file, &["errors", &code])
                };
                self.note(
                    Kind::Gone,
                    None,
                    head,
                    place,
                    Statement::Error(number),
                    format!("the page does not mention the code {code}"),
                );
            }
        }
    }
}

/// The keys of an example, also of the objects inside.
fn keys<'n>(node: &'n Node, names: &mut HashSet<&'n str>) {
    match &node.value {
        Value::Object(entries) => {
            for (name, _, inner) in entries {
                names.insert(name);
                keys(inner, names);
            }
        }
        Value::List(items) => items.iter().for_each(|item| keys(item, names)),
        _ => {}
    }
}

/// Every word of a page: names, values and numbers.
pub(in crate::drift) fn words<'t>(texts: impl Iterator<Item = &'t str>) -> HashSet<String> {
    let mut words = HashSet::new();
    for text in texts {
        for word in text.split(|c: char| !(c.is_ascii_alphanumeric() || c == '_')) {
            if is_wire(word) || word.chars().any(|c| c.is_ascii_digit()) || word.len() > 2 {
                words.insert(word.to_owned());
            }
        }
        // Names that a line wrap tore apart.
        words.extend(crate::drift::extract::values::capitals(text).into_iter().map(|(word, _)| word));
    }
    words
}
