//! Pushes in XML.
//!
//! A push is small and flat: the children of its root element are its fields. They become a JSON object of texts, which
//! the tolerant decoding of [`de`](crate::de) then reads like any other.

use std::fmt;

use quick_xml::Reader;
use quick_xml::events::{BytesRef, BytesStart, Event};
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use crate::answer::RawAnswer;
use crate::error::{Error, Fault};
use crate::path;

/// The longest document that is read, in bytes.
pub const MAX_BYTES: usize = 1024 * 1024;

/// The deepest nesting of elements that is read.
pub const MAX_DEPTH: usize = 16;

/// Why a document cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct XmlError {
    message: String,
    position: u64,
}

impl XmlError {
    /// Where, in bytes from the start.
    pub fn position(&self) -> u64 {
        self.position
    }
}

impl fmt::Display for XmlError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} at byte {}", self.message, self.position)
    }
}

impl std::error::Error for XmlError {}

/// The children of the root element by their names.
///
/// An element with text is its text: CDATA and entities resolved, white space around it removed. An element with
/// elements in it is an object. A name that repeats is a list. Attributes, comments and processing instructions are
/// skipped. A document type, and with it any entity of its own, is refused.
pub fn fields(xml: &str) -> Result<Map<String, Value>, XmlError> {
    if xml.len() > MAX_BYTES {
        return Err(XmlError { message: format!("longer than {MAX_BYTES} bytes"), position: MAX_BYTES as u64 });
    }
    let mut reader = Reader::from_str(xml.strip_prefix('\u{feff}').unwrap_or(xml));
    let mut tree = Tree::default();
    loop {
        let event = reader.read_event();
        let outcome = match event {
            Ok(Event::Eof) => break,
            Ok(event) => tree.take(event),
            Err(error) => Err(error.to_string()),
        };
        outcome.map_err(|message| XmlError { message, position: reader.buffer_position() })?;
    }
    tree.root.ok_or_else(|| XmlError {
        message: "the root element is missing or not closed".to_owned(),
        position: reader.buffer_position(),
    })
}

/// Whether each of the fields has the value that tells this push from others.
pub fn is_known_by(fields: &Map<String, Value>, known_by: &[(&str, &str)]) -> bool {
    known_by.iter().all(|(field, value)| fields.get(*field).and_then(Value::as_str) == Some(value))
}

/// Reads a push. Each field of `known_by` must have its value: other pushes are an error, with the path of the field.
pub fn from_xml<T: DeserializeOwned>(xml: &str, known_by: &[(&str, &str)]) -> Result<T, Error> {
    let wrong = |path: &str, message: String| {
        let answer = RawAnswer::new(0, None, xml.as_bytes().to_vec());
        Error::new(None, Fault::Decode { answer, path: path.to_owned(), message })
    };
    let fields = fields(xml).map_err(|error| wrong("", error.to_string()))?;
    for (field, value) in known_by {
        if !is_known_by(&fields, &[(field, value)]) {
            let found = fields.get(*field).map_or_else(|| "missing".to_owned(), Value::to_string);
            return Err(wrong(field, format!("another push: `{value}` expected, {found} found")));
        }
    }
    serde_path_to_error::deserialize(Value::Object(fields))
        .map_err(|error| wrong(&path::of(&error), path::inner(&error)))
}

/// The elements that are open, and the finished root.
#[derive(Default)]
struct Tree {
    open: Vec<Element>,
    root: Option<Map<String, Value>>,
}

#[derive(Default)]
struct Element {
    name: String,
    text: String,
    children: Map<String, Value>,
}

impl Tree {
    fn take(&mut self, event: Event<'_>) -> Result<(), String> {
        match event {
            Event::Start(start) => self.start(&start),
            Event::Empty(start) => {
                self.start(&start)?;
                self.end();
                Ok(())
            }
            Event::End(_) => {
                self.end();
                Ok(())
            }
            Event::Text(text) => self.text(&text.xml10_content()),
            Event::CData(text) => self.text(&text.xml10_content()),
            Event::GeneralRef(entity) => {
                let resolved = resolve(&entity)?;
                self.text(&resolved)
            }
            Event::DocType(_) => Err("a document type is not accepted".to_owned()),
            Event::Decl(_) | Event::PI(_) | Event::Comment(_) | Event::Eof => Ok(()),
        }
    }

    fn start(&mut self, start: &BytesStart<'_>) -> Result<(), String> {
        if self.root.is_some() {
            return Err("a second root element".to_owned());
        }
        if self.open.len() == MAX_DEPTH {
            return Err(format!("nested deeper than {MAX_DEPTH}"));
        }
        let name = start.name().as_ref().to_owned();
        self.open.push(Element { name, ..Element::default() });
        Ok(())
    }

    fn end(&mut self) {
        let Some(Element { name, text, mut children }) = self.open.pop() else {
            return;
        };
        let text = text.trim();
        let Some(parent) = self.open.last_mut() else {
            self.root = Some(children);
            return;
        };
        let value = if children.is_empty() {
            Value::String(text.to_owned())
        } else {
            if !text.is_empty() {
                children.insert("$text".to_owned(), Value::String(text.to_owned()));
            }
            Value::Object(children)
        };
        add(&mut parent.children, name, value);
    }

    fn text(&mut self, text: &str) -> Result<(), String> {
        match self.open.last_mut() {
            Some(element) => element.text.push_str(text),
            None if text.trim().is_empty() => {}
            None => return Err("text outside of the root element".to_owned()),
        }
        Ok(())
    }
}

/// Adds a child; a name that repeats makes a list.
fn add(children: &mut Map<String, Value>, name: String, value: Value) {
    match children.get_mut(&name) {
        None => {
            children.insert(name, value);
        }
        Some(Value::Array(list)) => list.push(value),
        Some(first) => *first = Value::Array(vec![first.take(), value]),
    }
}

fn resolve(entity: &BytesRef<'_>) -> Result<String, String> {
    if let Some(letter) = entity.resolve_char_ref().map_err(|error| error.to_string())? {
        return Ok(letter.to_string());
    }
    let name = entity.xml10_content();
    match quick_xml::escape::resolve_predefined_entity(&name) {
        Some(text) => Ok(text.to_owned()),
        None => Err(format!("the entity `{name}` is unknown")),
    }
}
