//! Compares two models in meaning, for the person who reviews a change of the spec.
//!
//! Both models become trees of things with traits (`tree`, `build`); the trees are walked side by side
//! (`compare`); each difference has a rule (`rules`) that says what it does on the wire, to the Rust API and to the
//! validators; differences that one line of the spec causes in many places are told once (`merge`).

pub mod accept;
pub mod axes;
mod build;
pub mod bump;
mod change;
mod compare;
pub mod facts;
mod fingerprint;
mod merge;
mod pairs;
mod places;
mod reach;
mod renames;
pub mod render;
pub mod rules;
mod sides;
mod surface;
mod table;
mod tree;
mod weigh;

pub use change::{Change, Cited, Diff, Origin};
pub use facts::Facts;
pub use places::Place;
pub use sides::{Group, Side};

/// What changed from one side to the other.
#[must_use]
pub fn diff(old: Side<'_>, new: Side<'_>) -> Diff {
    let (old_builder, new_builder) = (build::Builder::new(&old), build::Builder::new(&new));
    let (raws, compared) = compare::compare(&old_builder, &new_builder);
    Diff {
        groups: merge::merge(raws, &old_builder, &new_builder),
        compared,
        old_version: old.model.api.version.clone(),
        new_version: new.model.api.version.clone(),
        idle: Vec::new(),
    }
}
