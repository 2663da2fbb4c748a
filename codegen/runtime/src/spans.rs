//! A long time cut into the spans of days that one call may ask for.

use std::iter::FusedIterator;

use crate::calendar;
use crate::endpoint::Endpoint;
use crate::json::Reader;
use crate::meta::DayWindow;
use crate::paging::{Value, written};
use crate::when::Date;

/// A request for some days, of which one call may ask for a few only.
pub trait Spanned: Endpoint + Clone {
    /// Which days.
    const WINDOW: DayWindow;
}

/// Requests for one span of days after the other, together for all of them. A span is no longer than the documented
/// number of days, both ends counted, so that it is allowed however the ends are counted there.
///
/// Where only days before the current one may be asked for, the spans end with the day before. Days that are not in the
/// calendar or out of order become one request as they are: validation tells what is wrong with it.
#[derive(Clone, Debug)]
#[must_use = "nothing is asked for unless the requests are sent"]
pub struct Spans<E> {
    request: E,
    left: Left,
}

/// What is still to be asked for.
#[derive(Clone, Debug, PartialEq)]
enum Left {
    /// From one day to another, both included; nothing when the first is after the last.
    Days(i64, i64),
    /// What makes no days.
    AsGiven(String, String),
    Nothing,
}

impl<E: Spanned> Spans<E> {
    /// The spans from one day to another, both included. What else the request holds is the same in all of them.
    pub fn new(request: &E, from: impl Into<Date>, to: impl Into<Date>) -> Self {
        let (from, to) = (from.into(), to.into());
        let left = match (from.day(), to.day()) {
            (Some(first), Some(last)) if first <= last => {
                let newest = E::WINDOW.before_today.map_or(i64::MAX, |zone_seconds| calendar::today(zone_seconds) - 1);
                Left::Days(first, last.min(newest))
            }
            _ => Left::AsGiven(from.into_text(), to.into_text()),
        };
        Spans { request: request.clone(), left }
    }

    /// The request that comes next.
    pub(crate) fn first(&self) -> Option<E> {
        let (from, to) = match &self.left {
            Left::Days(first, last) if first <= last => {
                (calendar::date(*first), calendar::date((first + Self::LENGTH - 1).min(*last)))
            }
            Left::AsGiven(from, to) => (from.clone(), to.clone()),
            Left::Days(..) | Left::Nothing => return None,
        };
        let mut request = self.request.clone();
        for (key, day) in [(E::WINDOW.from, from), (E::WINDOW.to, to)] {
            request.fill(&mut Reader::of_some(&written(key, &Value::Text(day)))).ok()?;
        }
        Some(request)
    }

    /// Goes on behind it.
    pub(crate) fn advance(&mut self) {
        match &mut self.left {
            Left::Days(first, _) => *first += Self::LENGTH,
            left => *left = Left::Nothing,
        }
    }

    /// So many days has a span.
    const LENGTH: i64 = if E::WINDOW.days == 0 { 1 } else { E::WINDOW.days as i64 };
}

impl<E: Spanned> Iterator for Spans<E> {
    type Item = E;

    fn next(&mut self) -> Option<E> {
        let request = self.first()?;
        self.advance();
        Some(request)
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        let left = match &self.left {
            Left::Days(first, last) if first <= last => (last - first) / Self::LENGTH + 1,
            Left::AsGiven(..) => 1,
            Left::Days(..) | Left::Nothing => 0,
        };
        let left = usize::try_from(left).unwrap_or(usize::MAX);
        (left, Some(left))
    }
}

impl<E: Spanned> ExactSizeIterator for Spans<E> {}
impl<E: Spanned> FusedIterator for Spans<E> {}
