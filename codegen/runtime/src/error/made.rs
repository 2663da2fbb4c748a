//! Errors made by hand: for tests of code that calls the client, and for transports of your own.

use super::{Api, Error, Fault};
use crate::endpoint::Endpoint;
use crate::json::{Json, written};
use crate::object::View;
use crate::response::RawResponse;
use crate::validate::Violations;

impl Error {
    /// The error for a code that the server returned for a request of this type.
    ///
    /// ```ignore
    /// let error = Error::api::<card::code::Consume>(40099, "code consumed");
    /// ```
    pub fn api<E: Endpoint>(code: i64, message: impl Into<String>) -> Self {
        let errmsg = message.into();
        let envelope = &E::META.envelope;
        let body = Json::object([(envelope.code, Json::from(code)), (envelope.message, Json::from(errmsg.as_str()))]);
        let response = RawResponse::new(200, None, written(View::Json(&body)).into_bytes());
        Error::new(Some(E::META), Fault::Api(Api { code, errmsg, response }))
    }

    /// The error for a request of this type that breaks documented limits, and was not sent.
    pub fn invalid<E: Endpoint>(violations: Violations) -> Self {
        Error::new(Some(E::META), Fault::Invalid(violations))
    }
}
