//! What maintainers look up: fresh, and named where editors look for it.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use weixin_codegen::diagnostic::render;
use weixin_codegen::emit::reference;
use weixin_tests::{good, model};

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

/// The names of all keys that a schema knows, at any depth.
fn keys(schema: &serde_json::Value, found: &mut BTreeSet<String>) {
    if let Some(properties) = schema.get("properties").and_then(serde_json::Value::as_object) {
        found.extend(properties.keys().cloned());
    }
    match schema {
        serde_json::Value::Object(fields) => fields.values().for_each(|below| keys(below, found)),
        serde_json::Value::Array(items) => items.iter().for_each(|below| keys(below, found)),
        _ => {}
    }
}

#[test]
fn the_dialect_names_every_key() {
    let dialect = fs::read_to_string(root().join("codegen/DIALECT.md")).unwrap();
    let mut known = BTreeSet::new();
    // What `drift` writes is for no author to know.
    for file in reference::emit().iter().filter(|it| it.path.ends_with(".json") && !it.path.starts_with("sections")) {
        keys(&serde_json::from_str(&file.text).unwrap(), &mut known);
    }
    assert!(known.len() > 80, "only {} keys", known.len());
    let is_word = |c: char| c.is_ascii_alphanumeric() || "_-".contains(c);
    let words: BTreeSet<&str> = dialect.split(|c| !is_word(c)).collect();
    let missing: Vec<&String> = known.iter().filter(|key| !words.contains(key.as_str())).collect();
    assert!(missing.is_empty(), "codegen/DIALECT.md does not name {missing:?}");
}

/// The top-level keys of a text of YAML, each with its lines.
fn by_key(text: &str) -> Vec<(String, String)> {
    let mut keys: Vec<(String, String)> = Vec::new();
    for line in text.lines() {
        match (line.starts_with(' '), keys.last_mut()) {
            (true, Some((_, lines))) => *lines += &format!("{line}\n"),
            _ => keys.push((line.split(':').next().unwrap_or(line).to_owned(), format!("{line}\n"))),
        }
    }
    keys
}

#[test]
fn the_dialect_teaches_by_steps_that_check_clean() {
    let dialect = fs::read_to_string(root().join("codegen/DIALECT.md")).unwrap();
    let steps: Vec<&str> =
        dialect.split("```yaml step\n").skip(1).map(|rest| rest.split("\n```").next().unwrap_or_default()).collect();
    let lent = good().into_iter().find(|case| case.name == "limits").expect("a spec that brings no api.yaml");
    let lent: Vec<_> = lent.sources.into_iter().filter(|(path, _)| !path.contains("limits")).collect();
    let mut file: Vec<(String, String)> = Vec::new();
    let mut endpoint = None;
    for (index, step) in steps.iter().enumerate() {
        for (key, lines) in by_key(step) {
            match file.iter_mut().find(|(known, _)| *known == key) {
                Some((_, old)) => *old = lines,
                None => file.push((key, lines)),
            }
        }
        let text: String = file.iter().map(|(_, lines)| lines.as_str()).collect();
        let sources = lent.iter().cloned().chain([("card/claimed.yaml".to_owned(), text)]).collect();
        let model =
            model(sources).unwrap_or_else(|faults| panic!("step {}:\n{}", index + 1, render(&faults, "", false)));
        endpoint = model.endpoints.into_iter().next().map(|endpoint| (endpoint, model.types));
    }
    // The example grew to what it promises.
    let (endpoint, types) = endpoint.expect("steps");
    assert!(steps.len() >= 9 && endpoint.paging.is_some() && !endpoint.request.rules.is_empty());
    assert!(endpoint.errors.iter().any(|error| error.narrower) && !endpoint.quirks.is_empty());
    let kinds: Vec<_> = types.iter().map(|ty| std::mem::discriminant(&ty.kind)).collect();
    assert!(kinds.iter().any(|kind| *kind != kinds[0]) && types.len() == 5, "{types:?}");
}
