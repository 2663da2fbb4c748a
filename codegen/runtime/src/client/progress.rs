//! Whether pages go on, or lead back to where they were before.

use crate::error::{Error, Fault};
use crate::json;
use crate::meta::{Page, Paging};
use crate::object::View;
use crate::paging::{self, Paged, Step, Value};

/// What is remembered of the pages so far: a few values, however many pages there are.
#[derive(Default)]
pub(super) struct Progress {
    /// The cursor of the first page.
    first: Option<Value>,
    /// One of the cursors since, and after how many pages a later one takes its place. As the distance doubles each time,
    /// one stands in every circle in the end, and is met again on the next round.
    mark: Option<Value>,
    pages: u64,
    distance: u64,
    /// The last item of the page before, where pages may overlap.
    last_item: Option<String>,
    /// Whether the page that came last begins with it.
    overlaps: bool,
}

impl Progress {
    /// Whether the first item of the page that came last was there already.
    pub(super) fn overlaps(&self) -> bool {
        self.overlaps
    }

    /// The request after a page. None: it was the last.
    pub(super) fn after<E: Paged>(&mut self, request: &E, response: &E::Response) -> Result<Option<E>, Error> {
        let Some(paging) = &E::META.paging else { return Ok(None) };
        let alone = self.see_items::<E>(response, paging);
        match paging::step(request, response) {
            Step::Last => Ok(None),
            Step::Same(key, value) => Err(stuck::<E>(format!("the page with `{key}` {value} leads to itself"))),
            Step::Next(_, key, value) if self.overlaps && alone => Err(stuck::<E>(format!(
                "the page before `{key}` {value} only repeats the item that the one before it ended with"
            ))),
            Step::Next(next, key, value) => match paging.page {
                Page::Cursor { cursor, .. } if self.was_at(paging::find(request, cursor), &value) => {
                    Err(stuck::<E>(format!("they lead back to `{key}` {value}, which was read before")))
                }
                _ => Ok(Some(next)),
            },
        }
    }

    /// Compares the items with those of the page before. Whether there is one only.
    fn see_items<E: Paged>(&mut self, response: &E::Response, paging: &Paging) -> bool {
        use crate::object::Field;
        let (View::Object(response), true) = (response.view(), paging.overlap) else { return false };
        let mut length = 0;
        paging::list(response, paging.items, &mut |list| {
            length = list.len();
            if length > 0 {
                let first = json::written(list.item(0));
                self.overlaps = self.last_item.as_ref() == Some(&first);
                self.last_item = Some(if length == 1 { first } else { json::written(list.item(length - 1)) });
            }
        });
        length == 1
    }

    /// Whether a cursor was the next one before.
    fn was_at(&mut self, now: Option<Value>, next: &Value) -> bool {
        if self.pages == 0 {
            self.first = now;
            self.distance = 1;
        }
        if [&self.first, &self.mark].iter().any(|seen| seen.as_ref() == Some(next)) {
            return true;
        }
        self.pages += 1;
        if self.pages == self.distance {
            self.mark = Some(next.clone());
            self.distance *= 2;
        }
        false
    }
}

fn stuck<E: Paged>(message: String) -> Error {
    Error::new(Some(E::META), Fault::Paging(message))
}
