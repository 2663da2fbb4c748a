//! Reading a push, whichever it is.

use super::seen::{Seen, unreadable};
use super::unknown::UnknownPush;
use crate::error::Error;
use crate::json::{self, decode};
#[cfg(feature = "xml")]
use crate::json::{Failed, Reader, Unreadable};
use crate::object::{Blank, Field};

/// Reads a push from its XML. Another push is an error with the path of the element that differs.
#[cfg(feature = "xml")]
pub fn from_xml<T: Field + Blank>(xml: &[u8]) -> Result<T, Error> {
    let mut push = T::BLANK;
    fill_from_xml(xml, &mut push).map_err(|fault| unreadable(xml, fault))?;
    Ok(push)
}

/// Reads a push from its JSON. Another push is an error with the path of the field that differs.
pub fn from_json<T: Field + Blank>(json: &[u8]) -> Result<T, Error> {
    json::read(json).map_err(|fault| unreadable(json, fault))
}

#[cfg(feature = "xml")]
fn fill_from_xml(xml: &[u8], push: &mut dyn Field) -> Result<(), Unreadable> {
    let json = crate::xml::to_json(&decode(xml))?;
    let mut reader = Reader::elements(&json);
    push.read(&mut reader).map_err(|Failed| reader.unreadable())
}

/// All pushes together: an enumeration that is generated.
pub trait AnyPush: Sized {
    /// The push, if it is one that is known.
    fn known(push: &Seen<'_>) -> Option<Result<Self, Error>>;

    /// One that is not, or that could not be read as what it says it is.
    fn unknown(push: UnknownPush) -> Self;
}

/// Reads any push from its XML.
#[cfg(feature = "xml")]
pub fn any_from_xml<E: AnyPush>(xml: &[u8]) -> Result<E, Error> {
    let json = crate::xml::to_json(&decode(xml)).map_err(|fault| unreadable(xml, fault))?;
    Ok(any(&Seen::elements(&json, xml)?)?.0)
}

/// Reads any push from its JSON.
pub fn any_from_json<E: AnyPush>(json: &[u8]) -> Result<E, Error> {
    Ok(any(&Seen::new(&decode(json), json)?)?.0)
}

/// Reads any push from its XML or its JSON, whichever it is.
#[cfg(feature = "xml")]
pub fn any_from_bytes<E: AnyPush>(body: &[u8]) -> Result<E, Error> {
    if is_json(body) { any_from_json(body) } else { any_from_xml(body) }
}

/// Whether a text begins like an object of JSON, after a mark of the byte order and blanks.
#[cfg(feature = "xml")]
pub(super) fn is_json(body: &[u8]) -> bool {
    let body = body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(body);
    body.trim_ascii_start().first() == Some(&b'{')
}

/// The push, and whether it is one that is known. A push is never lost because a part of it is missing.
pub(super) fn any<E: AnyPush>(seen: &Seen<'_>) -> Result<(E, bool), Error> {
    match E::known(seen) {
        Some(Ok(push)) => Ok((push, true)),
        Some(Err(error)) => Ok((E::unknown(seen.unknown(Some(error.to_string()))?), false)),
        None => Ok((E::unknown(seen.unknown(None)?), false)),
    }
}
