//! What a rule demands.

use crate::model::{Condition, Path, RuleKind};

/// What a rule speaks of, in a form to grep.
#[derive(Default)]
pub(super) struct RuleParts {
    pub(super) fields: Vec<String>,
    pub(super) when: Option<String>,
    pub(super) equals: Option<String>,
    pub(super) differs: Option<String>,
    pub(super) days: Option<u32>,
    pub(super) max: Option<u32>,
}

impl RuleParts {
    pub(super) fn of(kind: &RuleKind) -> Self {
        match kind {
            RuleKind::Note | RuleKind::NotEmpty => Self::default(),
            RuleKind::AtMostOne(paths) | RuleKind::BeforeToday(paths) => {
                Self { fields: dotted(paths), ..Self::default() }
            }
            RuleKind::AtLeastOne(paths, when)
            | RuleKind::RequiredWhen(paths, when)
            | RuleKind::ForbiddenWhen(paths, when) => {
                Self { fields: dotted(paths), when: conditions(when), ..Self::default() }
            }
            RuleKind::EqualsWhen(equals, when) => {
                let fields = equals.iter().map(|one| one.path.to_string()).collect();
                Self { fields, when: conditions(when), equals: conditions(equals), ..Self::default() }
            }
            RuleKind::DiffersWhen(differs, when) => {
                let fields = differs.iter().map(|one| one.path.to_string()).collect();
                Self { fields, when: conditions(when), differs: conditions(differs), ..Self::default() }
            }
            RuleKind::Together { fields, max } => Self { fields: dotted(fields), max: Some(*max), ..Self::default() },
            RuleKind::Requires(path, needs) | RuleKind::RequiresOne(path, needs) => {
                let when = format!("{path} is set");
                Self { fields: dotted(needs), when: Some(when), ..Self::default() }
            }
            RuleKind::InOrder(first, second) => {
                Self { fields: vec![first.to_string(), second.to_string()], ..Self::default() }
            }
            RuleKind::DateWindow { from, to, days } => {
                Self { fields: vec![from.to_string(), to.to_string()], days: Some(*days), ..Self::default() }
            }
        }
    }
}

fn dotted(paths: &[Path]) -> Vec<String> {
    paths.iter().map(ToString::to_string).collect()
}

fn conditions(all: &[Condition]) -> Option<String> {
    let one =
        |condition: &Condition| format!("{} = {}", condition.path, condition.spelled(" or ", ToString::to_string));
    (!all.is_empty()).then(|| all.iter().map(one).collect::<Vec<_>>().join(", "))
}
