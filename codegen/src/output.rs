//! What emitters give.

/// A file to be: the writer decides whether the disk already has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutputFile {
    /// Relative to the output folder, with forward slashes.
    pub path: String,
    /// The whole content.
    pub text: String,
}
