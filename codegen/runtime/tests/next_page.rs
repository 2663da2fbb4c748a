//! The request for the next page, whatever the page before it looked like.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

#[macro_use]
mod common;

use common::{GET, read};
use weixin_runtime::*;

object! {
    /// A page of names.
    Names 0 {
        rows: Vec<String> = "rows",
        total: Option<i64> = "total",
        count: Option<u64> = "count",
        next: Option<String> = "next",
    }
}

macro_rules! list {
    ($name:ident { from: $from:ty }, $page:expr, $end:expr) => {
        object! {
            /// A request for names.
            $name 0 { from: Option<$from> = "from", size: Option<i64> = "size", of: Option<String> = "of" }
        }
        unchecked!($name);
        endpoint!($name -> Names = Meta {
            paging: Some(Paging { items: "rows", page: $page, end: $end, end_error: None, overlap: false }),
            success: &["rows"],
            ..GET
        });
    };
}

const CURSOR: Page = Page::Cursor { cursor: "from", next: "next" };
list!(ByOffset { from: i64 }, Page::Offset { offset: "from" }, PageEnd::Total("total"));
list!(ByCount { from: String }, CURSOR, PageEnd::CountBelow("count", 3));
list!(BySize { from: String }, CURSOR, PageEnd::FewerThan("size"));

/// Where the request after a page begins; none after the last.
fn after<E: Endpoint + Clone, T>(request: &E, page: &str, from: impl Fn(E) -> T) -> Option<T> {
    next_page(request, &read::<E>(200, page).unwrap()).map(from)
}

#[test]
fn offsets_count_what_came() {
    let from = |from: i64, page: &str| {
        after(&ByOffset { from: Some(from), size: Some(2), of: Some("x".into()) }, page, |next| {
            assert_eq!((next.size, next.of.as_deref()), (Some(2), Some("x")), "the rest of the request stays");
            next.from.unwrap()
        })
    };
    assert_eq!(from(0, r#"{"rows":["a","b"],"total":5}"#), Some(2));
    assert_eq!(from(2, r#"{"rows":["c"],"total":5}"#), Some(3), "a page may be shorter than asked for");
    assert_eq!(from(3, r#"{"rows":["d","e"],"total":5}"#), None, "all were seen");
    assert_eq!(from(3, r#"{"rows":[],"total":5}"#), None, "an empty page");
    assert_eq!(from(i64::MAX, r#"{"rows":["a"],"total":9223372036854775807}"#), None, "no overflow");
}

#[test]
fn cursors_are_sent_as_they_came() {
    let from = |page: &str| {
        let request = ByCount { from: Some("7".into()), size: None, of: Some("x".into()) };
        after(&request, page, |next| {
            assert_eq!(next.of.as_deref(), Some("x"), "the rest of the request stays");
            next.from.unwrap()
        })
    };
    assert_eq!(from(r#"{"rows":["a"],"count":3,"next":"8"}"#).as_deref(), Some("8"));
    assert_eq!(from(r#"{"rows":["a"],"count":"3","next":9}"#).as_deref(), Some("9"), "a cursor as a number");
    let long = "98765432109876543210";
    assert_eq!(from(&format!(r#"{{"rows":["a"],"count":3,"next":{long}}}"#)).as_deref(), Some(long));
    assert_eq!(from(r#"{"rows":["a"],"count":2,"next":"8"}"#), None, "a page that is not full");
    assert_eq!(from(r#"{"rows":["a"],"count":3,"next":"7"}"#), None, "the same place again");
    for next in [r#""""#, "null", "[]", "{}"] {
        assert_eq!(from(&format!(r#"{{"rows":["a"],"count":3,"next":{next}}}"#)), None, "no place at all: {next}");
    }
    assert_eq!(from(r#"{"rows":["a"],"count":3}"#), None, "no place at all");
    assert_eq!(from(r#"{"rows":[],"count":3,"next":"8"}"#), None, "an empty page");
}

#[test]
fn a_page_with_fewer_items_than_asked_for_is_the_last() {
    let request = BySize { from: None, size: Some(2), of: None };
    let from = |page: &str| after(&request, page, |next| next.from.unwrap());
    assert_eq!(from(r#"{"rows":["a","b"],"next":"8"}"#).as_deref(), Some("8"));
    assert_eq!(from(r#"{"rows":["a"],"next":"8"}"#), None);
    assert_eq!(from(r#"{"rows":[],"next":"8"}"#), None);
}
