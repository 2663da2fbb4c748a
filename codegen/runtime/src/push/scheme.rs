//! How pushes are signed, encrypted and told apart: data that generated code brings along.

use super::read::AnyPush;

/// Pushes of which it is known how they are protected.
pub trait Protected: AnyPush {
    /// How.
    const SCHEME: &'static Scheme;
}

/// How pushes are signed, encrypted, answered and told apart.
#[derive(Clone, Copy, Debug)]
pub struct Scheme {
    /// The parameters of the address to which a push is sent.
    pub query: Parameters,
    /// What the parameter `cipher` says of a push that is encrypted.
    pub cipher: &'static str,
    /// The names in the message that holds an encrypted one.
    pub envelope: Elements,
    /// The body that says that a push has arrived.
    pub answer: &'static str,
    /// The elements that together tell one push from all others; of each push those that it has.
    pub identity: &'static [&'static str],
}

/// The names of the parameters of a push.
#[derive(Clone, Copy, Debug)]
pub struct Parameters {
    /// The signature over token, timestamp and nonce.
    pub signature: &'static str,
    /// The signature over these and what is encrypted.
    pub sealed: &'static str,
    /// The seconds since 1970 at which it was signed.
    pub timestamp: &'static str,
    /// What is different each time.
    pub nonce: &'static str,
    /// What is to be sent back when the address is checked.
    pub echo: &'static str,
    /// By which cipher it is encrypted.
    pub cipher: &'static str,
}

/// The names in the message that holds an encrypted one.
#[derive(Clone, Copy, Debug)]
pub struct Elements {
    /// Who receives it.
    pub receiver: &'static str,
    /// What is encrypted.
    pub sealed: &'static str,
    /// Of an answer: the signature.
    pub signature: &'static str,
    /// Of an answer: the seconds since 1970.
    pub timestamp: &'static str,
    /// Of an answer: what is different each time.
    pub nonce: &'static str,
}
