//! `cargo xtask fake`: a WeChat that runs on this machine, built when it is first asked for.

use std::env;
use std::ffi::OsString;
use std::process::Command;

use clap::Args;

use crate::load;

/// What goes to the program.
#[derive(Args)]
#[command(disable_help_flag = true)]
pub(crate) struct Fake {
    /// Options of the program; `--help` lists them.
    #[arg(trailing_var_arg = true, allow_hyphen_values = true, value_name = "OPTIONS")]
    options: Vec<OsString>,
}

/// Runs it until it is ended. A program of its own, so that this one stays light.
pub(crate) fn run(fake: &Fake) -> Result<bool, String> {
    let cargo = env::var_os("CARGO").unwrap_or_else(|| OsString::from("cargo"));
    let manifest = load::workspace()?.join("Cargo.toml");
    let mut command = Command::new(cargo);
    command.args(["run", "--quiet", "--package", "weixin-fake", "--manifest-path"]).arg(manifest).arg("--");
    let status = command.args(&fake.options).status().map_err(|error| format!("cannot run cargo: {error}"))?;
    Ok(status.success())
}
