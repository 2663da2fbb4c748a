//! One call: check, send, read the envelope, and once more if the access token was stale.

use reqwest::header::{CONTENT_LENGTH, CONTENT_TYPE, HeaderValue};
use reqwest::{Request, Response, Url};
use serde_json::{Map, Value};

use super::{Client, ValidationPolicy};
use crate::answer::RawAnswer;
use crate::body::Body;
use crate::endpoint::{Endpoint, WireRequest};
use crate::error::{Error, Fault};
use crate::meta::{Meta, Method};
use crate::token::AccessToken;

/// An answer, what its envelope says, and the token that it was asked for with.
pub(super) struct Exchange {
    pub(super) answer: RawAnswer,
    pub(super) object: Result<Map<String, Value>, Error>,
    pub(super) token: AccessToken,
}

impl Client {
    pub(super) async fn exchange<E: Endpoint>(&self, endpoint: &E) -> Result<Exchange, Error> {
        self.check(endpoint)?;
        let mut wire = endpoint.wire()?;
        let template = self.template(&mut wire)?;
        let token = self.0.tokens.token().await?;
        let first = self.attempt(E::META, self.request(&template, &wire, &token)?, token).await?;
        if !first.object.as_ref().is_err_and(Error::is_token_problem) {
            return Ok(first);
        }
        // The server has refused the call before doing anything: to send it again is harmless, whatever it does.
        match self.0.tokens.renew(&first.token).await? {
            Some(fresh) if fresh != first.token => {
                self.attempt(E::META, self.request(&template, &wire, &fresh)?, fresh).await
            }
            _ => Ok(first),
        }
    }

    fn check<E: Endpoint>(&self, endpoint: &E) -> Result<(), Error> {
        if self.0.policy == ValidationPolicy::Off {
            return Ok(());
        }
        let Err(violations) = endpoint.validate() else {
            return Ok(());
        };
        if self.0.policy == ValidationPolicy::Refuse {
            return Err(Error::invalid(E::META, violations));
        }
        for violation in &violations {
            log::warn!("{} {}: {violation}", E::META.method, E::META.path);
        }
        Ok(())
    }

    /// The request without its query. Takes the body out of `wire`.
    fn template(&self, wire: &mut WireRequest) -> Result<Request, Error> {
        let method = match wire.method {
            Method::Get => reqwest::Method::GET,
            Method::Post => reqwest::Method::POST,
        };
        let mut request = Request::new(method, self.url(wire, wire.path)?);
        *request.timeout_mut() = Some(self.0.timeout);
        let body = std::mem::replace(&mut wire.body, Body::None);
        if body != Body::None {
            let (content_type, bytes) = body.encode();
            let content_type = HeaderValue::try_from(content_type).map_err(|error| config(&error))?;
            request.headers_mut().insert(CONTENT_TYPE, content_type);
            *request.body_mut() = Some(bytes.into());
        } else if wire.method == Method::Post {
            // Some servers answer 411 to a POST that does not say how long it is.
            request.headers_mut().insert(CONTENT_LENGTH, HeaderValue::from_static("0"));
        }
        Ok(request)
    }

    /// The request with its query, the token included.
    fn request(&self, template: &Request, wire: &WireRequest, token: &AccessToken) -> Result<Request, Error> {
        let url = self.url(wire, &wire.target_with(token))?;
        let mut request = template.try_clone().ok_or_else(|| config(&"a body in memory can be copied"))?;
        *request.url_mut() = url;
        Ok(request)
    }

    fn url(&self, wire: &WireRequest, target: &str) -> Result<Url, Error> {
        let host = match &self.0.base_url {
            Some(base_url) => base_url,
            None if wire.host.is_empty() => {
                return Err(config(&"no base_url is set, and the endpoint has no host"));
            }
            None => wire.host.trim_end_matches('/'),
        };
        // The error of the parser does not repeat what it was given.
        Url::parse(&format!("{host}{target}")).map_err(|error| config(&error))
    }

    async fn attempt(&self, meta: &'static Meta, request: Request, token: AccessToken) -> Result<Exchange, Error> {
        let answer = self.receive(meta, request).await?;
        let object = answer.open(meta).map_err(|error| error.conceal(token.expose()));
        Ok(Exchange { answer, object, token })
    }

    async fn receive(&self, meta: &'static Meta, request: Request) -> Result<RawAnswer, Error> {
        let lost = |error: reqwest::Error| {
            let (timeout, connect) = (error.is_timeout(), error.is_connect());
            Error::new(Some(meta), Fault::Transport { source: error.without_url().into(), timeout, connect })
        };
        let mut response = self.0.http.execute(request).await.map_err(lost)?;
        let status = response.status().as_u16();
        let too_large = || Error::too_large(meta, status, self.0.max_body);
        let announced = response.content_length().unwrap_or(0);
        if usize::try_from(announced).map_or(true, |announced| announced > self.0.max_body) {
            return Err(too_large());
        }
        let content_type = content_type(&response);
        let mut body = Vec::new();
        while let Some(chunk) = response.chunk().await.map_err(lost)? {
            if body.len() + chunk.len() > self.0.max_body {
                return Err(too_large());
            }
            body.extend_from_slice(&chunk);
        }
        Ok(RawAnswer::new(status, content_type, body))
    }
}

fn content_type(response: &Response) -> Option<String> {
    let value = response.headers().get(CONTENT_TYPE)?;
    Some(String::from_utf8_lossy(value.as_bytes()).into_owned())
}

fn config(message: &dyn std::fmt::Display) -> Error {
    Error::new(None, Fault::Config(message.to_string()))
}
