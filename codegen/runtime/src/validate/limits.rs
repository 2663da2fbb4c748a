//! Limits of single values.

use super::At;
use super::violation::{Rule, Unit, Violations};
use crate::calendar;

impl Violations {
    /// At most so many bytes of UTF-8.
    #[inline]
    pub fn max_bytes(&mut self, at: At<'_>, value: &str, limit: usize) {
        if value.len() > limit {
            self.out_of_bounds(at, Rule::MaxBytes, Unit::Bytes, value.len(), limit);
        }
    }

    /// At least so many bytes of UTF-8.
    #[inline]
    pub fn min_bytes(&mut self, at: At<'_>, value: &str, limit: usize) {
        if value.len() < limit {
            self.out_of_bounds(at, Rule::MinBytes, Unit::Bytes, value.len(), limit);
        }
    }

    /// At most so many characters.
    #[inline]
    pub fn max_chars(&mut self, at: At<'_>, value: &str, limit: usize) {
        // No text has more characters than bytes.
        if value.len() > limit && value.chars().count() > limit {
            self.out_of_bounds(at, Rule::MaxChars, Unit::Chars, value.chars().count(), limit);
        }
    }

    /// At least so many characters.
    #[inline]
    pub fn min_chars(&mut self, at: At<'_>, value: &str, limit: usize) {
        if value.chars().count() < limit {
            self.out_of_bounds(at, Rule::MinChars, Unit::Chars, value.chars().count(), limit);
        }
    }

    /// At most so many items in a list.
    #[inline]
    pub fn max_items(&mut self, at: At<'_>, len: usize, limit: usize) {
        if len > limit {
            self.out_of_bounds(at, Rule::MaxItems, Unit::Items, len, limit);
        }
    }

    /// At least so many items in a list.
    #[inline]
    pub fn min_items(&mut self, at: At<'_>, len: usize, limit: usize) {
        if len < limit {
            self.out_of_bounds(at, Rule::MinItems, Unit::Items, len, limit);
        }
    }

    /// A number that is at most this.
    #[inline]
    pub fn max_value(&mut self, at: At<'_>, value: impl Into<i128>, limit: i128) {
        let value = value.into();
        if value > limit {
            self.limit(at, Rule::MaxValue, Unit::Value, value, limit);
        }
    }

    /// A number that is at least this.
    #[inline]
    pub fn min_value(&mut self, at: At<'_>, value: impl Into<i128>, limit: i128) {
        let value = value.into();
        if value < limit {
            self.limit(at, Rule::MinValue, Unit::Value, value, limit);
        }
    }

    /// A moment in seconds since 1970 that is at most this. Of one that can only be milliseconds the seconds are told.
    #[inline]
    pub fn max_timestamp(&mut self, at: At<'_>, value: u64, limit: u64) {
        if value > limit {
            self.late(at, value, limit);
        }
    }

    #[cold]
    #[inline(never)]
    fn late(&mut self, at: At<'_>, value: u64, limit: u64) {
        // As milliseconds this is in March 1973, as seconds it is past the year 5000.
        const MILLISECONDS: u64 = 100_000_000_000;
        let seconds = value / 1000;
        self.limit(at, Rule::MaxValue, Unit::Value, value.into(), limit.into());
        if let (true, Some(violation)) = (value >= MILLISECONDS && seconds <= limit, self.last_mut()) {
            violation.expected = Some(seconds.to_string());
        }
    }

    /// A text that is a day of the calendar, written `yyyy-MM-dd`.
    pub fn date(&mut self, at: At<'_>, value: &str) {
        if calendar::day(value).is_none() {
            self.add(at, Rule::Date, |violation| violation.actual = Some(short(value)));
        }
    }

    /// A number that is a day of the calendar, written `yyyyMMdd`.
    pub fn date_number(&mut self, at: At<'_>, value: u32) {
        if calendar::day_of_number(value).is_none() {
            self.add(at, Rule::DateNumber, |violation| violation.actual = Some(value.to_string()));
        }
    }

    /// A size that is too large or too small.
    #[cold]
    #[inline(never)]
    pub(super) fn out_of_bounds(&mut self, at: At<'_>, rule: Rule, unit: Unit, size: usize, limit: usize) {
        self.limit(at, rule, unit, wide(size), wide(limit));
    }

    #[cold]
    #[inline(never)]
    fn limit(&mut self, at: At<'_>, rule: Rule, unit: Unit, actual: i128, limit: i128) {
        self.add(at, rule, |violation| {
            violation.limit = Some(i64::try_from(limit).unwrap_or(if limit < 0 { i64::MIN } else { i64::MAX }));
            violation.unit = Some(unit);
            violation.actual = Some(actual.to_string());
        });
    }
}

fn wide(size: usize) -> i128 {
    i128::try_from(size).unwrap_or(i128::MAX)
}

/// A value as a violation quotes it: not longer than a line.
pub(super) fn short(value: &str) -> String {
    const MOST: usize = 64;
    match value.char_indices().nth(MOST) {
        Some((end, _)) => format!("{}…", &value[..end]),
        None => value.to_owned(),
    }
}
