//! `cargo xtask new`: the first version of a spec file.

use std::fs;
use std::io::Write;

use clap::{Args, ValueEnum};
use weixin_codegen::model::Method;
use weixin_codegen::scaffold;
use weixin_codegen::spec::read_folder;

use crate::load::{Folders, show};

/// What to begin: `POST /card/code/get`, or `--event NAME`.
#[derive(Args)]
#[command(
    after_help = "Examples:\n  cargo xtask new POST /card/membercard/updateuser\n  cargo xtask new --event user_get_card"
)]
pub(crate) struct New {
    /// The HTTP method.
    #[arg(required_unless_present = "event", conflicts_with = "event", ignore_case = true)]
    method: Option<Verb>,
    /// The path of the endpoint, as in its address.
    #[arg(required_unless_present = "event", conflicts_with = "event")]
    path: Option<String>,
    /// A push instead, by the name that stands in its element Event.
    #[arg(long, value_name = "NAME")]
    event: Option<String>,
}

#[derive(Clone, Copy, ValueEnum)]
#[value(rename_all = "UPPER")]
enum Verb {
    Get,
    Post,
}

/// Writes the file, and a line in `api.yaml` for each folder that has no title yet.
pub(crate) fn run(folders: &Folders, new: &New) -> Result<bool, String> {
    let folder = folders.spec()?;
    let spec = match read_folder(&folder) {
        Ok(spec) => spec,
        Err(faults) => {
            show(folders, &folder, &faults);
            return Ok(false);
        }
    };
    let file = match (&new.event, new.method, &new.path) {
        (Some(name), ..) => scaffold::event(&spec, name)?,
        (None, Some(verb), Some(path)) => {
            let method = match verb {
                Verb::Get => Method::Get,
                Verb::Post => Method::Post,
            };
            scaffold::endpoint(&spec, method, path)?
        }
        _ => return Err("name a method and a path, or a push: `cargo xtask new POST /card/code/get`".to_owned()),
    };
    let path = folder.join(&file.path);
    let told = path.display();
    let around = path.parent().unwrap_or(&folder);
    fs::create_dir_all(around).map_err(|error| format!("cannot make {}: {error}", around.display()))?;
    // Whatever is there stays: `create_new` follows no link either.
    let made = fs::File::create_new(&path).and_then(|mut new| new.write_all(file.text.as_bytes()));
    made.map_err(|error| match error.kind() {
        std::io::ErrorKind::AlreadyExists => format!("{told} is there already: edit it"),
        _ => format!("cannot write {told}: {error}"),
    })?;
    println!("{told}: written");
    let api = folder.join("api.yaml");
    let text = fs::read_to_string(&api).map_err(|error| format!("cannot read {}: {error}", api.display()))?;
    let (text, areas) = scaffold::with_areas(&spec, &text, &file.path);
    if !areas.is_empty() {
        fs::write(&api, text).map_err(|error| format!("cannot write {}: {error}", api.display()))?;
        println!("{}: a line for the title of {}", api.display(), areas.join(" and of "));
    }
    println!(
        "\nWhat comes next:\n  \
         1. Fill each empty text; `cargo xtask check` names them all. codegen/DIALECT.md explains every key.\n  \
         2. `cargo xtask accept` writes generated/ and takes over the snapshots that the new statements explain.\n  \
         3. `cargo test --workspace`"
    );
    Ok(true)
}
