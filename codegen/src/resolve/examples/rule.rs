//! Applies the rules of an object to an example.

use super::judge::Fault;
use crate::model::{Condition, Rule, RuleKind, Value};
use crate::resolve::checks::parse_day;

/// The fault of an example that breaks the rule. What depends on the current day is not judged.
pub(super) fn broken(rule: &Rule, value: &Value) -> Option<Fault> {
    let is_set = |path: &Vec<String>| get(value, path).is_some();
    let holds = |conditions: &[Condition]| conditions.iter().all(|c| get(value, &c.path) == Some(&c.value));
    let broken = match &rule.kind {
        RuleKind::Note | RuleKind::BeforeToday(_) => false,
        RuleKind::AtMostOne(paths) => paths.iter().filter(|path| is_set(path)).count() > 1,
        RuleKind::AtLeastOne(paths) => !paths.iter().any(is_set),
        RuleKind::RequiredWhen(paths, when) => holds(when) && !paths.iter().all(is_set),
        RuleKind::ForbiddenWhen(paths, when) => holds(when) && paths.iter().any(is_set),
        RuleKind::EqualsWhen(values, when) => holds(when) && !holds(values),
        RuleKind::Requires(field, needed) => is_set(field) && !needed.iter().all(is_set),
        RuleKind::InOrder(first, second) => {
            let moment = |path| get(value, path).and_then(Value::as_u64);
            matches!((moment(first), moment(second)), (Some(first), Some(second)) if first > second)
        }
        RuleKind::DateWindow { from, to, days } => window(value, from, to, *days),
    };
    broken.then(|| Fault::new(format!("the rule `{}` is broken: {}", rule.name, rule.text.en)))
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
