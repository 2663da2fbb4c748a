//! From each rule of the spec to an object that obeys it, and to one that breaks it and nothing else.
//!
//! Both are made of the smallest valid object that has the rule. Whatever else they break on the way
//! is mended by obeying that other rule too, without touching what the case is about. Where no mending helps, the rule
//! says the two itself: `cases` in the spec.

mod edit;
mod options;

use std::collections::BTreeSet;

use serde_json::Value;
use weixin::Rule as Check;
use weixin_codegen::model::{Condition, Model, ObjectType, Rule, RuleKind, TypeKind};

use edit::{Edit, apply, touches};
use options::{broken, hold, obeyed};

use crate::walk;

/// What a check finds: rules and paths.
pub(crate) type Found = Vec<(Check, String)>;

/// A rule with two objects.
#[derive(Debug)]
pub(crate) struct Case {
    /// The path of an endpoint, or the name of a type.
    pub(crate) owner: String,
    /// The rule in words.
    pub(crate) rule: String,
    pub(crate) obeys: Value,
    pub(crate) breaks: Value,
    /// What is found in the object that breaks it, in no order.
    pub(crate) expected: BTreeSet<(&'static str, String)>,
}

/// An object somewhere in the owner of a rule.
pub(crate) struct Spot {
    object: ObjectType,
    path: String,
}

/// A case of every rule that a validator checks.
pub(crate) fn cases(model: &Model, check: &dyn Fn(&str, &Value) -> Option<Found>) -> Vec<Case> {
    let requests = model.endpoints.iter().map(|endpoint| (endpoint.path.as_str(), endpoint.request.whole()));
    let types = model.types.iter().filter(|ty| ty.side.request).filter_map(|ty| match &ty.kind {
        TypeKind::Object(object) => Some((ty.ident.as_str(), object.clone())),
        _ => None,
    });
    requests.chain(types).flat_map(|(owner, object)| cases_of(model, owner, &object, check)).collect()
}

fn cases_of(
    model: &Model,
    owner: &str,
    object: &ObjectType,
    check: &dyn Fn(&str, &Value) -> Option<Found>,
) -> Vec<Case> {
    let mut spots = Vec::new();
    walk::objects(model, object, &mut |spot| {
        spots.push(Spot { object: spot.object.clone(), path: spot.path.clone() });
    });
    let maker = Maker { model, owner, spots: &spots, check };
    object.rules.iter().filter(|rule| rule.is_checked()).map(|rule| maker.case(rule)).collect()
}

/// Makes the two objects of each rule of an owner.
struct Maker<'a> {
    model: &'a Model,
    owner: &'a str,
    /// The owner itself, and every object in it.
    spots: &'a [Spot],
    check: &'a dyn Fn(&str, &Value) -> Option<Found>,
}

impl Maker<'_> {
    fn case(&self, rule: &Rule) -> Case {
        let own = &self.spots[0];
        let name = format!("{} {}: {}", self.owner, rule.name, rule.text.en);
        let expected = expected(own, &rule.kind);
        let (obeys, breaks) = match &rule.cases {
            Some(cases) => (Some(cases.obeys.clone()), Some(cases.breaks.clone())),
            None => {
                let hold = hold(&rule.kind);
                let options = obeyed(self.model, own, &rule.kind).into_iter();
                let obeys = options.map(|option| [hold.clone(), option].concat());
                let obeys = { obeys }.find_map(|edits| self.mended(&edits, &BTreeSet::new()));
                let breaks = broken(self.model, &own.object, &rule.kind);
                (obeys, self.mended(&[hold, breaks].concat(), &expected))
            }
        };
        let (Some(obeys), Some(breaks)) = (obeys, breaks) else {
            panic!(
                "{name}\nnothing was found that obeys this rule, or that breaks it and nothing else: give both as \
                 `cases: {{ obeys: …, breaks: … }}` of the rule in spec/"
            );
        };
        Case { owner: self.owner.to_owned(), rule: name, obeys, breaks, expected }
    }

    /// The smallest object with these edits and whatever they need, if nothing but the expected is found in it.
    fn mended(&self, edits: &[Edit], expected: &BTreeSet<(&'static str, String)>) -> Option<Value> {
        let own = &self.spots[0];
        let mut object = Value::Object(walk::required(self.model, &own.object, None));
        edits.iter().for_each(|edit| apply(self.model, own, &mut object, edit));
        let pinned: Vec<String> = edits.iter().map(|edit| edit.path().to_string()).collect();
        for _ in 0..12 {
            let found = self.found(&object)?;
            let Some((rule, path)) = found.difference(expected).next() else {
                return (found == *expected).then_some(object);
            };
            let free = |spot: &Spot, edits: &[Edit]| {
                edits.iter().all(|edit| {
                    let place = walk::join(&spot.path, &edit.path().to_string());
                    pinned.iter().all(|pinned| !touches(pinned, &place))
                })
            };
            // What makes another object of it, which then lacks something, is no way.
            object = self.mends(rule, path, &object).into_iter().filter(|(spot, edits)| free(spot, edits)).find_map(
                |(spot, edits)| {
                    let mut mended = object.clone();
                    edits.iter().for_each(|edit| apply(self.model, spot, &mut mended, edit));
                    self.found(&mended).filter(|found| !found.contains(&(rule, path.clone()))).map(|_| mended)
                },
            )?;
        }
        None
    }

    /// What is found in an object; none when it cannot be read.
    fn found(&self, object: &Value) -> Option<BTreeSet<(&'static str, String)>> {
        let found = (self.check)(self.owner, object)?;
        Some(found.into_iter().map(|(rule, path)| (rule.as_str(), path)).collect())
    }

    /// Every way to obey the rule that this is a violation of.
    fn mends(&self, rule: &str, path: &str, object: &Value) -> Vec<(&Spot, Vec<Edit>)> {
        let mut mends = Vec::new();
        for spot in self.spots.iter().filter(|spot| edit::at(object, &spot.path).is_some()) {
            for kind in spot.object.rules.iter().map(|rule| &rule.kind) {
                if expected(spot, kind).contains(&(rule, path.to_owned())) {
                    mends.extend(obeyed(self.model, spot, kind).into_iter().map(|edits| (spot, edits)));
                }
            }
        }
        mends
    }
}

/// What is found when a rule is broken in every way that it can be.
fn expected(spot: &Spot, kind: &RuleKind) -> BTreeSet<(&'static str, String)> {
    let targets = |values: &[Condition]| values.iter().map(|one| one.path.clone()).collect::<Vec<_>>();
    let (rule, paths) = match kind {
        RuleKind::Note => return BTreeSet::new(),
        RuleKind::AtMostOne(_) => (Check::AtMostOne, None),
        RuleKind::AtLeastOne(..) => (Check::AtLeastOne, None),
        RuleKind::NotEmpty => (Check::NotEmpty, None),
        RuleKind::Together { .. } => (Check::Together, None),
        RuleKind::RequiredWhen(paths, _) => (Check::RequiredWhen, Some(paths.clone())),
        RuleKind::ForbiddenWhen(paths, _) => (Check::ForbiddenWhen, Some(paths.clone())),
        RuleKind::EqualsWhen(values, _) => (Check::EqualsWhen, Some(targets(values))),
        RuleKind::DiffersWhen(values, _) => (Check::DiffersWhen, Some(targets(values))),
        RuleKind::Requires(_, needs) => (Check::Requires, Some(needs.clone())),
        RuleKind::RequiresOne(field, _) => (Check::RequiresOne, Some(vec![field.clone()])),
        RuleKind::InOrder(_, second) => (Check::DateOrder, Some(vec![second.clone()])),
        RuleKind::DateWindow { to, .. } => (Check::DateWindow, Some(vec![to.clone()])),
        RuleKind::BeforeToday(fields) => (Check::BeforeToday, Some(fields.clone())),
    };
    match paths {
        None => BTreeSet::from([(rule.as_str(), spot.path.clone())]),
        Some(paths) => paths.iter().map(|path| (rule.as_str(), walk::join(&spot.path, &path.to_string()))).collect(),
    }
}
