//! A server that takes pushes with axum, and is sent some by itself: answered at once, worked on one after the other, and
//! none lost when it ends.
//!
//! ```text
//! cargo run -p weixin-tests --example push_server
//! ```
//!
//! A program of your own says `weixin::push::Receiver` and turns on the feature `axum` of `weixin`.

use std::error::Error;
use std::time::Duration;

use tokio::net::TcpListener;
use tokio::sync::oneshot;
use weixin::event::Event;
use weixin_runtime::push::{Receiver, Signer};

const TOKEN: &str = "the token that was set up";
const ID: &str = "wx5d3a9b7c1e2f4a60";
const KEY: &str = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG";

/// What the platform would send: two pushes, and the first once more, because it saw no answer.
const MESSAGES: [&str; 3] = [
    "<xml><ToUserName>gh_7c2e90d41b5f</ToUserName><Event>first</Event><Number>1</Number></xml>",
    "{\"ToUserName\":\"gh_7c2e90d41b5f\",\"Event\":\"second\",\"Number\":2}",
    "<xml><ToUserName>gh_7c2e90d41b5f</ToUserName><Event>first</Event><Number>1</Number></xml>",
];

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let receiver = Receiver::<Event>::builder(TOKEN).app_id(ID).aes_key(KEY).build()?;
    let (service, mut inbox) = receiver.service(100);
    let worker = tokio::spawn(async move {
        let mut done = 0;
        while let Some(push) = inbox.next().await {
            // Work may take as long as it does: the push was answered already.
            tokio::time::sleep(Duration::from_millis(50)).await;
            println!("worked on {:?}", push.event());
            done += 1;
        }
        done
    });

    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let address = format!("http://{}/pushes", listener.local_addr()?);
    let (stop, stopped) = oneshot::channel::<()>();
    let server = axum::serve(listener, service.router("/pushes")).with_graceful_shutdown(async {
        let _ = stopped.await;
    });
    let server = tokio::spawn(server.into_future());

    let signer = Signer::<Event>::new(TOKEN).app_id(ID).aes_key(KEY);
    let http = reqwest::Client::new();
    for message in MESSAGES {
        let sent = signer.encrypted(message);
        let request = http.post(format!("{address}?{}", sent.query)).header("Content-Type", sent.content_type);
        let answer = request.body(sent.body).send().await?;
        println!("answered {} {:?}", answer.status(), answer.text().await?);
    }

    // The server takes nothing more, and what it took is worked on to the last.
    let _ = stop.send(());
    server.await??;
    let done = worker.await?;
    println!("{done} pushes were worked on");
    assert_eq!(done, 2, "the repeat was answered, and not worked on again");
    Ok(())
}
