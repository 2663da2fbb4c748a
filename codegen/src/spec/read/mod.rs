//! From the disk to [`Spec`](super::Spec): the only place of this crate that reads files.

mod folder;
mod schema;
mod shape;
mod structure;
mod words;

pub use folder::{read_folder, read_sources};
