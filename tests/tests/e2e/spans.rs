//! Every endpoint of the model that is asked for a few days at a time, asked for many.

use serde_json::Value;
use weixin_codegen::model::{DayWindow, Endpoint, Model, RuleKind};
use weixin_runtime::calendar;

use crate::dispatch;
use crate::support::Server;

/// The endpoints, each with a request and a response that the spec shows.
fn each(model: &Model) -> Vec<(&Endpoint, DayWindow<'_>, &Value, &Value)> {
    let limits = |endpoint: &&Endpoint| {
        endpoint.request.rules.iter().any(|rule| matches!(rule.kind, RuleKind::DateWindow { .. }))
    };
    let endpoints = model.endpoints.iter().filter(limits).map(|endpoint| {
        let window = endpoint.day_window().expect("a window of days");
        let shown = endpoint.examples.iter().find_map(|it| Some((it.request.as_ref()?, it.response.as_ref()?)));
        let (request, response) = shown.unwrap_or_else(|| panic!("{} shows no call", endpoint.path));
        (endpoint, window, request, response)
    });
    endpoints.collect()
}

fn day(request: &Value, key: &str) -> i64 {
    calendar::day(request[key].as_str().expect("a text")).expect("a day")
}

/// The spans are allowed, follow each other, and cover all days from the first to the last.
fn assert_covered(path: &str, window: &DayWindow<'_>, request: &Value, (first, last): (i64, i64)) -> usize {
    let spans = dispatch::spans(path, request, &calendar::date(first), &calendar::date(last));
    let mut next = first;
    for span in &spans {
        dispatch::check(path, span).expect("a request").unwrap_or_else(|wrong| panic!("{path}: {span}: {wrong}"));
        let (from, to) = (day(span, window.from), day(span, window.to));
        assert!(from == next && to >= from && to - from < i64::from(window.days).max(1), "{path}: {span}");
        let mut expected = request.clone();
        expected[window.from] = calendar::date(from).into();
        expected[window.to] = calendar::date(to).into();
        assert_eq!(*span, expected, "{path}");
        next = to + 1;
    }
    assert_eq!(next, last + 1, "{path}");
    spans.len()
}

#[test]
fn every_long_time_is_covered() {
    let model = weixin_tests::real();
    let all = each(&model);
    for (endpoint, window, request, _) in &all {
        let (path, first, days) = (&endpoint.path, day(request, window.from), i64::from(window.days));
        for (last, spans) in [(0, 1), (days - 1, 1), (days, 2), (2 * days - 1, 2), (10 * days + 3, 11)] {
            assert_eq!(assert_covered(path, window, request, (first, first + last)), spans, "{path}");
        }
    }
    let paths: Vec<&str> = all.iter().map(|(endpoint, ..)| endpoint.path.as_str()).collect();
    assert_eq!(paths, dispatch::SPANNED);
    assert!(!paths.is_empty());
}

#[test]
fn the_current_day_is_asked_for_where_it_may_be() {
    let model = weixin_tests::real();
    for (endpoint, window, request, _) in each(&model) {
        let today = calendar::today(model.api.zone_seconds);
        let text = calendar::date(today);
        let spans = dispatch::spans(&endpoint.path, request, &calendar::date(today - 3), &text);
        let newest = day(spans.last().expect("a span"), window.to);
        assert_eq!(newest, today - i64::from(window.before_today), "{}", endpoint.path);
        let only = dispatch::spans(&endpoint.path, request, &text, &text).len();
        assert_eq!(only, usize::from(!window.before_today), "{}", endpoint.path);
    }
}

#[tokio::test]
async fn every_span_has_its_response() {
    let model = weixin_tests::real();
    for (endpoint, window, request, response) in each(&model) {
        let path = &endpoint.path;
        let first = day(request, window.from);
        let (from, to) = (calendar::date(first), calendar::date(first + 3 * i64::from(window.days)));
        let server = Server::answers(response.clone()).await;
        let (responses, error) = dispatch::responses(path, request, (&from, &to), &server.client()).await;
        assert!(error.is_none(), "{path}: {error:?}");
        let read = dispatch::read(path, 200, response.to_string().as_bytes()).expect("a success");
        assert_eq!(responses, vec![read; 4], "{path}");
        let sent: Vec<Value> = server.seen().iter().map(|seen| seen.json()).collect();
        assert_eq!(sent, dispatch::spans(path, request, &from, &to), "{path}");
    }
}
