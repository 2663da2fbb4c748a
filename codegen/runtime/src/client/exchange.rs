//! One call: check, send, receive, and once more if the access token was stale.

use reqwest::header::{CONTENT_LENGTH, CONTENT_TYPE, HeaderValue};
use reqwest::{Request, Url};
use zeroize::Zeroizing;

use super::deadline::Deadline;
use super::renewal::Other;
use super::shared::{Client, Shared, ValidationPolicy};
use super::{host, receive};
use crate::body::Body;
use crate::endpoint::WireRequest;
use crate::error::{Error, Fault, NoToken};
use crate::inspect::{Inspected, Report};
use crate::meta::{Meta, Method};
use crate::object::{Blank, Field};
use crate::response::RawResponse;
use crate::token::{AccessToken, BoxFuture};
use crate::validate::Violations;

/// How often a call is sent at most: the access token is refused, and so is one that was known already.
const MOST_ATTEMPTS: u8 = 3;

/// A call that came back.
pub(super) struct Exchange {
    client: Client,
    call: Call,
    response: RawResponse,
    token: AccessToken,
    attempt: Attempt,
}

/// Which of the attempts of a call it is.
#[derive(Clone, Copy)]
struct Attempt {
    number: u8,
    last: bool,
}

/// What is sent, whatever the token.
struct Call {
    meta: &'static Meta,
    wire: WireRequest,
    /// The request without its query.
    template: Request,
    deadline: Deadline,
}

impl Exchange {
    /// Whether the call may not be sent again.
    pub(super) fn is_last(&self) -> bool {
        self.attempt.last
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
            Some(error) if error.is_token_problem() && !self.attempt.last => Err(error),
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

    /// The same call once more, with another token than the one that the server refused with this code. Without one,
    /// what came is what there is.
    pub(super) fn with_another_token(mut self, refused: Option<i64>) -> BoxFuture<'static, Result<Exchange, Error>> {
        Box::pin(async move {
            let Shared { renewals, tokens, .. } = &*self.client.0;
            let other = self.call.deadline.within(renewals.other_than(&self.token, &**tokens)).await;
            let other = other.unwrap_or_else(|late| Err(NoToken::new(late.into())));
            let number = self.attempt.number + 1;
            let (token, last) = match other.map_err(|no_token| self.call.without_token(no_token, refused))? {
                Other::Renewed(token) => (token, true),
                // It may be stale as well, and then it takes a renewal.
                Other::Known(token) => (token, number == MOST_ATTEMPTS),
                Other::None => {
                    self.attempt.last = true;
                    return Ok(self);
                }
            };
            self.client.clone().attempt(self.call, token, Attempt { number, last }).await
        })
    }
}

impl Call {
    fn without_token(&self, no_token: NoToken, refused: Option<i64>) -> Error {
        Error::new(Some(self.meta), Fault::Token(NoToken { refused, ..no_token }))
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
            let deadline = Deadline::after(self.0.timeout);
            if let Some(violations) = wrong {
                self.refuse(meta, violations)?;
            }
            let template = self.template(&mut wire)?;
            let call = Call { meta, wire, template, deadline };
            let token = self.token(deadline).await.map_err(|no_token| call.without_token(no_token, None))?;
            self.attempt(call, token, Attempt { number: 1, last: false }).await
        })
    }

    async fn token(&self, deadline: Deadline) -> Result<AccessToken, NoToken> {
        let token = deadline.within(self.0.tokens.token()).await.map_err(|late| NoToken::new(late.into()))?;
        let token = token.map_err(NoToken::of)?;
        match token.fault() {
            Some(fault) => Err(NoToken::new(fault.into())),
            None => Ok(token),
        }
    }

    fn refuse(&self, meta: &'static Meta, violations: Violations) -> Result<(), Error> {
        if self.0.policy == ValidationPolicy::Refuse {
            return Err(Error::new(Some(meta), Fault::Invalid(violations)));
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
        if !self.0.allow_plain_http && host::is_in_the_clear(&url) {
            return Err(config(&"the host of the endpoint: http:// would show the access token to whoever listens"));
        }
        let mut request = Request::new(method, url);
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
        // A copy that holds the access token does not outlive this. The one in the URL is out of reach.
        let text = Zeroizing::new([host, target].concat());
        // The error of the parser does not repeat what it was given.
        Url::parse(&text).map_err(|error| config(&error))
    }

    async fn attempt(self, call: Call, token: AccessToken, attempt: Attempt) -> Result<Exchange, Error> {
        let mut request = call.template.try_clone().ok_or_else(|| config(&"a body in memory can be copied"))?;
        *request.url_mut() = self.url(&call.wire, &Zeroizing::new(call.wire.target_with(&token)))?;
        *request.timeout_mut() = Some(call.deadline.left());
        let response = receive::receive(&self.0, call.meta, request, &token).await?;
        Ok(Exchange { client: self, call, response, token, attempt })
    }
}

fn config(message: &dyn std::fmt::Display) -> Error {
    Error::new(None, Fault::Config(message.to_string()))
}
