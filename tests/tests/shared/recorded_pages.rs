//! Pages that were recorded as `--accept` does.

use std::fs;
use std::path::{Path, PathBuf};

use weixin_codegen::model::Model;
use weixin_codegen::resolve::resolve;
use weixin_codegen::spec::{Spec, read_folder};
use weixin_review::drift::{self, Report};

/// A spec with its pages, recorded as they are.
pub(crate) struct World {
    spec: Spec,
    model: Model,
    pub(crate) pages: Vec<(String, String)>,
}

impl World {
    fn new(spec: &Path, pages: &Path) -> Self {
        let mut spec = read_folder(spec).expect("the spec can be read");
        let model = resolve(&spec).expect("a spec without faults");
        let mut files: Vec<PathBuf> = fs::read_dir(pages).expect("the pages").flatten().map(|it| it.path()).collect();
        files.retain(|path| path.is_file());
        files.sort();
        let text = |path: PathBuf| {
            let name = path.file_name().expect("a name").to_string_lossy().into_owned();
            (name, fs::read_to_string(&path).expect("a page"))
        };
        let pages: Vec<_> = files.into_iter().map(text).collect();
        for (file, text) in &pages {
            let document = drift::document_of(&spec, file).expect("a document").to_owned();
            let page = drift::read(&spec, &document, file, text);
            let sections = drift::accept(&spec, &model, &document, &page);
            drift::remember(&mut spec, &sections).expect("a record");
        }
        Self { spec, model, pages }
    }

    pub(crate) fn own() -> Self {
        let here = Path::new(env!("CARGO_MANIFEST_DIR"));
        Self::new(&here.join("pages/spec"), &here.join("pages"))
    }

    /// The documents, where they are at hand; `.ci/run` says where.
    pub(crate) fn documents() -> Option<Self> {
        let folder = std::env::var_os("DRIFT_DOCUMENTS")?;
        Some(Self::new(&weixin_tests::root().join("spec"), Path::new(&folder)))
    }

    pub(crate) fn check(&self, file: &str, text: &str) -> Report {
        let document = drift::document_of(&self.spec, file).expect("a document");
        drift::check(&self.spec, &self.model, document, &drift::read(&self.spec, document, file, text))
    }
}
