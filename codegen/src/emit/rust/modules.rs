//! `mod.rs` of each folder: what is in it, by name.

use super::context::Context;
use super::doc::{Doc, english, escape, one_line};
use super::format;
use super::scope::ident;
use crate::model::{Module, SourceFile};
use crate::output::OutputFile;

/// File names that mean something to Rust.
const SPECIAL_STEMS: &[&str] = &["mod", "lib", "main", "self", "super", "crate"];

/// One Rust file.
pub(super) struct Part {
    /// Its module, without `r#`.
    pub(super) stem: String,
    /// The public names in it.
    pub(super) exports: Vec<String>,
    /// Its text.
    pub(super) text: String,
}

/// The Rust module of a file, without `r#`: its stem, unless a folder or Rust itself has taken it.
pub(super) fn stem(module: &Module, file: &SourceFile) -> String {
    let stem = file.stem.trim_start_matches("r#");
    let is_folder = module.children.iter().any(|child| child.trim_start_matches("r#") == stem);
    let is_root = module.namespace.is_empty() && matches!(stem, "errors" | "rt");
    if is_folder || is_root || SPECIAL_STEMS.contains(&stem) { format!("{stem}_") } else { stem.to_owned() }
}

/// Whether the file has any Rust in it: a file of aliases has none.
pub(super) fn has_rust(file: &SourceFile) -> bool {
    file.endpoint.is_some() || file.event.is_some() || !file.types.is_empty()
}

/// The folder of a module below `src`.
pub(super) fn folder(module: &Module) -> String {
    let mut folder = String::from("src/");
    for segment in &module.namespace {
        folder.push_str(segment.trim_start_matches("r#"));
        folder.push('/');
    }
    folder
}

/// `mod.rs` of a folder.
pub(super) fn file(ctx: &Context<'_>, module: &Module, parts: &[Part]) -> OutputFile {
    let mut text = format::header(&(module.path.join("/") + "/"));
    for line in doc(ctx, module) {
        format::push_doc(&mut text, "", "//!", &line);
    }
    text.push('\n');
    text.push_str(&declarations(module, parts));
    OutputFile { path: folder(module) + "mod.rs", text }
}

/// The modules and names of a folder, for `mod.rs` and `lib.rs`.
pub(super) fn declarations(module: &Module, parts: &[Part]) -> String {
    let mut parts: Vec<&Part> = parts.iter().collect();
    parts.sort_by(|a, b| a.stem.cmp(&b.stem));
    let mut text = String::new();
    for part in &parts {
        declare(module, "mod", &part.stem, &mut text);
    }
    if !module.namespace.is_empty() {
        let mut children: Vec<&String> = module.children.iter().collect();
        children.sort();
        for child in children {
            declare(module, "pub mod", child, &mut text);
        }
    }
    if !text.is_empty() && !parts.is_empty() {
        text.push('\n');
    }
    for part in parts {
        let mut names: Vec<&str> = part.exports.iter().map(String::as_str).collect();
        names.sort_unstable();
        text.push_str(&format::use_lines("pub use", &format!("self::{}", ident(&part.stem)), &names));
    }
    text
}

fn declare(module: &Module, keyword: &str, name: &str, text: &mut String) {
    if module.namespace.last().is_some_and(|parent| parent == name) {
        text.push_str("#[allow(clippy::module_inception, reason = \"the URL repeats the name\")]\n");
    }
    text.push_str(&format!("{keyword} {};\n", ident(name)));
}

fn doc(ctx: &Context<'_>, module: &Module) -> Vec<String> {
    let mut doc = Doc::new();
    let path = format!("/{}/…", module.path.join("/"));
    let title = escape(module.title.en.trim().trim_end_matches('.'));
    let has_endpoints = module.files.iter().any(|file| file.endpoint.is_some());
    doc.raw(&if has_endpoints { format!("{title}: `{path}`.") } else { format!("{title}.") });
    if let Some(more) = &module.doc {
        doc.prose(&english(more));
    }
    doc.chinese(&[&module.title.zh, module.doc.as_ref().map_or("", |doc| doc.zh.as_str())]);
    rows(ctx, module, &mut doc);
    doc.lines()
}

/// The endpoints and events right in the folder.
fn rows(ctx: &Context<'_>, module: &Module, doc: &mut Doc) {
    let mut rows = Vec::new();
    for file in &module.files {
        if let Some(index) = file.endpoint {
            let it = &ctx.model.endpoints[index];
            rows.push([format!("`{} {}`", it.method.as_str(), it.path), it.ident.clone(), it.title.en.clone()]);
        }
        if let Some(index) = file.event {
            let it = &ctx.model.events[index];
            rows.push([format!("push `{}`", it.name), it.ident.clone(), it.title.en.clone()]);
        }
    }
    if rows.is_empty() {
        return;
    }
    doc.table(&["address", "type", "what"]);
    for [address, rust, title] in rows {
        doc.row(&[address, format!("[`{rust}`]"), escape(&one_line(&title))]);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn module(children: &[&str]) -> Module {
        Module {
            path: vec!["user".to_owned()],
            namespace: vec!["user".to_owned()],
            title: crate::model::Text::default(),
            doc: None,
            feature: None,
            needs: Vec::new(),
            files: Vec::new(),
            children: children.iter().map(|&child| child.to_owned()).collect(),
        }
    }

    fn file(stem: &str) -> SourceFile {
        SourceFile { spec: String::new(), stem: stem.to_owned(), endpoint: None, event: None, types: Vec::new() }
    }

    #[test]
    fn a_file_gives_way_to_a_folder_and_to_rust() {
        assert_eq!(stem(&module(&[]), &file("info")), "info");
        assert_eq!(stem(&module(&["info"]), &file("info")), "info_");
        assert_eq!(stem(&module(&[]), &file("mod")), "mod_");
        assert_eq!(stem(&module(&[]), &file("r#move")), "move");
    }

    #[test]
    fn what_is_exported_is_listed() {
        let part = |stem: &str, exports: &[&str]| Part {
            stem: stem.to_owned(),
            exports: exports.iter().map(|&name| name.to_owned()).collect(),
            text: String::new(),
        };
        let parts = [part("move", &["Move", "MoveAnswer"]), part("get", &["Get"])];
        let expected = "\
mod get;
mod r#move;
pub mod info;

pub use self::get::Get;
pub use self::r#move::{Move, MoveAnswer};
";
        assert_eq!(declarations(&module(&["info"]), &parts), expected);
    }
}
