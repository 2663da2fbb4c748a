//! What is sent, as the HTTP library takes it.

use reqwest::header::{CONTENT_LENGTH, CONTENT_TYPE, HeaderValue};
use reqwest::{Request, Url};
use zeroize::Zeroizing;

use super::host;
use super::shared::Shared;
use crate::body::Body;
use crate::endpoint::WireRequest;
use crate::error::{Error, Fault};
use crate::meta::Method;

impl Shared {
    /// The request without its query. Takes the body out of `wire`.
    pub(super) fn template(&self, wire: &mut WireRequest) -> Result<Request, Error> {
        let method = match wire.method {
            Method::Get => reqwest::Method::GET,
            Method::Post => reqwest::Method::POST,
        };
        let url = self.url(wire, 0)?;
        if !self.allow_plain_http && host::is_in_the_clear(&url) {
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

    /// The address of a path at the usual host, which has the number 0, or at one of the others.
    pub(super) fn url(&self, wire: &WireRequest, host: usize) -> Result<Url, Error> {
        let fallback = host.checked_sub(1).and_then(|index| self.fallbacks.get(index));
        let mut url = match fallback.or(self.base_url.as_ref()) {
            Some(base_url) => base_url.clone(),
            None => self.usual_host(wire.host)?,
        };
        let path = [url.path().trim_end_matches('/'), wire.path].concat();
        url.set_path(&path);
        Ok(url)
    }

    /// The host of the endpoint. All endpoints of an interface have the same one: it is parsed once.
    fn usual_host(&self, host: &'static str) -> Result<Url, Error> {
        if host.is_empty() {
            return Err(config(&"no base_url is set, and the endpoint has no host"));
        }
        let parse = || Url::parse(host).map_err(|error| config(&error));
        match self.usual_host.get() {
            Some((known, url)) if *known == host => Ok(url.clone()),
            Some(_) => parse(),
            None => {
                let url = parse()?;
                // Another call may have been faster.
                let _ = self.usual_host.set((host, url.clone()));
                Ok(url)
            }
        }
    }
}

/// The address with the query of a request. The text with the access token does not outlive this; the one in the address is
/// out of reach.
pub(super) fn set_query(url: &mut Url, target: String) {
    let target = Zeroizing::new(target);
    url.set_query(target.split_once('?').map(|(_, query)| query));
}

pub(super) fn config(message: &dyn std::fmt::Display) -> Error {
    Error::new(None, Fault::Config(message.to_string()))
}
