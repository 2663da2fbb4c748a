//! What is not authentic is refused, always with the same word.

use std::time::Duration;

use weixin_runtime::push::{PushError, SignedPush};

use crate::support::*;

/// What is told of a push that is not authentic, to whoever looks.
fn told(error: &PushError) -> (String, String, u16, bool) {
    (error.to_string(), format!("{error:?}"), error.status(), std::error::Error::source(error).is_none())
}

fn forged(receiver: &Receiver, query: &str, body: &[u8], what: &str) -> (String, String, u16, bool) {
    let error = receiver.open(query, body).err().unwrap_or_else(|| panic!("{what} was taken"));
    assert!(error.is_forged(), "{what}: {error}");
    told(&error)
}

/// The query with another value of a parameter.
fn with(query: &str, name: &str, value: &str) -> String {
    let pairs = query.split('&').map(|pair| match pair.split_once('=') {
        Some((own, _)) if own == name => format!("{name}={value}"),
        _ => pair.to_owned(),
    });
    pairs.collect::<Vec<_>>().join("&")
}

fn without(query: &str, name: &str) -> String {
    query.split('&').filter(|pair| !pair.starts_with(&format!("{name}="))).collect::<Vec<_>>().join("&")
}

#[test]
fn every_fault_of_authenticity_looks_the_same() {
    let receiver = receiver().build().expect("a receiver");
    let names = &scheme().query;
    for (name, xml, json) in examples().into_iter().take(3) {
        for message in [xml.trim_end(), json.trim_end()] {
            let mut all = Vec::new();
            let mut refuse = |query: &str, body: &[u8], what: &str| all.push(forged(&receiver, query, body, what));
            let good = signer().encrypted(message);
            assert!(receiver.open(&good.query, &good.body).is_ok(), "{name}");
            let zeros = "0".repeat(40);
            for parameter in [names.signature, names.sealed, names.timestamp, names.nonce] {
                refuse(&with(&good.query, parameter, &zeros), &good.body, parameter);
                refuse(&with(&good.query, parameter, ""), &good.body, parameter);
                refuse(&format!("{}&{parameter}={zeros}", good.query), &good.body, "a parameter that is there twice");
            }
            for parameter in [names.sealed, names.timestamp, names.nonce] {
                refuse(&without(&good.query, parameter), &good.body, parameter);
            }
            refuse("", &good.body, "no query");
            refuse(&good.query, b"", "no body");
            refuse(&good.query, message.as_bytes(), "the message as it is");
            for (what, sent) in strangers(message) {
                refuse(&sent.query, &sent.body, what);
            }
            // Taken out of an encrypted push: the query alone proves nothing of a plain body.
            let plain_query = without(&without(&good.query, names.sealed), names.cipher);
            refuse(&plain_query, message.as_bytes(), "a plain push with the query of an encrypted one");
            for cut in [1, 2, 3, 17, 64] {
                refuse(&good.query, &cut_sealed(&good, cut), "base64 that is cut");
            }
            all.dedup();
            assert_eq!(all.len(), 1, "one word for all: {all:?}");
            assert_eq!(all[0].0, "the push is not authentic");
        }
    }
}

/// What others sign, or sign for others.
fn strangers(message: &str) -> Vec<(&'static str, SignedPush)> {
    let now = now();
    vec![
        ("another token", Signer::new("another").app_id(ID).aes_key(KEY).encrypted(message)),
        ("another account", Signer::new(TOKEN).app_id("wx0000000000000000").aes_key(KEY).encrypted(message)),
        ("no account", Signer::new(TOKEN).aes_key(KEY).encrypted(message)),
        ("a longer account", Signer::new(TOKEN).app_id(format!("{ID}0")).aes_key(KEY).encrypted(message)),
        ("another key", Signer::new(TOKEN).app_id(ID).aes_key(OTHER_KEY).encrypted(message)),
        ("a plain push", signer().plain(message)),
        ("a push of long ago", signer().at(now - 700).encrypted(message)),
        ("a push of 1970", signer().at(0).encrypted(message)),
        ("a push of the future", signer().at(now + 700).encrypted(message)),
        ("a push of the far future", signer().at(u64::MAX).encrypted(message)),
    ]
}

/// The body with less of what is encrypted.
fn cut_sealed(sent: &SignedPush, letters: usize) -> Vec<u8> {
    let body = String::from_utf8(sent.body.clone()).expect("text");
    let sealed = body.split(['"', '[', ']']).max_by_key(|part| part.len()).expect("what is encrypted");
    body.replace(sealed, &sealed[..sealed.len() - letters]).into_bytes()
}

/// Each letter of what is encrypted, changed and signed anew by one who knows the token and not the key: padding, length,
/// account and message are hit, and no fault differs from another.
#[test]
fn faults_of_padding_look_like_all_others() {
    let receiver = receiver().build().expect("a receiver");
    let names = &scheme().query;
    let good = signer().at(now()).nonce("7").encrypted("<xml><Event>x</Event></xml>");
    let body = String::from_utf8(good.body.clone()).expect("text");
    let sealed = body.split(['[', ']']).max_by_key(|part| part.len()).expect("what is encrypted").to_owned();
    let (mut all, mut taken) = (Vec::new(), 0);
    for at in 0..sealed.len() {
        let mut changed = sealed.clone().into_bytes();
        changed[at] = if changed[at] == b'A' { b'B' } else { b'A' };
        let changed = String::from_utf8(changed).expect("text");
        let signature = sha1_of(&[TOKEN, &now().to_string(), "7", &changed]);
        let outer = sha1_of(&[TOKEN, &now().to_string(), "7"]);
        let query = with(&good.query, names.sealed, &signature);
        let query = with(&with(&query, names.timestamp, &now().to_string()), names.signature, &outer);
        match receiver.open_message(&query, body.replace(&sealed, &changed).as_bytes()) {
            // The random bytes of the first block mean nothing, and one of the message changes the message.
            Ok(_) => taken += 1,
            Err(error) => all.push(told(&error)),
        }
    }
    assert!(all.len() > 40 && taken > 10, "{} refused, {taken} taken", all.len());
    all.dedup();
    assert_eq!(all.len(), 1, "{all:?}");
}

/// The signature by a plain way: the command that every machine has.
fn sha1_of(parts: &[&str]) -> String {
    let mut parts = parts.to_vec();
    parts.sort_unstable();
    crate::vectors::sha1_hex(parts.concat().as_bytes())
}

#[test]
fn what_was_in_use_before_is_taken_while_it_is_given() {
    let old = || Signer::new("old-token").app_id(ID).aes_key(OTHER_KEY);
    let message = "<xml><Event>x</Event></xml>";
    for (what, sent) in ways(&old(), message) {
        let new = receiver().also_plain().build().expect("a receiver");
        assert!(new.open(&sent.query, &sent.body).expect_err(what).is_forged());
        let both = receiver().also_plain().previous_key(OTHER_KEY).previous_token("old-token");
        let both = both.build().expect("a receiver");
        assert!(both.open(&sent.query, &sent.body).is_ok(), "{what}");
        let sent = &ways(&signer(), message).into_iter().find(|(own, _)| *own == what).expect("the same").1;
        assert!(both.open(&sent.query, &sent.body).is_ok(), "{what} of now");
    }
}

#[test]
fn clocks_may_differ_within_the_window() {
    let message = "<xml><Event>x</Event></xml>";
    let within = |window: u64, at: u64| {
        let receiver = receiver().window(Duration::from_secs(window)).build().expect("a receiver");
        let sent = signer().at(at).encrypted(message);
        receiver.open(&sent.query, &sent.body).is_ok()
    };
    for (ago, taken) in [(0, true), (500, true), (700, false)] {
        assert_eq!(within(600, now() - ago), taken, "{ago} s ago");
        assert_eq!(within(600, now() + ago), taken, "in {ago} s");
    }
    assert!(within(u64::MAX, 0) && within(u64::MAX, u64::MAX));
}

#[test]
fn size_comes_before_all_else() {
    let receiver = receiver().max_bytes(1000).build().expect("a receiver");
    let error = receiver.open("", &[b'x'; 1001]).expect_err("too large");
    assert!(error.is_too_large() && error.status() == 413 && error.to_string().contains("1000"), "{error}");
    assert!(receiver.open("", &[b'x'; 1000]).expect_err("not signed").is_forged());
    assert!(receiver.open(&"x".repeat(9_000), b"").expect_err("too large").is_too_large());
    let deep = signer().encrypted("<a>".repeat(17));
    let error = receiver.open(&deep.query, &deep.body).expect_err("deep");
    assert!(error.is_unreadable() && error.to_string().contains("nested"), "{error}");
    let deep = signer().encrypted(format!("{{\"a\":{}", "[".repeat(300)));
    assert!(receiver.open(&deep.query, &deep.body).expect_err("deep").is_unreadable());
}

#[test]
fn a_receiver_is_set_up_rightly_or_not_at_all() {
    let wrong = [
        (Receiver::builder(""), "token"),
        (Receiver::builder(TOKEN).aes_key(KEY), "id"),
        (Receiver::builder(TOKEN).aes_key(KEY).app_id(""), "id"),
        (Receiver::builder(TOKEN).app_id(ID).aes_key("short"), "43 letters"),
        (receiver().previous_key("short"), "43 letters"),
        (receiver().previous_token(""), "token"),
    ];
    for (builder, word) in wrong {
        let error = builder.build().expect_err(word);
        assert!(error.to_string().contains(word), "{error}");
        assert!(![TOKEN, KEY, "short"].iter().any(|secret| format!("{error:?} {error}").contains(secret)));
    }
}

#[test]
fn secrets_never_show() {
    let builder = receiver().previous_key(OTHER_KEY).previous_token("old-token");
    let mut shown = format!("{builder:?} {builder:#?} {:?}", signer());
    let receiver = builder.build().expect("a receiver");
    let sent = signer().encrypted("<xml><Event>x</Event><Ticket>hush-hush</Ticket></xml>");
    let push = receiver.open(&sent.query, &sent.body).expect("a push");
    shown += &format!("{receiver:?} {receiver:#?} {sent:?} {push:?} {push:#?}");
    for secret in [TOKEN, KEY, OTHER_KEY, "old-token", "hush-hush"] {
        assert!(!shown.contains(secret), "{secret}: {shown}");
    }
    assert!(shown.contains(ID) && shown.contains("Ticket: (redacted)"), "{shown}");
}
