//! So many calls a second.

use std::num::NonZeroU32;
use std::time::Duration;

use governor::clock::Clock;
use governor::middleware::NoOpMiddleware;
use governor::state::{InMemoryState, NotKeyed};
use governor::{Quota, RateLimiter};
use tokio::sync::Mutex;
use tokio::time::{Instant, sleep, timeout};

/// Lets calls pass one after the other.
pub(super) struct Rate {
    pub(super) most: u32,
    limiter: RateLimiter<NotKeyed, InMemoryState, Ticks, NoOpMiddleware<Duration>>,
    clock: Ticks,
    /// Who has it waits for the moment, the others wait in the order in which they came.
    turn: Mutex<()>,
}

/// The time since the beginning.
#[derive(Clone)]
struct Ticks(Instant);

impl Clock for Ticks {
    type Instant = Duration;

    fn now(&self) -> Duration {
        self.0.elapsed()
    }
}

impl Rate {
    pub(super) fn new(per_second: NonZeroU32, burst: NonZeroU32) -> Self {
        let clock = Ticks(Instant::now());
        let quota = Quota::per_second(per_second).allow_burst(burst);
        Rate {
            most: per_second.get(),
            limiter: RateLimiter::direct_with_clock(quota, clock.clone()),
            clock,
            turn: Mutex::new(()),
        }
    }

    /// Lets a call pass, or tells how long it has to wait.
    pub(super) fn check(&self) -> Result<(), Duration> {
        self.limiter.check().map_err(|until| until.wait_time_from(self.clock.now()))
    }

    /// Waits until a call may pass; false when that takes longer than it has.
    pub(super) async fn wait(&self, left: Duration) -> bool {
        let begin = Instant::now();
        let Ok(_turn) = timeout(left, self.turn.lock()).await else { return false };
        while let Err(pause) = self.check() {
            if pause > left.saturating_sub(begin.elapsed()) {
                return false;
            }
            sleep(pause).await;
        }
        true
    }
}
