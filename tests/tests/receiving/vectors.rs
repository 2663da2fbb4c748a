//! Known values: those that the documents of the scheme publish, and others that were computed with `openssl enc
//! -aes-256-cbc -nopad` and `sha1sum`.

use std::time::Duration;

use sha1::{Digest, Sha1};
use weixin_runtime::push::Format;

use crate::support::{Receiver, scheme};

/// The SHA-1 of bytes, without the crate that is tested.
pub(crate) fn sha1_hex(bytes: &[u8]) -> String {
    Sha1::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The example of the page on encryption: token, key, account, time, nonce, what is encrypted, signature and message.
const PUBLISHED: [&str; 8] = [
    "QDG6eK",
    "jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C",
    "wx5823bf96d3bd56c7",
    "1409659813",
    "1372623149",
    "RypEvHKD8QQKFhvQ6QleEB4J58tiPdvo+rtK1I9qca6aM/wvqnLSV5zEPeusUiX5L5X/0lWfrf0QADHHhGd3QczcdCUpj911L3vg3W/sYYvuJTs3TUUk\
     SUXxaccAS0qhxchrRYt66wiSpGLYL42aM6A8dTT+6k4aSknmPj48kzJs8qLjvd4Xgpue06DOdnLxAUHzM6+kDZ+HMZfJYuR+LtwGc2hgf5gsijff0ekU\
     NXZiqATP7PF5mZxZ3Izoun1s4zG4LUMnvw2r+KqCKIw+3IQH03v+BCA9nMELNqbSf6tiWSrXJB3LAVGUcallcrw8V2t9EL4EhzJWrQUax5wLVMNS0+rU\
     PA3k22Ncx4XXZS9o0MBH27Bo6BpNelZpS+/uh9KsNlY6bHCmJU9p8g7m3fVKn28H3KDYA5Pl/T8Z1ptDAVe0lXdQ2YoyyH2uyPIGHBZZIs2pDBS8R07+\
     qN+E7Q==",
    "477715d11cdb4164915debcba66cb864d751f3e6",
    "<Content><![CDATA[hello]]></Content>",
];

/// Two that were computed.
const COMPUTED: [[&str; 8]; 2] = [
    [
        "pamtest",
        "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG",
        "wxb11529c136998cb6",
        "1409304348",
        "xxxxxx",
        "jn1L23DB+6ELqJ+6bruv296iQvQjwqP9NjSAVK0Rcoz6tqDvwjOwhmlLXAQsOMaF7Hcbnj1w193c9i1jz9vWE558FCeMnz6a92OclMlq0kLYkCk2\
         doKFR48uDrp7bprW5biy7RBjvodJ6hByhL63JHK/0BCssXu+4eWl1SMeQE72r58sdyobCg1etEX/s0iya5eIKOMr/dzXgodQGUrJLoPNR5e7/WOr\
         sAW0jxlGjJEtFVpDDzNqmHz/AOoaZXpy",
        "fe7dcdf5ab0f4db49b7f947b960f05b5da645b21",
        "<Event><![CDATA[card_pass_check]]></Event>",
    ],
    [
        "pamtest",
        "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG",
        "wxb11529c136998cb6",
        "1409304348",
        "xxxxxx",
        "jn1L23DB+6ELqJ+6bruv24HNc5+oX0zWl+ZEy/vCpKHPuEp/0DvcxhLjMNaBo6hf5Ue4t6hrSODP/iU27i6wZw==",
        "cbf702afdd33a2b5e3dc56c81a83e08861cce585",
        "中文消息 plus text",
    ],
];

fn receiver(token: &str, key: &str, id: &str) -> Receiver {
    // They were signed years ago.
    let builder = Receiver::builder(token).aes_key(key).app_id(id).window(Duration::MAX);
    builder.build().expect("a receiver")
}

fn query(names: [&str; 3], values: [&str; 3]) -> String {
    let pairs: Vec<String> = names.iter().zip(values).map(|(name, value)| format!("{name}={value}")).collect();
    pairs.join("&")
}

#[test]
fn known_values_are_opened() {
    let names = &scheme().query;
    for [token, key, id, time, nonce, sealed, signature, message] in [PUBLISHED, COMPUTED[0], COMPUTED[1]] {
        let receiver = receiver(token, key, id);
        let query = query([names.sealed, names.timestamp, names.nonce], [signature, time, nonce]);
        let element = scheme().envelope.sealed;
        for body in [
            format!("<xml><{element}><![CDATA[{sealed}]]></{element}></xml>"),
            format!("<xml>\n<A><![CDATA[<{element}>zz</{element}>]]></A><{element}>\n{sealed}\n</{element}></xml>"),
            format!("{{\"A\":1,\"{element}\":\"{}\"}}", sealed.replace('/', "\\/")),
        ] {
            let opened = receiver.open_message(&query, body.as_bytes()).expect(message);
            assert!(String::from_utf8(opened).expect("text").contains(message), "{message}");
        }
    }
}

#[test]
fn the_published_check_of_an_address_is_answered() {
    let [token, key, id, ..] = PUBLISHED;
    let names = &scheme().query;
    let query = query(
        [names.sealed, names.timestamp, names.nonce],
        ["5c45ff5e21c57e6ad56bac8758b79b1d9ac89fd3", "1409659589", "263014780"],
    );
    let echo = "P9nAzCzyDtyTWESHep1vC5X9xho%2FqYX3Zpb4yKa9SKld1DsH3Iyt3tP3zNdtp%2B4RPcs8TgAE7OaBO%2BFZXvnaqQ%3D%3D";
    let query = format!("{query}&{}={echo}", names.echo);
    assert_eq!(receiver(token, key, id).check(&query).expect("a check").as_deref(), Some("1616140317555161061"));
}

#[test]
fn a_plain_signature_is_the_hash_of_three_texts_in_order() {
    let names = &scheme().query;
    let receiver = Receiver::builder("pamtest").window(Duration::MAX).build().expect("a receiver");
    let query = |signature| query([names.signature, names.timestamp, names.nonce], [signature, "1409304348", "xxxxxx"]);
    let push = receiver.open(&query("76480565cbe296026c53aaacd1ad523a1ddba24f"), b"<xml><Event>x</Event></xml>");
    assert_eq!(push.expect("authentic").format(), Format::Xml);
    assert!(receiver.open(&query("76480565cbe296026c53aaacd1ad523a1ddba24e"), b"<xml/>").is_err());
    assert_eq!(sha1_hex(b"1409304348pamtestxxxxxx"), "76480565cbe296026c53aaacd1ad523a1ddba24f");
}
