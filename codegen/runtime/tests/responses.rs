//! Envelopes, errors, and bodies that are not what is documented.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod common;

use std::error::Error as _;

use common::{Done, Get, List, Shape, Spend, Thing, Upload};
use weixin_runtime::*;

fn error(status: u16, body: &str) -> Error {
    Get::read(status, body.as_bytes()).unwrap_err()
}

#[test]
fn success_in_all_its_forms() {
    for body in [
        r#"{"id":1}"#,
        r#"{"rc":0,"said":"ok","id":1}"#,
        r#"{"rc":"0","id":"1"}"#,
        r#"{"rc":null,"id":1,"unknown":{}}"#,
        r#"{"rc":0.0,"id":1.0}"#,
        "\u{feff}\r\n{\"id\":1}\n",
        "{\"id\":1,\"said\":\"\u{0}\n\"}",
        r#"{"id":2,"id":1}"#,
    ] {
        assert_eq!(Get::read(200, body.as_bytes()).unwrap(), Thing { id: 1, shape: None }, "{body}");
    }
    assert_eq!(Spend::read(201, b"{}").unwrap(), Done {});
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
    assert!(!Spend::read(200, br#"{"rc":-1}"#).unwrap_err().is_retryable());
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
    assert_eq!(lost.to_string(), "POST /thing/spend: no answer in time: late");
}

#[test]
fn the_end_of_the_pages() {
    assert!(error(200, r#"{"rc":12}"#).is_page_end());
    assert!(!error(200, r#"{"rc":7}"#).is_page_end());
    assert!(!Spend::read(200, br#"{"rc":12}"#).unwrap_err().is_page_end());
    assert!(!Spend::read(200, b"").unwrap_err().is_page_end());
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
fn bodies_that_are_not_what_is_documented() {
    for (body, says) in [
        ("", "the body is empty"),
        (" \n", "the body is empty"),
        ("<html>\n</html>", "not JSON"),
        ("[]", "a list where an object was expected"),
        ("null", "null where an object was expected"),
        ("{}", "missing field `id`"),
        (r#"{"id":"x"}"#, "invalid value"),
        (r#"{"rc":"x","id":1}"#, "an integer or its text"),
        (r#"{"rc":[],"id":1}"#, "an integer or its text"),
        (r#"{"rc":99999999999999999999,"id":1}"#, "out of range"),
        (&"[".repeat(100_000), "not JSON: recursion limit"),
        (&format!("{{\"id\":1,\"x\":{}1{}}}", "[".repeat(200), "]".repeat(200)), "recursion limit"),
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
fn places_of_faults() {
    assert_eq!(error(200, r#"{"id":[]}"#).json_path(), Some("id"));
    assert_eq!(error(200, r#"{"rc":{},"id":1}"#).json_path(), Some("rc"));
    assert_eq!(error(200, "{").json_path(), None);
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
fn raw_answers() {
    let raw = RawAnswer::new(200, Some("text/plain".to_owned()), b"{\"id\":1,\"x\":\"\x01\"}".to_vec());
    assert_eq!(raw.json().unwrap()["x"], "\u{1}");
    assert!(raw.text().starts_with("{\"id\""));
    assert_eq!(raw.read::<Get>().unwrap().id, 1);
    let error = RawAnswer::new(200, None, vec![0xff]).json().unwrap_err();
    assert!(error.is_decode() && error.endpoint().is_none());
}

#[test]
fn what_goes_over_the_wire() {
    let wire = Get::new("中\"\n").wire().unwrap();
    assert_eq!(wire.target(), "/thing/get");
    assert_eq!(wire.target_with(&AccessToken::new("a b+/=")), "/thing/get?token=a%20b%2B%2F%3D");
    assert_eq!(wire.body.encode(), ("application/json".to_owned(), "{\"name\":\"中\\\"\\n\"}".as_bytes().to_vec()));

    let wire = List { after: "a&b=中".to_owned() }.wire().unwrap();
    assert_eq!((wire.method.as_str(), wire.target().as_str()), ("GET", "/thing/list?after=a%26b%3D%E4%B8%AD"));
    assert_eq!(wire.target_with(&"t".into()), "/thing/list?token=t&after=a%26b%3D%E4%B8%AD");
    assert_eq!(wire.body.encode(), (String::new(), Vec::new()));

    let wire = Upload { file: File::new("a.png", [0, 1]) }.wire().unwrap();
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
    let error = Error::invalid(Get::META, violations.clone());
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
    let unknown: Shape = serde_json::from_str(r#"{"kind":"X"}"#).unwrap();
    assert_eq!(serde_json::to_string(&unknown).unwrap(), r#"{"kind":"X"}"#);
}
