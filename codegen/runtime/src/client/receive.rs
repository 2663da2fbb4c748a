//! Sending a request and receiving its response.

use std::error::Error as StdError;
use std::fmt;
use std::time::Duration;

use reqwest::header::CONTENT_TYPE;
use reqwest::{Request, Response};

use super::shared::Shared;
use crate::error::{Error, Fault};
use crate::meta::Meta;
use crate::response::RawResponse;
use crate::secret::Spellings;

/// The response to a request. Some gateways print the URL that they were asked for: the access token is taken out of the
/// response here, so that nobody later has to think of it.
pub(super) async fn receive(
    shared: &Shared,
    meta: &'static Meta,
    request: Request,
    secret: &str,
    keep_headers: bool,
) -> Result<RawResponse, Error> {
    let lost = |error| lost(meta, error);
    let mut response = shared.http.execute(request).await.map_err(lost)?;
    let status = response.status().as_u16();
    let too_large = || Error::too_large(meta, status, shared.max_body);
    let announced = usize::try_from(response.content_length().unwrap_or(0)).unwrap_or(usize::MAX);
    if announced > shared.max_body {
        return Err(too_large());
    }
    let mut content_type = content_type(&response);
    let mut headers = if keep_headers { headers(&response) } else { Vec::new() };
    // What is announced is not believed beyond a size that costs nothing.
    let mut body = Vec::with_capacity(announced.min(64 * 1024));
    while let Some(chunk) = response.chunk().await.map_err(lost)? {
        if body.len() + chunk.len() > shared.max_body {
            return Err(too_large());
        }
        body.extend_from_slice(&chunk);
    }
    let secret = Spellings::of(secret);
    secret.conceal_bytes(&mut body);
    let values = headers.iter_mut().map(|(_, value)| value);
    content_type.iter_mut().chain(values).for_each(|text| secret.conceal(text));
    Ok(RawResponse { headers, ..RawResponse::new(status, content_type, body) })
}

/// What comes within a time. The HTTP library could hold to it, too, at the price of two more allocations a call.
pub(super) async fn in_time<T>(
    meta: &'static Meta,
    limit: Duration,
    received: impl Future<Output = Result<T, Error>>,
) -> Result<T, Error> {
    let late = |_| Error::timeout(meta, TimedOut(limit));
    tokio::time::timeout(limit, received).await.map_err(late)?
}

/// No whole response came within this time.
#[derive(Debug)]
struct TimedOut(Duration);

impl fmt::Display for TimedOut {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "not all of it came within {:.1?}", self.0)
    }
}

impl StdError for TimedOut {}

fn headers(response: &Response) -> Vec<(String, String)> {
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    response.headers().iter().map(|(name, value)| (name.as_str().to_owned(), text(value.as_bytes()))).collect()
}

fn content_type(response: &Response) -> Option<String> {
    let value = response.headers().get(CONTENT_TYPE)?;
    Some(String::from_utf8_lossy(value.as_bytes()).into_owned())
}

/// The error for a response that never came.
fn lost(meta: &'static Meta, error: reqwest::Error) -> Error {
    let is_https = error.url().is_some_and(|url| url.scheme() == "https");
    let (timeout, connect) = (error.is_timeout(), error.is_connect());
    let source = error.without_url();
    if is_https && connect && says(&source, "scheme is not http") {
        return Error::new(Some(meta), Fault::Config(NO_TLS.to_owned()));
    }
    Error::new(Some(meta), Fault::Transport { source: source.into(), timeout, connect })
}

const NO_TLS: &str =
    "https:// needs TLS, and this build has none: switch on the feature `rustls`, of `weixin` or of `weixin-runtime`";

fn says(error: &dyn StdError, words: &str) -> bool {
    error.to_string().contains(words) || error.source().is_some_and(|source| says(source, words))
}
