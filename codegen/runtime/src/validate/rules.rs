//! Rules across fields. A field's name may be a dotted path; it is relative to `at`.

use super::At;
use super::limits::short;
use super::violation::{Rule, Unit, Violations};
use crate::calendar;

impl Violations {
    /// At most one of the fields is set: each comes with whether it is.
    #[inline]
    pub fn at_most_one(&mut self, at: At<'_>, fields: &[(&'static str, bool)]) {
        if fields.iter().filter(|(_, set)| *set).count() > 1 {
            self.more_than_one(at, fields);
        }
    }

    #[cold]
    fn more_than_one(&mut self, at: At<'_>, fields: &[(&'static str, bool)]) {
        let set: Vec<&str> = fields.iter().filter(|(_, set)| *set).map(|(name, _)| *name).collect();
        self.add(at, Rule::AtMostOne, |violation| {
            violation.others = fields.iter().map(|(name, _)| at.field(name).to_string()).collect();
            violation.actual = Some(set.join(", "));
        });
    }

    /// At least one of the fields is set: each comes with whether it is.
    pub fn at_least_one(&mut self, at: At<'_>, fields: &[(&'static str, bool)]) {
        self.at_least_one_when(at, fields, "");
    }

    /// As [`at_least_one`](Violations::at_least_one), because of a condition. To be called only when it holds.
    pub fn at_least_one_when(&mut self, at: At<'_>, fields: &[(&'static str, bool)], condition: &str) {
        if !fields.iter().any(|(_, set)| *set) {
            self.add(at, Rule::AtLeastOne, |violation| {
                violation.others = fields.iter().map(|(name, _)| at.field(name).to_string()).collect();
                violation.expected = (!condition.is_empty()).then(|| condition.to_owned());
            });
        }
    }

    /// The field is not set, though the condition demands it. To be called only then.
    pub fn required_when(&mut self, at: At<'_>, field: &str, condition: &str) {
        self.add(at.field(field), Rule::RequiredWhen, |violation| violation.expected = Some(condition.to_owned()));
    }

    /// The field is set, though the condition, or an empty one always, forbids it. To be called only then.
    pub fn forbidden_when(&mut self, at: At<'_>, field: &str, condition: &str) {
        self.add(at.field(field), Rule::ForbiddenWhen, |violation| {
            violation.expected = (!condition.is_empty()).then(|| condition.to_owned());
        });
    }

    /// The field is not set to the expected value, though the condition demands it. To be called only then, with the
    /// field's value as text.
    pub fn equals_when(&mut self, at: At<'_>, field: &str, expected: &str, actual: Option<String>) {
        self.add(at.field(field), Rule::EqualsWhen, |violation| {
            violation.expected = Some(expected.to_owned());
            violation.actual = actual.as_deref().map(short);
        });
    }

    /// The field holds what the condition forbids, or what is never allowed. To be called only then.
    pub fn differs_when(&mut self, at: At<'_>, field: &str, refused: &str, condition: &str) {
        self.add(at.field(field), Rule::DiffersWhen, |violation| {
            violation.actual = Some(refused.to_owned());
            violation.expected = (!condition.is_empty()).then(|| condition.to_owned());
        });
    }

    /// `field` is set, and none of `needs`, of which one belongs to it. To be called only then.
    pub fn requires_one(&mut self, at: At<'_>, field: &str, needs: &[&str]) {
        self.add(at.field(field), Rule::RequiresOne, |violation| {
            violation.others = needs.iter().map(|name| at.field(name).to_string()).collect();
        });
    }

    /// Lists that together have at most so many items: each comes with how many it has.
    pub fn together(&mut self, at: At<'_>, lists: &[(&str, usize)], limit: u32) {
        let sum: usize = lists.iter().map(|(_, len)| len).sum();
        if u32::try_from(sum).map_or(true, |sum| sum > limit) {
            self.add(at, Rule::Together, |violation| {
                violation.limit = Some(limit.into());
                violation.unit = Some(Unit::Items);
                violation.actual = Some(sum.to_string());
                violation.others = lists.iter().map(|(name, _)| at.field(name).to_string()).collect();
            });
        }
    }

    /// Nothing in the object is set. To be called only then.
    pub fn nothing_set(&mut self, at: At<'_>) {
        self.add(at, Rule::NotEmpty, |_| {});
    }

    /// `field` is set, and `needs`, which belongs to it, is not. To be called only then.
    pub fn requires(&mut self, at: At<'_>, field: &str, needs: &str) {
        self.add(at.field(needs), Rule::Requires, |violation| {
            violation.others = vec![at.field(field).to_string()];
        });
    }

    /// The first date is not after the second, and at most so many days before it. Texts that are no dates are left
    /// to [`date`](Violations::date).
    pub fn date_window(&mut self, at: At<'_>, from_name: &str, from: &str, to_name: &str, to: &str, days: i64) {
        let (Some(first), Some(last)) = (calendar::day(from), calendar::day(to)) else {
            return;
        };
        let rule = if first > last {
            Rule::DateOrder
        } else if last - first > days {
            Rule::DateWindow
        } else {
            return;
        };
        self.add(at.field(to_name), rule, |violation| {
            violation.others = vec![at.field(from_name).to_string()];
            if rule == Rule::DateWindow {
                violation.limit = Some(days);
                violation.unit = Some(Unit::Days);
                violation.actual = Some((last - first).to_string());
            } else {
                violation.expected = Some(from.to_owned());
                violation.actual = Some(to.to_owned());
            }
        });
    }

    /// The first of two moments is not after the second.
    #[inline]
    pub fn in_order(&mut self, at: At<'_>, first_name: &str, first: u64, second_name: &str, second: u64) {
        if first > second {
            self.out_of_order(at, first_name, first, second_name, second);
        }
    }

    #[cold]
    fn out_of_order(&mut self, at: At<'_>, first_name: &str, first: u64, second_name: &str, second: u64) {
        self.add(at.field(second_name), Rule::DateOrder, |violation| {
            violation.others = vec![at.field(first_name).to_string()];
            violation.expected = Some(first.to_string());
            violation.actual = Some(second.to_string());
        });
    }

    /// The date is before today, where clocks are `zone_seconds` ahead of UTC. A text that is no date is left to
    /// [`date`](Violations::date).
    pub fn before_today(&mut self, at: At<'_>, field: &str, value: &str, zone_seconds: i32) {
        if calendar::day(value).is_some_and(|day| day >= calendar::today(zone_seconds)) {
            self.add(at.field(field), Rule::BeforeToday, |violation| violation.actual = Some(value.to_owned()));
        }
    }
}
