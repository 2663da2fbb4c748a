//! What is odd about a response costs what is odd and nothing else: every field of every response, in every way.

#[path = "shared/dispatch.rs"]
mod dispatch;
#[path = "shared/odd.rs"]
mod odd;
#[path = "shared/samples.rs"]
mod samples;
#[path = "shared/walk.rs"]
mod walk;

use std::collections::BTreeSet;

use odd::Outcome;
use samples::{Kind, Place, Sample, Step};
use serde_json::{Value, json};
use weixin_codegen::model::{EnumKind, Model, Scalar, TypeKind, TypeRef};

/// Every response with what is read of it.
fn each(model: &Model, visit: &mut dyn FnMut(&Sample<'_>, &Value)) {
    for sample in samples::samples(model) {
        let reading = inspect(&sample, sample.body.to_string().as_bytes());
        assert!(reading.oddities.is_empty() && reading.unknown.is_empty(), "{} {reading:?}", sample.endpoint.path);
        visit(&sample, &reading.value);
    }
}

fn inspect(sample: &Sample<'_>, body: &[u8]) -> dispatch::Reading {
    dispatch::inspect(&sample.endpoint.path, body)
        .unwrap_or_else(|error| panic!("{}: {error:?}\n{}", sample.endpoint.path, String::from_utf8_lossy(body)))
}

/// The places of a response that no earlier one had, but for the tags of unions. What is alike in each kind of card is
/// looked at in one of them: the last two steps tell a field.
fn new_places(model: &Model, sample: &Sample<'_>, seen: &mut BTreeSet<(String, String)>) -> Vec<Place> {
    let mut places = samples::places(model, sample);
    places.retain(|place| {
        place.kind != Kind::Tag && {
            let last = &place.at[place.at.len().saturating_sub(2)..];
            seen.insert((sample.endpoint.path.clone(), samples::path(last)))
        }
    });
    places
}

/// Puts a token in the place of each value, and holds what is read to what has to become of it.
fn odd_values(tokens: &[&str], wanted: impl Fn(&Model, &Place) -> bool) -> usize {
    let model = weixin_tests::real();
    let (mut tried, mut seen) = (0, BTreeSet::new());
    each(&model, &mut |sample, base| {
        for place in new_places(&model, sample, &mut seen).iter().filter(|place| wanted(&model, place)) {
            for token in tokens {
                let outcome = match (place.kind, *token) {
                    (Kind::Item, "null") => Outcome::Absent,
                    _ => odd::outcome(&model, &place.ty, place.optional, token),
                };
                assert_outcome(sample, base, place, token, outcome);
                tried += 1;
            }
        }
    });
    tried
}

fn assert_outcome(sample: &Sample<'_>, base: &Value, place: &Place, token: &str, outcome: Outcome) {
    let body = samples::with_raw(&sample.body, &place.at, token.as_bytes());
    let (path, at) = (&sample.endpoint.path, place.path());
    let told = format!("{path} {at}: {token}");
    let (expected, left_out) = match (outcome, &place.lost) {
        (Outcome::Read(value), _) => (replaced(base, place, value), None),
        (Outcome::ItemLost, _) => (replaced(base, place, json!([])), Some((format!("{at}[0]"), format!("{at}[0]")))),
        (Outcome::Absent, Some(lost)) => (samples::without_lost(base, lost), None),
        (Outcome::Lost, Some(lost)) => (samples::without_lost(base, lost), Some((at.clone(), samples::path(&lost.at)))),
        (_, None) => {
            let error = dispatch::inspect(path, &body).expect_err(&told);
            assert!(error.is_decode() && error.code().is_none(), "{told}: {error:?}");
            assert_eq!(error.json_path(), Some(at.as_str()), "{told}: {error}");
            return;
        }
    };
    let reading = inspect(sample, &body);
    assert_eq!(reading.value, expected, "{told}");
    let oddities: Vec<_> = reading.oddities.into_iter().map(|odd| (odd.path, odd.left_out)).collect();
    assert_eq!(oddities, left_out.into_iter().collect::<Vec<_>>(), "{told}");
    assert_eq!(dispatch::read(path, 200, &body).expect(&told), expected, "{told}");
}

fn replaced(base: &Value, place: &Place, value: Value) -> Value {
    let mut expected = base.clone();
    *samples::value_at(&mut expected, &place.at) = value;
    expected
}

#[test]
fn an_odd_value_costs_no_more_than_its_field() {
    let tried = odd_values(odd::TOKENS, |_, _| true);
    assert!(tried > 5000, "only {tried}");
}

fn is_string(model: &Model, ty: &TypeRef) -> bool {
    match ty {
        TypeRef::Scalar(Scalar::String | Scalar::Base64 | Scalar::Date) => true,
        TypeRef::Named(id) => matches!(&model.ty(*id).kind, TypeKind::Enum(open) if open.kind == EnumKind::String),
        _ => false,
    }
}

#[test]
fn a_number_in_a_string_keeps_every_digit() {
    let tokens = ["98765432109876543210", "1.10", "1e400", "-0", "488562710938680001", "0.1000000000000000055511"];
    let tried = odd_values(&tokens, |model, place| is_string(model, &place.ty));
    assert!(tried > 1000, "only {tried}");
}

#[test]
fn what_is_not_documented_is_told() {
    let model = weixin_tests::real();
    each(&model, &mut |sample, base| {
        let mut body = sample.body.clone();
        let mut expected = Vec::new();
        add_stranger(&mut body, &mut Vec::new(), &mut expected);
        assert!(!expected.is_empty());
        let reading = inspect(sample, body.to_string().as_bytes());
        assert_eq!(reading.value, *base, "{}", sample.endpoint.path);
        let unknown: Vec<_> =
            reading.unknown.iter().map(|field| (field.path.clone(), field.value.as_str().to_owned())).collect();
        assert_eq!(unknown, expected, "{}", sample.endpoint.path);
        assert!(reading.oddities.is_empty(), "{}: {:?}", sample.endpoint.path, reading.oddities);
    });
}

/// Adds an unknown key to each object, in the order of the text.
fn add_stranger(value: &mut Value, at: &mut Vec<Step>, expected: &mut Vec<(String, String)>) {
    match value {
        Value::Array(items) => {
            for (index, item) in items.iter_mut().enumerate() {
                at.push(Step::Item(index));
                add_stranger(item, at, expected);
                at.pop();
            }
        }
        Value::Object(fields) => {
            for (key, inner) in fields.iter_mut() {
                at.push(Step::Key(key.clone()));
                add_stranger(inner, at, expected);
                at.pop();
            }
            let stranger = json!({ "a": [1, "汉", null], "errcode": expected.len() });
            expected.push((walk::join(&samples::path(at), "zz_new"), stranger.to_string()));
            fields.insert("zz_new".to_owned(), stranger);
        }
        _ => {}
    }
}

#[test]
fn a_response_is_the_same_after_it_was_written_and_read() {
    let model = weixin_tests::real();
    each(&model, &mut |sample, base| {
        dispatch::assert_same(&sample.endpoint.path, sample.body.to_string().as_bytes());
        // What is written is a response but for its code.
        let mut written = base.clone();
        written[&model.api.code_field] = model.api.ok.into();
        assert_eq!(inspect(sample, written.to_string().as_bytes()).value, *base);
    });
}

/// What may stand between the quotes of a string, and the text that it is.
const BYTES: &[(&[u8], &str)] = &[
    (b"\xff\xfe", "\u{FFFD}\u{FFFD}"),
    (b"a\xe4\xb8", "a\u{FFFD}"),
    (b"\xd5\x5c", "\u{FFFD}"),
    (b"a\xd5\x5cb\xd5\x5c", "a\u{FFFD}b\u{FFFD}"),
    (b"\xed\xa0\xbd", "\u{FFFD}\u{FFFD}\u{FFFD}"),
    (b"\\ud83d", "\u{FFFD}"),
    (b"\\ude00\\ud83d!", "\u{FFFD}\u{FFFD}!"),
    (b"\\ud83d\\ude00", "😀"),
    (b"\x01\x1f\n\t\x7f", "\u{1}\u{1f}\n\t\u{7f}"),
    (b"\\x\\u12", "\\x\\u12"),
    (b"{\\\"errcode\\\":1,", "{\"errcode\":1,"),
];

#[test]
fn bytes_that_are_no_text_hide_nothing() {
    let model = weixin_tests::real();
    let code = &model.api.code_field;
    let mut seen = BTreeSet::new();
    each(&model, &mut |sample, base| {
        let mut refusal = without(&sample.body, code);
        refusal[code] = json!(40_013);
        let path = &sample.endpoint.path;
        for place in new_places(&model, sample, &mut seen).iter().filter(|place| is_string(&model, &place.ty)) {
            for (bytes, text) in BYTES {
                let raw = [b"\"", *bytes, b"\""].concat();
                let reading = inspect(sample, &samples::with_raw(&sample.body, &place.at, &raw));
                assert_eq!(reading.value, replaced(base, place, json!(text)), "{path} {}: {bytes:?}", place.path());
                assert!(reading.oddities.is_empty(), "{path} {}: {bytes:?}", place.path());
                let refused = dispatch::inspect(path, &samples::with_raw(&refusal, &place.at, &raw));
                assert_eq!(refused.expect_err(path).code(), Some(40_013), "{path} {}: {bytes:?}", place.path());
            }
        }
    });
}

fn without(body: &Value, key: &str) -> Value {
    samples::without(body, &[Step::Key(key.to_owned())])
}

#[test]
fn what_stands_around_the_object_changes_nothing() {
    let model = weixin_tests::real();
    each(&model, &mut |sample, base| {
        let text = sample.body.to_string();
        for tail in
            ["\r\n", "}", "]", ";", "<!-- 12 ms -->", "\0\0", "{\"errcode\":40013}", ",\"errcode\":40013}", "\u{FFFD}"]
        {
            for head in ["", "\u{FEFF}", "\u{FEFF}\u{FEFF}", " \r\n\t"] {
                let reading = inspect(sample, format!("{head}{text}{tail}").as_bytes());
                assert_eq!(reading.value, *base, "{} {head:?} {tail:?}", sample.endpoint.path);
            }
        }
    });
}
