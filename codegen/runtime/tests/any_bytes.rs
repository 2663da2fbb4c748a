//! Whatever a server sends, reading it never panics.

mod common;

use common::{Get, Shape};
use proptest::prelude::*;
use serde_json::{Map, Value};
use weixin_runtime::{Endpoint, Lang, RawAnswer};

/// Any JSON, mostly with keys that mean something.
fn json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        any::<String>().prop_map(Value::from),
        "CIRCLE|DAYS|[0-9]{1,25}|at `x`: y".prop_map(Value::from),
    ];
    leaf.prop_recursive(6, 48, 6, |inner| {
        let key = prop_oneof!["id|rc|said|shape|kind|circle|base|radius|terms|type|days|name", any::<String>()];
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
            prop::collection::vec((key, inner), 0..6)
                .prop_map(|entries| Value::Object(entries.into_iter().collect::<Map<_, _>>())),
        ]
    })
}

fn read(status: u16, body: &[u8]) {
    if let Err(error) = Get::read(status, body) {
        assert_eq!(error.body(), Some(body));
        assert!(!error.to_string().contains('\n'));
        let _ = (format!("{error:?}"), error.explain(Lang::En), error.explain(Lang::Zh), error.is_retryable());
    }
    let _ = RawAnswer::new(status, None, body.to_vec()).json();
}

proptest! {
    #[test]
    fn bytes(status in any::<u16>(), body in any::<Vec<u8>>()) {
        read(status, &body);
    }

    #[test]
    fn texts(body in "[\\[\\]{}\",:\\\\0-9a-z\\x00-\\x20中]{0,60}") {
        read(200, body.as_bytes());
    }

    #[test]
    fn any_json(body in json()) {
        read(200, body.to_string().as_bytes());
    }

    #[test]
    fn what_a_union_reads_it_writes(body in json()) {
        if let Ok(shape) = serde_json::from_value::<Shape>(body) {
            let written = serde_json::to_value(&shape).expect("writes");
            prop_assert_eq!(serde_json::from_value::<Shape>(written).expect("reads"), shape);
        }
    }

    #[cfg(feature = "xml")]
    #[test]
    fn xml(text in "(<[a-c/!?]{0,2}>?|[a-c&;#x0-9 \\]]{0,4}|<!\\[CDATA\\[|\\]\\]>|</?a>|&amp;|中){0,24}") {
        let _ = weixin_runtime::xml::fields(&text);
    }
}
