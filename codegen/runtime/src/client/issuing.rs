//! The call of the endpoint that issues access tokens.

use std::time::Duration;

use super::receive;
use super::request::set_query;
use super::shared::Shared;
use crate::account::Fetch;
use crate::endpoint::WireRequest;
use crate::error::Error;
use crate::meta::Meta;
use crate::response::RawResponse;
use crate::token::BoxFuture;

/// How long it may take: many calls wait for it.
const LIMIT: Duration = Duration::from_secs(15);

impl Fetch for Shared {
    fn fetch<'a>(
        &'a self,
        meta: &'static Meta,
        mut wire: WireRequest,
        secret: &'a str,
    ) -> BoxFuture<'a, Result<RawResponse, Error>> {
        Box::pin(async move {
            let mut request = self.template(&mut wire)?;
            set_query(request.url_mut(), wire.target());
            *request.timeout_mut() = Some(self.timeout.min(LIMIT));
            receive::receive(self, meta, request, secret, false).await
        })
    }
}
