//! A receiver, a signer and every example of a push.

use std::time::{SystemTime, UNIX_EPOCH};

pub(crate) use weixin::event::Event;
use weixin_codegen::model::Event as Kind;
use weixin_runtime::push::{self, Protected, ReceiverBuilder, Scheme, SignedPush};

pub(crate) type Receiver = push::Receiver<Event>;
pub(crate) type Signer = push::Signer<Event>;

pub(crate) const TOKEN: &str = "spell-of-the-merchant";
pub(crate) const ID: &str = "wx5d3a9b7c1e2f4a60";
pub(crate) const KEY: &str = "kWxV7nQ2mZr5Tb8Yc1Hd4Jf6Lg9Ps3Ru0Ea2Oi5UwXq";
pub(crate) const OTHER_KEY: &str = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG";

pub(crate) fn receiver() -> ReceiverBuilder<Event> {
    Receiver::builder(TOKEN).app_id(ID).aes_key(KEY)
}

pub(crate) fn signer() -> Signer {
    Signer::new(TOKEN).app_id(ID).aes_key(KEY)
}

pub(crate) fn scheme() -> &'static Scheme {
    <Event as Protected>::SCHEME
}

pub(crate) fn now() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).expect("a clock").as_secs()
}

/// A message in each way in which it may be sent.
pub(crate) fn ways(signer: &Signer, message: &str) -> [(&'static str, SignedPush); 3] {
    [
        ("plain", signer.plain(message)),
        ("compatible", signer.compatible(message.trim_end())),
        ("encrypted", signer.encrypted(message.trim_end())),
    ]
}

/// Every example of a push: its name, its XML and its JSON.
pub(crate) fn examples() -> Vec<(String, String, String)> {
    let model = weixin_tests::real();
    let examples =
        model.events.iter().flat_map(|event| event.examples.iter().map(|example| (event.name.clone(), example)));
    let examples: Vec<_> = examples
        .map(|(name, example)| {
            let (xml, json) = (example.xml.clone().expect("XML"), example.json.as_ref().expect("JSON"));
            (name, xml, json.to_string())
        })
        .collect();
    assert!(examples.len() >= 18);
    examples
}

/// Every kind of push that requires more than it is known by, and the first field that it requires.
pub(crate) fn required() -> Vec<(Kind, String)> {
    let model = weixin_tests::real();
    let lacks = |event: &Kind| {
        let known = |name: &str| event.known_by.iter().any(|(known, _)| known == name);
        let field = event.object.fields.iter().find(|field| field.required && !known(&field.wire))?;
        Some((event.clone(), field.wire.clone()))
    };
    let found: Vec<_> = model.events.iter().filter_map(lacks).collect();
    assert!(!found.is_empty());
    found
}
