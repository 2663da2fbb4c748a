//! What the benches compare: the bodies, plain types of the same documents, and how a figure is taken.
#![allow(dead_code, reason = "each bench uses a part")]

pub(crate) mod bodies;
pub(crate) mod by_hand;
pub(crate) mod figure;
pub(crate) mod plain;
pub(crate) mod plain_card;
pub(crate) mod plain_create;
