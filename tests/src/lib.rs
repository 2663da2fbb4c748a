//! What the tests share: mini specs in one file each, and the way from their text to a model.
//!
//! A mini spec is `specs/good/NAME.spec` or `specs/bad/NAME.spec`. After comments that say what it shows, lines
//! such as `--- card/get.yaml` begin the files of a spec folder. `specs/base.spec` lends `api.yaml` and `errors.yaml`
//! to those without. A good one says what its snapshots show: `# Shows: types, checks`, or `everything`. `--- card/get.yaml + head` adds the keys of `specs/head.yaml` that the file does not
//! give itself, so that a case shows only what it is about. `--- api.yaml absent` leaves a file out.

use std::fs;
use std::path::{Path, PathBuf};

use weixin_codegen::diagnostic::{self, Diagnostic};
use weixin_codegen::model::Model;
use weixin_codegen::resolve::resolve;
use weixin_codegen::spec::{read_folder, read_sources};

/// A mini spec.
#[derive(Debug, Clone)]
pub struct Case {
    /// The name of its file, without the ending.
    pub name: String,
    /// What its snapshots show of it, from a line `# Shows: checks, calls` of its comment.
    pub shows: Vec<String>,
    /// The files it stands for.
    pub sources: Vec<(String, String)>,
}

impl Case {
    /// The model of the spec, or all its faults.
    ///
    /// # Errors
    ///
    /// Whatever the reader and the checker find.
    pub fn model(&self) -> Result<Model, Vec<Diagnostic>> {
        model(self.sources.clone())
    }

    /// Its faults as people see them; none for a good spec.
    #[must_use]
    pub fn faults(&self) -> Vec<Diagnostic> {
        self.model().err().unwrap_or_default()
    }
}

/// From text to model.
///
/// # Errors
///
/// Whatever the reader and the checker find.
pub fn model(sources: Vec<(String, String)>) -> Result<Model, Vec<Diagnostic>> {
    read_sources(sources).and_then(|spec| resolve(&spec))
}

/// The model of the spec of this repository.
///
/// # Panics
///
/// When the spec has faults, which are shown.
#[must_use]
pub fn real() -> Model {
    match read_folder(&root().join("spec")).and_then(|spec| resolve(&spec)) {
        Ok(model) => model,
        Err(faults) => panic!("the spec has faults:\n{}", diagnostic::render(&faults, "spec/", false)),
    }
}

/// The top of the repository.
#[must_use]
pub fn root() -> PathBuf {
    let tests = Path::new(env!("CARGO_MANIFEST_DIR"));
    tests.parent().unwrap_or(tests).to_owned()
}

/// Every mini spec of `specs/good`, by name.
#[must_use]
pub fn good() -> Vec<Case> {
    cases("good")
}

/// Every mini spec of `specs/bad`, by name.
#[must_use]
pub fn bad() -> Vec<Case> {
    cases("bad")
}

fn cases(folder: &str) -> Vec<Case> {
    let specs = Path::new(env!("CARGO_MANIFEST_DIR")).join("specs");
    let base = parse(&text(&specs.join("base.spec")), "");
    let head = text(&specs.join("head.yaml"));
    let folder = specs.join(folder);
    let entries = fs::read_dir(&folder).unwrap_or_else(|error| panic!("cannot read {}: {error}", folder.display()));
    let mut paths: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    paths.sort();
    paths
        .iter()
        .filter(|path| path.extension().is_some_and(|end| end == "spec"))
        .map(|path| case(path, &base, &head))
        .collect()
}

fn case(path: &Path, base: &[(String, Option<String>)], head: &str) -> Case {
    let text = text(path);
    let shown = text.lines().take_while(|line| line.starts_with('#')).find_map(|line| line.strip_prefix("# Shows: "));
    let shows = shown.into_iter().flat_map(|words| words.split(", ")).map(str::to_owned).collect();
    let mut files = parse(&text, head);
    for (path, text) in base {
        if files.iter().all(|(own, _)| own != path) {
            files.push((path.clone(), text.clone()));
        }
    }
    let sources = files.into_iter().filter_map(|(path, text)| Some((path, text?))).collect();
    let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    Case { name, shows, sources }
}

/// The files of a `.spec`; no text for one that is absent.
fn parse(text: &str, head: &str) -> Vec<(String, Option<String>)> {
    let mut files = Vec::new();
    // The first part is the comment about the case.
    for part in format!("\n{text}").split("\n--- ").skip(1) {
        let (line, body) = part.split_once('\n').unwrap_or((part, ""));
        let mut body = body.to_owned();
        if !body.is_empty() && !body.ends_with('\n') {
            body.push('\n');
        }
        let file = match line.split_once(' ') {
            None => (line.to_owned(), Some(body)),
            Some((path, "absent")) => (path.to_owned(), None),
            Some((path, "+ head")) => (path.to_owned(), Some(with_head(body, head))),
            Some((_, other)) => panic!("what does `{other}` mean?"),
        };
        files.push(file);
    }
    files
}

/// The body, then every entry of the head whose key it lacks.
fn with_head(mut body: String, head: &str) -> String {
    let mut skipping = false;
    for line in head.lines().filter(|line| !line.starts_with('#')) {
        if !line.starts_with([' ', '-']) {
            let key = line.split(':').next().unwrap_or_default();
            skipping = body.lines().any(|own| own.split(':').next() == Some(key));
        }
        if !skipping {
            body.push_str(line);
            body.push('\n');
        }
    }
    body
}

fn text(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("cannot read {}: {error}", path.display()))
}
