//! A fake, and a client that calls it.

use std::time::Duration;

use weixin::{Client, Retries};
use weixin_fake::Server;

/// Retries come at once, so that tests take no time.
pub(crate) async fn started() -> (Server, Client) {
    let server = Server::start().await.expect("a free port");
    let (id, secret) = server.account();
    let retries = Retries::new().pauses(Duration::from_millis(1), Duration::from_millis(1));
    let client = Client::builder().base_url(server.url()).app(id, secret).retries(retries).build();
    let client = client.expect("a client");
    (server, client)
}
