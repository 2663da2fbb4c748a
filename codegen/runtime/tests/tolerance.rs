//! Tolerant decoding of scalars.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::{Value, json};
use weixin_runtime::{OrText, Unknown, de, private};

fn read<T: for<'de> de::Lenient<'de>>(value: Value) -> Result<T, String> {
    let text = value.to_string();
    let from_text = de::lenient(&mut serde_json::Deserializer::from_str(&text)).map_err(|error| error.to_string());
    let from_value: Result<T, _> = de::lenient(value);
    assert_eq!(from_text.is_ok(), from_value.is_ok(), "{text}");
    from_text
}

#[test]
fn texts() {
    for (json, text) in [(json!("a"), "a"), (json!(12), "12"), (json!(-1.5), "-1.5"), (json!(true), "true")] {
        assert_eq!(read::<String>(json).unwrap(), text);
    }
    assert_eq!(read::<String>(json!(u64::MAX)).unwrap(), u64::MAX.to_string());
    for wrong in [json!(null), json!([]), json!({})] {
        assert!(read::<String>(wrong).is_err());
    }
}

#[test]
fn booleans() {
    for yes in [json!(true), json!(1), json!("true"), json!("1"), json!(" TRUE "), json!(1.0)] {
        assert!(read::<bool>(yes).unwrap());
    }
    for no in [json!(false), json!(0), json!("false"), json!("0")] {
        assert!(!read::<bool>(no).unwrap());
    }
    for wrong in [json!(2), json!("yes"), json!(""), json!(null), json!([])] {
        assert!(read::<bool>(wrong).is_err());
    }
    assert_eq!(read::<Option<bool>>(json!("")).unwrap(), None);
}

#[test]
fn integers() {
    for json in [json!(7), json!("7"), json!(" 7\n"), json!(7.0)] {
        assert_eq!(read::<u32>(json.clone()).unwrap(), 7);
        assert_eq!(read::<i32>(json.clone()).unwrap(), 7);
        assert_eq!(read::<u64>(json.clone()).unwrap(), 7);
        assert_eq!(read::<i64>(json).unwrap(), 7);
    }
    assert_eq!(read::<u64>(json!(u64::MAX)).unwrap(), u64::MAX);
    assert_eq!(read::<u64>(json!(u64::MAX.to_string())).unwrap(), u64::MAX);
    assert_eq!(read::<i64>(json!(i64::MIN)).unwrap(), i64::MIN);
    for wrong in [json!(7.5), json!("7.5"), json!("x"), json!(""), json!(null), json!(true), json!([7])] {
        assert!(read::<i64>(wrong.clone()).is_err(), "{wrong}");
    }
}

#[test]
fn an_integer_out_of_range_is_told() {
    let error = read::<u32>(json!(4_294_967_296_u64)).unwrap_err();
    assert!(error.starts_with("4294967296 is out of range, 0 to 4294967295 expected"), "{error}");
    let error = read::<u64>(json!("-1")).unwrap_err();
    assert!(error.starts_with("-1 is out of range"), "{error}");
    assert!(read::<i64>(json!(1e300)).is_err());
    assert!(read::<u64>(json!(18_446_744_073_709_551_616_f64)).is_err());
}

#[test]
fn options() {
    assert_eq!(read::<Option<i64>>(json!(null)).unwrap(), None);
    assert_eq!(read::<Option<i64>>(json!("")).unwrap(), None);
    assert_eq!(read::<Option<i64>>(json!("3")).unwrap(), Some(3));
    assert!(read::<Option<u32>>(json!(-3)).unwrap_err().contains("out of range"));
    assert_eq!(read::<Option<String>>(json!(null)).unwrap(), None);
    assert_eq!(read::<Option<String>>(json!("")).unwrap(), Some(String::new()));
}

#[test]
fn containers() {
    assert_eq!(read::<Vec<u64>>(json!(["1", 2])).unwrap(), [1, 2]);
    assert!(read::<Vec<u64>>(json!("1")).unwrap_err().contains("expected a list"));
    assert_eq!(read::<Vec<String>>(json!(null)).unwrap(), Vec::<String>::new());
    assert_eq!(read::<Option<Vec<u64>>>(json!(null)).unwrap(), None);
    assert_eq!(read::<Vec<Option<u64>>>(json!([null, "1"])).unwrap(), [None, Some(1)]);
    let map = read::<BTreeMap<String, u32>>(json!({"a": "1"})).unwrap();
    assert_eq!(map["a"], 1);
}

#[test]
fn a_text_in_place_of_a_list() {
    type Places = OrText<Vec<u64>>;
    assert_eq!(read::<Places>(json!(["1", 2])).unwrap(), Places::from([1, 2]));
    assert_eq!(read::<Places>(json!("0")).unwrap(), Places::from("0"));
    assert_eq!(read::<Option<Places>>(json!(null)).unwrap(), None);
    assert!(read::<Places>(json!({"a": 1})).is_err());
    let map = read::<OrText<BTreeMap<String, u32>>>(json!({"a": "1"})).unwrap();
    assert_eq!(map.value().unwrap()["a"], 1);
    assert_eq!(read::<OrText<u32>>(json!(5)).unwrap(), OrText::Value(5));
    for json in ["[1,2]", "\"0\""] {
        let places: Places = serde_json::from_str(json).unwrap();
        assert_eq!(serde_json::to_string(&places).unwrap(), json);
    }
    assert_eq!(Places::from(vec![1]).value(), Some(&vec![1]));
    assert_eq!(Places::from("0".to_owned()).text(), Some("0"));
}

#[test]
fn the_path_leads_into_lists() {
    #[derive(Debug, Deserialize)]
    struct Holder {
        #[serde(default, deserialize_with = "de::lenient")]
        #[allow(dead_code, reason = "only its path matters")]
        list: Option<OrText<Vec<u32>>>,
    }
    let json = &mut serde_json::Deserializer::from_str(r#"{"list":[1,"x"]}"#);
    let error = serde_path_to_error::deserialize::<_, Holder>(json).unwrap_err();
    assert_eq!(error.path().to_string(), "list[1]");
}

#[derive(Clone, Debug, PartialEq)]
enum Level {
    Low,
    Unknown(Unknown<i64>),
}

impl From<i64> for Level {
    fn from(value: i64) -> Self {
        match value {
            0 => Level::Low,
            other => Level::Unknown(private::unknown(other)),
        }
    }
}

#[derive(Clone, Debug, PartialEq)]
enum Mode {
    On,
    Unknown(Unknown<String>),
}

impl From<String> for Mode {
    fn from(value: String) -> Self {
        match value.as_str() {
            "ON" => Mode::On,
            _ => Mode::Unknown(private::unknown(value)),
        }
    }
}

#[test]
fn open_enumerations() {
    let level = |json: Value| de::integer::<_, Level>(json);
    assert_eq!(level(json!("0")).unwrap(), Level::Low);
    assert!(matches!(level(json!(9)).unwrap(), Level::Unknown(value) if *value.get() == 9));
    assert!(level(json!("nine")).is_err());
    assert_eq!(de::optional_integer::<_, Level>(json!("")).unwrap(), None);
    assert_eq!(de::optional_integer::<_, Level>(json!(0)).unwrap(), Some(Level::Low));

    let mode = |json: Value| de::text::<_, Mode>(json);
    assert_eq!(mode(json!("ON")).unwrap(), Mode::On);
    assert!(matches!(mode(json!(5)).unwrap(), Mode::Unknown(value) if value.get() == "5"));
    assert_eq!(de::optional_text::<_, Mode>(json!(null)).unwrap(), None);
    assert_eq!(de::optional_text::<_, Mode>(json!("ON")).unwrap(), Some(Mode::On));
}
