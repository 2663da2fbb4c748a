//! Asking what became of a call whose response was lost.

use std::fmt;
use std::future::ready;

use super::proof::{asks, compare};
use super::{Caller, Client};
use crate::endpoint::Endpoint;
use crate::error::Error;
use crate::object::Field;
use crate::token::BoxFuture;
use crate::verify::{Verifiable, Verified};

/// For generated code: asks what became of a call, which failed with this error. Where the error leaves no doubt, nothing
/// is asked.
#[doc(hidden)]
pub fn verify_after<E: Verifiable, C: Caller>(request: &E, error: &Error, client: &C) -> C::Answer<Verified> {
    let asks = asks(request);
    client.answer(E::Asks::META, |client| match asks {
        _ if !error.may_have_acted() => Box::pin(ready(Ok(Verified::NotDone))),
        Err(error) => Box::pin(ready(Err(error))),
        Ok(asks) => {
            let response = client.send(&asks);
            Box::pin(async move { Ok(E::VERIFY.proof.state(response.await?.view())) })
        }
    })
}

/// For generated code: looks at the number that a call is about to change.
#[doc(hidden)]
pub fn note_before<E: Verifiable, C: Caller>(request: &E, client: &C) -> C::Answer<Noted<E>> {
    let change = E::VERIFY.proof.change(request.view());
    let asks = asks(request);
    client.answer(E::Asks::META, |client| match asks {
        Err(error) => Box::pin(ready(Err(error))),
        Ok(asks) => {
            let before = number::<E>(client, &asks);
            Box::pin(async move { Ok(Noted { before: before.await?, change, asks }) })
        }
    })
}

fn number<E: Verifiable>(client: &Client, asks: &E::Asks) -> BoxFuture<'static, Result<Option<i128>, Error>> {
    let response = client.send(asks);
    Box::pin(async move { Ok(E::VERIFY.proof.number(response.await?.view())) })
}

/// What was there before a call that changes a number. It tells what became of the call, should its response be lost.
#[must_use = "it is made to be asked after the call"]
pub struct Noted<E: Verifiable> {
    asks: E::Asks,
    before: Option<i128>,
    change: i128,
}

impl<E: Verifiable> Noted<E> {
    /// Looks at the number again and tells what became of the call, which failed with this error. Where the error leaves no
    /// doubt, nothing is asked. [`Unknown`](Verified::Unknown) when somebody else has changed the number as well.
    pub fn verify_after<C: Caller>(&self, error: &Error, client: &C) -> C::Answer<Verified> {
        let (before, change) = (self.before, self.change);
        client.answer(E::Asks::META, |client| {
            if !error.may_have_acted() {
                return Box::pin(ready(Ok(Verified::NotDone)));
            }
            let after = number::<E>(client, &self.asks);
            Box::pin(async move { Ok(compare(before, after.await?, change)) })
        })
    }
}

impl<E: Verifiable> fmt::Debug for Noted<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Noted { before, change, .. } = self;
        f.debug_struct("Noted").field("before", before).field("change", change).finish_non_exhaustive()
    }
}
