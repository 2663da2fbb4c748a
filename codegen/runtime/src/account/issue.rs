//! One call of the endpoint that issues access tokens.

use std::collections::BTreeMap;
use std::time::Duration;

use zeroize::Zeroizing;

use super::credentials::Account;
use crate::body::Body;
use crate::endpoint::WireRequest;
use crate::error::{Error, Fault, NoToken, Subject};
use crate::json::Json;
use crate::meta::{BodyKind, TokenIssue};
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

/// A token that was issued.
pub(crate) struct Fetched {
    pub(crate) token: AccessToken,
    pub(crate) valid: Duration,
}

/// What is longer is a mistake: of a server, or of a clock.
pub(crate) const LONGEST: Duration = Duration::from_secs(24 * 60 * 60);

/// Asks for a token; with `force` for another one than the valid one.
pub(super) async fn issue(
    fetch: &dyn Fetch,
    issue: &'static TokenIssue,
    account: &Account,
    force: bool,
) -> Result<Fetched, NoToken> {
    let secret = account.secret.get().map_err(NoToken::new)?;
    let wire = wire(issue, account, &secret, force);
    fetch.fetch(issue, wire, &secret).await.map_err(NoToken::of)
}

fn wire(issue: &'static TokenIssue, account: &Account, secret: &str, force: bool) -> WireRequest {
    let meta = issue.meta;
    let own = [(issue.id, Json::from(account.id.as_str())), (issue.secret, Json::from(secret))];
    let fixed = issue.fixed.iter().map(|(key, json)| (*key, Json::from_written((*json).to_owned())));
    let force = issue.force.filter(|_| force).map(|key| (key, Json::from(true)));
    let all = own.into_iter().chain(fixed).chain(force);
    let (query, body) = match meta.body {
        BodyKind::None => (all.map(|(key, json)| (key.into(), json.to_text())).collect(), Body::None),
        _ => (Vec::new(), Body::Json(Json::object(all).as_str().as_bytes().to_vec())),
    };
    WireRequest { host: meta.host, method: meta.method, path: meta.path, query, body, token_param: meta.token_param }
}

/// How long a token counts as valid that does not say it.
const UNTOLD: Duration = Duration::from_secs(60);

/// There is no token. What came instead may hold one all the same, and is not shown.
fn none(issue: &'static TokenIssue, response: &RawResponse) -> Error {
    let came = RawResponse::new(response.status, response.content_type.clone(), Vec::new());
    if !(200..300).contains(&response.status) {
        return Error::new(Some(issue.meta), Fault::Status(came));
    }
    let message = format!("there is no `{}` in it, and no error code", issue.token);
    Error::new(
        Some(issue.meta),
        Fault::Decode { subject: Subject::Response, response: came, path: String::new(), message },
    )
}

impl TokenIssue {
    /// The token that a response holds.
    pub(crate) fn read(&'static self, response: &RawResponse) -> Result<Fetched, Error> {
        if let Some(error) = response.came().refusal(self.meta) {
            return Err(error);
        }
        let members: BTreeMap<String, Json> = response.json().unwrap_or_default();
        let token = members.get(self.token).and_then(|json| json.to::<String>().ok()).map(Zeroizing::new);
        let token = token.map(|token| AccessToken::new(token.as_str())).filter(|token| token.fault().is_none());
        let Some(token) = token.filter(|_| (200..300).contains(&response.status)) else {
            return Err(none(self, response));
        };
        let seconds = members.get(self.expires_in).and_then(|json| json.to_text().parse().ok());
        Ok(Fetched { token, valid: seconds.map_or(UNTOLD, Duration::from_secs).min(LONGEST) })
    }
}
