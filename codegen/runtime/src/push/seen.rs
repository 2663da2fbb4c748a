//! The members of a push before anything is known of it.

use std::borrow::Cow;
use std::collections::HashSet;

use super::unknown::{UnknownPush, plain};
use crate::error::{Error, Fault, Subject};
use crate::json::{Done, Failed, Json, Reader, Unreadable};
use crate::object::{Blank, Extra, Field};
use crate::response::RawResponse;

/// A push whose members were found, and not looked into yet.
pub struct Seen<'a> {
    /// As JSON.
    text: &'a str,
    /// Whether it came as elements.
    elements: bool,
    /// As it came.
    body: &'a [u8],
    members: Vec<(Cow<'a, str>, &'a str)>,
}

impl<'a> Seen<'a> {
    pub(super) fn new(text: &'a str, body: &'a [u8]) -> Result<Self, Error> {
        let mut reader = Reader::new(text);
        match members(&mut reader) {
            Ok(members) => Ok(Seen { text, elements: false, body, members }),
            Err(Failed) => Err(unreadable(body, reader.unreadable())),
        }
    }

    #[cfg(feature = "xml")]
    pub(super) fn elements(text: &'a str, body: &'a [u8]) -> Result<Self, Error> {
        Ok(Seen { elements: true, ..Seen::new(text, body)? })
    }

    /// Whether these members have these values, whatever the case of their letters.
    pub fn is(&self, known_by: &[(&str, &str)]) -> bool {
        let has = |(name, value): &(&str, &str)| {
            self.raw(name).is_some_and(|raw| plain(raw).is_some_and(|found| found.trim().eq_ignore_ascii_case(value)))
        };
        !known_by.is_empty() && known_by.iter().all(has)
    }

    /// Reads it as a push of this kind.
    pub fn read<T: Field + Blank>(&self) -> Result<T, Error> {
        let mut push = T::BLANK;
        let mut reader = self.reader();
        match push.read(&mut reader) {
            Ok(()) => Ok(push),
            Err(Failed) => Err(unreadable(self.body, reader.unreadable())),
        }
    }

    #[cfg(feature = "xml")]
    fn reader(&self) -> Reader<'a> {
        if self.elements { Reader::elements(self.text) } else { Reader::new(self.text) }
    }

    #[cfg(not(feature = "xml"))]
    fn reader(&self) -> Reader<'a> {
        debug_assert!(!self.elements, "elements come as XML");
        Reader::new(self.text)
    }

    /// A member as JSON. Of elements that repeat, the first.
    pub(super) fn raw(&self, name: &str) -> Option<&'a str> {
        let found = self.members.iter().find(|(own, _)| own == name);
        let found = found.or_else(|| self.members.iter().find(|(own, _)| own.eq_ignore_ascii_case(name)));
        found.map(|(_, raw)| *raw)
    }

    /// Each member as JSON.
    #[cfg(feature = "push")]
    pub(super) fn members(&self) -> impl Iterator<Item = (&str, &'a str)> {
        self.members.iter().map(|(name, raw)| (&**name, *raw))
    }

    /// The push with all its members, and why it could not be read as what it says it is.
    pub(super) fn unknown(&self, fault: Option<String>) -> Result<UnknownPush, Error> {
        // Many members take no longer than they have to: each name is looked for in a set.
        let (mut fields, mut names) = (Vec::new(), HashSet::new());
        for (name, raw) in self.members.iter().filter(|(name, _)| names.insert(&**name)) {
            let mut reader = Reader::new(raw);
            match Json::copied(&mut reader) {
                Ok(json) => fields.push((name.clone().into_owned(), json)),
                Err(Failed) => return Err(unreadable(self.body, reader.unreadable())),
            }
        }
        Ok(UnknownPush::new(Extra::of(fields), fault))
    }
}

fn members<'a>(reader: &mut Reader<'a>) -> Done<Vec<(Cow<'a, str>, &'a str)>> {
    let mut members = Vec::new();
    let mut next = reader.open_object()?;
    while let Some(name) = next {
        members.push((name, reader.part()?));
        next = reader.next_key()?;
    }
    Ok(members)
}

/// The error of a push that cannot be read.
pub(super) fn unreadable(body: &[u8], fault: Unreadable) -> Error {
    let response = RawResponse::new(0, None, body.to_vec());
    Error::new(None, Fault::Decode { subject: Subject::Push, response, path: fault.path, message: fault.message })
}
