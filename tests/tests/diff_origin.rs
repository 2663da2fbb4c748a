//! Whose change it is, and what it does to Rust: both from evidence.

#[path = "shared/diff_pairs.rs"]
mod shared;

use weixin_review::diff::axes::{Rust, Wire};
use weixin_review::diff::render;
use weixin_review::diff::{Change, Diff, Origin, accept};

use shared::{ROOTS, of_patch};

/// The change by this rule.
fn change(diff: &Diff, rule: &str) -> Change {
    let found = diff.changes().find(|change| change.rule.id == rule);
    found.unwrap_or_else(|| panic!("no {rule} in\n{}", render::text(diff, ROOTS))).clone()
}

/// An element of a push whose section is recorded, that must be there now.
const REQUIRED: &str = "--- events/card_pass.yaml
-  Time: { type: uint32, doc: { en: When., zh: 时间。 } }
+  Time: { type: uint32, required: true, doc: { en: When., zh: 时间。 } }
--- events/card_pass.yaml
-    xml: \"<xml><Event>card_pass</Event><CardId>a</CardId></xml>\"
+    xml: \"<xml><Event>card_pass</Event><CardId>a</CardId><Time>1</Time></xml>\"
";

#[test]
fn a_correction_has_the_same_text_of_the_page_for_evidence() {
    let correction = change(&of_patch("the same text", REQUIRED), "event-field-required-tightened");
    assert_eq!((correction.origin, correction.effects.wire), (Origin::Correction, Wire::None));
    // What it does counts all the same.
    assert!(correction.raw.wire != Wire::None && correction.denied());
    let again = format!(
        "{REQUIRED}--- sections.yaml\n-  Push: {{ statements: 1, notes: [\"8877665544332211\"] }}\n+  Push: {{ statements: 1, notes: [\"8877665544332212\"] }}\n"
    );
    let api = change(&of_patch("another text", &again), "event-field-required-tightened");
    assert_eq!((api.origin, api.effects), (Origin::Api, api.raw));
    for (name, lost) in [
        ("no text recorded", "--- sections.yaml\n-  Push: { statements: 1, notes: [\"8877665544332211\"] }\n"),
        ("no section cited", "--- events/card_pass.yaml\n-source: page#Push\n+source: page\n"),
        ("one more page, not recorded", "--- events/card_pass.yaml\n-source: page#Push\n+source: [page#Push, page]\n"),
    ] {
        let unknown = change(&of_patch(name, &format!("{REQUIRED}{lost}")), "event-field-required-tightened");
        assert_eq!((unknown.origin, unknown.effects), (Origin::Unknown, unknown.raw), "{name}");
    }
}

#[test]
fn neither_a_day_nor_a_quirk_makes_a_correction() {
    // The page of /card/list is not recorded, whenever it was read.
    for (name, patch, rule) in [
        (
            "a printed type",
            "--- card/list.yaml\n-    declared: string(32)\n+    declared: string(40)\n".to_owned(),
            "declared-changed",
        ),
        ("an endpoint that goes", "--- card/ping.yaml absent\n".to_owned(), "endpoint-removed"),
        (
            "a field that must be sent, with a quirk",
            "--- card/list.yaml\n   note: { type: string, doc: { en: A note., zh: 备注。 } }\n+  more: { type: string, required: true, quirk: title-length, doc: { en: More., zh: 更多。 } }\n--- card/list.yaml\n-    request: { code: \"1\", status: ON }\n+    request: { code: \"1\", status: ON, more: m }\n".to_owned(),
            "request-field-required-added",
        ),
        (
            "a field of a response that is called another way",
            "--- card/list.yaml\n-  owner: { type: string, max: { bytes: 32 }, doc: { en: The owner., zh: 归属者。 } }\n+  holder: { type: string, max: { bytes: 32 }, quirk: title-length, doc: { en: The owner., zh: 归属者。 } }\n".to_owned(),
            "response-field-optional-removed",
        ),
    ] {
        let change = change(&of_patch(name, &patch), rule);
        assert_eq!((change.origin, change.effects), (Origin::Unknown, change.rule.effects), "{name}");
    }
}

#[test]
fn the_author_may_declare_an_origin() {
    let mut diff = of_patch("declared", REQUIRED);
    let rule = "event-field-required-tightened";
    let entry = |origin: &str| {
        let fingerprint = change(&diff, rule).fingerprint;
        let list = format!("- {{ fingerprint: {fingerprint}, reason: seen live, expires: \"2026-12-31\"{origin} }}\n");
        accept::read(&list).expect("a list")
    };
    let (api, accepted) = (entry(", origin: api"), entry(""));
    accept::apply(&mut diff, &api, "2026-12-01");
    let declared = change(&diff, rule);
    assert_eq!((declared.origin, declared.effects), (Origin::Api, declared.raw));
    assert!(declared.denied() && declared.declared.is_some_and(|why| why.contains("seen live")));
    // To accept it is another thing, and takes another entry.
    accept::apply(&mut diff, &accepted, "2026-12-01");
    assert!(!change(&diff, rule).denied() && diff.idle.is_empty());
    assert!(accept::read("- { fingerprint: a, reason: b, expires: \"2026-12-31\", origin: wechat }\n").is_err());
}

#[test]
fn rust_is_judged_by_names_and_signatures() {
    // One wire value in place of another, under the name that the old one had in Rust.
    let value = "--- card/list.yaml\n-      CASH: { en: cash, zh: 代金券, response: \"#1\" }\n+      MONEY: { name: Cash, en: cash, zh: 代金券, response: \"#1\" }\n";
    let diff = of_patch("a value", value);
    let rules: Vec<_> = diff.changes().map(|change| (change.rule.id.as_str(), change.effects.rust)).collect();
    assert!(rules.iter().all(|(_, rust)| *rust <= Rust::Patch) && rules.len() >= 2, "{rules:?}");
    // A field of another name on the wire, and of the same in Rust.
    let field = "--- card/list.yaml\n-  note: { type: string, doc: { en: A note., zh: 备注。 } }\n+  remark: { type: string, rust: note, doc: { en: A note., zh: 备注。 } }\n";
    let diff = of_patch("a field", field);
    let (gone, come) = (change(&diff, "request-field-optional-removed"), change(&diff, "request-field-optional-added"));
    assert_eq!((gone.effects.rust, come.effects.rust), (Rust::Patch, Rust::Patch));
    assert_eq!(gone.effects.wire, Wire::Breaking);
    // The same, but of another type: programs may not compile.
    let other = field.replace("remark: { type: string", "remark: { type: uint");
    let diff = of_patch("a field of another type", &other);
    assert_eq!(change(&diff, "request-field-optional-added").effects.rust, Rust::Major);
    // The verb, the path of the content and the like are nowhere in the API.
    assert_eq!(change(&of_patch("a type of the same signature", "--- card/list.yaml\n-  cost: { type: uint, unit: fen, max: { value: 100 }, doc: { en: The price., zh: 价格。 } }\n+  cost: { type: uint64, unit: fen, max: { value: 100 }, doc: { en: The price., zh: 价格。 } }\n"), "field-type-meaning-changed").effects.rust, Rust::Patch);
}
