//! What a request can be sent with: a client, whether it is awaited or blocks.

use std::ops::Deref;

use super::{Client, Items, Pages, Sending, SpanResponses};
use crate::endpoint::Endpoint;
use crate::error::Error;
use crate::meta::Meta;
use crate::paging::Paged;
use crate::response::RawResponse;
use crate::spans::{Spanned, Spans};
use crate::token::BoxFuture;

/// What keeps others from implementing [`Caller`], which may get more methods.
pub trait Sealed {}

/// A client: [`Client`], with the feature `blocking` also the one that blocks, or what points to one of them.
///
/// What a call gives depends on the client: something to await, or the result itself.
#[diagnostic::on_unimplemented(message = "`{Self}` is no client", label = "a client is needed here")]
pub trait Caller: Sealed {
    /// A call that gives this: a future, or its result.
    type Sending<T>;
    /// The pages of a long list: a stream, or an iterator.
    type Pages<E: Paged>;
    /// Its items: a stream, or an iterator.
    type Items<E: Paged>;
    /// The responses for a long time: a stream, or an iterator.
    type SpanResponses<E: Spanned>;
    /// What comes of one call or several: a future, or its result.
    type Answer<T>;

    /// Sends a request and reads the response.
    fn send<E: Endpoint>(&self, request: &E) -> Self::Sending<E::Response>;

    /// Sends a request and gives the response as it came.
    fn send_raw<E: Endpoint>(&self, request: &E) -> Self::Sending<RawResponse>;

    /// The pages from this request on.
    fn pages<E: Paged>(&self, request: &E) -> Self::Pages<E>;

    /// The items of the pages from this request on.
    fn items<E: Paged>(&self, request: &E) -> Self::Items<E>;

    /// Sends one request after the other.
    fn send_spans<E: Spanned>(&self, spans: Spans<E>) -> Self::SpanResponses<E>;

    /// What comes of calls that are made with the client for async code. The endpoint is the first that is called.
    #[doc(hidden)]
    fn answer<T, F>(&self, endpoint: &'static Meta, calls: F) -> Self::Answer<T>
    where
        F: FnOnce(&Client) -> BoxFuture<'static, Result<T, Error>>;
}

impl<E: Spanned> Spans<E> {
    /// Sends them one after the other. Nothing is sent before the first response is asked for.
    pub fn send<C: Caller>(self, client: &C) -> C::SpanResponses<E> {
        client.send_spans(self)
    }
}

impl Sealed for Client {}

impl Caller for Client {
    type Sending<T> = Sending<T>;
    type Pages<E: Paged> = Pages<E>;
    type Items<E: Paged> = Items<E>;
    type SpanResponses<E: Spanned> = SpanResponses<E>;
    type Answer<T> = BoxFuture<'static, Result<T, Error>>;

    fn send<E: Endpoint>(&self, request: &E) -> Sending<E::Response> {
        self.send(request)
    }

    fn send_raw<E: Endpoint>(&self, request: &E) -> Sending<RawResponse> {
        self.send_raw(request)
    }

    fn pages<E: Paged>(&self, request: &E) -> Pages<E> {
        self.pages(request)
    }

    fn items<E: Paged>(&self, request: &E) -> Items<E> {
        self.items(request)
    }

    fn send_spans<E: Spanned>(&self, spans: Spans<E>) -> SpanResponses<E> {
        SpanResponses::new(self, spans)
    }

    fn answer<T, F>(&self, _endpoint: &'static Meta, calls: F) -> Self::Answer<T>
    where
        F: FnOnce(&Client) -> BoxFuture<'static, Result<T, Error>>,
    {
        calls(self)
    }
}

impl<P: Deref<Target: Caller>> Sealed for P {}

/// A generic argument is not dereferenced by the compiler: without this, `&arc` would be no client where `&*arc` is one.
impl<P: Deref<Target: Caller>> Caller for P {
    type Sending<T> = <P::Target as Caller>::Sending<T>;
    type Pages<E: Paged> = <P::Target as Caller>::Pages<E>;
    type Items<E: Paged> = <P::Target as Caller>::Items<E>;
    type SpanResponses<E: Spanned> = <P::Target as Caller>::SpanResponses<E>;
    type Answer<T> = <P::Target as Caller>::Answer<T>;

    fn send<E: Endpoint>(&self, request: &E) -> Self::Sending<E::Response> {
        (**self).send(request)
    }

    fn send_raw<E: Endpoint>(&self, request: &E) -> Self::Sending<RawResponse> {
        (**self).send_raw(request)
    }

    fn pages<E: Paged>(&self, request: &E) -> Self::Pages<E> {
        (**self).pages(request)
    }

    fn items<E: Paged>(&self, request: &E) -> Self::Items<E> {
        (**self).items(request)
    }

    fn send_spans<E: Spanned>(&self, spans: Spans<E>) -> Self::SpanResponses<E> {
        (**self).send_spans(spans)
    }

    fn answer<T, F>(&self, endpoint: &'static Meta, calls: F) -> Self::Answer<T>
    where
        F: FnOnce(&Client) -> BoxFuture<'static, Result<T, Error>>,
    {
        (**self).answer(endpoint, calls)
    }
}
