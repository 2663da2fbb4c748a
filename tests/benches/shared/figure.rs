//! A figure: `NAME RATIO GOAL`, ours by theirs in the same run.

use std::collections::BTreeMap;
use std::hint::black_box;
use std::time::Duration;

use cpu_time::ThreadTime;
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
const ROUNDS: usize = 301;

/// How long a batch lasts at least: well below the time slice of a scheduler, so that few are interrupted.
const BATCH: Duration = Duration::from_micros(400);

/// Times both in turn and prints the median of the ratios of neighbors, both of which a slow moment hits.
pub(crate) fn pair<A, B>(name: &str, goal: f64, mut ours: impl FnMut() -> A, mut theirs: impl FnMut() -> B) {
    let mut ours = || drop(black_box(ours()));
    let mut theirs = || drop(black_box(theirs()));
    let (ours_runs, theirs_runs) = (runs(&mut ours), runs(&mut theirs));
    let (mut ours_times, mut theirs_times, mut ratios) = (Vec::new(), Vec::new(), Vec::new());
    for round in 0..ROUNDS {
        // Either side comes first as often as the other.
        let (our_time, their_time) = if round % 2 == 0 {
            let our_time = batch(ours_runs, &mut ours);
            (our_time, batch(theirs_runs, &mut theirs))
        } else {
            let their_time = batch(theirs_runs, &mut theirs);
            (batch(ours_runs, &mut ours), their_time)
        };
        ours_times.push(our_time);
        theirs_times.push(their_time);
        ratios.push(our_time / their_time);
    }
    line(name, median(ratios), goal);
    eprintln!("    # {:.0} ns, {:.0} ns", median(ours_times) * 1e9, median(theirs_times) * 1e9);
}

/// How many runs fill a batch; finding out warms up as well.
fn runs(run: &mut impl FnMut()) -> u32 {
    let mut runs = 1;
    while batch(runs, run) * f64::from(runs) < BATCH.as_secs_f64() {
        runs *= 2;
    }
    runs
}

/// The seconds of one run, without those in which the machine did something else.
fn batch(runs: u32, run: &mut impl FnMut()) -> f64 {
    let start = ThreadTime::now();
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
