//! Whatever a text of others holds: where it is shown, every letter can be seen, and it does not fill the log.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod common;

use std::error::Error as _;
use std::fmt::Debug;

use common::{Get, GetJson, GetRow, GetTree, Pages, Row, Upload, inspect, ok, read};
use weixin_runtime::*;

/// A line of its own, text from right to left, letters without width, an escape sequence; and much of it.
fn hostile() -> String {
    format!(
        "x\nINFO forged\r\u{1b}[31m\u{202e}gpj\u{2066}\u{200b}\u{200f}\u{2028}\u{feff}\u{61c}{}",
        "长".repeat(20_000)
    )
}

/// The same in JSON, as a server may send it.
fn in_json() -> String {
    Json::from(hostile()).as_str().to_owned()
}

/// Fails if one of these texts shows a letter that cannot be seen, or goes on and on.
#[track_caller]
fn harmless(texts: impl IntoIterator<Item = String>) {
    for text in texts {
        let hidden = |letter: char| {
            letter.is_control() || "\u{202e}\u{2066}\u{200b}\u{200f}\u{2028}\u{feff}\u{61c}".contains(letter)
        };
        assert!(!text.contains(hidden), "{}", text.escape_default());
        assert!(text.contains("INFO forged"), "it is shown: {text}");
        assert!(text.chars().count() < 5000, "{} letters", text.chars().count());
    }
}

fn debugged(value: &impl Debug) -> String {
    format!("{value:?}")
}

/// An error in all its forms, and those of its sources. Explanations have lines of their own.
fn forms(error: &Error) -> Vec<String> {
    let mut forms = vec![error.to_string(), debugged(error)];
    forms.extend([Lang::En, Lang::Zh].map(|lang| error.explain(lang).replace('\n', " ")));
    let mut source = error.source();
    while let Some(error) = source {
        forms.extend([error.to_string(), format!("{error:?}")]);
        source = error.source();
    }
    forms
}

#[test]
fn what_servers_say() {
    let (text, key) = (in_json(), in_json());
    for body in [
        format!(r#"{{"rc":7,"said":{text}}}"#),
        format!(r#"{{"rc":999,"said":{text}}}"#),
        format!(r#"{{"id":1,{key}:[1,"#),
        hostile(),
    ] {
        harmless(forms(&read::<Get>(200, &body).unwrap_err()));
    }
    let raw = RawResponse::new(503, Some(hostile()), hostile().into_bytes());
    harmless([debugged(&raw)]);
    harmless(forms(&raw.read::<Get>().unwrap_err()));
    harmless(forms(&Error::token_source(hostile())));
}

#[test]
fn what_programs_say_of_it() {
    #[derive(Debug, PartialEq)]
    struct Never;
    impl<'de> serde::Deserialize<'de> for Never {
        fn deserialize<D: serde::Deserializer<'de>>(_: D) -> Result<Self, D::Error> {
            Err(serde::de::Error::custom(hostile()))
        }
    }
    let raw = RawResponse::new(200, None, b"{}".to_vec());
    harmless(forms(&raw.json::<Never>().unwrap_err()));
    harmless(forms(&Error::timeout(Get::META, hostile())).into_iter().take(4));
    let unreadable = json::read::<Row>(format!("{{{}:[1,", in_json()).as_bytes()).unwrap_err();
    harmless([unreadable.to_string(), debugged(&unreadable)]);
}

#[test]
fn what_is_odd_about_a_response() {
    let body = ok(&format!(r#""int":{text},"map":{{{text}:{text}}},{text}:{text}"#, text = in_json()));
    let odd = inspect::<GetRow>(&body);
    assert_eq!((odd.oddities.len(), odd.unknown.len()), (2, 1));
    harmless(odd.oddities.iter().flat_map(|oddity| [oddity.to_string(), debugged(oddity)]));
    harmless(odd.unknown.iter().map(debugged));
}

#[test]
fn what_was_sent() {
    let wires = [Get::new(&hostile()).wire(), Pages::new(&hostile()).wire()];
    harmless(wires.iter().map(debugged));
    let upload = Upload { note: Some(hostile()), ..Upload::new(File::new(hostile(), [1]).mime(hostile())) };
    harmless([debugged(&upload.wire()), debugged(&upload)]);
    harmless([debugged(&Get::new(&hostile()))]);
}

#[test]
fn what_breaks_a_limit() {
    let text = hostile();
    let root = At::root();
    let mut violations = Violations::new();
    violations.max_bytes(root.field(&text), "abc", 1);
    violations.date(root, &text);
    violations.equals_when(root, "a", &text, Some(text.clone()));
    violations.required_when(root, "a", &text);
    violations.requires(root, &text, "b");
    for violation in violations {
        harmless([violation.to_string(), debugged(&violation)]);
        let mut one = Violations::new();
        one.push(violation);
        harmless(forms(&Error::invalid::<Get>(one)).into_iter().map(|form| form.replace('\n', " ")));
    }
}

#[test]
fn what_values_hold() {
    let json: Json = read::<GetJson>(200, ok(&format!("\"a\":{}", in_json()))).unwrap();
    harmless([debugged(&json)]);
    let shown = json.to_string();
    assert!(!shown.contains(['\u{202e}', '\u{2028}']) && shown.contains("\\u202e"));
    assert_eq!(Json::parse(shown.as_bytes()).unwrap(), json, "it is the same JSON");
    let unknown = read::<common::GetFigure>(200, ok(&format!(r#""kind":{}"#, in_json()))).unwrap();
    harmless([debugged(&unknown)]);
    let error = read::<GetTree>(200, ok(&format!(r#""id":{}"#, in_json()))).unwrap_err();
    harmless(forms(&error));
}
