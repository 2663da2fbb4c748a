//! What a response held that could not be read, or that is not documented.

use crate::json::{self, Fault, Json, Reader};
use crate::secret::{Hidden, REDACTED, is_secret_path};
use crate::shown::{self, Quoted, Redacted, clean};

/// How many letters of a value are shown.
const SHOWN: usize = 100;

/// How many bytes of a value are looked at for that.
const LOOKED_AT: usize = 8 * SHOWN;

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
    /// Fields that are not documented, so that the response has no place for them: 1000 of them at most.
    pub unknown: Vec<UnknownField>,
    /// How many more there are.
    pub more_unknown: usize,
}

/// Something that could not be read.
#[derive(Clone, PartialEq, Eq)]
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

impl Oddity {
    /// What stands there, unless the path says that it is a secret.
    fn shown(&self) -> &str {
        let is_secret = [&self.path, &self.left_out].into_iter().any(|path| is_secret_path(path));
        if is_secret { REDACTED } else { &self.found }
    }
}

impl std::fmt::Display for Oddity {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}: {}", clean(&self.left_out, shown::PATH), clean(&self.message, shown::MESSAGE))?;
        if self.path != self.left_out {
            write!(f, " at {}", clean(&self.path, shown::PATH))?;
        }
        write!(f, " ({})", clean(self.shown(), shown::VALUE))
    }
}

impl std::fmt::Debug for Oddity {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Oddity")
            .field("path", &Quoted(&self.path))
            .field("left_out", &Quoted(&self.left_out))
            .field("found", &Redacted(self.shown()))
            .field("message", &Redacted(&self.message))
            .finish()
    }
}

/// A field that is not documented.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct UnknownField {
    /// Its JSON path.
    pub path: String,
    /// Its value.
    pub value: Json,
}

impl std::fmt::Debug for UnknownField {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let mut shown = f.debug_struct("UnknownField");
        shown.field("path", &Quoted(&self.path));
        match is_secret_path(&self.path) {
            true => shown.field("value", &Hidden),
            false => shown.field("value", &self.value),
        };
        shown.finish()
    }
}

impl<T> Inspected<T> {
    pub(crate) fn new(value: T, report: Report) -> Self {
        let Report { oddities, more_oddities, unknown, more_unknown } = report;
        Inspected { value, oddities, more_oddities, unknown, more_unknown }
    }
}

/// What the reader noted, as people read it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Report {
    pub(crate) oddities: Vec<Oddity>,
    pub(crate) more_oddities: usize,
    unknown: Vec<UnknownField>,
    more_unknown: usize,
}

impl Report {
    /// What was noted.
    pub(crate) fn new(text: &str, reader: Reader<'_>) -> Self {
        if reader.lost.is_empty() && reader.strangers.as_ref().is_none_or(Vec::is_empty) {
            return Report::default();
        }
        // Unions that stand beside other keys are read before those: it is the text that gives the order.
        let (mut lost, mut strangers) = (reader.lost, reader.strangers.unwrap_or_default());
        lost.sort_by_key(|lost| lost.at);
        strangers.sort_unstable();
        let mut places = Places::default();
        let lost: Vec<_> =
            lost.into_iter().map(|lost| (places.add(lost.fault.at), places.add(lost.at), lost.fault)).collect();
        let strangers: Vec<_> = strangers.into_iter().map(|key| value_of(text, key)).collect();
        let unknown: Vec<_> = strangers.into_iter().map(|at| (places.add(at), at)).collect();
        let paths = places.paths(text);
        let oddity = |(at, left_out, fault): (usize, usize, Fault)| {
            let found = start_of_value(text, fault.at);
            let message = fault.message.into_owned();
            Oddity { path: paths[at].clone(), left_out: paths[left_out].clone(), found, message }
        };
        let stranger = |(path, at): (usize, usize)| UnknownField { path: paths[path].clone(), value: copied(text, at) };
        Report {
            oddities: lost.into_iter().map(oddity).collect(),
            more_oddities: reader.lost_more,
            unknown: unknown.into_iter().map(stranger).collect(),
            more_unknown: reader.strangers_more,
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
fn start_of_value(text: &str, at: usize) -> String {
    let text = text.get(at..).unwrap_or_default();
    let near = &text[..boundary(text, LOOKED_AT)];
    let part = Reader::new(near).part().unwrap_or(if near.len() < text.len() { near } else { "" });
    match part.char_indices().nth(SHOWN) {
        Some((cut, _)) => part[..cut].to_owned() + "…",
        None => part.to_owned(),
    }
}

/// The last place up to this one at which a text can be cut.
fn boundary(text: &str, most: usize) -> usize {
    (0..=most.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0)
}
