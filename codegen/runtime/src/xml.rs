//! Pushes in XML, turned into JSON as they are read: the reader of [`json`](crate::json) then takes them like any other.
//!
//! A push that is lost for a detail is lost for good: WeChat delivers it three times. So everything is forgiven that leaves
//! no doubt about the rest: a bare `&`, unknown entities, halves of surrogate pairs, markup inside of a text, whatever
//! comes after the root element. Attributes, comments, document types and processing instructions are passed over;
//! nothing is ever expanded or fetched.

use std::borrow::Cow;

use quick_xml::Reader;
use quick_xml::events::{BytesRef, BytesStart, Event};

use crate::json::{Unreadable, write_text};

/// The longest document that is read, in bytes.
pub(crate) const MAX_BYTES: usize = 1024 * 1024;

/// The deepest nesting of elements that is read.
pub(crate) const MAX_DEPTH: usize = 16;

/// The children of the root element as a JSON object: an element with elements in it is an object, any other the string
/// in it, without the white space around. A name that repeats is a key that repeats.
pub(crate) fn to_json(xml: &str) -> Result<String, Unreadable> {
    if xml.len() > MAX_BYTES {
        return Err(unreadable(format!("longer than {MAX_BYTES} bytes")));
    }
    read(xml).or_else(|error| match escape_bare(xml) {
        Cow::Owned(escaped) => read(&escaped),
        Cow::Borrowed(_) => Err(error),
    })
}

/// Writes a `<` that can begin nothing as an entity.
fn escape_bare(xml: &str) -> Cow<'_, str> {
    let mut out = String::new();
    let mut copied = 0;
    for (at, _) in xml.match_indices('<') {
        let next = xml[at + 1..].chars().next();
        if next.is_some_and(|next| !next.is_alphabetic() && !matches!(next, '/' | '!' | '?' | '_' | ':')) {
            out.push_str(&xml[copied..at]);
            out.push_str("&lt;");
            copied = at + 1;
        }
    }
    if copied == 0 { Cow::Borrowed(xml) } else { Cow::Owned(out + &xml[copied..]) }
}

fn read(xml: &str) -> Result<String, Unreadable> {
    let mut reader = Reader::from_str(xml.trim_start_matches('\u{feff}').trim_start());
    let config = reader.config_mut();
    config.allow_dangling_amp = true;
    // A misspelled end closes what is open: a push that is cut lacks an end, and is refused for that.
    config.check_end_names = false;
    let mut writer = Writer::new(xml.len());
    while !writer.done {
        let place = reader.buffer_position();
        let event = reader.read_event().map_err(|error| unreadable(format!("not XML: {error} at byte {place}")))?;
        writer.take(event).map_err(|message| unreadable(format!("{message} at byte {place}")))?;
    }
    Ok(writer.out)
}

fn unreadable(message: String) -> Unreadable {
    Unreadable { path: String::new(), message }
}

/// An element that is open.
enum Open {
    /// Nothing but white space was in it so far.
    Empty,
    /// Its text is being collected.
    Text,
    /// It has elements in it; whether a comma must come before the next.
    Object,
}

struct Writer {
    out: String,
    /// The elements that are open. Markup inside of a text is none.
    open: Vec<Open>,
    /// How deep the markup inside of a text is.
    markup: usize,
    /// The text of the innermost element.
    text: String,
    done: bool,
}

impl Writer {
    fn new(length: usize) -> Self {
        Writer {
            out: String::with_capacity(length),
            open: Vec::with_capacity(4),
            markup: 0,
            text: String::with_capacity(64),
            done: false,
        }
    }

    fn take(&mut self, event: Event<'_>) -> Result<(), String> {
        match event {
            Event::Start(start) => self.start(&start)?,
            Event::Empty(start) => {
                self.start(&start)?;
                self.end();
            }
            Event::End(_) if self.open.is_empty() => return Err("an end without a start".to_owned()),
            Event::End(_) => self.end(),
            Event::Text(text) => self.text(&text.xml10_content())?,
            Event::CData(text) => self.text(&text.xml10_content())?,
            Event::GeneralRef(entity) => {
                let resolved = resolve(&entity);
                self.text(&resolved)?;
            }
            Event::Eof => return Err("the root element is missing or not closed".to_owned()),
            Event::DocType(_) | Event::Decl(_) | Event::PI(_) | Event::Comment(_) => {}
        }
        Ok(())
    }

    fn start(&mut self, start: &BytesStart<'_>) -> Result<(), String> {
        if self.open.len() + self.markup >= MAX_DEPTH {
            return Err(format!("nested deeper than {MAX_DEPTH}"));
        }
        let is_root = self.open.is_empty();
        match self.open.last_mut() {
            Some(Open::Text) => {
                self.markup += 1;
                return Ok(());
            }
            Some(parent @ Open::Empty) => {
                *parent = Open::Object;
                self.out.push('{');
            }
            Some(Open::Object) => self.out.push(','),
            None => {}
        }
        self.text.clear();
        self.open.push(Open::Empty);
        if !is_root {
            write_text(start.name().as_ref(), &mut self.out);
            self.out.push(':');
        }
        Ok(())
    }

    fn end(&mut self) {
        if self.markup > 0 {
            self.markup -= 1;
            return;
        }
        let is_root = self.open.len() == 1;
        match self.open.pop() {
            Some(Open::Object) => self.out.push('}'),
            _ if is_root => self.out.push_str("{}"),
            _ => write_text(self.text.trim_ascii(), &mut self.out),
        }
        self.text.clear();
        self.done = is_root;
    }

    fn text(&mut self, text: &str) -> Result<(), String> {
        match self.open.last_mut() {
            Some(Open::Object) => {}
            Some(Open::Text) => self.text.push_str(text),
            Some(element) => {
                self.text.push_str(text);
                if !is_blank(text) {
                    *element = Open::Text;
                }
            }
            None if is_blank(text) => {}
            None => return Err("text before the root element".to_owned()),
        }
        Ok(())
    }
}

fn is_blank(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_whitespace())
}

/// What an entity stands for. One that is unknown stands for itself.
fn resolve(entity: &BytesRef<'_>) -> Cow<'static, str> {
    let name = entity.xml10_content();
    if name.starts_with('#') {
        // Half a surrogate pair is no letter.
        let letter = entity.resolve_char_ref().ok().flatten().filter(|letter| *letter != '\0');
        return letter.unwrap_or(char::REPLACEMENT_CHARACTER).to_string().into();
    }
    match quick_xml::escape::resolve_predefined_entity(&name) {
        Some(text) => text.into(),
        None => format!("&{name};").into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn json(xml: &str) -> String {
        to_json(xml).unwrap_or_else(|error| error.message)
    }

    #[test]
    fn a_push() {
        let push = "\u{feff}<?xml version=\"1.0\"?>\r\n<!-- x --><xml>\r\n\
            <Name> <![CDATA[ a<b>&amp; ]]> </Name>\n<Time>1475900000</Time><Empty></Empty><None/>\
            <Text a=\"1\">a &lt; b &#x4e2d;&#25991; <![CDATA[c]]></Text></xml>\n";
        assert_eq!(
            json(push),
            r#"{"Name":"a<b>&amp;","Time":"1475900000","Empty":"","None":"","Text":"a < b 中文 c"}"#
        );
    }

    #[test]
    fn nested_and_repeated() {
        assert_eq!(
            json("<xml><a><b>1</b><b>2</b> t </a><a>3</a><a/></xml>"),
            r#"{"a":{"b":"1","b":"2"},"a":"3","a":""}"#
        );
        assert_eq!(json("<xml/>"), "{}");
    }

    #[test]
    fn details_cost_nothing() {
        assert_eq!(json("<xml><a>A&B &nbsp;&; &amp;</a></xml>"), r#"{"a":"A&B &nbsp;&; &"}"#);
        assert_eq!(
            json("<xml><a>&#55357;&#56833;&#0;&#xZZ;</a></xml>"),
            "{\"a\":\"\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\"}"
        );
        assert_eq!(json("<xml><a>x<br/>y<b><i>z</i></b></a></xml>"), r#"{"a":"xyz"}"#);
        assert_eq!(json("<xml><a>1 < 2 <3</a><b>&lt;</b></xml>"), r#"{"a":"1 < 2 <3","b":"<"}"#);
        assert_eq!(json("<xml><a>1</b><c>2</c></xml>"), r#"{"a":"1","c":"2"}"#);
        for tail in ["junk", "\0\0", "<xml>", "</xml>", "<?", "&", "]]>", "<a"] {
            assert_eq!(json(&format!("<xml><a>1</a></xml>{tail}")), r#"{"a":"1"}"#, "{tail}");
        }
    }

    #[test]
    fn nothing_is_expanded() {
        assert_eq!(json("<!DOCTYPE x [<!ENTITY a \"b\">]><xml><a>&a;</a></xml>"), r#"{"a":"&a;"}"#);
    }

    #[test]
    fn what_is_cut_is_refused() {
        for broken in ["", "x", "<xml>", "<xml><a></xml>", "</xml>", "<xml", "<xml>&", "<xml><a>1</a>", "x<xml></xml>"]
        {
            assert!(to_json(broken).is_err(), "{broken}");
        }
        assert!(json(&"<a>".repeat(MAX_DEPTH + 1)).contains("nested deeper"));
        assert!(json(&format!("<a>{}</a>", "x".repeat(MAX_BYTES))).contains("longer than"));
    }
}
