//! What a rule is about, and what it demands.

use weixin_codegen::model::{Condition, Path, Rule, RuleKind};

/// How strict a rule is, where that is a number.
pub(super) fn weight(kind: &RuleKind) -> Option<i64> {
    match kind {
        RuleKind::DateWindow { days, .. } => Some(-i64::from(*days)),
        RuleKind::Together { max, .. } => Some(-i64::from(*max)),
        _ => None,
    }
}

/// What a rule is about, without what it may be changed in.
pub(super) fn identity(rule: &Rule) -> String {
    let paths = |paths: &[Path]| format!("{}({})", rule.name, dotted(paths));
    match &rule.kind {
        RuleKind::Note | RuleKind::NotEmpty => rule.name.clone(),
        RuleKind::AtMostOne(fields)
        | RuleKind::AtLeastOne(fields, _)
        | RuleKind::BeforeToday(fields)
        | RuleKind::RequiredWhen(fields, _)
        | RuleKind::ForbiddenWhen(fields, _) => paths(fields),
        RuleKind::Together { fields, .. } => paths(fields),
        RuleKind::EqualsWhen(equals, _) | RuleKind::DiffersWhen(equals, _) => {
            paths(&equals.iter().map(|one| one.path.clone()).collect::<Vec<_>>())
        }
        RuleKind::Requires(field, _) | RuleKind::RequiresOne(field, _) => paths(std::slice::from_ref(field)),
        RuleKind::InOrder(first, second) => paths(&[first.clone(), second.clone()]),
        RuleKind::DateWindow { from, to, .. } => paths(&[from.clone(), to.clone()]),
    }
}

/// What a rule demands, in a form that is equal when the demand is.
pub(super) fn demand(rule: &Rule) -> String {
    match &rule.kind {
        RuleKind::Note => String::new(),
        RuleKind::AtMostOne(fields) => format!("at most one of {}", dotted(fields)),
        RuleKind::AtLeastOne(fields, when) if when.is_empty() => format!("at least one of {}", dotted(fields)),
        RuleKind::AtLeastOne(fields, when) => {
            format!("at least one of {} when {}", dotted(fields), conditions(when))
        }
        RuleKind::BeforeToday(fields) => format!("{} before today", dotted(fields)),
        RuleKind::RequiredWhen(fields, when) => {
            format!("{} required when {}", dotted(fields), conditions(when))
        }
        RuleKind::ForbiddenWhen(fields, when) if when.is_empty() => format!("{} forbidden", dotted(fields)),
        RuleKind::ForbiddenWhen(fields, when) => {
            format!("{} forbidden when {}", dotted(fields), conditions(when))
        }
        RuleKind::EqualsWhen(equals, when) if when.is_empty() => conditions(equals),
        RuleKind::EqualsWhen(equals, when) => {
            format!("{} when {}", conditions(equals), conditions(when))
        }
        RuleKind::DiffersWhen(differs, when) if when.is_empty() => format!("not {}", conditions(differs)),
        RuleKind::DiffersWhen(differs, when) => format!("not {} when {}", conditions(differs), conditions(when)),
        RuleKind::Together { fields, max } => format!("{} together: at most {max} items", dotted(fields)),
        RuleKind::NotEmpty => "something is set".to_owned(),
        RuleKind::RequiresOne(field, needs) => format!("{field} requires one of {}", dotted(needs)),
        RuleKind::Requires(field, needs) => {
            format!("{field} requires {}", dotted(needs))
        }
        RuleKind::InOrder(first, second) => format!("{first} not after {second}"),
        RuleKind::DateWindow { from, to, days } => {
            format!("{from} to {to}: at most {days} days")
        }
    }
}

fn dotted(paths: &[Path]) -> String {
    paths.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
}

fn conditions(all: &[Condition]) -> String {
    let one =
        |condition: &Condition| format!("{} = {}", condition.path, condition.spelled(" or ", ToString::to_string));
    all.iter().map(one).collect::<Vec<_>>().join(" and ")
}
