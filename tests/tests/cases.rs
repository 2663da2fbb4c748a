//! What users of other libraries reported, tried on this crate: `cases/reports.jsonl`.
//!
//! A line is a case. `call` is the path of an endpoint or the name of a push, `direction` what the `input` is:
//! `response`, `request`, `xml` or `json`. `expected` says what has to come of it:
//!
//! | key | holds |
//! |---|---|
//! | `read` | it is read: JSON pointers, and what is there |
//! | `absent` | JSON pointers at which nothing is |
//! | `oddities`, `unknown` | the paths that `inspect` tells, all of them; no oddities unless given |
//! | `error`, `errmsg`, `class` | it is this error code |
//! | `undecodable`, `says` | it cannot be read: the path of the fault, and words of the message |
//! | `violations`, `says` | the paths of a request that break limits, and words of the first message |
//! | `rewritten` | whether a request is written as it was read |

#[path = "shared/dispatch.rs"]
mod dispatch;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use dispatch::{Form, Reading};
use serde::Deserialize;
use serde_json::Value;
use weixin::Error;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    id: String,
    source: String,
    kind: String,
    call: String,
    direction: Direction,
    input: Value,
    expected: Expected,
}

#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Direction {
    Response,
    Request,
    Xml,
    Json,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Expected {
    read: Option<BTreeMap<String, Value>>,
    absent: Vec<String>,
    oddities: Vec<String>,
    unknown: Vec<String>,
    error: Option<i64>,
    errmsg: Option<String>,
    class: Option<String>,
    undecodable: Option<String>,
    says: Option<String>,
    violations: Option<Vec<String>>,
    rewritten: bool,
}

fn cases() -> Vec<Case> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("cases/reports.jsonl");
    let text = fs::read_to_string(path).expect("the cases");
    text.lines().map(|line| serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}"))).collect()
}

impl Case {
    fn try_it(&self) {
        let text = self.input.as_str().map_or_else(|| self.input.to_string(), str::to_owned);
        let outcome = match self.direction {
            Direction::Request => return self.request(),
            Direction::Response => dispatch::inspect(&self.call, text.as_bytes()),
            Direction::Xml => dispatch::push(&self.call, Form::Xml, &text).map(plain),
            Direction::Json => dispatch::push(&self.call, Form::Json, &text).map(plain),
        };
        match (&self.expected, outcome) {
            (Expected { read: Some(read), .. }, Ok(reading)) => self.reading(read, &reading),
            (Expected { error: Some(code), .. }, Err(error)) => self.code(*code, &error),
            (Expected { undecodable: Some(path), .. }, Err(error)) => self.fault(path, &error),
            (expected, outcome) => panic!("{}: {outcome:?} instead of {expected:?}", self.id),
        }
    }

    fn reading(&self, read: &BTreeMap<String, Value>, reading: &Reading) {
        for (pointer, value) in read {
            assert_eq!(reading.value.pointer(pointer), Some(value), "{} {pointer} of {}", self.id, reading.value);
        }
        for pointer in &self.expected.absent {
            assert_eq!(reading.value.pointer(pointer), None, "{} {pointer} of {}", self.id, reading.value);
        }
        let oddities: Vec<&str> = reading.oddities.iter().map(|odd| odd.left_out.as_str()).collect();
        assert_eq!(oddities, self.expected.oddities, "{}", self.id);
        let unknown: Vec<&str> = reading.unknown.iter().map(|field| field.path.as_str()).collect();
        assert_eq!(unknown, self.expected.unknown, "{}", self.id);
    }

    fn code(&self, code: i64, error: &Error) {
        assert_eq!(error.code(), Some(code), "{}: {error:?}", self.id);
        assert_eq!(error.errmsg(), self.expected.errmsg.as_deref(), "{}", self.id);
        if let Some(class) = &self.expected.class {
            assert_eq!(error.class().map(|class| format!("{class:?}")).as_ref(), Some(class), "{}", self.id);
        }
    }

    fn fault(&self, path: &str, error: &Error) {
        assert!(error.is_decode() && error.code().is_none(), "{}: {error:?}", self.id);
        assert_eq!(error.json_path().unwrap_or_default(), path, "{}: {error}", self.id);
        let says = self.expected.says.as_deref().unwrap_or_default();
        assert!(error.to_string().contains(says), "{}: {error}", self.id);
    }

    fn request(&self) {
        let checked = match (dispatch::check(&self.call, &self.input), &self.expected.undecodable) {
            (Ok(checked), None) => checked,
            (Err(error), Some(path)) => {
                return assert!(error.to_string().contains(path.as_str()), "{}: {error}", self.id);
            }
            (outcome, _) => panic!("{}: {outcome:?} instead of {:?}", self.id, self.expected),
        };
        if let Some(expected) = &self.expected.violations {
            let violations = checked.err().unwrap_or_default();
            let paths: Vec<&str> = violations.iter().map(|violation| violation.path.as_str()).collect();
            assert_eq!(&paths, expected, "{}: {violations}", self.id);
            let says = self.expected.says.as_deref().unwrap_or_default();
            assert!(violations.to_string().contains(says), "{}: {violations}", self.id);
        }
        if self.expected.rewritten {
            let written =
                dispatch::rewrite(&self.call, &self.input).unwrap_or_else(|error| panic!("{}: {error}", self.id));
            assert_eq!(written, self.input, "{}", self.id);
        }
    }
}

/// A push tells nothing but itself.
fn plain(value: Value) -> Reading {
    Reading { value, oddities: Vec::new(), unknown: Vec::new() }
}

#[test]
fn every_report_of_others() {
    let cases = cases();
    let ids: BTreeSet<&str> = cases.iter().map(|case| case.id.as_str()).collect();
    assert_eq!(ids.len(), cases.len(), "no id is there twice");
    let failed: Vec<String> = cases
        .iter()
        .filter(|case| std::panic::catch_unwind(|| case.try_it()).is_err())
        .map(|case| format!("{} {} ({})", case.kind, case.id, case.source))
        .collect();
    assert!(failed.is_empty(), "{} of {} failed:\n{}", failed.len(), cases.len(), failed.join("\n"));
}
