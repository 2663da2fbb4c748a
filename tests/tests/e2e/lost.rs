//! Every call that can be found out after its response was lost: whom it asks, with what, and what it makes of the response.

use serde_json::{Map, Value, json};
use tokio::task::spawn_blocking;
use weixin::{Retries, Verified};
use weixin_codegen::model::{Endpoint, Model, Proof, Verify};
use weixin_runtime::blocking;

use crate::dispatch::{self, Found};
use crate::support::{Reply, Seen, Server, TOKEN};

/// One call that is found out, and a response of the endpoint that is asked.
struct Lost<'a> {
    endpoint: &'a Endpoint,
    verify: &'a Verify,
    request: Value,
    shown: &'a Value,
}

/// The endpoints of the model that can be found out, each with every request that it shows.
fn all(model: &Model) -> Vec<Lost<'_>> {
    let found = model.endpoints.iter().filter_map(|endpoint| Some((endpoint, endpoint.verify.as_ref()?)));
    let mut all = Vec::new();
    for (endpoint, verify) in found {
        let asked = model.endpoints.iter().find(|asked| asked.path == verify.endpoint).expect("an endpoint");
        let mut shown = asked.examples.iter().filter_map(|example| example.response.as_ref());
        let shown = shown.find(|shown| paths(verify).iter().all(|path| place(&mut (*shown).clone(), path).is_some()));
        let shown = shown.unwrap_or_else(|| panic!("{} shows nothing that tells", asked.path));
        let requests = endpoint.examples.iter().filter_map(|example| example.request.clone());
        all.extend(requests.map(|request| Lost { endpoint, verify, request, shown }));
    }
    all
}

fn paths(verify: &Verify) -> Vec<Vec<String>> {
    match &verify.proof {
        Proof::State(conditions) => conditions.iter().map(|condition| condition.path.to_vec()).collect(),
        Proof::Change { number, .. } => vec![number.to_vec()],
    }
}

/// The value at a path, also below the key of a variant, which no path names.
fn place<'v>(value: &'v mut Value, path: &[String]) -> Option<&'v mut Value> {
    let Some((first, rest)) = path.split_first() else { return Some(value) };
    let members = value.as_object_mut()?;
    if members.contains_key(first) {
        return place(members.get_mut(first)?, rest);
    }
    let mut inner = members.values_mut().filter(|inner| inner.get(first).is_some());
    inner.next().and_then(|inner| place(inner, path))
}

impl Lost<'_> {
    /// A response with other values at the paths that tell.
    fn response(&self, value: impl Fn(&[String], &Value) -> Value) -> Reply {
        let mut response = self.shown.clone();
        for path in paths(self.verify) {
            let place = place(&mut response, &path).expect("it is shown");
            *place = value(&path, place);
        }
        Reply::json(&response)
    }

    /// What a request that asks is to have.
    fn asked(&self) -> Value {
        let taken =
            self.verify.with.iter().filter_map(|(key, own)| Some((key.clone(), self.request.get(own)?.clone())));
        let fixed = self.verify.fixed.iter().cloned();
        Value::Object(taken.chain(fixed).collect::<Map<_, _>>())
    }

    /// What both clients find out with these replies, and how often they asked.
    async fn found(&self, replies: &[Reply]) -> (Result<Verified, String>, usize) {
        let server = Server::start(replies.to_vec()).await;
        let path = &self.endpoint.path;
        let counts = matches!(self.verify.proof, Proof::Change { .. });
        let client = server.client();
        let (awaited, error) = match counts {
            true => dispatch::note_and_find_out(path, &self.request, &client).await,
            false => dispatch::find_out(path, &self.request, &client).await,
        };
        let seen = self.seen(&server);
        let again = Server::start(replies.to_vec()).await;
        let builder = blocking::Client::builder().base_url(&again.url).access_token(TOKEN).retries(Retries::never());
        let (url, request) = (path.clone(), self.request.clone());
        let blocked = move || -> Found {
            let client = builder.build().expect("the client is set up");
            match counts {
                true => dispatch::note_and_find_out_blocking(&url, &request, &client),
                false => dispatch::find_out_blocking(&url, &request, &client),
            }
        };
        let (blocked, told) = spawn_blocking(blocked).await.expect("no panic");
        assert_eq!((self.seen(&again), told.to_string()), (seen, error.to_string()), "{path}");
        let words = |found: Result<Verified, weixin::Error>| found.map_err(|error| error.to_string());
        let found = words(awaited);
        assert_eq!(words(blocked), found, "{path}");
        (found, seen)
    }

    /// How many requests asked; each of them has what it should.
    fn seen(&self, server: &Server) -> usize {
        let seen = server.seen();
        let asking: Vec<&Seen> = seen.iter().filter(|seen| seen.path == self.verify.endpoint).collect();
        for seen in &asking {
            let mut sent = if seen.body.is_empty() { json!({}) } else { seen.json() };
            for (key, value) in seen.query.iter().skip(1) {
                sent[key] = value.clone().into();
            }
            assert_eq!(sent, self.asked(), "{}", self.endpoint.path);
        }
        assert_eq!(seen.len() - asking.len(), 1, "the call itself is sent once");
        asking.len()
    }
}

/// A response of which nobody can tell what it was.
fn lost() -> Reply {
    Reply::text(200, "text/html", "<p>gateway</p>")
}

#[tokio::test]
async fn a_state_tells_whether_a_lost_call_was_done() {
    let model = weixin_tests::real();
    let mut tried = 0;
    for it in all(&model) {
        let Proof::State(conditions) = &it.verify.proof else { continue };
        let expected = |path: &[String]| conditions.iter().find(|one| path == &one.path[..]).expect("a condition");
        for number in 0..conditions.iter().map(|one| one.values.len()).max().unwrap_or_default() {
            let done = it.response(|path, _| {
                let values = &expected(path).values;
                values[number.min(values.len() - 1)].clone()
            });
            assert_eq!(it.found(&[lost(), done]).await, (Ok(Verified::Done), 1), "{}", it.endpoint.path);
        }
        let other = it.response(|path, shown| match expected(path).values.contains(shown) {
            true => json!("ANOTHER"),
            false => shown.clone(),
        });
        assert_eq!(it.found(&[lost(), other]).await, (Ok(Verified::NotDone), 1), "{}", it.endpoint.path);
        let none = it.response(|_, _| Value::Null);
        assert_eq!(it.found(&[lost(), none]).await, (Ok(Verified::Unknown), 1), "{}", it.endpoint.path);
        tried += 1;
    }
    assert!(tried > 0, "the model has such calls");
}

#[tokio::test]
async fn a_number_tells_whether_a_lost_call_was_done() {
    let model = weixin_tests::real();
    let mut tried = 0;
    for it in all(&model) {
        let Proof::Change { plus, minus, .. } = &it.verify.proof else { continue };
        let part = |name: &Option<String>| name.as_ref().and_then(|name| it.request.get(name)?.as_i64()).unwrap_or(0);
        let change = part(plus) - part(minus);
        assert_ne!(change, 0, "{}: the example changes nothing", it.endpoint.path);
        let number = |number: i64| it.response(move |_, _| json!(number));
        let begin = 2 * change.abs();
        for (after, told) in [
            (begin + change, Verified::Done),
            (begin, Verified::NotDone),
            (begin + change - 1, Verified::Unknown),
            (begin + 2 * change, Verified::Unknown),
        ] {
            let found = it.found(&[number(begin), lost(), number(after)]).await;
            assert_eq!(found, (Ok(told), 2), "{} {after}", it.endpoint.path);
        }
        let none = it.response(|_, _| Value::Null);
        assert_eq!(it.found(&[number(begin), lost(), none]).await, (Ok(Verified::Unknown), 2), "{}", it.endpoint.path);
        tried += 1;
    }
    assert!(tried > 0, "the model has such calls");
}

#[tokio::test]
async fn where_the_server_refused_nothing_is_asked() {
    let model = weixin_tests::real();
    for it in all(&model) {
        let refusal = json!({ &model.api.code_field: 40_001, &model.api.message_field: "no" });
        let noted = matches!(it.verify.proof, Proof::Change { .. });
        let before = noted.then(|| it.response(|_, shown| shown.clone()));
        let replies: Vec<_> = before.into_iter().chain([Reply::json(&refusal)]).collect();
        let found = it.found(&replies).await;
        assert_eq!(found, (Ok(Verified::NotDone), usize::from(noted)), "{}", it.endpoint.path);
    }
}

#[tokio::test]
async fn an_error_while_asking_is_told() {
    let model = weixin_tests::real();
    for it in all(&model) {
        let noted = matches!(it.verify.proof, Proof::Change { .. });
        let before = noted.then(|| it.response(|_, shown| shown.clone()));
        let replies: Vec<_> = before.into_iter().chain([lost(), lost()]).collect();
        let (found, asked) = it.found(&replies).await;
        assert!(found.expect_err("no answer").contains(&it.verify.endpoint), "{}", it.endpoint.path);
        assert_eq!(asked, 1 + usize::from(noted), "{}", it.endpoint.path);
    }
}

#[test]
fn the_explanation_of_a_lost_call_names_the_method() {
    let model = weixin_tests::real();
    for it in all(&model) {
        let lost = weixin::Error::timeout(dispatch::meta(&it.endpoint.path), "too late");
        for lang in [weixin::Lang::En, weixin::Lang::Zh] {
            assert!(lost.explain(lang).contains("verify_after"), "{}", it.endpoint.path);
        }
    }
}
