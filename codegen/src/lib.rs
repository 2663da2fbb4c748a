//! Turns the YAML spec into a checked [`model::Model`], and the model into files.
//!
//! ```text
//! spec/*.yaml --read--> Spec --resolve--> Model --emit--> Vec<OutputFile>
//! ```
//!
//! Nothing here but [`read`] touches the disk.

pub mod diagnostic;
pub mod emit;
pub mod model;
pub mod output;
pub mod read;
pub mod resolve;
pub mod spec;
