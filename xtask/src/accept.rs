//! `cargo xtask accept`: the output of a changed spec, and the snapshots that the change explains.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::generate;
use crate::load::{self, Folders};

/// The snapshots that are made of `spec/`, by the test that makes them: first the statements themselves.
const STATEMENTS: Shelf = Shelf { test: "facts", folder: "tests/tests/snapshots/spec" };
const SURFACE: Shelf = Shelf { test: "public_api", folder: "tests/tests/snapshots/public_api" };

/// A test, and the folder of its snapshots.
struct Shelf {
    test: &'static str,
    folder: &'static str,
}

/// The snapshots of a folder: name and text.
type Snapshots = BTreeMap<String, String>;

/// Writes the output, then takes over what changed statements explain.
pub(crate) fn run(folders: &Folders) -> Result<bool, String> {
    if !folders.are_own() {
        return Err("snapshots belong to the spec of this repository: leave --spec and --out away".to_owned());
    }
    if !generate::run(folders, false)? {
        return Ok(false);
    }
    let root = load::workspace()?;
    let (before, after) = STATEMENTS.renew(&root)?;
    let changed: BTreeSet<&String> =
        before.keys().chain(after.keys()).filter(|name| before.get(*name) != after.get(*name)).collect();
    for name in &changed {
        println!("{}", told(STATEMENTS.folder, name, &before, &after));
    }
    let areas: BTreeSet<String> = changed.iter().map(|name| area(name)).collect();
    let (before, after) = SURFACE.renew(&root)?;
    let mut unexplained = 0;
    for name in before.keys().chain(after.keys().filter(|name| !before.contains_key(*name))) {
        if before.get(name) == after.get(name) {
            continue;
        }
        if areas.contains(name) || shared(name) && !areas.is_empty() {
            println!("{}", told(SURFACE.folder, name, &before, &after));
            continue;
        }
        unexplained += 1;
        SURFACE.put_back(&root, name, before.get(name))?;
        eprintln!(
            "{}/{name}.snap: left as it was. The public API changes there, but no statement of spec/ does, so that the \
             generator must have changed. Look at the change, then take it over: INSTA_UPDATE=always cargo test -p \
             weixin-tests --test {}",
            SURFACE.folder, SURFACE.test
        );
    }
    match changed.len() {
        0 => println!("no statement of spec/ changed"),
        1 => println!("the statements of one place changed; read them: git diff {}", STATEMENTS.folder),
        some => println!("the statements of {some} places changed; read them: git diff {}", STATEMENTS.folder),
    }
    Ok(unexplained == 0)
}

/// The area of the crate that a place belongs to.
fn area(place: &str) -> String {
    let area = place.split('.').next().unwrap_or(place).replace('-', "_");
    if area == "general" { "errors".to_owned() } else { area }
}

/// What every area has a part in: the features of the crate and the meanings of error codes.
fn shared(name: &str) -> bool {
    matches!(name, "crate" | "errors")
}

/// One changed snapshot in one line.
fn told(folder: &str, name: &str, before: &Snapshots, after: &Snapshots) -> String {
    let (old, new) = (lines(before.get(name)), lines(after.get(name)));
    let (more, less) = (new.difference(&old).count(), old.difference(&new).count());
    let what = match (before.contains_key(name), after.contains_key(name)) {
        (false, _) => "new",
        (_, false) => "removed",
        _ => "changed",
    };
    format!("{folder}/{name}.snap: {what}, {more} lines more, {less} less")
}

/// The lines of a snapshot without its head.
fn lines(snapshot: Option<&String>) -> BTreeSet<&str> {
    snapshot.into_iter().flat_map(|text| text.lines().skip(3)).collect()
}

impl Shelf {
    /// Makes all snapshots anew, so that those of removed places go; what was there, and what is.
    fn renew(&self, root: &Path) -> Result<(Snapshots, Snapshots), String> {
        let before = self.read(root)?;
        before.keys().try_for_each(|name| self.put_back(root, name, None))?;
        let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        let output = Command::new(cargo)
            .current_dir(if root.as_os_str().is_empty() { Path::new(".") } else { root })
            .args(["test", "--quiet", "-p", "weixin-tests", "--test", self.test])
            .env("INSTA_UPDATE", "always")
            .env("INSTA_FORCE_PASS", "1")
            .output()
            .map_err(|error| format!("cannot run cargo: {error}"))?;
        let after = self.read(root)?;
        if output.status.success() && !after.is_empty() {
            return Ok((before, after));
        }
        before.iter().try_for_each(|(name, text)| self.put_back(root, name, Some(text)))?;
        let printed = String::from_utf8_lossy(&output.stderr).into_owned() + &String::from_utf8_lossy(&output.stdout);
        Err(format!("the test {} failed, and its snapshots are left as they were:\n{printed}", self.test))
    }

    fn read(&self, root: &Path) -> Result<Snapshots, String> {
        let folder = root.join(self.folder);
        let failed = |error: std::io::Error| format!("cannot read {}: {error}", folder.display());
        let mut snapshots = Snapshots::new();
        for entry in fs::read_dir(&folder).map_err(failed)? {
            let path = entry.map_err(failed)?.path();
            if let Some(name) = path.file_name().and_then(|name| name.to_str()?.strip_suffix(".snap")) {
                snapshots.insert(name.to_owned(), fs::read_to_string(&path).map_err(failed)?);
            }
        }
        Ok(snapshots)
    }

    fn put_back(&self, root: &Path, name: &str, text: Option<&String>) -> Result<(), String> {
        let path: PathBuf = root.join(self.folder).join(format!("{name}.snap"));
        let done = match text {
            Some(text) => fs::write(&path, text),
            None => fs::remove_file(&path),
        };
        match done {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                Err(format!("cannot write {}: {error}", path.display()))
            }
            _ => Ok(()),
        }
    }
}
