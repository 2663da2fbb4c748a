//! From the model to files: one module for each kind of output, none of which knows another.

pub mod docs;
pub mod facts;
pub mod prose;
pub mod reference;
pub mod rust;
#[cfg(test)]
pub(crate) mod sample;

use crate::model::Model;
use crate::output::OutputFile;

/// Every file of the output folder, sorted by path.
#[must_use]
pub fn all(model: &Model) -> Vec<OutputFile> {
    let mut files = rust::emit(model);
    files.extend(docs::emit(model, &rust::calls(model)));
    files.sort_by(|a, b| a.path.cmp(&b.path));
    files
}
