//! Long lists, page by page and item by item, against a server that has them.
#![cfg(feature = "client")]
#![allow(clippy::unwrap_used, reason = "a test may panic")]

#[macro_use]
mod common;
mod server;

use std::future::poll_fn;
use std::pin::Pin;
use std::time::{Duration, Instant};

use common::GET;
use futures_core::{FusedStream, Stream};
use serde_json::json;
use server::{Reply, Request, Server};
use weixin_runtime::*;

object! {
    /// A page of numbers.
    Numbers 0 {
        rows: Vec<u64> = "rows",
        total: Option<u64> = "total",
        count: Option<u64> = "count",
        next: Option<u64> = "next",
    }
}

/// Requests for numbers, each with its own way to read on.
macro_rules! lists {
    ($($(#[$doc:meta])* $name:ident, $page:expr, $end:expr, $overlap:literal;)*) => {$(
        object! { $(#[$doc])* $name 0 { from: Option<u64> = "from", size: Option<u64> = "size" } }
        unchecked!($name);
        endpoint!($name -> Numbers = Meta {
            paging: Some(Paging { items: "rows", page: $page, end: $end, end_error: Some(12), overlap: $overlap }),
            success: &["rows"],
            ..GET
        });

        impl Paged for $name {
            type Item = u64;

            fn items(response: Numbers) -> Vec<u64> {
                response.rows
            }
        }
    )*};
}

const CURSOR: Page = Page::Cursor { cursor: "from", next: "next" };

lists! {
    /// By offset, up to a total.
    ByTotal, Page::Offset { offset: "from" }, PageEnd::Total("total"), false;
    /// By offset, up to an empty page.
    ByOffset, Page::Offset { offset: "from" }, PageEnd::Empty, false;
    /// By cursor, up to a count below three.
    ByCount, CURSOR, PageEnd::CountBelow("count", 3), false;
    /// By cursor, up to a short page.
    BySize, CURSOR, PageEnd::FewerThan("size"), false;
    /// By cursor, and a page may begin with the last item of the one before.
    Overlapping, CURSOR, PageEnd::FewerThan("size"), true;
}

fn client(server: &Server) -> Client {
    Client::builder().base_url(&server.url).access_token("t").build().unwrap()
}

/// What a request asks for: from where, and how many.
fn asked(request: &Request) -> (u64, u64) {
    let body: serde_json::Value = serde_json::from_slice(&request.body).unwrap();
    (body["from"].as_u64().unwrap_or(0), body["size"].as_u64().unwrap_or(3))
}

/// A server that has the numbers from 1 to `last`, and answers with those that come after the one that is asked for, or
/// with that one first.
async fn numbers(last: u64, inclusive: bool) -> Server {
    Server::answering(move |request| {
        let (from, size) = asked(request);
        let first = if inclusive { from.max(1) } else { from + 1 };
        let rows: Vec<u64> = (first..=last).take(usize::try_from(size).unwrap()).collect();
        Reply::json(&json!({ "rows": rows, "total": last, "count": rows.len(), "next": rows.last() }).to_string())
    })
    .await
}

/// All items, or what ended them.
async fn all<E: Paged<Item = u64>>(mut items: Items<E>) -> (Vec<u64>, Option<Error>) {
    let (mut seen, mut failed) = (Vec::new(), None);
    while let Some(item) = items.next().await {
        assert!(failed.is_none(), "nothing follows an error");
        match item {
            Ok(item) => seen.push(item),
            Err(error) => failed = Some(error),
        }
        assert!(seen.len() < 1000, "no end");
    }
    assert!(items.next().await.is_none() && items.is_terminated());
    (seen, failed)
}

async fn whole<E: Paged<Item = u64>>(items: Items<E>) -> Vec<u64> {
    let (items, error) = all(items).await;
    assert!(error.is_none(), "{error:?}");
    items
}

#[tokio::test]
async fn each_end_is_an_end() {
    for last in [0, 1, 2, 3, 4, 6, 7] {
        let expected: Vec<u64> = (1..=last).collect();
        let pages = usize::try_from(last / 3 + 1).unwrap();
        let server = numbers(last, false).await;
        let client = client(&server);
        assert_eq!(whole(client.items(&ByOffset { from: None, size: None })).await, expected);
        assert_eq!(whole(client.items(&ByTotal { from: None, size: None })).await, expected);
        let of_offsets = server.requests().len();
        assert_eq!(whole(client.items(&ByCount { from: None, size: None })).await, expected);
        assert_eq!(server.requests().len() - of_offsets, pages, "{last}: a short page is the last");
        assert_eq!(whole(client.items(&BySize { from: None, size: Some(3) })).await, expected);
        assert_eq!(server.requests().len() - of_offsets, 2 * pages);
    }
}

#[tokio::test]
async fn a_total_saves_the_empty_page() {
    let server = numbers(6, false).await;
    let mut pages = client(&server).pages(&ByTotal { from: None, size: Some(2) });
    let mut sizes = Vec::new();
    while let Some(page) = pages.next().await {
        sizes.push(page.unwrap().rows.len());
    }
    assert_eq!((sizes, server.requests().len()), (vec![2, 2, 2], 3));
    assert!(pages.rest().is_none());
}

#[tokio::test]
async fn an_item_that_overlaps_comes_once() {
    for last in [0, 1, 2, 3, 4, 5, 6, 7, 20] {
        for inclusive in [true, false] {
            let server = numbers(last, inclusive).await;
            let items = client(&server).items(&Overlapping { from: None, size: Some(3) });
            assert_eq!(whole(items).await, (1..=last).collect::<Vec<_>>(), "{last} {inclusive}");
        }
    }
}

#[tokio::test]
async fn items_that_happen_to_be_equal_stay() {
    let page = |next: u64| Reply::json(&format!(r#"{{"rows":[7,7,7],"count":3,"next":{next}}}"#));
    let server = Server::start([page(1), page(2), Reply::json(r#"{"rc":12,"said":"no more"}"#)]).await;
    assert_eq!(whole(client(&server).items(&ByCount { from: None, size: None })).await, [7; 6]);
}

#[tokio::test]
async fn the_code_of_the_end_is_no_error() {
    let end = || Reply::json(r#"{"rc":12,"said":"no more"}"#);
    let server = Server::start([Reply::json(r#"{"rows":[1,2,3],"count":3,"next":4}"#), end(), end()]).await;
    let client = client(&server);
    assert_eq!(whole(client.items(&ByCount { from: None, size: None })).await, [1, 2, 3]);
    let mut pages = client.pages(&ByCount { from: None, size: None });
    assert!(pages.next().await.is_none() && pages.rest().is_none(), "a list without anything");
}

/// The error of a list whose pages are given by the cursor, and the items before it.
async fn stuck<E: Paged<Item = u64>>(request: E, next: fn(u64) -> (Vec<u64>, u64)) -> (Vec<u64>, String, usize) {
    let server = Server::answering(move |request| {
        let (rows, next) = next(asked(request).0);
        Reply::json(&json!({ "rows": rows, "count": 3, "next": next }).to_string())
    })
    .await;
    let (items, error) = all(client(&server).items(&request)).await;
    let error = error.expect("an error");
    assert!(error.is_paging() && !error.is_retryable() && error.code().is_none(), "{error:?}");
    assert!(error.explain(Lang::Zh).contains("翻页") && error.explain(Lang::En).contains("never end"));
    (items, error.to_string(), server.requests().len())
}

#[tokio::test]
async fn pages_that_do_not_go_on_are_an_error() {
    let (items, error, asked) = stuck(ByCount { from: Some(5), size: None }, |from| (vec![from; 3], 5)).await;
    assert_eq!((items.len(), asked), (3, 1));
    assert_eq!(error, "POST /thing/get: the pages do not go on: the page with `from` 5 leads to itself");

    // Some servers give 0 after the last page, and begin anew when it is sent.
    let (items, error, asked) =
        stuck(ByCount { from: Some(0), size: None }, |from| (vec![from; 3], (from + 1) % 4)).await;
    assert_eq!((items.len(), asked), (12, 4));
    assert_eq!(error, "POST /thing/get: the pages do not go on: they lead back to `from` 0, which was read before");

    // A circle that the first page is not on.
    let around = |from: u64| (vec![from; 3], if from < 19 { from + 1 } else { 11 });
    let (_, error, asked) = stuck(ByCount { from: None, size: None }, around).await;
    assert!(error.contains("lead back to `from` ") && asked < 60, "{asked}: {error}");
}

#[tokio::test]
async fn a_page_that_only_repeats_an_item_is_an_error() {
    let server = numbers(9, true).await;
    let (items, error) = all(client(&server).items(&Overlapping { from: None, size: Some(1) })).await;
    assert_eq!((items, server.requests().len()), (vec![1], 2));
    assert!(error.unwrap().to_string().ends_with("the page with `from` 1 leads to itself"));

    // The cursor goes on, and the items do not.
    let request = Overlapping { from: None, size: Some(1) };
    let (items, error, asked) = stuck(request, |from| (vec![7], from + 1)).await;
    assert_eq!((items, asked), (vec![7], 2));
    assert!(error.ends_with("the page before `from` 2 only repeats the item that the one before it ended with"));
}

#[tokio::test]
async fn an_error_ends_the_list_and_leaves_the_rest() {
    let page = |rows: &str| Reply::json(&format!(r#"{{"rows":{rows}}}"#));
    let server = Server::start([page("[1,2]"), Reply::json(r#"{"rc":7}"#), page("[3]"), page("[]"), page("[9]")]).await;
    let client = client(&server);
    let mut pages = client.pages(&ByOffset { from: None, size: Some(9) });
    assert_eq!(pages.next().await.unwrap().unwrap().rows, [1, 2]);
    assert!(!pages.is_terminated());
    assert_eq!(pages.next().await.unwrap().unwrap_err().code(), Some(7));
    assert!(pages.is_terminated());
    assert!(pages.next().await.is_none());
    assert_eq!(server.requests().len(), 2, "nothing is asked for after an error");
    let rest = pages.rest().expect("the page that failed").clone();
    assert_eq!(rest, ByOffset { from: Some(2), size: Some(9) });
    assert_eq!(whole(client.items(&rest)).await, [3]);
}

#[tokio::test]
async fn nothing_is_asked_for_before_it_is_wanted() {
    let server = numbers(100, false).await;
    let client = client(&server);
    drop(client.pages(&ByCount { from: None, size: None }));
    assert_eq!(server.requests().len(), 0);
    let mut items = client.items(&ByCount { from: None, size: None });
    for expected in 1..=4 {
        assert_eq!(items.next().await.unwrap().unwrap(), expected);
    }
    assert_eq!(items.size_hint(), (2, None));
    drop(items);
    tokio::time::sleep(Duration::from_millis(50)).await;
    assert_eq!(server.requests().len(), 2);
}

#[tokio::test]
async fn a_wait_that_was_given_up_goes_on() {
    let slow = Duration::from_millis(200);
    let server = Server::answering(move |_| {
        std::thread::sleep(slow);
        Reply::json(r#"{"rows":[1],"count":1}"#)
    })
    .await;
    let mut items = client(&server).items(&ByCount { from: None, size: None });
    // The first attempt connects, and is dropped before anything has come.
    let given_up = tokio::time::timeout(Duration::from_millis(1), items.next()).await;
    assert!(given_up.is_err());
    assert_eq!(items.next().await.unwrap().unwrap(), 1);
    assert!(items.next().await.is_none());
    assert_eq!(server.requests().len(), 1, "it is the same call");
}

#[tokio::test]
async fn they_are_streams() {
    fn is_free<T: Send + Unpin + 'static>(value: T) -> T {
        value
    }
    let server = numbers(4, false).await;
    let client = client(&server);
    let mut items = is_free(client.items(&ByCount { from: None, size: None }));
    let mut pages = is_free(client.pages(&ByCount { from: None, size: None }));
    drop(client);
    let counting = tokio::spawn(async move {
        let (mut sum, mut count) = (0, 0);
        while let Some(item) = poll_fn(|context| Pin::new(&mut items).poll_next(context)).await {
            sum += item.unwrap();
        }
        while let Some(page) = poll_fn(|context| Pin::new(&mut pages).poll_next(context)).await {
            count += page.unwrap().rows.len();
        }
        (sum, count)
    });
    assert_eq!(counting.await.unwrap(), (10, 4));
}

/// Reads a list of so many items; the most memory that was in use meanwhile.
fn peak(url: &str, last: u64) -> u64 {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let client = Client::builder().base_url(url).access_token("t").build().unwrap();
    let measured = allocation_counter::measure(|| {
        runtime.block_on(async {
            let mut items = client.items(&BySize { from: Some(1_000_000 - last), size: Some(1000) });
            let mut count = 0;
            while let Some(item) = items.next().await {
                count += 1;
                assert_eq!(item.unwrap(), 1_000_000 - last + count);
            }
            assert_eq!(count, last);
        });
    });
    measured.bytes_max
}

#[test]
fn a_million_items_take_the_memory_of_a_page() {
    // The server has a thread of its own, so that only the client is measured.
    let (send, receive) = std::sync::mpsc::channel();
    std::thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let server = numbers(1_000_000, false).await;
            send.send(server.url.clone()).unwrap();
            std::future::pending::<()>().await;
        });
    });
    let url = receive.recv().unwrap();
    let start = Instant::now();
    let (few, many) = (peak(&url, 5_000), peak(&url, 1_000_000));
    assert!(many < few + few / 2, "{many} bytes for a million items, {few} for five thousand");
    assert!(many < 400_000, "{many} bytes");
    assert!(start.elapsed() < Duration::from_secs(120), "{:?}", start.elapsed());
}
