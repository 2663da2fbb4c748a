//! What emitters give.

/// A file to be: the writer decides whether the disk already has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutputFile {
    /// Relative to the output folder, with forward slashes.
    pub path: String,
    /// The whole content.
    pub text: String,
}

/// What the commands that GitHub Actions reads from a log must not hold as it is.
pub mod github {
    /// What a workflow command takes as its message.
    pub fn data(text: &str) -> String {
        text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
    }

    /// What it takes as a property: commas and colons would end it.
    pub fn property(text: &str) -> String {
        data(text).replace(':', "%3A").replace(',', "%2C")
    }
}
