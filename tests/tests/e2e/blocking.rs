//! Every example of the spec with the client that blocks: what is sent and what is read is the same as with the other one.

use tokio::task::spawn_blocking;
use weixin::Retries;
use weixin_runtime::blocking;

use crate::dispatch;
use crate::examples::{assert_sent, request};
use crate::support::{Reply, Server, TOKEN};

fn client(server: &Server) -> blocking::Client {
    let builder = blocking::Client::builder().base_url(&server.url).access_token(TOKEN);
    builder.retries(Retries::never()).build().expect("the client is set up")
}

#[tokio::test]
async fn every_example_goes_over_the_wire_without_async() {
    let model = weixin_tests::real();
    let mut sent = 0;
    for endpoint in &model.endpoints {
        for example in &endpoint.examples {
            let Some(body) = example.response.as_ref().or(example.error.as_ref()) else { continue };
            let server = Server::start(vec![Reply::json(body)]).await;
            let (request, path) = (request(&model, endpoint, example), endpoint.path.clone());
            let (blocking, again) = (client(&server), request.clone());
            let outcome =
                spawn_blocking(move || dispatch::send_blocking(&path, &again, &blocking)).await.expect("no panic");
            assert_sent(endpoint, example, &server, &server.only());
            let awaited = dispatch::send(&endpoint.path, &request, &server.client()).await;
            let told = |error: weixin::Error| format!("{error:?}");
            assert_eq!(outcome.map_err(told), awaited.map_err(told), "{}", endpoint.path);
            sent += 1;
        }
    }
    assert!(sent >= model.endpoints.len(), "{sent}");
}
