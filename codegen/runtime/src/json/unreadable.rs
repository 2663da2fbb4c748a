//! Why a text could not be read.

use crate::shown::{self, Quoted, Redacted, clean};

/// Why a text could not be read, and where.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Unreadable {
    /// The JSON path of the fault; empty at the top.
    pub path: String,
    /// What is wrong there.
    pub message: String,
}

impl std::fmt::Display for Unreadable {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let message = clean(&self.message, shown::MESSAGE);
        match self.path.as_str() {
            "" => f.write_str(&message),
            path => write!(f, "{message} at `{}`", clean(path, shown::PATH)),
        }
    }
}

impl std::fmt::Debug for Unreadable {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Unreadable")
            .field("path", &Quoted(&self.path))
            .field("message", &Redacted(&self.message))
            .finish()
    }
}

impl std::error::Error for Unreadable {}
