//! Files and places in them, and what is wrong there. Knows nothing of the dialect.

pub mod diagnostic;
mod index;
mod lint;
mod nearest;
mod node;
mod source_map;
mod span;
mod unread;

pub(crate) use index::Duplicate;
pub(crate) use lint::lint;
pub use nearest::nearest;
pub use node::{Node, Seg};
pub use source_map::SourceMap;
pub use span::Span;
pub(crate) use unread::Unread;
