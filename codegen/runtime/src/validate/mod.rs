//! Checks before the network: limits, dates and rules across fields.

mod at;
mod control;
mod limits;
mod message;
mod rules;
mod texts;
mod violation;

pub use at::At;
pub use violation::{Rule, Unit, Violation, Violations};

use crate::object::{Blank, Field, OrText, UnknownVariant, View};

/// What can be looked at: every [`Field`]. A trait of its own, because `Field` has a `read`, as `Endpoint` has.
pub trait Seen {
    /// What it is.
    fn seen(&self) -> View<'_>;
}

impl<T: Field> Seen for T {
    fn seen(&self) -> View<'_> {
        self.view()
    }
}

/// A value that can be checked against what is documented.
pub trait Validate: Seen {
    /// Adds every violation to `out`. `at` is the place of the value in the request.
    fn check(&self, at: At<'_>, out: &mut Violations);

    /// Every violation, or none.
    fn validate(&self) -> Result<(), Violations> {
        let mut out = Violations::new();
        self.check(At::root(), &mut out);
        out.control_characters(At::root(), self.seen());
        out.into_result()
    }
}

impl<T: Validate + Field + Blank> Validate for Option<T> {
    fn check(&self, at: At<'_>, out: &mut Violations) {
        if let Some(value) = self {
            value.check(at, out);
        }
    }
}

impl<T: Validate + Field + Blank> Validate for Vec<T> {
    fn check(&self, at: At<'_>, out: &mut Violations) {
        for (index, item) in self.iter().enumerate() {
            item.check(at.index(index), out);
        }
    }
}

impl<T: Validate + Field + Blank> Validate for OrText<T> {
    fn check(&self, at: At<'_>, out: &mut Violations) {
        match self {
            OrText::Value(value) => value.check(at, out),
            OrText::Text(_) => {}
        }
    }
}

impl Validate for UnknownVariant {
    fn check(&self, _at: At<'_>, _out: &mut Violations) {}
}
