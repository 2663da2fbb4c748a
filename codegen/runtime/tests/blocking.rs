//! The client that blocks: the same results as those of the client for async code, from any thread, and no panic anywhere.
#![cfg(feature = "blocking")]
#![allow(clippy::unwrap_used, reason = "a test may panic")]

#[macro_use]
mod common;
mod server;

use std::io::{Read, Write};
use std::net::TcpListener;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};
use std::thread;
use std::time::{Duration, Instant};

use common::{GET, Get, Nothing, Spend, Thing};
use server::{Reply, Server};
use tokio::runtime::{Builder, Runtime};
use tokio::task::LocalSet;
use weixin_runtime::blocking::Client;
use weixin_runtime::*;

static ISSUE: TokenIssue = TokenIssue {
    meta: &Meta { name: "Issue", path: "/issue", token_param: "", paging: None, success: &["key"], ..GET },
    id: "who",
    secret: "hush",
    fixed: &[],
    force: None,
    token: "key",
    expires_in: "for",
};

object! {
    /// Pays, in the name of an account.
    Pay 0 {}
}
unchecked!(Pay);
endpoint!(Pay -> Nothing = Meta { path: "/pay", issue: Some(&ISSUE), paging: None, success: &[], ..GET });

object! {
    /// Asks for numbers.
    Count 0 { from: Option<u64> = "from", day: Option<String> = "day", end: Option<String> = "end" }
}
unchecked!(Count);
endpoint!(Count -> Numbers = Meta {
    paging: Some(Paging {
        items: "rows",
        page: Page::Offset { offset: "from" },
        end: PageEnd::Empty,
        end_error: None,
        overlap: false,
    }),
    success: &["rows"],
    ..GET
});

object! {
    /// A page of numbers.
    Numbers 0 { rows: Vec<u64> = "rows" }
}

impl Paged for Count {
    type Item = u64;

    fn items(response: Numbers) -> Vec<u64> {
        response.rows
    }
}

impl Spanned for Count {
    const WINDOW: DayWindow = DayWindow { from: "day", to: "end", days: 10, before_today: None };
}

/// As generated code has them.
impl Get {
    fn sent<C: Caller>(&self, client: &C) -> C::Sending<Thing> {
        Caller::send(client, self)
    }

    fn sent_raw<C: Caller>(&self, client: &C) -> C::Sending<RawResponse> {
        Caller::send_raw(client, self)
    }
}

impl Count {
    const ALL: Count = Count { from: None, day: None, end: None };

    fn all_pages<C: Caller>(&self, client: &C) -> C::Pages<Self> {
        Caller::pages(client, self)
    }

    fn all_items<C: Caller>(&self, client: &C) -> C::Items<Self> {
        Caller::items(client, self)
    }
}

/// A server that has a runtime to itself.
struct Served {
    server: Server,
    _runtime: Runtime,
}

fn serve(reply: impl Fn(&server::Request) -> Reply + Send + Sync + 'static) -> Served {
    let runtime = Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
    let server = runtime.block_on(Server::answering(reply));
    Served { server, _runtime: runtime }
}

fn things() -> Served {
    serve(|_| Reply::json(r#"{"rc":0,"id":5}"#))
}

impl Served {
    fn client(&self) -> Client {
        Client::builder().base_url(&self.server.url).access_token("a-token").retries(Retries::never()).build().unwrap()
    }

    fn seen(&self) -> usize {
        self.server.requests().len()
    }
}

#[test]
fn a_call_returns_its_result() {
    let served = things();
    let client = served.client();
    assert_eq!(client.send(&Get::new("a")).unwrap().id, 5);
    assert_eq!(client.inspect(&Get::new("a")).unwrap().value.id, 5);
    assert!(client.send_raw(&Get::new("a")).unwrap().text().contains(r#""id":5"#));
    assert!(client.send(&Get::new("a name that is too long")).unwrap_err().is_invalid());
    assert_eq!(served.seen(), 3);
    assert!(served.server.requests()[0].line.starts_with("POST /thing/get?token=a-token "));
    let refused = serve(|_| Reply::json(r#"{"rc":7,"said":"no"}"#));
    let error = refused.client().send(&Spend {}).unwrap_err();
    assert_eq!((error.code(), error.errmsg()), (Some(7), Some("no")));
    assert!(Client::builder().build().unwrap_err().to_string().contains("none of app"));
}

#[test]
fn a_request_takes_either_client_and_what_points_to_it() {
    let served = things();
    let client = served.client();
    let get = Get::new("a");
    assert_eq!(get.sent(&client).unwrap().id, 5);
    assert_eq!(get.sent(&&client).unwrap().id, 5);
    assert_eq!(get.sent(&Arc::new(client.clone())).unwrap().id, 5);
    assert!(get.sent_raw(&Box::new(client)).unwrap().text().contains('5'));
    let runtime = Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let client = weixin_runtime::Client::builder().base_url(&served.server.url).access_token("t").build().unwrap();
        assert_eq!(get.sent(&client).await.unwrap().id, 5);
        assert_eq!(get.sent(&Arc::new(client)).await.unwrap().id, 5);
    });
    assert_eq!(served.seen(), 6);
}

#[test]
fn many_threads_share_a_client() {
    const THREADS: usize = 24;
    let served = things();
    let client = served.client();
    let done = AtomicUsize::new(0);
    thread::scope(|scope| {
        for _ in 0..THREADS {
            scope.spawn(|| {
                for _ in 0..20 {
                    assert_eq!(client.clone().send(&Get::new("a")).unwrap().id, 5);
                    done.fetch_add(1, SeqCst);
                }
            });
        }
    });
    assert_eq!((done.load(SeqCst), served.seen()), (THREADS * 20, THREADS * 20));
}

#[test]
fn calls_of_many_threads_wait_side_by_side() {
    let served = serve(|_| Reply::Hang);
    let client = served.client().with_timeout(Duration::from_millis(300));
    let begin = Instant::now();
    thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| assert!(client.send(&Spend {}).unwrap_err().is_timeout()));
        }
    });
    let took = begin.elapsed();
    assert!(took >= Duration::from_millis(300) && took < Duration::from_millis(1500), "{took:?}");
    assert_eq!(served.seen(), 8);
}

fn assert_told(client: &Client) {
    let error = client.send(&Get::new("a")).unwrap_err();
    let told = error.to_string();
    assert!(told.starts_with("POST /thing/get: ") && told.contains("inside async code"), "{told}");
    assert!(told.contains("spawn_blocking"), "{told}");
    assert!(!error.is_retryable());
    let mut pages = client.pages(&Count::ALL);
    assert!(pages.next().unwrap().is_err() && pages.next().is_none(), "an error ends it");
}

#[test]
fn inside_async_code_an_error_says_what_to_do() {
    let served = things();
    let client = served.client();
    for threads in [1, 2] {
        let runtime = match threads {
            1 => Builder::new_current_thread().enable_all().build().unwrap(),
            _ => Builder::new_multi_thread().worker_threads(threads).enable_all().build().unwrap(),
        };
        runtime.block_on(async { assert_told(&client) });
        let in_task = client.clone();
        runtime.block_on(runtime.spawn(async move { assert_told(&in_task) })).unwrap();
        let local = LocalSet::new();
        let in_local = client.clone();
        runtime.block_on(local.run_until(async {
            tokio::task::spawn_local(async move { assert_told(&in_local) }).await.unwrap();
        }));
        // Setting up and dropping a client is allowed everywhere.
        runtime.block_on(async { drop(served.client()) });
    }
    assert_eq!(served.seen(), 0);
}

#[test]
fn where_blocking_is_allowed_it_works() {
    let served = things();
    let client = served.client();
    let runtime = Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
    let call = |client: Client| move || client.send(&Get::new("a")).unwrap().id;
    assert_eq!(runtime.block_on(runtime.spawn_blocking(call(client.clone()))).unwrap(), 5);
    let in_place = call(client.clone());
    assert_eq!(runtime.block_on(runtime.spawn(async { tokio::task::block_in_place(in_place) })).unwrap(), 5);
    let _entered = runtime.enter();
    assert_eq!(call(client)(), 5);
    assert_eq!(served.seen(), 3);
}

/// Its first token comes with a panic.
struct Panicking(AtomicUsize);

impl TokenSource for Panicking {
    fn token(&self) -> BoxFuture<'_, Result<AccessToken, Error>> {
        Box::pin(async {
            assert!(self.0.fetch_add(1, SeqCst) > 0, "no token yet");
            Ok(AccessToken::new("late"))
        })
    }
}

#[test]
fn a_panic_of_a_token_source_ends_its_call_alone() {
    let served = things();
    let client = served.client().for_token_source(Panicking(AtomicUsize::new(0)));
    let same = client.clone();
    thread::spawn(move || same.send(&Get::new("a"))).join().unwrap_err();
    assert_eq!(client.send(&Get::new("a")).unwrap().id, 5);
    assert!(served.server.requests()[0].line.contains("token=late "));
}

#[test]
fn tokens_of_an_account_are_got_once_for_all_threads() {
    let served = serve(|request| match request.line.starts_with("POST /issue ") {
        true => Reply::json(r#"{"key":"a-key","for":7200}"#),
        false => Reply::json(if request.line.contains("token=a-key ") { r#"{"rc":0}"# } else { r#"{"rc":7}"# }),
    });
    let client = served.client().for_account(Account::new("me", "the secret"));
    thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| client.send(&Pay {}).unwrap());
        }
    });
    let issued = served.server.requests().iter().filter(|request| request.line.starts_with("POST /issue ")).count();
    assert_eq!((issued, served.seen()), (1, 9));
    assert!(!format!("{client:?}").contains("secret"));
}

#[test]
fn long_lists_and_long_times_are_iterators() {
    let served = serve(|request| {
        let body: serde_json::Value = serde_json::from_slice(&request.body).unwrap();
        match body["from"].as_u64().unwrap_or(0) {
            9 => Reply::json(r#"{"rc":-1}"#),
            from => Reply::json(&serde_json::json!({ "rows": [from, from + 1, from + 2] }).to_string()),
        }
    });
    let client = served.client();
    let mut items = Count::ALL.all_items(&client);
    let numbers: Vec<u64> = items.by_ref().take(9).map(Result::unwrap).collect();
    assert_eq!(numbers, [0, 1, 2, 3, 4, 5, 6, 7, 8]);
    assert_eq!(served.seen(), 3, "no page is asked for before it is wanted");
    assert!(items.next().unwrap().unwrap_err().is_busy());
    assert_eq!((items.rest().unwrap().from, items.next().is_none()), (Some(9), true));
    let pages: Vec<_> = Count::ALL.all_pages(&client).map(|page| page.map(|page| page.rows.len()).ok()).collect();
    assert_eq!(pages, [Some(3), Some(3), Some(3), None]);
    let before = served.seen();
    let mut responses = Spans::new(&Count::ALL, "2026-11-01", "2026-11-25").send(&client);
    assert_eq!(responses.next().unwrap().unwrap().rows, [0, 1, 2]);
    assert_eq!(responses.rest().len(), 2);
    assert_eq!((responses.count(), served.seen() - before), (2, 3));
}

#[test]
fn the_last_clone_closes_the_connections() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let server = thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
        let mut buffer = [0; 4096];
        assert!(stream.read(&mut buffer).unwrap() > 0);
        stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 15\r\n\r\n{\"rc\":0,\"id\":5}").unwrap();
        // The end of the connection.
        let begin = Instant::now();
        (stream.read(&mut buffer).unwrap(), begin.elapsed())
    });
    let client = Client::builder().base_url(url).access_token("t").build().unwrap();
    let (items, clone) = (client.items(&Count::ALL), client.clone());
    assert_eq!(client.send(&Get::new("a")).unwrap().id, 5);
    drop((client, items));
    thread::sleep(Duration::from_millis(200));
    assert!(!server.is_finished(), "a clone keeps the connection");
    drop(clone);
    let (read, after) = server.join().unwrap();
    assert!(read == 0 && after < Duration::from_secs(10), "{after:?}");
}
