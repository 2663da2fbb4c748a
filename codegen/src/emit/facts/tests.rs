//! What the lines look like.

use super::*;
use crate::emit::sample;

fn fact(lines: &[String], direction: &str, path: &str) -> String {
    let wanted = format!("\"direction\":\"{direction}\",\"path\":\"{path}\"");
    let found: Vec<&String> =
        lines.iter().filter(|line| line.contains("\"kind\":\"field\"") && line.contains(&wanted)).collect();
    assert_eq!(found.len(), 1, "{path}: {found:?}");
    found[0].clone()
}

#[test]
fn lines_are_sorted_and_unique() {
    let lines = lines(&sample::model());
    assert!(lines.is_sorted());
    assert!(lines.windows(2).all(|pair| pair[0] != pair[1]));
}

#[test]
fn a_field_has_its_keys_in_order() {
    let lines = lines(&sample::model());
    assert_eq!(
        fact(&lines, "request", "groupon.title"),
        "{\"kind\":\"field\",\"endpoint\":\"/card/create\",\"direction\":\"request\",\"path\":\"groupon.title\",\
         \"type\":\"string\",\"required\":true,\"limits\":[{\"max\":27,\"unit\":\"bytes\"},{\"min\":1,\"unit\":\
         \"bytes\",\"implied\":true},{\"max\":20,\"unit\":\"bytes\",\"enforced\":false}],\"declared\":null,\"values\":null,\"default\":null,\"review\":true,\
         \"sources\":[\"management\"],\"quirks\":[\"title-length\"]}"
    );
}

#[test]
fn unions_dissolve_into_paths() {
    let lines = lines(&sample::model());
    assert!(fact(&lines, "request", "card_type").contains("\"values\":[\"GROUPON\",\"CASH\"]"));
    assert!(fact(&lines, "request", "groupon").contains("\"type\":\"object\",\"required\":false"));
    assert!(fact(&lines, "request", "groupon").ends_with("\"required_if\":\"`card_type` is `GROUPON`\"}"));
    assert!(fact(&lines, "request", "groupon.date.type").contains("\"required\":true"));
    assert!(fact(&lines, "request", "groupon.date.days").ends_with("\"required_if\":\"`type` is `TERM`\"}"));
    assert!(fact(&lines, "query", "lang").contains("\"required\":false"));
    assert!(fact(&lines, "event", "CardId").contains("\"endpoint\":\"event:card_checked\""));
}

#[test]
fn variants_that_share_a_key_share_its_lines() {
    let lines = lines(&sample::model());
    assert!(fact(&lines, "request", "cash").contains("\"required_if\":\"`card_type` is `CASH`\""));
    assert!(fact(&lines, "request", "cash.title").contains("\"required\":true"));
    assert!(
        fact(&lines, "request", "cash.cost")
            .ends_with("\"required_if\":\"`card_type` is `CASH` and `share` is not `true`\"}")
    );
}

#[test]
fn a_type_inside_itself_ends() {
    let lines = lines(&sample::model());
    assert!(fact(&lines, "request", "nodes[].below").contains("\"type\":\"object[]\""));
    assert!(fact(&lines, "request", "nodes[].color").contains("\"values\":[0]"));
    assert!(!lines.iter().any(|line| line.contains("nodes[].below[]")));
}
