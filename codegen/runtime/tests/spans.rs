//! A long time, cut into spans of days and asked for one after the other.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

#[macro_use]
mod common;
#[cfg(feature = "client")]
mod server;

use common::{GET, Nothing};
use weixin_runtime::*;

macro_rules! reports {
    ($($(#[$doc:meta])* $name:ident, $days:literal, $before_today:expr;)*) => {$(
        object! {
            $(#[$doc])*
            $name 0b01 { begin: String = "begin", end: Option<String> = "end", kind: Option<u32> = "kind" }
        }

        impl Validate for $name {
            fn check(&self, at: At<'_>, out: &mut Violations) {
                out.date(at.field("begin"), &self.begin);
                if let Some(end) = &self.end {
                    out.date(at.field("end"), end);
                    out.date_window(at, "begin", &self.begin, "end", end, $days);
                }
            }
        }

        endpoint!($name -> Nothing = Meta { paging: None, success: &[], ..GET });

        impl Spanned for $name {
            const WINDOW: DayWindow =
                DayWindow { from: "begin", to: "end", days: $days, before_today: $before_today };
        }

        impl $name {
            fn new() -> Self {
                $name { begin: "x".to_owned(), end: None, kind: Some(3) }
            }
        }
    )*};
}

reports! {
    /// Any ten days.
    Ten, 10, None;
    /// Any one day.
    One, 0, None;
    /// Any five days that are over where clocks show UTC.
    Past, 5, Some(0);
}

fn spans(from: impl Into<Date>, to: impl Into<Date>) -> Vec<(String, String)> {
    let spans = Spans::new(&Ten::new(), from, to);
    let length = spans.len();
    let all: Vec<Ten> = spans.collect();
    assert_eq!(all.len(), length);
    assert!(all.iter().all(|request| request.kind == Some(3)));
    all.into_iter().map(|request| (request.begin, request.end.unwrap())).collect()
}

fn pairs<const N: usize>(pairs: [(&str, &str); N]) -> Vec<(String, String)> {
    pairs.map(|(from, to)| (from.to_owned(), to.to_owned())).to_vec()
}

#[test]
fn spans_follow_each_other() {
    assert_eq!(spans("2024-02-25", "2024-02-25"), pairs([("2024-02-25", "2024-02-25")]));
    assert_eq!(spans((2024, 2, 25), "2024-03-05"), pairs([("2024-02-25", "2024-03-05")]));
    assert_eq!(
        spans(20_240_225, (2024, 3, 16)),
        pairs([("2024-02-25", "2024-03-05"), ("2024-03-06", "2024-03-15"), ("2024-03-16", "2024-03-16")])
    );
    let one: Vec<String> = Spans::new(&One::new(), "2023-12-31", "2024-01-01").map(|request| request.begin).collect();
    assert_eq!(one, ["2023-12-31", "2024-01-01"]);
    assert_eq!(Spans::new(&Ten::new(), "0001-01-01", "9999-12-31").len(), 365_206);
}

#[test]
fn the_current_day_is_left_out_where_it_has_to_be() {
    let today = calendar::today(0);
    let (from, later) = (calendar::date(today - 7), calendar::date(today + 100));
    let days: Vec<(String, String)> =
        Spans::new(&Past::new(), from, later).map(|request| (request.begin, request.end.unwrap())).collect();
    let day = |back: i64| calendar::date(today - back);
    assert_eq!(days, [(day(7), day(3)), (day(2), day(1))]);
    assert_eq!(Spans::new(&Past::new(), day(0), day(0)).count(), 0);
    assert_eq!(Spans::new(&Ten::new(), day(0), day(0)).count(), 1);
}

#[test]
fn what_makes_no_days_is_left_to_validation() {
    for (from, to) in [("2024-02-30", "2024-03-05"), ("2024-03-05", "soon"), ("2024-03-05", "2024-03-04")] {
        let all: Vec<Ten> = Spans::new(&Ten::new(), from, to).collect();
        assert_eq!(all.len(), 1);
        assert_eq!((all[0].begin.as_str(), all[0].end.as_deref()), (from, Some(to)));
        assert!(all[0].validate().is_err(), "{from} {to}");
    }
}

#[cfg(feature = "client")]
mod sent {
    use futures_core::{FusedStream, Stream};

    use super::server::{Reply, Server};
    use super::*;

    fn client(server: &Server) -> Client {
        Client::builder().base_url(&server.url).access_token("t").build().unwrap()
    }

    /// The first days that were asked for.
    fn asked(server: &Server) -> Vec<String> {
        let begin = |request: server::Request| {
            let body: serde_json::Value = serde_json::from_slice(&request.body).unwrap();
            body["begin"].as_str().unwrap().to_owned()
        };
        server.requests().into_iter().map(begin).collect()
    }

    #[tokio::test]
    async fn one_after_the_other() {
        let server = Server::answering(|_| Reply::json(r#"{"rc":0}"#)).await;
        let mut responses = Spans::new(&Ten::new(), "2024-01-01", "2024-01-25").send(&client(&server));
        assert_eq!((responses.size_hint(), asked(&server).len()), ((1, Some(3)), 0));
        for sent in 1..=3 {
            responses.next().await.unwrap().unwrap();
            assert_eq!(asked(&server).len(), sent);
        }
        assert!(responses.next().await.is_none() && responses.is_terminated());
        assert_eq!(asked(&server), ["2024-01-01", "2024-01-11", "2024-01-21"]);
        assert_eq!(responses.rest().count(), 0);
    }

    #[tokio::test]
    async fn an_error_leaves_the_rest() {
        let replies = ["{\"rc\":0}", "{\"rc\":7}", "{\"rc\":0}", "{\"rc\":0}"];
        let server = Server::start(replies.map(Reply::json)).await;
        let client = client(&server);
        let mut responses = Spans::new(&Ten::new(), "2024-01-01", "2024-01-25").send(&client);
        assert!(responses.next().await.unwrap().is_ok());
        assert_eq!(responses.next().await.unwrap().unwrap_err().code(), Some(7));
        assert!(responses.is_terminated());
        assert!(responses.next().await.is_none());
        let mut rest = responses.rest().send(&client);
        while let Some(response) = rest.next().await {
            response.unwrap();
        }
        assert_eq!(asked(&server), ["2024-01-01", "2024-01-11", "2024-01-11", "2024-01-21"]);
    }

    #[tokio::test]
    async fn what_makes_no_days_is_refused_before_it_is_sent() {
        let server = Server::start([]).await;
        let mut responses = Spans::new(&Ten::new(), "2024-02-30", "2024-03-05").send(&client(&server));
        assert!(responses.next().await.unwrap().unwrap_err().is_invalid());
        assert!(responses.next().await.is_none());
        assert!(asked(&server).is_empty());
    }
}
