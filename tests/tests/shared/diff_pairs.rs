//! Pairs of mini specs: `specs/diff.spec` and the changes of `specs/diff/RULE.spec`.
#![allow(dead_code, reason = "each test uses a part")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use weixin_codegen::diagnostic;
use weixin_codegen::model::Model;
use weixin_codegen::resolve::resolve;
use weixin_codegen::spec::Spec;
use weixin_codegen::spec::read_sources;
use weixin_review::diff::render::Roots;
use weixin_review::diff::{Diff, Side, diff};

pub(crate) type Files = BTreeMap<String, String>;

pub(crate) const ROOTS: Roots<'_> = Roots { old: "main:spec/", new: "spec/" };

pub(crate) fn specs() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("specs")
}

pub(crate) fn text(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("cannot read {}: {error}", path.display()))
}

/// The parts of a `.spec`: what stands on the line with the dashes, and the lines below.
pub(crate) fn parts(text: &str) -> Vec<(String, String)> {
    let whole = format!("\n{text}");
    let parts = whole.split("\n--- ").skip(1).map(|part| part.split_once('\n').unwrap_or((part, "")));
    parts.map(|(head, body)| (head.to_owned(), format!("{}\n", body.trim_end_matches('\n')))).collect()
}

pub(crate) fn base() -> Files {
    parts(&text(&specs().join("diff.spec"))).into_iter().collect()
}

/// The base with the lines of a pair changed.
pub(crate) fn patched(name: &str, patch: &str) -> Files {
    let mut files = base();
    for (head, body) in parts(patch) {
        match head.split_once(' ') {
            Some((file, "absent")) => {
                assert!(files.remove(file).is_some(), "{name}: there is no {file}")
            }
            Some((file, "new")) => assert!(files.insert(file.to_owned(), body).is_none(), "{name}: there is {file}"),
            _ => {
                let file = files.get_mut(&head).unwrap_or_else(|| panic!("{name}: there is no {head}"));
                *file = replaced(name, file, &body);
            }
        }
    }
    files
}

pub(crate) fn replaced(name: &str, file: &str, hunk: &str) -> String {
    let side = |drop: char| {
        let lines = hunk.lines().filter(|line| !line.is_empty() && !line.starts_with(drop));
        lines.map(|line| format!("{}\n", &line[1..])).collect::<String>()
    };
    let (old, new) = (side('+'), side('-'));
    // A line of the hunk is a whole line of the file.
    let file = format!("\n{file}");
    let found = file.matches(&format!("\n{old}")).count();
    assert_eq!(found, 1, "{name}: these lines occur {found} times:\n{old}");
    file.replacen(&format!("\n{old}"), &format!("\n{new}"), 1)[1..].to_owned()
}

pub(crate) fn checked(name: &str, files: Files) -> Result<(Spec, Model), String> {
    let spec = read_sources(files.into_iter().collect());
    spec.and_then(|spec| resolve(&spec).map(|model| (spec, model)))
        .map_err(|faults| format!("{name} has faults:\n{}", diagnostic::render(&faults, "", false)))
}

pub(crate) fn resolved(name: &str, files: Files) -> (Spec, Model) {
    checked(name, files).unwrap_or_else(|faults| panic!("{faults}"))
}

pub(crate) fn compare(old: &(Spec, Model), new: &(Spec, Model)) -> Diff {
    diff(Side { spec: &old.0, model: &old.1 }, Side { spec: &new.0, model: &new.1 })
}

pub(crate) fn of_patch(name: &str, patch: &str) -> Diff {
    compare(&resolved("the base", base()), &resolved(name, patched(name, patch)))
}

/// Every pair: the rule it is named after, and its patch.
pub(crate) fn pairs() -> Vec<(String, String)> {
    let folder = specs().join("diff");
    let entries = fs::read_dir(&folder).unwrap_or_else(|error| panic!("cannot read {}: {error}", folder.display()));
    let mut paths: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    paths.sort();
    let name = |path: &Path| path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    paths.iter().map(|path| (name(path), text(path))).collect()
}
