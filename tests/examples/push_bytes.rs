//! Pushes without any server: bytes in, bytes out, for whatever takes requests.
//!
//! ```text
//! cargo run -p weixin-tests --example push_bytes
//! ```
//!
//! A program of your own says `weixin::push::Receiver` and turns on the feature `push` of `weixin`.

use std::error::Error;

use weixin::event::Event;
use weixin_runtime::push::{Received, Receiver, Signer};

const TOKEN: &str = "the token that was set up";
const ID: &str = "wx5d3a9b7c1e2f4a60";
const KEY: &str = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG";

/// The status and the body of the answer to a request.
async fn answer(receiver: &Receiver<Event>, query: &str, body: &[u8]) -> (u16, String) {
    match receiver.receive(query, body).await {
        Ok(Received::Push(push)) => {
            println!("worked on {:?}", push.event());
            (200, receiver.answer().to_owned())
        }
        Ok(Received::Repeat) => (200, receiver.answer().to_owned()),
        Ok(Received::Check(echo)) => (200, echo),
        Err(error) => (error.status(), error.to_string()),
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let receiver = Receiver::builder(TOKEN).app_id(ID).aes_key(KEY).build()?;
    let signer = Signer::<Event>::new(TOKEN).app_id(ID).aes_key(KEY);

    let check = signer.encrypted_check("5927839045");
    assert_eq!(answer(&receiver, &check, b"").await, (200, "5927839045".to_owned()));

    let sent = signer.encrypted("<xml><ToUserName>gh_7c2e90d41b5f</ToUserName><Event>first</Event></xml>");
    for time in ["the first time", "the second time"] {
        let answer = answer(&receiver, &sent.query, &sent.body).await;
        println!("{time}: {answer:?}");
        assert_eq!(answer.0, 200);
    }
    let forged = answer(&receiver, &sent.query.replace("nonce=", "nonce=1"), &sent.body).await;
    println!("forged: {forged:?}");
    assert_eq!(forged.0, 403);
    Ok(())
}
