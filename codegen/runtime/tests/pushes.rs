//! Pushes in XML and JSON.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod common;

use common::Push;
use weixin_runtime::{Blank, Error, json, push};

const JSON: &str = r#"{"Type":"event","Event":"audit","Id":12,"Passed":true}"#;

fn plain() -> Push {
    Push { kind: "event".to_owned(), event: "audit".to_owned(), id: 12, passed: true, ..Push::BLANK }
}

/// Neither a response nor an answer.
fn about_a_push(error: &Error) {
    let shown = error.to_string();
    assert!(error.is_decode() && shown.starts_with("the push cannot be read"), "{shown}");
    assert!(!shown.contains("answer") && !shown.contains("response"), "{shown}");
    assert!(error.http_status().is_none() && error.endpoint().is_none());
}

#[test]
fn json_pushes() {
    for text in [JSON.to_owned(), JSON.replace("12", "\"12\""), format!("\u{feff}{JSON}\0"), JSON.replace("true", "1")]
    {
        assert_eq!(push::from_json::<Push>(text.as_bytes()).unwrap(), plain(), "{text}");
        assert_eq!(json::read::<Push>(text.as_bytes()).unwrap(), plain());
    }
    assert_eq!(serde_json::from_str::<Push>(JSON).unwrap(), plain());
    let odd = JSON.replace('}', r#","Room":[1],"Texts":["a",[]],"Part":{"x":1},"New":{}}"#);
    assert_eq!(push::from_json::<Push>(odd.as_bytes()).unwrap(), Push { texts: Some(vec!["a".to_owned()]), ..plain() });
}

#[test]
fn another_push_is_refused_by_every_way_in() {
    for (other, path, says) in [
        (JSON.replace("audit", "sale"), "Event", "another push: `audit` was expected, `sale` was found"),
        (JSON.replace("event", "text"), "Type", "another push: `event` was expected, `text` was found"),
        (JSON.replace("\"audit\"", "[]"), "Event", "a string was expected"),
        (JSON.replace("\"Event\"", "\"Evnt\""), "", "`audit` was expected"),
        ("{}".to_owned(), "", "`event` was expected"),
    ] {
        let error = push::from_json::<Push>(other.as_bytes()).unwrap_err();
        about_a_push(&error);
        assert_eq!(error.json_path().unwrap_or_default(), path, "{error}");
        assert!(error.to_string().contains(says), "{error}");
        assert_eq!(error.body(), Some(other.as_bytes()));
        let error = serde_json::from_str::<Push>(&other).unwrap_err().to_string();
        assert!(error.contains(says), "{error}");
    }
    let text = push::from_json::<Push>(br#"{"Type":"text","Id":1}"#).unwrap_err();
    assert!(text.to_string().contains("another push"), "that it is another one goes before what it lacks: {text}");
    for broken in ["", "[]", "null", "{", "<xml/>", r#"{"Type":"event","Event":"audit","Passed":1}"#] {
        about_a_push(&push::from_json::<Push>(broken.as_bytes()).unwrap_err());
    }
}

#[cfg(feature = "xml")]
mod xml {
    use super::common::{Days, Push};
    use super::{about_a_push, plain};
    use weixin_runtime::{Error, push};

    /// A push with these elements more.
    fn xml(elements: &str) -> String {
        format!("<xml><Type>event</Type><Event><![CDATA[audit]]></Event><Id>12</Id><Passed>1</Passed>{elements}</xml>")
    }

    fn read(xml: &str) -> Push {
        push::from_xml(xml.as_bytes()).unwrap_or_else(|error| panic!("{error}: {xml}"))
    }

    fn fault(xml: &str) -> Error {
        let error = push::from_xml::<Push>(xml.as_bytes()).unwrap_err();
        about_a_push(&error);
        assert_eq!(error.body(), Some(xml.as_bytes()));
        error
    }

    fn days(days: u64) -> Days {
        Days { days, hours: None }
    }

    #[test]
    fn elements_that_are_missing_or_empty() {
        for elements in ["", "<Room/>", "<Room></Room>", "<Room> \r\n </Room>", "<Room><![CDATA[]]></Room>", "<New/>"] {
            assert_eq!(read(&xml(elements)), plain(), "{elements}");
        }
        for empty in ["<Part/>", "<Part> </Part>"] {
            assert_eq!(read(&xml(empty)).part, None);
        }
        for empty in ["<Parts/>", "<Texts> </Texts>"] {
            let push = read(&xml(empty));
            assert!(push.parts.unwrap_or_default().is_empty() && push.texts.unwrap_or_default().is_empty());
        }
        assert_eq!(fault(&xml("").replace("<Id>12</Id>", "")).json_path(), None);
        assert_eq!(fault(&xml("").replace("12", "")).json_path(), Some("Id"));
        assert!(fault(&xml("").replace("<Id>12</Id>", "")).to_string().contains("missing field `Id`"));
    }

    #[test]
    fn optional_elements_that_cannot_be_read() {
        let push = read(&xml("<Room>-1</Room><Part><hours>x</hours></Part><Text>kept</Text>"));
        assert_eq!((push.room, push.part, push.text.as_deref()), (None, None, Some("kept")));
        let push = read(&xml("<Part><days>3</days><hours>x</hours></Part>"));
        assert_eq!(push.part, Some(days(3)));
    }

    #[test]
    fn texts_with_details() {
        for (inner, text) in [
            ("A&B", "A&B"),
            ("a&nbsp;b", "a&nbsp;b"),
            ("&#55357;!", "\u{FFFD}!"),
            ("&#x4e2d;&#25991;", "中文"),
            ("one<br/>two", "onetwo"),
            ("one<b>two</b>three", "onetwothree"),
            (" <![CDATA[ a<b> ]]> ", "a<b>"),
            ("<![CDATA[a]]><![CDATA[b]]>", "ab"),
            ("a<!-- b -->c<?d?>", "ac"),
            ("\"\\\u{1}", "\"\\\u{1}"),
            ("007", "007"),
            ("&lt;&gt;&amp;&quot;&apos;", "<>&\"'"),
        ] {
            let push = read(&xml(&format!("<Text>{inner}</Text><Room>3</Room>")));
            assert_eq!((push.text.as_deref(), push.room), (Some(text), Some(3)), "{inner}");
        }
    }

    #[test]
    fn repeated_elements() {
        let push = read(&xml("<Room>1</Room><Room>2</Room><Text>a</Text><Text><b>x</b></Text><Id>13</Id>"));
        assert_eq!((push.room, push.text.as_deref(), push.id), (Some(1), Some("a"), 12), "the first wins");
        let push = read(&xml("<Room>x</Room><Room>2</Room><Part/><Part><days>3</days></Part>"));
        assert_eq!((push.room, push.part), (Some(2), Some(days(3))), "the first that says something");
        for texts in [
            "<Texts>a</Texts><New/><Texts>b</Texts>",
            "<Texts><item>a</item><item>b</item></Texts>",
            "<Texts>a</Texts><Texts><x><y/></x></Texts><Texts>b</Texts>",
        ] {
            assert_eq!(read(&xml(texts)).texts.unwrap(), ["a", "b"], "{texts}");
        }
        for parts in [
            "<Parts><days>1</days></Parts><Parts><days>2</days></Parts>",
            "<Parts><item><days>1</days></item><item><days>2</days></item></Parts>",
            "<Parts><days>1</days></Parts><Parts>x</Parts><Parts><days>2</days></Parts>",
        ] {
            assert_eq!(read(&xml(parts)).parts.unwrap(), [days(1), days(2)], "{parts}");
        }
        assert_eq!(read(&xml("<Texts>only</Texts>")).texts.unwrap(), ["only"]);
        assert_eq!(read(&xml("<Parts><days>1</days></Parts>")).parts.unwrap(), [days(1)]);
    }

    #[test]
    fn around_the_root() {
        for tail in ["junk", "\0\0", "<xml>", "</xml>", "<", "&", "\u{feff}", "<xml></xml>"] {
            for front in ["", "\u{feff}", "<?xml version=\"1.0\" encoding=\"GBK\"?>\n", "<!DOCTYPE xml>", " \r\n"] {
                assert_eq!(read(&format!("{front}{}{tail}", xml(""))), plain(), "{front} {tail}");
            }
        }
        assert_eq!(read(&xml("").replace("<xml>", "<Other a='1'>").replace("</xml>", "</Other>")), plain());
    }

    #[test]
    fn bytes_that_are_no_utf8() {
        let mut bytes = xml("<Text>@</Text><Room>3</Room>").into_bytes();
        let at = bytes.iter().position(|byte| *byte == b'@').unwrap();
        bytes[at] = 0xD5;
        let push: Push = push::from_xml(&bytes).unwrap();
        assert_eq!((push.text.as_deref(), push.room), (Some("\u{FFFD}"), Some(3)));
    }

    #[test]
    fn another_push_is_refused() {
        let other = fault(&xml("").replace("audit", "sale"));
        assert_eq!(other.json_path(), Some("Event"));
        assert!(
            other.to_string().contains("at Event: another push: `audit` was expected, `sale` was found"),
            "{other}"
        );
        assert_eq!(fault(&xml("").replace("event<", "text<")).json_path(), Some("Type"));
        let bare = fault("<xml/>");
        assert!(bare.to_string().contains("another push: `event` was expected"), "{bare}");
        assert_eq!(fault(&xml("").replace("12", "twelve")).json_path(), Some("Id"));
        assert_eq!(fault(&xml("").replace("<Passed>1", "<Passed>2")).json_path(), Some("Passed"));
    }

    #[test]
    fn what_is_cut_is_refused() {
        let whole = xml("<Text>a<b/>&amp;<![CDATA[c]]></Text><Parts><item><days>1</days></item></Parts>");
        for length in 0..whole.len() {
            fault(&whole[..length]);
        }
        read(&whole);
        for broken in ["", "x", "<xml>", "<xml><a></xml>", "</xml>", "<xml", "<xml>&", JSON] {
            fault(broken);
        }
        assert!(fault(&"<a>".repeat(17)).to_string().contains("nested deeper"));
        assert!(fault(&format!("<a>{}</a>", "x".repeat(1 << 20))).to_string().contains("longer than"));
    }

    use super::JSON;
}
