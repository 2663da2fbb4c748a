//! Objects that a page signs.

use super::{Algorithm, Field, Form, Value};

/// How an object is signed that a page hands to the client of the user. Fields are named as on the wire.
#[derive(Debug, Clone)]
pub struct Signing {
    /// The ticket: an id of [`super::Api::tickets`].
    pub ticket: String,
    /// How the signature is computed.
    pub by: Algorithm,
    /// The fields whose values are signed.
    pub fields: Vec<String>,
    /// What is signed and no field of the object.
    pub beside: Vec<Field>,
    /// The field that takes the time of signing.
    pub time: Option<String>,
    /// The field that takes a random text.
    pub nonce: Option<String>,
    /// The field that takes the signature.
    pub signature: String,
    /// How a page takes the object.
    pub form: Form,
    /// A signature that was computed by other means.
    pub example: Option<SignedExample>,
}

/// An object, the ticket with which it is signed, and the signature.
#[derive(Debug, Clone)]
pub struct SignedExample {
    /// The object, with the time and the random text.
    pub object: Value,
    /// The values beside it, in their order.
    pub beside: Vec<String>,
    /// The ticket.
    pub ticket: String,
    /// The signature.
    pub signature: String,
}
