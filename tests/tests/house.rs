//! The shape of the house: what every hand-written file must keep, so that a newcomer can walk through it one way.

#[path = "house/circles.rs"]
mod circles;
#[path = "house/modules.rs"]
mod modules;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use weixin_tests::root;

/// The crates that are written by hand and walked through by people.
const CRATES: &[&str] = &["codegen", "codegen/review", "codegen/runtime", "tests/fake", "xtask"];

/// The longest a file may be, in lines.
const FILE: usize = 400;

/// The longest a function may be, in lines.
const FUNCTION: usize = 50;

fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).expect("a folder of the repository").flatten() {
        let path = entry.path();
        if path.is_dir() {
            found.extend(sources(&path));
        } else if path.extension().is_some_and(|end| end == "rs") {
            found.push(path);
        }
    }
    found.sort();
    found
}

/// Every file written by hand, as its path from the top and its text.
fn written_by_hand() -> Vec<(String, String)> {
    let folders = CRATES.iter().map(|krate| root().join(krate).join("src")).chain([root().join("tests")]);
    let tests = CRATES.iter().map(|krate| root().join(krate).join("tests")).filter(|folder| folder.is_dir());
    let files: Vec<PathBuf> = folders.chain(tests).flat_map(|folder| sources(&folder)).collect();
    assert!(files.len() > 200, "only {} files", files.len());
    files
        .into_iter()
        .map(|path| {
            let text = fs::read_to_string(&path).expect("a source file");
            (path.strip_prefix(root()).expect("below the top").display().to_string(), text)
        })
        .collect()
}

#[test]
fn no_file_is_longer_than_a_few_screens() {
    let long: Vec<String> = written_by_hand()
        .into_iter()
        .map(|(path, text)| (path, text.lines().count()))
        .filter(|(_, lines)| *lines > FILE)
        .map(|(path, lines)| format!("{path}: {lines} lines, {FILE} at most"))
        .collect();
    assert!(long.is_empty(), "cut these by what they are about:\n{}", long.join("\n"));
}

/// The functions of a formatted file: where each begins and how many lines it has.
fn functions(text: &str) -> Vec<(usize, usize)> {
    let lines: Vec<&str> = text.lines().collect();
    let indent = |line: &str| line.len() - line.trim_start().len();
    let begins = |line: &str| {
        let words = line.trim_start().split(['(', '<']).next().unwrap_or_default();
        words.split(' ').rev().nth(1) == Some("fn") && !line.trim_start().starts_with("//")
    };
    let mut found = Vec::new();
    for (start, line) in lines.iter().enumerate().filter(|(_, line)| begins(line)) {
        let end = lines[start..].iter().position(|next| {
            indent(next) == indent(line) && (next.trim_start().starts_with('}') || next.ends_with(';'))
        });
        let one_line = line.trim_end().ends_with('}') || line.trim_end().ends_with(';');
        found.push((start + 1, if one_line { 1 } else { end.map_or(1, |end| end + 1) }));
    }
    found
}

#[test]
fn no_function_is_longer_than_a_screen() {
    let (mut long, mut seen) = (Vec::new(), 0);
    for (path, text) in written_by_hand() {
        for (line, length) in functions(&text) {
            seen += 1;
            if length > FUNCTION {
                long.push(format!("{path}:{line}: {length} lines, {FUNCTION} at most"));
            }
        }
    }
    assert!(seen > 1_500, "only {seen} functions");
    assert!(long.is_empty(), "take a step out of these:\n{}", long.join("\n"));
}

#[test]
fn the_length_of_a_function_is_counted() {
    let text = "pub fn a() {\n    b();\n}\n\nimpl A {\n    fn b(\n        c: u8,\n    ) -> u8 {\n        1\n    }\n    fn d() {}\n}\n";
    assert_eq!(functions(text), [(1, 3), (6, 5), (11, 1)]);
}

/// Words of one platform. What is known of it stands in `spec/`.
const PLATFORM: &[&str] =
    &["WeChat", "weixin.qq", "微信", "卡券", "\"errcode\"", "\"errmsg\"", "\"access_token\"", "openid"];

/// They read pages, and these are words that pages use.
const READ_PAGES: &[&str] = &["drift/page/header.rs", "drift/extract/codes.rs"];

#[test]
fn no_rust_knows_the_platform() {
    let mut found = Vec::new();
    // The fake plays the platform: what it does is what it knows.
    for krate in CRATES.iter().filter(|krate| **krate != "tests/fake") {
        for path in sources(&root().join(krate).join("src")) {
            let text = fs::read_to_string(&path).expect("a source file");
            // Tests may speak of what is real, and so may comments: they tell why.
            let code = text.split("#[cfg(test)]").next().unwrap_or_default();
            if ["tests.rs", "sample.rs"].iter().chain(READ_PAGES).any(|name| path.ends_with(name)) {
                continue;
            }
            for (line, code) in code.lines().enumerate() {
                let code = code.split("//").next().unwrap_or_default();
                if PLATFORM.iter().any(|word| code.contains(word)) {
                    found.push(format!("{}:{}: {}", path.display(), line + 1, code.trim()));
                }
            }
        }
    }
    assert!(found.is_empty(), "these are facts of the platform, and belong to spec/:\n{}", found.join("\n"));
}

/// The circles of files in some crates.
fn circles_of(crates: &[&str]) -> String {
    let mut told = Vec::new();
    for krate in crates {
        let tree = modules::Tree::read(&root().join(krate).join("src"));
        for circle in circles::of(&tree.uses()) {
            told.push(format!("{krate}:\n{}", circle.join("\n")));
        }
    }
    told.join("\n\n")
}

#[test]
fn no_files_lean_on_each_other_in_a_circle() {
    let told = circles_of(CRATES);
    assert!(told.is_empty(), "files that need each other are one room or wrongly cut:\n{told}");
}

#[test]
fn a_circle_is_found() {
    let tree = modules::Tree::of(&[
        ("lib.rs", "mod a; mod b; mod c; pub use b::Two;"),
        ("a.rs", "use crate::Two; pub struct One(Two);"),
        ("b/mod.rs", "mod deep; pub use deep::Two; pub(crate) const N: u8 = 1;"),
        ("b/deep.rs", "use super::super::a; pub struct Two(Vec<a::One>);"),
        ("c.rs", "use crate::b::N; #[cfg(test)] mod tests { use crate::a::One; } fn f() { N; }"),
    ]);
    let found = circles::of(&tree.uses());
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(found[0], ["  a -> b::deep (Two)", "  b::deep -> a (One)"]);
}

/// The public methods of a type in the files of a folder.
fn methods(folder: &str, of: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for path in sources(&root().join(folder)) {
        let text = fs::read_to_string(&path).expect("a source file");
        for item in syn::parse_file(&text).expect("Rust").items {
            let syn::Item::Impl(syn::ItemImpl { self_ty, items, trait_: None, .. }) = item else { continue };
            if !matches!(&*self_ty, syn::Type::Path(ty) if ty.path.is_ident(of)) {
                continue;
            }
            found.extend(items.into_iter().filter_map(|item| match item {
                syn::ImplItem::Fn(it) if matches!(it.vis, syn::Visibility::Public(_)) => Some(it.sig.ident.to_string()),
                _ => None,
            }));
        }
    }
    found
}

#[test]
fn the_blocking_client_can_do_what_the_client_can() {
    let client = methods("codegen/runtime/src/client", "Client");
    assert!(client.contains("send") && client.contains("with_timeout"), "{client:?}");
    assert_eq!(methods("codegen/runtime/src/blocking", "Client"), client);
}
