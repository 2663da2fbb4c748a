//! The rules: for every way a statement can change, what that does.
//!
//! This is the one place where effects are decided. A rule is a row of data; its id is spelled from its axes, so that
//! the two cannot disagree.

use std::sync::LazyLock;

use super::axes::{Action, Area, Direction, Effects, Kind};

/// One rule.
#[derive(Debug, Clone)]
pub struct Rule {
    /// Its stable id: `request-field-limit-tightened`.
    pub id: String,
    /// Which way the values travel.
    pub direction: Direction,
    /// What the statement is about.
    pub area: Area,
    /// What tells it from the other rules of the area.
    pub kind: Kind,
    /// What happened.
    pub action: Action,
    /// What that does.
    pub effects: Effects,
    /// Why.
    pub why: &'static str,
}

/// Every rule, by area.
#[must_use]
pub fn all() -> &'static [Rule] {
    static RULES: LazyLock<Vec<Rule>> = LazyLock::new(|| {
        let rows = super::table::ROWS.iter();
        rows.flat_map(|row| row.directions.iter().map(move |direction| rule(*direction, row))).collect()
    });
    &RULES
}

fn rule(direction: Direction, row: &super::table::Row) -> Rule {
    let parts = [direction.name(), row.area.name(), row.kind.name(), row.action.name()];
    Rule {
        id: parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("-"),
        direction,
        area: row.area,
        kind: row.kind,
        action: row.action,
        effects: row.effects,
        why: row.why,
    }
}

/// The rule with this id.
#[must_use]
pub fn by_id(id: &str) -> Option<&'static Rule> {
    all().iter().find(|rule| rule.id == id)
}

/// The rule for a change of values that travel these ways: the harshest that applies.
///
/// # Panics
///
/// When the table has no row: a change without a rule must never pass in silence.
pub(super) fn find(ways: &[Direction], area: Area, kind: Kind, action: Action) -> &'static Rule {
    let applies = |rule: &&Rule| {
        rule.area == area
            && rule.kind == kind
            && rule.action == action
            && (rule.direction == Direction::None || ways.contains(&rule.direction))
    };
    // Of equals the first counts, which is the way that is sent.
    let harshest = all().iter().filter(applies).rev().max_by_key(|rule| rule.effects.severity());
    harshest.unwrap_or_else(|| {
        panic!("no rule for {area:?} {kind:?} {action:?} of {ways:?}: add a row to codegen/src/diff/table.rs")
    })
}

/// A rule without a mirror, and why that is right. The mirror test reads it.
pub const WAIVERS: &[(&str, &str)] = &[];

/// The rule that its mirror on the axis of actions would be.
#[must_use]
pub fn opposite(action: Action) -> Option<Action> {
    match action {
        Action::Added => Some(Action::Removed),
        Action::Removed => Some(Action::Added),
        Action::Tightened => Some(Action::Loosened),
        Action::Loosened => Some(Action::Tightened),
        Action::Changed => None,
    }
}

/// The direction that mirrors this one: what is sent and what is received.
#[must_use]
pub fn across(direction: Direction) -> Direction {
    match direction {
        Direction::Request => Direction::Response,
        Direction::Response => Direction::Request,
        Direction::Query => Direction::Event,
        Direction::Event => Direction::Query,
        Direction::None => Direction::None,
    }
}
