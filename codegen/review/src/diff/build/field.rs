//! Fields, rules, quirks and examples.

use super::builder::{Builder, distinct, own_sources};
use super::rule;
use crate::diff::axes::{Area, Direction, Kind};
use crate::diff::surface::signature;
use crate::diff::tree::{Spot, Thing};
use crate::diff::weigh;
use weixin_codegen::model::{Audience, Example, Field, Quirk, Rule, RuleKind, Source, TypeRef};
use weixin_codegen::target::required_struct;

/// What a part inherits from what it belongs to.
pub(super) struct Owner<'o> {
    pub(super) ways: &'static [Direction],
    pub(super) sources: &'o [Source],
    /// The node of the owner.
    pub(super) spot: &'o Spot,
    /// Its path in Rust.
    pub(super) ident: &'o str,
}

impl Builder<'_> {
    /// One field; `name` is its place among its siblings, `node` its place below the owner.
    pub(super) fn field(&self, field: &Field, name: String, node: &[&str], owner: &Owner<'_>) -> Thing {
        let mut spot = owner.spot.below(node);
        // A field is silent where its alias, or else the type it names, speaks for it.
        let named = field.ty.named().map(|id| self.side.model.ty(id).name.as_str());
        let lenders = field.alias.as_deref().into_iter().chain(named);
        spot.lenders.extend(lenders.filter_map(|name| self.lender(name)));
        let mut thing = Thing::new(Area::Field, name, spot.clone());
        thing.kind = if field.required { Kind::Required } else { Kind::Optional };
        thing.ways = owner.ways;
        thing.shown = self.shown(field);
        thing.ty = Some(field.ty.clone());
        thing.limits.clone_from(&field.limits);
        thing.sources.clone_from(&field.sources);
        field_traits(&mut thing, field);
        let ty = signature(self.side.model, &field.ty);
        let received = owner.ways.iter().all(|way| matches!(way, Direction::Response | Direction::Event));
        let plain = field.required || (received && matches!(field.ty, TypeRef::List(_) | TypeRef::Map(_)));
        let ty = if plain { ty } else { format!("Option<{ty}>") };
        thing.is_called(format!("{}.{}", owner.ident, field.ident), ty, &[Area::Name, Area::Type, Area::Required]);
        thing.says(Area::Source, Some(own_sources(&field.sources, owner.sources)), &["source"]);
        thing.parts = self.quirks(&field.quirks, &spot);
        thing
    }

    /// `string, required, max 64 bytes`.
    fn shown(&self, field: &Field) -> String {
        let mut parts = vec![weigh::type_name(self.side.model, &field.ty)];
        parts.push(if field.required { "required".to_owned() } else { "optional".to_owned() });
        parts.extend(field.limits.iter().filter(|limit| limit.enforced && !limit.implied).map(weigh::limit_text));
        parts.join(", ")
    }

    /// Quirks as parts: which are named here, and what they say.
    pub(super) fn quirks(&self, quirks: &[Quirk], at: &Spot) -> Vec<Thing> {
        let mut parts: Vec<Thing> = Vec::new();
        for quirk in quirks {
            let mut spot = at.clone();
            spot.node.push("quirk".to_owned());
            for lender in &mut spot.lenders {
                lender.node.push("quirk".to_owned());
            }
            let mut thing = Thing::new(Area::Quirk, quirk.id.clone(), spot);
            thing.shown = format!("{}: {} We {}", quirk.id, quirk.says.en, quirk.we.en);
            let audience = match quirk.audience {
                Audience::Caller => "for callers",
                Audience::Maintainer => "for maintainers",
            };
            let texts = [
                (quirk.says.en.as_str(), &["says/en"]),
                (&quirk.says.zh, &["says/zh"]),
                (&quirk.we.en, &["we/en"]),
                (&quirk.we.zh, &["we/zh"]),
                (audience, &["for"]),
            ];
            for (text, keys) in texts {
                let explained = self.explained(quirk).map(Spot::at);
                thing.says(Area::Quirk, Some(text.to_owned()), keys).spot = explained;
            }
            parts.push(thing);
        }
        distinct(&mut parts);
        parts
    }

    /// Cross-field rules; `at` gives the index in the file for the n-th rule here.
    pub(super) fn rules(&self, rules: &[Rule], owner: &Owner<'_>, at: &dyn Fn(usize) -> usize) -> Vec<Thing> {
        let sent = owner.ways.iter().any(|way| matches!(way, Direction::Request | Direction::Query));
        let mut parts = Vec::new();
        for (index, one) in rules.iter().enumerate() {
            let spot = owner.spot.below(&["rules", &at(index).to_string()]);
            let mut thing = Thing::new(Area::Rule, rule::identity(one), spot.clone());
            let note = !sent || matches!(one.kind, RuleKind::Note);
            thing.kind = if note { Kind::Note } else { Kind::Any };
            thing.shown.clone_from(&one.text.en);
            thing.sources.clone_from(&one.sources);
            let demand = thing.says(Area::Rule, Some(rule::demand(one)), &[]);
            if !note {
                demand.weight = rule::weight(&one.kind);
            }
            let words = if note { Area::Rule } else { Area::Doc };
            thing.says(words, Some(one.text.en.clone()), &["text/en"]);
            thing.says(words, Some(one.text.zh.clone()), &["text/zh"]);
            thing.says(Area::RuleError, one.error.map(|code| code.to_string()), &["error"]);
            thing.parts = self.quirks(&one.quirks, &spot);
            parts.push(thing);
        }
        distinct(&mut parts);
        parts
    }
}

fn field_traits(thing: &mut Thing, field: &Field) {
    let json = |value: &Option<weixin_codegen::model::Value>| value.as_ref().map(ToString::to_string);
    thing.says(Area::Name, Some(field.ident.clone()), &["rust"]);
    thing.prose(Some(&field.doc), [&["doc/en"], &["doc/zh"]]);
    let (required, weight) = if field.required { ("required", 1) } else { ("optional", 0) };
    thing.says(Area::Required, Some(required.to_owned()), &["required", ""]).weight = Some(weight);
    thing.says(Area::RequiredIf, field.required_if.as_ref().map(|text| text.en.clone()), &["required_if/en"]);
    let condition = field.required_if.as_ref().map(|text| text.zh.clone()).unwrap_or_default();
    thing.says(Area::Doc, Some(condition), &["required_if/zh"]);
    thing.says(Area::Default, json(&field.default), &["default"]);
    thing.says(Area::Clears, field.clears.then(|| "empty, it clears the field".to_owned()), &["clears"]);
    thing.says(Area::Unit, field.unit.as_ref().map(|unit| unit.id.clone()), &["unit"]);
    thing.says(Area::Secret, field.secret.then(|| "never shows".to_owned()), &["secret"]);
    let (review, weight) = match field.review {
        Some(true) => ("starts a review", 1),
        Some(false) => ("starts no review", 0),
        None => ("nothing is said", 0),
    };
    thing.says(Area::Review, Some(review.to_owned()), &["review"]).weight = Some(weight);
    let flatten = if field.flatten { "beside the other fields" } else { "under the field's own key" };
    thing.says(Area::Flatten, Some(flatten.to_owned()), &["flatten"]);
    let declared = (!field.declared.is_empty()).then(|| field.declared.join(" | "));
    thing.says(Area::Declared, declared, &["declared"]);
    thing.says(Area::Example, json(&field.example), &["example"]);
    thing.says(Area::RuleError, field.error.map(|code| code.to_string()), &["error"]);
    thing.says(Area::MissingError, field.missing.map(|code| code.to_string()), &["missing"]);
}

/// The arguments of `new`, where it takes them one by one.
pub(super) fn arguments(thing: &mut Thing, rust: &str, fields: &[&Field]) {
    let required = fields.iter().filter(|field| field.required).map(|field| field.ident.as_str());
    let by_one = required_struct(rust, fields.iter().copied()).is_none();
    let value = by_one.then(|| required.collect::<Vec<_>>().join(", "));
    thing.says(Area::Arguments, value, &["request", "fields", ""]);
}

/// Whole exchanges.
pub(super) fn examples(examples: &[Example], spot: &Spot) -> Vec<Thing> {
    let mut parts = Vec::new();
    for (index, example) in examples.iter().enumerate() {
        let title = example.title.as_ref().map_or("example", |title| title.en.as_str());
        let mut thing = Thing::new(Area::Example, title, spot.below(&["examples", &index.to_string()]));
        let json = |value: &Option<weixin_codegen::model::Value>| value.as_ref().map(ToString::to_string);
        thing.says(Area::Example, example.minimal.then(|| "shown first".to_owned()), &["minimal"]);
        thing.says(Area::Example, json(&example.query), &["query"]);
        thing.says(Area::Example, json(&example.request), &["request"]);
        thing.says(Area::Example, json(&example.response), &["response"]);
        thing.says(Area::Example, json(&example.error), &["error"]);
        thing.says(Area::Example, example.xml.clone(), &["xml"]);
        let zh = example.title.as_ref().map(|title| title.zh.clone()).unwrap_or_default();
        thing.says(Area::Doc, Some(zh), &["title/zh"]);
        parts.push(thing);
    }
    distinct(&mut parts);
    parts
}

/// The quirks that no part already names.
pub(super) fn remaining<'q>(all: &'q [Quirk], parts: &[Thing]) -> Vec<Quirk> {
    let named = |quirk: &&'q Quirk| !parts.iter().any(|part| names(part, quirk));
    all.iter().filter(named).cloned().collect()
}

fn names(thing: &Thing, quirk: &Quirk) -> bool {
    let same = |part: &Thing| {
        part.area == Area::Quirk
            && part.name == quirk.id
            && part.traits.iter().any(|one| one.value.as_ref() == Some(&quirk.says.en))
    };
    thing.parts.iter().any(|part| same(part) || names(part, quirk))
}

/// The named types inside some fields and everything below them, as far as quirks are concerned.
pub(super) fn named_in<'f>(fields: impl IntoIterator<Item = &'f Field>) -> Vec<weixin_codegen::model::TypeId> {
    fields.into_iter().filter_map(|field| TypeRef::named(&field.ty)).collect()
}
