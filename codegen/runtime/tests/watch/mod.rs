//! What a program collects of logs, spans and metrics, kept in memory.
#![allow(dead_code, reason = "each test uses a part")]

mod counts;
pub(crate) mod spans;

use std::sync::{Mutex, OnceLock, PoisonError};

pub(crate) use counts::Counts;
pub(crate) use spans::Spans;

/// All that is collected in this process, at the finest level.
pub(crate) struct Watch {
    pub(crate) spans: Spans,
    pub(crate) counts: Counts,
    pub(crate) lines: &'static Lines,
}

/// Log lines, of whatever crate.
#[derive(Default)]
pub(crate) struct Lines(Mutex<String>);

impl Lines {
    pub(crate) fn text(&self) -> String {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

impl log::Log for Lines {
    fn enabled(&self, _: &log::Metadata<'_>) -> bool {
        true
    }

    fn log(&self, record: &log::Record<'_>) {
        let line = format!("{} {}: {}\n", record.level(), record.target(), record.args());
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push_str(&line);
    }

    fn flush(&self) {}
}

/// Collects from now on. There is one collector in a process.
pub(crate) fn watch() -> &'static Watch {
    static LINES: OnceLock<Lines> = OnceLock::new();
    static WATCH: OnceLock<Watch> = OnceLock::new();
    WATCH.get_or_init(|| {
        let lines = LINES.get_or_init(Lines::default);
        log::set_logger(lines).expect("the only logger");
        log::set_max_level(log::LevelFilter::Trace);
        let (spans, counts) = (Spans::default(), Counts::default());
        tracing::subscriber::set_global_default(spans.clone()).expect("the only subscriber");
        metrics::set_global_recorder(counts.clone()).expect("the only recorder");
        Watch { spans, counts, lines }
    })
}
