//! A figure: `NAME RATIO GOAL`, ours by theirs in the same run.

use std::collections::BTreeMap;
use std::hint::black_box;
use std::time::{Duration, Instant};

use serde::Serialize;
use serde_json::Value;

/// The columns of what follows.
pub(crate) fn header() {
    println!("{:<44} {:>8} {:>8}", "NAME", "RATIO", "GOAL");
}

/// One figure.
pub(crate) fn line(name: &str, ratio: f64, goal: f64) {
    println!("{name:<44} {ratio:>8.2} {goal:>8.2}");
}

/// How often each side is timed.
const BATCHES: usize = 41;

/// How long a batch lasts at least.
const BATCH: Duration = Duration::from_millis(3);

/// Times both in turn, so that a slow moment of the machine hits both, and prints the ratio of the medians.
pub(crate) fn pair<A, B>(name: &str, goal: f64, mut ours: impl FnMut() -> A, mut theirs: impl FnMut() -> B) {
    let mut ours = || drop(black_box(ours()));
    let mut theirs = || drop(black_box(theirs()));
    let (ours_runs, theirs_runs) = (runs(&mut ours), runs(&mut theirs));
    let (mut ours_times, mut theirs_times) = (Vec::new(), Vec::new());
    for _ in 0..BATCHES {
        ours_times.push(batch(ours_runs, &mut ours));
        theirs_times.push(batch(theirs_runs, &mut theirs));
    }
    let (ours, theirs) = (median(ours_times), median(theirs_times));
    line(name, ours / theirs, goal);
    eprintln!("    # {:.0} ns, {:.0} ns", ours * 1e9, theirs * 1e9);
}

/// How many runs fill a batch; finding out warms up as well.
fn runs(run: &mut impl FnMut()) -> u32 {
    let mut runs = 1;
    loop {
        let start = Instant::now();
        for _ in 0..runs {
            run();
        }
        if start.elapsed() >= BATCH {
            return runs;
        }
        runs *= 2;
    }
}

/// The seconds of one run.
fn batch(runs: u32, run: &mut impl FnMut()) -> f64 {
    let start = Instant::now();
    for _ in 0..runs {
        run();
    }
    start.elapsed().as_secs_f64() / f64::from(runs)
}

fn median(mut times: Vec<f64>) -> f64 {
    times.sort_by(f64::total_cmp);
    times[times.len() / 2]
}

/// Stops the bench unless both sides hold the same values, so that no figure measures an error or half the work.
///
/// What is empty says nothing: a list that is missing and a list without items count as the same. The envelope of an
/// answer is not part of ours.
pub(crate) fn same(name: &str, ours: &impl Serialize, theirs: &impl Serialize) {
    let values = |value: serde_json::Result<Value>| {
        let mut values = BTreeMap::new();
        collect(&value.unwrap_or_else(|error| panic!("{name}: {error}")), "", &mut values);
        values.remove("/errcode");
        values.remove("/errmsg");
        values
    };
    let ours = values(serde_json::to_value(ours));
    let theirs = values(serde_json::to_value(theirs));
    assert!(!theirs.is_empty(), "{name}: nothing to compare");
    assert_eq!(ours, theirs, "{name}: both sides must hold the same");
}

fn collect(value: &Value, at: &str, out: &mut BTreeMap<String, Value>) {
    match value {
        Value::Null => {}
        Value::Array(items) => {
            items.iter().enumerate().for_each(|(index, item)| collect(item, &format!("{at}/{index}"), out));
        }
        Value::Object(fields) => fields.iter().for_each(|(key, field)| collect(field, &format!("{at}/{key}"), out)),
        scalar => {
            out.insert(at.to_owned(), scalar.clone());
        }
    }
}
