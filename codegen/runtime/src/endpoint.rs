//! What a request type knows about itself.

use std::borrow::Cow;
use std::fmt;

use crate::body::Body;
use crate::error::Error;
#[cfg(feature = "client")]
use crate::json::Json;
use crate::json::write_object;
use crate::meta::{BodyKind, Meta, Method};
use crate::multipart::Part;
use crate::object::{Blank, Field, Object, View};
use crate::percent::escape;
use crate::response::Came;
use crate::secret::shown;
use crate::shown::Quoted;
use crate::validate::Validate;

/// A request type. With [`wire`](Endpoint::wire) and [`read`](Endpoint::read), any transport will do.
pub trait Endpoint: Object + Validate {
    /// The response.
    type Response: Field + Blank + Send;

    /// What is known about the endpoint.
    const META: &'static Meta;

    /// Query parameters, not encoded. The access token is not among them.
    fn query(&self) -> Vec<(Cow<'static, str>, String)>
    where
        Self: Sized,
    {
        query(self, Self::META)
    }

    /// The body.
    fn body(&self) -> Body
    where
        Self: Sized,
    {
        body(self, Self::META)
    }

    /// All that a transport has to send, but for the access token.
    fn wire(&self) -> WireRequest
    where
        Self: Sized,
    {
        wire(self, Self::META)
    }

    /// Reads a response: the error code that it tells, or its content.
    fn read(status: u16, body: &[u8]) -> Result<Self::Response, Error> {
        let mut value = Self::Response::BLANK;
        Came { status, content_type: None, body }.fill(Self::META, &mut value, false)?;
        Ok(value)
    }
}

fn wire(request: &dyn Object, meta: &'static Meta) -> WireRequest {
    WireRequest {
        host: meta.host,
        method: meta.method,
        path: meta.path,
        query: query(request, meta),
        body: body(request, meta),
        token_param: meta.token_param,
    }
}

fn query(request: &dyn Object, meta: &Meta) -> Vec<(Cow<'static, str>, String)> {
    let mut query = Vec::new();
    // Without a body, extra fields can go nowhere else.
    let all = meta.body == BodyKind::None;
    if all || !meta.query.is_empty() {
        each_value(request, &mut |key, view| {
            if let (true, Some(text)) = (all || meta.query.contains(&&*key), view.to_text()) {
                query.push((key, text));
            }
        });
    }
    query
}

fn body(request: &dyn Object, meta: &Meta) -> Body {
    match meta.body {
        BodyKind::None => Body::None,
        BodyKind::Json => Body::Json(write_object(request, meta.query).into_bytes()),
        BodyKind::Multipart => {
            let mut parts = Vec::new();
            each_value(request, &mut |key, view| match (view, view.to_text()) {
                _ if meta.query.contains(&&*key) => {}
                (View::File(file), _) => parts.push(Part::file(key, file.clone())),
                (_, Some(text)) => parts.push(Part::text(key, text)),
                _ => {}
            });
            Body::Multipart(parts)
        }
    }
}

/// Shows every value that is set; the items of a list and extra fields one by one.
fn each_value(request: &dyn Object, show: &mut dyn FnMut(Cow<'static, str>, View<'_>)) {
    request.lend(&mut |shape, fields| {
        for (key, field) in shape.keys.iter().zip(fields) {
            match field.view() {
                View::Absent => {}
                View::List(list) => (0..list.len()).for_each(|index| show((*key).into(), list.item(index))),
                View::Entries(extra) if key.is_empty() => {
                    extra.each(&mut |key, view| show(key.to_owned().into(), view))
                }
                view => show((*key).into(), view),
            }
        }
    });
}

/// All that a transport has to send, but for the access token.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct WireRequest {
    /// The usual host, such as `https://api.example.com`; empty when there is none.
    pub host: &'static str,
    /// The verb.
    pub method: Method,
    /// The path, from the first slash.
    pub path: &'static str,
    /// The query parameters, not encoded.
    pub query: Vec<(Cow<'static, str>, String)>,
    /// The body.
    pub body: Body,
    /// The name of the query parameter that carries the access token; empty when none does.
    pub token_param: &'static str,
}

impl fmt::Debug for WireRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let query: Vec<_> = self.query.iter().map(|(name, value)| (name, Quoted(shown(name, value)))).collect();
        f.debug_struct("WireRequest")
            .field("host", &self.host)
            .field("method", &self.method)
            .field("path", &self.path)
            .field("query", &query)
            .field("body", &self.body)
            .field("token_param", &self.token_param)
            .finish()
    }
}

#[cfg(feature = "client")]
impl WireRequest {
    /// A request of members of which only the data of the generated code knows what they are.
    pub(crate) fn of(meta: &'static Meta, members: Vec<(Cow<'static, str>, Json)>) -> Self {
        let in_query = |key: &str| meta.body == BodyKind::None || meta.query.contains(&key);
        let (query, rest): (Vec<_>, Vec<_>) = members.into_iter().partition(|(key, _)| in_query(key));
        let query = query.into_iter().map(|(key, json)| (key, json.to_text())).collect();
        let body = match meta.body {
            BodyKind::None => Body::None,
            _ => Body::Json(Json::object(rest).as_str().as_bytes().to_vec()),
        };
        WireRequest {
            host: meta.host,
            method: meta.method,
            path: meta.path,
            query,
            body,
            token_param: meta.token_param,
        }
    }
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
        let query = self.query.iter().map(|(name, value)| (&**name, value.as_str()));
        // Enough from the start: a text that grows leaves copies of the access token in memory.
        let size = |(name, value): (&str, &str)| 3 * (name.len() + value.len()) + 2;
        let sizes: usize = token.into_iter().chain(query.clone()).map(size).sum();
        let mut target = String::with_capacity(self.path.len() + sizes);
        target.push_str(self.path);
        for (position, (name, value)) in token.into_iter().chain(query).enumerate() {
            target.push(if position == 0 { '?' } else { '&' });
            escape(name, &mut target);
            target.push('=');
            escape(value, &mut target);
        }
        target
    }
}
