//! What the spec of this repository states, endpoint by endpoint: a changed statement is a changed line here.

use std::collections::BTreeMap;

use weixin_codegen::emit;
use weixin_tests::real;

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
