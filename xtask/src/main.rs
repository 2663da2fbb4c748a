//! `cargo xtask`: the maintainer's command line. It prints and writes files; everything it knows comes
//! from `weixin-codegen`.

mod accept;
mod diff;
mod drift;
mod fake;
mod generate;
mod git;
mod load;
mod new;
mod write;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

#[derive(Parser)]
#[command(
    name = "cargo xtask",
    bin_name = "cargo xtask",
    about = "Turns spec/ into the crate `weixin` and its documentation"
)]
struct Arguments {
    #[command(flatten)]
    folders: load::Folders,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Write generated/ from spec/.
    Generate {
        /// Write nothing: show what is stale, and fail if anything is.
        #[arg(long)]
        check: bool,
    },
    /// Begin the spec file of a new endpoint, or of a new push.
    New(new::New),
    /// Write generated/, and take over the snapshots that the change of spec/ explains.
    Accept,
    /// Check spec/ and show all its faults at once.
    Check {
        /// How the faults are shown.
        #[arg(long, value_name = "FORMAT", default_value = "text")]
        format: load::Faults,
    },
    /// Print every statement of the spec as one line of JSON.
    Facts,
    /// Show what a change of spec/ means, and what it breaks.
    Diff(diff::Diff),
    /// Compare saved WeChat pages with spec/.
    Drift(drift::Drift),
    /// Run a WeChat on this machine, for tests in any language.
    Fake(fake::Fake),
}

fn main() -> ExitCode {
    let mut arguments = Arguments::parse();
    let done = match arguments.command {
        Command::Generate { check } => generate::run(&arguments.folders, check),
        Command::Check { format } => {
            arguments.folders.faults = format;
            generate::check(&arguments.folders)
        }
        Command::New(new) => new::run(&arguments.folders, &new),
        Command::Accept => accept::run(&arguments.folders),
        Command::Facts => generate::facts(&arguments.folders),
        Command::Diff(diff) => diff::run(&arguments.folders, &diff),
        Command::Drift(drift) => drift::run(&arguments.folders, &drift),
        Command::Fake(fake) => fake::run(&fake),
    };
    match done {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(message) => {
            eprintln!("error: {message}");
            ExitCode::FAILURE
        }
    }
}
