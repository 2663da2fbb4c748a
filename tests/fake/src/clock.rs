//! The time that it is in the fake, which tests move.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{SystemTime, UNIX_EPOCH};

/// The seconds by which the zone of the platform is ahead of UTC.
const ZONE: i64 = weixin::API.zone_seconds as i64;
const DAY: i64 = 86_400;

/// A clock that runs as the real one does, ahead of it or behind it. Clones show the same time.
#[derive(Clone, Debug, Default)]
pub struct Clock(Arc<AtomicI64>);

impl Clock {
    pub(crate) fn new(offset: i64) -> Self {
        Clock(Arc::new(AtomicI64::new(offset)))
    }

    /// The seconds since 1970.
    #[must_use]
    pub fn now(&self) -> u64 {
        let real = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
        real.saturating_add_signed(self.offset())
    }

    /// By how many seconds it is ahead of the real one.
    #[must_use]
    pub fn offset(&self) -> i64 {
        self.0.load(Ordering::Relaxed)
    }

    /// Moves it by so many seconds.
    pub fn advance(&self, seconds: i64) {
        // More than a thousand years would leave the calendar.
        let offset = self.offset().saturating_add(seconds).clamp(-40_000_000_000, 40_000_000_000);
        self.0.store(offset, Ordering::Relaxed);
    }
}

/// The day of a moment in the zone of the platform, counted from 1970-01-01.
pub(crate) fn day(seconds: u64) -> i64 {
    (i64::try_from(seconds).unwrap_or(i64::MAX / 2) + ZONE).div_euclid(DAY)
}

/// The moment at which a day begins, counted as [`day`] does.
pub(crate) fn midnight(day: i64) -> u64 {
    u64::try_from(day.saturating_mul(DAY) - ZONE).unwrap_or(0)
}

/// The time of the day of a moment in the zone of the platform: `11:02:03`.
pub(crate) fn time(seconds: u64) -> String {
    let local = i64::try_from(seconds).unwrap_or(i64::MAX / 2) + ZONE;
    let of_day = local.rem_euclid(DAY);
    format!("{:02}:{:02}:{:02}", of_day / 3_600, of_day / 60 % 60, of_day % 60)
}

/// A moment in the zone of the platform: `2026-12-01 11:02:03`.
pub(crate) fn moment(seconds: u64) -> String {
    format!("{} {}", weixin_runtime::calendar::date(day(seconds)), time(seconds))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_told_in_the_zone_of_the_platform() {
        // 2026-12-01 16:00:01 UTC is the next day there.
        assert_eq!(moment(1_796_140_801), "2026-12-02 00:00:01");
        assert_eq!(time(1_796_140_800 - 1), "23:59:59");
    }
}
