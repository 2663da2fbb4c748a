//! A call under way.

use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use super::exchange::{Exchange, Exchanging, Next};
use super::observed::WatchedCall;
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
        let watched = WatchedCall::new(&self.0.hooks, E::META);
        Sending::of(self.clone().exchange(E::META, wrong, request.wire(), headers), read, watched)
    }
}

/// A call under way: `.await` it. It borrows nothing, so it may be spawned, joined and raced. Nothing is sent before it is
/// polled for the first time.
#[must_use = "nothing is sent unless the call is awaited"]
pub struct Sending<T> {
    exchange: Exchanging,
    read: Read<T>,
    watched: WatchedCall,
}

impl<T> Sending<T> {
    pub(super) fn of(exchange: Exchanging, read: Read<T>, watched: WatchedCall) -> Self {
        Sending { exchange, read, watched }
    }
}

impl<T> Future for Sending<T> {
    type Output = Result<T, Error>;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let Sending { exchange, read, watched } = self.get_mut();
        watched.polled(|watched| go_on(exchange, *read, watched, context))
    }
}

/// One attempt after the other, as far as they are.
fn go_on<T>(
    exchanging: &mut Exchanging,
    read: Read<T>,
    watched: &mut WatchedCall,
    context: &mut Context<'_>,
) -> Poll<Result<T, Error>> {
    loop {
        let mut exchange = ready!(exchanging.as_mut().poll(context)).inspect_err(|error| watched.unsent(error))?;
        let sent = exchange.sent();
        let error = match read(&mut exchange) {
            Ok(value) => {
                watched.ended(sent, None);
                exchange.succeeded();
                return Poll::Ready(Ok(value));
            }
            Err(error) => error,
        };
        let (exchange, next) = exchange.next(error);
        let error = match next {
            Next::Again(exchange) => {
                *exchanging = exchange;
                continue;
            }
            Next::End(error) => error,
        };
        watched.ended(sent, Some(&error));
        return Poll::Ready(match exchange {
            None => Err(error),
            // Who asks for the response as it came gets it, whatever it tells.
            Some(mut exchange) => {
                exchange.settle();
                read(&mut exchange).map_err(|_| error)
            }
        });
    }
}

impl<T> std::fmt::Debug for Sending<T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Sending").finish_non_exhaustive()
    }
}
