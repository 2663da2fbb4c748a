//! A recorder of `metrics` that keeps everything.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering::SeqCst};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use metrics::{Counter, Gauge, Histogram, HistogramFn, Key, KeyName, Metadata, Recorder, SharedString, Unit};

#[derive(Clone, Default)]
pub(crate) struct Counts(Arc<Mutex<Kept>>);

#[derive(Default)]
struct Kept {
    described: Vec<String>,
    counters: BTreeMap<String, Arc<AtomicU64>>,
    histograms: BTreeMap<String, Arc<Values>>,
}

#[derive(Default)]
struct Values(Mutex<Vec<f64>>);

impl HistogramFn for Values {
    fn record(&self, value: f64) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(value);
    }
}

impl Counts {
    fn kept(&self) -> MutexGuard<'_, Kept> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A counter by its name and labels: `name{label=value,…}`.
    pub(crate) fn counter(&self, key: &str) -> u64 {
        self.kept().counters.get(key).map_or(0, |counter| counter.load(SeqCst))
    }

    /// The values of a histogram.
    pub(crate) fn values(&self, key: &str) -> Vec<f64> {
        let values = self.kept().histograms.get(key).cloned().unwrap_or_default();
        values.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// The names of all that was described.
    pub(crate) fn described(&self) -> Vec<String> {
        self.kept().described.clone()
    }

    /// All names and labels.
    pub(crate) fn text(&self) -> String {
        let kept = self.kept();
        kept.counters.keys().chain(kept.histograms.keys()).map(|key| format!("{key}\n")).collect()
    }
}

fn name(key: &Key) -> String {
    let labels: Vec<String> = key.labels().map(|label| format!("{}={}", label.key(), label.value())).collect();
    format!("{}{{{}}}", key.name(), labels.join(","))
}

impl Recorder for Counts {
    fn describe_counter(&self, key: KeyName, _: Option<Unit>, _: SharedString) {
        self.kept().described.push(key.as_str().to_owned());
    }

    fn describe_gauge(&self, key: KeyName, _: Option<Unit>, _: SharedString) {
        self.kept().described.push(key.as_str().to_owned());
    }

    fn describe_histogram(&self, key: KeyName, _: Option<Unit>, _: SharedString) {
        self.kept().described.push(key.as_str().to_owned());
    }

    fn register_counter(&self, key: &Key, _: &Metadata<'_>) -> Counter {
        Counter::from_arc(self.kept().counters.entry(name(key)).or_default().clone())
    }

    fn register_gauge(&self, _: &Key, _: &Metadata<'_>) -> Gauge {
        Gauge::noop()
    }

    fn register_histogram(&self, key: &Key, _: &Metadata<'_>) -> Histogram {
        Histogram::from_arc(self.kept().histograms.entry(name(key)).or_default().clone())
    }
}
