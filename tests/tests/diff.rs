//! `cargo xtask diff`: each rule at work on a pair of mini specs, and the table of rules itself.
//!
//! A pair is `specs/diff/RULE.spec`: after a comment, lines such as `--- card/list.yaml` name a file of `specs/diff.spec`;
//! the lines below them begin with `-` (taken out), `+` (put in) or a space (kept, to find the place). `--- FILE absent`
//! leaves the file out, `--- FILE new` brings one.

#[path = "shared/diff_pairs.rs"]
mod shared;

use std::collections::BTreeSet;

use weixin_codegen::spec::read_folder;
use weixin_review::diff::axes::Direction;
use weixin_review::diff::render;
use weixin_review::diff::rules::{self, Rule, WAIVERS, across, opposite};
use weixin_review::diff::{Diff, Side, accept, bump, diff};

use shared::{ROOTS, base, checked, compare, of_patch, pairs, patched, resolved, text};

#[test]
fn every_rule_is_told_in_these_words() {
    let base = resolved("the base", base());
    let mut wrong = Vec::new();
    for (name, patch) in pairs() {
        let diff = match checked(&name, patched(&name, &patch)) {
            Ok(head) => compare(&base, &head),
            Err(faults) => {
                wrong.push(faults);
                continue;
            }
        };
        if !diff.changes().any(|change| change.rule.id == name) {
            wrong.push(format!("{name} does not show its rule:\n{}", render::text(&diff, ROOTS)));
            continue;
        }
        // What else the pair brings about is the business of other rules.
        let text = render::changes(&only(diff, &name), ROOTS);
        insta::with_settings!({ snapshot_path => "snapshots/diff", prepend_module_to_snapshot => false, omit_expression => true }, {
            insta::assert_snapshot!(name, text);
        });
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The changes by one rule.
fn only(mut diff: Diff, rule: &str) -> Diff {
    for (_, changes) in &mut diff.groups {
        changes.retain(|change| change.rule.id == rule);
    }
    diff.groups.retain(|(_, changes)| !changes.is_empty());
    diff
}

#[test]
fn every_rule_has_a_pair_and_every_pair_a_rule() {
    let shown: BTreeSet<String> = pairs().into_iter().map(|(name, _)| name).collect();
    let missing: Vec<_> = rules::all().iter().filter(|rule| !shown.contains(&rule.id)).map(|rule| &rule.id).collect();
    assert!(missing.is_empty(), "no pair in specs/diff for {missing:?}");
    let unknown: Vec<_> = shown.iter().filter(|name| rules::by_id(name).is_none()).collect();
    assert!(unknown.is_empty(), "no rule is called {unknown:?}");
}

/// What a rule would be with one axis turned around.
fn mirrors(rule: &Rule) -> Vec<(&'static str, bool)> {
    let exists = |direction, action| {
        rules::all().iter().any(|other| {
            other.direction == direction && other.area == rule.area && other.kind == rule.kind && other.action == action
        })
    };
    let turned = opposite(rule.action).map(|action| ("what was done undone", exists(rule.direction, action)));
    let crossed = ("what is sent received", exists(across(rule.direction), rule.action));
    turned.into_iter().chain([crossed]).collect()
}

#[test]
fn every_rule_has_its_mirrors_or_a_waiver() {
    let waived = |id: &str| WAIVERS.iter().any(|(rule, _)| *rule == id);
    for rule in rules::all() {
        for (what, there) in mirrors(rule) {
            assert!(there || waived(&rule.id), "{} has no mirror with {what}, and no waiver", rule.id);
        }
    }
    for (id, why) in WAIVERS {
        let rule = rules::by_id(id).unwrap_or_else(|| panic!("the waiver for {id} is for no rule"));
        assert!(mirrors(rule).iter().any(|(_, there)| !there), "{id} needs no waiver");
        assert!(!why.is_empty(), "{id} is waived without a reason");
    }
}

#[test]
fn ids_are_unique_and_each_rule_says_why() {
    let ids: BTreeSet<_> = rules::all().iter().map(|rule| &rule.id).collect();
    assert_eq!(ids.len(), rules::all().len());
    assert!(rules::all().iter().all(|rule| !rule.why.is_empty()));
    insta::assert_snapshot!("rules", render::rules());
}

#[test]
fn undoing_a_change_undoes_its_effects() {
    // What is added one way is removed the other way: as many changes, in the same places.
    let base_side = resolved("the base", base());
    for (name, patch) in pairs() {
        let head = resolved(&name, patched(&name, &patch));
        let place = |diff: &Diff| {
            diff.changes().map(|change| (change.group.clone(), change.path.clone())).collect::<BTreeSet<_>>()
        };
        let (there, back) = (compare(&base_side, &head), compare(&head, &base_side));
        // A renamed type is shown under its new name.
        if name != "name-changed" {
            assert_eq!(place(&there), place(&back), "{name}");
        }
        assert_eq!(there.changes().count(), back.changes().count(), "{name}");
    }
}

/// Some edits of a line: taken out, another number, other words, another answer to yes or no.
fn edits(line: &str) -> Vec<String> {
    let mut edits = vec![String::new()];
    let digit = line.char_indices().find(|(_, c)| ('1'..'9').contains(c));
    edits.extend(digit.map(|(at, _)| format!("{}9{}\n", &line[..at], &line[at + 1..])));
    edits.extend(line.rfind(" }").map(|at| format!("{} x{}\n", &line[..at], &line[at..])));
    let others = [
        (": true", ": false"),
        (": false", ": true"),
        ("safe", "unsafe"),
        ("optional", "required"),
        ("required: true, ", ""),
        (" uint", " string"),
        (" string", " int"),
        ("string[]", "string"),
        ("POST", "GET"),
    ];
    edits.extend(
        others.into_iter().filter(|(from, _)| line.contains(from)).map(|(from, to)| line.replacen(from, to, 1) + "\n"),
    );
    edits
}

/// Lines that say what holds anyway (the usual name of `card/list.yaml`, no body for a GET), or words that are lent to nobody.
const MEANINGLESS: &[&str] = &[
    "name: List",
    "name: Make",
    "name: Pages",
    "name: CardPass",
    "body: none",
    "  views: [create, update, read]",
    "  doc: { en: The code of a coupon., zh: 卡券 Code。 }",
    "  doc: { en: What has a name., zh: 有名称者。 }",
];

#[test]
fn no_edit_passes_in_silence() {
    let base_side = resolved("the base", base());
    let told = std::sync::atomic::AtomicUsize::new(0);
    let one_file = |file: &str, text: &str| {
        let mut silent = Vec::new();
        for (number, line) in text.lines().enumerate() {
            for edit in edits(line) {
                let lines = text.lines().enumerate();
                let changed =
                    lines.map(|(at, one)| if at == number { edit.clone() } else { format!("{one}\n") }).collect();
                let mut files = base();
                files.insert(file.to_owned(), changed);
                // An edit that makes a fault is told by the checker.
                let Ok(head) = checked(file, files) else {
                    continue;
                };
                if !compare(&base_side, &head).groups.is_empty() {
                    told.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
                } else if !MEANINGLESS.contains(&line) {
                    silent.push(format!("{file}:{}: {line}\n  became {edit}", number + 1));
                }
            }
        }
        silent
    };
    let files = base();
    let silent: Vec<String> = std::thread::scope(|scope| {
        let threads: Vec<_> = files.iter().map(|(file, text)| scope.spawn(|| one_file(file, text))).collect();
        threads.into_iter().flat_map(|thread| thread.join().expect("a comparison")).collect()
    });
    let told = told.into_inner();
    assert!(silent.is_empty() && told > 150, "{told} told, these not:\n{}", silent.join("\n"));
}

#[test]
fn the_accept_list_can_be_read() {
    let list = accept::read(&text(&weixin_tests::root().join("tests/accepted-changes.yaml")));
    assert!(list.is_ok(), "{list:?}");
}

#[test]
fn nothing_changed_is_said_with_a_figure() {
    let base = resolved("the base", base());
    let same = compare(&base, &base);
    assert!(same.compared > 200, "{}", same.compared);
    let sentence = format!("Nothing changed in meaning: {} statements compared, no difference.\n", same.compared);
    assert_eq!(render::text(&same, ROOTS), sentence);
    assert_eq!(render::markdown(&same, ROOTS), format!("## What the spec change means\n\n{sentence}"));
}

const SEVERAL: &str = "--- card/list.yaml
-    type: Code
-    required: true
+    type: Code
--- card/list.yaml
-    max: { bytes: 64 }
-    declared: string(32)
-    quirk: title-length
+    max: { bytes: 32 }
+    declared: [string(32), \"string(64), once\"]
+    quirk: title-length
--- card/types/shared.yaml
-      max: { bytes: 30 }
+      max: { bytes: 24 }
--- errors.yaml
-  text: { en: There is no such code., zh: Code 不存在。 }
+  text: { en: \"The code, 100% certainly, is unknown.\", zh: Code 不存在。 }
";

#[test]
fn every_format_shows_the_same_changes() {
    let diff = of_patch("several", SEVERAL);
    insta::assert_snapshot!("several.txt", render::text(&diff, ROOTS));
    insta::assert_snapshot!("several.md", render::markdown(&diff, ROOTS));
    insta::assert_snapshot!("several.json", render::json(&diff, ROOTS));
    insta::assert_snapshot!("several.github", render::github(&diff, ROOTS));
}

#[test]
fn a_shared_line_is_told_once() {
    let diff = of_patch("several", SEVERAL);
    let named: Vec<_> = diff.changes().filter(|change| change.path == "name").collect();
    assert_eq!(named.len(), 1, "{}", render::text(&diff, ROOTS));
    assert_eq!(named[0].reaches, ["/card/make", "/card/show"]);
    assert_eq!(named[0].rule.id, "request-field-limit-tightened");
}

#[test]
fn fingerprints_survive_lines_that_move() {
    let prints = |patch: &str| -> BTreeSet<String> {
        of_patch("moved", patch).changes().map(|change| change.fingerprint.clone()).collect()
    };
    let moved = format!(
        "{SEVERAL}--- card/list.yaml
-name: List
+# A comment, and an empty line.
+
+name: List
"
    );
    assert_eq!(prints(SEVERAL), prints(&moved));
    assert_eq!(prints(SEVERAL).len(), of_patch("several", SEVERAL).changes().count());
}

#[test]
fn accepted_changes_pass_until_they_expire() {
    let mut diff = of_patch("several", SEVERAL);
    let denied: Vec<_> =
        diff.changes().filter(|change| change.denied()).map(|change| change.fingerprint.clone()).collect();
    assert!(denied.len() >= 2);
    let list = format!(
        "- {{ fingerprint: {}, reason: agreed, expires: \"2026-12-31\" }}
- {{ fingerprint: {}, reason: agreed, expires: \"2026-11-30\" }}
- {{ fingerprint: 0123456789abcdef, reason: long gone, expires: \"2026-12-31\" }}
",
        denied[0], denied[1]
    );
    let list = accept::read(&list).expect("a list");
    accept::apply(&mut diff, &list, "2026-12-01");
    assert_eq!(diff.denied(), denied.len() - 1);
    assert_eq!(diff.idle.len(), 2);
    assert!(
        diff.idle[0].contains("expired on 2026-11-30") && diff.idle[1].contains("is about nothing that changed"),
        "{:?}",
        diff.idle
    );
}

#[test]
fn the_release_follows_from_the_worst_change() {
    let release = |patch: &str| bump::bump(&of_patch("a release", patch));
    let word = "--- card/list.yaml\n-  40056: { text: { en: The code is unknown here., zh: 此处 Code 无效。 }, cause: { en: Another card has it., zh: 属于其他卡券。 } }\n+  40056: {}\n";
    assert_eq!(release(word).next.as_deref(), Some("0.4.3"));
    assert_eq!(release("--- card/ping.yaml absent\n").next.as_deref(), Some("0.5.0"));
    let said = "--- card/ping.yaml absent\n--- api.yaml\n-version: 0.4.2\n+version: 0.5.0\n";
    assert!(release(said).done && !release(word).done);
}

#[test]
fn the_real_spec_is_compared_with_itself() {
    let spec = read_folder(&weixin_tests::root().join("spec")).expect("the spec");
    let model = weixin_tests::real();
    let side = Side { spec: &spec, model: &model };
    let same = diff(side, side);
    assert!(same.groups.is_empty() && same.compared > 5000, "{}", render::text(&same, ROOTS));
}

#[test]
fn directions_are_those_of_the_table() {
    // Queries and pushes have fields and limits of their own, but no types of their own.
    let directed = |direction| rules::all().iter().filter(|rule| rule.direction == direction).count();
    assert!(directed(Direction::Query) > 10 && directed(Direction::Event) > 10);
}
