//! One call of an endpoint that issues something: access tokens, or tickets.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use zeroize::Zeroizing;

use super::credentials::Account;
use crate::endpoint::WireRequest;
use crate::error::{Error, Fault, NoToken, Subject};
use crate::json::Json;
use crate::meta::{Meta, TokenIssue};
use crate::response::RawResponse;
use crate::token::{AccessToken, BoxFuture};

/// Sends a request that carries no access token; what is secret in it is concealed in the response.
pub(crate) trait Fetch: Send + Sync {
    /// The token that the response holds.
    fn fetch<'a>(
        &'a self,
        issue: &'static TokenIssue,
        wire: WireRequest,
        secret: &'a str,
    ) -> BoxFuture<'a, Result<Fetched, Error>>;
}

/// Issues what a keeper keeps.
pub(crate) trait Issuer: Send + Sync {
    /// What it issues, in words.
    fn what(&self) -> &'static str;

    /// For whom, in words for the log.
    fn owner(&self) -> &str;

    /// Under which key the store keeps it.
    fn key(&self) -> &str;

    /// Whether another one than the valid one can be asked for.
    fn can_force(&self) -> bool;

    /// Asks for it; with `force` for another one than the valid one.
    fn issue(&self, force: bool) -> BoxFuture<'_, Result<Fetched, NoToken>>;
}

/// What was issued. A ticket is kept like a token.
pub(crate) struct Fetched {
    pub(crate) token: AccessToken,
    pub(crate) valid: Duration,
}

/// What is longer is a mistake: of a server, or of a clock.
pub(crate) const LONGEST: Duration = Duration::from_secs(24 * 60 * 60);

/// Issues the access tokens of an account.
pub(crate) struct TokenIssuer {
    pub(crate) fetch: Arc<dyn Fetch>,
    pub(crate) issue: &'static TokenIssue,
    pub(crate) account: Account,
}

impl Issuer for TokenIssuer {
    fn what(&self) -> &'static str {
        "access token"
    }

    fn owner(&self) -> &str {
        &self.account.id
    }

    fn key(&self) -> &str {
        &self.account.id
    }

    fn can_force(&self) -> bool {
        self.issue.force.is_some()
    }

    fn issue(&self, force: bool) -> BoxFuture<'_, Result<Fetched, NoToken>> {
        Box::pin(async move {
            let secret = self.account.secret.get().map_err(NoToken::new)?;
            let wire = wire(self.issue, &self.account, &secret, force);
            self.fetch.fetch(self.issue, wire, &secret).await.map_err(NoToken::of)
        })
    }
}

fn wire(issue: &'static TokenIssue, account: &Account, secret: &str, force: bool) -> WireRequest {
    let own = [(issue.id, Json::from(account.id.as_str())), (issue.secret, Json::from(secret))];
    let force = issue.force.filter(|_| force).map(|key| (key, Json::from(true)));
    let all = own.into_iter().chain(fixed(issue.fixed)).chain(force);
    WireRequest::of(issue.meta, all.map(|(key, json)| (Cow::from(key), json)).collect())
}

/// Members that always have the same value.
pub(crate) fn fixed(members: &'static [(&'static str, &'static str)]) -> impl Iterator<Item = (&'static str, Json)> {
    members.iter().map(|(key, json)| (*key, Json::from_written((*json).to_owned())))
}

/// How long a token counts as valid that does not say it.
const UNTOLD: Duration = Duration::from_secs(60);

/// There is none. What came instead may hold one all the same, and is not shown.
fn none(meta: &'static Meta, field: &str, response: &RawResponse) -> Error {
    let came = RawResponse::new(response.status, response.content_type.clone(), Vec::new());
    if !(200..300).contains(&response.status) {
        return Error::new(Some(meta), Fault::Status(came));
    }
    let message = format!("there is no `{field}` in it, and no error code");
    Error::new(Some(meta), Fault::Decode { subject: Subject::Response, response: came, path: String::new(), message })
}

impl TokenIssue {
    /// The token that a response holds.
    pub(crate) fn read(&'static self, response: &RawResponse) -> Result<Fetched, Error> {
        read(self.meta, self.token, self.expires_in, response)
    }
}

/// What was issued, under the name of a field, and for how long.
pub(crate) fn read(
    meta: &'static Meta,
    field: &str,
    expires_in: &str,
    response: &RawResponse,
) -> Result<Fetched, Error> {
    if let Some(error) = response.came().refusal(meta) {
        return Err(error);
    }
    let members: BTreeMap<String, Json> = response.json().unwrap_or_default();
    let token = members.get(field).and_then(|json| json.to::<String>().ok()).map(Zeroizing::new);
    let token = token.map(|token| AccessToken::new(token.as_str())).filter(|token| token.fault().is_none());
    let Some(token) = token.filter(|_| (200..300).contains(&response.status)) else {
        return Err(none(meta, field, response));
    };
    let seconds = members.get(expires_in).and_then(|json| json.to_text().parse().ok());
    Ok(Fetched { token, valid: seconds.map_or(UNTOLD, Duration::from_secs).min(LONGEST) })
}
