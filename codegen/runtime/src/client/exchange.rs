//! One call: check, send, receive, and again where that is right.

use std::sync::Arc;
use std::time::Instant;

use reqwest::Request;

use super::deadline::Deadline;
use super::observed::WatchedAttempt;
use super::receive;
use super::renewal::Other;
use super::request::{config, set_query};
use super::retries::FailedAttempt;
use super::shared::{Client, Shared, Tokens, ValidationPolicy};
use crate::account::{Account, Issuer, TokenIssuer};
use crate::endpoint::WireRequest;
use crate::error::{Attempt, Error, Fault, NoToken};
use crate::inspect::{Inspected, Report};
use crate::json::Json;
use crate::meta::{Meta, Repeat, TokenIssue};
use crate::object::{Blank, Field};
use crate::response::RawResponse;
use crate::token::{AccessToken, BoxFuture};
use crate::validate::Violations;

/// How often a call is sent at most because of its token: it is refused, and so is one that was known already.
const MOST_TOKENS: u8 = 3;

/// A call under way or back.
pub(super) type Exchanging = BoxFuture<'static, Result<Exchange, Error>>;

/// A call that came back, or got lost.
pub(super) struct Exchange {
    client: Client,
    call: Call,
    token: AccessToken,
    /// What came; the error until it is told.
    came: Result<RawResponse, Option<Error>>,
    /// Whether it is not sent again, whatever came.
    settled: bool,
    attempt: WatchedAttempt,
}

/// What is sent, whatever the token.
struct Call {
    meta: &'static Meta,
    wire: WireRequest,
    /// The request without its query.
    template: Request,
    deadline: Deadline,
    /// How many tokens were tried.
    tokens: u8,
    /// Whether the token at hand is the last to be tried.
    last_token: bool,
    /// Which host is called: the usual one has the number 0.
    host: usize,
    /// Whether the headers of the response are wanted.
    headers: bool,
    /// The attempts that failed.
    attempts: Vec<Attempt>,
    begin: Instant,
}

/// What becomes of a call that failed.
pub(super) enum Next {
    Again(Exchanging),
    End(Error),
}

impl Exchange {
    /// The value that the response holds.
    pub(super) fn value<T: Field + Blank>(&mut self) -> Result<T, Error> {
        let mut value = T::BLANK;
        let report = self.fill(&mut value, false)?;
        self.warn(&report);
        Ok(value)
    }

    /// The value, and what is odd about the response.
    pub(super) fn inspected<T: Field + Blank>(&mut self) -> Result<Inspected<T>, Error> {
        let mut value = T::BLANK;
        let report = self.fill(&mut value, true)?;
        Ok(Inspected::new(value, report))
    }

    /// The response as it came.
    pub(super) fn raw(&mut self) -> Result<RawResponse, Error> {
        let meta = self.call.meta;
        let settled = self.settled;
        let response = self.came()?;
        match response.came().failure(meta) {
            Some(error) if !settled => Err(error),
            _ => Ok(response.clone()),
        }
    }

    /// The response as any JSON. Where no type says what proves success, no code is one.
    pub(super) fn any(&mut self) -> Result<Json, Error> {
        let meta = self.call.meta;
        self.came()?.came().any(meta)
    }

    fn fill(&mut self, value: &mut dyn Field, strangers: bool) -> Result<Report, Error> {
        let meta = self.call.meta;
        self.came()?.came().fill(meta, value, strangers)
    }

    fn came(&mut self) -> Result<&RawResponse, Error> {
        let lost = || Error::new(None, Fault::Config("the error of the call was told before".to_owned()));
        match &mut self.came {
            Ok(response) => Ok(response),
            Err(error) => Err(error.take().unwrap_or_else(lost)),
        }
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

    /// The call has succeeded.
    pub(super) fn succeeded(&mut self) {
        self.client.0.retries.succeeded();
        self.attempt.succeeded(self.came.as_ref().map_or(0, |response| response.status));
    }

    /// How often the call was sent.
    pub(super) fn sent(&self) -> u32 {
        self.attempt.number()
    }

    /// Whether what came is to be given as it is, now that the call is not sent again.
    pub(super) fn settle(&mut self) {
        self.settled = true;
    }

    /// What becomes of the call, which failed for this reason.
    pub(super) fn next(mut self, error: Error) -> (Option<Self>, Next) {
        self.attempt.failed(&error);
        if self.settled {
            return (None, Next::End(error));
        }
        if error.is_refused_token() && !self.call.last_token {
            self.call.note(&error);
            return (None, Next::Again(self.with_another_token(error.code())));
        }
        if error.is_connect() && self.call.host < self.client.0.fallbacks.len() {
            self.call.note(&error);
            self.call.host += 1;
            return (None, Next::Again(Box::pin(self.client.attempt(self.call, self.token))));
        }
        let number = u32::try_from(self.call.attempts.len()).unwrap_or(u32::MAX).saturating_add(1);
        let failed = FailedAttempt { error: &error, number, left: self.call.deadline.left() };
        let Some(pause) = self.client.0.retries.pause(&failed) else {
            let attempts = std::mem::take(&mut self.call.attempts);
            return (Some(self), Next::End(error.after(attempts)));
        };
        self.call.note(&error);
        let Exchange { client, call, token, .. } = self;
        (
            None,
            Next::Again(Box::pin(async move {
                tokio::time::sleep(pause).await;
                client.attempt(call, token).await
            })),
        )
    }

    /// The same call once more, with another token than the one that the server refused with this code. Without one,
    /// what came is what there is.
    fn with_another_token(mut self, refused: Option<i64>) -> Exchanging {
        Box::pin(async move {
            let client = self.client.clone();
            let other = self.call.deadline.within(client.other_than(&self.token, self.call.meta)).await;
            let other = other.unwrap_or_else(|late| Err(NoToken::new(late.into())));
            self.call.tokens += 1;
            let (token, last) = match other.map_err(|no_token| self.call.without_token(no_token, refused))? {
                Other::Renewed(token) => (token, true),
                // It may be stale as well, and then it takes a renewal.
                Other::Known(token) => (token, self.call.tokens == MOST_TOKENS),
                Other::None => {
                    self.settled = true;
                    return Ok(self);
                }
            };
            self.call.last_token = last;
            client.attempt(self.call, token).await
        })
    }
}

impl Call {
    fn without_token(&mut self, no_token: NoToken, refused: Option<i64>) -> Error {
        let error = Error::new(Some(self.meta), Fault::Token(NoToken { refused, ..no_token }));
        error.after(std::mem::take(&mut self.attempts))
    }

    fn note(&mut self, error: &Error) {
        let took = self.attempts.iter().fold(self.begin.elapsed(), |left, attempt| left.saturating_sub(attempt.took));
        self.attempts.push(Attempt { took, failed: error.to_string() });
    }
}

impl Client {
    pub(super) fn exchange(
        self,
        meta: &'static Meta,
        wrong: Option<Violations>,
        mut wire: WireRequest,
        headers: bool,
    ) -> Exchanging {
        Box::pin(async move {
            let (begin, deadline) = (Instant::now(), Deadline::after(self.0.timeout));
            if let Some(violations) = wrong {
                self.refuse(meta, violations)?;
            }
            let template = self.0.template(&mut wire)?;
            let attempts = Vec::new();
            let last_token = meta.token_param.is_empty();
            let mut call =
                Call { meta, wire, template, deadline, tokens: 1, last_token, host: 0, headers, attempts, begin };
            let token = match last_token {
                true => AccessToken::new(""),
                false => self.token(meta, deadline).await.map_err(|no_token| call.without_token(no_token, None))?,
            };
            self.attempt(call, token).await
        })
    }

    async fn token(&self, meta: &'static Meta, deadline: Deadline) -> Result<AccessToken, NoToken> {
        let token = match &*self.0.tokens {
            Tokens::Source(source, _) => {
                let token = deadline.within(source.token()).await.map_err(|late| NoToken::new(late.into()))?;
                token.map_err(NoToken::of)?
            }
            Tokens::Account(account, keeper) => {
                let issue = meta.issue.ok_or_else(no_issue)?;
                let issuer = || self.issuer(issue, account);
                let token = deadline.within(keeper.token(&issuer)).await;
                token.map_err(|late| NoToken::new(late.into()))??
            }
        };
        match token.fault() {
            Some(fault) => Err(NoToken::new(fault.into())),
            None => Ok(token),
        }
    }

    async fn other_than(&self, refused: &AccessToken, meta: &'static Meta) -> Result<Other, NoToken> {
        match &*self.0.tokens {
            Tokens::Source(source, renewals) => renewals.other_than(refused, &**source).await,
            Tokens::Account(account, keeper) => {
                let issue = meta.issue.ok_or_else(no_issue)?;
                let other = keeper.other_than(refused, &|| self.issuer(issue, account)).await?;
                Ok(other.map_or(Other::None, Other::Renewed))
            }
        }
    }

    fn issuer(&self, issue: &'static TokenIssue, account: &Account) -> Arc<dyn Issuer> {
        Arc::new(TokenIssuer { fetch: self.0.clone(), issue, account: account.clone() })
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

    async fn attempt(self, mut call: Call, token: AccessToken) -> Result<Exchange, Error> {
        let passed = self.0.gate.pass(call.meta, call.deadline.left()).await;
        passed.map_err(|over| over.after(std::mem::take(&mut call.attempts)))?;
        let mut request = call.template.try_clone().ok_or_else(|| config(&"a body in memory can be copied"))?;
        if call.host > 0 {
            *request.url_mut() = self.0.url(&call.wire, call.host)?;
        }
        set_query(request.url_mut(), call.wire.target_with(&token));
        let left = call.deadline.left();
        let may_repeat = call.meta.repeat == Repeat::Safe;
        let limit = if may_repeat { left.min(self.0.attempt_timeout) } else { left };
        let shared: &Shared = &self.0;
        let attempt = WatchedAttempt::begin(&shared.hooks, call.meta, call.attempts.len() + 1, request.url());
        let received = receive::receive(shared, call.meta, request, token.expose(), call.headers);
        let came = attempt.within(receive::in_time(call.meta, limit, received)).await.map_err(Some);
        Ok(Exchange { client: self, call, token, came, settled: false, attempt })
    }
}

fn no_issue() -> NoToken {
    NoToken::new("nothing says how the access token of this endpoint is got: set access_token or token_source".into())
}
