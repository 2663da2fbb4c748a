//! Pushes: what WeChat tells by itself.

use crate::error::{Error, Fault, Subject};
use crate::json::{self, Unreadable};
#[cfg(feature = "xml")]
use crate::json::{Failed, Reader, decode};
use crate::object::{Blank, Field};
use crate::response::RawResponse;

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

fn unreadable(body: &[u8], fault: Unreadable) -> Error {
    let response = RawResponse::new(0, None, body.to_vec());
    Error::new(None, Fault::Decode { subject: Subject::Push, response, path: fault.path, message: fault.message })
}
