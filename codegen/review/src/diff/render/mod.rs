//! A diff for people, for pull requests and for programs.

mod github;
mod json;
mod markdown;
mod text;
mod words;

pub use github::github;
pub use json::json;
pub use markdown::markdown;
pub use text::{changes, rules, text};

pub use words::{Roots, summary, verdict};
