//! `generate`, `check` and `facts`.

use std::io::Write;
use std::time::Instant;

use weixin_codegen::emit;
use weixin_codegen::model::{Model, Statistics};
use weixin_codegen::output::OutputFile;

use crate::load::{Folders, model};
use crate::write::{self, Outcome};

/// Writes the output, or compares it.
pub(crate) fn run(folders: &Folders, check: bool) -> Result<bool, String> {
    let start = Instant::now();
    let Some(model) = model(folders)? else { return Ok(false) };
    let mut outputs = vec![(folders.out()?, [emit::all(&model), licenses()].concat())];
    outputs.extend(folders.reference()?.map(|folder| (folder, emit::reference::emit())));
    let apply = if check { write::compare } else { write::write };
    let mut outcome = Outcome::default();
    for (folder, files) in &outputs {
        outcome.add(apply(folder, files)?);
    }
    if check {
        return compare(&model, &outcome, start);
    }
    println!(
        "{}: {} files written, {} unchanged, {} removed in {:.2} s",
        summary(&model),
        outcome.written,
        outcome.unchanged,
        outcome.removed,
        start.elapsed().as_secs_f64()
    );
    Ok(no_foreign(&outcome))
}

/// The texts that the license of the crate names: whoever has the package has them too.
fn licenses() -> Vec<OutputFile> {
    [("LICENSE-APACHE", include_str!("../../LICENSE-APACHE")), ("LICENSE-MIT", include_str!("../../LICENSE-MIT"))]
        .map(|(path, text)| OutputFile { path: path.to_owned(), text: text.to_owned() })
        .into()
}

fn compare(model: &Model, outcome: &Outcome, start: Instant) -> Result<bool, String> {
    if outcome.stale == 0 && outcome.foreign.is_empty() {
        println!(
            "{}: {} files up to date in {:.2} s",
            summary(model),
            outcome.unchanged,
            start.elapsed().as_secs_f64()
        );
        return Ok(true);
    }
    let mut stdout = std::io::stdout().lock();
    stdout.write_all(outcome.diff.as_bytes()).map_err(|error| error.to_string())?;
    if outcome.stale > 0 {
        eprintln!("{} files are stale; run `cargo xtask generate` and commit the result", outcome.stale);
    }
    no_foreign(outcome);
    Ok(false)
}

/// Whether the output folder holds nothing but output.
fn no_foreign(outcome: &Outcome) -> bool {
    for file in &outcome.foreign {
        eprintln!(
            "{file} is no output of the generator: move it out of the folder, which is deleted and restored as a whole"
        );
    }
    outcome.foreign.is_empty()
}

fn summary(model: &Model) -> String {
    let Statistics { endpoints, events, fields, limits, errors } = model.statistics();
    format!("{endpoints} endpoints, {events} events, {fields} fields, {limits} limits, {errors} error codes")
}

/// Checks the spec only.
pub(crate) fn check(folders: &Folders) -> Result<bool, String> {
    let start = Instant::now();
    let Some(model) = model(folders)? else { return Ok(false) };
    println!("{}: no faults in {:.2} s", summary(&model), start.elapsed().as_secs_f64());
    Ok(true)
}

/// Prints every statement of the spec.
pub(crate) fn facts(folders: &Folders) -> Result<bool, String> {
    let Some(model) = model(folders)? else { return Ok(false) };
    let mut out = emit::facts::lines(&model).join("\n");
    out.push('\n');
    match std::io::stdout().lock().write_all(out.as_bytes()) {
        // `facts | head` closes the pipe early, which is no failure.
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => Err(error.to_string()),
        _ => Ok(true),
    }
}
