//! Calls of endpoints that no type describes.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Mutex, PoisonError};

use super::exchange::{Exchange, Exchanging};
use super::observed::WatchedCall;
use super::request::config;
use super::sending::Sending;
use super::shared::Client;
use crate::body::Body;
use crate::endpoint::WireRequest;
use crate::error::Error;
use crate::json::Json;
use crate::meta::{Api, BodyKind, Envelope, Meta, Method, Repeat};
use crate::text::Text;

/// How many paths may be called. What is called beyond has a path that is made up anew for each call.
const MOST: usize = 1_000;

impl Client {
    /// Calls an endpoint that the crate has no type for, such as one that was opened yesterday. `body` is any JSON; of a
    /// GET, the members of an object, which go into the query. Access token, retries and errors are as in every other
    /// call; a GET is taken to read only, and a POST to be one that must not be repeated. A response without a code is
    /// taken for a success here.
    pub fn call(&self, api: &'static Api, method: Method, path: &str, body: &Json) -> Sending<Json> {
        let meta = described(api, method, path);
        let watched = WatchedCall::new(&self.0.hooks, meta.as_ref().map_or(&NONE, |meta| meta));
        let exchange: Exchanging = match meta {
            Ok(meta) => self.clone().exchange(meta, None, wire(meta, body), false),
            Err(error) => Box::pin(std::future::ready(Err(error))),
        };
        Sending::of(exchange, Exchange::any, watched)
    }
}

impl Client {
    /// What is known of a call that no type describes.
    #[cfg(feature = "blocking")]
    pub(crate) fn described(api: &'static Api, method: Method, path: &str) -> Result<&'static Meta, Error> {
        described(api, method, path)
    }
}

fn wire(meta: &'static Meta, body: &Json) -> WireRequest {
    let Meta { host, method, path, token_param, .. } = *meta;
    let mut wire = WireRequest { host, method, path, query: Vec::new(), body: Body::None, token_param };
    match method {
        Method::Get => {
            let members: BTreeMap<String, Json> = body.to().unwrap_or_default();
            wire.query = members.into_iter().map(|(key, value)| (key.into(), value.to_text())).collect();
        }
        Method::Post => wire.body = Body::Json(body.as_str().as_bytes().to_vec()),
    }
    wire
}

/// What is known of it. It is kept for the rest of the program, once for each path.
fn described(api: &'static Api, method: Method, path: &str) -> Result<&'static Meta, Error> {
    static KNOWN: Mutex<Option<HashMap<(Method, String), &'static Meta>>> = Mutex::new(None);
    if !path.starts_with('/') || path.contains(['?', '#']) {
        return Err(config(&"the path of a call begins with a slash, and has no query: its values go into the JSON"));
    }
    let mut known = KNOWN.lock().unwrap_or_else(PoisonError::into_inner);
    let known = known.get_or_insert_default();
    let key = (method, path.to_owned());
    if let Some(meta) = known.get(&key) {
        return Ok(meta);
    }
    if known.len() == MOST {
        return Err(config(&"more than 1000 paths were called; put values into the JSON, not into the path"));
    }
    let meta: &'static Meta = Box::leak(Box::new(meta(api, method, Box::leak(path.to_owned().into_boxed_str()))));
    known.insert(key, meta);
    Ok(meta)
}

/// What is known of a path that is none.
static NONE: Meta = meta(&NOTHING, Method::Post, "");
static NOTHING: Api = Api {
    host: "",
    known: &[],
    envelope: Envelope { code: "", message: "", ok: 0, trace: None },
    token_param: "",
    issue: None,
    zone_seconds: 0,
};

const fn meta(api: &'static Api, method: Method, path: &'static str) -> Meta {
    let (repeat, body) = match method {
        Method::Get => (Repeat::Safe, BodyKind::None),
        Method::Post => (Repeat::Unsafe, BodyKind::Json),
    };
    Meta {
        name: "call",
        method,
        path,
        title: Text { en: "A call", zh: "调用" },
        repeat,
        find_out: None,
        body,
        errors: &[],
        known: api.known,
        envelope: api.envelope,
        token_param: api.token_param,
        issue: api.issue,
        zone_seconds: api.zone_seconds,
        host: api.host,
        query: &[],
        paging: None,
        success: &[],
    }
}
