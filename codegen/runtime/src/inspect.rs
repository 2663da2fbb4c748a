//! What a response held that could not be read, or that is not documented.

use crate::json::{self, Fault, Json, Reader};

/// How many letters of a value are shown.
const SHOWN: usize = 100;

/// A response with all that is odd about it.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Inspected<T> {
    /// The response.
    pub value: T,
    /// Optional fields and items that could not be read, and are left out of the response: 100 of them at most.
    pub oddities: Vec<Oddity>,
    /// How many more there are.
    pub more_oddities: usize,
    /// Fields that are not documented, so that the response has no place for them.
    pub unknown: Vec<UnknownField>,
}

/// Something that could not be read.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Oddity {
    /// The JSON path of what cannot be read.
    pub path: String,
    /// The JSON path of the field or item that is left out because of it; often the same.
    pub left_out: String,
    /// What stands there: JSON, at most 100 characters of it.
    pub found: String,
    /// What is wrong with it.
    pub message: String,
}

impl std::fmt::Display for Oddity {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Oddity { path, left_out, found, message } = self;
        let found: String = found
            .chars()
            .flat_map(|letter| if letter.is_control() { letter.escape_default().collect() } else { vec![letter] })
            .collect();
        write!(f, "{left_out}: {message}")?;
        if path != left_out {
            write!(f, " at {path}")?;
        }
        write!(f, " ({found})")
    }
}

/// A field that is not documented.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct UnknownField {
    /// Its JSON path.
    pub path: String,
    /// Its value.
    pub value: Json,
}

impl<T> Inspected<T> {
    pub(crate) fn new(value: T, report: Report) -> Self {
        let Report { oddities, more_oddities, unknown } = report;
        Inspected { value, oddities, more_oddities, unknown }
    }
}

/// What the reader noted, as people read it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Report {
    pub(crate) oddities: Vec<Oddity>,
    pub(crate) more_oddities: usize,
    unknown: Vec<UnknownField>,
}

impl Report {
    pub(crate) fn new(text: &str, reader: Reader<'_>) -> Self {
        if reader.lost.is_empty() && reader.strangers.as_ref().is_none_or(Vec::is_empty) {
            return Report::default();
        }
        let mut places = Places::default();
        let lost: Vec<_> =
            reader.lost.into_iter().map(|lost| (places.add(lost.fault.at), places.add(lost.at), lost.fault)).collect();
        let strangers: Vec<_> =
            reader.strangers.unwrap_or_default().into_iter().map(|key| value_of(text, key)).collect();
        let unknown: Vec<_> = strangers.into_iter().map(|at| (places.add(at), at)).collect();
        let paths = places.paths(text);
        let oddity = |(at, left_out, fault): (usize, usize, Fault)| Oddity {
            path: paths[at].clone(),
            left_out: paths[left_out].clone(),
            found: shown(text, fault.at),
            message: fault.message.into_owned(),
        };
        let stranger = |(path, at): (usize, usize)| UnknownField { path: paths[path].clone(), value: copied(text, at) };
        Report {
            oddities: lost.into_iter().map(oddity).collect(),
            more_oddities: reader.lost_more,
            unknown: unknown.into_iter().map(stranger).collect(),
        }
    }

    #[cfg(feature = "client")]
    pub(crate) fn conceal(&mut self, conceal: &dyn Fn(&mut String)) {
        for oddity in &mut self.oddities {
            conceal(&mut oddity.found);
            conceal(&mut oddity.message);
        }
    }
}

/// Offsets whose paths are wanted. They are found in one walk, in ascending order.
#[derive(Default)]
struct Places(Vec<usize>);

impl Places {
    fn add(&mut self, offset: usize) -> usize {
        self.0.push(offset);
        self.0.len() - 1
    }

    fn paths(self, text: &str) -> Vec<String> {
        let mut order: Vec<usize> = (0..self.0.len()).collect();
        order.sort_by_key(|index| self.0[*index]);
        let offsets: Vec<usize> = order.iter().map(|index| self.0[*index]).collect();
        let mut paths = vec![String::new(); self.0.len()];
        for (index, path) in order.into_iter().zip(json::paths(text, &offsets)) {
            paths[index] = path;
        }
        paths
    }
}

/// The value behind the key that starts there.
fn value_of(text: &str, key: usize) -> usize {
    let mut reader = Reader::at(text, key);
    match reader.skip().and_then(|()| reader.colon()) {
        Ok(()) => reader.here(),
        Err(_) => key,
    }
}

fn copied(text: &str, at: usize) -> Json {
    let mut out = String::new();
    match Reader::at(text, at).copy(&mut out) {
        Ok(()) => Json::from_written(out),
        Err(_) => Json::NULL,
    }
}

/// The start of the value that stands there.
fn shown(text: &str, at: usize) -> String {
    let part = Reader::at(text, at).part().unwrap_or_default();
    let mut out: String = part.chars().take(SHOWN).collect();
    if out.len() < part.len() {
        out.push('…');
    }
    out
}
