//! Calls whose response was lost: another endpoint tells what became of them.

use crate::endpoint::Endpoint;
use crate::object::Blank;

/// What became of a call whose response was lost.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Verified {
    /// What it was to bring about is there. Somebody else may have brought it about.
    Done,
    /// It is not there. A call that is still on its way may bring it about yet: after a timeout wait a moment, and ask once
    /// more before you repeat the call.
    NotDone,
    /// What is there tells neither.
    Unknown,
}

/// A request that must not be repeated blindly, of which another endpoint tells what became of it.
pub trait Verifiable: Endpoint + 'static {
    /// The request that asks.
    type Asks: Endpoint<Response: 'static> + Blank + Send + 'static;

    /// How to ask, and what the response tells.
    const VERIFY: Verify;
}

/// How to ask what became of a call. Names are keys of the two requests.
#[derive(Clone, Copy, Debug)]
pub struct Verify {
    /// Fields of the request that asks, each with the field of the call whose value it takes.
    pub with: &'static [(&'static str, &'static str)],
    /// Fields of the request that asks which always have the same value, as JSON.
    pub fixed: &'static [(&'static str, &'static str)],
    /// What the response tells.
    pub proof: Proof,
}

/// What tells whether a call was done.
#[derive(Clone, Copy, Debug)]
pub enum Proof {
    /// All of these fields of the response have such values.
    State(&'static [Expected]),
    /// A number of the response has changed as the call was to change it.
    Change {
        /// The way to the number, through objects and whatever variant of a union is at hand.
        number: &'static [&'static str],
        /// The field of the call that is added to it.
        plus: Option<&'static str>,
        /// The field of the call that is taken away.
        minus: Option<&'static str>,
    },
}

/// The values of a field that tell that a call was done.
#[derive(Clone, Copy, Debug)]
pub struct Expected {
    /// The way to the field.
    pub path: &'static [&'static str],
    /// As they stand in a query.
    pub values: &'static [&'static str],
}
