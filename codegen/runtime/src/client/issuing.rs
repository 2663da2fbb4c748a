//! The call of the endpoint that issues access tokens.

use std::time::Duration;

use super::observed::{WatchedAttempt, WatchedCall};
use super::receive;
use super::request::set_query;
use super::shared::Shared;
use crate::account::{Fetch, Fetched};
use crate::endpoint::WireRequest;
use crate::error::Error;
use crate::meta::TokenIssue;
use crate::token::BoxFuture;

/// How long it may take: many calls wait for it.
const LIMIT: Duration = Duration::from_secs(15);

impl Fetch for Shared {
    fn fetch<'a>(
        &'a self,
        issue: &'static TokenIssue,
        mut wire: WireRequest,
        secret: &'a str,
    ) -> BoxFuture<'a, Result<Fetched, Error>> {
        let meta = issue.meta;
        Box::pin(async move {
            let mut request = self.template(&mut wire)?;
            set_query(request.url_mut(), wire.target());
            *request.timeout_mut() = Some(self.timeout.min(LIMIT));
            let mut call = WatchedCall::new(&self.hooks, meta);
            let fetched = call
                .within(async {
                    let mut attempt = WatchedAttempt::begin(&self.hooks, meta, 1, request.url());
                    let received = attempt.within(receive::receive(self, meta, request, secret, false)).await;
                    let read = received.and_then(|response| Ok((response.status, issue.read(&response)?)));
                    match &read {
                        Ok((status, _)) => attempt.succeeded(*status),
                        Err(error) => attempt.failed(error),
                    }
                    read
                })
                .await;
            call.ended(1, fetched.as_ref().err());
            Ok(fetched?.1)
        })
    }
}
