//! Writes the table that leads from the path of an endpoint, the name of a push, or the name of a type that is checked, to
//! its type: a new one is tested without a line of Rust. It is taken from what is generated, so that nothing has to be compiled for it; the tests hold
//! it to the model.

use std::path::Path;
use std::{env, fs};

const GENERATED: &str = "../generated/src";

fn main() {
    println!("cargo::rerun-if-changed={GENERATED}");
    let (mut endpoints, mut types, mut pushes) = (Vec::new(), Vec::new(), Vec::new());
    let (mut paged, mut spanned, mut stated, mut counted) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    visit(Path::new(GENERATED), &mut |path, text| {
        if let Some((_, meta)) = text.split_once("rt::Meta {")
            && let (Some(name), Some(url)) = (behind(meta, "name: \""), behind(meta, "path: \""))
        {
            let line = format!("    \"{url}\" => weixin::{name},\n");
            let lists = [
                (&mut paged, "impl rt::Paged for "),
                (&mut spanned, "impl rt::Spanned for "),
                (&mut stated, "pub fn verify_after<"),
                (&mut counted, "pub fn note_before<"),
            ];
            for (list, known_by) in lists {
                if text.contains(known_by) {
                    list.push(line.clone());
                }
            }
            endpoints.push(line);
        }
        let folder = path.parent().and_then(|folder| folder.strip_prefix(GENERATED).ok());
        let module = folder.map_or_else(String::new, |folder| folder.to_string_lossy().replace(['/', '\\'], "::"));
        for checked in text.split("impl rt::Validate for ").skip(1) {
            let name = checked.split(' ').next().unwrap_or_default();
            // A request is known by its path.
            if !endpoints.iter().any(|known: &String| known.ends_with(&format!("weixin::{module}::{name},\n"))) {
                types.push(format!("    \"{name}\" => weixin::{module}::{name},\n"));
            }
        }
        pushes.extend(push(path, text));
    });
    let mut table = String::new();
    let tables = [
        ("endpoints", endpoints),
        ("checked_types", types),
        ("pushes", pushes),
        ("paged", paged),
        ("spanned", spanned),
        ("stated", stated),
        ("counted", counted),
    ];
    for (name, mut lines) in tables {
        lines.sort();
        // What issues tokens or tickets is described twice.
        lines.dedup();
        table += &format!("{name}! {{\n{}}}\n", lines.concat());
    }
    let out = env::var_os("OUT_DIR").expect("cargo sets OUT_DIR");
    fs::write(Path::new(&out).join("interface.rs"), table).expect("the output folder can be written");
}

/// The line of a push, where the file holds one.
fn push(path: &Path, text: &str) -> Option<String> {
    let (_, shape) = text.split_once("Shape::new(").filter(|_| text.contains(".known_by("))?;
    let name = path.file_stem()?.to_string_lossy();
    Some(format!("    \"{name}\" => weixin::event::{},\n", behind(shape, "\"")?))
}

/// What stands behind these words, up to the next quote.
fn behind<'a>(text: &'a str, words: &str) -> Option<&'a str> {
    text.split_once(words)?.1.split('"').next()
}

fn visit(folder: &Path, each: &mut dyn FnMut(&Path, &str)) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        match fs::read_to_string(&path) {
            Ok(text) => each(&path, &text),
            Err(_) => visit(&path, each),
        }
    }
}
