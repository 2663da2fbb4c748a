//! `diff`: what a change of the spec means.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::time::Instant;

use clap::{Args, ValueEnum};
use weixin_codegen::diagnostic::{self, Diagnostic};
use weixin_codegen::model::Model;
use weixin_codegen::resolve::resolve;
use weixin_codegen::spec::Spec;
use weixin_codegen::spec::{read_folder, read_sources};
use weixin_review::diff::render::{self, Roots};
use weixin_review::diff::{self, Side, accept};
use weixin_runtime::calendar::{date, today};

use crate::git;
use crate::load::{Folders, color};

/// What to compare, and how to show it.
#[derive(Args)]
pub(crate) struct Diff {
    /// A git revision, which is read without checkout, or a folder with a spec
    /// [default: where the current branch left main].
    base: Option<String>,
    /// How to print it.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// Fail when a change that is not accepted breaks something.
    #[arg(long, value_enum, value_name = "WHAT")]
    deny: Option<Deny>,
    /// List the rules and their effects; compare nothing.
    #[arg(long)]
    rules: bool,
    /// The breaking changes that someone has accepted, and the origins that someone has declared [default: tests/accepted-changes.yaml beside the spec].
    #[arg(long, value_name = "FILE")]
    accept: Option<PathBuf>,
}

#[derive(Clone, Copy, ValueEnum)]
enum Format {
    /// For the terminal.
    Text,
    /// For a pull request or release notes.
    Markdown,
    /// For programs.
    Json,
    /// Annotations of GitHub Actions.
    Github,
}

#[derive(Clone, Copy, ValueEnum)]
enum Deny {
    /// What breaks the wire, needs a major version for Rust, or makes a validator stricter.
    Breaking,
}

/// Compares the spec with an earlier one.
pub(crate) fn run(folders: &Folders, arguments: &Diff) -> Result<bool, String> {
    if arguments.rules {
        return print(&render::rules()).map(|()| true);
    }
    let start = Instant::now();
    let folder = folders.spec()?;
    let base = Base::find(arguments.base.as_deref(), &folder)?;
    let new_root = format!("{}/", folder.display());
    // Both at once: most of the time goes into reading YAML.
    let (old, new) = std::thread::scope(|scope| {
        let old = scope.spawn(|| resolved(base.read()));
        (old.join(), resolved(Ok(read_folder(&folder))))
    });
    let old = old.map_err(|_| "reading the base failed")??;
    let (Some(old), Some(new)) = (shown(old, &base.root), shown(new?, &new_root)) else {
        return Ok(false);
    };
    let mut diff = diff::diff(Side { spec: &old.0, model: &old.1 }, Side { spec: &new.0, model: &new.1 });
    if let Some(list) = accepted(arguments.accept.as_deref(), &folder)? {
        accept::apply(&mut diff, &list, &date(today(0)));
    }
    let roots = Roots { old: &base.root, new: &new_root };
    let text = match arguments.format {
        Format::Text => render::text(&diff, roots),
        Format::Markdown => render::markdown(&diff, roots),
        Format::Json => render::json(&diff, roots),
        Format::Github => render::github(&diff, roots),
    };
    print(&text)?;
    eprintln!("compared with {} in {:.2} s", base.name, start.elapsed().as_secs_f64());
    Ok(arguments.deny.is_none() || diff.denied() == 0)
}

/// What to compare with.
struct Base {
    name: String,
    /// Before the names of its files in messages.
    root: String,
    from: Reading,
}

enum Reading {
    Folder(PathBuf),
    Revision { revision: String, spec: PathBuf },
}

impl Base {
    fn find(given: Option<&str>, spec: &Path) -> Result<Self, String> {
        if let Some(folder) = given.map(Path::new).and_then(spec_folder) {
            let root = format!("{}/", folder.display());
            return Ok(Self { name: folder.display().to_string(), root, from: Reading::Folder(folder) });
        }
        let revision = match given {
            Some(revision) => git::commit(spec, revision)?,
            None => git::merge_base(spec)?,
        };
        let short: String = revision.chars().take(10).collect();
        let name =
            given.map_or_else(|| format!("{short}, where this branch left main"), |given| format!("{given} ({short})"));
        let root = format!("{}:{}", given.unwrap_or(&short), git::prefix(spec)?);
        Ok(Self { name, root, from: Reading::Revision { revision, spec: spec.to_owned() } })
    }

    fn read(&self) -> Result<Result<Spec, Vec<Diagnostic>>, String> {
        match &self.from {
            Reading::Folder(folder) => Ok(read_folder(folder)),
            Reading::Revision { revision, spec } => git::files(spec, revision).map(read_sources),
        }
    }
}

/// A folder that is a spec, or holds one.
fn spec_folder(path: &Path) -> Option<PathBuf> {
    [path.to_owned(), path.join("spec")].into_iter().find(|folder| folder.join("api.yaml").is_file())
}

type Resolved = Result<(Spec, Model), Vec<Diagnostic>>;

fn resolved(spec: Result<Result<Spec, Vec<Diagnostic>>, String>) -> Result<Resolved, String> {
    Ok(spec?.and_then(|spec| resolve(&spec).map(|model| (spec, model))))
}

/// Both sides must be free of faults: what a faulty spec means nobody can say.
fn shown(side: Resolved, root: &str) -> Option<(Spec, Model)> {
    match side {
        Ok(both) => Some(both),
        Err(faults) => {
            eprint!("{}", diagnostic::render(&faults, root, color()));
            eprintln!(
                "{} in {root}: nothing was compared",
                if faults.len() == 1 { "1 fault".to_owned() } else { format!("{} faults", faults.len()) }
            );
            None
        }
    }
}

fn accepted(given: Option<&Path>, spec: &Path) -> Result<Option<Vec<accept::Accepted>>, String> {
    let usual = spec.join("../tests/accepted-changes.yaml");
    let file = given.unwrap_or(&usual);
    if given.is_none() && !file.is_file() {
        return Ok(None);
    }
    let text = std::fs::read_to_string(file).map_err(|error| format!("cannot read {}: {error}", file.display()))?;
    accept::read(&text).map(Some).map_err(|fault| format!("{}: {fault}", file.display()))
}

fn print(text: &str) -> Result<(), String> {
    match std::io::stdout().lock().write_all(text.as_bytes()) {
        // `diff | head` closes the pipe early, which is no failure.
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => Err(error.to_string()),
        _ => Ok(()),
    }
}
