//! Tables of fields against the keys of the endpoint.

use super::places::Place;
use super::slots::{Slot, Slots, What};
use super::state::Compare;
use super::states;
use crate::drift::extract::limits;
use crate::drift::extract::{FieldRow, FieldTable, Scope, Side, values};
use crate::drift::page::header;
use crate::drift::report::Kind;
use weixin_codegen::model::{Body, EnumKind, Method, TypeId};
use weixin_codegen::statement::{About, Most, Statement};

/// Where in the object the rows before stood, so that `type` below `date_info` is the one inside.
#[derive(Default)]
struct Context {
    container: Vec<TypeId>,
    owners: Vec<Option<TypeId>>,
}

impl<'m> Compare<'m> {
    pub(super) fn rows(&mut self) {
        let facts = self.facts;
        let mut guess = None;
        for table in &facts.tables {
            let names: Vec<&str> = table.rows.iter().map(|row| row.name.as_str()).collect();
            let Some(head) = self.head_of(&table.scope, table.side, &names, &mut guess) else { continue };
            if table.scope == Scope::None {
                self.adopted.entry((head, table.side)).or_default().extend(&names);
            }
            let mut context = Context::default();
            for row in &table.rows {
                self.row(head, table, row, &mut context);
            }
        }
    }

    /// The endpoint or push that a table or example belongs to. One without is given to the endpoint that cites
    /// this document and knows most of its names.
    pub(super) fn head_of(
        &self,
        scope: &Scope,
        side: Side,
        names: &[&str],
        guess: &mut Option<&'m str>,
    ) -> Option<&'m str> {
        let known = match scope {
            Scope::Endpoint(path) => self.heads.get_key_value(path.as_str()),
            Scope::Event(name) => self.heads.get_key_value(name.as_str()),
            Scope::None => {
                let score = |head: &str| {
                    let slots = self.heads.get(head).filter(|head| head.cites(self.document))?.slots(side)?;
                    let hits = names.iter().filter(|name| slots.by_name.contains_key(*name)).count();
                    let same = usize::from(*guess == Some(head));
                    // Of equally good ones the smaller fits better.
                    (hits > 0).then_some((hits, same, usize::MAX - slots.all.len()))
                };
                let best = self
                    .order
                    .iter()
                    .copied()
                    .filter_map(|head| score(head).map(|score| (score, head)))
                    .max_by_key(|(score, _)| *score);
                *guess = best.map(|(_, head)| head).or(*guess);
                return best.map(|(_, head)| head);
            }
        };
        known.map(|(head, _)| *head)
    }

    fn row(&mut self, head: &'m str, table: &FieldTable, row: &FieldRow, context: &mut Context) {
        if self.is_envelope(head, table.side, row) {
            return;
        }
        self.counts.statements += 1;
        let side = table.side;
        let mut slots: Vec<Slot<'m>> =
            self.heads[head].slots(side).map(|slots| narrow(slots, &row.name, context)).unwrap_or_default();
        // Of several views the one that this document describes.
        if slots.iter().any(|slot| self.is_cited_by(slot)) {
            slots.retain(|slot| self.is_cited_by(slot));
        }
        let Some(first) = slots.first() else {
            let place = self.place(head, side, None);
            let said = Statement::field(side, &row.name, About::Name);
            return self.note(
                Kind::New,
                Some(row.line),
                Some(head),
                place,
                said,
                format!("the spec has no `{}` in the {}", row.name, side.name()),
            );
        };
        context.owners = slots.iter().map(|slot| slot.owner).collect();
        let inside: Vec<TypeId> = slots.iter().flat_map(|slot| slot.inside.iter().copied()).collect();
        if !inside.is_empty() {
            context.container = inside;
        }
        let place = self.place(head, side, Some(first));
        let mut check = Check { compare: self, head, side, row, slots: &slots, place };
        check.shape();
        check.required();
        check.review();
        check.printed();
        check.limits();
        check.values();
        check.default();
    }

    fn is_cited_by(&self, slot: &Slot<'_>) -> bool {
        slot.sources().iter().any(|source| source.document == self.document)
    }

    /// Whether the row is about the credential, the body as a whole, or the code and message of every response.
    fn is_envelope(&mut self, head: &'m str, side: Side, row: &FieldRow) -> bool {
        let api = &self.model.api;
        if row.name == api.token_param || (side == Side::Response && api.is_envelope(&row.name)) {
            self.counts.statements += 1;
            if row.name == api.token_param && row.required == Some(false) {
                let place = self.places.key("api.yaml", &["token"]);
                let message = format!("the page does not require `{}`", row.name);
                self.note(
                    Kind::Differs,
                    Some(row.line),
                    Some(head),
                    place,
                    Statement::field(Side::Request, &row.name, About::Optional),
                    message,
                );
            }
            return true;
        }
        let verb = [Method::Post, Method::Get].into_iter().find(|method| row.name.starts_with(method.as_str()));
        let body = row.name.to_lowercase().contains("data") || row.name.contains("数据");
        if verb.is_none() || !body {
            return false;
        }
        self.counts.statements += 1;
        let Some(endpoint) = self.heads[head].endpoint else { return true };
        let place = self.places.key(&endpoint.spec, &["method"]);
        if endpoint.body == Body::None {
            self.note(
                Kind::New,
                Some(row.line),
                Some(head),
                place,
                Statement::Body { optional: false },
                "the spec has no body for this call".to_owned(),
            );
        } else if row.required == Some(false) && endpoint.request.fields().any(|field| field.required) {
            let message = "the page does not require a body, the spec does".to_owned();
            self.note(Kind::Differs, Some(row.line), Some(head), place, Statement::Body { optional: true }, message);
        }
        true
    }
}

/// The keys that a row may mean: those inside the container before, else beside the row before, else all.
fn narrow<'m>(slots: &Slots<'m>, name: &str, context: &Context) -> Vec<Slot<'m>> {
    let all: Vec<Slot<'m>> = slots.named(name).into_iter().cloned().collect();
    let within: Vec<Slot<'m>> =
        all.iter().filter(|slot| slot.owner.is_some_and(|owner| context.container.contains(&owner))).cloned().collect();
    if !within.is_empty() {
        return within;
    }
    let beside: Vec<Slot<'m>> = all.iter().filter(|slot| context.owners.contains(&slot.owner)).cloned().collect();
    if beside.is_empty() { all } else { beside }
}

/// One row against the keys it may mean; each statement must hold for one of them.
struct Check<'c, 'm> {
    compare: &'c mut Compare<'m>,
    head: &'m str,
    side: Side,
    row: &'c FieldRow,
    slots: &'c [Slot<'m>],
    place: Place,
}

impl Check<'_, '_> {
    fn note(&mut self, kind: Kind, about: About, message: String) {
        let said = Statement::field(self.side, &self.row.name, about);
        let message = format!("`{}`: {message}", self.row.name);
        self.compare.note(kind, Some(self.row.line), Some(self.head), self.place.clone(), said, message);
    }

    fn shape(&mut self) {
        for (column, cell) in &self.row.unread {
            let message = format!("the cell `{cell}` under `{column}` could not be read");
            self.note(Kind::Unread, About::Unread(format!("{column} {cell}")), message);
        }
        if self.row.torn {
            self.note(Kind::Differs, About::Torn, "the name is printed with a blank inside".to_owned());
        }
        if self.row.shifted {
            self.note(Kind::Differs, About::Shifted, "name and type share a cell".to_owned());
        }
    }

    fn required(&mut self) {
        let Some(page) = self.row.required else { return };
        self.compare.counts.statements += 1;
        let agrees = self.slots.iter().any(|slot| {
            let (required, conditional) = slot.required();
            // A tag is always sent; where it stands in an optional object the page may say otherwise.
            if page { required } else { !required || conditional }
        });
        if !agrees {
            let (what, message) = if page {
                (About::Required, "the page requires it, the spec does not")
            } else {
                (About::Optional, "the page does not require it, the spec does")
            };
            self.note(Kind::Differs, what, message.to_owned());
        }
    }

    fn review(&mut self) {
        let Some(page) = self.row.review else { return };
        self.compare.counts.statements += 1;
        if self.slots.iter().any(|slot| slot.review() == Some(page) || matches!(slot.what, What::Tag(_) | What::Key(_)))
        {
            return;
        }
        let what = if page { About::Review } else { About::NoReview };
        let message =
            if page { "the page sends a change to review" } else { "the page does not send a change to review" };
        self.note(Kind::Differs, what, format!("{message}, which the spec does not say"));
    }

    fn printed(&mut self) {
        let Some(printed) = self.row.printed.as_deref() else { return };
        self.compare.counts.statements += 1;
        if !limits::is_type(printed) {
            return self.note(Kind::Differs, About::Type("type".to_owned()), format!("`{printed}` is no type"));
        }
        let printed = limits::spelling(printed);
        let model = self.compare.model;
        let agrees = self.slots.iter().any(|slot| {
            slot.declared().iter().any(|ours| limits::spelling(ours) == printed)
                || states::implied(model, slot).contains(&printed)
        });
        if !agrees {
            self.note(
                Kind::Differs,
                About::Type(printed.clone()),
                format!("the page prints the type `{printed}`, which the spec does not know"),
            );
        }
    }

    fn limits(&mut self) {
        for limit in limits::in_words(&self.row.text) {
            self.compare.counts.statements += 1;
            let known = self.slots.iter().any(|slot| states::states(slot, limit))
                || self.compare.endpoint_states(self.head, limit);
            if !known {
                let most = Most { value: limit.value, counts: limit.counts.name().to_owned() };
                self.note(
                    Kind::Differs,
                    About::Most(most),
                    format!("the page says at most {} ({}), which the spec does not", limit.value, limit.counts.name()),
                );
            }
        }
    }

    fn default(&mut self) {
        let Some(page) = values::default(&self.row.text) else { return };
        self.compare.counts.statements += 1;
        let agrees = self.slots.iter().any(|slot| match slot.what {
            What::Field(field) => field.default.as_ref() == Some(&serde_json::Value::Bool(page)),
            What::Tag(_) | What::Key(_) => false,
        });
        if !agrees {
            self.note(
                Kind::Differs,
                About::Default(page.to_string()),
                format!("the page gives the default {page}, which the spec does not"),
            );
        }
    }

    /// The value that the example column shows, when it is none of those listed.
    fn example(&mut self, lists: &[Vec<&str>]) -> Option<String> {
        let shown = self.row.example.as_deref()?;
        let whole: String = shown.split_whitespace().collect();
        let whole = whole.trim_matches(|c: char| !c.is_ascii_alphanumeric());
        let shape = whole.contains('_') && whole.chars().all(|c| c.is_ascii_uppercase() || c == '_');
        if lists.is_empty() || !shape {
            return None;
        }
        if shown.trim().contains(' ') {
            self.note(
                Kind::Differs,
                About::TornExample,
                format!("the example `{whole}` is printed with a blank inside"),
            );
        }
        let listed = lists.iter().any(|list| list.contains(&whole));
        (!listed).then(|| whole.to_owned())
    }

    fn values(&mut self) {
        let model = self.compare.model;
        let lists: Vec<Vec<&str>> = self.slots.iter().filter_map(|slot| slot.values(model)).collect();
        let integer =
            self.slots.iter().any(|slot| slot.enumeration(model).is_some_and(|all| all.kind == EnumKind::Int));
        let has = |value: &str| lists.iter().any(|list| list.contains(&value));
        let capitals = values::capitals(&self.row.text);
        let several = capitals.iter().filter(|(word, _)| word.contains('_')).count() > 1;
        let small = lists.iter().flatten().any(|value| value.starts_with(|c: char| c.is_ascii_lowercase()));
        let mut strangers = Vec::new();
        for (word, torn) in &capitals {
            // A word without a list of values can still name a value of another key.
            let listed = if lists.is_empty() || integer {
                !(several || word.contains('_')) || self.compare.is_value(word)
            } else {
                has(word) || self.compare.is_value(word) && word.contains('_')
            };
            if !listed {
                strangers.push(word.clone());
            }
            if *torn {
                self.note(Kind::Differs, About::TornValue, format!("`{word}` is printed with a blank inside"));
            }
        }
        if integer {
            strangers.extend(
                values::numbered(&self.row.text).into_iter().map(|value| value.to_string()).filter(|value| !has(value)),
            );
        } else if small {
            strangers
                .extend(values::small_words(&self.row.text).into_iter().filter(|word| !has(word)).map(str::to_owned));
        }
        strangers.extend(self.example(&lists));
        self.compare.counts.statements += lists.first().map_or(0, Vec::len);
        for value in strangers {
            self.note(Kind::New, About::Value(value.clone()), format!("the spec does not list the value `{value}`"));
        }
    }
}

/// Whether a word of the page has the shape of a wire name.
pub(super) fn is_wire(word: &str) -> bool {
    header::is_wire(word)
}
