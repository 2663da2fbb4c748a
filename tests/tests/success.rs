//! Success is proved, not assumed; and what is proved stays a success whatever is missing.

#[path = "shared/dispatch.rs"]
mod dispatch;
#[path = "shared/odd.rs"]
mod odd;
#[path = "shared/samples.rs"]
mod samples;
#[path = "shared/walk.rs"]
mod walk;

use samples::{Kind, Place, Sample};
use serde_json::{Value, json};
use weixin::Error;
use weixin_codegen::model::{Endpoint, Side};

/// What is no success of any endpoint.
const STRANGERS: &[&str] = &[
    "",
    "{}",
    "[]",
    "null",
    "\"\"",
    "\"ok\"",
    "0",
    "true",
    "[{\"errcode\":0}]",
    "{\"code\":500,\"message\":\"x\"}",
    "{\"code\":0,\"msg\":\"success\",\"data\":{}}",
    "{\"errmsg\":\"ok\"}",
    "{\"errcode\":null}",
    "{\"errcode\":null,\"errmsg\":\"ok\"}",
    "{\"errcode\":\"\"}",
    "{\"errcode\":[]}",
    "{\"errcode\":{}}",
    "{\"errcode\":true}",
    "{\"errcode\":0.5}",
    "{\"ErrCode\":0}",
    "{\"data\":{\"errcode\":0}}",
    "{\"errcode\":0",
    "errcode=0",
    "<html><body>errcode: 0</body></html>",
    "<xml><errcode>0</errcode></xml>",
    "\0\0\0\0",
];

#[test]
fn nothing_strange_is_a_success() {
    let model = weixin_tests::real();
    dispatch::assert_complete(&model);
    for path in dispatch::PATHS {
        for body in STRANGERS {
            let error = refused(path, body);
            assert!(error.is_decode() && error.code().is_none(), "{path} {body}: {error:?}");
            assert_eq!(error.body(), Some(body.as_bytes()), "{path}");
        }
        // Nor does a status that tells of failure become one.
        for status in [301, 404, 500, 502] {
            assert!(dispatch::read(path, status, b"{\"errcode\":0,\"errmsg\":\"ok\"}").is_err(), "{path} {status}");
        }
    }
}

#[track_caller]
fn refused(path: &str, body: &str) -> Error {
    let read = dispatch::read(path, 200, body.as_bytes());
    assert!(dispatch::inspect(path, body.as_bytes()).is_err(), "{path} {body}");
    read.expect_err(body)
}

/// The fields that prove success, without a code: none of them may be missing or something else than it is.
#[test]
fn only_a_real_field_proves_a_success() {
    let model = weixin_tests::real();
    let code = &model.api.code_field;
    let mut proved = 0;
    for sample in samples::samples(&model) {
        let success = &sample.endpoint.response.success;
        let mut bare = sample.body.clone();
        bare.as_object_mut().expect("an object").shift_remove(code);
        let path = &sample.endpoint.path;
        let body = bare.to_string();
        if success.is_empty() {
            let error = refused(path, &body);
            assert!(error.to_string().contains(&format!("`{code}` is missing")), "{error}");
            continue;
        }
        dispatch::read(path, 200, body.as_bytes()).unwrap_or_else(|error| panic!("{error:?}"));
        proved += 1;
        let with_all = |value: Option<Value>| {
            let mut fields = bare.as_object().expect("an object").clone();
            for field in success {
                match &value {
                    Some(value) => drop(fields.insert(field.clone(), value.clone())),
                    None => drop(fields.shift_remove(field)),
                }
            }
            Value::Object(fields).to_string()
        };
        for wrong in [None, Some(Value::Null), Some(json!({ "x": [1] }))] {
            let error = refused(path, &with_all(wrong.clone()));
            assert!(error.is_decode() && error.code().is_none(), "{path} {wrong:?}: {error:?}");
        }
    }
    assert!(proved > 10, "only {proved}");
}

/// Every code that an endpoint is documented to tell, and others.
fn codes(endpoint: &Endpoint) -> Vec<i64> {
    let others = [-1, 1, 40_001, 40_013, 42_001, 990_099, i64::from(i32::MAX), i64::from(i32::MIN), i64::MAX];
    endpoint.errors.iter().map(|error| error.code).chain(others).collect()
}

#[test]
fn an_error_code_is_told_wherever_it_stands() {
    let model = weixin_tests::real();
    for sample in samples::samples(&model) {
        let path = &sample.endpoint.path;
        let mut content = sample.body.clone();
        content.as_object_mut().expect("an object").shift_remove(&model.api.code_field);
        let content = content.to_string();
        let content = &content[1..content.len() - 1];
        let comma = if content.is_empty() { "" } else { "," };
        for code in codes(sample.endpoint) {
            for written in [code.to_string(), format!("\"{code}\""), format!(" {code}")] {
                for body in [
                    format!("{{\"errcode\":{written}{comma}{content}}}"),
                    format!("{{{content}{comma}\"errcode\":{written}}}"),
                    format!("{{\"errcode\":0{comma}{content},\"errcode\":{written}}}"),
                    format!("{{\"errmsg\":\"no\",\"errcode\":{written}}}"),
                    format!("{{\"errmsg\":null,\"errcode\":{written}}}"),
                    format!("{{\"errcode\":{written}"),
                ] {
                    assert_eq!(refused(path, &body).code(), Some(code), "{path} {body}");
                }
            }
        }
    }
}

#[test]
fn the_documented_refusals_are_told() {
    let model = weixin_tests::real();
    let mut seen = 0;
    for endpoint in &model.endpoints {
        for refusal in endpoint.examples.iter().filter_map(|example| example.error.as_ref()) {
            let error = refused(&endpoint.path, &refusal.to_string());
            assert_eq!(error.code(), refusal[&model.api.code_field].as_i64(), "{refusal}");
            assert_eq!(error.errmsg(), refusal[&model.api.message_field].as_str().or(Some("")), "{refusal}");
            assert!(error.info().is_some(), "{refusal}");
            seen += 1;
        }
    }
    assert!(seen > 10, "only {seen}");
}

#[test]
fn the_code_of_success_alone_is_a_success_unless_something_is_required() {
    let model = weixin_tests::real();
    for endpoint in &model.endpoints {
        for body in [r#"{"errcode":0,"errmsg":"ok"}"#, r#"{"errcode":"0"}"#, r#"{"errmsg":"ok","errcode":0}"#] {
            let read = dispatch::inspect(&endpoint.path, body.as_bytes());
            match endpoint.response.object.fields.iter().find(|field| field.required) {
                None => {
                    let reading = read.unwrap_or_else(|error| panic!("{body}: {error:?}"));
                    let side = Side { request: false, response: true };
                    assert_eq!(reading.value, odd::blank(&endpoint.response.object, side), "{}", endpoint.path);
                    assert!(reading.oddities.is_empty() && reading.unknown.is_empty());
                }
                Some(field) => {
                    let error = read.expect_err(&endpoint.path);
                    assert!(error.is_decode() && error.code().is_none());
                    assert!(error.to_string().contains(&format!("missing field `{}`", field.wire)), "{error}");
                }
            }
        }
    }
}

#[test]
fn a_missing_field_costs_no_more_than_it_must() {
    let model = weixin_tests::real();
    let (mut kept, mut refusals) = (0, 0);
    for sample in samples::samples(&model) {
        let base = dispatch::inspect(&sample.endpoint.path, sample.body.to_string().as_bytes()).expect("a success");
        for place in samples::places(&model, &sample).iter().filter(|place| place.kind != Kind::Item) {
            if leave_out(&sample, &base.value, place) { kept += 1 } else { refusals += 1 }
        }
    }
    assert!(kept > 1000 && refusals > 20, "{kept} were kept, {refusals} were not");
}

/// Leaves a field out; tells whether it is a success still.
fn leave_out(sample: &Sample<'_>, base: &Value, place: &Place) -> bool {
    let path = &sample.endpoint.path;
    let body = samples::without(&sample.body, &place.at);
    let told = format!("{path} without {}", place.path());
    let read = dispatch::inspect(path, body.to_string().as_bytes());
    let missing = format!("missing field `{}`", place.key());
    let Some(lost) = &place.lost else {
        let error = read.expect_err(&told);
        assert!(error.is_decode() && error.code().is_none(), "{told}: {error:?}");
        assert_eq!(error.json_path(), place.parent().as_deref(), "{told}: {error}");
        assert!(error.to_string().contains(&missing), "{told}: {error}");
        return false;
    };
    let reading = read.unwrap_or_else(|error| panic!("{told}: {error:?}"));
    assert_eq!(reading.value, samples::without_lost(base, lost), "{told}");
    let oddities: Vec<_> = reading.oddities.iter().map(|odd| (odd.path.as_str(), odd.left_out.as_str())).collect();
    if place.required {
        let (parent, left_out) = (place.parent().unwrap_or_default(), samples::path(&lost.at));
        assert_eq!(oddities, [(parent.as_str(), left_out.as_str())], "{told}");
        assert!(reading.oddities[0].message.contains(&missing), "{told}: {:?}", reading.oddities);
    } else {
        assert!(oddities.is_empty(), "{told}: {oddities:?}");
    }
    true
}
