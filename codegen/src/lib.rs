//! Turns the YAML spec into a checked [`model::Model`], and the model into files.
//!
//! ```text
//! spec/*.yaml --source--> places --spec--> Spec --resolve--> Model --emit--> Vec<OutputFile>
//! ```
//!
//! Nothing here but [`spec::read_folder`] touches the disk.

pub mod emit;
pub mod model;
pub mod output;
pub mod resolve;
pub mod scaffold;
pub mod source;
pub mod spec;
pub mod statement;
pub mod target;

pub use source::diagnostic;
