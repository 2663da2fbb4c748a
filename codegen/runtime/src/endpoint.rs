//! What a request type knows about itself.

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::answer::RawAnswer;
use crate::body::Body;
use crate::error::Error;
use crate::meta::{BodyKind, Meta, Method};
use crate::validate::Validate;

/// A request type. With [`wire`](Endpoint::wire) and [`read`](Endpoint::read), any transport will do.
pub trait Endpoint: Serialize + Validate + Sync {
    /// The answer.
    type Response: DeserializeOwned + Send;

    /// What is known about the endpoint.
    const META: &'static Meta;

    /// The usual host, such as `https://api.example.com`; empty when there is none.
    const HOST: &'static str = "";

    /// Query parameters, not encoded. The access token is not among them.
    fn query(&self) -> Vec<(&'static str, String)> {
        Vec::new()
    }

    /// The body.
    fn body(&self) -> Result<Body, Error> {
        match Self::META.body {
            BodyKind::None => Ok(Body::None),
            BodyKind::Json => {
                serde_json::to_vec(self).map(Body::Json).map_err(|error| Error::encode(Self::META, error))
            }
            BodyKind::Multipart => Ok(Body::Multipart(Vec::new())),
        }
    }

    /// All that a transport has to send, but for the access token.
    fn wire(&self) -> Result<WireRequest, Error> {
        Ok(WireRequest {
            host: Self::HOST,
            method: Self::META.method,
            path: Self::META.path,
            query: self.query(),
            body: self.body()?,
            token_param: Self::META.token_param,
        })
    }

    /// Reads an answer: the error code that it tells, or its content.
    fn read(status: u16, body: &[u8]) -> Result<Self::Response, Error> {
        RawAnswer::new(status, None, body.to_vec()).read::<Self>()
    }
}

/// All that a transport has to send, but for the access token.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct WireRequest {
    /// The usual host, such as `https://api.example.com`; empty when there is none.
    pub host: &'static str,
    /// The verb.
    pub method: Method,
    /// The path, from the first slash.
    pub path: &'static str,
    /// The query parameters, not encoded.
    pub query: Vec<(&'static str, String)>,
    /// The body.
    pub body: Body,
    /// The name of the query parameter that carries the access token; empty when none does.
    pub token_param: &'static str,
}

impl WireRequest {
    /// The path and the encoded query, without the access token.
    pub fn target(&self) -> String {
        self.encoded(None)
    }

    /// The path and the encoded query, the access token included. Keep it out of logs.
    pub fn target_with(&self, token: &crate::token::AccessToken) -> String {
        self.encoded(Some(token.expose()))
    }

    fn encoded(&self, token: Option<&str>) -> String {
        let token = token.filter(|_| !self.token_param.is_empty()).map(|token| (self.token_param, token));
        let query = self.query.iter().map(|(name, value)| (*name, value.as_str()));
        let mut target = self.path.to_owned();
        for (position, (name, value)) in token.into_iter().chain(query).enumerate() {
            target.push(if position == 0 { '?' } else { '&' });
            escape(name, &mut target);
            target.push('=');
            escape(value, &mut target);
        }
        target
    }
}

/// Percent-encodes all but the letters that are never special in a URL.
pub(crate) fn escape(text: &str, out: &mut String) {
    const HEX: &[u8; 16] = b"0123456789ABCDEF";
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push('%');
            out.push(char::from(HEX[usize::from(byte >> 4)]));
            out.push(char::from(HEX[usize::from(byte & 15)]));
        }
    }
}
