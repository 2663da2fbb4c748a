//! What the reader forgives, field by field, and that it costs no other field.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod common;

use common::{Days, GetRow, GetRows, GetTree, Level, Mode, Row, inspect, ok};
use weixin_runtime::{Blank, Field, Inspected, Json, OrText, json};

/// Reads one field of a row between others; all of them must survive, whatever it is.
fn row(member: &str) -> Inspected<Row> {
    let plain = inspect::<GetRow>(ok(member));
    let among = inspect::<GetRow>(ok(&format!(r#""new":{{"a":[NaN]}},{member},"last":"end","newer":1"#)));
    assert_eq!(among.value.last.as_deref(), Some("end"), "{member}");
    assert_eq!(Row { last: None, ..among.value }, plain.value, "{member}");
    assert_eq!(among.oddities, plain.oddities, "{member}");
    let unknown: Vec<_> = among.unknown.iter().map(|it| (it.path.as_str(), it.value.as_str())).collect();
    assert_eq!(unknown, [("new", r#"{"a":["NaN"]}"#), ("newer", "1")], "{member}");
    plain
}

/// A member that reads without anything odd.
fn good(member: &str) -> Row {
    let row = row(member);
    assert!(row.oddities.is_empty(), "{member}: {:?}", row.oddities);
    row.value
}

/// The one oddity of a member.
fn odd(member: &str) -> (Row, String) {
    let Inspected { value, oddities, .. } = row(member);
    let [oddity] = oddities.try_into().unwrap_or_else(|all| panic!("{member}: {all:?}"));
    (value, oddity.to_string())
}

const INTEGER: &str = "an integer or its text was expected";

#[test]
fn numbers_in_a_text_keep_every_digit() {
    for literal in ["98765432109876543210", "1.10", "-0", "1e5", "true", "false", "0", "-1.5E+300", "007"] {
        assert_eq!(good(&format!(r#""text":{literal}"#)).text.as_deref(), Some(literal));
        assert_eq!(good(&format!(r#""texts":[{literal}]"#)).texts.unwrap(), [literal]);
    }
    assert_eq!(good(r#""text":"""#).text.as_deref(), Some(""));
    assert_eq!(good(r#""text":null"#).text, None);
}

#[test]
fn integers_and_their_texts() {
    for seven in ["7", "\"7\"", "\" 7\\n\"", "7.0", "70e-1", "\"+7\"", "\"7.00\"", "007"] {
        let row = good(&format!(r#""int":{seven},"small":{seven},"uint":{seven},"short":{seven}"#));
        assert_eq!((row.int, row.small, row.uint, row.short), (Some(7), Some(7), Some(7), Some(7)), "{seven}");
    }
    for (most, least) in [(u64::MAX.to_string(), i64::MIN.to_string()), (format!("\"{}\"", u64::MAX), "-0".to_owned())]
    {
        let row = good(&format!(r#""uint":{most},"int":{least}"#));
        assert_eq!(row.uint, Some(u64::MAX));
        assert!(matches!(row.int, Some(i64::MIN | 0)));
    }
    // As floats they would be others.
    assert_eq!(good(r#""uint":98765432109876543.0"#).uint, Some(98_765_432_109_876_543));
    for none in ["null", "\"\"", "\"  \"", "[]", "[ ]"] {
        assert_eq!(good(&format!(r#""int":{none},"on":{none},"level":{none}"#)), Row::BLANK, "{none}");
    }
}

#[test]
fn integers_that_cannot_be_read() {
    for (member, says) in [
        (r#""uint":-1"#, "uint: -1 is out of range, 0 to 18446744073709551615 expected (-1)"),
        (r#""uint":18446744073709551616"#, "is out of range"),
        (r#""short":4294967296"#, "short: 4294967296 is out of range, 0 to 4294967295 expected (4294967296)"),
        (r#""short":"4294967296""#, "short: 4294967296 is out of range"),
        (r#""int":1e300"#, "is out of range"),
        (r#""int":1e999999999999"#, "is out of range"),
        (r#""int":1.5"#, "int: an integer or its text was expected (1.5)"),
        (r#""int":"abc""#, "int: an integer or its text was expected (\"abc\")"),
        (r#""int":"1 2""#, INTEGER),
        (r#""int":true"#, INTEGER),
        (r#""int":NaN"#, INTEGER),
        (r#""int":-"#, INTEGER),
        (r#""int":nullable"#, "int: an integer or its text was expected (nullable)"),
        (r#""int":{"a":[1]}"#, r#"int: an integer or its text was expected ({"a":[1]})"#),
        (r#""int":[7]"#, INTEGER),
    ] {
        let (row, oddity) = odd(member);
        assert_eq!(row, Row::BLANK, "{member}");
        assert!(oddity.contains(says), "{oddity}");
    }
}

#[test]
fn booleans() {
    for yes in ["true", "1", "\"true\"", "\"1\"", "\" TRUE \"", "1.0"] {
        assert_eq!(good(&format!(r#""on":{yes}"#)).on, Some(true), "{yes}");
    }
    for no in ["false", "0", "\"false\"", "\"0\"", "0.0", "-0"] {
        assert_eq!(good(&format!(r#""on":{no}"#)).on, Some(false), "{no}");
    }
    for wrong in ["2", "\"yes\"", "truer", "{}", "[true]"] {
        assert!(odd(&format!(r#""on":{wrong}"#)).1.starts_with("on: "), "{wrong}");
    }
}

#[test]
fn texts_that_are_none() {
    for (member, says) in [
        (r#""text":["a"]"#, r#"text: a string was expected (["a"])"#),
        (r#""text":[]"#, "text: a string was expected ([])"),
        (r#""text":{"a":1}"#, r#"text: a string was expected ({"a":1})"#),
        (r#""text":truly"#, "text: a string was expected (truly)"),
        (r#""text":NaN"#, "text: a string was expected (NaN)"),
        (r#""text":Infinity"#, "text: a string was expected (Infinity)"),
    ] {
        let (row, oddity) = odd(member);
        assert_eq!((row, oddity.as_str()), (Row::BLANK, says));
    }
}

#[test]
fn open_enumerations() {
    assert_eq!(good(r#""level":"0""#).level, Some(Level::Low));
    assert_eq!(good(r#""level":false"#).level, Some(Level::Low), "the word for 0");
    assert!(matches!(good(r#""level":9"#).level, Some(Level::Unknown(value)) if *value.get() == 9));
    assert!(odd(r#""level":"nine""#).1.starts_with("level: "));
    assert!(odd(r#""level":9223372036854775808"#).1.contains("out of range"));
    assert_eq!(good(r#""mode":"ON""#).mode, Some(Mode::On));
    assert!(matches!(good(r#""mode":5"#).mode, Some(Mode::Unknown(value)) if value.get() == "5"));
    for none in ["null", "\"\"", "[]"] {
        assert_eq!(good(&format!(r#""mode":{none}"#)).mode, None);
    }
}

fn days(days: &[u64]) -> Vec<Days> {
    days.iter().map(|days| Days { days: *days, hours: None }).collect()
}

#[test]
fn lists() {
    for empty in ["null", "[]", "{}", "\"\"", "[ ]", "{ }", "[null]", "[null,null]"] {
        let list = good(&format!(r#""list":{empty}"#)).list.unwrap_or_default();
        assert_eq!(list, [], "{empty}");
        let rows = inspect::<GetRows>(ok(&format!(r#""rows":{empty},"total":"3""#)));
        assert_eq!((rows.value.rows.len(), rows.value.total, rows.oddities.len()), (0, Some(3), 0), "{empty}");
    }
    for full in [
        r#"[{"days":1},null,{"days":"3"}]"#,
        r#"{"0":{"days":1},"2":{"days":3}}"#,
        r#"{"0":{"days":1},"1":null,"17":{"days":3},}"#,
        r#"[{"days":1},{"days":3},]"#,
    ] {
        assert_eq!(good(&format!(r#""list":{full}"#)).list.unwrap(), days(&[1, 3]), "{full}");
    }
    for wrong in ["1", "true", "\"x\"", r#"{"a":1}"#, r#"{"":1}"#, r#"{"days":1}"#] {
        let (row, oddity) = odd(&format!(r#""list":{wrong}"#));
        assert_eq!((row, oddity), (Row::BLANK, format!("list: a list was expected ({wrong})")));
    }
}

#[test]
fn an_item_that_cannot_be_read_costs_the_item() {
    for (bad, says) in [
        (r#"{"days":-1}"#, "list[1]: -1 is out of range, 0 to 18446744073709551615 expected at list[1].days (-1)"),
        (r#"{"hours":1}"#, r#"list[1]: missing field `days` ({"hours":1})"#),
        ("[1]", "list[1]: an object was expected ([1])"),
        ("\"x\"", "list[1]: an object was expected (\"x\")"),
        ("[]", "list[1]: missing field `days` ([])"),
        ("\"\"", "list[1]: missing field `days` (\"\")"),
    ] {
        let (row, oddity) = odd(&format!(r#""list":[{{"days":1}},{bad},{{"days":3}}]"#));
        assert_eq!((row.list.unwrap(), oddity.as_str()), (days(&[1, 3]), says), "{bad}");
    }
    let numbers = row(r#""numbers":[1,-1,"x","",4294967296,[5],6]"#);
    assert_eq!(numbers.value.numbers.unwrap(), [1, 6]);
    let paths: Vec<_> = numbers.oddities.iter().map(|oddity| oddity.path.as_str()).collect();
    assert_eq!(paths, ["numbers[1]", "numbers[2]", "numbers[3]", "numbers[4]", "numbers[5]"]);
}

#[test]
fn an_entry_that_cannot_be_read_costs_the_entry() {
    for none in ["null", "[]", "\"\"", "{}", r#"{"a":null}"#] {
        assert!(good(&format!(r#""map":{none}"#)).map.unwrap_or_default().is_empty(), "{none}");
    }
    let (row, oddity) = odd(r#""map":{"a":{"days":1},"b":{"days":[]},"c":null,"中":{"days":3}}"#);
    assert_eq!(
        row.map.unwrap().into_iter().map(|(key, it)| (key, it.days)).collect::<Vec<_>>(),
        [("a".to_owned(), 1), ("中".to_owned(), 3)]
    );
    assert_eq!(oddity, "map.b: an integer or its text was expected at map.b.days ([])");
    assert!(odd(r#""map":[1]"#).1.starts_with("map: an object was expected"));
}

#[test]
fn objects() {
    for none in ["null", "[]", "\"\""] {
        assert_eq!(good(&format!(r#""days":{none}"#)).days, None, "{none}");
    }
    assert_eq!(good(r#""days":{"hours":null,"days":3}"#).days.unwrap().days, 3);
    // A list is never read as an object, first item to first field.
    for wrong in ["[3]", "[3,4]", r#"[{"days":3}]"#, "3", "\"3\"", "true"] {
        let (row, oddity) = odd(&format!(r#""days":{wrong}"#));
        assert_eq!((row, oddity), (Row::BLANK, format!("days: an object was expected ({wrong})")));
    }
    assert_eq!(odd(r#""days":{"hours":1}"#).1, r#"days: missing field `days` ({"hours":1})"#);
    // What may be absent inside costs only itself.
    let (row, oddity) = odd(r#""days":{"hours":"x","days":3}"#);
    assert_eq!(row.days, Some(Days { days: 3, hours: None }));
    assert_eq!(oddity, "days.hours: an integer or its text was expected (\"x\")");
}

#[test]
fn a_required_field_costs_the_object_that_may_be_absent() {
    let odd = inspect::<GetTree>(ok(r#""id":1,"left":{"id":2,"left":{"id":3},"right":{"id":"x"}},"right":{"id":4}"#));
    let left = odd.value.left.unwrap();
    assert_eq!((left.left.unwrap().id, left.right.is_none(), odd.value.right.unwrap().id), (3, true, 4));
    assert_eq!(odd.oddities[0].to_string(), "left.right: an integer or its text was expected at left.right.id (\"x\")");
    let error = common::read::<GetTree>(200, ok(r#""left":{"id":1}"#)).unwrap_err();
    assert!(error.to_string().contains("missing field `id`"), "{error}");
    let error = common::read::<GetTree>(200, ok(r#""id":[1]"#)).unwrap_err();
    assert_eq!(error.json_path(), Some("id"));
}

#[test]
fn a_text_in_place_of_a_list() {
    type Places = OrText<Vec<u32>>;
    assert_eq!(good(r#""places":["1",2]"#).places, Some(Places::from([1, 2])));
    assert_eq!(good(r#""places":"0""#).places, Some(Places::from("0")));
    assert_eq!(good(r#""places":null"#).places, None);
    assert!(odd(r#""places":{"a":1}"#).1.starts_with("places: a list was expected"));
    assert_eq!(json::read::<OrText<u32>>(b"5").unwrap(), OrText::Value(5));
    for text in ["[1,2]", "\"0\""] {
        let places: Places = serde_json::from_str(text).unwrap();
        assert_eq!(serde_json::to_string(&places).unwrap(), text);
        assert_eq!(json::to_string(&places), text);
    }
    assert_eq!(Places::from(vec![1]).value(), Some(&vec![1]));
    assert_eq!(Places::from("0".to_owned()).text(), Some("0"));
}

#[test]
fn letters_that_are_none() {
    for (text, read) in [
        (&br#"\ud83d\ude00"#[..], "😀"),
        (br#"\ud83d"#, "\u{FFFD}"),
        (br#"\ude00\ud83d!"#, "\u{FFFD}\u{FFFD}!"),
        (br#"\ud83d\u0041"#, "\u{FFFD}A"),
        (br#"\ud83d\ud83d\ude00"#, "\u{FFFD}😀"),
        (br#"\u00e9\u4E2D\u0000"#, "é中\0"),
        (br#"\x\u12\u12G4\ "#, "\\x\\u12\\u12G4\\ "),
        (b"\\\xE4\xB8\xAD", "\\中"),
        (b"\xFF\xFEa", "\u{FFFD}\u{FFFD}a"),
        (b"\xE4\xB8", "\u{FFFD}"),
        (b"a\x00b\x1f\n\t", "a\0b\u{1f}\n\t"),
        // Surrogates as if they were letters, as in CESU-8.
        (b"\xED\xA0\xBD\xED\xB8\x80!", "\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}!"),
    ] {
        let body = [br#"{"rc":0,"text":""#, text, br#"","last":"end"}"#].concat();
        let row = inspect::<GetRow>(&body);
        assert_eq!((row.value.text.as_deref(), row.value.last.as_deref()), (Some(read), Some("end")), "{text:?}");
        assert!(row.oddities.is_empty());
    }
}

#[test]
fn gbk_hides_no_error_code() {
    // The second byte of this letter is a backslash, right before the quote.
    for body in [
        &b"{\"said\":\"\xD5\x5C\",\"rc\":7}"[..],
        b"{\"said\":\"\xD6\xD0\xD5\x5C\",\"x\":\"\xD5\x5C\",\"rc\":\"7\"}",
        b"{\"x\":{\"\xD5\x5C\":1},\"rc\":7,\"said\":\"\xCE\xC4\"}",
        b"{\"text\":\"\xD5\\\"\",\"said\":\"a\xE4\xB8\",\"rc\":7}",
    ] {
        assert_eq!(common::read::<GetRow>(200, body).unwrap_err().code(), Some(7), "{body:?}");
    }
}

#[test]
fn what_nobody_reads_costs_nothing() {
    let deep = format!("{}1{}", "[{\"a\":".repeat(100_000), "}]".repeat(100_000));
    for odd in ["1e999999", "-", "NaN", "-Infinity", "undefined", "0x1F", "01", &"9".repeat(10_000), &deep] {
        for member in [format!(r#""new":{odd}"#), format!(r#""days":{{"days":1,"new":[{odd}]}}"#)] {
            let row = inspect::<GetRow>(ok(&format!(r#"{member},"last":"end""#)));
            assert_eq!(row.value.last.as_deref(), Some("end"));
            assert!(row.oddities.is_empty());
            assert_eq!(row.unknown.len(), 1);
        }
    }
    // Nor does depth in a field that is read, but for the field.
    let row = inspect::<GetRow>(ok(&format!(r#""text":{deep},"json":{deep},"list":[{deep}],"last":"end""#)));
    assert_eq!((row.value.last.as_deref(), row.oddities.len()), (Some("end"), 3));
}

#[test]
fn around_the_object() {
    let row = Row { last: Some("end".to_owned()), ..Row::BLANK };
    for front in ["", "\u{feff}", "\u{feff}\u{feff}", " \r\n\t", "\0"] {
        for tail in ["", " ", "\0\0", "<!-- x -->", "{\"rc\":7}", "]", "\u{feff}", "\"", "}"] {
            let read = inspect::<GetRow>(format!("{front}{}{tail}", ok(r#""last":"end""#)));
            assert_eq!(read.value, row, "{front:?} {tail:?}");
        }
    }
}

#[test]
fn any_json_is_kept_as_it_came() {
    for text in [r#"{"b":1.10,"a":[98765432109876543210,null,-0]}"#, "null", "\"\"", "[]", "1e999", "\"\u{FFFD}\""] {
        let json = good(&format!(r#""json":{text}"#)).json;
        assert_eq!(json.map_or("null".to_owned(), |json| json.to_string()), text);
        assert_eq!(Json::parse(text.as_bytes()).unwrap().as_str(), text);
    }
}

#[test]
fn a_field_twice() {
    assert_eq!(good(r#""int":1,"int":2"#).int, Some(2), "the last one counts");
    assert_eq!(good(r#""numbers":[1],"numbers":[2]"#).numbers.unwrap(), [2]);
    assert_eq!(odd(r#""int":1,"int":"x""#).0.int, None);
}

#[test]
fn scalars_of_their_own() {
    fn read<T: Field + Blank>(text: &str) -> Result<T, String> {
        json::read(text.as_bytes()).map_err(|error| error.to_string())
    }
    assert_eq!(read::<String>("12"), Ok("12".to_owned()));
    assert_eq!(read::<Vec<Option<u64>>>(r#"["",null,"1"]"#), Ok(vec![None, Some(1)]));
    assert_eq!(read::<Option<Vec<u64>>>("null"), Ok(None));
    assert_eq!(read::<u32>("4294967296").unwrap_err(), "4294967296 is out of range, 0 to 4294967295 expected");
    for wrong in ["null", "[]", "{}", ""] {
        assert!(read::<String>(wrong).is_err() && read::<bool>(wrong).is_err() && read::<i32>(wrong).is_err());
    }
}
