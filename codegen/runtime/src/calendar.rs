//! Days of the Gregorian calendar, as far as checks need them: those of the validator, and those of the generator, which
//! holds examples against the spec.

use std::time::{SystemTime, UNIX_EPOCH};

const DAY: i64 = 86_400;

/// The day of a `yyyy-MM-dd` text, counted from 1970; none when there is no such day.
#[must_use]
pub fn day(text: &str) -> Option<i64> {
    let bytes = text.as_bytes();
    if bytes.len() != 10 || bytes[4] != b'-' || bytes[7] != b'-' {
        return None;
    }
    let number = |from: usize, to: usize| {
        bytes[from..to]
            .iter()
            .try_fold(0_i64, |sum, byte| byte.is_ascii_digit().then(|| sum * 10 + i64::from(byte - b'0')))
    };
    civil(number(0, 4)?, number(5, 7)?, number(8, 10)?)
}

/// The day of a `yyyyMMdd` number.
#[must_use]
pub fn day_of_number(number: u32) -> Option<i64> {
    const YEARS: std::ops::RangeInclusive<i64> = 1000..=9999;
    let number = i64::from(number);
    let year = number / 10_000;
    YEARS.contains(&year).then(|| civil(year, number / 100 % 100, number % 100))?
}

/// Days from 1970 to a date of the Gregorian calendar: each year runs from March, so that the leap day comes last.
fn civil(year: i64, month: i64, day: i64) -> Option<i64> {
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let length = match month {
        2 => 28 + i64::from(leap),
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => return None,
    };
    if year == 0 || !(1..=length).contains(&day) {
        return None;
    }
    let from_march = (month + 9) % 12;
    let year = if month <= 2 { year - 1 } else { year };
    let in_year = (153 * from_march + 2) / 5 + day - 1;
    Some(year * 365 + year / 4 - year / 100 + year / 400 + in_year - 719_468)
}

/// The `yyyy-MM-dd` text of a day counted from 1970, for years of four digits.
#[must_use]
pub fn date(day: i64) -> String {
    // Years from March, in eras of 400 years, so that the leap day is the last of its year.
    let from_march = day + 719_468;
    let (era, of_era) = (from_march.div_euclid(146_097), from_march.rem_euclid(146_097));
    let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_from_march = (5 * of_year + 2) / 153;
    let of_month = of_year - (153 * month_from_march + 2) / 5 + 1;
    let month = (month_from_march + 2) % 12 + 1;
    let year = era * 400 + year_of_era + i64::from(month <= 2);
    format!("{year:04}-{month:02}-{of_month:02}")
}

/// Today's day where clocks are `zone_seconds` ahead of UTC.
#[must_use]
pub fn today(zone_seconds: i32) -> i64 {
    day_at(now(), zone_seconds)
}

/// The seconds since 1970.
pub(crate) fn now() -> i64 {
    match SystemTime::now().duration_since(UNIX_EPOCH) {
        Ok(since) => i64::try_from(since.as_secs()).unwrap_or(i64::MAX),
        Err(before) => -i64::try_from(before.duration().as_secs()).unwrap_or(i64::MAX),
    }
}

/// The seconds to the end of the day.
#[cfg(feature = "limits")]
pub(crate) fn to_midnight(seconds: i64, zone_seconds: i32) -> u64 {
    let passed = seconds.saturating_add(i64::from(zone_seconds)).rem_euclid(DAY);
    (DAY - passed).unsigned_abs()
}

pub(crate) fn day_at(seconds: i64, zone_seconds: i32) -> i64 {
    seconds.saturating_add(i64::from(zone_seconds)).div_euclid(DAY)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_calendar() {
        assert_eq!(day("1970-01-01"), Some(0));
        assert_eq!(day("1970-03-01"), Some(59));
        assert_eq!(day("2000-02-29"), Some(11_016));
        assert_eq!(day("2026-11-21"), Some(20_778));
        assert_eq!(day("1969-12-31"), Some(-1));
        for wrong in ["2026-02-29", "1900-02-29", "2026-13-01", "2026-00-10", "2026-04-31", "2026-4-1", "0000-01-01"] {
            assert_eq!(day(wrong), None, "{wrong}");
        }
        for wrong in ["", "2026/04/01", "20260401", "2026-04-0一", "２０２６-04-01", "2026-04-01 ", "+026-04-01"] {
            assert_eq!(day(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn a_day_is_written_as_it_is_read() {
        for number in (-719_162..2_932_897).step_by(13) {
            assert_eq!(day(&date(number)), Some(number), "{}", date(number));
        }
        for (number, text) in [(0, "1970-01-01"), (-1, "1969-12-31"), (11_016, "2000-02-29"), (20_818, "2026-12-31")] {
            assert_eq!(date(number), text);
        }
    }

    #[test]
    fn numbers_as_dates() {
        assert_eq!(day_of_number(20_261_121), Some(20_778));
        assert_eq!(day_of_number(20_260_229), None);
        assert_eq!(day_of_number(0), None);
        assert_eq!(day_of_number(u32::MAX), None);
    }

    #[test]
    fn midnight_depends_on_the_zone() {
        // 2026-11-20T16:00:00Z is midnight in a zone eight hours ahead.
        let midnight = 20_777 * DAY + 16 * 3600;
        assert_eq!(day_at(midnight, 8 * 3600), 20_778);
        assert_eq!(day_at(midnight - 1, 8 * 3600), 20_777);
        assert_eq!(day_at(midnight, 0), 20_777);
        assert_eq!(day_at(-1, 0), -1);
    }
}
