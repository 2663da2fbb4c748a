//! What comes to the address of pushes: taken in every form, and refused with one word where it is not authentic.

mod authentic;
mod fuzz;
mod once;
mod peer;
mod service;
mod support;
mod vectors;

use support::*;

use weixin_runtime::push::{Format, Received};

#[tokio::test]
async fn every_example_is_taken_in_every_way() {
    let mut seen = 0;
    for (name, xml, json) in examples() {
        let expected = Event::from_xml(&xml).expect("a push");
        assert!(!matches!(expected, Event::Unknown(_)), "{name} is known");
        assert_eq!(Event::from_json(&json).expect("a push"), expected, "{name}");
        for (message, format) in [(&xml, Format::Xml), (&json, Format::Json)] {
            for (kind, sent) in ways(&signer(), message) {
                let receiver = receiver().also_plain().build().expect("a receiver");
                let received = receiver.receive(&sent.query, &sent.body).await.expect(kind);
                let Received::Push(push) = received else { panic!("{kind} {name}: {received:?}") };
                assert_eq!(*push.event(), expected, "{kind} {name}");
                assert_eq!((push.is_encrypted(), push.format()), (kind != "plain", format), "{kind} {name}");
                assert!(kind == "plain" || push.message() == message.trim_end().as_bytes(), "{kind} {name}");
                assert_eq!(receiver.answer(), scheme().answer);
                seen += 1;
            }
        }
    }
    assert!(seen >= 6 * 18, "{seen}");
}

#[tokio::test]
async fn a_receiver_without_a_key_takes_what_is_plain() {
    let (_, xml, json) = examples().remove(0);
    for message in [xml, json] {
        let plain = Receiver::builder(TOKEN).build().expect("a receiver");
        let sent = signer().plain(&message);
        assert!(matches!(plain.receive(&sent.query, &sent.body).await, Ok(Received::Push(_))));
        // What stands beside the encrypted one is enough, and the signature covers time and nonce.
        let plain = Receiver::builder(TOKEN).build().expect("a receiver");
        let sent = signer().compatible(&message);
        let Ok(Received::Push(push)) = plain.receive(&sent.query, &sent.body).await else { panic!("compatible") };
        assert!(!push.is_encrypted() && !matches!(push.event(), Event::Unknown(_)));
        let sent = signer().encrypted(&message);
        let refused = plain.receive(&sent.query, &sent.body).await.expect_err("nobody can read it without a key");
        assert!(refused.is_forged());
    }
}

#[tokio::test]
async fn the_address_is_checked() {
    let both = receiver().also_plain().build().expect("a receiver");
    let plain = Receiver::builder(TOKEN).build().expect("a receiver");
    for receiver in [&both, &plain] {
        let query = signer().check("5927839045 & <more>");
        let Ok(Received::Check(echo)) = receiver.receive(&query, b"").await else { panic!("a check") };
        assert_eq!(echo, "5927839045 & <more>");
        let forged = receiver.check(&query.replace("5927839045", "1").replace("nonce=", "nonce=1"));
        assert!(forged.expect_err("forged").is_forged());
    }
    let query = signer().encrypted_check("5927839045");
    assert_eq!(both.check(&query).expect("a check").as_deref(), Some("5927839045"));
    assert_eq!(both.check(&signer().plain("<xml/>").query).expect("no check"), None);
    let other = query.replace(&format!("{}=", scheme().query.echo), &format!("{}=AAAA", scheme().query.echo));
    assert!(both.check(&other).expect_err("forged").is_forged());
}

#[tokio::test]
async fn an_answer_comes_in_the_form_of_the_push() {
    let receiver = receiver().also_plain().build().expect("a receiver");
    let (_, xml, json) = examples().remove(0);
    for message in [&xml, &json] {
        let sent = signer().encrypted(message);
        let push = receiver.open(&sent.query, &sent.body).expect("a push");
        let answer = receiver.reply(&push, "<xml>hello</xml>").expect("an answer");
        assert_eq!(answer.starts_with('{'), push.format() == Format::Json, "{answer}");
        let names = &scheme().envelope;
        let part = |name: &str| {
            Event::from_bytes(&answer).map(|event| match event {
                Event::Unknown(fields) => fields.text(name).expect(name),
                event => panic!("{event:?}"),
            })
        };
        let part = |name| part(name).expect("an envelope");
        let query = format!(
            "{}={}&{}={}&{}={}",
            scheme().query.sealed,
            part(names.signature),
            scheme().query.timestamp,
            part(names.timestamp),
            scheme().query.nonce,
            part(names.nonce)
        );
        assert_eq!(receiver.open_message(&query, answer.as_bytes()).expect("authentic"), b"<xml>hello</xml>");
        let sent = signer().plain(message);
        let push = receiver.open(&sent.query, &sent.body).expect("a push");
        assert_eq!(receiver.reply(&push, "hello").expect("an answer"), "hello");
    }
}

#[tokio::test]
async fn nothing_is_lost_for_what_is_unknown_or_missing() {
    let receiver = receiver().build().expect("a receiver");
    for message in [
        "<xml><Event>new_one</Event><Deep><a>1</a><a>2</a></Deep><N>7</N></xml>",
        r#"{"Event":"new_one","Deep":{"a":["1","2"]},"N":7}"#,
    ] {
        let sent = signer().encrypted(message);
        let Ok(Received::Push(push)) = receiver.receive(&sent.query, &sent.body).await else { panic!("{message}") };
        let Event::Unknown(unknown) = push.event() else { panic!("{message}") };
        assert_eq!((unknown.text("N").as_deref(), unknown.text("Event").as_deref()), (Some("7"), Some("new_one")));
        assert!(unknown.fault().is_none() && unknown.text("Deep").is_none());
        assert!(unknown.fields().get("Deep").is_some() && unknown.fields().iter().count() == 3);
    }
    for (event, field) in required() {
        let elements = event.known_by.iter().map(|(name, value)| format!("<{name}>{value}</{name}><New>1</New>"));
        let message = format!("<xml>{}</xml>", elements.collect::<String>());
        let read = Event::from_xml(&message).expect("XML");
        let Event::Unknown(unknown) = read else { panic!("{message}") };
        assert!(unknown.fault().is_some_and(|fault| fault.contains(&field)), "{unknown:?}");
        assert_eq!(unknown.text("New").as_deref(), Some("1"));
    }
    for message in ["", "text", "<xml>", "[1]", "{", "<xml><a>1</a>"] {
        let sent = signer().encrypted(message);
        let error = receiver.receive(&sent.query, &sent.body).await.expect_err(message);
        assert!(error.is_unreadable() && error.status() == 400, "{error:?}");
        assert!(error.to_string().contains("the push"), "{error}");
    }
}

#[test]
fn names_of_pushes_and_elements_are_known_in_either_case() {
    for (name, xml, _) in examples() {
        let expected = Event::from_xml(&xml).expect("a push");
        let shouted = xml.replace(&format!("[{name}]"), &format!("[{}]", name.to_uppercase()));
        assert_ne!(shouted, xml);
        let read = Event::from_xml(&shouted).expect("a push");
        assert_eq!(std::mem::discriminant(&read), std::mem::discriminant(&expected), "{name}");
    }
    let (_, xml, _) = examples().into_iter().find(|(name, ..)| name == "poi_check_notify").expect("an example");
    let small = xml.replace("Result>", "result>").replace("Msg>", "msg>");
    assert_ne!(small, xml);
    assert_eq!(Event::from_xml(&small).expect("a push"), Event::from_xml(&xml).expect("a push"));
}
