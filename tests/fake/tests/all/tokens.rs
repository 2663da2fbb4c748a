//! Access tokens, as the real client gets them.

use weixin::cgi_bin::{StableToken, Token};
use weixin::{Client, Error, card};
use weixin_fake::{Fault, Plan, Server};

async fn started() -> (Server, Client) {
    let server = Server::start().await.expect("a free port");
    let (id, secret) = server.account();
    let client = Client::builder().base_url(server.url()).app(id, secret).build().expect("a client");
    (server, client)
}

#[tokio::test]
async fn the_client_gets_a_token_by_itself() {
    let (server, client) = started().await;
    let colors = card::GetColors::new().send(&client).await.unwrap();
    assert!(!colors.colors.is_empty());
    assert_eq!(server.received::<StableToken>().len(), 1);
    assert_eq!(server.received::<card::GetColors>().len(), 1);
}

#[tokio::test]
async fn a_stable_token_is_the_same_again_and_lives_two_hours() {
    let (server, client) = started().await;
    let (id, secret) = server.account();
    let request = StableToken::new("client_credential", id, secret);
    let first = request.send(&client).await.unwrap();
    server.advance(6_000);
    let again = request.send(&client).await.unwrap();
    assert_eq!((first.access_token.clone(), 7_200, 1_200), (again.access_token, first.expires_in, again.expires_in));
    server.advance(1_000);
    assert_ne!(request.send(&client).await.unwrap().access_token, first.access_token);
}

#[tokio::test]
async fn an_old_token_dies_after_the_overlap() {
    let (server, client) = started().await;
    let (id, secret) = server.account();
    let request = Token::new("client_credential", id, secret);
    let first = request.send(&client).await.unwrap().access_token;
    request.send(&client).await.unwrap();
    let old = Client::builder().base_url(server.url()).access_token(first.as_str()).build().unwrap();
    card::GetColors::new().send(&old).await.unwrap();
    server.advance(301);
    let error = card::GetColors::new().send(&old).await.unwrap_err();
    assert_eq!(error.code(), Some(42001), "{error}");
}

#[tokio::test]
async fn a_wrong_secret_and_a_wrong_id_are_refused() {
    let (server, client) = started().await;
    let (id, _) = server.account();
    let error = |request: StableToken| {
        let client = client.clone();
        async move { request.send(&client).await.unwrap_err() }
    };
    assert_eq!(error(StableToken::new("client_credential", id, "0")).await.code(), Some(40125));
    assert_eq!(error(StableToken::new("client_credential", "wx0", "0")).await.code(), Some(40013));
}

#[tokio::test]
async fn a_failure_comes_when_it_is_asked_for() {
    let (server, client) = started().await;
    server.fail(Plan::new(Fault::Code(45009)).at("/card/getcolors").times(1));
    let error: Error = card::GetColors::new().send(&client).await.unwrap_err();
    assert!(error.is_quota(), "{error}");
    card::GetColors::new().send(&client).await.unwrap();
}
