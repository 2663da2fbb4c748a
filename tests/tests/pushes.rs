//! A push that is lost for a detail is lost for good: every element of every push, missing, odd, repeated, in both forms.

#[path = "shared/dispatch.rs"]
mod dispatch;
#[path = "shared/odd.rs"]
mod odd;

use dispatch::Form;
use odd::Outcome;
use quick_xml::events::Event as Token;
use serde_json::{Map, Value, json};
use weixin::Error;
use weixin_codegen::model::{Event, Field, Model, Scalar, Side, TypeRef};

/// The elements of a push, each with its text.
type Elements = Vec<(String, String)>;

/// Every push of the spec, and one of each event that has every element.
fn each(visit: &mut dyn FnMut(&Model, &Event, &Elements)) {
    let model = weixin_tests::real();
    assert!(!model.events.is_empty());
    dispatch::assert_complete(&model);
    for event in &model.events {
        for xml in event.examples.iter().filter_map(|example| example.xml.as_deref()) {
            dispatch::push(&event.name, Form::Xml, xml).unwrap_or_else(|error| panic!("{error:?}"));
            visit(&model, event, &elements(xml));
        }
        visit(&model, event, &full(&model, event));
    }
}

fn full(model: &Model, event: &Event) -> Elements {
    let text = |field: &Field| {
        let known = event.known_by.iter().find(|(name, _)| *name == field.wire).map(|(_, value)| value.clone());
        let example = field.example.as_ref();
        let example = example.map(|value| value.as_str().map_or_else(|| value.to_string(), str::to_owned));
        known.or(example).unwrap_or_else(|| {
            assert!(is_flat(model, &field.ty), "teach this test elements with elements in them");
            "1".to_owned()
        })
    };
    event.object.fields.iter().map(|field| (field.wire.clone(), text(field))).collect()
}

fn is_flat(model: &Model, ty: &TypeRef) -> bool {
    use weixin_codegen::model::TypeKind;
    match ty {
        TypeRef::Scalar(_) => true,
        TypeRef::Named(id) => matches!(model.ty(*id).kind, TypeKind::Enum(_)),
        _ => false,
    }
}

fn is_enum_of_texts(model: &Model, ty: &TypeRef) -> bool {
    use weixin_codegen::model::{EnumKind, TypeKind};
    let TypeRef::Named(id) = ty else { return false };
    matches!(&model.ty(*id).kind, TypeKind::Enum(of) if of.kind == EnumKind::String)
}

/// The elements right below the root.
fn elements(xml: &str) -> Elements {
    let mut reader = quick_xml::Reader::from_str(xml);
    let mut found = Elements::new();
    let mut open = 0;
    loop {
        match reader.read_event().expect("XML") {
            Token::Start(start) => {
                open += 1;
                if open == 2 {
                    found.push((start.name().as_ref().to_owned(), String::new()));
                }
                assert!(open <= 2, "teach this test elements with elements in them");
            }
            Token::End(_) => open -= 1,
            Token::Text(text) if open == 2 => last(&mut found).push_str(&text.xml10_content()),
            Token::CData(text) if open == 2 => last(&mut found).push_str(&text.xml10_content()),
            Token::Eof => break,
            _ => {}
        }
    }
    found.into_iter().map(|(name, text)| (name, text.trim().to_owned())).collect()
}

fn last(found: &mut Elements) -> &mut String {
    &mut found.last_mut().expect("an open element").1
}

fn xml(elements: &Elements) -> String {
    let inner = elements.iter().map(|(name, text)| format!("<{name}><![CDATA[{text}]]></{name}>\n"));
    format!("<xml>\n{}</xml>", inner.collect::<String>())
}

/// The push with this markup in the place of an element.
fn xml_with(elements: &Elements, name: &str, markup: &str) -> String {
    let one = |(own, text): &(String, String)| {
        if own == name { markup.to_owned() } else { format!("<{own}><![CDATA[{text}]]></{own}>") }
    };
    format!("<xml>{}</xml>", elements.iter().map(one).collect::<String>())
}

/// The push in JSON: numbers are numbers there.
fn json_of(event: &Event, elements: &Elements) -> Map<String, Value> {
    let value = |name: &str, text: &str| {
        let field = event.object.fields.iter().find(|field| field.wire == name);
        let is_text = field.is_none_or(|field| matches!(field.ty, TypeRef::Scalar(scalar) if scalar.is_text()));
        let number = serde_json::from_str::<Value>(text).ok().filter(|value| value.is_number() && !is_text);
        number.unwrap_or_else(|| json!(text))
    };
    elements.iter().map(|(name, text)| (name.clone(), value(name, text))).collect()
}

fn read(event: &Event, form: Form, body: &str) -> Value {
    dispatch::push(&event.name, form, body).unwrap_or_else(|error| panic!("{body}: {error:?}"))
}

fn without(elements: &Elements, name: &str) -> Elements {
    elements.iter().filter(|(own, _)| own != name).cloned().collect()
}

/// Whether the push is nothing without this element.
fn is_required(event: &Event, name: &str) -> bool {
    event.known_by.iter().any(|(known, _)| known == name)
        || event.object.fields.iter().any(|field| field.wire == name && field.required)
}

/// What is read of the push without an element.
fn less(event: &Event, base: &Value, name: &str) -> Value {
    let mut fields = base.as_object().expect("an object").clone();
    let field = event.object.fields.iter().find(|field| field.wire == name).expect("a field");
    let side = Side { request: false, response: true };
    match field.may_be_absent(side) {
        true => drop(fields.shift_remove(name)),
        false => drop(fields.insert(name.to_owned(), json!([]))),
    }
    fields.into()
}

#[track_caller]
fn assert_told(error: &Error, name: &str, body: &str) {
    assert!(error.is_decode() && error.code().is_none() && error.http_status().is_none(), "{error:?}");
    assert_eq!(error.body(), Some(body.as_bytes()));
    assert!(error.to_string().contains("the push") && error.to_string().contains(name), "{name}: {error}");
}

#[test]
fn xml_and_json_tell_the_same() {
    each(&mut |_, event, elements| {
        let base = read(event, Form::Xml, &xml(elements));
        let json = json_of(event, elements);
        assert_eq!(read(event, Form::Json, &Value::Object(json.clone()).to_string()), base, "{}", event.name);
        assert_eq!(dispatch::push_by_serde(&event.name, &json.into()).expect("a push"), base);
        let texts: Map<String, Value> = elements.iter().map(|(name, text)| (name.clone(), json!(text))).collect();
        assert_eq!(read(event, Form::Json, &Value::Object(texts).to_string()), base, "texts for numbers");
        let mut backwards = elements.clone();
        backwards.reverse();
        assert_eq!(read(event, Form::Xml, &xml(&backwards)), base, "in another order");
        dispatch::assert_same_push(&event.name, &xml(elements));
    });
}

#[test]
fn an_element_less_costs_no_more_than_itself() {
    each(&mut |_, event, elements| {
        let base = read(event, Form::Xml, &xml(elements));
        for (name, _) in elements {
            let fewer = without(elements, name);
            let bodies = [(Form::Xml, xml(&fewer)), (Form::Json, Value::Object(json_of(event, &fewer)).to_string())];
            for (form, body) in bodies {
                if is_required(event, name) {
                    let error = dispatch::push(&event.name, form, &body).expect_err(name);
                    let expected = event.known_by.iter().find(|(known, _)| known == name);
                    assert_told(&error, expected.map_or(name, |(_, value)| value), &body);
                } else {
                    assert_eq!(read(event, form, &body), less(event, &base, name), "{form:?} without {name}");
                }
            }
        }
    });
}

#[test]
fn another_push_is_refused_in_every_form() {
    each(&mut |_, event, elements| {
        for (known, value) in &event.known_by {
            for other in ["", "other", &value[1..], &format!("{value}x")] {
                let mut changed = elements.clone();
                changed.iter_mut().filter(|(name, _)| name == known).for_each(|(_, text)| *text = other.to_owned());
                let json = Value::from(json_of(event, &changed));
                for (form, body) in [(Form::Xml, xml(&changed)), (Form::Json, json.to_string())] {
                    let error = dispatch::push(&event.name, form, &body).expect_err(other);
                    assert_told(&error, value, &body);
                    assert_eq!(error.json_path(), Some(known.as_str()), "{error}");
                }
                let error = dispatch::push_by_serde(&event.name, &json).expect_err(other);
                assert!(error.to_string().contains(value), "{error}");
            }
        }
        for (form, body) in [
            (Form::Xml, ""),
            (Form::Xml, "<xml></xml>"),
            (Form::Xml, "<xml><Encrypt>x</Encrypt></xml>"),
            (Form::Xml, "{}"),
            (Form::Json, ""),
            (Form::Json, "{}"),
            (Form::Json, "[]"),
            (Form::Json, "null"),
            (Form::Json, "<xml></xml>"),
        ] {
            assert!(dispatch::push(&event.name, form, body).expect_err(body).is_decode(), "{form:?} {body}");
        }
    });
}

#[test]
fn an_odd_element_costs_no_more_than_itself() {
    each(&mut |model, event, elements| {
        let base = read(event, Form::Xml, &xml(elements));
        let known = |name: &str| event.known_by.iter().any(|(known, _)| known == name);
        for field in event.object.fields.iter().filter(|field| !known(&field.wire)) {
            let name = &field.wire;
            if elements.iter().all(|(own, _)| own != name) {
                continue;
            }
            let optional = field.may_be_absent(Side { request: false, response: true });
            for token in odd::TOKENS {
                let mut json = Value::from(json_of(event, elements));
                json[name] = json!("(mark)");
                let body = json.to_string().replace("\"(mark)\"", token);
                let expected = match odd::outcome(model, &field.ty, optional, token) {
                    Outcome::Read(value) => {
                        let mut expected = base.clone();
                        expected[name] = value;
                        expected
                    }
                    _ if field.required => {
                        let error = dispatch::push(&event.name, Form::Json, &body).expect_err(token);
                        assert_told(&error, name, &body);
                        assert_eq!(error.json_path(), Some(name.as_str()), "{error}");
                        continue;
                    }
                    _ => less(event, &base, name),
                };
                assert_eq!(read(event, Form::Json, &body), expected, "{name}: {token}");
            }
        }
    });
}

#[test]
fn details_of_the_markup_cost_nothing() {
    each(&mut |_, event, elements| {
        let base = read(event, Form::Xml, &xml(elements));
        for (name, text) in elements {
            let same = [
                format!("<{name}>{text}</{name}>"),
                format!("<{name}>\r\n  {text}\n</{name}>"),
                format!("<{name}> <![CDATA[ {text} ]]> </{name}>"),
                format!("<{name} type=\"x\">{text}</{name}>"),
                format!("<!-- {name} --><{name}><!-- -->{text}</{name}>"),
                format!("<{name}>{text}</{name}><{name}>again</{name}>"),
                format!("<{name}>{text}</{name}><{name}/>"),
                format!("<New><{name}>9</{name}></New><{name}>{text}</{name}><Newer/>"),
            ];
            for markup in same {
                assert_eq!(read(event, Form::Xml, &xml_with(elements, name, &markup)), base, "{markup}");
            }
        }
        let body = xml(elements);
        for around in
            ["\u{FEFF}", "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n", " \r\n", "<!DOCTYPE xml>", "<!-- x -->"]
        {
            for tail in ["\n", "\0\0", "<!-- x -->", "</xml>", "junk"] {
                assert_eq!(read(event, Form::Xml, &format!("{around}{body}{tail}")), base, "{around:?} {tail:?}");
            }
        }
    });
}

#[test]
fn odd_markup_costs_no_more_than_its_element() {
    each(&mut |model, event, elements| {
        let base = read(event, Form::Xml, &xml(elements));
        for field in event.object.fields.iter().filter(|field| !field.required) {
            let name = &field.wire;
            let is_text = matches!(field.ty, TypeRef::Scalar(Scalar::String));
            let is_name = is_enum_of_texts(model, &field.ty);
            if is_required(event, name) || elements.iter().all(|(own, _)| own != name) {
                continue;
            }
            for (inner, text) in [
                ("", Some("")),
                (" \n ", Some("")),
                ("A&B", Some("A&B")),
                ("A&nbsp;B", Some("A&nbsp;B")),
                ("&lt;a&gt;&amp;&#x6C49;", Some("<a>&汉")),
                ("&#55357;&#56833;", Some("\u{FFFD}\u{FFFD}")),
                ("x<br/>y", Some("xy")),
                ("<b>x</b>", None),
                ("<![CDATA[<b>]]>&amp;<![CDATA[</b>]]>", Some("<b>&</b>")),
                ("99999999999999999999", Some("99999999999999999999")),
            ] {
                let body = xml_with(elements, name, &format!("<{name}>{inner}</{name}>"));
                let mut expected = less(event, &base, name);
                // An enumeration keeps what it does not know; nothing is none of its values.
                let text = text.filter(|text| is_text || (is_name && !text.is_empty()));
                if let Some(text) = text {
                    expected[name] = json!(text);
                }
                assert_eq!(read(event, Form::Xml, &body), expected, "{name}: {inner}");
            }
        }
    });
}
