//! What the spec of this repository states, endpoint by endpoint: a changed statement is a changed line here.

use std::collections::BTreeMap;
use std::process::Command;

use weixin_codegen::emit;
use weixin_tests::{real, root};

#[test]
fn every_endpoint_states_these_facts() {
    let mut places: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for line in emit::facts::lines(&real()) {
        let fact: serde_json::Value = serde_json::from_str(&line).expect("a fact is JSON");
        let place = ["endpoint", "event"].iter().find_map(|key| fact[key].as_str());
        let name = place.map_or_else(|| "general".to_owned(), |place| place.trim_matches('/').replace(['/', ':'], "."));
        places.entry(name).or_default().push(line);
    }
    for (place, lines) in places {
        insta::with_settings!({ snapshot_path => "snapshots/spec", prepend_module_to_snapshot => false, omit_expression => true }, {
            insta::assert_snapshot!(place, lines.join("\n"));
        });
    }
}

#[test]
fn reviewers_see_the_statements() {
    let files = ["tests/tests/snapshots/spec/card.get.snap", "tests/tests/snapshots/facts/limits.snap"];
    let attributes = ["check-attr", "linguist-generated", "--"];
    let output = Command::new("git").current_dir(root()).args(attributes).args(files).output().expect("git runs");
    let told = String::from_utf8_lossy(&output.stdout).into_owned();
    for file in files {
        assert!(told.contains(&format!("{file}: linguist-generated: unset")), "{told}");
    }
}
