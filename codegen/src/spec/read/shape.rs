//! Compares a file with the dialect, node by node: keys, kinds and words.
//!
//! What is wrong is replaced by something of the right shape and remembered as unread, so that the rest of the file is
//! read and checked in the same run.

use serde_json::{Map, Value as Json};
use serde_yaml::{Mapping, Value as Yaml};

use super::schema::{Schema, Shape};
use super::words::{found, one_of, wanted};
use crate::source::diagnostic::{Code, Diagnostic};
use crate::source::nearest;
use crate::source::{Node, SourceMap, Unread};

/// A file in the shape of the dialect, and what was wrong with it.
pub(super) struct Shaped {
    pub(super) value: Yaml,
    pub(super) faults: Vec<Diagnostic>,
    pub(super) unread: Unread,
    /// Keys that were mistyped: the way to the key as it is written, and the key that was meant.
    pub(super) renamed: Vec<(String, String)>,
}

/// Brings a file into the shape that its schema describes.
pub(super) fn shape(map: &SourceMap, schema: &Schema, value: Yaml) -> Shaped {
    let mut walk = Walk { schema, faults: Vec::new(), unread: Unread::default(), renamed: Vec::new() };
    let value = walk.node(value, schema.root(), &Node::root(map));
    Shaped { value, faults: walk.faults, unread: walk.unread, renamed: walk.renamed }
}

const EXPLAINED: &str = "codegen/DIALECT.md explains every key";

struct Walk<'w> {
    schema: &'w Schema,
    faults: Vec<Diagnostic>,
    unread: Unread,
    renamed: Vec<(String, String)>,
}

/// How the entries of a mapping are read.
struct Entries<'e> {
    list: &'e Node<'e>,
    /// A mapping that was left empty: what cannot be read behind it was meant to stand in it.
    hole: Option<(Node<'e>, Vec<Diagnostic>)>,
    out: Mapping,
}

impl Walk<'_> {
    fn node(&mut self, value: Yaml, schema: &Json, at: &Node<'_>) -> Yaml {
        let shapes = self.schema.shapes(schema);
        let lone = shapes.iter().filter(|shape| !matches!(shape, Shape::Nothing)).count() == 1;
        match shapes.iter().find(|shape| fits(shape, &value, lone)) {
            None => self.misfit(&value, &shapes, schema, at),
            Some(Shape::Text) if !value.is_string() => raw(at),
            Some(Shape::List(items)) => self.list(value, items, at),
            Some(Shape::Struct { keys, required }) => self.object(value, keys, required, at),
            Some(Shape::Dictionary { values, numbered }) => self.dictionary(value, values, *numbered, at),
            Some(_) => value,
        }
    }

    /// Something of the right shape in the place of what does not fit.
    fn misfit(&mut self, value: &Yaml, shapes: &[Shape<'_>], schema: &Json, at: &Node<'_>) -> Yaml {
        let words = shapes.iter().find_map(|shape| if let Shape::Words(words) = shape { Some(words) } else { None });
        // One word beside other shapes, as `none` beside a limit, is what was meant only where it is nearly that.
        let words = words.filter(|words| {
            let alone = words.len() > 1 || shapes.len() == 1;
            alone || value.as_str().is_some_and(|word| nearest(word, words.iter().copied()).is_some())
        });
        let fault = match (words, value) {
            (Some(words), Yaml::String(word)) => {
                let found = match word.trim() {
                    "" => "this is empty".to_owned(),
                    word => format!("there is no `{}`", word.escape_debug()),
                };
                let message = format!("{found}, expected {}", one_of(words));
                let fault = Diagnostic::at(Code::Structure, at, message, "here");
                match nearest(word, words.iter().copied()) {
                    Some(near) => fault.help(format!("did you mean `{near}`?")),
                    None => fault.help(EXPLAINED),
                }
            }
            _ => {
                let wanted = wanted(shapes, self.schema.title(schema));
                let message = format!("expected {wanted}, found {}", found(value));
                let fault = Diagnostic::at(Code::Structure, at, message, "here");
                fault.help(match value {
                    Yaml::Null => format!("{wanted} is expected; is the line below indented too little?"),
                    _ => EXPLAINED.to_owned(),
                })
            }
        };
        self.faults.push(fault);
        self.unread.node(at);
        let names = |shape: &Shape<'_>| !matches!(shape, Shape::Bool | Shape::Integer { .. } | Shape::Words(_));
        if shapes.iter().any(names) && self.schema.title(schema).is_some() || self.holds_more(schema) {
            self.unread.anything(at);
        }
        self.blank(schema)
    }

    fn list(&mut self, value: Yaml, items: &Json, at: &Node<'_>) -> Yaml {
        let Yaml::Sequence(list) = value else { return value };
        let read = |(index, item)| self.node(item, items, &at.index(index));
        Yaml::Sequence(list.into_iter().enumerate().map(read).collect())
    }

    fn object(&mut self, value: Yaml, keys: &Map<String, Json>, required: &[&str], at: &Node<'_>) -> Yaml {
        let Yaml::Mapping(map) = value else { return value };
        let given: Vec<String> = map.keys().map(text).collect();
        let mut entries = Entries { list: at, hole: None, out: Mapping::new() };
        let mut complete = true;
        for (key, value) in map {
            let name = text(&key);
            let there = |near: &&str| !given.iter().any(|other| other == near);
            let meant = match keys.contains_key(&name) {
                true => Some(name.as_str()),
                false => nearest(&name, keys.keys().map(String::as_str).filter(there)),
            };
            let Some((meant, schema)) = meant.and_then(|meant| Some((meant, keys.get(meant)?))) else {
                complete &= entries.hole.is_none();
                self.stray(&name, keys, &mut entries);
                continue;
            };
            if meant != name && entries.out.contains_key(meant) {
                self.stray(&name, keys, &mut entries);
                continue;
            }
            if meant != name {
                self.faults.push(unknown(&name, Some(meant), keys, &at.key(&name)));
                self.renamed.push((at.key(&name).joined(), meant.to_owned()));
            }
            self.entry(&name, meant.into(), value, schema, &mut entries);
        }
        self.filled(&mut entries);
        for name in required.iter().filter(|name| complete && !entries.out.contains_key(**name)) {
            let message = format!("the key `{name}` is missing");
            self.faults.push(Diagnostic::at_key(Code::Structure, at, message, "belongs in here").help(EXPLAINED));
        }
        for name in required.iter().filter(|name| !entries.out.contains_key(**name)).copied().collect::<Vec<_>>() {
            self.unread.node(&at.key(name));
            let blank = keys.get(name).map_or(Yaml::Null, |schema| self.blank(schema));
            entries.out.insert(name.into(), blank);
        }
        Yaml::Mapping(entries.out)
    }

    fn dictionary(&mut self, value: Yaml, values: &Json, numbered: bool, at: &Node<'_>) -> Yaml {
        let Yaml::Mapping(map) = value else { return value };
        let mut entries = Entries { list: at, hole: None, out: Mapping::new() };
        for (key, value) in map {
            let name = text(&key);
            if numbered && !name.parse::<i64>().is_ok_and(|number| number.to_string() == name) {
                let at = at.key(&name);
                let message = format!("expected an integer, found {}", found(&key));
                self.faults.push(Diagnostic::at_key(Code::Structure, &at, message, "here").help(EXPLAINED));
                self.unread.node(&at);
                self.unread.mention(&name);
                continue;
            }
            let key = if numbered { name.parse::<i64>().map_or(key, Yaml::from) } else { name.clone().into() };
            self.entry(&name, key, value, values, &mut entries);
        }
        self.filled(&mut entries);
        Yaml::Mapping(entries.out)
    }

    /// Reads one entry. Behind a mapping that was left empty, what cannot be read is no fault of its own.
    fn entry(&mut self, name: &str, key: Yaml, value: Yaml, schema: &Json, entries: &mut Entries<'_>) {
        let at = entries.list.key(name);
        let before = self.faults.len();
        let is_hole = value.is_null() && self.holds_more(schema);
        let read = self.node(value, schema, &at);
        if is_hole {
            self.filled(entries);
            entries.hole = Some((at, self.faults.split_off(before)));
        } else if self.faults.len() > before && entries.hole.is_some() {
            self.faults.truncate(before);
            self.strayed(&at, entries);
            return;
        } else if entries.hole.is_some() {
            self.filled(entries);
        }
        entries.out.insert(key, read);
    }

    /// A key that the dialect does not know here.
    fn stray(&mut self, name: &str, keys: &Map<String, Json>, entries: &mut Entries<'_>) {
        let at = entries.list.key(name);
        if entries.hole.is_some() {
            self.strayed(&at, entries);
            return;
        }
        let near = nearest(name, keys.keys().map(String::as_str));
        self.faults.push(unknown(name, near, keys, &at));
        self.unread.node(&at);
    }

    /// An entry that was meant for the mapping before it.
    fn strayed(&mut self, at: &Node<'_>, entries: &mut Entries<'_>) {
        self.unread.node(at);
        self.unread.mention(at.name());
        let Some((empty, told)) = &mut entries.hole else { return };
        if told.is_empty() {
            let fault = Diagnostic::at(Code::Structure, empty, "expected a mapping, found nothing", "here");
            told.push(fault.help("a mapping is expected; is the line below indented too little?"));
            self.unread.node(empty);
        }
    }

    /// What was said of a mapping that was left empty is all there is to say.
    fn filled(&mut self, entries: &mut Entries<'_>) {
        self.faults.extend(entries.hole.take().into_iter().flat_map(|(_, told)| told));
    }

    /// Whether a node of this schema may hold entries of its own.
    fn holds_more(&self, schema: &Json) -> bool {
        let more = |shape: &Shape<'_>| matches!(shape, Shape::Struct { .. } | Shape::Dictionary { .. });
        self.schema.shapes(schema).iter().any(more)
    }

    /// The least that has the shape.
    fn blank(&mut self, schema: &Json) -> Yaml {
        let shapes = self.schema.shapes(schema);
        let first = shapes.iter().find(|shape| matches!(shape, Shape::Nothing)).or(shapes.first());
        match first {
            None | Some(Shape::Any | Shape::Nothing) => Yaml::Null,
            Some(Shape::Bool) => false.into(),
            Some(Shape::Integer { .. }) => 1.into(),
            Some(Shape::Text) => String::new().into(),
            Some(Shape::Words(words)) => words.first().copied().unwrap_or_default().into(),
            Some(Shape::List(_)) => Yaml::Sequence(Vec::new()),
            Some(Shape::Dictionary { .. }) => Yaml::Mapping(Mapping::new()),
            Some(Shape::Struct { keys, required }) => {
                let entry = |name: &&str| Some(((*name).into(), self.blank(keys.get(*name)?)));
                Yaml::Mapping(required.iter().filter_map(entry).collect())
            }
        }
    }
}

fn fits(shape: &Shape<'_>, value: &Yaml, lone: bool) -> bool {
    match (shape, value) {
        (Shape::Any, _)
        | (Shape::Nothing, Yaml::Null)
        | (Shape::Bool, Yaml::Bool(_))
        | (Shape::Text, Yaml::String(_))
        | (Shape::List(_), Yaml::Sequence(_))
        | (Shape::Struct { .. } | Shape::Dictionary { .. }, Yaml::Mapping(_)) => true,
        // A scalar is a text where nothing else can stand.
        (Shape::Text, Yaml::Bool(_) | Yaml::Number(_)) => lone,
        (Shape::Words(words), Yaml::String(word)) => words.contains(&word.as_str()),
        (Shape::Integer { least, most }, Yaml::Number(number)) => {
            let number = number.as_i64().map(i128::from).or_else(|| number.as_u64().map(i128::from));
            number.is_some_and(|number| (*least..=*most).contains(&number))
        }
        _ => false,
    }
}

/// A scalar as it is written.
fn raw(at: &Node<'_>) -> Yaml {
    let span = at.span();
    at.map().text().get(span.start..span.end).unwrap_or_default().into()
}

/// A key as it is written, or nearly so.
fn text(key: &Yaml) -> String {
    match key {
        Yaml::String(text) => text.clone(),
        Yaml::Bool(bool) => bool.to_string(),
        Yaml::Number(number) => number.to_string(),
        Yaml::Null => "null".to_owned(),
        Yaml::Sequence(_) | Yaml::Mapping(_) | Yaml::Tagged(_) => String::new(),
    }
}

fn unknown(name: &str, near: Option<&str>, keys: &Map<String, Json>, at: &Node<'_>) -> Diagnostic {
    let message = format!("there is no key `{name}`");
    let fault = Diagnostic::at_key(Code::UnknownKey, at, message, "not part of the dialect");
    match near {
        Some(near) => fault.help(format!("did you mean `{near}`?")),
        // `{ zh: 查询, 卡券 }`: the comma was meant to be part of the text.
        None if !name.is_ascii() || name.contains(' ') => {
            fault.help("between braces a comma ends a text: quote it, \"like, this\"")
        }
        None => {
            let known: Vec<&str> = keys.keys().map(String::as_str).collect();
            fault.help(format!("known here: {}", known.join(", ")))
        }
    }
}
