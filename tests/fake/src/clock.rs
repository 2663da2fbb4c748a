//! The time that it is in the fake, which tests move.

use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{SystemTime, UNIX_EPOCH};

/// The seconds by which the zone of the platform is ahead of UTC.
const ZONE: i64 = weixin::API.zone_seconds as i64;
const DAY: i64 = 86_400;

/// A clock that runs as the real one does, ahead of it or behind it.
#[derive(Debug, Default)]
pub struct Clock(AtomicI64);

impl Clock {
    pub(crate) fn new(offset: i64) -> Self {
        Clock(AtomicI64::new(offset))
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
