//! What the documentation shows, pasted into a fresh crate beside this repository: the dependency lines and the program of
//! the README, as a newcomer takes them; and every sample of the READMEs and of the reference.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use weixin_tests::root;

/// A block of this language in a document, by its number.
fn block(document: &str, language: &str, number: usize) -> String {
    let fence = format!("```{language}");
    let mut blocks = document.split(&fence).skip(1).map(|rest| rest.split("```").next().unwrap_or_default());
    let block = blocks.nth(number).unwrap_or_else(|| panic!("no block {number} of {language}"));
    // The fence goes on to the end of its line.
    block.split_once('\n').map_or("", |(_, block)| block).to_owned()
}

/// The dependencies with what the program that receives pushes needs besides, as it says itself.
fn with_pushes(dependencies: &str) -> String {
    let features = dependencies.replace("generated\" }", "generated\", features = [\"axum\"] }");
    let tokio = features.replace("\"rt\"]", "\"rt\", \"net\"]");
    assert!(features != dependencies && tokio != features, "{dependencies}");
    tokio + "axum = \"0.8\"\n"
}

/// The repository under the name that the README gives it, beside the crate.
fn lay_beside(folder: &Path) {
    let link = folder.join("weixin");
    let _ = fs::remove_file(&link);
    #[cfg(unix)]
    std::os::unix::fs::symlink(root(), &link).unwrap_or_else(|error| panic!("{}: {error}", link.display()));
    #[cfg(windows)]
    std::os::windows::fs::symlink_dir(root(), &link).unwrap_or_else(|error| panic!("{}: {error}", link.display()));
}

#[test]
fn the_programs_of_the_readme_build_in_a_fresh_crate() {
    let folder = std::env::temp_dir().join(format!("weixin-readme-{}", std::process::id()));
    for name in ["README.md", "README.zh.md"] {
        let text = fs::read_to_string(root().join(name)).unwrap_or_else(|error| panic!("{name}: {error}"));
        let krate = folder.join("app");
        fs::create_dir_all(krate.join("src")).unwrap_or_else(|error| panic!("{}: {error}", krate.display()));
        lay_beside(&folder);
        let manifest = format!(
            "[package]\nname = \"app\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n[workspace]\n\n{}",
            with_pushes(&block(&text, "toml", 0))
        );
        let write = |path: &str, text: &[u8]| {
            fs::write(krate.join(path), text).unwrap_or_else(|error| panic!("{path}: {error}"));
        };
        write("Cargo.toml", manifest.as_bytes());
        let programs: Vec<String> = samples(&text).into_iter().filter(|sample| is_program(sample)).collect();
        let [first, pushes] = &programs[..] else { panic!("{name} has {} programs", programs.len()) };
        write("src/main.rs", first.as_bytes());
        fs::create_dir_all(krate.join("src/bin")).unwrap_or_else(|error| panic!("{}: {error}", krate.display()));
        write("src/bin/pushes.rs", pushes.as_bytes());
        write("Cargo.lock", &fs::read(root().join("Cargo.lock")).unwrap_or_default());
        check(&krate, name);
    }
    let _ = fs::remove_dir_all(&folder);
}

/// Compiles a crate, as far as that tells faults.
fn check(krate: &Path, name: &str) {
    // What was built for this repository serves here too.
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), PathBuf::from);
    let output = Command::new(env!("CARGO"))
        .args(["check", "--quiet", "--offline"])
        .current_dir(krate)
        .env("CARGO_TARGET_DIR", target.join("readme"))
        .output()
        .unwrap_or_else(|error| panic!("cargo: {error}"));
    assert!(output.status.success(), "{name}:\n{}", String::from_utf8_lossy(&output.stderr));
}

/// Every block of Rust in a document.
fn samples(document: &str) -> Vec<String> {
    let mut samples = Vec::new();
    let mut lines = document.lines();
    while let Some(line) = lines.next() {
        if line.starts_with("```rust") {
            samples.push(lines.by_ref().take_while(|line| !line.starts_with("```")).collect::<Vec<_>>().join("\n"));
        }
    }
    samples
}

fn is_program(sample: &str) -> bool {
    sample.contains("fn main()")
}

/// The pages of the reference in a language, and what they show.
fn reference(language: &str) -> Vec<(String, Vec<String>)> {
    let folder = root().join("generated/docs").join(language);
    let (mut open, mut pages) = (vec![folder.clone()], Vec::new());
    while let Some(path) = open.pop() {
        if let Ok(entries) = fs::read_dir(&path) {
            open.extend(entries.flatten().map(|entry| entry.path()));
        } else if path.extension().is_some_and(|ending| ending == "md") {
            let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
            let page = path.strip_prefix(&folder).expect("a page of the folder").display().to_string();
            pages.push((page, samples(&text)));
        }
    }
    pages.sort();
    pages
}

/// A sample as a function: what it takes as given is its arguments.
fn function(number: usize, (place, sample): (&str, &str)) -> String {
    format!(
        "/// {place}\nmod sample_{number} {{\n    use super::*;\n    pub async fn run(client: weixin::Client, xml: &str, file: weixin::File) \
         -> Result<(), Box<dyn std::error::Error>> {{\n{sample}\n;Ok(())\n}}\n}}\n\n"
    )
}

#[test]
fn every_sample_compiles() {
    let mut all = Vec::new();
    for name in ["README.md", "README.zh.md"] {
        let text = fs::read_to_string(root().join(name)).unwrap_or_else(|error| panic!("{name}: {error}"));
        // Programs are built above.
        let shown = samples(&text).into_iter().filter(|sample| !is_program(sample));
        all.extend(shown.map(|sample| (name.to_owned(), sample)));
    }
    let pages = reference("en");
    let code = |samples: &[String]| -> Vec<String> {
        let lines = samples.iter().flat_map(|sample| sample.lines());
        lines.filter(|line| !line.trim_start().starts_with("//")).map(str::to_owned).collect()
    };
    for ((page, here), (_, there)) in pages.iter().zip(reference("zh")) {
        assert_eq!(code(here), code(&there), "{page}: the two languages show the same");
    }
    all.extend(pages.into_iter().flat_map(|(page, samples)| samples.into_iter().map(move |it| (page.clone(), it))));
    let model = weixin_tests::real();
    assert!(all.len() > model.endpoints.len(), "{} samples", all.len());
    let head = "//! Every sample.\n#![allow(unused)]\nconst REQUEST: &str = \"{}\";\n\n";
    let functions = all.iter().enumerate().map(|(number, (place, sample))| function(number, (place, sample)));
    let folder = std::env::temp_dir().join(format!("weixin-samples-{}", std::process::id()));
    let krate = folder.join("samples");
    fs::create_dir_all(krate.join("src")).unwrap_or_else(|error| panic!("{}: {error}", krate.display()));
    lay_beside(&folder);
    let write = |path: &str, text: &[u8]| {
        fs::write(krate.join(path), text).unwrap_or_else(|error| panic!("{path}: {error}"));
    };
    write("Cargo.toml", MANIFEST.as_bytes());
    write("src/lib.rs", (head.to_owned() + &functions.collect::<String>()).as_bytes());
    write("Cargo.lock", &fs::read(root().join("Cargo.lock")).unwrap_or_default());
    check(&krate, "the samples");
    let _ = fs::remove_dir_all(&folder);
}

const MANIFEST: &str = r#"[package]
name = "samples"
version = "0.1.0"
edition = "2024"

[workspace]

[dependencies]
weixin = { path = "../weixin/generated", features = ["axum", "blocking", "jsapi", "limits", "redis"] }
weixin-fake = { path = "../weixin/tests/fake" }
axum = "0.8"
tokio = { version = "1", features = ["macros", "net", "rt"] }
reqwest = { version = "0.13", default-features = false }
serde_json = "1"
"#;
