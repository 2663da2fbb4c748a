//! A response as what it holds.

use serde::de::DeserializeOwned;

use super::{Came, RawResponse};
use crate::endpoint::Endpoint;
use crate::error::{Error, Fault, Subject};
use crate::inspect::Inspected;
use crate::object::Blank;

impl RawResponse {
    /// The body in a type that serde can read, such as `serde_json::Value`, or a struct of your own. What is not quite
    /// JSON is forgiven as in every response.
    pub fn json<T: DeserializeOwned>(&self) -> Result<T, Error> {
        crate::serial::read(&self.text()).map_err(|error| {
            let (path, message) = (error.path, error.message);
            Error::new(None, Fault::Decode { subject: Subject::Response, response: self.clone(), path, message })
        })
    }

    /// Reads the response to a request: the error code that it tells, or its content.
    pub fn read<E: Endpoint + ?Sized>(&self) -> Result<E::Response, Error> {
        let mut value = E::Response::BLANK;
        self.came().fill(E::META, &mut value, false)?;
        Ok(value)
    }

    /// Like [`read`](Self::read), and tells what could not be read and what is not documented.
    pub fn inspect<E: Endpoint + ?Sized>(&self) -> Result<Inspected<E::Response>, Error> {
        let mut value = E::Response::BLANK;
        let report = self.came().fill(E::META, &mut value, true)?;
        Ok(Inspected::new(value, report))
    }

    pub(crate) fn came(&self) -> Came<'_> {
        Came { status: self.status, content_type: self.content_type.as_deref(), body: &self.body }
    }
}
