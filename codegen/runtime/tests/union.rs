//! Tagged unions in all shapes, there and back.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod common;

use common::{Base, Change, Circle, Days, Get, Shape, ShapeChange, Term, Thing};
use serde_json::{Value, json};
use weixin_runtime::{Endpoint, union};

fn circle(radius: u32) -> Circle {
    Circle { base: Base { radius, terms: Vec::new() } }
}

#[test]
fn keyed_with_a_tag() {
    let json = r#"{"kind":"CIRCLE","circle":{"base":{"radius":2}}}"#;
    let shape: Shape = serde_json::from_str(json).unwrap();
    assert_eq!(shape, Shape::Circle(circle(2)));
    assert_eq!(serde_json::to_string(&shape).unwrap(), json);
}

#[test]
fn a_variant_told_apart_by_its_content() {
    for zero in [json!(0), json!("0")] {
        let shape: Shape =
            serde_json::from_value(json!({"kind": "CIRCLE", "circle": {"base": {"radius": zero}}})).unwrap();
        assert_eq!(shape, Shape::Point(circle(0)));
    }
}

#[test]
fn without_a_tag_and_flattened() {
    let json = r#"{"id":"1","circle":{"base":{"radius":2}}}"#;
    let change: Change = serde_json::from_str(json).unwrap();
    assert_eq!(change, Change { id: "1".to_owned(), shape: ShapeChange::Circle(circle(2)) });
    assert_eq!(serde_json::to_string(&change).unwrap(), json);
    let json = r#"{"id":"1","square":{"side":[3]},"z":1}"#;
    let change: Change = serde_json::from_str(json).unwrap();
    assert!(matches!(&change.shape, ShapeChange::Unknown(unknown) if unknown.tag() == "square"));
    assert_eq!(serde_json::to_string(&change).unwrap(), json);
}

#[test]
fn inline() {
    for (json, term) in
        [(r#"{"type":"DAYS","days":3}"#, Term::Days(Days { days: 3 })), (r#"{"type":"FOREVER"}"#, Term::Forever)]
    {
        let read: Term = serde_json::from_str(json).unwrap();
        assert_eq!(read, term);
        assert_eq!(serde_json::to_string(&read).unwrap(), json);
    }
    let late: Term = serde_json::from_str(r#"{"days":"3","type":"DAYS"}"#).unwrap();
    assert_eq!(late, Term::Days(Days { days: 3 }));
    let list = serde_json::to_value([1]).unwrap();
    assert!(union::inline(serde_json::value::Serializer, ("type", "X"), &list).is_err());
}

#[test]
fn the_unknown_survives() {
    for json in [r#"{"new":[1,{"a":null}],"kind":"HEXAGON","x":"中"}"#, r#"{"kind":""}"#] {
        let shape: Shape = serde_json::from_str(json).unwrap();
        assert!(matches!(&shape, Shape::Unknown(unknown) if unknown.tag().len() % 7 == 0));
        assert_eq!(serde_json::to_string(&shape).unwrap(), json);
    }
}

/// The error that `Get` has when it reads a thing with this shape.
fn fault(shape: Value) -> (Option<String>, String) {
    let body = json!({"id": 1, "shape": shape}).to_string();
    let error = Get::read(200, body.as_bytes()).unwrap_err();
    (error.json_path().map(str::to_owned), error.to_string())
}

#[test]
fn faults_inside_have_the_whole_path() {
    let (path, message) = fault(json!({"kind": "CIRCLE", "circle": {"base": {"radius": "x"}}}));
    assert_eq!(path.as_deref(), Some("shape.circle.base.radius"));
    assert!(message.contains("at shape.circle.base.radius: invalid value: string \"x\""), "{message}");

    let deep = json!({"kind": "CIRCLE", "circle": {"base": {"radius": 1, "terms": [{"type": "FOREVER"}, {"type": "DAYS", "days": []}]}}});
    assert_eq!(fault(deep).0.as_deref(), Some("shape.circle.base.terms[1].days"));
}

#[test]
fn what_a_union_lacks_is_told() {
    let (path, message) = fault(json!({"kind": "CIRCLE"}));
    assert_eq!(path.as_deref(), Some("shape"));
    assert!(message.contains("missing field `circle`"), "{message}");
    assert!(fault(json!({})).1.contains("missing field `kind`"));
    assert_eq!(fault(json!({"kind": 5})).0.as_deref(), Some("shape.kind"));
    assert!(fault(json!("text")).1.contains("invalid type: string"));
}

#[test]
fn a_thing_survives() {
    let json = r#"{"id":1,"shape":{"kind":"CIRCLE","circle":{"base":{"radius":2,"terms":[{"type":"X","y":1}]}}}}"#;
    let thing: Thing = serde_json::from_str(json).unwrap();
    assert_eq!(serde_json::to_string(&thing).unwrap(), json);
}

#[test]
fn conditions_are_tolerant() {
    let raw = union::Raw::read(json!({"a": {"yes": "1", "n": "05", "t": "x"}, "b": true, "c": null})).unwrap();
    assert!(raw.holds("a.yes", true) && raw.holds("b", true) && raw.holds("a.t", "x"));
    assert!(!raw.holds("a.yes", false) && !raw.holds("a.none", true) && !raw.holds("a.t.deeper", true));
    assert!(raw.has("b") && !raw.has("c") && !raw.has("d") && !raw.is_empty());
    assert_eq!(raw.at("a.t"), Some(&json!("x")));
}
