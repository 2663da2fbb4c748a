//! From the path of an endpoint to its types, and from the name of a push to its type. The tables come from the model.
#![allow(dead_code, reason = "each test uses a part")]

use serde_json::Value;
use weixin::{
    Client, Endpoint, Error, Meta, Oddity, Paged, RawResponse, Sending, Spanned, Spans, UnknownField, Validate,
    Verified, Violations,
};

/// A response with all that is odd about it, whatever its type.
#[derive(Debug)]
pub(crate) struct Reading {
    pub(crate) value: Value,
    pub(crate) oddities: Vec<Oddity>,
    pub(crate) unknown: Vec<UnknownField>,
}

/// What became of a call, and the error with which it failed.
pub(crate) type Found = (Result<Verified, Error>, Error);

/// How a push comes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    Xml,
    Json,
}

fn read_as<E: Endpoint<Response: serde::Serialize>>(status: u16, body: &[u8]) -> Result<Value, Error> {
    E::read(status, body).map(|response| written(&response))
}

fn inspect_as<E: Endpoint<Response: serde::Serialize>>(body: &[u8]) -> Result<Reading, Error> {
    let inspected = RawResponse::new(200, None, body.to_vec()).inspect::<E>()?;
    assert_eq!((inspected.more_oddities, inspected.more_unknown), (0, 0));
    Ok(Reading { value: written(&inspected.value), oddities: inspected.oddities, unknown: inspected.unknown })
}

/// Writes a value, reads what is written, and asserts that it is the same value.
fn assert_same_again<T: serde::Serialize + serde::de::DeserializeOwned + PartialEq + std::fmt::Debug>(value: &T) {
    let json = written(value);
    let again: T = serde_json::from_value(json.clone()).unwrap_or_else(|error| panic!("{json}: {error}"));
    assert_eq!(again, *value);
    let text = serde_json::to_string(value).expect("it is written");
    assert_eq!(serde_json::from_str::<Value>(&text).expect("JSON"), json);
    assert_eq!(serde_json::from_str::<T>(&text).expect("it is read"), *value);
}

fn written(value: &impl serde::Serialize) -> Value {
    serde_json::to_value(value).expect("it is written")
}

/// All that is printed of a request, of what is sent of it, and of a response.
fn printed_of<E>(request: Result<E, serde_json::Error>, status: u16, body: &[u8]) -> String
where
    E: Endpoint<Response: std::fmt::Debug> + std::fmt::Debug,
{
    let request = request.expect("a request");
    let came = RawResponse::new(status, None, body.to_vec());
    let mut printed = format!("{request:?} {request:#?} {:?} {:?} {came:?}", request.wire(), request.validate());
    let errors = [came.read::<E>().map(|value| printed.push_str(&format!("{value:?} {value:#?}"))).err()];
    let inspected = came.inspect::<E>().map(|value| printed.push_str(&format!("{value:?} {value:#?}"))).err();
    for error in errors.into_iter().chain([inspected, came.json::<u8>().err()]).flatten() {
        printed.push_str(&format!("{error} {error:?} {error:#?} {}", error.explain(Default::default())));
    }
    printed
}

fn sending<E: Endpoint>(request: Result<E, serde_json::Error>, client: &Client) -> Sending<E::Response> {
    client.send(&request.expect("a request"))
}

macro_rules! endpoints {
    ($($path:literal => $request:ty),* $(,)?) => {
        pub(crate) const PATHS: &[&str] = &[$($path),*];

        /// Reads a request and checks it.
        pub(crate) fn check(path: &str, request: &Value) -> Result<Result<(), Violations>, serde_json::Error> {
            match path {
                $($path => serde_json::from_value::<$request>(request.clone()).map(|request| request.validate()),)*
                _ => panic!("{path} is no endpoint"),
            }
        }

        /// Reads a request and writes it again.
        pub(crate) fn rewrite(path: &str, request: &Value) -> Result<Value, serde_json::Error> {
            match path {
                $($path => serde_json::from_value::<$request>(request.clone()).and_then(serde_json::to_value),)*
                _ => panic!("{path} is no endpoint"),
            }
        }

        /// Reads a response and writes it again.
        pub(crate) fn read(path: &str, status: u16, body: &[u8]) -> Result<Value, Error> {
            match path {
                $($path => read_as::<$request>(status, body),)*
                _ => panic!("{path} is no endpoint"),
            }
        }

        /// Reads a response and tells what is odd about it.
        pub(crate) fn inspect(path: &str, body: &[u8]) -> Result<Reading, Error> {
            match path {
                $($path => inspect_as::<$request>(body),)*
                _ => panic!("{path} is no endpoint"),
            }
        }

        /// Asserts that a response is the same after it was written and read.
        pub(crate) fn assert_same(path: &str, body: &[u8]) {
            match path {
                $($path => assert_same_again(&<$request>::read(200, body).expect("a response")),)*
                _ => panic!("{path} is no endpoint"),
            }
        }

        /// Sends a request, and writes the response that comes.
        pub(crate) async fn send(path: &str, request: &Value, client: &Client) -> Result<Value, Error> {
            match path {
                $($path => {
                    let request = serde_json::from_value::<$request>(request.clone());
                    sending(request, client).await.map(|response| written(&response))
                })*
                _ => panic!("{path} is no endpoint"),
            }
        }

        /// All that is printed of a request and of a response.
        pub(crate) fn printed(path: &str, request: &Value, status: u16, body: &[u8]) -> String {
            match path {
                $($path => printed_of(serde_json::from_value::<$request>(request.clone()), status, body),)*
                _ => panic!("{path} is no endpoint"),
            }
        }

        /// The same with the client that blocks.
        pub(crate) fn send_blocking(
            path: &str,
            request: &Value,
            client: &weixin_runtime::blocking::Client,
        ) -> Result<Value, Error> {
            match path {
                $($path => {
                    let request = serde_json::from_value::<$request>(request.clone()).expect("a request");
                    request.send(client).map(|response| written(&response))
                })*
                _ => panic!("{path} is no endpoint"),
            }
        }

        /// The fields of a request whose change starts a review.
        pub(crate) fn review_fields(path: &str, request: &Value) -> Vec<String> {
            match path {
                $($path => {
                    let request = serde_json::from_value::<$request>(request.clone());
                    weixin_runtime::review_fields(&request.expect("a request"))
                })*
                _ => panic!("{path} is no endpoint"),
            }
        }

        pub(crate) fn meta(path: &str) -> &'static Meta {
            match path {
                $($path => <$request as Endpoint>::META,)*
                _ => panic!("{path} is no endpoint"),
            }
        }
    };
}

macro_rules! checked_types {
    ($($name:literal => $checked:ty),* $(,)?) => {
        /// Reads an object of a request and checks it.
        pub(crate) fn check_type(name: &str, object: &Value) -> Result<Result<(), Violations>, serde_json::Error> {
            match name {
                $($name => serde_json::from_value::<$checked>(object.clone()).map(|object| object.validate()),)*
                _ => panic!("{name} is no type that is checked"),
            }
        }
    };
}

macro_rules! pushes {
    ($($name:literal => $push:ty),* $(,)?) => {
        pub(crate) const PUSHES: &[&str] = &[$($name),*];

        /// Reads a push and writes it.
        pub(crate) fn push(name: &str, form: Form, body: impl AsRef<[u8]>) -> Result<Value, Error> {
            match name {
                $($name => {
                    let push = match form {
                        Form::Xml => <$push>::from_xml(body),
                        Form::Json => <$push>::from_json(body),
                    };
                    push.map(|push| written(&push))
                })*
                _ => panic!("{name} is no push"),
            }
        }

        /// Reads a push as serde does.
        pub(crate) fn push_by_serde(name: &str, json: &Value) -> Result<Value, serde_json::Error> {
            match name {
                $($name => serde_json::from_value::<$push>(json.clone()).map(|push| written(&push)),)*
                _ => panic!("{name} is no push"),
            }
        }

        /// Asserts that a push is the same after it was written and read.
        pub(crate) fn assert_same_push(name: &str, xml: &str) {
            match name {
                $($name => assert_same_again(&<$push>::from_xml(xml).expect("a push")),)*
                _ => panic!("{name} is no push"),
            }
        }
    };
}

/// Everything that comes before the end, or before an error.
type Stream = (Vec<Value>, Option<Error>);

async fn items_of<E: Paged<Item: serde::Serialize>>(request: E, client: &Client) -> Stream {
    let (mut items, mut all) = (client.items(&request), Vec::new());
    while let Some(item) = items.next().await {
        match item {
            Ok(item) => all.push(written(&item)),
            Err(error) => return (all, Some(error)),
        }
    }
    (all, None)
}

async fn responses_of<E: Spanned<Response: serde::Serialize>>(spans: Spans<E>, client: &Client) -> Stream {
    let (mut responses, mut all) = (spans.send(client), Vec::new());
    while let Some(response) = responses.next().await {
        match response {
            Ok(response) => all.push(written(&response)),
            Err(error) => return (all, Some(error)),
        }
    }
    (all, None)
}

macro_rules! paged {
    ($($path:literal => $request:ty),* $(,)?) => {
        pub(crate) const PAGED: &[&str] = &[$($path),*];

        /// Reads a whole list item by item.
        pub(crate) async fn items(path: &str, request: &Value, client: &Client) -> Stream {
            match path {
                $($path => {
                    let request = serde_json::from_value::<$request>(request.clone()).expect("a request");
                    items_of(request, client).await
                })*
                _ => panic!("{path} has no pages"),
            }
        }
    };
}

macro_rules! spanned {
    ($($path:literal => $request:ty),* $(,)?) => {
        pub(crate) const SPANNED: &[&str] = &[$($path),*];

        /// The requests for all days from one to another.
        pub(crate) fn spans(path: &str, request: &Value, from: &str, to: &str) -> Vec<Value> {
            match path {
                $($path => {
                    let request = serde_json::from_value::<$request>(request.clone()).expect("a request");
                    request.spans(from, to).map(|request| written(&request)).collect()
                })*
                _ => panic!("{path} asks for no days"),
            }
        }

        /// The responses to them.
        pub(crate) async fn responses(path: &str, request: &Value, (from, to): (&str, &str), client: &Client) -> Stream {
            match path {
                $($path => {
                    let request = serde_json::from_value::<$request>(request.clone()).expect("a request");
                    responses_of(request.spans(from, to), client).await
                })*
                _ => panic!("{path} asks for no days"),
            }
        }
    };
}

macro_rules! stated {
    ($($path:literal => $request:ty),* $(,)?) => {
        /// Sends a request that fails, and asks what became of it.
        pub(crate) async fn find_out(path: &str, request: &Value, client: &Client) -> Found {
            match path {
                $($path => {
                    let request = serde_json::from_value::<$request>(request.clone()).expect("a request");
                    let error = request.send(client).await.expect_err("no response");
                    (request.verify_after(&error, client).await, error)
                })*
                _ => panic!("{path} cannot be found out"),
            }
        }

        /// The same with the client that blocks.
        pub(crate) fn find_out_blocking(path: &str, request: &Value, client: &weixin_runtime::blocking::Client) -> Found {
            match path {
                $($path => {
                    let request = serde_json::from_value::<$request>(request.clone()).expect("a request");
                    let error = request.send(client).expect_err("no response");
                    (request.verify_after(&error, client), error)
                })*
                _ => panic!("{path} cannot be found out"),
            }
        }
    };
}

macro_rules! counted {
    ($($path:literal => $request:ty),* $(,)?) => {
        /// Notes what is there, sends a request that fails, and asks what became of it.
        pub(crate) async fn note_and_find_out(path: &str, request: &Value, client: &Client) -> Found {
            match path {
                $($path => {
                    let request = serde_json::from_value::<$request>(request.clone()).expect("a request");
                    let before = request.note_before(client).await.expect("what is there");
                    let error = request.send(client).await.expect_err("no response");
                    (before.verify_after(&error, client).await, error)
                })*
                _ => panic!("{path} changes no number"),
            }
        }

        /// The same with the client that blocks.
        pub(crate) fn note_and_find_out_blocking(
            path: &str,
            request: &Value,
            client: &weixin_runtime::blocking::Client,
        ) -> Found {
            match path {
                $($path => {
                    let request = serde_json::from_value::<$request>(request.clone()).expect("a request");
                    let before = request.note_before(client).expect("what is there");
                    let error = request.send(client).expect_err("no response");
                    (before.verify_after(&error, client), error)
                })*
                _ => panic!("{path} changes no number"),
            }
        }
    };
}

include!(concat!(env!("OUT_DIR"), "/interface.rs"));

/// Asserts that the dispatch knows each endpoint and each push of the model, under the name that the model gives it.
pub(crate) fn assert_complete(model: &weixin_codegen::model::Model) {
    let documented: Vec<&str> = model.endpoints.iter().map(|endpoint| endpoint.path.as_str()).collect();
    assert_eq!(PATHS, documented);
    let pushes: Vec<&str> = model.events.iter().map(|event| event.name.as_str()).collect();
    assert_eq!(PUSHES, pushes);
    for endpoint in &model.endpoints {
        assert_eq!(meta(&endpoint.path).path, endpoint.path);
        assert_eq!(meta(&endpoint.path).name, endpoint.full_name());
    }
}
