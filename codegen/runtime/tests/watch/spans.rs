//! A subscriber of `tracing` that keeps everything.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::{self, ThreadId};

use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};

#[derive(Clone, Default)]
pub(crate) struct Spans(Arc<Mutex<State>>);

#[derive(Default)]
struct State {
    spans: Vec<Kept>,
    events: String,
    entered: HashMap<ThreadId, Vec<u64>>,
}

/// A span as it is in the end.
#[derive(Clone, Debug)]
pub(crate) struct Kept {
    pub(crate) id: u64,
    pub(crate) parent: Option<u64>,
    pub(crate) name: &'static str,
    pub(crate) target: &'static str,
    pub(crate) fields: BTreeMap<String, String>,
    pub(crate) threads: HashSet<ThreadId>,
    handles: usize,
}

impl Kept {
    pub(crate) fn is_closed(&self) -> bool {
        self.handles == 0
    }

    /// The fields, without the times.
    pub(crate) fn told(&self) -> String {
        let fields = self.fields.iter().filter(|(key, _)| *key != "duration");
        fields.map(|(key, value)| format!("{key}={value}")).collect::<Vec<_>>().join(" ")
    }
}

impl Spans {
    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The spans right below one.
    pub(crate) fn below(&self, parent: Option<u64>) -> Vec<Kept> {
        self.state().spans.iter().filter(|span| span.parent == parent).cloned().collect()
    }

    pub(crate) fn all(&self) -> Vec<Kept> {
        self.state().spans.clone()
    }

    /// Everything that was told, of spans and of events.
    pub(crate) fn text(&self) -> String {
        let state = self.state();
        let spans = state.spans.iter().map(|span| format!("{} {} {:?}\n", span.target, span.name, span.fields));
        spans.chain([state.events.clone()]).collect()
    }
}

impl State {
    fn current(&self) -> Option<u64> {
        self.entered.get(&thread::current().id())?.last().copied()
    }

    fn span(&mut self, id: &Id) -> &mut Kept {
        &mut self.spans[usize::try_from(id.into_u64()).expect("a small number") - 1]
    }
}

/// Fields as texts.
struct Texts<'t>(&'t mut BTreeMap<String, String>);

impl Visit for Texts<'_> {
    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        self.0.insert(field.name().to_owned(), format!("{value:?}"));
    }

    fn record_str(&mut self, field: &Field, value: &str) {
        self.0.insert(field.name().to_owned(), value.to_owned());
    }
}

impl Subscriber for Spans {
    fn enabled(&self, _: &Metadata<'_>) -> bool {
        true
    }

    fn new_span(&self, span: &Attributes<'_>) -> Id {
        let mut fields = BTreeMap::new();
        span.record(&mut Texts(&mut fields));
        let mut state = self.state();
        let parent = if span.is_contextual() { state.current() } else { span.parent().map(Id::into_u64) };
        let id = u64::try_from(state.spans.len()).expect("a number") + 1;
        let (name, target) = (span.metadata().name(), span.metadata().target());
        state.spans.push(Kept { id, parent, name, target, fields, threads: HashSet::new(), handles: 1 });
        Id::from_u64(id)
    }

    fn record(&self, id: &Id, values: &Record<'_>) {
        values.record(&mut Texts(&mut self.state().span(id).fields));
    }

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, event: &Event<'_>) {
        let mut fields = BTreeMap::new();
        event.record(&mut Texts(&mut fields));
        let metadata = event.metadata();
        let line = format!("{} {}: {fields:?}\n", metadata.level(), metadata.target());
        self.state().events.push_str(&line);
    }

    fn enter(&self, id: &Id) {
        let thread = thread::current().id();
        let mut state = self.state();
        state.span(id).threads.insert(thread);
        state.entered.entry(thread).or_default().push(id.into_u64());
    }

    fn exit(&self, id: &Id) {
        let mut state = self.state();
        let left = state.entered.get_mut(&thread::current().id()).and_then(Vec::pop);
        assert_eq!(left, Some(id.into_u64()), "spans are left in the order in which they were entered");
    }

    fn clone_span(&self, id: &Id) -> Id {
        self.state().span(id).handles += 1;
        id.clone()
    }

    fn try_close(&self, id: Id) -> bool {
        let mut state = self.state();
        let span = state.span(&id);
        span.handles -= 1;
        span.handles == 0
    }
}
