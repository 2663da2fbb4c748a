//! Applies the rules of an object to an example.

use super::fault::Fault;
use crate::model::{Condition, Rule, RuleKind, Value};
use crate::resolve::checks::parse_day;

/// The fault of an example that breaks the rule. What depends on the current day is not judged.
pub(super) fn broken(rule: &Rule, value: &Value) -> Option<Fault> {
    let given =
        |path: &Vec<String>| get(value, path).is_some_and(|value| !says_nothing(value) && value != &Value::Bool(false));
    let set = |path: &Vec<String>| get(value, path).is_some_and(|value| !says_nothing(value));
    let one_holds = |c: &Condition| get(value, &c.path).is_some_and(|value| c.values.contains(value));
    let holds = |conditions: &[Condition]| conditions.iter().all(one_holds);
    let broken = match &rule.kind {
        RuleKind::Note | RuleKind::BeforeToday(_) => false,
        RuleKind::AtMostOne(paths) => paths.iter().filter(|path| given(path)).count() > 1,
        RuleKind::AtLeastOne(paths, when) => holds(when) && !paths.iter().any(set),
        RuleKind::RequiredWhen(paths, when) => holds(when) && !paths.iter().all(set),
        RuleKind::ForbiddenWhen(paths, when) => holds(when) && paths.iter().any(given),
        RuleKind::EqualsWhen(values, when) => holds(when) && !holds(values),
        RuleKind::DiffersWhen(values, when) => holds(when) && values.iter().any(one_holds),
        RuleKind::Requires(field, needed) => given(field) && !needed.iter().all(set),
        RuleKind::RequiresOne(field, needed) => given(field) && !needed.iter().any(set),
        RuleKind::Together { fields, max } => {
            let items = |path: &Vec<String>| get(value, path).and_then(Value::as_array).map_or(0, Vec::len);
            fields.iter().map(items).sum::<usize>() > usize::try_from(*max).unwrap_or(usize::MAX)
        }
        RuleKind::NotEmpty => value.as_object().is_some_and(serde_json::Map::is_empty),
        RuleKind::InOrder(first, second) => {
            let moment = |path| get(value, path).and_then(Value::as_u64);
            matches!((moment(first), moment(second)), (Some(first), Some(second)) if first > second)
        }
        RuleKind::DateWindow { from, to, days } => window(value, from, to, *days),
    };
    broken.then(|| Fault::new(format!("the rule `{}` is broken: {}", rule.name, rule.text.en)))
}

/// Whether a value is as good as none.
fn says_nothing(value: &Value) -> bool {
    match value {
        Value::String(text) => text.is_empty(),
        Value::Array(items) => items.is_empty(),
        _ => false,
    }
}

fn window(value: &Value, from: &[String], to: &[String], days: u32) -> bool {
    let day = |path: &[String]| get(value, path).and_then(Value::as_str).and_then(parse_day);
    match (day(from), day(to)) {
        (Some(from), Some(to)) => to < from || to - from > i64::from(days),
        _ => false,
    }
}

/// The value at a path.
pub(super) fn get<'v>(value: &'v Value, path: &[String]) -> Option<&'v Value> {
    path.iter().try_fold(value, |value, step| value.get(step)).filter(|value| !value.is_null())
}
