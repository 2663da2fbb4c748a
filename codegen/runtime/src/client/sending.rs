//! A call under way.

use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use super::exchange::{Exchange, Exchanging, Next};
use super::shared::{Client, ValidationPolicy};
use crate::endpoint::Endpoint;
use crate::error::Error;
use crate::inspect::Inspected;
use crate::response::RawResponse;

/// How the result of a call is taken from its exchange.
type Read<T> = fn(&mut Exchange) -> Result<T, Error>;

impl Client {
    /// Sends a request and reads the response. What is odd in it without being wrong is logged as a warning.
    pub fn send<E: Endpoint>(&self, request: &E) -> Sending<E::Response> {
        self.start(request, Exchange::value, false)
    }

    /// Like [`send`](Self::send), and tells what in the response could not be read and what is not documented.
    pub fn inspect<E: Endpoint>(&self, request: &E) -> Sending<Inspected<E::Response>> {
        self.start(request, Exchange::inspected, false)
    }

    /// Sends a request and gives the whole response, also one that tells an error code: status, headers and body.
    pub fn send_raw<E: Endpoint>(&self, request: &E) -> Sending<RawResponse> {
        self.start(request, Exchange::raw, true)
    }

    fn start<E: Endpoint, T>(&self, request: &E, read: Read<T>, headers: bool) -> Sending<T> {
        let wrong = if self.0.policy == ValidationPolicy::Off { None } else { request.validate().err() };
        Sending::of(self.clone().exchange(E::META, wrong, request.wire(), headers), read)
    }
}

/// A call under way: `.await` it. It borrows nothing, so it may be spawned, joined and raced. Nothing is sent before it is
/// polled for the first time.
#[must_use = "nothing is sent unless the call is awaited"]
pub struct Sending<T> {
    exchange: Exchanging,
    read: Read<T>,
}

impl<T> Sending<T> {
    pub(super) fn of(exchange: Exchanging, read: Read<T>) -> Self {
        Sending { exchange, read }
    }
}

impl<T> Future for Sending<T> {
    type Output = Result<T, Error>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        loop {
            let mut exchange = ready!(self.exchange.as_mut().poll(context))?;
            let error = match (self.read)(&mut exchange) {
                Ok(value) => {
                    exchange.succeeded();
                    return Poll::Ready(Ok(value));
                }
                Err(error) => error,
            };
            match exchange.next(error) {
                (_, Next::Again(exchange)) => self.exchange = exchange,
                (None, Next::End(error)) => return Poll::Ready(Err(error)),
                // Who asks for the response as it came gets it, whatever it tells.
                (Some(mut exchange), Next::End(error)) => {
                    exchange.settle();
                    return Poll::Ready((self.read)(&mut exchange).map_err(|_| error));
                }
            }
        }
    }
}

impl<T> std::fmt::Debug for Sending<T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Sending").finish_non_exhaustive()
    }
}
