//! What maintainers look up: fresh, and named where editors look for it.

use std::fs;
use std::path::Path;

use weixin_codegen::emit::reference;

fn root() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/.."))
}

#[test]
fn the_committed_reference_is_what_the_types_of_the_dialect_say() {
    for file in reference::emit() {
        let committed = fs::read_to_string(root().join("codegen/reference").join(&file.path)).unwrap_or_default();
        assert!(committed == file.text, "codegen/reference/{} is stale: run `cargo xtask generate`", file.path);
    }
}

#[test]
fn every_spec_file_names_its_schema_in_its_first_line() {
    let mut files = 0;
    let mut open = vec![root().join("spec")];
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
                continue;
            }
            if path.extension().is_some_and(|end| end == "md") {
                continue;
            }
            let name = path.strip_prefix(root().join("spec")).unwrap().to_string_lossy().replace('\\', "/");
            let text = fs::read_to_string(&path).unwrap();
            assert_eq!(text.lines().next(), Some(reference::modeline(&name).as_str()), "the first line of spec/{name}");
            let schema = path.parent().unwrap().join(reference::modeline(&name).split('=').nth(1).unwrap());
            assert!(schema.is_file(), "spec/{name} names {}, which is not there", schema.display());
            files += 1;
        }
    }
    assert!(files > 40, "only {files} files of the spec were found");
}
