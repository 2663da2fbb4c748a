//! Cross-field rules: that each is exactly one.

mod paths;

use super::context::{Context, Owner};
use super::{checks, errors, prose, values};
use crate::diagnostic::{Code, Diagnostic, Label};
use crate::model::{Cases, Condition, Path, Rule, RuleKind, Value};
use crate::source::Node;
use crate::spec;

pub(super) use paths::{Checker, check_paths};

/// The rules of one object in one view.
pub(super) fn rules(cx: &Context<'_>, written: &[spec::Rule], owner: &Owner<'_, '_>, list: &Node<'_>) -> Vec<Rule> {
    written.iter().enumerate().filter_map(|(index, rule)| one(cx, (index, rule), owner, &list.index(index))).collect()
}

fn one(cx: &Context<'_>, written: (usize, &spec::Rule), owner: &Owner<'_, '_>, at: &Node<'_>) -> Option<Rule> {
    let (index, written) = written;
    let text = prose::text(cx, written.text.as_ref(), &at.key("text"), "the rule in words");
    let quirks = prose::quirks(cx, &written.quirk, owner.scope, &at.key("quirk"));
    if let Some(code) = written.error {
        let at = at.key("error");
        errors::known(cx, code, &at, Label::node(&at, "this code"));
    }
    for (index, view) in written.views.iter().flatten().enumerate() {
        super::registry::check_view(cx, view, &at.key("in").index(index));
    }
    let (name, kind) = kind(cx, written, at)?;
    let holds = match (&written.views, owner.view) {
        (Some(views), Some(view)) => views.iter().any(|name| name == view),
        _ => true,
    };
    holds.then(|| Rule {
        name,
        kind,
        text,
        error: written.error,
        sources: prose::sources(cx, &written.source, owner.sources, &at.key("source")),
        quirks,
        index,
        cases: written.cases.as_ref().map(cases),
    })
}

fn cases(written: &spec::RuleCases) -> Cases {
    let json = |value| values::json(Some(value)).unwrap_or_default();
    Cases { obeys: json(&written.obeys), breaks: json(&written.breaks) }
}

fn kind(cx: &Context<'_>, rule: &spec::Rule, at: &Node<'_>) -> Option<(String, RuleKind)> {
    let mut kinds = kinds(rule);
    let first = kinds.first().map_or("", |(name, _)| *name);
    if kinds.len() > 1 && first.starts_with("requires") && kinds.iter().all(|(name, _)| *name == first) {
        let message = format!("`{first}` speaks of several fields");
        cx.report(
            Diagnostic::at(Code::BadRule, &at.key(first), message, "one, please")
                .help("write one rule for each, with its own text"),
        );
        return None;
    }
    if kinds.len() != 1 {
        let message = if kinds.is_empty() { "this rule demands nothing" } else { "this rule is several at once" };
        cx.report(
            Diagnostic::at(Code::BadRule, at, message, "one kind, please")
                .help("give exactly one of at_most_one, at_least_one, required_when, forbidden_when, equals_when, differs_when, requires, requires_one, together, not_empty, date_window, in_order, before_today, note"),
        );
        return None;
    }
    if rule.in_order.as_ref().is_some_and(|fields| fields.len() != 2) {
        let at = at.key("in_order");
        cx.report(
            Diagnostic::at(Code::BadRule, &at, "an order is one of two fields", "two, please")
                .help("write `in_order: [begin, end]`"),
        );
        return None;
    }
    let (name, kind) = kinds.remove(0);
    // Without a condition the others hold always: a field with only one possible value, or none.
    let conditional = name == "required_when";
    let either = matches!(name, "at_least_one" | "forbidden_when" | "equals_when" | "differs_when");
    if conditional == rule.when.is_empty() && !either {
        let message = if conditional { "the rule has no condition" } else { "a condition means nothing here" };
        cx.report(
            Diagnostic::at(Code::BadRule, &at.key("when"), message, "see here")
                .help("`when` belongs to at_least_one, required_when, forbidden_when, equals_when and differs_when"),
        );
    }
    if let Some(note) = &rule.note {
        checks::slug(cx, note, &at.key("note"));
        return Some((note.clone(), kind));
    }
    Some((name.to_owned(), kind))
}

fn kinds(rule: &spec::Rule) -> Vec<(&'static str, RuleKind)> {
    let when = || conditions(&rule.when);
    let mut kinds = Vec::new();
    if let Some(fields) = &rule.at_most_one {
        kinds.push(("at_most_one", RuleKind::AtMostOne(paths(fields))));
    }
    if let Some(fields) = &rule.at_least_one {
        kinds.push(("at_least_one", RuleKind::AtLeastOne(paths(fields), when())));
    }
    if let Some(fields) = &rule.required_when {
        kinds.push(("required_when", RuleKind::RequiredWhen(paths(fields), when())));
    }
    if let Some(fields) = &rule.forbidden_when {
        kinds.push(("forbidden_when", RuleKind::ForbiddenWhen(paths(fields), when())));
    }
    if let Some(values) = &rule.equals_when {
        kinds.push(("equals_when", RuleKind::EqualsWhen(conditions(values), when())));
    }
    if let Some(values) = &rule.differs_when {
        kinds.push(("differs_when", RuleKind::DiffersWhen(conditions(values), when())));
    }
    for (field, needed) in rule.requires_one.iter().flatten() {
        kinds.push(("requires_one", RuleKind::RequiresOne(Path::from_dotted(field), paths(&needed.0))));
    }
    if let Some(together) = &rule.together {
        kinds.push(("together", RuleKind::Together { fields: paths(&together.fields), max: together.max }));
    }
    if rule.not_empty == Some(true) {
        kinds.push(("not_empty", RuleKind::NotEmpty));
    }
    for (field, needed) in rule.requires.iter().flatten() {
        kinds.push(("requires", RuleKind::Requires(Path::from_dotted(field), paths(&needed.0))));
    }
    if let Some(window) = &rule.date_window {
        let (from, to) = (Path::from_dotted(&window.from), Path::from_dotted(&window.to));
        kinds.push(("date_window", RuleKind::DateWindow { from, to, days: window.days }));
    }
    if let Some(fields) = &rule.in_order {
        let end = |index: usize| Path::from_dotted(fields.get(index).map_or("", String::as_str));
        kinds.push(("in_order", RuleKind::InOrder(end(0), end(1))));
    }
    if let Some(fields) = &rule.before_today {
        kinds.push(("before_today", RuleKind::BeforeToday(paths(fields))));
    }
    if rule.note.is_some() {
        kinds.push(("note", RuleKind::Note));
    }
    kinds
}

fn paths(dotted: &[String]) -> Vec<Path> {
    dotted.iter().map(|dotted| Path::from_dotted(dotted)).collect()
}

/// Conditions as written: a dotted path and what is there, or a list of it.
pub(super) fn conditions(map: &indexmap::IndexMap<String, serde_yaml::Value>) -> Vec<Condition> {
    map.iter()
        .map(|(dotted, value)| Condition {
            path: Path::from_dotted(dotted),
            values: match values::json(Some(value)) {
                Some(Value::Array(values)) => values,
                other => vec![other.unwrap_or(Value::Null)],
            },
        })
        .collect()
}
