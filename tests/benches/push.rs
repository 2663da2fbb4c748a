//! What it costs to receive a push, beside plain code that does the same work in the same run.
//!
//! ```text
//! cargo bench -p weixin-tests --bench push
//! ```
//!
//! Prints `NAME RATIO GOAL`: ours by theirs in time of the processor. Both sides are checked to give the same first.

mod shared;

use std::hint::black_box;
use std::time::Duration;

use aes::Aes256;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use cbc::cipher::block_padding::NoPadding;
use cbc::cipher::{BlockModeDecrypt, KeyIvInit};
use sha1::{Digest, Sha1};
use shared::figure::{header, pair, same};
use shared::{bodies, plain};
use weixin::event::Event;
use weixin_runtime::push::{Receiver, Signer};

const TOKEN: &str = "spell-of-the-merchant";
const ID: &str = "wx5d3a9b7c1e2f4a60";
const KEY: &str = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFE";

fn main() {
    header();
    read();
    for (name, message) in [("open an encrypted push", bodies::PUSH.to_owned()), ("open one of 16 KiB", long())] {
        open(name, &message);
    }
    receive();
}

fn long() -> String {
    let reason = "授权函印章不清晰 ".repeat(650);
    bodies::PUSH.replace("</xml>", &format!("<Note><![CDATA[{reason}]]></Note></xml>"))
}

/// Reading any push beside a derived struct of `quick-xml` that knows which it is.
fn read() {
    let name = "read any plain push";
    let ours = || match Event::from_xml(bodies::PUSH).unwrap_or_else(|error| panic!("{name}: {error}")) {
        Event::CardMerchantCheckResult(push) => push,
        other => panic!("{name}: {other:?}"),
    };
    let theirs = || {
        quick_xml::de::from_str::<plain::MerchantCheckResult>(bodies::PUSH)
            .unwrap_or_else(|error| panic!("{name}: {error}"))
    };
    same(name, &*ours(), &theirs());
    pair(name, 0.7, ours, theirs);
}

/// Opening an encrypted push beside the bare calls: SHA-1 over the same texts, base64, AES.
fn open(name: &str, message: &str) {
    let receiver = Receiver::<Event>::builder(TOKEN).app_id(ID).aes_key(KEY).window(Duration::MAX).build();
    let receiver = receiver.unwrap_or_else(|error| panic!("{name}: {error}"));
    let sent = Signer::<Event>::new(TOKEN).app_id(ID).aes_key(KEY).at(1_732_413_600).nonce("7").encrypted(message);
    let body = String::from_utf8_lossy(&sent.body).into_owned();
    let sealed = body.split(['[', ']']).max_by_key(|part| part.len()).unwrap_or_default();
    let key: [u8; 32] = key();
    let ours = || receiver.open_message(&sent.query, &sent.body).unwrap_or_else(|error| panic!("{name}: {error}"));
    let theirs = || bare(&key, sealed);
    assert_eq!(ours(), theirs(), "{name}: both sides open the message");
    pair(name, 1.3, ours, theirs);
}

fn key() -> [u8; 32] {
    let decoded = STANDARD.decode(format!("{KEY}=")).unwrap_or_default();
    let mut key = [0; 32];
    key.copy_from_slice(&decoded);
    key
}

/// Both signatures, the encoding and the cipher, with nothing around them.
fn bare(key: &[u8; 32], sealed: &str) -> Vec<u8> {
    let mut hash = Sha1::new();
    for part in ["1732413600", "7", TOKEN] {
        hash.update(black_box(part));
    }
    black_box(hash.finalize());
    let mut hash = Sha1::new();
    for part in ["1732413600", "7", sealed, TOKEN] {
        hash.update(black_box(part));
    }
    black_box(hash.finalize());
    let mut plain = STANDARD.decode(sealed).unwrap_or_default();
    let iv: &[u8; 16] = key.first_chunk().unwrap_or(&[0; 16]);
    let decryptor = cbc::Decryptor::<Aes256>::new(key.into(), iv.into());
    let opened = decryptor.decrypt_padded::<NoPadding>(&mut plain).is_ok();
    assert!(opened, "whole blocks");
    let length = plain.get(16..20).and_then(|bytes| Some(u32::from_be_bytes(*bytes.first_chunk()?)));
    let end = 20 + length.unwrap_or_default() as usize;
    plain.truncate(end);
    plain.drain(..20);
    plain
}

/// Receiving a push, opened and read, beside the bare calls and the derived struct.
fn receive() {
    let name = "receive an encrypted push";
    let receiver = Receiver::<Event>::builder(TOKEN).app_id(ID).aes_key(KEY).window(Duration::MAX).build();
    let receiver = receiver.unwrap_or_else(|error| panic!("{name}: {error}"));
    let sent = Signer::<Event>::new(TOKEN).app_id(ID).aes_key(KEY).at(1_732_413_600).nonce("7").encrypted(bodies::PUSH);
    let body = String::from_utf8_lossy(&sent.body).into_owned();
    let sealed = body.split(['[', ']']).max_by_key(|part| part.len()).unwrap_or_default();
    let key: [u8; 32] = key();
    let ours = || match receiver.open(&sent.query, &sent.body).map(weixin_runtime::push::Push::into_event) {
        Ok(Event::CardMerchantCheckResult(push)) => push,
        other => panic!("{name}: {other:?}"),
    };
    let theirs = || {
        let message = String::from_utf8(bare(&key, sealed)).unwrap_or_default();
        quick_xml::de::from_str::<plain::MerchantCheckResult>(&message)
            .unwrap_or_else(|error| panic!("{name}: {error}"))
    };
    same(name, &*ours(), &theirs());
    pair(name, 1.3, ours, theirs);
}
