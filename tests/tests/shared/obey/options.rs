//! What obeys a rule, what breaks it, and what makes its condition hold.

use serde_json::{Value, json};
use weixin_codegen::model::{Condition, EnumKind, Model, ObjectType, Path, RuleKind, Scalar, TypeKind, TypeRef};

use weixin_runtime::calendar;

use super::Spot;
use super::edit::{Edit, field, union};
use crate::walk;

/// A day that was long ago, counted from 1970.
const LONG_AGO: i64 = 16_436;

/// Every way to obey a rule, as edits of its object; those that leave its condition unmet come last.
pub(super) fn obeyed(model: &Model, spot: &Spot, kind: &RuleKind) -> Vec<Vec<Edit>> {
    let object = &spot.object;
    let given = |path: &Path| Edit::Set(path.clone(), given(model, object, path));
    let unset = |path: &Path| Edit::Unset(path.clone());
    let all = |paths: &[Path]| paths.iter().map(given).collect::<Vec<_>>();
    let none = |paths: &[Path]| paths.iter().map(unset).collect::<Vec<_>>();
    let differ = |values: &[Condition]| values.iter().map(|one| other(model, object, one)).collect::<Vec<_>>();
    let (mut options, when): (Vec<Vec<Edit>>, &[Condition]) = match kind {
        RuleKind::Note => (Vec::new(), &[]),
        RuleKind::AtMostOne(paths) => {
            let keep = |kept: &Path| {
                let others = paths.iter().filter(|path| *path != kept).map(unset);
                others.chain([given(kept)]).collect()
            };
            (paths.iter().map(keep).chain([none(paths)]).collect(), &[])
        }
        RuleKind::AtLeastOne(paths, when) => (paths.iter().rev().map(|path| vec![given(path)]).collect(), when),
        RuleKind::RequiredWhen(paths, when) => (vec![all(paths)], when),
        RuleKind::ForbiddenWhen(paths, when) => (vec![none(paths)], when),
        RuleKind::EqualsWhen(values, when) => (vec![held(values)], when),
        RuleKind::DiffersWhen(values, when) => {
            (vec![differ(values), values.iter().map(|one| unset(&one.path)).collect()], when)
        }
        RuleKind::Requires(first, needs) => (vec![[vec![given(first)], all(needs)].concat(), vec![unset(first)]], &[]),
        RuleKind::RequiresOne(first, needs) => {
            let one = needs.iter().rev().map(|need| vec![given(first), given(need)]);
            (one.chain([vec![unset(first)]]).collect(), &[])
        }
        RuleKind::Together { fields, max } => (vec![filled(model, object, fields, *max as usize)], &[]),
        RuleKind::NotEmpty => {
            (object.fields.iter().map(|one| vec![given(&Path::from_iter([&one.wire]))]).collect(), &[])
        }
        RuleKind::InOrder(first, second) => (vec![pair(first, json!(1), second, json!(1))], &[]),
        RuleKind::DateWindow { from, to, days } => (
            vec![pair(from, json!(calendar::date(LONG_AGO)), to, json!(calendar::date(LONG_AGO + i64::from(*days))))],
            &[],
        ),
        RuleKind::BeforeToday(fields) => {
            (vec![fields.iter().map(|path| Edit::Set(path.clone(), day(model, object, path, LONG_AGO))).collect()], &[])
        }
    };
    options.extend(when.iter().map(|one| vec![other(model, object, one)]));
    options.extend(when.iter().map(|one| vec![unset(&one.path)]));
    options
}

/// What makes the condition of a rule hold.
pub(super) fn hold(kind: &RuleKind) -> Vec<Edit> {
    match kind {
        RuleKind::AtLeastOne(_, when)
        | RuleKind::RequiredWhen(_, when)
        | RuleKind::ForbiddenWhen(_, when)
        | RuleKind::EqualsWhen(_, when)
        | RuleKind::DiffersWhen(_, when) => held(when),
        _ => Vec::new(),
    }
}

/// What breaks a rule in every way that it can be broken, once its condition holds.
pub(super) fn broken(model: &Model, object: &ObjectType, kind: &RuleKind) -> Vec<Edit> {
    let given = |path: &Path| Edit::Set(path.clone(), given(model, object, path));
    let unset = |path: &Path| Edit::Unset(path.clone());
    match kind {
        RuleKind::Note => Vec::new(),
        RuleKind::AtMostOne(paths) => paths.iter().take(2).map(given).collect(),
        RuleKind::AtLeastOne(paths, _) | RuleKind::RequiredWhen(paths, _) => paths.iter().map(unset).collect(),
        RuleKind::ForbiddenWhen(paths, _) => paths.iter().map(given).collect(),
        RuleKind::EqualsWhen(values, _) => values.iter().map(|one| other(model, object, one)).collect(),
        RuleKind::DiffersWhen(values, _) => held(values),
        RuleKind::Requires(first, needs) | RuleKind::RequiresOne(first, needs) => {
            [given(first)].into_iter().chain(needs.iter().map(unset)).collect()
        }
        RuleKind::Together { fields, max } => filled(model, object, fields, *max as usize + 1),
        RuleKind::NotEmpty => object.fields.iter().map(|field| unset(&Path::from_iter([&field.wire]))).collect(),
        RuleKind::InOrder(first, second) => pair(first, json!(2), second, json!(1)),
        RuleKind::DateWindow { from, to, days } => {
            pair(from, json!(calendar::date(LONG_AGO)), to, json!(calendar::date(LONG_AGO + i64::from(*days) + 1)))
        }
        RuleKind::BeforeToday(fields) => {
            const LATE: i64 = 2_932_000;
            fields.iter().map(|path| Edit::Set(path.clone(), day(model, object, path, LATE))).collect()
        }
    }
}

fn pair(first: &Path, one: Value, second: &Path, other: Value) -> Vec<Edit> {
    vec![Edit::Set(first.clone(), one), Edit::Set(second.clone(), other)]
}

fn held(conditions: &[Condition]) -> Vec<Edit> {
    conditions.iter().map(|one| Edit::Set(one.path.clone(), one.values[0].clone())).collect()
}

/// A value that says something.
fn given(model: &Model, object: &ObjectType, path: &Path) -> Value {
    let Some(field) = field(model, object, path) else {
        panic!("{path} leads to no field");
    };
    let says = |value: &Value| !matches!(value, Value::Bool(false)) && *value != json!("") && *value != json!([]);
    match field.example.clone().unwrap_or_else(|| walk::valid(model, &field.ty)) {
        value if says(&value) => value,
        Value::Bool(_) => true.into(),
        Value::String(_) => "a".into(),
        _ => walk::valid(model, &field.ty),
    }
}

/// Another value than those of a condition.
fn other(model: &Model, object: &ObjectType, one: &Condition) -> Edit {
    let candidates: Vec<Value> = match (union(model, object, &one.path), field(model, object, &one.path)) {
        (Some(union), _) => union.variants.iter().map(|variant| json!(variant.value)).collect(),
        (None, Some(field)) => match &field.ty {
            TypeRef::Named(id) => match &model.ty(*id).kind {
                TypeKind::Enum(open) if open.kind == EnumKind::Int => {
                    open.values.iter().map(|value| json!(value.wire.parse::<i64>().expect("a number"))).collect()
                }
                TypeKind::Enum(open) => open.values.iter().map(|value| json!(value.wire)).collect(),
                _ => Vec::new(),
            },
            TypeRef::Scalar(Scalar::Bool) => vec![json!(true), json!(false)],
            TypeRef::Scalar(Scalar::String) => vec![json!("another")],
            _ => (1..).take(one.values.len() + 1).map(|number| json!(number)).collect(),
        },
        (None, None) => Vec::new(),
    };
    match candidates.into_iter().find(|value| !one.values.contains(value)) {
        Some(value) => Edit::Set(one.path.clone(), value),
        None => Edit::Unset(one.path.clone()),
    }
}

/// So many items, shared by the lists.
fn filled(model: &Model, object: &ObjectType, lists: &[Path], items: usize) -> Vec<Edit> {
    let count = lists.len();
    let list = |(index, path): (usize, &Path)| {
        let share = items / count + usize::from(index < items % count);
        let Some(TypeRef::List(item)) = field(model, object, path).map(|field| &field.ty) else {
            panic!("{path} leads to no list");
        };
        Edit::Set(path.clone(), Value::Array(vec![walk::valid(model, item); share]))
    };
    lists.iter().enumerate().map(list).collect()
}

/// A date of the form that a field has.
fn day(model: &Model, object: &ObjectType, path: &Path, day: i64) -> Value {
    match field(model, object, path).map(|field| &field.ty) {
        Some(TypeRef::Scalar(Scalar::DateNumber)) => {
            let text = calendar::date(day).replace('-', "");
            json!(text.parse::<u32>().expect("a number"))
        }
        _ => json!(calendar::date(day)),
    }
}
