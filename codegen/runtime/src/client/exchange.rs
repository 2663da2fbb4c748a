//! One call: check, send, receive, and once more if the access token was stale.

use reqwest::header::{CONTENT_LENGTH, CONTENT_TYPE, HeaderValue};
use reqwest::{Request, Url};

use super::{Client, ValidationPolicy, builder, receive};
use crate::body::Body;
use crate::endpoint::WireRequest;
use crate::error::{Error, Fault};
use crate::inspect::{Inspected, Report};
use crate::meta::{Meta, Method};
use crate::object::{Blank, Field};
use crate::response::RawResponse;
use crate::token::{AccessToken, BoxFuture};
use crate::validate::Violations;

/// A call that came back.
pub(super) struct Exchange {
    client: Client,
    call: Call,
    response: RawResponse,
    token: AccessToken,
    last: bool,
}

/// What is sent, whatever the token.
struct Call {
    meta: &'static Meta,
    wire: WireRequest,
    /// The request without its query.
    template: Request,
}

impl Exchange {
    /// Whether the call may not be sent again.
    pub(super) fn is_last(&self) -> bool {
        self.last
    }

    /// The value that the response holds.
    pub(super) fn value<T: Field + Blank>(&self) -> Result<T, Error> {
        let mut value = T::BLANK;
        let report = self.fill(&mut value, false)?;
        self.warn(&report);
        Ok(value)
    }

    /// The value, and what is odd about the response.
    pub(super) fn inspected<T: Field + Blank>(&self) -> Result<Inspected<T>, Error> {
        let mut value = T::BLANK;
        let report = self.fill(&mut value, true)?;
        Ok(Inspected::new(value, report))
    }

    /// The response as it came.
    pub(super) fn raw(&self) -> Result<RawResponse, Error> {
        match self.response.came().refusal(self.call.meta) {
            Some(error) if error.is_token_problem() && !self.last => Err(error),
            _ => Ok(self.response.clone()),
        }
    }

    fn fill(&self, value: &mut dyn Field, strangers: bool) -> Result<Report, Error> {
        self.response.came().fill(self.call.meta, value, strangers)
    }

    fn warn(&self, report: &Report) {
        let Meta { method, path, .. } = self.call.meta;
        for oddity in &report.oddities {
            log::warn!("{method} {path}: left out of the response: {oddity}");
        }
        if report.more_oddities > 0 {
            log::warn!("{method} {path}: left out of the response: {} more values", report.more_oddities);
        }
    }

    /// The same call once more, with another token. Without one, what came is what there is.
    pub(super) fn with_another_token(self) -> BoxFuture<'static, Result<Exchange, Error>> {
        Box::pin(async move {
            match self.client.0.tokens.renew(&self.token).await? {
                Some(fresh) if fresh != self.token => self.client.attempt(self.call, fresh, true).await,
                _ => Ok(Exchange { last: true, ..self }),
            }
        })
    }
}

impl Client {
    pub(super) fn exchange(
        self,
        meta: &'static Meta,
        wrong: Option<Violations>,
        mut wire: WireRequest,
    ) -> BoxFuture<'static, Result<Exchange, Error>> {
        Box::pin(async move {
            if let Some(violations) = wrong {
                self.refuse(meta, violations)?;
            }
            let template = self.template(&mut wire)?;
            let token = self.0.tokens.token().await?;
            self.attempt(Call { meta, wire, template }, token, false).await
        })
    }

    fn refuse(&self, meta: &'static Meta, violations: Violations) -> Result<(), Error> {
        if self.0.policy == ValidationPolicy::Refuse {
            return Err(Error::invalid(meta, violations));
        }
        for violation in &violations {
            log::warn!("{} {}: {violation}", meta.method, meta.path);
        }
        Ok(())
    }

    /// The request without its query. Takes the body out of `wire`.
    fn template(&self, wire: &mut WireRequest) -> Result<Request, Error> {
        let method = match wire.method {
            Method::Get => reqwest::Method::GET,
            Method::Post => reqwest::Method::POST,
        };
        let url = self.url(wire, wire.path)?;
        if !self.0.allow_plain_http && builder::is_in_the_clear(&url) {
            return Err(config(&"the host of the endpoint: http:// would show the access token to whoever listens"));
        }
        let mut request = Request::new(method, url);
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

    async fn attempt(&self, call: Call, token: AccessToken, last: bool) -> Result<Exchange, Error> {
        let mut request = call.template.try_clone().ok_or_else(|| config(&"a body in memory can be copied"))?;
        *request.url_mut() = self.url(&call.wire, &call.wire.target_with(&token))?;
        let response = receive::receive(&self.0, call.meta, request, &token).await?;
        Ok(Exchange { client: self.clone(), call, response, token, last })
    }
}

fn config(message: &dyn std::fmt::Display) -> Error {
    Error::new(None, Fault::Config(message.to_string()))
}
