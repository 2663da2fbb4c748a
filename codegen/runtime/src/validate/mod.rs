//! Checks before the network: limits, dates and rules across fields.

mod at;
mod dates;
mod limits;
mod message;
mod rules;
mod texts;
mod violation;

pub use at::At;
pub use violation::{Rule, Unit, Violation, Violations};

/// A value that can be checked against what is documented.
pub trait Validate {
    /// Adds every violation to `out`. `at` is the place of the value in the request.
    fn check(&self, at: At<'_>, out: &mut Violations);

    /// Every violation, or none.
    fn validate(&self) -> Result<(), Violations> {
        let mut out = Violations::new();
        self.check(At::root(), &mut out);
        out.into_result()
    }
}

impl<T: Validate + ?Sized> Validate for Box<T> {
    fn check(&self, at: At<'_>, out: &mut Violations) {
        (**self).check(at, out);
    }
}

impl<T: Validate> Validate for Option<T> {
    fn check(&self, at: At<'_>, out: &mut Violations) {
        if let Some(value) = self {
            value.check(at, out);
        }
    }
}

impl<T: Validate> Validate for Vec<T> {
    fn check(&self, at: At<'_>, out: &mut Violations) {
        for (index, item) in self.iter().enumerate() {
            item.check(at.index(index), out);
        }
    }
}

impl<T: Validate> Validate for crate::object::OrText<T> {
    fn check(&self, at: At<'_>, out: &mut Violations) {
        match self {
            crate::object::OrText::Value(value) => value.check(at, out),
            crate::object::OrText::Text(text) => out.text(at, text),
        }
    }
}
