//! Every rule across fields: a request that obeys it is accepted, and one that breaks it and nothing else is refused for
//! just that. The requests come from the model.

#[path = "shared/dispatch.rs"]
mod dispatch;
#[path = "shared/obey/mod.rs"]
mod obey;
#[path = "shared/walk.rs"]
mod walk;

use std::collections::BTreeSet;

use obey::{Case, Found};
use serde_json::{Value, json};
use weixin::{Rule, Unit, Violation};
use weixin_codegen::model::{Endpoint, Model, Path, RuleKind, TypeKind};
use weixin_runtime::calendar;

fn check(path: &str, request: &Value) -> Vec<Violation> {
    let checked = dispatch::check(path, request).unwrap_or_else(|error| panic!("{path} {request}: {error}"));
    checked.err().unwrap_or_default().into_iter().collect()
}

fn told(violations: impl IntoIterator<Item = Violation>) -> Found {
    violations.into_iter().map(|one| (one.rule, one.path)).collect()
}

/// What is found in a request, or in an object of one; none where it cannot even be read.
fn found(owner: &str, object: &Value) -> Option<Found> {
    let of = if owner.starts_with('/') { dispatch::check } else { dispatch::check_type };
    let checked = of(owner, object).ok()?;
    Some(told(checked.err().unwrap_or_default()))
}

#[test]
fn each_rule_is_kept_and_broken() {
    let model = weixin_tests::real();
    dispatch::assert_complete(&model);
    let cases = obey::cases(&model, &found);
    for Case { owner, rule, obeys, breaks, expected } in &cases {
        assert_eq!(found(owner, obeys).expect("it is read"), [], "{rule}\nis obeyed by {obeys}");
        let told = found(owner, breaks).expect("it is read").into_iter().map(|(rule, path)| (rule.as_str(), path));
        assert_eq!(told.collect::<BTreeSet<_>>(), *expected, "{rule}\nis broken by {breaks}");
        assert_ne!(obeys, breaks, "{rule}");
    }
    assert_eq!(cases.len(), checked_rules(&model), "each rule of each type of a request has a case");
}

/// The rules of all requests, and of all types that occur in one.
fn checked_rules(model: &Model) -> usize {
    let requests = model.endpoints.iter().flat_map(|endpoint| &endpoint.request.rules);
    let types = model.types.iter().filter(|ty| ty.side.request).filter_map(|ty| match &ty.kind {
        TypeKind::Object(object) => Some(&object.rules),
        _ => None,
    });
    requests.chain(types.flatten()).filter(|rule| rule.is_checked()).count()
}

/// The requests with a rule about days that may be far apart, with its fields and the most days.
fn windows(model: &Model) -> Vec<(&Endpoint, &Path, &Path, u32)> {
    let mut windows = Vec::new();
    for endpoint in &model.endpoints {
        for rule in &endpoint.request.rules {
            if let RuleKind::DateWindow { from, to, days } = &rule.kind {
                windows.push((endpoint, from, to, *days));
            }
        }
    }
    windows
}

/// A valid request with these two days.
fn asking(model: &Model, endpoint: &Endpoint, days: [(&Path, &str); 2]) -> Value {
    let mut fields = walk::required(model, &endpoint.request.whole(), None);
    for (path, day) in days {
        fields.insert(path.to_string(), json!(day));
    }
    Value::Object(fields)
}

#[test]
fn windows_of_dates() {
    let model = weixin_tests::real();
    let tell =
        |path: &Path, rule, limit, unit, actual: &str| (path.to_string(), rule, limit, unit, Some(actual.to_owned()));
    for (endpoint, from, to, days) in windows(&model) {
        let window = |first: &str, last: &str| {
            let found = check(&endpoint.path, &asking(&model, endpoint, [(from, first), (to, last)]));
            found.into_iter().map(|one| (one.path, one.rule, one.limit, one.unit, one.actual)).collect::<Vec<_>>()
        };
        // With a leap day in between, and without.
        for start in ["2015-01-01", "2016-01-01"] {
            let begin = calendar::day(start).expect("a day");
            let after = |days: u32| calendar::date(begin + i64::from(days));
            assert_eq!(window(start, start), []);
            assert_eq!(window(start, &after(days)), [], "{days} days");
            let wide = window(start, &after(days + 1));
            let actual = (days + 1).to_string();
            assert_eq!(wide, [tell(to, Rule::DateWindow, Some(days.into()), Some(Unit::Days), &actual)]);
        }
        let back = window("2015-01-02", "2015-01-01");
        assert_eq!(back, [tell(to, Rule::DateOrder, None, None, "2015-01-01")]);
        for wrong in ["", "2015-02-29", "2015-1-1", "20150101", "2015/01/01", " 2015-01-01", "2015-01-01T00", "昨天"]
        {
            assert_eq!(window(wrong, "2015-01-01"), [tell(from, Rule::Date, None, None, wrong)]);
            assert_eq!(window("2015-01-01", wrong), [tell(to, Rule::Date, None, None, wrong)]);
        }
    }
    assert!(windows(&model).len() > 1);
}

#[test]
fn yesterday_but_not_today_where_wechat_is() {
    let model = weixin_tests::real();
    let zone = model.api.zone_seconds;
    for (endpoint, from, to, _) in windows(&model) {
        loop {
            let day = calendar::today(zone);
            let dates = [day - 1, day, day + 1].map(calendar::date);
            let late =
                |last: &str| told(check(&endpoint.path, &asking(&model, endpoint, [(from, &dates[0]), (to, last)])));
            let outcomes = [late(&dates[0]), late(&dates[1]), late(&dates[2])];
            if day == calendar::today(zone) {
                let end = (Rule::BeforeToday, to.to_string());
                assert_eq!(outcomes, [vec![], vec![end.clone()], vec![end]], "{dates:?}");
                break;
            }
            // Midnight came in between.
        }
    }
}
