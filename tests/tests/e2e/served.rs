//! Every endpoint as the fake serves it by itself: which code each kind of bad request gets, what the spec says of it, and that what
//! pages show is taken.

use serde_json::{Map, Value, json};
use weixin_codegen::model::{Body, Endpoint, Field, Method, Model, Refusals, TypeRef};
use weixin_fake::Server;

use crate::{dispatch, examples, walk};

/// Sends what no client would.
struct Raw {
    model: Model,
    refusals: Refusals,
    fake: Server,
    token: String,
    http: reqwest::Client,
}

impl Raw {
    async fn start() -> Self {
        let fake = Server::start().await.expect("a free port");
        let model = weixin_tests::real();
        let refusals = model.api.refusals.clone().expect("the spec says how a server refuses");
        let (http, issue) = (reqwest::Client::new(), model.api.issue.clone().expect("how a token is issued"));
        let (id, secret) = fake.account();
        let mut body: Map<String, Value> = issue.fixed.iter().cloned().collect();
        body.insert(issue.id.clone(), id.into());
        body.insert(issue.secret.clone(), secret.into());
        let response = http.post(format!("{}{}", fake.url(), issue.endpoint)).body(Value::Object(body).to_string());
        let response = response.send().await.expect("a response").bytes().await.expect("a body");
        let response: Value = serde_json::from_slice(&response).expect("JSON");
        let token = response[&issue.token].as_str().expect("a token").to_owned();
        Self { model, refusals, fake, token, http }
    }

    /// The code of the response. Whatever comes back has one, and a message with the id of the call where it tells an error.
    async fn code(&self, method: Method, path: &str, query: &[(String, String)], body: Vec<u8>) -> i64 {
        let url = format!("{}{path}", self.fake.url());
        let url = reqwest::Url::parse_with_params(&url, query).expect("an address");
        let request = match method {
            Method::Get => self.http.get(url),
            Method::Post => self.http.post(url).body(body),
        };
        let response = request.send().await.expect("a response");
        let bytes = response.bytes().await.expect("a body");
        let response: Value = serde_json::from_slice(&bytes).expect("JSON");
        let code = response[&self.model.api.code_field].as_i64().unwrap_or_else(|| panic!("{path}: {response}"));
        let message = response[&self.model.api.message_field].as_str().unwrap_or_default();
        let trace = self.model.api.trace.as_deref().expect("what marks the id of a call");
        assert_eq!(message.contains(trace), code != self.model.api.ok, "{path}: {message}");
        code
    }

    fn with_token(&self) -> Vec<(String, String)> {
        vec![(self.model.api.token_param.clone(), self.token.clone())]
    }

    /// The code of a request of an endpoint, its members where they belong.
    async fn sent(&self, endpoint: &Endpoint, members: &Value) -> i64 {
        let mut query = if endpoint.takes_token { self.with_token() } else { Vec::new() };
        let mut body = members.as_object().cloned().unwrap_or_default();
        for field in &endpoint.request.query.fields {
            let Some(value) = body.remove(&field.wire) else { continue };
            query.push((field.wire.clone(), value.as_str().map_or_else(|| value.to_string(), str::to_owned)));
        }
        self.code(endpoint.method, &endpoint.path, &query, Value::Object(body).to_string().into_bytes()).await
    }

    fn json(&self) -> impl Iterator<Item = &Endpoint> {
        self.model.endpoints.iter().filter(|endpoint| endpoint.body == Body::Json)
    }
}

#[tokio::test]
async fn verbs_and_tokens_are_looked_at_first() {
    let raw = Raw::start().await;
    let codes = &raw.refusals;
    assert_eq!(raw.code(Method::Post, "/no/such/path", &raw.with_token(), Vec::new()).await, codes.path);
    for endpoint in &raw.model.endpoints {
        let (other, code) = match endpoint.method {
            Method::Get => (Method::Post, codes.get),
            Method::Post => (Method::Get, codes.post),
        };
        assert_eq!(raw.code(other, &endpoint.path, &raw.with_token(), Vec::new()).await, code, "{}", endpoint.path);
        if endpoint.takes_token {
            let sent = |token: Option<&str>| {
                let query = token.map(|token| (raw.model.api.token_param.clone(), token.to_owned()));
                let query: Vec<_> = query.into_iter().collect();
                async { raw.code(endpoint.method, &endpoint.path, &{ query }, b"{}".to_vec()).await }
            };
            assert_eq!(sent(None).await, codes.no_token, "{}", endpoint.path);
            assert_eq!(sent(Some("")).await, codes.no_token, "{}", endpoint.path);
            assert_eq!(sent(Some("none of ours")).await, codes.wrong_token, "{}", endpoint.path);
        }
    }
    raw.fake.expire_tokens();
    let endpoint = raw.model.endpoints.iter().find(|endpoint| endpoint.takes_token).expect("one with a token");
    assert_eq!(raw.sent(endpoint, &json!({})).await, codes.old_token);
}

#[tokio::test]
async fn bodies_that_are_none_are_refused() {
    let raw = Raw::start().await;
    for endpoint in raw.json() {
        let query = if endpoint.takes_token { raw.with_token() } else { Vec::new() };
        let cases: [(&[u8], i64); 6] = [
            (b"", raw.refusals.no_body),
            (b" \n", raw.refusals.no_body),
            (b"{\"a\":", raw.refusals.body),
            (b"[{}]", raw.refusals.body),
            (b"<xml/>", raw.refusals.body),
            (b"{\"a\":\"\xff\"}", raw.refusals.body),
        ];
        for (body, code) in cases {
            assert_eq!(raw.code(Method::Post, &endpoint.path, &query, body.to_vec()).await, code, "{}", endpoint.path);
        }
    }
}

/// A value that no field of this type takes.
fn of_another_type(ty: &TypeRef) -> Option<Value> {
    match ty {
        TypeRef::Scalar(scalar) if scalar.is_text() => Some(json!(7)),
        TypeRef::Scalar(scalar) if scalar.is_number() => Some(json!("seven")),
        TypeRef::List(_) => Some(json!("a text")),
        TypeRef::Named(_) => Some(json!([1])),
        _ => None,
    }
}

#[tokio::test]
async fn members_that_are_missing_strange_or_of_another_type_are_refused() {
    let raw = Raw::start().await;
    let codes = &raw.refusals;
    let (mut missing, mut typed) = (0, 0);
    for endpoint in raw.json() {
        let whole = endpoint.request.whole();
        let required = walk::required(&raw.model, &whole, None);
        let mut strange = required.clone();
        strange.insert("nobody_knows_this".to_owned(), json!(1));
        assert_eq!(raw.sent(endpoint, &strange.into()).await, codes.unknown, "{}", endpoint.path);
        for field in whole.fields.iter().filter(|field| !field.flatten) {
            let at = format!("{} {}", endpoint.path, field.wire);
            let mut members = required.clone();
            if members.remove(&field.wire).is_some() && field.required {
                let code = raw.sent(endpoint, &members.clone().into()).await;
                assert_eq!(code, field.missing.or(field.error).unwrap_or(codes.missing), "{at}");
                missing += 1;
            }
            let in_body = endpoint.request.body.fields.iter().any(|own| own.wire == field.wire);
            if let Some(value) = of_another_type(&field.ty).filter(|_| in_body) {
                members.insert(field.wire.clone(), value);
                let code = raw.sent(endpoint, &members.into()).await;
                assert_eq!(code, field.error.unwrap_or(codes.kind), "{at}");
                typed += 1;
            }
        }
    }
    assert!(missing > 30 && typed > 50, "{missing} and {typed}");
}

fn too_long(field: &Field) -> Option<Value> {
    field.limits.iter().filter(|limit| limit.enforced && walk::is_text(&field.ty)).find_map(walk::too_long)
}

#[tokio::test]
async fn texts_that_are_too_long_are_refused() {
    let raw = Raw::start().await;
    let mut cases = Vec::new();
    walk::fields(&raw.model, &mut |place| {
        let Some(text) = too_long(place.field) else { return };
        let request = (place.request)(text);
        let found = dispatch::check(place.endpoint, &request);
        // Other rules may be broken before: what a page requires of the rest is the business of other tests.
        let first = found.ok().and_then(Result::err).and_then(|all| all.iter().next().map(|it| it.path.clone()));
        if first.as_ref() == Some(&place.path) {
            cases.push((place.endpoint.to_owned(), place.path.clone(), request, place.field.error));
        }
    });
    let mut sent = 0;
    for (path, at, request, code) in cases {
        let endpoint = raw.model.endpoints.iter().find(|it| it.path == path).expect("an endpoint");
        if endpoint.body == Body::Json {
            assert_eq!(raw.sent(endpoint, &request).await, code.unwrap_or(raw.refusals.too_long), "{path} {at}");
            sent += 1;
        }
    }
    assert!(sent > 100, "{sent}");
}

#[tokio::test]
async fn what_pages_show_is_taken() {
    let raw = Raw::start().await;
    let codes = &raw.refusals;
    let of_form = [codes.no_body, codes.body, codes.unknown, codes.too_long, codes.get, codes.post];
    let mut taken = 0;
    for endpoint in raw.json() {
        for example in endpoint.examples.iter().filter(|example| example.response.is_some()) {
            let code = raw.sent(endpoint, &examples::request(&raw.model, endpoint, example)).await;
            assert!(!of_form.contains(&code), "{}: {code}", endpoint.path);
            taken += 1;
        }
    }
    assert!(taken > raw.model.endpoints.len(), "{taken}");
}
