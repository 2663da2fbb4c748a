//! Applies the rules of an object to an example.

use weixin_runtime::calendar;

use crate::model::{Condition, JsonMap, Path, Rule, RuleKind, Value};

/// Whether an example breaks the rule. What depends on the current day is not judged.
pub(super) fn is_broken(rule: &Rule, object: &JsonMap) -> bool {
    let given =
        |path: &Path| path.find(object).is_some_and(|value| !says_nothing(value) && value != &Value::Bool(false));
    let set = |path: &Path| path.find(object).is_some_and(|value| !says_nothing(value));
    let one_holds = |condition: &Condition| condition.holds(object);
    let holds = |conditions: &[Condition]| conditions.iter().all(one_holds);
    match &rule.kind {
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
            let items = |path: &Path| path.find(object).and_then(Value::as_array).map_or(0, Vec::len);
            fields.iter().map(items).sum::<usize>() > usize::try_from(*max).unwrap_or(usize::MAX)
        }
        RuleKind::NotEmpty => object.is_empty(),
        RuleKind::InOrder(first, second) => {
            let moment = |path: &Path| path.find(object).and_then(Value::as_u64);
            matches!((moment(first), moment(second)), (Some(first), Some(second)) if first > second)
        }
        RuleKind::DateWindow { from, to, days } => window(object, from, to, *days),
    }
}

/// Whether a value is as good as none.
fn says_nothing(value: &Value) -> bool {
    match value {
        Value::String(text) => text.is_empty(),
        Value::Array(items) => items.is_empty(),
        _ => false,
    }
}

fn window(object: &JsonMap, from: &Path, to: &Path, days: u32) -> bool {
    let day = |path: &Path| path.find(object).and_then(Value::as_str).and_then(calendar::day);
    match (day(from), day(to)) {
        (Some(from), Some(to)) => to < from || to - from > i64::from(days),
        _ => false,
    }
}
