//! Texts at the borders of JSON, and what becomes of each: `json_suite/cases.tsv`.
//!
//! A line is a name, the bytes and what we do, with tabs in between. The names are those of JSONTestSuite, by Nicolas
//! Seriot, for the same cases: `y_` is JSON, `n_` is none, `i_` is left to the reader; `o_` are our own. In the bytes `\\`
//! is a backslash and `\xHH` any byte. What we do is `same` (the value that serde_json reads), `refused`, or `read as`
//! and the value.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

use serde_json::Value;
use weixin_runtime::Json;

const CASES: &str = include_str!("json_suite/cases.tsv");

struct Case {
    name: &'static str,
    bytes: Vec<u8>,
    does: &'static str,
}

fn cases() -> impl Iterator<Item = Case> {
    CASES.lines().map(|line| {
        let [name, bytes, does] = line.split('\t').collect::<Vec<_>>().try_into().unwrap();
        Case { name, bytes: unescaped(bytes), does }
    })
}

fn unescaped(text: &str) -> Vec<u8> {
    let mut out = Vec::new();
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        out.push(match (byte, byte == b'\\' && rest.next() == Some(b'x')) {
            (b'\\', true) => {
                let digits = [rest.next().unwrap(), rest.next().unwrap()];
                u8::from_str_radix(std::str::from_utf8(&digits).unwrap(), 16).unwrap()
            }
            (other, _) => other,
        });
    }
    out
}

fn does(bytes: &[u8]) -> String {
    match Json::parse(bytes) {
        Ok(json) => format!("read as {json}"),
        Err(_) => "refused".to_owned(),
    }
}

#[test]
fn every_case_is_read_as_the_list_says() {
    let mut wrong = Vec::new();
    for Case { name, bytes, does: expected } in cases() {
        let strict = serde_json::from_slice::<Value>(&bytes);
        if expected == "same" {
            let json = Json::parse(&bytes).unwrap_or_else(|error| panic!("{name}: {error}"));
            assert_eq!(json.to::<Value>().unwrap(), strict.unwrap(), "{name}");
            assert_eq!(serde_json::from_str::<Value>(json.as_str()).unwrap(), json.to::<Value>().unwrap(), "{name}");
            continue;
        }
        assert!(!name.starts_with("y_"), "{name} is JSON");
        let does = does(&bytes);
        if does != expected {
            wrong.push(format!("{name}\t{does}"));
        }
    }
    assert!(wrong.is_empty(), "these are read otherwise:\n{}", wrong.join("\n"));
}

#[test]
fn what_is_read_is_json_when_it_is_written() {
    for Case { name, bytes, .. } in cases() {
        if let Ok(json) = Json::parse(&bytes) {
            let strict = serde_json::from_str::<serde::de::IgnoredAny>(json.as_str());
            assert!(strict.is_ok(), "{name}: {json}");
            assert_eq!(Json::parse(json.as_str().as_bytes()).unwrap().as_str(), json.as_str(), "{name}");
        }
    }
}

#[test]
fn the_list_is_whole() {
    let count = |prefix: &str| cases().filter(|case| case.name.starts_with(prefix)).count();
    assert!(count("y_") >= 90 && count("n_") >= 180 && count("i_") >= 30 && count("o_") >= 9);
    let names: std::collections::BTreeSet<_> = cases().map(|case| case.name).collect();
    assert_eq!(names.len(), cases().count(), "a name twice");
}

#[test]
fn depth_without_end() {
    for open in ["[", "{\"\":", "[{\"\":"] {
        let cut = open.repeat(100_000);
        assert!(Json::parse(cut.as_bytes()).is_err());
    }
}
