//! All limits of a client.

use std::collections::BTreeMap;
use std::num::NonZeroU32;
use std::sync::Arc;
use std::time::Duration;

use tokio::time::{Instant, sleep};

use super::day::{Day, Place};
use super::rate::Rate;
use super::settings::{Limit, Limits, Over};
use crate::calendar;
use crate::error::{Error, Fault, LocalLimit};
use crate::meta::Meta;

/// Says when calls may be sent.
pub(in crate::client) struct Limiter {
    over: Over,
    all: Gauge,
    endpoints: BTreeMap<&'static str, Gauge>,
    /// Seconds since 1970.
    now: Arc<dyn Fn() -> i64 + Send + Sync>,
}

/// What one limit has let pass.
struct Gauge {
    rate: Option<Arc<Rate>>,
    day: Option<Day>,
    /// Whether it is that of one endpoint.
    own: bool,
}

impl Limiter {
    pub(in crate::client) fn new(limits: Limits) -> Result<Self, &'static str> {
        let mut endpoints = BTreeMap::new();
        for (name, limit) in &limits.endpoints {
            endpoints.insert(*name, Gauge::new(limit, true)?);
        }
        Ok(Limiter { over: limits.over, all: Gauge::new(&limits.all, false)?, endpoints, now: Arc::new(calendar::now) })
    }

    /// The same rates, and the count of another day.
    pub(in crate::client) fn for_another_account(&self) -> Self {
        Limiter {
            over: self.over,
            all: self.all.for_another_account(),
            endpoints: self.endpoints.iter().map(|(name, gauge)| (*name, gauge.for_another_account())).collect(),
            now: self.now.clone(),
        }
    }

    /// Waits until a call may be sent that has so much time.
    pub(in crate::client) async fn pass(&self, meta: &'static Meta, left: Duration) -> Result<(), Error> {
        let begin = Instant::now();
        let left = || left.saturating_sub(begin.elapsed());
        let gauges = || self.endpoints.get(meta.name).into_iter().chain([&self.all]);
        let mut places = Vec::new();
        for gauge in gauges() {
            if let Some(day) = &gauge.day {
                let place = self.place(day, meta, left()).await;
                places.push(place.ok_or_else(|| gauge.refusal(meta, day.most, true))?);
            }
        }
        for gauge in gauges() {
            if let Some(rate) = &gauge.rate {
                let passes = match self.over {
                    Over::Wait => rate.wait(left()).await,
                    Over::Fail => rate.check().is_ok(),
                };
                if !passes {
                    return Err(gauge.refusal(meta, rate.most.into(), false));
                }
            }
        }
        places.into_iter().for_each(Place::used);
        Ok(())
    }

    async fn place<'a>(&self, day: &'a Day, meta: &Meta, left: Duration) -> Option<Place<'a>> {
        let begin = Instant::now();
        loop {
            let now = (self.now)();
            let place = day.take(calendar::day_at(now, meta.zone_seconds));
            if place.is_some() || self.over == Over::Fail {
                return place;
            }
            let pause = Duration::from_secs(calendar::to_midnight(now, meta.zone_seconds));
            if pause > left.saturating_sub(begin.elapsed()) {
                return None;
            }
            sleep(pause).await;
        }
    }
}

impl Gauge {
    fn new(limit: &Limit, own: bool) -> Result<Self, &'static str> {
        const NOTHING: &str = "limits: a limit of 0 requests would let nothing pass";
        let nonzero = |figure: u32| NonZeroU32::new(figure).ok_or(NOTHING);
        let burst = nonzero(limit.burst.unwrap_or(1))?;
        let rate = match limit.per_second {
            Some(most) => Some(Arc::new(Rate::new(nonzero(most)?, burst))),
            None => None,
        };
        if limit.per_day == Some(0) {
            return Err(NOTHING);
        }
        Ok(Gauge { rate, day: limit.per_day.map(Day::new), own })
    }

    fn for_another_account(&self) -> Self {
        Gauge { rate: self.rate.clone(), day: self.day.as_ref().map(|day| Day::new(day.most)), own: self.own }
    }

    fn refusal(&self, meta: &'static Meta, most: u64, per_day: bool) -> Error {
        Error::new(Some(meta), Fault::LocalLimit(LocalLimit { most, per_day, own: self.own }))
    }
}

#[cfg(test)]
mod tests;
