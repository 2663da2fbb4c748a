//! What is told of a response beside its content: oddities and unknown fields.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod common;

use common::{GetChange, GetFigure, GetMixed, GetRow, GetRows, GetSheet, GetTree, inspect, ok};
use weixin_runtime::{Endpoint, Inspected};

/// The unknown fields, `path=value`.
fn unknown<E: Endpoint>(members: &str) -> Vec<String> {
    let inspected = inspect::<E>(ok(members));
    assert!(inspected.oddities.is_empty(), "{:?}", inspected.oddities);
    inspected.unknown.iter().map(|it| format!("{}={}", it.path, it.value)).collect()
}

#[test]
fn unknown_fields_at_the_top_and_below() {
    assert_eq!(unknown::<GetRow>(r#""said":"ok","int":1"#), [""; 0]);
    assert_eq!(unknown::<GetRow>(r#""a":1,"b":[ 1.10, {} ],"c\"":null"#), ["a=1", "b=[1.10,{}]", "c\"=null"]);
    assert_eq!(unknown::<GetRow>(r#""days":{"days":1,"a":{"b":2}}"#), [r#"days.a={"b":2}"#]);
    assert_eq!(
        unknown::<GetRows>(r#""rows":[{"int":1},{"a":1},null,{"list":[{"days":1,"b":2}]}],"c":3"#),
        ["rows[1].a=1", "rows[3].list[0].b=2", "c=3"]
    );
    assert_eq!(unknown::<GetRow>(r#""map":{"x":{"days":1,"a":1},"y":{"days":2}}"#), ["map.x.a=1"]);
    assert_eq!(
        unknown::<GetRow>(r#""list":{"0":{"days":1,"a":1},"5":{"days":1,"a":2}}"#),
        ["list.0.a=1", "list.5.a=2"]
    );
    assert_eq!(
        unknown::<GetTree>(r#""id":1,"left":{"id":2,"a":3},"nodes":[{"id":1,"nodes":[{"id":2,"rc":9}]}]"#),
        ["left.a=3", "nodes[0].nodes[0].rc=9"]
    );
    assert_eq!(unknown::<GetRow>(r#""json":{"a":1},"a":1,"a":2"#), ["a=1", "a=2"]);
}

#[test]
fn unknown_fields_below_unions() {
    assert_eq!(
        unknown::<GetRow>(r#""figure":{"circle":{"base":{"radius":1,"a":1},"b":2},"kind":"CIRCLE","c":3,"group":{}}"#),
        ["figure.circle.base.a=1", "figure.circle.b=2", "figure.c=3", "figure.group={}"]
    );
    // A variant that is unknown keeps all it has.
    assert_eq!(unknown::<GetRow>(r#""figure":{"kind":"NEW","a":1},"b":2"#), ["b=2"]);
    assert_eq!(
        unknown::<GetRow>(
            r#""figure":{"kind":"CIRCLE","circle":{"base":{"radius":1,"terms":[{"type":"DAYS","days":1,"a":1},{"type":"FOREVER","b":2}]}}}"#
        ),
        ["figure.circle.base.terms[0].a=1", "figure.circle.base.terms[1].b=2"]
    );
    assert_eq!(unknown::<GetFigure>(r#""kind":"CIRCLE","circle":{"base":{"radius":1}},"a":1"#), ["a=1"]);
}

#[test]
fn unknown_fields_beside_unions() {
    assert_eq!(
        unknown::<GetChange>(r#""id":1,"a":1,"circle":{"base":{"radius":1},"b":2},"note":"n""#),
        ["a=1", "circle.b=2"]
    );
    // Neither the other variant's key nor the keys of an inline variant are strangers.
    assert_eq!(
        unknown::<GetMixed>(r#""circle":{"base":{"radius":1}},"days":3,"type":"DAYS","hours":1,"a":1"#),
        ["a=1"]
    );
    // What belongs to a union under a key of its own is a stranger outside of it.
    assert_eq!(
        unknown::<GetMixed>(r#""named":{"figure":null,"circle":1,"kind":2}"#),
        ["named.circle=1", "named.kind=2"]
    );
}

#[test]
fn every_unknown_field_is_told_once() {
    let all = unknown::<GetMixed>(
        r#""list":[{"id":1,"square":{"days":1,"a":1},"b":2},{"id":2,"circle":{"base":{"radius":0,"c":3}}}],"d":4"#,
    );
    assert_eq!(all, ["list[0].square.a=1", "list[0].b=2", "list[1].circle.base.c=3", "d=4"]);
}

#[test]
fn oddities_tell_where_and_what() {
    let odd = inspect::<GetRows>(ok(&format!(
        r#""rows":[{{"int":"x"}},{{"days":{{"days":{{"a":1}}}},"texts":["a",["{}"]]}},5]"#,
        "长".repeat(200)
    )));
    let told: Vec<_> = odd.oddities.iter().map(ToString::to_string).collect();
    assert_eq!(told[0], "rows[0].int: an integer or its text was expected (\"x\")");
    assert_eq!(told[1], "rows[1].days: an integer or its text was expected at rows[1].days.days ({\"a\":1})");
    assert_eq!(told[2], format!("rows[1].texts[1]: a string was expected ([\"{}…)", "长".repeat(98)));
    assert_eq!(told[3], "rows[2]: an object was expected (5)");
    assert_eq!((odd.value.rows.len(), told.len(), odd.more_oddities), (2, 4, 0));
}

#[test]
fn an_oddity_keeps_to_its_line() {
    let odd = inspect::<GetRow>(ok("\"map\":{\"a\\nINFO b\u{1}\":\"x\\u2028\ny\"}"));
    let shown = odd.oddities[0].to_string();
    assert_eq!(shown, "map.a\\nINFO b\\u{1}: an object was expected (\"x\\u2028\\ny\")");
    assert_eq!(odd.oddities[0].path, "map.a\nINFO b\u{1}");
}

#[test]
fn there_is_an_end_to_what_is_told() {
    let odd = inspect::<GetRow>(ok(&format!("\"numbers\":[1{}]", ",-1".repeat(5000))));
    assert_eq!((odd.oddities.len(), odd.more_oddities), (100, 4900));
    let Inspected { unknown, more_unknown, .. } = inspect::<GetRow>(ok(&format!("\"a\":0{}", ",\"b\":1".repeat(5000))));
    assert_eq!((unknown.len(), more_unknown), (1000, 4001));
    // A long key around many fields must not be told in full for each.
    let (key, many) = ("k".repeat(100_000), ",\"b\":1".repeat(20_000));
    let long = inspect::<GetRow>(ok(&format!(r#""map":{{"{key}":{{"days":1{many}}}}}"#)));
    let letters: usize = long.unknown.iter().map(|it| it.path.len()).sum();
    assert!(long.unknown.len() == 1000 && letters < 200_000, "{letters}");
    assert!(long.unknown[0].path.ends_with("k….b"));
}

#[test]
fn lists_in_lists() {
    let odd = inspect::<GetSheet>(ok(r#""cells":[["a",{}],"x",[],null,["b"]],"columns":{"c":[1,-1],"d":2}"#));
    assert_eq!(odd.value.cells.unwrap(), [vec!["a".to_owned()], vec![], vec!["b".to_owned()]]);
    assert_eq!(odd.value.columns.unwrap().into_iter().collect::<Vec<_>>(), [("c".to_owned(), vec![1])]);
    let paths: Vec<_> = odd.oddities.iter().map(|oddity| oddity.path.as_str()).collect();
    assert_eq!(paths, ["cells[0][1]", "cells[1]", "columns.c[1]", "columns.d"]);
}
