//! Walks a section of CONTRIBUTING.md to the letter, on a copy of the repository: a new endpoint, a push and a GET with a
//! query, from YAML to green.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use tempfile::TempDir;

const SECTION: &str = "## A new endpoint, from YAML to green";

/// What the section promises: the machine's part of the way, from a warm build.
const AT_MOST: Duration = Duration::from_secs(5 * 60);

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..").canonicalize().expect("the top of the repository")
}

/// A step of the page: what stands behind the fence, and what is in it.
struct Block {
    info: String,
    text: String,
}

fn blocks(page: &str) -> Vec<Block> {
    let section = page.split(SECTION).nth(1).expect("the section").split("\n## ").next().unwrap_or_default();
    let mut blocks = Vec::new();
    let mut lines = section.lines();
    while let Some(line) = lines.next() {
        if let Some(info) = line.strip_prefix("```") {
            let text: Vec<&str> = lines.by_ref().take_while(|line| *line != "```").collect();
            blocks.push(Block { info: info.to_owned(), text: text.join("\n") + "\n" });
        }
    }
    blocks
}

/// The files that git knows, and those it would take.
fn copy(to: &Path) {
    let root = root();
    let listed = Command::new("git")
        .current_dir(&root)
        .args(["ls-files", "-z", "--cached", "--others", "--exclude-standard"])
        .output()
        .expect("git runs");
    for name in String::from_utf8(listed.stdout).expect("UTF-8").split('\0').filter(|name| !name.is_empty()) {
        let (from, to) = (root.join(name), to.join(name));
        // A file that was deleted and not yet committed.
        if from.is_file() {
            fs::create_dir_all(to.parent().expect("a folder")).expect("a folder");
            fs::copy(&from, &to).expect("a file");
        }
    }
}

/// What was built of the dependencies. A copy, because to cargo a package of the workspace is the same in every checkout:
/// in a shared folder what is built here would stand for what it is a copy of.
fn copy_built(to: &Path) {
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), PathBuf::from);
    let mut folders = vec![PathBuf::from("debug")];
    while let Some(folder) = folders.pop() {
        fs::create_dir_all(to.join(&folder)).expect("a folder");
        for entry in fs::read_dir(target.join(&folder)).into_iter().flatten().flatten() {
            let name = folder.join(entry.file_name());
            let is_program = folder.ends_with("deps") && name.extension().is_none();
            match entry.metadata().expect("what it is") {
                it if it.is_dir() && !name.ends_with("incremental") => folders.push(name),
                it if it.is_file() && !is_program => {
                    fs::copy(entry.path(), to.join(&name)).expect("a file");
                    // Cargo goes by it.
                    let built = it.modified().expect("when it was built");
                    fs::File::options()
                        .append(true)
                        .open(to.join(&name))
                        .and_then(|file| file.set_modified(built))
                        .expect("a time");
                }
                _ => {}
            }
        }
    }
}

fn run(folder: &Path, line: &str) {
    let mut words = line.split_whitespace();
    let program = words.next().expect("a command");
    let mut command = Command::new(program);
    command.current_dir(folder).args(words).env("CARGO_TARGET_DIR", folder.join("target"));
    // Of the cargo that runs this test, not of the one that it runs.
    for (name, _) in
        std::env::vars().filter(|(name, _)| name.starts_with("CARGO_PKG") || name.starts_with("CARGO_MANIFEST"))
    {
        command.env_remove(name);
    }
    let output = command.output().unwrap_or_else(|error| panic!("{line}: {error}"));
    let told = String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{line}\n{told}");
    println!("{line}\n{told}");
}

fn git(folder: &Path, arguments: &[&str]) {
    let mut command = Command::new("git");
    command.current_dir(folder).args(["-c", "user.name=a", "-c", "user.email=a@example.com"]).args(arguments);
    assert!(command.output().expect("git runs").status.success(), "git {arguments:?}");
}

#[test]
#[ignore = "builds the workspace once more: `bash .ci/run newcomer` runs it"]
fn the_way_that_contributing_teaches() {
    let place = TempDir::new().expect("a folder");
    let folder = place.path();
    copy(folder);
    copy_built(&folder.join("target"));
    git(folder, &["init", "--quiet"]);
    git(folder, &["add", "--all"]);
    git(folder, &["commit", "--quiet", "--message", "as it is"]);
    let blocks = blocks(&fs::read_to_string(folder.join("CONTRIBUTING.md")).expect("the page"));
    // The copy builds all of its own crates, too: this takes longer than from a warm build.
    let start = Instant::now();
    for Block { info, text } in blocks {
        match info.split(' ').collect::<Vec<_>>()[..] {
            ["sh"] => text.lines().for_each(|line| run(folder, line)),
            ["yaml", file] => {
                assert!(folder.join(file).is_file(), "`new` made no {file}");
                fs::write(folder.join(file), text).expect("a file");
            }
            ["yaml", file, "areas"] => {
                let old = fs::read_to_string(folder.join(file)).expect("a file");
                let key = text.split_once(": {").expect("an entry").0;
                let fill =
                    |line: &str| if line.starts_with(&format!("{key}:")) { text.clone() } else { format!("{line}\n") };
                let new: String = old.lines().map(fill).collect();
                assert_ne!(old, new, "`new` made no line `{key}` in {file}");
                fs::write(folder.join(file), new).expect("a file");
            }
            _ => panic!("what is a block `{info}`?"),
        }
    }
    let took = start.elapsed();
    println!("NEWCOMER {:.0} s, at most {} s", took.as_secs_f64(), AT_MOST.as_secs());
    // Nothing else was made, and no Rust by hand.
    let status = Command::new("git").current_dir(folder).args(["status", "--porcelain"]).output().expect("git runs");
    for line in String::from_utf8_lossy(&status.stdout).lines() {
        let path = line.get(3..).unwrap_or_default();
        let ours = ["spec/", "generated/", "tests/tests/snapshots/", "codegen/reference/"];
        assert!(ours.iter().any(|ours| path.starts_with(ours)), "{line}");
    }
}
