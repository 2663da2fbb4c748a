//! Which of two types or limits allows more.

use super::axes::{Action, Area, Kind};
use super::sides::type_key;
use weixin_codegen::model::{Bound, EnumKind, Limit, Model, Scalar, TypeKind, TypeRef, Unit};

/// A type as the generated crate calls it: `CodeCard[]`.
pub(super) fn type_name(model: &Model, ty: &TypeRef) -> String {
    spell(ty, &|id| model.ty(id).ident.clone())
}

/// A type by its identity: names of the spec, renamed ones by their new name.
pub(super) fn identity(model: &Model, ty: &TypeRef, renamed: &dyn Fn(&str) -> Option<String>) -> String {
    spell(ty, &|id| {
        let key = type_key(model.ty(id));
        renamed(&key).unwrap_or(key)
    })
}

fn spell(ty: &TypeRef, named: &dyn Fn(weixin_codegen::model::TypeId) -> String) -> String {
    match ty {
        TypeRef::Scalar(scalar) => scalar.name().to_owned(),
        TypeRef::List(inner) => format!("{}[]", spell(inner, named)),
        TypeRef::Map(inner) => format!("map<{}>", spell(inner, named)),
        TypeRef::OrText(inner) => format!("{} or text", spell(inner, named)),
        TypeRef::Named(id) => named(*id),
    }
}

/// What a change of a type is, given that the two are not the same.
pub(super) fn types(old_model: &Model, old: &TypeRef, new_model: &Model, new: &TypeRef) -> (Kind, Action) {
    let (old_json, new_json) = (json(old_model, old), json(new_model, new));
    if old_json != new_json {
        return (Kind::Any, json_action(&old_json, &new_json));
    }
    match (innermost(old), innermost(new)) {
        (TypeRef::Scalar(a), TypeRef::Scalar(b)) => scalars(*a, *b),
        // Open enumerations accept any text or integer, as the scalar does.
        _ => (Kind::Rust, Action::Changed),
    }
}

fn json_action(old: &str, new: &str) -> Action {
    let wider = |wide: &str, narrow: &str| wide == "anything" || wide.strip_suffix(" or text") == Some(narrow);
    if wider(new, old) {
        Action::Loosened
    } else if wider(old, new) {
        Action::Tightened
    } else {
        Action::Changed
    }
}

fn innermost(ty: &TypeRef) -> &TypeRef {
    match ty {
        TypeRef::List(inner) | TypeRef::Map(inner) | TypeRef::OrText(inner) => innermost(inner),
        other => other,
    }
}

/// What stands in the JSON.
fn json(model: &Model, ty: &TypeRef) -> String {
    match ty {
        TypeRef::Scalar(Scalar::Bool) => "bool".to_owned(),
        TypeRef::Scalar(Scalar::Json) => "anything".to_owned(),
        TypeRef::Scalar(Scalar::File) => "file".to_owned(),
        TypeRef::Scalar(scalar) if scalar.is_text() => "text".to_owned(),
        TypeRef::Scalar(_) => "number".to_owned(),
        TypeRef::List(inner) => format!("list of {}", json(model, inner)),
        TypeRef::Map(inner) => format!("map of {}", json(model, inner)),
        TypeRef::OrText(inner) => format!("{} or text", json(model, inner)),
        TypeRef::Named(id) => match &model.ty(*id).kind {
            TypeKind::Enum(values) if values.kind == EnumKind::Int => "number".to_owned(),
            TypeKind::Enum(_) => "text".to_owned(),
            TypeKind::Object(_) | TypeKind::Union(_) => "object".to_owned(),
        },
    }
}

fn scalars(old: Scalar, new: Scalar) -> (Kind, Action) {
    let (old_room, new_room) = (room(old), room(new));
    if old_room == new_room {
        return (Kind::Meaning, Action::Changed);
    }
    let within = |inner: Room, outer: Room| {
        inner.low >= outer.low && inner.high <= outer.high && (!outer.format || inner.format)
    };
    let action = if within(old_room, new_room) {
        Action::Loosened
    } else if within(new_room, old_room) {
        Action::Tightened
    } else {
        Action::Changed
    };
    (Kind::Any, action)
}

/// The values a scalar can hold: a range of numbers, and whether their form is bound besides.
#[derive(PartialEq, Clone, Copy)]
struct Room {
    low: i128,
    high: i128,
    format: bool,
}

fn room(scalar: Scalar) -> Room {
    let numbers = |low: i128, high: i128| Room { low, high, format: false };
    match scalar {
        Scalar::Int | Scalar::Int64 => numbers(i64::MIN.into(), i64::MAX.into()),
        Scalar::Uint | Scalar::Uint64 | Scalar::Timestamp => numbers(0, u64::MAX.into()),
        Scalar::Int32 => numbers(i32::MIN.into(), i32::MAX.into()),
        Scalar::Uint32 => numbers(0, u32::MAX.into()),
        Scalar::DateNumber => Room { format: true, ..numbers(0, u32::MAX.into()) },
        Scalar::Date => Room { format: true, ..numbers(0, 0) },
        Scalar::Base64 | Scalar::String | Scalar::Bool | Scalar::Json | Scalar::File => numbers(0, 0),
    }
}

/// `max 64 bytes`, `each min 1 chars`.
pub(super) fn limit_text(limit: &Limit) -> String {
    let each = if limit.each { "each " } else { "" };
    let bound = bound_name(limit.bound);
    match limit.unit {
        Unit::Value => format!("{each}{bound} {}", limit.value),
        unit => format!("{each}{bound} {} {}", limit.value, unit.name()),
    }
}

fn bound_name(bound: Bound) -> &'static str {
    match bound {
        Bound::Max => "max",
        Bound::Min => "min",
    }
}

/// One limit that changed.
pub(super) struct LimitChange<'l> {
    pub(super) area: Area,
    pub(super) action: Action,
    pub(super) old: Option<&'l Limit>,
    pub(super) new: Option<&'l Limit>,
}

/// What changed among the limits of a field.
pub(super) fn limits<'l>(old: &'l [Limit], new: &'l [Limit]) -> Vec<LimitChange<'l>> {
    let mut changes = Vec::new();
    for (bound, each) in [(Bound::Max, false), (Bound::Min, false), (Bound::Max, true), (Bound::Min, true)] {
        let slot = |limits: &'l [Limit], enforced: bool| -> Vec<&'l Limit> {
            let here = |limit: &&Limit| limit.bound == bound && limit.each == each && limit.enforced == enforced;
            limits.iter().filter(here).collect()
        };
        pair(slot(old, true), slot(new, true), Area::Limit, &mut changes);
        pair(slot(old, false), slot(new, false), Area::Printed, &mut changes);
    }
    changes
}

/// Pairs the limits of one bound: first by unit, then what is left.
fn pair<'l>(mut old: Vec<&'l Limit>, mut new: Vec<&'l Limit>, area: Area, out: &mut Vec<LimitChange<'l>>) {
    // Whether somebody wrote what the type implies makes no difference.
    let plain = |limit: &Limit| Limit { implied: false, ..limit.clone() };
    old.retain(|limit| match new.iter().position(|other| plain(other) == plain(limit)) {
        Some(at) => {
            new.remove(at);
            false
        }
        None => true,
    });
    old.retain(|limit| match new.iter().position(|other| other.unit == limit.unit) {
        Some(at) => {
            out.push(changed(area, limit, new.remove(at)));
            false
        }
        None => true,
    });
    while let (Some(&a), Some(&b)) = (old.first(), new.first()) {
        out.push(changed(if area == Area::Limit { Area::LimitUnit } else { area }, a, b));
        old.remove(0);
        new.remove(0);
    }
    out.extend(old.into_iter().map(|one| LimitChange { area, action: Action::Removed, old: Some(one), new: None }));
    out.extend(new.into_iter().map(|one| LimitChange { area, action: Action::Added, old: None, new: Some(one) }));
}

fn changed<'l>(area: Area, old: &'l Limit, new: &'l Limit) -> LimitChange<'l> {
    let action = match area {
        Area::Printed => Action::Changed,
        _ if loosens(old, new) => Action::Loosened,
        _ => Action::Tightened,
    };
    LimitChange { area, action, old: Some(old), new: Some(new) }
}

/// Whether every value that the old limit allows is allowed by the new one. A character is one to four bytes.
fn loosens(old: &Limit, new: &Limit) -> bool {
    let most = |value: i64| value.saturating_mul(4);
    let (outer, inner) = match old.bound {
        Bound::Max => (new.value, old.value),
        // A lower bound allows more when it is lower.
        Bound::Min => (-new.value, -old.value),
    };
    match (old.bound, old.unit, new.unit) {
        (_, a, b) if a == b => outer >= inner,
        (Bound::Max, Unit::Bytes, Unit::Chars) => new.value >= old.value,
        (Bound::Max, Unit::Chars, Unit::Bytes) => new.value >= most(old.value),
        (Bound::Min, Unit::Bytes, Unit::Chars) => most(new.value) <= old.value,
        (Bound::Min, Unit::Chars, Unit::Bytes) => new.value <= old.value,
        _ => false,
    }
}

/// Whether a printed type states the limit itself, so that it need not be told twice.
pub(super) fn states(declared: Option<&str>, limit: &Limit) -> bool {
    declared.is_some_and(|text| text.contains(&format!("({})", limit.value)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn limit(bound: Bound, value: i64, unit: Unit) -> Limit {
        Limit { bound, value, unit, each: false, enforced: true, implied: false }
    }

    fn action(old: Limit, new: Limit) -> (Area, Action) {
        let (old, new) = ([old], [new]);
        let changes = limits(&old, &new);
        assert_eq!(changes.len(), 1);
        (changes[0].area, changes[0].action)
    }

    #[test]
    fn units_are_compared_by_what_they_allow() {
        use Bound::{Max, Min};
        let bytes = |n| limit(Max, n, Unit::Bytes);
        let chars = |n| limit(Max, n, Unit::Chars);
        assert_eq!(action(bytes(36), chars(36)), (Area::LimitUnit, Action::Loosened));
        assert_eq!(action(bytes(36), chars(12)), (Area::LimitUnit, Action::Tightened));
        assert_eq!(action(chars(12), bytes(48)), (Area::LimitUnit, Action::Loosened));
        assert_eq!(action(chars(12), bytes(36)), (Area::LimitUnit, Action::Tightened));
        assert_eq!(action(limit(Min, 4, Unit::Bytes), limit(Min, 1, Unit::Chars)), (Area::LimitUnit, Action::Loosened));
        assert_eq!(action(bytes(36), bytes(24)), (Area::Limit, Action::Tightened));
        assert_eq!(action(limit(Min, 1, Unit::Value), limit(Min, 0, Unit::Value)), (Area::Limit, Action::Loosened));
    }

    #[test]
    fn numbers_are_compared_by_their_range() {
        assert_eq!(scalars(Scalar::Uint32, Scalar::Uint), (Kind::Any, Action::Loosened));
        assert_eq!(scalars(Scalar::Uint, Scalar::Int), (Kind::Any, Action::Changed));
        assert_eq!(scalars(Scalar::Uint, Scalar::Timestamp), (Kind::Meaning, Action::Changed));
        assert_eq!(scalars(Scalar::String, Scalar::Date), (Kind::Any, Action::Tightened));
        assert_eq!(scalars(Scalar::DateNumber, Scalar::Uint32), (Kind::Any, Action::Loosened));
    }
}
