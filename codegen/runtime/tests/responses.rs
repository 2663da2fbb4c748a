//! Envelopes, errors, and bodies that are not what is documented.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod common;

use std::error::Error as _;

use common::{Figure, Get, Nothing, Pages, Spend, Thing, Upload, inspect, ok, read};
use weixin_runtime::*;

fn error(status: u16, body: &str) -> Error {
    read::<Get>(status, body).unwrap_err()
}

#[test]
fn success_in_all_its_forms() {
    for body in [
        r#"{"id":1}"#,
        r#"{"rc":0,"said":"ok","id":1}"#,
        r#"{"rc":"0","id":"1"}"#,
        r#"{"rc":null,"id":1,"unknown":{}}"#,
        r#"{"rc":0,"rc":"0","id":1}"#,
        r#"{"id":1,"rc":" 0 ","said":null}"#,
        r#"{"rc":0.0,"id":1.0}"#,
        "\u{feff}\r\n{\"id\":1}\n",
        "{\"id\":1,\"said\":\"\u{0}\n\"}",
        r#"{"id":2,"id":1}"#,
    ] {
        assert_eq!(read::<Get>(200, body).unwrap(), Thing { id: 1, figure: None }, "{body}");
    }
    assert_eq!(read::<Spend>(201, ok("")).unwrap(), Nothing {});
}

#[test]
fn a_refusal() {
    let error = error(200, r#"{"rc":7,"said":"no! hint: [x]"}"#);
    assert_eq!(error.to_string(), "POST /thing/get: 7 wrong_state: no! hint: [x]");
    assert_eq!((error.code(), error.errmsg(), error.http_status()), (Some(7), Some("no! hint: [x]"), Some(200)));
    assert_eq!(error.endpoint().unwrap().name, "thing::Get");
    assert!(error.is_missing() && !error.is_state(), "as the endpoint means it");
    assert!(error.body().unwrap().starts_with(b"{"));
    assert_eq!(
        error.explain(Lang::En),
        "7 wrong_state: as meant here\nCause: a cause\nRemedy: a remedy\nThe server says: no! hint: [x]"
    );
    assert!(error.explain(Lang::Zh).starts_with("7 wrong_state: 此处含义\n原因：某原因\n解决办法：某办法\n服务器"));
}

#[test]
fn refusals_in_all_their_forms() {
    for body in [r#"{"rc":"7"}"#, r#"{"rc":7.0,"said":null}"#, r#"{"rc":" 7 ","said":["a",1]}"#, r#"{"rc":7,"id":1}"#] {
        assert_eq!(error(200, body).code(), Some(7), "{body}");
    }
    assert_eq!(error(200, r#"{"rc":7,"said":["a",1]}"#).errmsg(), Some(r#"["a",1]"#));
    let error = error(500, r#"{"rc":-1}"#);
    assert_eq!(error.to_string(), "POST /thing/get: -1 busy (HTTP 500)");
}

#[test]
fn an_unknown_code_is_still_one() {
    let error = error(200, r#"{"rc":99999,"said":"odd"}"#);
    assert_eq!(error.to_string(), "POST /thing/get: 99999: odd");
    assert!(error.info().is_none() && error.class().is_none() && !error.is_retryable());
    assert!(error.explain(Lang::En).starts_with("99999: this version knows nothing about this code."));
    assert!(error.explain(Lang::Zh).contains("没有收录") && error.explain(Lang::Zh).contains("odd"));
}

#[test]
fn what_may_be_repeated() {
    assert!(error(200, r#"{"rc":-1}"#).is_retryable());
    assert!(!read::<Spend>(200, r#"{"rc":-1}"#).unwrap_err().is_retryable());
    assert!(error(200, r#"{"rc":-1}"#).is_busy());
    assert!(error(502, "<html>").is_retryable());
    assert!(!error(404, "<html>").is_retryable());
    assert!(!error(200, r#"{"rc":11}"#).is_retryable());
    assert!(Error::timeout(Get::META, "late").is_retryable());
    let lost = Error::timeout(Spend::META, "late");
    assert!(lost.is_timeout() && !lost.is_connect() && !lost.is_retryable());
    assert!(lost.explain(Lang::En).contains("could be done twice"));
    assert!(Error::transport(Get::META, "reset").is_retryable());
    assert!(Error::connect(Get::META, "refused").is_connect());
    assert!(Error::too_large(Get::META, 200, 9).explain(Lang::Zh).contains("可以重试"));
    assert_eq!(lost.to_string(), "POST /thing/spend: no response in time: late");
}

#[test]
fn the_end_of_the_pages() {
    assert!(error(200, r#"{"rc":12}"#).is_page_end());
    assert!(!error(200, r#"{"rc":7}"#).is_page_end());
    assert!(!read::<Spend>(200, r#"{"rc":12}"#).unwrap_err().is_page_end());
    assert!(!read::<Spend>(200, "").unwrap_err().is_page_end());
}

#[test]
fn a_token_problem() {
    assert!(error(200, r#"{"rc":11}"#).is_token_problem());
    let none = Error::token_source("store is down");
    assert!(none.is_token_problem() && none.code().is_none() && none.endpoint().is_none());
    assert_eq!(none.to_string(), "no access token: store is down");
    assert_eq!(none.source().unwrap().to_string(), "store is down");
}

#[test]
fn success_is_proved_and_not_assumed() {
    for body in ["{}", r#"{"said":"ok"}"#, r#"{"rc":null}"#, r#"{"ok":true}"#, "[]"] {
        let error = read::<Spend>(200, body).unwrap_err();
        assert!(error.is_decode() && error.json_path().is_none(), "{body}");
        assert!(error.to_string().contains("`rc` is missing, so nothing says that the call succeeded"), "{error}");
    }
    // A field proves it only where the endpoint says so, and only when it can be read.
    let error = read::<common::GetTree>(200, r#"{"id":1}"#).unwrap_err();
    assert!(error.is_decode() && error.to_string().contains("`rc` is missing, so"), "{error}");
    assert!(read::<common::GetTree>(200, ok(r#""id":1"#)).is_ok());
    assert_eq!(read::<Get>(200, r#"{"id":1}"#).unwrap().id, 1);
    // Where the response has read the code as its own.
    assert_eq!(read::<common::GetJson>(200, ok(r#""a":1"#)).unwrap().as_str(), r#"{"rc":0,"a":1}"#);
    assert_eq!(read::<common::GetJson>(200, r#"{"a":1,"rc":7}"#).unwrap_err().code(), Some(7));
    assert!(read::<common::GetJson>(200, "[1]").unwrap_err().is_decode());
}

#[test]
fn nothing_hides_an_error_code() {
    let deep = format!("{{\"rc\":7,\"x\":{}", "[".repeat(100_000));
    for body in [
        // First, last, in between, as text, twice.
        r#"{"rc":7,"id":1}"#,
        r#"{"id":1,"rc":"7"}"#,
        r#"{"rc":0,"id":1,"rc":7}"#,
        r#"{"rc":7,"id":1,"rc":0}"#,
        r#"{"rc":"x","id":1,"rc":7}"#,
        r#"{"rc":[],"rc":null,"rc":7.0}"#,
        // Beside fields that cannot be read.
        r#"{"id":"x","rc":7}"#,
        r#"{"id":[],"figure":{"kind":[]},"rc":7}"#,
        r#"{"figure":[1,{"a":{}}],"rc":7}"#,
        r#"{"figure":{"kind":"CIRCLE"},"said":[],"rc":7}"#,
        // In a text that is broken behind it, or before it.
        r#"{"rc":7,"id"#,
        r#"{"rc":7,"#,
        r#"{"rc":7"#,
        r#"{"rc":7 "id":1}"#,
        r#"{"id":1,"figure":{"kind":"x"#.replace("{\"id\":1", "{\"rc\":\"7\"").as_str(),
        deep.as_str(),
        r#"{"id":1 2,"rc":7}"#,
        r#"{"id":[1,,2],"rc":7}"#,
        r#"{"id" 1,"rc":7}"#,
        r#"{id:1,"rc":7}"#,
        r#"{,"rc":7}"#,
        r#"{"figure":{"kind":,"a":[{]}},"rc":7,"x":[}"#,
        r#"{"x":中,"said":"no","rc":7}"#,
        r#"{"x",:1,"rc":7"#,
        "\u{feff}\0 {\"rc\":7}{\"rc\":0}",
    ] {
        for status in [200, 500] {
            let error = read::<Get>(status, body).unwrap_err();
            assert_eq!(error.code(), Some(7), "{body}");
            assert_eq!(error.body(), Some(body.as_bytes()));
        }
    }
    // What stands elsewhere is no code.
    for body in [r#"{"x":{"rc":7},"id":[]}"#, r#"{"x":[{"rc":7},1 2],"id":1}"#, r#"["rc",7]"#, r#"{"said":"\"rc\":7"#] {
        assert_eq!(error(200, body).code(), None, "{body}");
    }
}

#[test]
fn bodies_that_are_not_what_is_documented() {
    for (body, says) in [
        ("", "the body is empty"),
        (" \n", "the body is empty"),
        ("<html>\n</html>", "not JSON"),
        ("[]", "missing field `id`"),
        ("[1]", "an object was expected"),
        ("null", "not JSON: an object was expected"),
        ("{}", "missing field `id`"),
        (r#"{"id":"x"}"#, "an integer or its text was expected"),
        (r#"{"rc":"x","id":1}"#, "an integer or its text"),
        (r#"{"rc":[],"id":1}"#, "an integer or its text"),
        (&"[".repeat(100_000), "not JSON"),
        (r#"{"id":1,"x":[1,2"#, "a comma or a bracket was expected"),
        (r#"{"id":1,"x":"a"#, "the text ends inside a string"),
        (r#"{"id":1"#, "a comma or a brace was expected"),
        (r#"{"id":1 "x":2}"#, "a comma or a brace was expected"),
        (r#"{"id"}"#, "a colon was expected"),
        (r#"{'id':1}"#, "a key was expected"),
    ] {
        let error = error(200, body);
        assert!(error.is_decode() && error.code().is_none(), "{body}");
        assert!(error.to_string().contains(says), "{error}");
        assert_eq!(error.body(), Some(body.as_bytes()));
        assert_eq!(error.http_status(), Some(200));
    }
    let error = error(200, "<html>\n</html>").to_string();
    assert!(error.ends_with("(HTTP 200, no content type, 14 bytes: <html>\\n</html>)"), "{error}");
}

#[test]
fn a_code_out_of_range_is_still_one() {
    assert_eq!(error(200, r#"{"rc":99999999999999999999,"id":1}"#).code(), Some(i64::MAX));
}

#[test]
fn places_of_faults() {
    assert_eq!(error(200, r#"{"id":[]}"#).json_path(), Some("id"));
    assert_eq!(error(200, r#"{"rc":{},"id":1}"#).json_path(), Some("rc"));
    assert_eq!(error(200, r#"{"id":1,"x":{"y":[{},{"z":"a}"#).json_path(), Some("x.y[1].z"));
    assert_eq!(error(200, "{").json_path(), None);
    // A key of the server cannot write lines into a log.
    let shown = error(200, "{\"id\":1,\"a\\nb\":[1").to_string();
    assert!(!shown.contains('\n') && shown.contains("at a\\nb[0]"), "{shown}");
}

#[test]
fn http_failures_without_a_code() {
    for body in ["", "<html>", "{}", r#"{"rc":0}"#, r#"{"id":1}"#, r#"{"rc":"x"}"#, "[1]"] {
        let error = error(503, body);
        assert_eq!((error.http_status(), error.code(), error.is_decode()), (Some(503), None, false), "{body}");
    }
    let long = error(503, &"长".repeat(10_000)).to_string();
    assert!(long.len() < 1000 && long.contains('…'), "{long}");
}

#[test]
fn raw_responses() {
    let raw = RawResponse::new(200, Some("text/plain".to_owned()), b"{\"id\":1,\"x\":\"\x01\"}".to_vec());
    assert_eq!(raw.json::<serde_json::Value>().unwrap()["x"], "\u{1}");
    assert!(raw.text().starts_with("{\"id\""));
    assert_eq!(raw.read::<Get>().unwrap().id, 1);
    let error = RawResponse::new(200, None, vec![0xff]).json::<serde_json::Value>().unwrap_err();
    assert!(error.is_decode() && error.endpoint().is_none());
}

#[test]
fn what_goes_over_the_wire() {
    let wire = Get::new("中\"\n").wire();
    assert_eq!(wire.target(), "/thing/get");
    assert_eq!(wire.target_with(&AccessToken::new("a b+/=")), "/thing/get?token=a%20b%2B%2F%3D");
    assert_eq!(wire.body.encode(), ("application/json".to_owned(), "{\"name\":\"中\\\"\\n\"}".as_bytes().to_vec()));

    let wire = Pages { kinds: Some(vec![1, 2]), ..Pages::new("a&b=中") }.wire();
    assert_eq!(
        (wire.method.as_str(), wire.target().as_str()),
        ("GET", "/thing/pages?after=a%26b%3D%E4%B8%AD&kind=1&kind=2")
    );
    assert_eq!(wire.target_with(&"t".into()), "/thing/pages?token=t&after=a%26b%3D%E4%B8%AD&kind=1&kind=2");
    assert_eq!(wire.body.encode(), (String::new(), Vec::new()));

    let wire =
        Upload { kind: Some("i".to_owned()), note: Some("n".to_owned()), ..Upload::new(File::new("a.png", [0, 1])) }
            .wire();
    assert_eq!(wire.target(), "/up?type=i");
    let file = Part::file("media", File::new("a.png", [0, 1]));
    assert_eq!(wire.body, Body::Multipart(vec![file, Part::text("note", "n")]));
    assert!(wire.body.encode().0.starts_with("multipart/form-data; boundary="));
}

#[test]
fn files_keep_quiet_and_survive() {
    let file = File::new("a.png", vec![7; 1000]).mime("image/png");
    assert_eq!(format!("{file:?}"), r#"File { name: "a.png", mime: Some("image/png"), bytes: 1000 bytes }"#);
    assert_eq!((file.len(), file.is_empty()), (1000, false));
    let json = serde_json::to_string(&File::new("a", [1, 2])).unwrap();
    assert_eq!(json, r#"{"name":"a","bytes":[1,2]}"#);
    assert_eq!(serde_json::from_str::<File>(&json).unwrap(), File::new("a", [1, 2]));
    assert_eq!(json::read::<File>(json.as_bytes()).unwrap(), File::new("a", [1, 2]));
    assert!(json::read::<File>(br#"{"name":"a"}"#).is_err());
}

#[test]
fn a_token_keeps_quiet() {
    let token = AccessToken::new("secret-token");
    assert_eq!(format!("{token} {token:?}"), "(redacted) AccessToken(redacted)");
    assert_eq!(token.expose(), "secret-token");
}

#[test]
fn invalid_requests() {
    let violations = Get::new("一二三四五").validate().unwrap_err();
    let error = Error::invalid::<Get>(violations.clone());
    assert!(error.is_invalid() && !error.is_retryable() && !error.is_argument());
    assert_eq!(error.violations(), Some(&violations));
    assert_eq!(
        error.to_string(),
        "POST /thing/get: the request was not sent:\nname: 15 bytes of UTF-8, at most 12 allowed"
    );
    assert!(error.explain(Lang::Zh).ends_with("\n- name: 实际为 15 字节（UTF-8），最多允许 12"));
}

#[test]
fn what_was_not_set_is_not_sent() {
    assert_eq!(serde_json::to_string(&Get::new("a")).unwrap(), r#"{"name":"a"}"#);
    let unset: Get = serde_json::from_str(r#"{"name":5,"deep":null}"#).unwrap();
    assert_eq!(unset, Get::new("5"));
    let unknown: Figure = serde_json::from_str(r#"{"kind":"X"}"#).unwrap();
    assert_eq!(serde_json::to_string(&unknown).unwrap(), r#"{"kind":"X"}"#);
}

#[test]
fn an_inspected_response() {
    let inspected = inspect::<Get>(r#"{"id":1,"figure":{"kind":"CIRCLE","circle":{"base":{"radius":1,"x":2}}},"y":3}"#);
    assert_eq!(inspected.value.id, 1);
    assert_eq!((inspected.oddities.len(), inspected.more_oddities, inspected.more_unknown), (0, 0, 0));
    let paths: Vec<_> = inspected.unknown.iter().map(|it| it.path.as_str()).collect();
    assert_eq!(paths, ["figure.circle.base.x", "y"]);
    let error = RawResponse::new(200, None, br#"{"rc":7}"#.to_vec()).inspect::<Get>().unwrap_err();
    assert_eq!(error.code(), Some(7));
}
