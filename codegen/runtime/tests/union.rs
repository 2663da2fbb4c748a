//! Tagged unions in all shapes, there and back.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod common;

use common::{
    Change, Circle, Days, Figure, FigureChange, Get, GetChange, GetFigure, GetMixed, Mixed, Term, inspect, ok,
};
use weixin_runtime::{Blank, Field, json};

fn read<T: Field + Blank>(text: &str) -> T {
    json::read(text.as_bytes()).unwrap_or_else(|error| panic!("{error}: {text}"))
}

/// What is read is written as it came, also through serde.
fn survives<T>(text: &str) -> T
where
    T: Field + Blank + PartialEq + std::fmt::Debug + serde::Serialize + serde::de::DeserializeOwned,
{
    let value: T = read(text);
    assert_eq!(json::to_string(&value), text);
    assert_eq!(serde_json::to_string(&value).unwrap(), text);
    assert_eq!(serde_json::from_str::<T>(text).unwrap(), value);
    value
}

#[test]
fn keyed_with_a_tag() {
    let figure: Figure = survives(r#"{"kind":"CIRCLE","circle":{"base":{"radius":2}}}"#);
    assert_eq!(figure, Figure::Circle(Circle::of(2)));
    assert_eq!(format!("{figure:?}"), "Circle(Circle { base: Base { radius: 2, terms: None }, note: None })");
    let late: Figure = read(r#"{"circle":{"base":{"radius":"2"}},"kind":"CIRCLE"}"#);
    assert_eq!(late, figure);
}

#[test]
fn a_variant_told_apart_by_its_content() {
    for zero in ["0", "\"0\"", "\" 0 \"", "-0", "\"-0\""] {
        let text = format!(r#"{{"kind":"CIRCLE","circle":{{"note":"x","base":{{"terms":[],"radius":{zero}}}}}}}"#);
        assert!(matches!(read::<Figure>(&text), Figure::Point(_)), "{text}");
    }
}

#[test]
fn figures_in_figures() {
    survives::<Figure>(
        r#"{"kind":"GROUP","group":{"figures":[{"kind":"CIRCLE","circle":{"base":{"radius":0}}},{"kind":"GROUP","group":{}},{"kind":"X","y":"1.10"}]}}"#,
    );
}

#[test]
fn without_a_tag_beside_other_keys() {
    let change: Change = survives(r#"{"id":"1","circle":{"base":{"radius":2}}}"#);
    assert_eq!(change, Change { id: "1".to_owned(), figure: FigureChange::Circle(Circle::of(2)), note: None });
    let change: Change = survives(r#"{"id":"1","oblong":{"side":[3]},"z":1}"#);
    assert!(matches!(&change.figure, FigureChange::Unknown(unknown) if unknown.tag() == "oblong"));
    let change: Change = survives(r#"{"id":"1"}"#);
    assert!(matches!(&change.figure, FigureChange::Unknown(unknown) if unknown.tag().is_empty()));
    // Null is none.
    let change: Change = read(r#"{"circle":null,"square":{"days":3},"id":1,"note":"n"}"#);
    assert_eq!(change.figure, FigureChange::Square(Days { days: 3, hours: None }));
    assert_eq!(change.note.as_deref(), Some("n"));
}

#[test]
fn the_envelope_is_no_part_of_an_unknown_variant() {
    let change = inspect::<GetChange>(ok(r#""said":"ok","id":"1","oblong":{}"#)).value;
    assert!(matches!(&change.figure, FigureChange::Unknown(unknown) if unknown.tag() == "oblong"), "{change:?}");
    assert_eq!(json::to_string(&change), r#"{"id":"1","oblong":{}}"#);
    // Nor does such a variant hide the code.
    assert_eq!(common::read::<GetFigure>(200, r#"{"kind":"NEW","rc":7,"said":"no"}"#).unwrap_err().code(), Some(7));
    let figure = inspect::<GetFigure>(ok(r#""kind":"NEW","x":1"#)).value;
    assert_eq!(json::to_string(&figure), r#"{"kind":"NEW","x":1}"#);
    assert!(inspect::<GetFigure>(ok(r#""kind":"CIRCLE","circle":{"base":{"radius":0}}"#)).oddities.is_empty());
}

#[test]
fn unions_that_may_be_absent_beside_other_keys() {
    for text in [
        "{}",
        r#"{"id":"1"}"#,
        r#"{"id":"1","circle":{"base":{"radius":2}},"type":"DAYS","days":3}"#,
        r#"{"type":"FOREVER","list":[{"id":"1","square":{"days":1}}]}"#,
    ] {
        survives::<Mixed>(text);
    }
}

#[test]
fn an_unknown_variant_takes_no_keys_of_others() {
    survives::<Mixed>(r#"{"id":"1","circle":{"base":{"radius":2}},"type":"NEW","new":1}"#);
    let mixed: Mixed = read(r#"{"new":1,"circle":{"base":{"radius":2}},"list":[],"type":"NEW"}"#);
    assert!(
        matches!(&mixed.term, Some(Term::Unknown(unknown)) if unknown.json().as_str() == r#"{"new":1,"type":"NEW"}"#)
    );
}

#[test]
fn an_empty_key_is_no_union() {
    let change: Change = survives(r#"{"id":"1","":{"circle":{"base":{"radius":2}}}}"#);
    assert!(matches!(&change.figure, FigureChange::Unknown(unknown) if unknown.tag().is_empty()));
    let mixed = inspect::<GetMixed>(ok(r#""id":"1","":{"circle":{"base":{"radius":2}}}"#));
    assert!(mixed.value.figure.is_none() && mixed.unknown.len() == 1);
}

#[test]
fn a_union_beside_other_keys_costs_only_itself() {
    for tail in ["", r#","id":"1","list":[{"id":2,"square":{"days":"3"}}]"#] {
        let odd = inspect::<GetMixed>(ok(&format!(r#""circle":{{"base":{{"radius":-1}}}}{tail}"#)));
        assert!(odd.value.figure.is_none());
        assert_eq!(odd.value.list.as_ref().map_or(1, Vec::len), 1);
        assert_eq!(odd.oddities.len(), 1);
        assert_eq!((odd.oddities[0].path.as_str(), odd.oddities[0].found.as_str()), ("circle.base.radius", "-1"));
        assert_eq!(odd.oddities[0].left_out, "circle");
        assert!(odd.unknown.is_empty(), "{:?}", odd.unknown);
    }
    let odd = inspect::<GetMixed>(ok(r#""id":"1","type":{},"list":[{"id":1},{"circle":[1],"id":3},{"id":4}]"#));
    assert!(odd.value.term.is_none() && odd.value.id.is_some());
    assert_eq!(odd.value.list.unwrap().len(), 2);
    let places: Vec<_> = odd.oddities.iter().map(|odd| (odd.left_out.as_str(), odd.path.as_str())).collect();
    assert_eq!(places, [("type", "type"), ("list[1]", "list[1].circle")]);
}

#[test]
fn a_union_that_fails_leaves_nothing_to_the_next_object() {
    // Neither its keys nor its tag are taken for those of what comes behind it.
    let odd = inspect::<GetMixed>(ok(concat!(
        r#""type":"DAYS","days":[],"#,
        r#""named":{"figure":{"kind":"NEW","id":1,"list":2,"type":3},"type":4,"id":5}"#
    )));
    assert!(odd.value.term.is_none());
    let figure = odd.value.named.unwrap().figure.unwrap();
    assert_eq!(json::to_string(&figure), r#"{"kind":"NEW","id":1,"list":2,"type":3}"#);
    let unknown: Vec<_> = odd.unknown.iter().map(|it| (it.path.as_str(), it.value.as_str())).collect();
    // What the union that failed held has no other place, so that it is told twice rather than not at all.
    assert_eq!(unknown, [("days", "[]"), ("named.type", "4"), ("named.id", "5")]);
    let odd = inspect::<GetMixed>(ok(r#""list":[{"circle":{"base":1},"id":1},{"id":1,"new":{"id":2,"note":3}}]"#));
    assert_eq!(json::to_string(&odd.value), r#"{"list":[{"id":"1","new":{"id":2,"note":3}}]}"#);
}

#[test]
fn inline() {
    assert_eq!(survives::<Term>(r#"{"type":"DAYS","days":3}"#), Term::Days(Days { days: 3, hours: None }));
    assert_eq!(survives::<Term>(r#"{"type":"FOREVER"}"#), Term::Forever);
    for text in [r#"{"days":"3","type":"DAYS"}"#, r#"{"type":1,"days":3}"#, r#"{"type":"1","days":3}"#] {
        assert_eq!(read::<Term>(text), Term::Days(Days { days: 3, hours: None }), "{text}");
    }
    assert!(matches!(read::<Term>(r#"{"type":"DAY","days":3}"#), Term::Days(_)));
    for text in [r#"{"type":2}"#, r#"{"x":{},"type":"2"}"#] {
        assert_eq!(read::<Term>(text), Term::Forever, "{text}");
    }
    assert_eq!(json::to_string(&read::<Term>(r#"{"type":2}"#)), r#"{"type":"FOREVER"}"#, "`also` is never written");
}

#[test]
fn the_unknown_survives() {
    for (text, tag) in [
        (r#"{"new":[1.10,{"a":null}],"kind":"HEXAGON","x":"中","n":98765432109876543210,"e":-0,"b":1e5}"#, "HEXAGON"),
        (r#"{"kind":"","z":1,"a":2}"#, ""),
        (r#"{"kind":5}"#, "5"),
    ] {
        let figure: Figure = read(text);
        assert_eq!(json::to_string(&figure), text);
        // Serde has no numbers of any length: there the value survives, not the digits.
        let value: serde_json::Value = serde_json::from_str(text).unwrap();
        assert_eq!(serde_json::to_value(&figure).unwrap(), value);
        assert!(matches!(&figure, Figure::Unknown(unknown) if unknown.tag() == tag));
        let Figure::Unknown(unknown) = figure else { unreachable!() };
        assert_eq!(unknown.json().as_str(), text);
    }
    let blanks: Figure = read("{ \"kind\" : \"NEW\" , \"a\\u0041\" : [ 1 , ] }");
    assert_eq!(json::to_string(&blanks), r#"{"kind":"NEW","aA":[1]}"#);
}

/// Where and why `Get` leaves out a figure.
fn fault(figure: &str) -> (String, String) {
    let odd = inspect::<Get>(format!(r#"{{"id":1,"figure":{figure}}}"#));
    assert!(odd.value.figure.is_none());
    let [oddity] = odd.oddities.try_into().unwrap();
    assert_eq!(oddity.left_out, "figure");
    (oddity.path, oddity.message)
}

#[test]
fn faults_inside_have_the_whole_path() {
    let (path, message) = fault(r#"{"kind":"CIRCLE","circle":{"base":{"radius":"x"}}}"#);
    assert_eq!((path.as_str(), message.as_str()), ("figure.circle.base.radius", "an integer or its text was expected"));
    let odd = inspect::<Get>(
        r#"{"id":1,"figure":{"kind":"CIRCLE","circle":{"base":{"radius":1,"terms":[{"type":"FOREVER"},{"type":"DAYS","days":[]}]}}}}"#,
    );
    assert_eq!(odd.oddities[0].path, "figure.circle.base.terms[1].days");
    assert_eq!(odd.oddities[0].left_out, "figure.circle.base.terms[1]");
    assert!(odd.value.figure.is_some());
}

#[test]
fn what_a_union_lacks_is_told() {
    assert_eq!(fault(r#"{"kind":"CIRCLE"}"#), ("figure".to_owned(), "missing field `circle`".to_owned()));
    assert_eq!(fault("{}").1, "missing field `kind`");
    assert_eq!(fault(r#"{"kind":[]}"#), ("figure.kind".to_owned(), "a string was expected".to_owned()));
    assert_eq!(fault(r#"{"kind":null}"#).0, "figure.kind");
    assert_eq!(fault("\"text\"").1, "an object was expected");
    let error = common::read::<GetChange>(200, ok(r#""id":"1","circle":{"base":{}}"#)).unwrap_err();
    assert_eq!(error.json_path(), Some("circle.base"));
    assert!(error.to_string().contains("missing field `radius`"), "{error}");
}
