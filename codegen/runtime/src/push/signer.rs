//! Pushes for tests, as a server makes them.

use std::fmt;
use std::marker::PhantomData;

use zeroize::Zeroizing;

use super::gate::now;
use super::key::AesKey;
use super::markup::to_xml;
use super::read::is_json;
use super::scheme::Protected;
use super::{seal, sign};
use crate::json::{self, write_text};
use crate::object::Field;
use crate::percent;

/// Makes pushes as a server does: signed, encrypted, in XML or JSON. For tests of what receives them.
#[must_use]
pub struct Signer<E> {
    token: Zeroizing<String>,
    id: String,
    key: Option<AesKey>,
    at: Option<u64>,
    nonce: Option<String>,
    makes: PhantomData<fn() -> E>,
}

/// A push that is ready to be sent.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct SignedPush {
    /// What comes behind the question mark of the address.
    pub query: String,
    /// The body.
    pub body: Vec<u8>,
    /// The header `Content-Type`.
    pub content_type: &'static str,
}

impl<E: Protected> Signer<E> {
    /// Signs with this token.
    pub fn new(token: impl Into<String>) -> Self {
        Signer {
            token: Zeroizing::new(token.into()),
            id: String::new(),
            key: None,
            at: None,
            nonce: None,
            makes: PhantomData,
        }
    }

    /// The id of the account, for what is encrypted.
    pub fn app_id(mut self, id: impl Into<String>) -> Self {
        self.id = id.into();
        self
    }

    /// The key of encryption, in its 43 letters.
    ///
    /// # Panics
    ///
    /// Where it is none.
    pub fn aes_key(mut self, key: impl AsRef<str>) -> Self {
        let Some(key) = AesKey::parse(key.as_ref()) else { panic!("a key of pushes has 43 letters of base64") };
        self.key = Some(key);
        self
    }

    /// The seconds since 1970 at which it is signed; now unless set.
    pub fn at(mut self, seconds: u64) -> Self {
        self.at = Some(seconds);
        self
    }

    /// The nonce; another each time unless set.
    pub fn nonce(mut self, nonce: impl Into<String>) -> Self {
        self.nonce = Some(nonce.into());
        self
    }

    /// A generated push, or any other object, as XML.
    pub fn xml(push: &dyn Field) -> String {
        to_xml(&json::to_string(push))
    }

    /// A generated push, or any other object, as JSON.
    pub fn json(push: &dyn Field) -> String {
        json::to_string(push)
    }

    /// A message that is not encrypted.
    pub fn plain(&self, message: impl AsRef<str>) -> SignedPush {
        let message = message.as_ref();
        self.finish(self.signed().query, message.to_owned(), is_json(message.as_bytes()))
    }

    /// A message that is encrypted, in XML or JSON as the message is.
    ///
    /// # Panics
    ///
    /// Without a key.
    pub fn encrypted(&self, message: impl AsRef<str>) -> SignedPush {
        let message = message.as_ref();
        let (sealed, query) = self.sealed(message);
        let is_json = is_json(message.as_bytes());
        self.finish(query, self.envelope(&sealed, is_json), is_json)
    }

    /// A message that is there twice: as it is, and encrypted beside it.
    ///
    /// # Panics
    ///
    /// Without a key.
    pub fn compatible(&self, message: impl AsRef<str>) -> SignedPush {
        let message = message.as_ref().trim_end();
        let (sealed, query) = self.sealed(message);
        let is_json = is_json(message.as_bytes());
        let end = if is_json { message.rfind('}') } else { message.rfind("</") };
        let (start, end) = message.split_at(end.unwrap_or(message.len()));
        let name = E::SCHEME.envelope.sealed;
        let beside = match is_json {
            true if start.trim_end().ends_with('{') => format!("\"{name}\":\"{sealed}\""),
            true => format!(",\"{name}\":\"{sealed}\""),
            false => format!("<{name}><![CDATA[{sealed}]]></{name}>"),
        };
        self.finish(query, format!("{start}{beside}{end}"), is_json)
    }

    /// The query by which an address is checked, where nothing is encrypted.
    pub fn check(&self, echo: &str) -> String {
        let mut query = self.signed().query;
        parameter(E::SCHEME.query.echo, echo, &mut query);
        query
    }

    /// The query by which an address is checked, where all is encrypted.
    ///
    /// # Panics
    ///
    /// Without a key.
    pub fn encrypted_check(&self, echo: &str) -> String {
        let (sealed, mut query) = self.sealed(echo);
        parameter(E::SCHEME.query.echo, &sealed, &mut query);
        query
    }

    fn finish(&self, query: String, body: String, is_json: bool) -> SignedPush {
        let content_type = if is_json { "application/json" } else { "text/xml" };
        SignedPush { query, body: body.into_bytes(), content_type }
    }

    fn envelope(&self, sealed: &str, is_json: bool) -> String {
        let names = &E::SCHEME.envelope;
        if !is_json {
            let (to, content) = (names.receiver, names.sealed);
            return format!("<xml><{to}><![CDATA[to]]></{to}><{content}><![CDATA[{sealed}]]></{content}></xml>");
        }
        let mut out = String::from("{");
        write_text(names.receiver, &mut out);
        out.push_str(":\"to\",");
        write_text(names.sealed, &mut out);
        out.push(':');
        write_text(sealed, &mut out);
        out + "}"
    }

    fn sealed(&self, message: &str) -> (String, String) {
        let Some(key) = &self.key else { panic!("a push is encrypted with a key: give one with `aes_key`") };
        // What a test encrypts need be no secret where there are no random bytes.
        let random = seal::random().unwrap_or([7; 16]);
        let sealed = seal::seal(key, random, message.as_bytes(), &self.id);
        let Signed { timestamp, nonce, mut query } = self.signed();
        let signature = sign::text(&sign::signature([&self.token, &timestamp, &nonce, &sealed]));
        parameter(E::SCHEME.query.cipher, E::SCHEME.cipher, &mut query);
        parameter(E::SCHEME.query.sealed, &signature, &mut query);
        (sealed, query)
    }

    fn signed(&self) -> Signed {
        let timestamp = self.at.unwrap_or_else(now).to_string();
        let random = || u64::from_be_bytes(seal::random().unwrap_or([7; 16])[..8].try_into().unwrap_or_default());
        let nonce = self.nonce.clone().unwrap_or_else(|| random().to_string());
        let signature = sign::text(&sign::signature([&self.token, &timestamp, &nonce]));
        let mut query = String::new();
        let names = &E::SCHEME.query;
        for (name, value) in [(names.signature, &signature), (names.timestamp, &timestamp), (names.nonce, &nonce)] {
            parameter(name, value, &mut query);
        }
        Signed { timestamp, nonce, query }
    }
}

struct Signed {
    timestamp: String,
    nonce: String,
    query: String,
}

fn parameter(name: &str, value: &str, query: &mut String) {
    if !query.is_empty() {
        query.push('&');
    }
    query.push_str(name);
    query.push('=');
    percent::escape(value, query);
}

impl<E> fmt::Debug for Signer<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Signer").field("app_id", &self.id).field("at", &self.at).finish_non_exhaustive()
    }
}

impl fmt::Debug for SignedPush {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SignedPush")
            .field("bytes", &self.body.len())
            .field("content_type", &self.content_type)
            .finish_non_exhaustive()
    }
}
