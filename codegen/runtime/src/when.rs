//! Days and moments as callers have them: what takes a date or a timestamp takes any of these.

use std::time::{SystemTime, UNIX_EPOCH};

use crate::calendar;

/// A day, as it is sent. An argument that is a day takes anything that makes one:
///
/// | from | feature |
/// |---|---|
/// | `"2026-11-25"` | |
/// | `(2026, 11, 25)` | |
/// | `chrono::NaiveDate` | `chrono` |
/// | `jiff::civil::Date` | `jiff` |
/// | `time::Date` | `time` |
///
/// A day that is not in the calendar is kept as it is: validation finds it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Date(Parts);

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Parts {
    Text(String),
    Day(i32, u32, u32),
}

impl Date {
    /// The day as `yyyy-MM-dd`; a text as it was given.
    pub fn into_text(self) -> String {
        match self.0 {
            Parts::Text(text) => text,
            Parts::Day(year, month, day) => format!("{year:04}-{month:02}-{day:02}"),
        }
    }

    /// The day counted from 1970; none when it is not in the calendar.
    pub(crate) fn day(&self) -> Option<i64> {
        let text = self.clone().into_text();
        calendar::day(&text).or_else(|| calendar::day_of_number(text.parse().ok()?))
    }

    /// The day as the number `yyyyMMdd`; 0 for what makes none.
    pub fn into_number(self) -> u32 {
        match self.0 {
            Parts::Text(text) => text.replace('-', "").parse().unwrap_or(0),
            Parts::Day(year, month, day) => {
                let year = u32::try_from(year).unwrap_or(0);
                year.saturating_mul(10_000).saturating_add(month.saturating_mul(100)).saturating_add(day)
            }
        }
    }
}

impl From<&str> for Date {
    fn from(text: &str) -> Self {
        Date(Parts::Text(text.to_owned()))
    }
}

impl From<String> for Date {
    fn from(text: String) -> Self {
        Date(Parts::Text(text))
    }
}

impl From<&String> for Date {
    fn from(text: &String) -> Self {
        Date::from(text.as_str())
    }
}

impl From<(i32, u32, u32)> for Date {
    fn from((year, month, day): (i32, u32, u32)) -> Self {
        Date(Parts::Day(year, month, day))
    }
}

/// The number `yyyyMMdd`.
impl From<u32> for Date {
    fn from(number: u32) -> Self {
        Date(Parts::Text(number.to_string()))
    }
}

/// Seconds since 1970, as they are sent. An argument that is a moment takes anything that makes one:
///
/// | from | feature |
/// |---|---|
/// | `1767196800` (`u64`) | |
/// | `std::time::SystemTime` | |
/// | `chrono::DateTime` | `chrono` |
/// | `jiff::Timestamp`, `jiff::ZonedDateTime` | `jiff` |
/// | `time::OffsetDateTime`, `time::UtcDateTime` | `time` |
///
/// What lies before 1970 is 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Timestamp(u64);

impl Timestamp {
    /// Seconds since 1970.
    pub fn seconds(self) -> u64 {
        self.0
    }

    #[cfg(any(feature = "chrono", feature = "jiff", feature = "time"))]
    fn signed(seconds: i64) -> Self {
        Timestamp(u64::try_from(seconds).unwrap_or(0))
    }
}

impl From<u64> for Timestamp {
    fn from(seconds: u64) -> Self {
        Timestamp(seconds)
    }
}

impl From<SystemTime> for Timestamp {
    fn from(time: SystemTime) -> Self {
        Timestamp(time.duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs()))
    }
}

#[cfg(feature = "chrono")]
mod of_chrono {
    use chrono::{DateTime, Datelike, NaiveDate, TimeZone};

    use super::{Date, Timestamp};

    impl From<NaiveDate> for Date {
        fn from(date: NaiveDate) -> Self {
            Date::from((date.year(), date.month(), date.day()))
        }
    }

    impl<Z: TimeZone> From<DateTime<Z>> for Timestamp {
        fn from(time: DateTime<Z>) -> Self {
            Timestamp::signed(time.timestamp())
        }
    }
}

#[cfg(feature = "jiff")]
mod of_jiff {
    use super::{Date, Timestamp};

    impl From<jiff::civil::Date> for Date {
        fn from(date: jiff::civil::Date) -> Self {
            let part = |part: i8| u32::try_from(part).unwrap_or(0);
            Date::from((i32::from(date.year()), part(date.month()), part(date.day())))
        }
    }

    impl From<jiff::Timestamp> for Timestamp {
        fn from(time: jiff::Timestamp) -> Self {
            Timestamp::signed(time.as_second())
        }
    }

    impl From<jiff::ZonedDateTime> for Timestamp {
        fn from(time: jiff::ZonedDateTime) -> Self {
            Timestamp::from(time.timestamp())
        }
    }
}

#[cfg(feature = "time")]
mod of_time {
    use super::{Date, Timestamp};

    impl From<time::Date> for Date {
        fn from(date: time::Date) -> Self {
            Date::from((date.year(), u32::from(u8::from(date.month())), u32::from(date.day())))
        }
    }

    impl From<time::OffsetDateTime> for Timestamp {
        fn from(time: time::OffsetDateTime) -> Self {
            Timestamp::signed(time.unix_timestamp())
        }
    }

    impl From<time::UtcDateTime> for Timestamp {
        fn from(time: time::UtcDateTime) -> Self {
            Timestamp::signed(time.unix_timestamp())
        }
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    fn text(date: impl Into<Date>) -> String {
        date.into().into_text()
    }

    fn seconds(time: impl Into<Timestamp>) -> u64 {
        time.into().seconds()
    }

    #[test]
    fn days() {
        assert_eq!(text("2026-11-25"), "2026-11-25");
        assert_eq!(text((2026, 1, 5)), "2026-01-05");
        assert_eq!(text((2026, 13, 41)), "2026-13-41");
        assert_eq!(Date::from((2026, 1, 5)).into_number(), 20_260_105);
        assert_eq!(Date::from("2026-01-05").into_number(), 20_260_105);
        assert_eq!(Date::from(20_260_105).into_number(), 20_260_105);
        assert_eq!(Date::from((-1, 0, u32::MAX)).into_number(), u32::MAX);
        assert_eq!(Date::from("soon").into_number(), 0);
        assert_eq!(Date::from("1970-01-02").day(), Some(1));
        assert_eq!(Date::from((1970, 1, 2)).day(), Some(1));
        assert_eq!(Date::from(19_700_102).day(), Some(1));
        assert_eq!((Date::from("soon").day(), Date::from((2026, 2, 29)).day()), (None, None));
    }

    #[test]
    fn moments() {
        assert_eq!(seconds(4_294_967_295), 4_294_967_295);
        assert_eq!(seconds(UNIX_EPOCH + Duration::from_millis(2_500)), 2);
        assert_eq!(seconds(UNIX_EPOCH - Duration::from_secs(9)), 0);
    }

    #[cfg(feature = "chrono")]
    #[test]
    fn chrono_has_them_too() {
        let date = chrono::NaiveDate::from_ymd_opt(2026, 2, 3).expect("a day");
        assert_eq!(text(date), "2026-02-03");
        assert_eq!(seconds(chrono::DateTime::from_timestamp(7, 0).expect("a moment")), 7);
    }

    #[cfg(feature = "jiff")]
    #[test]
    fn jiff_has_them_too() {
        assert_eq!(text(jiff::civil::date(2026, 2, 3)), "2026-02-03");
        assert_eq!(seconds(jiff::Timestamp::from_second(-7).expect("a moment")), 0);
    }

    #[cfg(feature = "time")]
    #[test]
    fn time_has_them_too() {
        let date = time::Date::from_calendar_date(2026, time::Month::February, 3).expect("a day");
        assert_eq!(text(date), "2026-02-03");
        assert_eq!(seconds(time::OffsetDateTime::from_unix_timestamp(7).expect("a moment")), 7);
    }
}
