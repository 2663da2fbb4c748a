//! What changed: between two states of the spec ([`diff`]), and between a page of WeChat and the spec ([`drift`]).

pub mod diff;
pub mod drift;
