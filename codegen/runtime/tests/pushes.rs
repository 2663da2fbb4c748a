//! Pushes in XML.
#![cfg(feature = "xml")]
#![allow(clippy::unwrap_used, reason = "a test may panic")]

use serde::Deserialize;
use serde_json::{Value, json};
use weixin_runtime::{de, xml};

fn fields(text: &str) -> Value {
    Value::Object(xml::fields(text).unwrap())
}

fn fault(text: &str) -> String {
    xml::fields(text).unwrap_err().to_string()
}

#[test]
fn a_push() {
    let push = "\u{feff}<?xml version=\"1.0\"?>\r\n<!-- x --><xml>\r\n\
        <Name> <![CDATA[ a<b>&amp; ]]> </Name>\n<Time>1475900000</Time><Empty></Empty><None/>\
        <Text a=\"1\">a &lt; b &#x4e2d;&#25991; <![CDATA[c]]></Text></xml>\n";
    assert_eq!(
        fields(push),
        json!({"Name": "a<b>&amp;", "Time": "1475900000", "Empty": "", "None": "", "Text": "a < b 中文 c"})
    );
}

#[test]
fn nested_and_repeated() {
    assert_eq!(
        fields("<xml><a><b>1</b><b>2</b> t </a><a>3</a><a/></xml>"),
        json!({"a": [{"b": ["1", "2"], "$text": "t"}, "3", ""]})
    );
}

#[test]
fn nothing_of_its_own_is_expanded() {
    assert!(fault("<!DOCTYPE x [<!ENTITY a \"b\">]><xml><a>&a;</a></xml>").contains("document type"));
    assert!(fault("<xml><a>&a;</a></xml>").contains("the entity `a` is unknown"));
    assert!(xml::fields("<xml>&#0;</xml>").is_err());
}

#[test]
fn broken_documents() {
    for broken in
        ["", "x", "<xml>", "<xml><a></xml>", "<xml></xml><xml></xml>", "<xml></xml>x", "</xml>", "<xml", "<xml>&"]
    {
        assert!(xml::fields(broken).is_err(), "{broken}");
    }
    let deep = "<a>".repeat(xml::MAX_DEPTH + 1);
    assert!(fault(&deep).contains("nested deeper"));
    let long = format!("<a>{}</a>", "x".repeat(xml::MAX_BYTES));
    assert!(fault(&long).contains("longer than"));
    let place = xml::fields("<xml><a>&b;</a></xml>").unwrap_err().position();
    assert!((8..=11).contains(&place), "{place}");
}

#[derive(Debug, PartialEq, Deserialize)]
struct Push {
    #[serde(rename = "Id", deserialize_with = "de::lenient")]
    id: u64,
    #[serde(rename = "Passed", deserialize_with = "de::lenient")]
    passed: bool,
    #[serde(rename = "Room", default, deserialize_with = "de::lenient")]
    room: Option<u32>,
}

#[test]
fn a_push_is_known_by_its_fields() {
    const KNOWN_BY: &[(&str, &str)] = &[("Type", "event"), ("Event", "audit")];
    let push = "<xml><Type>event</Type><Event><![CDATA[audit]]></Event><Id>12</Id><Passed>1</Passed><Room/></xml>";
    let read: Push = xml::from_xml(push, KNOWN_BY).unwrap();
    assert_eq!(read, Push { id: 12, passed: true, room: None });
    assert!(xml::is_known_by(&xml::fields(push).unwrap(), KNOWN_BY));

    let other = xml::from_xml::<Push>(&push.replace("audit", "sale"), KNOWN_BY).unwrap_err();
    assert!(other.is_decode());
    assert_eq!(other.json_path(), Some("Event"));
    assert!(other.to_string().contains("`audit` expected, \"sale\" found"), "{other}");

    let wrong = xml::from_xml::<Push>(&push.replace("12", "twelve"), KNOWN_BY).unwrap_err();
    assert_eq!(wrong.json_path(), Some("Id"));
    assert_eq!(wrong.http_status(), None);
    assert!(xml::from_xml::<Push>("<xml>", KNOWN_BY).unwrap_err().body().is_some());
}
