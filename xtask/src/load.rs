//! Where the spec is, and how its faults are shown.

use std::io::IsTerminal;
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use weixin_codegen::diagnostic::{self, Diagnostic};
use weixin_codegen::model::Model;
use weixin_codegen::resolve::resolve;
use weixin_codegen::spec::Spec;
use weixin_codegen::spec::read_folder;

/// The folders to work on.
#[derive(Args)]
pub(crate) struct Folders {
    /// The spec folder [default: spec/ of the workspace].
    #[arg(long, global = true, value_name = "DIR")]
    spec: Option<PathBuf>,
    /// The output folder [default: generated/ of the workspace].
    #[arg(long, global = true, value_name = "DIR")]
    out: Option<PathBuf>,
    /// How faults of the spec are shown.
    #[arg(skip)]
    pub(crate) faults: Faults,
}

/// How faults of the spec are shown.
#[derive(Clone, Copy, Default, ValueEnum)]
pub(crate) enum Faults {
    /// Excerpts, for people.
    #[default]
    Text,
    /// One JSON array, on standard output.
    Json,
    /// Annotations for GitHub Actions, on standard output.
    Github,
}

impl Folders {
    pub(crate) fn spec(&self) -> Result<PathBuf, String> {
        self.spec.clone().map_or_else(|| Ok(workspace()?.join("spec")), Ok)
    }

    pub(crate) fn out(&self) -> Result<PathBuf, String> {
        self.out.clone().map_or_else(|| Ok(workspace()?.join("generated")), Ok)
    }

    /// Whether both are those of the workspace.
    pub(crate) fn are_own(&self) -> bool {
        self.spec.is_none() && self.out.is_none()
    }

    /// The folder of what maintainers look up; none when the output goes elsewhere.
    pub(crate) fn reference(&self) -> Result<Option<PathBuf>, String> {
        if self.out.is_some() { Ok(None) } else { Ok(Some(workspace()?.join("codegen/reference"))) }
    }
}

/// The nearest folder around the current one that holds a spec.
pub(crate) fn workspace() -> Result<PathBuf, String> {
    let here = std::env::current_dir().map_err(|error| format!("there is no current folder: {error}"))?;
    here.ancestors().find(|folder| folder.join("spec/api.yaml").is_file()).map(relative).ok_or_else(|| {
        format!("no spec/api.yaml in {} or above it; say where with --spec DIR --out DIR", here.display())
    })
}

/// Messages read better with short paths.
fn relative(folder: &Path) -> PathBuf {
    match std::env::current_dir() {
        Ok(here) if here == folder => PathBuf::new(),
        _ => folder.to_owned(),
    }
}

/// The model of the spec; none, with all faults shown, when the spec has any.
pub(crate) fn model(folders: &Folders) -> Result<Option<Model>, String> {
    Ok(spec_and_model(folders)?.map(|(_, model)| model))
}

/// The spec as written, and its model.
pub(crate) fn spec_and_model(folders: &Folders) -> Result<Option<(Spec, Model)>, String> {
    let folder = folders.spec()?;
    match read_folder(&folder).and_then(|spec| resolve(&spec).map(|model| (spec, model))) {
        Ok(both) => Ok(Some(both)),
        Err(faults) => {
            show(folders, &folder, &faults);
            Ok(None)
        }
    }
}

/// Shows faults of the spec, in the form that was asked for.
pub(crate) fn show(folders: &Folders, folder: &Path, faults: &[Diagnostic]) {
    let root = format!("{}/", folder.display());
    match folders.faults {
        Faults::Text => eprint!("{}", diagnostic::render(faults, &root, color())),
        Faults::Json => print!("{}", diagnostic::json(faults, &root)),
        Faults::Github => print!("{}", diagnostic::annotations(faults, &root)),
    }
    let s = if faults.len() == 1 { "" } else { "s" };
    eprintln!("{} fault{s} in {}; nothing was written", faults.len(), folder.display());
}

/// Whether the terminal shows colors and the user wants them.
pub(crate) fn color() -> bool {
    std::io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none()
}
