//! Whatever arrives, no decoder panics: random JSON, damaged examples, random text as XML.

#[path = "shared/dispatch.rs"]
mod dispatch;

use proptest::prelude::*;
use serde_json::{Map, Value, json};
use weixin::event::CardMerchantCheckResult;
use weixin::{Error, Lang};

/// Reads an answer. What cannot be read has to be told properly.
fn read(path: &str, answer: &Value) -> Option<Value> {
    let body = answer.to_string();
    match dispatch::read(path, 200, body.as_bytes()) {
        Ok(read) => Some(read),
        Err(error) => {
            told(path, &error, body.as_bytes());
            None
        }
    }
}

fn told(path: &str, error: &Error, body: &[u8]) {
    assert!(error.is_decode() || error.code().is_some(), "{error:?}");
    assert_eq!(error.body(), Some(body));
    assert!(error.to_string().contains(path), "{error}");
    assert!(!error.explain(Lang::En).is_empty() && !error.explain(Lang::Zh).is_empty());
}

/// Reads a request, checks it, and writes it. What was read and written once is then read and written unchanged.
fn write(path: &str, request: &Value) {
    drop(dispatch::check(path, request));
    if let Ok(written) = dispatch::rewrite(path, request) {
        let again = dispatch::rewrite(path, &written).unwrap_or_else(|error| panic!("{path} {written}: {error}"));
        assert_eq!(again, written, "{path}");
    }
}

/// What may stand anywhere.
fn strangers() -> [Value; 15] {
    [
        Value::Null,
        json!(true),
        json!(0),
        json!(-1),
        json!(1.5),
        json!(1e300),
        json!(u64::MAX),
        json!(i64::MIN),
        json!(""),
        json!("4294967296"),
        json!("\u{0}汉"),
        json!([]),
        json!([null]),
        json!({}),
        json!({ "card_type": 7, "type": [] }),
    ]
}

/// The value with each of its parts, in turn, left out or replaced by a stranger.
fn damaged(value: &Value, each: &mut dyn FnMut(&Value)) {
    strangers().iter().for_each(&mut *each);
    match value {
        Value::Object(fields) => {
            for (key, inner) in fields {
                let mut without = fields.clone();
                without.shift_remove(key);
                each(&Value::Object(without));
                damaged(inner, &mut |inner| {
                    let mut fields = fields.clone();
                    fields.insert(key.clone(), inner.clone());
                    each(&Value::Object(fields));
                });
            }
        }
        Value::Array(items) => {
            // The first item stands for all: damage does not depend on the index.
            if let Some(first) = items.first() {
                damaged(first, &mut |inner| {
                    let mut items = items.clone();
                    items[0] = inner.clone();
                    each(&Value::Array(items));
                });
            }
        }
        _ => {}
    }
}

#[test]
fn damaged_answers() {
    let model = weixin_tests::real();
    dispatch::assert_complete(&model);
    let (mut fine, mut wrong) = (0, 0);
    for endpoint in &model.endpoints {
        let answers = endpoint.examples.iter().flat_map(|example| [&example.response, &example.error]).flatten();
        for answer in answers {
            damaged(answer, &mut |damaged| match read(&endpoint.path, damaged) {
                Some(_) => fine += 1,
                None => wrong += 1,
            });
        }
    }
    assert!(fine > 1000 && wrong > 1000, "{fine} could be read, {wrong} could not");
}

#[test]
fn damaged_requests() {
    let model = weixin_tests::real();
    for endpoint in &model.endpoints {
        for example in &endpoint.examples {
            let fields = [&example.query, &example.request].into_iter().flatten();
            let request: Map<String, Value> =
                fields.filter_map(Value::as_object).flat_map(|fields| fields.clone()).collect();
            damaged(&request.into(), &mut |damaged| write(&endpoint.path, damaged));
        }
    }
}

#[test]
fn cut_bodies() {
    let model = weixin_tests::real();
    for endpoint in &model.endpoints {
        for answer in endpoint.examples.iter().filter_map(|example| example.response.as_ref()) {
            let body = answer.to_string().into_bytes();
            for end in (0..body.len()).step_by(7) {
                let error = dispatch::read(&endpoint.path, 200, &body[..end]).expect_err("a part is no answer");
                told(&endpoint.path, &error, &body[..end]);
                assert!(error.is_decode() && error.code().is_none(), "{error:?}");
                let place = error.json_path().unwrap_or_default();
                assert!(is_place(answer, place), "{} has no {place}", endpoint.path);
            }
        }
    }
}

/// Whether a response has this place.
fn is_place(mut value: &Value, path: &str) -> bool {
    let steps = path.split(['.', '[']).filter(|step| !step.is_empty());
    for step in steps {
        let index = step.strip_suffix(']').and_then(|digits| digits.parse::<usize>().ok());
        let inner = match index {
            Some(index) => value.get(index),
            None => value.get(step),
        };
        match inner {
            Some(inner) => value = inner,
            None => return false,
        }
    }
    true
}

/// Names that mean something somewhere, and others.
fn name() -> impl Strategy<Value = String> {
    prop_oneof![
        prop::sample::select(vec![
            "errcode",
            "errmsg",
            "card",
            "card_type",
            "groupon",
            "cash",
            "base_info",
            "advanced_info",
            "date_info",
            "type",
            "sku",
            "list",
            "info",
            "info_list",
            "order_list",
            "relation_list",
            "card_id",
            "code",
            "openid",
            "time_limit",
            "abstract",
            "share_friends",
            "action_info",
            "member_card",
            "custom_field1",
            "category",
            "colors",
            "card_list",
        ])
        .prop_map(str::to_owned),
        "[a-z_]{0,6}",
    ]
}

fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        prop::sample::select(strangers().to_vec()),
        prop::sample::select(vec!["CASH", "GROUPON", "DATE_TYPE_PERMANENT", "0", "MONDAY"]).prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        any::<String>().prop_map(Value::from),
    ];
    leaf.prop_recursive(6, 64, 6, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::vec((name(), inner), 0..6).prop_map(|fields| Value::Object(fields.into_iter().collect())),
        ]
    })
}

proptest! {
    #[test]
    fn any_json_as_an_answer_or_a_request(value in any_json()) {
        for path in dispatch::PATHS {
            read(path, &value);
            write(path, &value);
        }
    }

    #[test]
    fn any_bytes_as_an_answer(status in 100_u16..600, body in prop::collection::vec(any::<u8>(), 0..64)) {
        for path in dispatch::PATHS {
            let error = dispatch::read(path, status, &body).expect_err("noise");
            prop_assert!(error.code().is_none());
            prop_assert_eq!(error.body(), Some(&body[..]));
        }
    }

    #[test]
    fn any_text_as_a_push(text in any::<String>()) {
        let error = CardMerchantCheckResult::from_xml(&text).expect_err("noise");
        prop_assert!(error.is_decode());
        prop_assert_eq!(error.body(), Some(text.as_bytes()));
    }

    #[test]
    fn any_xml_as_a_push(parts in prop::collection::vec(piece(), 0..24)) {
        let text = format!("<xml>{}</xml>", parts.concat());
        if let Err(error) = CardMerchantCheckResult::from_xml(&text) {
            prop_assert!(error.is_decode());
            prop_assert!(!error.to_string().is_empty());
        }
    }

    #[test]
    fn a_push_in_any_order(parts in Just(fields()).prop_shuffle(), noise in "[a-z ]{0,8}") {
        let text = format!("<xml>\n{}<New>{noise}</New></xml>", parts.join("\n"));
        let push = CardMerchantCheckResult::from_xml(&text).expect("a push");
        prop_assert_eq!((push.merchant_id, push.create_time, push.is_pass.as_i64()), (4027, Some(1_732_413_600), 1));
        prop_assert_eq!(push.reason.as_deref(), Some("a<b"));
    }
}

fn fields() -> Vec<String> {
    [
        "<ToUserName><![CDATA[gh_7c2e90d41b5f]]></ToUserName>",
        "<FromUserName><![CDATA[oTest0user]]></FromUserName>",
        "<CreateTime>1732413600</CreateTime>",
        "<MsgType><![CDATA[event]]></MsgType>",
        "<Event><![CDATA[card_merchant_check_result]]></Event>",
        "<MerchantId> 4027 </MerchantId>",
        "<IsPass>1</IsPass>",
        "<Reason>a&lt;b</Reason>",
    ]
    .map(str::to_owned)
    .to_vec()
}

fn piece() -> impl Strategy<Value = String> {
    prop_oneof![
        prop::sample::select(fields()),
        prop::sample::select(vec![
            "<MerchantId>",
            "</MerchantId>",
            "<IsPass/>",
            "<![CDATA[",
            "]]>",
            "&amp;",
            "&nope;",
            "<!DOCTYPE x>",
            "<!-- -->",
            "<?a?>",
            "<a b='c'>",
            "</a>",
            "\u{0}",
        ])
        .prop_map(str::to_owned),
        any::<String>(),
    ]
}
