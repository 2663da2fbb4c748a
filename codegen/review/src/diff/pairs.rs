//! Which statements of two things belong together, and how they are named.

use std::collections::HashMap;

use super::axes::{Area, Direction};
use super::sides::join;
use super::tree::{Thing, Trait};

/// The ways of both versions: a type that came to be received is judged by both.
pub(super) fn ways(old: &Thing, new: &Thing) -> &'static [Direction] {
    if old.ways.len() > new.ways.len() { old.ways } else { new.ways }
}

/// The same statements of two things, in order: of several in one area the first goes with the first.
pub(super) fn pairs<'t>(old: &'t [Trait], new: &'t [Trait]) -> impl Iterator<Item = (&'t Trait, &'t Trait)> {
    let mut seen: HashMap<Area, usize> = HashMap::new();
    old.iter().filter_map(move |a| {
        let nth = seen.entry(a.area).or_default();
        *nth += 1;
        new.iter().filter(|b| b.area == a.area).nth(*nth - 1).map(|b| (a, b))
    })
}

/// Whether the second is the Chinese of the first.
pub(super) fn translates(en: &Trait, zh: &Trait) -> bool {
    let stem = |one: &Trait, language| one.keys.first().and_then(|key| key.strip_suffix(language)).map(str::to_owned);
    stem(en, "en").is_some_and(|en| Some(en) == stem(zh, "zh"))
}

pub(super) fn bilingual(en: &Trait, zh: &Trait) -> Trait {
    let both = en
        .value
        .as_ref()
        .filter(|text| !text.is_empty())
        .map(|text| format!("{text} / {}", zh.value.as_deref().unwrap_or_default()));
    Trait { value: both.or_else(|| en.value.clone()), ..en.clone() }
}

/// Whether the same arguments stand in another order; other arguments are told as fields.
pub(super) fn reordered(a: &Trait, b: &Trait) -> bool {
    let sorted = |one: &Trait| {
        let mut names: Vec<String> = one.value.iter().flat_map(|value| value.split(", ")).map(str::to_owned).collect();
        names.sort();
        names
    };
    a.value.is_some() && b.value.is_some() && sorted(a) == sorted(b)
}

pub(super) fn keys_of(limit: &weixin_codegen::model::Limit) -> &'static [&'static str] {
    use weixin_codegen::model::Bound::{Max, Min};
    match (limit.enforced, limit.each, limit.bound) {
        (false, ..) => &["unenforced", "declared"],
        (true, true, _) => &["each", "max", "min"],
        (true, false, Max) => &["max"],
        (true, false, Min) => &["min"],
    }
}

/// The path of a part.
pub(super) fn step(path: &str, part: &Thing) -> String {
    match part.area {
        // What is said of a thing stands with the thing.
        Area::Quirk | Area::Paging => path.to_owned(),
        Area::Rule => join(path, &format!("rules.{}", part.name)),
        Area::EndpointError => join(path, &format!("errors.{}", part.name)),
        Area::Example => join(path, &format!("examples.{}", part.name)),
        Area::Section => join(path, &format!("sections.{}", part.name)),
        Area::Document => join(path, &format!("documents.{}", part.name)),
        Area::Module => join(path, &format!("areas.{}", part.name)),
        _ => join(path, &part.name),
    }
}
