//! The reader against serde_json: on valid JSON they agree; and what is written is read again, here and there.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod common;

use common::{Change, Figure, GetMixed, Mixed, Row, Rows, Sheet, Term, Tree};
use proptest::prelude::*;
use serde_json::{Map, Value};
use weixin_runtime::{Blank, Endpoint, Field, Json, RawResponse, Reader, json};

/// A valid JSON text: values of all forms, with escapes and white space wherever they may stand.
fn text() -> BoxedStrategy<String> {
    let leaf = prop_oneof![
        Just("null".to_owned()),
        any::<bool>().prop_map(|value| value.to_string()),
        number(),
        string(),
        Just("[]".to_owned()),
        Just("{ }".to_owned()),
    ];
    let any = leaf.prop_recursive(8, 64, 6, |inner| {
        prop_oneof![
            (prop::collection::vec(inner.clone(), 0..6), blank())
                .prop_map(|(items, blank)| format!("[{blank}{}{blank}]", items.join(&format!("{blank},")))),
            (prop::collection::vec((string(), inner), 0..6), blank())
                .prop_map(|(members, blank)| object(members, &blank)),
        ]
    });
    (any, 0_usize..90, blank())
        .prop_map(|(value, depth, blank)| {
            let (open, close) = (r#"[{"a":"#.repeat(depth / 2), "}]".repeat(depth / 2));
            format!("{blank}{open}{value}{close}{blank}")
        })
        .boxed()
}

/// An object without equal keys.
fn object(members: Vec<(String, String)>, blank: &str) -> String {
    let mut seen = Vec::new();
    let mut out = Vec::new();
    for (key, value) in members {
        let name: String = serde_json::from_str(&key).unwrap();
        if !seen.contains(&name) {
            seen.push(name);
            out.push(format!("{blank}{key}{blank}:{blank}{value}"));
        }
    }
    format!("{{{}{blank}}}", out.join(&format!("{blank},")))
}

fn blank() -> impl Strategy<Value = String> {
    prop_oneof![4 => Just(String::new()), 1 => "[ \t\r\n]{0,3}"]
}

fn number() -> impl Strategy<Value = String> {
    prop_oneof![
        any::<i64>().prop_map(|value| value.to_string()),
        any::<u64>().prop_map(|value| value.to_string()),
        any::<f64>().prop_filter("finite", |value| value.is_finite()).prop_map(|value| value.to_string()),
        any::<f64>().prop_filter("finite", |value| value.is_finite()).prop_map(|value| format!("{value:e}")),
        "-?(0|[1-9][0-9]{0,24})(\\.[0-9]{1,20})?([eE][+-]?[0-9]{1,2})?",
    ]
}

/// A string with every kind of escape.
fn string() -> impl Strategy<Value = String> {
    let letter = prop_oneof![
        4 => any::<char>().prop_map(|letter| serde_json::to_string(&letter).unwrap().trim_matches('"').replace('"', "\\\"")),
        2 => "[a-z中文😀/]",
        1 => prop_oneof!["\\\\[nrtbf/]", Just("\\\\".to_owned()), Just("\\\"".to_owned())],
        1 => any::<char>().prop_map(|letter| {
            letter.encode_utf16(&mut [0; 2]).iter().map(|unit| format!("\\u{unit:04X}")).collect()
        }),
    ];
    prop::collection::vec(letter, 0..12)
        .prop_map(|letters| format!("\"{}\"", letters.concat()))
        .prop_filter("a string", |text| serde_json::from_str::<String>(text).is_ok())
}

/// Where a skipped value ends.
fn end_of(text: &str) -> Option<usize> {
    let mut reader = Reader::new(text);
    reader.skip().ok()?;
    // What is left is shown by reading on: it must be nothing.
    Some(if reader.is_text() || reader.skip().is_ok() { 0 } else { text.len() })
}

/// What is read is written, and read again here and by serde_json, to the same.
fn round<T>(text: &str) -> Result<(), TestCaseError>
where
    T: Field + Blank + PartialEq + std::fmt::Debug + serde::Serialize + serde::de::DeserializeOwned,
{
    let Ok(value) = json::read::<T>(text.as_bytes()) else {
        return Ok(());
    };
    let written = json::to_string(&value);
    prop_assert_eq!(&json::read::<T>(written.as_bytes()).unwrap(), &value, "{}", &written);
    let tree: Value = serde_json::from_str(&written).map_err(|error| TestCaseError::fail(error.to_string()))?;
    prop_assert_eq!(&serde_json::to_value(&value).unwrap(), &tree, "{}", &written);
    // Serde knows numbers by their value only, so it is values that survive there.
    let through_serde: T =
        serde_json::from_str(&written).map_err(|error| TestCaseError::fail(format!("{error}: {written}")))?;
    prop_assert_eq!(serde_json::to_value(&through_serde).unwrap(), tree, "{}", &written);
    Ok(())
}

fn round_all(text: &str) -> Result<(), TestCaseError> {
    round::<Row>(text)?;
    round::<Rows>(text)?;
    round::<Sheet>(text)?;
    round::<Tree>(text)?;
    round::<Change>(text)?;
    round::<Mixed>(text)?;
    round::<Figure>(text)?;
    round::<Term>(text)?;
    round::<Json>(text)
}

/// What was drawn once and came out wrong.
#[test]
fn what_was_found_stays_right() {
    for text in [r#"{"days":0,"type":1}"#] {
        round_all(text).unwrap();
    }
}

/// JSON that mostly has keys that mean something, and scalars that do.
fn familiar() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        (0_u32..5).prop_map(Value::from),
        (0_u32..5).prop_map(|value| Value::from(value.to_string())),
        any::<f64>().prop_map(Value::from),
        any::<String>().prop_map(Value::from),
        "CIRCLE|GROUP|DAYS|FOREVER|ON|[0-9]{1,25}|at `x`: y".prop_map(Value::from),
    ];
    let keys = "id|rc|said|figure|kind|circle|group|figures|base|radius|terms|type|days|hours|text|int|small|uint|short|square\
        |on|level|mode|list|texts|numbers|map|places|json|last|rows|total|cells|columns|left|right|nodes|note|named|0|1";
    let key = prop_oneof![8 => keys, 1 => any::<String>()];
    leaf.prop_recursive(7, 64, 8, move |inner| {
        prop_oneof![
            1 => prop::collection::vec(inner.clone(), 0..5).prop_map(Value::from),
            3 => prop::collection::vec((key.clone(), inner), 0..8)
                .prop_map(|entries| Value::Object(entries.into_iter().collect::<Map<_, _>>())),
        ]
    })
}

/// More cases than usual, unless the environment says how many; failures are told and not kept.
fn config() -> ProptestConfig {
    let cases = std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(400);
    ProptestConfig { cases, failure_persistence: None, ..ProptestConfig::default() }
}

/// The same with the keys of every object in the opposite order.
fn turned(value: &Value) -> Value {
    match value {
        Value::Object(members) => members.iter().rev().map(|(key, value)| (key.clone(), turned(value))).collect(),
        Value::Array(items) => items.iter().map(turned).collect(),
        other => other.clone(),
    }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn valid_json_reads_as_serde_json_reads_it(text in text()) {
        let value: Value = serde_json::from_slice(text.as_bytes()).map_err(|error| TestCaseError::fail(error.to_string()))?;
        let json = Json::parse(text.as_bytes()).unwrap();
        prop_assert_eq!(&json.to::<Value>().unwrap(), &value);
        prop_assert_eq!(&serde_json::from_str::<Value>(json.as_str()).unwrap(), &value);
        prop_assert_eq!(&RawResponse::new(200, None, text.clone().into_bytes()).json::<Value>().unwrap(), &value);
        prop_assert_eq!(end_of(&text), Some(text.len()));
        // Written once, nothing changes any more, and what serde_json writes is the same value.
        let again = Json::parse(json.as_str().as_bytes()).unwrap();
        prop_assert_eq!(again.as_str(), json.as_str());
        prop_assert_eq!(&serde_json::to_value(&json).unwrap(), &value);
        prop_assert_eq!(&serde_json::from_value::<Json>(value.clone()).unwrap().to::<Value>().unwrap(), &value);
        let strict = value.to_string();
        prop_assert_eq!(&Json::parse(strict.as_bytes()).unwrap().to::<Value>().unwrap(), &value);
    }

    #[test]
    fn the_order_of_keys_makes_no_difference(value in familiar()) {
        let turned = turned(&value).to_string();
        prop_assert_eq!(Json::parse(value.to_string().as_bytes()).unwrap(), Json::parse(turned.as_bytes()).unwrap());
    }

    #[test]
    fn what_is_read_is_written(value in familiar()) {
        round_all(&value.to_string())?;
    }

    #[test]
    fn a_response_reads_as_its_content_does(value in familiar()) {
        let body = value.to_string();
        let Ok(read) = <GetMixed as Endpoint>::read(200, body.as_bytes()) else {
            return Ok(());
        };
        // A response keeps nothing of its envelope, where a value of its own would in an unknown variant.
        let mut content = value;
        for key in ["rc", "said"] {
            content.as_object_mut().map(|members| members.shift_remove(key));
        }
        prop_assert_eq!(json::read::<Mixed>(content.to_string().as_bytes()).unwrap(), read.clone());
        let inspected = RawResponse::new(200, None, body.into_bytes()).inspect::<GetMixed>().unwrap();
        prop_assert_eq!(inspected.value, read);
    }
}
