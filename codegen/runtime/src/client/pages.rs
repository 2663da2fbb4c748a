//! Long lists: one page after the other, or one item after the other.

use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::{fmt, vec};

use futures_core::{FusedStream, Stream};

use super::progress::Progress;
use super::{Client, Sending};
use crate::error::Error;
use crate::paging::Paged;

impl Client {
    /// The pages of a long list, from this request on. Nothing is sent before the first one is asked for.
    pub fn pages<E: Paged>(&self, request: &E) -> Pages<E> {
        let (client, request) = (self.clone(), Some(request.clone()));
        Pages { client, request, under_way: None, progress: Progress::default(), over: false, stuck: None }
    }

    /// The items of a long list, from the page of this request on. Nothing is sent before the first one is asked for.
    pub fn items<E: Paged>(&self, request: &E) -> Items<E> {
        Items { pages: self.pages(request), page: Vec::new().into_iter() }
    }
}

/// The pages of a long list: a [`Stream`], and without one [`next`](Self::next) gives page by page. It borrows nothing, and
/// the next page is not asked for before it is wanted.
///
/// The error code that says there is no further page ends it and is no error. Any other error comes once and ends it as
/// well; [`rest`](Self::rest) is the request to go on with. A page that leads back to one before is an error
/// ([`Error::is_paging`]), for reading on would never end.
#[must_use = "nothing is sent unless pages are asked for"]
pub struct Pages<E: Paged> {
    client: Client,
    /// That of the page which comes next; none after the last.
    request: Option<E>,
    under_way: Option<Sending<E::Response>>,
    progress: Progress,
    /// Whether an error has ended it.
    over: bool,
    /// The error that comes after the page at hand.
    stuck: Option<Error>,
}

impl<E: Paged> Pages<E> {
    /// The next page; none after the last one. A call that is dropped halfway goes on with the next one.
    pub async fn next(&mut self) -> Option<Result<E::Response, Error>> {
        poll_fn(|context| self.poll(context)).await
    }

    /// The request for the page that comes next, or for the one that failed; none after the last page.
    pub fn rest(&self) -> Option<&E> {
        self.request.as_ref()
    }

    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<E::Response, Error>>> {
        if let Some(error) = self.stuck.take() {
            return Poll::Ready(Some(Err(error)));
        }
        let Some(request) = self.request.as_ref().filter(|_| !self.over) else { return Poll::Ready(None) };
        let sending = self.under_way.get_or_insert_with(|| self.client.send(request));
        let result = ready!(Pin::new(sending).poll(context));
        self.under_way = None;
        Poll::Ready(match result {
            Ok(response) => {
                match self.progress.after(request, &response) {
                    Ok(next) => self.request = next,
                    Err(error) => (self.request, self.stuck) = (None, Some(error)),
                }
                Some(Ok(response))
            }
            Err(error) if error.is_page_end() => {
                self.request = None;
                None
            }
            Err(error) => {
                self.over = true;
                Some(Err(error))
            }
        })
    }

    fn is_over(&self) -> bool {
        self.stuck.is_none() && (self.over || self.request.is_none())
    }
}

/// The items of a long list: a [`Stream`], and without one [`next`](Self::next) gives item by item. It keeps one page at a
/// time, and goes on and ends like [`Pages`]. An item that a page repeats from the end of the one before comes once.
#[must_use = "nothing is sent unless items are asked for"]
pub struct Items<E: Paged> {
    pages: Pages<E>,
    page: vec::IntoIter<E::Item>,
}

impl<E: Paged> Items<E> {
    /// The next item; none after the last one. A call that is dropped halfway goes on with the next one.
    pub async fn next(&mut self) -> Option<Result<E::Item, Error>> {
        poll_fn(|context| self.poll(context)).await
    }

    /// The request for the page after the items at hand, or for the one that failed; none after the last page.
    pub fn rest(&self) -> Option<&E> {
        self.pages.rest()
    }

    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<E::Item, Error>>> {
        loop {
            if let Some(item) = self.page.next() {
                return Poll::Ready(Some(Ok(item)));
            }
            // What a page took is given back before the next one comes.
            self.page = Vec::new().into_iter();
            match ready!(self.pages.poll(context)) {
                None => return Poll::Ready(None),
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                Some(Ok(response)) => self.page = E::items(response).into_iter(),
            }
            if self.pages.progress.overlaps() {
                self.page.next();
            }
        }
    }
}

/// Nothing in it is ever pinned: the call under way is pinned by itself.
impl<E: Paged> Unpin for Pages<E> {}
impl<E: Paged> Unpin for Items<E> {}

impl<E: Paged> Stream for Pages<E> {
    type Item = Result<E::Response, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.poll(context)
    }
}

impl<E: Paged> FusedStream for Pages<E> {
    fn is_terminated(&self) -> bool {
        self.is_over()
    }
}

impl<E: Paged> Stream for Items<E> {
    type Item = Result<E::Item, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.poll(context)
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (self.page.len(), None)
    }
}

impl<E: Paged> FusedStream for Items<E> {
    fn is_terminated(&self) -> bool {
        self.page.len() == 0 && self.pages.is_over()
    }
}

impl<E: Paged + fmt::Debug> fmt::Debug for Pages<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pages").field("rest", &self.request).finish_non_exhaustive()
    }
}

impl<E: Paged + fmt::Debug> fmt::Debug for Items<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Items").field("rest", &self.pages.request).finish_non_exhaustive()
    }
}
