//! Tickets: however many ask, one call of the endpoint that issues them; and what is signed with them.
#![cfg(all(feature = "client", feature = "jsapi"))]
#![allow(clippy::unwrap_used, reason = "a test may panic")]

#[macro_use]
mod common;
mod server;

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};
use std::time::Duration;

use common::GET;
use server::{Reply, Server};
use tokio::task::JoinSet;
use weixin_runtime::*;

const SECRET: &str = "0f1e2d3c4b5a69788796a5b4c3d2e1f0";

static TOKENS: TokenIssue = TokenIssue {
    meta: &Meta { name: "Tokens", path: "/tokens", token_param: "", paging: None, success: &["key"], ..GET },
    id: "who",
    secret: "hush",
    fixed: &[],
    force: None,
    token: "key",
    expires_in: "for",
};

static META: Meta = Meta {
    name: "Tickets",
    method: Method::Get,
    path: "/tickets",
    body: BodyKind::None,
    issue: Some(&TOKENS),
    query: &["kind"],
    paging: None,
    success: &["slip"],
    ..GET
};

static GATE: TicketIssue =
    TicketIssue { name: "gate", meta: &META, fixed: &[("kind", "\"gate\"")], ticket: "slip", expires_in: "for" };
static DOOR: TicketIssue = TicketIssue { name: "door", fixed: &[("kind", "\"door\"")], ..GATE };

/// Issues numbered tickets that are valid for so many seconds, or something else in their place.
async fn service(valid: u64, instead: Option<&'static str>) -> (Arc<AtomicUsize>, Server) {
    let count = Arc::new(AtomicUsize::new(0));
    let counted = count.clone();
    let server = Server::answering(move |request| {
        if request.line.starts_with("POST /tokens ") {
            return Reply::json(r#"{"key":"a-long-token","for":7200}"#);
        }
        std::thread::sleep(Duration::from_millis(30));
        let number = counted.fetch_add(1, SeqCst) + 1;
        let body = format!(r#"{{"rc":0,"slip":"slip-number-{number}","for":{valid}}}"#);
        Reply::json(instead.unwrap_or(&body))
    })
    .await;
    (count, server)
}

fn client(server: &Server) -> ClientBuilder {
    Client::builder().base_url(&server.url).app("wx1", SECRET)
}

async fn all(client: &Client, calls: usize) -> Vec<Result<Ticket, Error>> {
    let mut tasks = JoinSet::new();
    for _ in 0..calls {
        let client = client.clone();
        tasks.spawn(async move { client.ticket(&GATE).await });
    }
    tasks.join_all().await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_hundred_tasks_share_one_call() {
    let (count, server) = service(7200, None).await;
    let client = client(&server).build().unwrap();
    for ticket in all(&client, 200).await.into_iter().chain(all(&client, 200).await) {
        assert_eq!(ticket.unwrap().expose(), "slip-number-1");
    }
    assert_eq!(count.load(SeqCst), 1);
    let lines: Vec<String> = server.requests().into_iter().map(|request| request.line).collect();
    assert_eq!(lines, ["POST /tokens HTTP/1.1", "GET /tickets?token=a-long-token&kind=gate HTTP/1.1"]);
}

#[tokio::test]
async fn each_kind_and_each_account_has_its_own() {
    let (count, server) = service(7200, None).await;
    let client = client(&server).build().unwrap();
    let gate = client.ticket(&GATE).await.unwrap();
    assert_ne!(client.ticket(&DOOR).await.unwrap(), gate);
    assert_ne!(client.for_account(Account::new("wx2", SECRET)).ticket(&GATE).await.unwrap(), gate);
    assert_ne!(client.for_token_source(AccessToken::new("other")).ticket(&GATE).await.unwrap(), gate);
    assert_eq!(client.with_timeout(Duration::from_secs(9)).ticket(&GATE).await.unwrap(), gate);
    assert_eq!(count.load(SeqCst), 4);
}

#[tokio::test]
async fn clients_with_one_store_share_a_ticket() {
    let (count, server) = service(7200, None).await;
    let store = Arc::new(MemoryStore::new());
    let shared = || client(&server).token_store(store.clone()).build().unwrap();
    let (one, other) = (shared(), shared());
    let gate = one.ticket(&GATE).await.unwrap();
    assert_eq!(other.ticket(&GATE).await.unwrap(), gate);
    assert_eq!(count.load(SeqCst), 1);
    assert_eq!(store.load("wx1").await.unwrap().unwrap().token.expose(), "a-long-token");
    assert_eq!(store.load("wx1/ticket/gate").await.unwrap().unwrap().token.expose(), gate.expose());
    one.for_token_source(AccessToken::new("of another account")).ticket(&GATE).await.unwrap();
    assert_eq!(count.load(SeqCst), 2, "nobody knows whose token that is");
}

#[tokio::test]
async fn why_there_is_none_is_told() {
    let (count, server) = service(7200, Some(r#"{"rc":9,"said":"slow down"}"#)).await;
    let client = client(&server).retries(Retries::never()).build().unwrap();
    let errors: Vec<Error> = all(&client, 20).await.into_iter().map(Result::unwrap_err).collect();
    assert_eq!(count.load(SeqCst), 1, "one failure for all");
    for error in errors {
        assert_eq!((error.code(), error.is_quota(), error.is_token_problem()), (Some(9), true, false));
        let told = "GET /tickets: no ticket: GET /tickets: 9 too_fast: slow down";
        assert_eq!(error.to_string(), told);
        assert!(error.explain(Lang::En).starts_with("9 too_fast: too fast"), "{}", error.explain(Lang::En));
    }
}

#[tokio::test]
async fn what_may_hold_a_ticket_does_not_show() {
    let others = [r#"{"slap":"hush-hush-hush"}"#, r#"{"slip":["hush-hush-hush"]}"#, "hush-hush"];
    for instead in
        others.into_iter().chain([r#"{"rc":0,"slap":"hush-hush-hush"}"#, r#"{"rc":0,"slip":"hush-hush\u0000-hush"}"#])
    {
        let (_, server) = service(7200, Some(instead)).await;
        let client = client(&server).retries(Retries::never()).build().unwrap();
        let error = client.ticket(&GATE).await.unwrap_err();
        let shown = format!("{error} {error:?} {}", error.explain(Lang::En));
        assert!(shown.contains("there is no `slip` in it"), "{shown}");
        assert!(!shown.contains("hush"), "{shown}");
    }
    let shown = format!("{:?}", Ticket::new("hush"));
    assert_eq!(shown, "Ticket(redacted)");
}

#[tokio::test]
async fn without_an_access_token_there_is_no_ticket() {
    let client = Client::builder().base_url("http://127.0.0.1:9").app("wx1", AppSecret::from_env("UNSET_BY_ALL"));
    let error = client.build().unwrap().ticket(&GATE).await.unwrap_err();
    assert!(error.is_token_problem());
    assert!(error.to_string().starts_with("GET /tickets: no access token: "), "{error}");
}

object! {
    /// What a page needs signed.
    Pass 0 {
        code: Option<String> = "code", level: Option<u64> = "level", note: Option<String> = "note",
        signature: Option<String> = "signature"
    }
}

fn sign(pass: &Pass, beside: &[&str]) -> String {
    signature(pass, &["level", "code"], &Ticket::new(" slip-number-1\n"), beside)
}

#[test]
fn what_is_set_is_signed_and_nothing_else() {
    let pass = Pass { code: Some("码".to_owned()), level: Some(7), note: Some("a note".to_owned()), signature: None };
    assert_eq!(sign(&pass, &["é", "A"]), sorted_sha1(&["7", "A", "slip-number-1", "é", "码"]));
    let unset = Pass { code: None, level: None, ..pass.clone() };
    assert_eq!(sign(&unset, &[]), sorted_sha1(&["slip-number-1"]));
    assert_eq!(sign(&Pass { note: None, ..pass.clone() }, &[]), sign(&pass, &[]));
    assert_ne!(sign(&Pass { level: Some(8), ..pass.clone() }, &[]), sign(&pass, &[]));
}

#[test]
fn a_page_gets_an_object_or_a_text() {
    let pass = Pass { code: Some("a\"码".to_owned()), level: Some(7), note: None, signature: None };
    let json = r#"{"code":"a\"码","level":7}"#;
    assert_eq!(serde_json::to_string(&Signed::object(pass.clone())).unwrap(), json);
    let text = serde_json::to_string(&Signed::text(pass.clone())).unwrap();
    assert_eq!(serde_json::from_str::<String>(&text).unwrap(), json);
    let signed = Signed::text(pass.clone());
    assert_eq!((signed.to_json().as_str(), signed.level), (json, Some(7)));
    assert_ne!(signed, Signed::object(pass.clone()));
    assert_eq!(signed.into_inner(), pass);
}
