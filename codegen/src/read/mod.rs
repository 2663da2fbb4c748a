//! From the disk to [`Spec`](crate::spec::Spec): the only place of this crate that reads files.

mod folder;
mod index;
mod lint;
mod node;
mod schema;
mod shape;
mod source_map;
mod structure;
mod unread;
mod words;

pub use folder::{read_folder, read_sources};
pub use node::{Node, Seg};
pub use source_map::{SourceMap, Span};
pub(crate) use unread::Unread;
