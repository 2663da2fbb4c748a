//! The README as a newcomer takes it: its dependency lines and its program, pasted into a fresh crate beside this
//! repository.

use std::fs;
use std::path::Path;
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
        write("src/main.rs", block(&text, "rust", 0).as_bytes());
        fs::create_dir_all(krate.join("src/bin")).unwrap_or_else(|error| panic!("{}: {error}", krate.display()));
        write("src/bin/pushes.rs", block(&text, "rust", 1).as_bytes());
        write("Cargo.lock", &fs::read(root().join("Cargo.lock")).unwrap_or_default());
        // What was built for this repository serves here too.
        let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), Into::into);
        let output = Command::new(env!("CARGO"))
            .args(["check", "--quiet", "--offline"])
            .current_dir(&krate)
            .env("CARGO_TARGET_DIR", target.join("readme"))
            .output()
            .unwrap_or_else(|error| panic!("cargo: {error}"));
        assert!(output.status.success(), "{name}:\n{}", String::from_utf8_lossy(&output.stderr));
    }
    let _ = fs::remove_dir_all(&folder);
}
