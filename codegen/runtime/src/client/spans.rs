//! A long time: the responses for one span of days after the other.

use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use futures_core::{FusedStream, Stream};

use super::{Client, Sending};
use crate::error::Error;
use crate::spans::{Spanned, Spans};

/// The responses for one span of days after the other: a [`Stream`], and without one [`next`](Self::next) gives response by
/// response. It borrows nothing, and the next request is not sent before its response is wanted.
///
/// An error comes once and ends it; [`rest`](Self::rest) is what is left then, the span that failed in front.
#[must_use = "nothing is sent unless responses are asked for"]
pub struct SpanResponses<E: Spanned> {
    client: Client,
    /// The span under way is the first of them.
    spans: Spans<E>,
    under_way: Option<Sending<E::Response>>,
    /// Whether an error has ended it.
    over: bool,
}

impl<E: Spanned> SpanResponses<E> {
    pub(super) fn new(client: &Client, spans: Spans<E>) -> Self {
        SpanResponses { client: client.clone(), spans, under_way: None, over: false }
    }

    /// The next response; none after the last one. A call that is dropped halfway goes on with the next one.
    pub async fn next(&mut self) -> Option<Result<E::Response, Error>> {
        poll_fn(|context| self.poll(context)).await
    }

    /// The spans whose responses did not come yet.
    pub fn rest(&self) -> Spans<E> {
        self.spans.clone()
    }

    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<E::Response, Error>>> {
        if self.over {
            return Poll::Ready(None);
        }
        if self.under_way.is_none() {
            self.under_way = self.spans.first().map(|request| self.client.send(&request));
        }
        let Some(sending) = &mut self.under_way else { return Poll::Ready(None) };
        let result = ready!(Pin::new(sending).poll(context));
        self.under_way = None;
        match &result {
            Ok(_) => self.spans.advance(),
            Err(_) => self.over = true,
        }
        Poll::Ready(Some(result))
    }
}

/// Nothing in it is ever pinned: the call under way is pinned by itself.
impl<E: Spanned> Unpin for SpanResponses<E> {}

impl<E: Spanned> Stream for SpanResponses<E> {
    type Item = Result<E::Response, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.poll(context)
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        // An error may end it early.
        let most = if self.over { 0 } else { self.spans.len() };
        (usize::from(most > 0), Some(most))
    }
}

impl<E: Spanned> FusedStream for SpanResponses<E> {
    fn is_terminated(&self) -> bool {
        self.over || self.spans.len() == 0
    }
}

impl<E: Spanned + fmt::Debug> fmt::Debug for SpanResponses<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SpanResponses").field("rest", &self.spans).finish_non_exhaustive()
    }
}
