//! Tests take what they must know of an endpoint from the model. Those that name one are about something else.

use std::fs;
use std::path::{Path, PathBuf};

use weixin_tests::{real, root};

/// Who names an endpoint, and what for.
const VEHICLES: &[(&str, &str)] = &[
    ("any_json.rs", "fields of any JSON"),
    ("borders.rs", "limits that are drawn at random near their border"),
    ("e2e/oddities.rs", "responses as servers really give them"),
    ("e2e/policy.rs", "how the client goes about a call, whatever it is"),
    ("e2e/reports.rs", "reports of users of other libraries"),
    ("handy.rs", "how it feels to write a request"),
    ("receiving/support.rs", "all pushes together"),
    ("shared/cards.rs", "cards as people write them"),
    ("views.rs", "the same"),
];

fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder").flatten() {
        let path = entry.path();
        if path.is_dir() {
            files(&path, found);
        } else if path.extension().is_some_and(|end| end == "rs") {
            found.push(path);
        }
    }
}

#[test]
fn only_these_tests_name_an_endpoint() {
    let model = real();
    let areas = model.modules.iter().filter_map(|module| module.namespace.first());
    let mut names: Vec<String> = areas.map(|area| format!("weixin::{area}::")).collect();
    names.extend(model.endpoints.iter().map(|endpoint| format!("\"{}\"", endpoint.path)));
    let folder = root().join("tests/tests");
    let mut all = Vec::new();
    files(&folder, &mut all);
    let mut naming: Vec<String> = all
        .into_iter()
        .filter(|path| {
            let text = fs::read_to_string(path).expect("a test");
            names.iter().any(|name| text.contains(name))
        })
        .map(|path| path.strip_prefix(&folder).expect("below it").display().to_string())
        .collect();
    naming.sort();
    let known: Vec<&str> = VEHICLES.iter().map(|(file, _)| *file).collect();
    assert_eq!(
        naming, known,
        "what a test knows of an endpoint comes from the model; if it is but the vehicle, say of what"
    );
}
