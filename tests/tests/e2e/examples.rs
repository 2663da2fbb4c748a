//! Every example of the spec over the wire: what is sent is what the page shows, and what comes back is read as a whole.

use serde_json::{Map, Value};
use weixin_codegen::model::{Body, Endpoint, Example, Model};

use crate::support::{Reply, Seen, Server};
use crate::{dispatch, walk};

fn fields(part: Option<&Value>) -> Map<String, Value> {
    part.and_then(Value::as_object).cloned().unwrap_or_default()
}

/// The request of an example, its query included. What the example does not show and the endpoint requires is added:
/// the bytes of a file, or all of it where only a refusal is shown.
pub(crate) fn request(model: &Model, endpoint: &Endpoint, example: &Example) -> Value {
    let mut all = fields(example.query.as_ref());
    all.extend(fields(example.request.as_ref()));
    for field in endpoint.request.fields().filter(|field| field.required) {
        match walk::valid(model, &field.ty) {
            Value::Object(inner) if field.flatten && example.request.is_none() => all.extend(inner),
            _ if field.flatten || all.contains_key(&field.wire) => {}
            value => drop(all.insert(field.wire.clone(), value)),
        }
    }
    all.into()
}

pub(crate) fn assert_sent(endpoint: &Endpoint, example: &Example, server: &Server, seen: &Seen) {
    let query = seen.query.clone();
    let path = &endpoint.path;
    let mut plain = seen.clone();
    let own = usize::from(endpoint.takes_token);
    plain.query.truncate(own);
    if endpoint.takes_token {
        server.saw(&plain, endpoint.method.as_str(), path);
    }
    assert_eq!((seen.method.as_str(), seen.path.as_str()), (endpoint.method.as_str(), path.as_str()));
    let expected = fields(example.query.as_ref())
        .into_iter()
        .map(|(name, value)| (name, value.as_str().map_or_else(|| value.to_string(), str::to_owned)));
    assert_eq!(query[own..], expected.collect::<Vec<_>>(), "{path}");
    let content_type = seen.header("content-type").unwrap_or_default();
    match (&endpoint.body, &example.request) {
        (Body::Json, Some(body)) => {
            assert_eq!(content_type, "application/json", "{path}");
            assert_eq!(seen.json(), *body, "{path}");
        }
        (Body::Multipart, _) => assert!(content_type.starts_with("multipart/form-data; boundary="), "{content_type}"),
        (Body::Json, None) => assert!(seen.json().is_object(), "{path}"),
        (Body::None, _) => assert!(seen.body.is_empty() && content_type.is_empty(), "{path}"),
    }
}

/// Everything that is shown is in what was read; a list that is not shown may be there empty.
fn assert_has(read: &Value, shown: &Value, at: &str) {
    match (read, shown) {
        (Value::Object(read), Value::Object(shown)) => {
            for (key, shown) in shown {
                let at = format!("{at} {key}");
                assert_has(read.get(key).unwrap_or_else(|| panic!("{at} is lost")), shown, &at);
            }
        }
        (Value::Array(read), Value::Array(shown)) => {
            assert_eq!(read.len(), shown.len(), "{at}");
            read.iter().zip(shown).for_each(|(read, shown)| assert_has(read, shown, at));
        }
        (read, shown) => assert_eq!(read, shown, "{at}"),
    }
}

#[tokio::test]
async fn every_example_goes_over_the_wire() {
    let model = weixin_tests::real();
    let (mut responses, mut refusals) = (0, 0);
    for endpoint in &model.endpoints {
        for example in &endpoint.examples {
            let Some(body) = example.response.as_ref().or(example.error.as_ref()) else { continue };
            let server = Server::start(vec![Reply::json(body)]).await;
            let outcome = dispatch::send(&endpoint.path, &request(&model, endpoint, example), &server.client()).await;
            assert_sent(endpoint, example, &server, &server.only());
            match outcome {
                Ok(value) => {
                    let read = dispatch::read(&endpoint.path, 200, body.to_string().as_bytes());
                    assert_eq!(value, read.expect("a success"), "{}", endpoint.path);
                    let envelope = [model.api.code_field.as_str(), model.api.message_field.as_str()];
                    let shown = fields(Some(body)).into_iter().filter(|(key, _)| !envelope.contains(&key.as_str()));
                    assert_has(&value, &Value::Object(shown.collect()), &endpoint.path);
                    responses += 1;
                }
                Err(error) => {
                    assert_eq!(error.code(), body[&model.api.code_field].as_i64(), "{error:?}");
                    assert!(example.response.is_none(), "{error:?}");
                    refusals += 1;
                }
            }
        }
    }
    assert!(responses >= model.endpoints.len() && refusals > 10, "{responses} and {refusals}");
}
