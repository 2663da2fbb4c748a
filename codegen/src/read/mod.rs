//! From the disk to [`Spec`](crate::spec::Spec): the only place of this crate that reads files.

mod folder;
mod source_map;
mod structure;

pub use folder::{read_folder, read_sources};
pub use source_map::{Node, Seg, SourceMap, Span};
