//! Limits of one's own, so that a quota of the server is not used up.
//!
//! | file | holds |
//! |---|---|
//! | `settings` | [`Limits`], [`Limit`], [`Over`] |
//! | `rate` | so many calls a second |
//! | `day` | so many calls a day |
//! | `limiter` | all limits of a client |

mod day;
mod limiter;
mod rate;
mod settings;

pub(super) use limiter::Limiter;
pub use settings::{Limit, Limits, Over};
