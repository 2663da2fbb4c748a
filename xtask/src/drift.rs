//! `drift`: saved pages against the spec.

use std::fs;
use std::path::PathBuf;

use clap::Args;
use weixin_codegen::model::Model;
use weixin_codegen::spec::Spec;
use weixin_review::drift;

use crate::load::{self, Folders};

/// What to compare, and how to show it.
#[derive(Args)]
pub(crate) struct Drift {
    /// Saved pages: text, Markdown or HTML.
    #[arg(required = true, value_name = "PAGE")]
    pages: Vec<PathBuf>,
    /// The document that the pages are [default: the one named like the file].
    #[arg(long = "as", value_name = "DOCUMENT")]
    document: Option<String>,
    /// Print YAML for what is new instead of the differences.
    #[arg(long, conflicts_with = "accept")]
    draft: bool,
    /// Record the text of each section in sections.yaml as transcribed; refused while anything is unexplained.
    #[arg(long)]
    accept: bool,
    /// Show also what quirks explain.
    #[arg(long)]
    verbose: bool,
}

/// Compares every page; true when nothing is left to do.
pub(crate) fn run(folders: &Folders, arguments: &Drift) -> Result<bool, String> {
    let Some((mut spec, model)) = load::spec_and_model(folders)? else { return Ok(false) };
    let mut clean = true;
    for page in &arguments.pages {
        clean &= one(folders, &mut spec, &model, arguments, page)?;
    }
    Ok(clean)
}

fn one(folders: &Folders, spec: &mut Spec, model: &Model, arguments: &Drift, path: &PathBuf) -> Result<bool, String> {
    let file = path.display().to_string();
    let text = fs::read_to_string(path).map_err(|error| format!("cannot read {file}: {error}"))?;
    let document = document(spec, arguments, &file)?;
    let page = drift::read(spec, &document, &file, &text);
    if arguments.draft {
        print!("{}", drift::draft(spec, model, &document, &page));
        return Ok(true);
    }
    let report = drift::check(spec, model, &document, &page);
    let folder = format!("{}/", folders.spec()?.display());
    if !arguments.accept {
        print!("{}", report.render(&folder, arguments.verbose));
        return Ok(report.is_clean());
    }
    if report.findings.iter().any(|finding| finding.kind != drift::Kind::Section) {
        print!("{}", report.render(&folder, arguments.verbose));
        eprintln!("{file}: not accepted: mend the spec, or explain the page with a quirk, first");
        return Ok(false);
    }
    let (name, text) = ("sections.yaml", drift::accept(spec, model, &document, &page));
    let target = folders.spec()?.join(name);
    fs::write(&target, &text).map_err(|error| format!("cannot write {}: {error}", target.display()))?;
    println!("{file}: accepted as {document}");
    // The next page is to find what this one wrote.
    drift::remember(spec, &text).map(|()| true)
}

fn document(spec: &Spec, arguments: &Drift, file: &str) -> Result<String, String> {
    let documents = &spec.api.content.documents;
    let known = || documents.keys().cloned().collect::<Vec<_>>().join(", ");
    match &arguments.document {
        Some(document) if documents.contains_key(document) => Ok(document.clone()),
        Some(document) => Err(format!("there is no document `{document}`; api.yaml has {}", known())),
        None => drift::document_of(spec, file)
            .map(str::to_owned)
            .ok_or_else(|| format!("{file} is named like no document; say which with --as ({})", known())),
    }
}
