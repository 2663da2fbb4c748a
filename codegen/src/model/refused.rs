//! Which code a server returns when something of a request is wrong, as far as it is not the general one.

use super::walk::{Stop, walk};
use super::{Endpoint, Model, Rule, RuleKind};

/// A place in a request, what is wrong there, and the code that it leads to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refused {
    /// The path of a field without the indices of lists, or of the object that a rule is about; empty for the request.
    pub path: String,
    /// The rule, or `missing`; whatever is wrong otherwise, where there is none.
    pub rule: Option<&'static str>,
    /// The code.
    pub code: i64,
}

/// All of one endpoint: first its rules, then its fields, outer ones first.
#[must_use]
pub fn refused(model: &Model, endpoint: &Endpoint) -> Vec<Refused> {
    let mut rules = of_rules("", &endpoint.request.rules);
    let mut fields = Vec::new();
    for object in [&endpoint.request.query, &endpoint.request.body] {
        walk(model, &object.fields, &endpoint.sources, &mut |stop| match stop {
            Stop::Rules(path, here) => rules.extend(of_rules(path, here)),
            Stop::Key(path, key) => {
                let refused = |rule, code: Option<i64>| code.map(|code| Refused { path: plain(path), rule, code });
                fields.extend(refused(Some("missing"), key.first(|field| field.missing)));
                fields.extend(refused(None, key.first(|field| field.error)));
            }
        });
    }
    rules.extend(fields);
    let mut once: Vec<Refused> = Vec::new();
    for one in rules {
        if !once.contains(&one) {
            once.push(one);
        }
    }
    once
}

fn of_rules(path: &str, rules: &[Rule]) -> Vec<Refused> {
    let each = |rule: &Rule| {
        let code = rule.error?;
        let of_name = move |name: &'static str| {
            let at = move |path: String| Refused { path, rule: Some(name), code };
            places(path, &rule.kind).into_iter().map(at)
        };
        Some(names(&rule.kind).iter().copied().flat_map(of_name).collect::<Vec<_>>())
    };
    rules.iter().filter_map(each).flatten().collect()
}

/// Where the check finds a rule broken: at the fields that hold another value, so that two rules about the values of one object
/// can have their own codes; somewhere in the object with all others.
fn places(path: &str, kind: &RuleKind) -> Vec<String> {
    let object = plain(path);
    let below = |field: String| if object.is_empty() { field } else { format!("{object}.{field}") };
    match kind {
        RuleKind::EqualsWhen(expected, _) => expected.iter().map(|it| below(it.path.to_string())).collect(),
        _ => vec![object],
    }
}

/// `list[].title` is `list.title`.
fn plain(path: &str) -> String {
    path.replace("[]", "").replace(".*", "")
}

/// What the check calls a broken rule.
fn names(kind: &RuleKind) -> &'static [&'static str] {
    match kind {
        RuleKind::Note => &[],
        RuleKind::AtMostOne(_) => &["at_most_one"],
        RuleKind::AtLeastOne(..) => &["at_least_one"],
        RuleKind::RequiredWhen(..) => &["required_when"],
        RuleKind::ForbiddenWhen(..) => &["forbidden_when"],
        RuleKind::EqualsWhen(..) => &["equals_when"],
        RuleKind::DiffersWhen(..) => &["differs_when"],
        RuleKind::RequiresOne(..) => &["requires_one"],
        RuleKind::Together { .. } => &["together"],
        RuleKind::NotEmpty => &["not_empty"],
        RuleKind::Requires(..) => &["requires"],
        RuleKind::DateWindow { .. } => &["date_window", "date_order"],
        RuleKind::InOrder(..) => &["date_order"],
        RuleKind::BeforeToday(_) => &["before_today"],
    }
}
