//! What the spec marks as a secret is shown nowhere: not in what is printed of requests, responses and errors, and not in
//! logs, spans and numbers, whatever collects them.

#[path = "shared/dispatch.rs"]
mod dispatch;
#[path = "e2e/support.rs"]
mod support;
#[path = "shared/walk.rs"]
mod walk;
#[path = "../../codegen/runtime/tests/watch/mod.rs"]
mod watch;

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};
use support::{Reply, Server};
use weixin::{Client, MemoryStore, Retries};
use weixin_codegen::model::{Endpoint, ErrorClass, Example, Model, TypeKind};

/// How every secret here begins.
const HUSH: &str = "Hush7f3c";

/// The keys that the spec marks, of one endpoint and of the types that all share.
fn marked(model: &Model, endpoint: &Endpoint) -> BTreeSet<String> {
    let own = endpoint.request.fields().chain(&endpoint.response.object.fields);
    let shared = model.types.iter().flat_map(|ty| match &ty.kind {
        TypeKind::Object(object) => object.fields.as_slice(),
        TypeKind::Enum(_) | TypeKind::Union(_) => &[],
    });
    own.chain(shared).filter(|field| field.secret).map(|field| field.wire.clone()).collect()
}

/// A value with other secrets, and how many there are.
fn hushed(value: &mut Value, marked: &BTreeSet<String>) -> usize {
    match value {
        Value::Array(items) => items.iter_mut().map(|item| hushed(item, marked)).sum(),
        Value::Object(members) => members
            .iter_mut()
            .map(|(key, member)| match marked.contains(key) {
                true => {
                    *member = format!("{HUSH}+{key}/0123456789==").into();
                    1
                }
                false => hushed(member, marked),
            })
            .sum(),
        _ => 0,
    }
}

/// The request of an example, and what the endpoint requires besides.
fn request(model: &Model, endpoint: &Endpoint, example: &Example) -> Value {
    let members = |part: &Option<Value>| part.as_ref().and_then(Value::as_object).cloned().unwrap_or_default();
    let mut all: Map<String, Value> = members(&example.query);
    all.extend(members(&example.request));
    for field in endpoint.request.fields().filter(|field| field.required && !field.flatten) {
        if !all.contains_key(&field.wire) {
            all.insert(field.wire.clone(), walk::valid(model, &field.ty));
        }
    }
    all.into()
}

/// A response with a code of this class, whose message says this and bears an id.
fn refusal(model: &Model, class: ErrorClass, says: &str) -> Value {
    let error = model.errors.iter().find(|error| error.class == class).expect("a code of every class");
    let mark = model.api.trace.as_deref().expect("the mark of an id");
    json!({ &model.api.code_field: error.code, &model.api.message_field: format!("{says} {mark}6512-a") })
}

/// A body as it is, and in ways in which it cannot be read.
fn bodies(model: &Model, body: &Value) -> Vec<(u16, String)> {
    let text = body.to_string();
    let listed = text.replace(&format!("\"{HUSH}"), &format!("[\"{HUSH}")).replace("==\"", "==\"]");
    let nested = text.replace(&format!("\"{HUSH}"), &format!("{{\"in\":\"{HUSH}")).replace("==\"", "==\"}");
    let cut = text.rfind(HUSH).map_or(text.len(), |at| at + HUSH.len() + 4);
    let told = refusal(model, ErrorClass::Argument, &text).to_string();
    let start = text[..cut].to_owned();
    let texts = [text.clone(), listed, nested, start, told, format!("<p>{text}"), format!("{text}{text}")];
    texts.into_iter().map(|text| (200, text)).chain([(500, text.clone()), (404, format!("no {text}"))]).collect()
}

#[test]
fn what_is_printed_of_requests_and_responses_holds_no_secret() {
    let model = weixin_tests::real();
    let (mut secrets, mut keys) = (0, BTreeSet::new());
    for endpoint in &model.endpoints {
        let marked = marked(&model, endpoint);
        for example in &endpoint.examples {
            let Some(mut response) = example.response.clone() else { continue };
            let mut request = request(&model, endpoint, example);
            keys.extend(marked.iter().cloned());
            secrets += hushed(&mut request, &marked) + hushed(&mut response, &marked);
            for (status, body) in bodies(&model, &response) {
                let printed = dispatch::printed(&endpoint.path, &request, status, body.as_bytes());
                let lines: Vec<&str> = printed.lines().filter(|line| line.contains(HUSH)).collect();
                assert!(lines.is_empty(), "{} {status} {body}:\n{}", endpoint.path, lines.join("\n"));
            }
        }
    }
    assert!(secrets >= 6 && keys.len() >= 3, "{secrets} of {keys:?}");
}

/// Calls with the tokens of an account: got, refused, renewed; then a fault of every kind.
async fn calls(model: &Model, path: &str, request: &Value, response: &Value) -> String {
    let issue = model.api.issue.as_ref().expect("the endpoint that issues tokens");
    let token = |number: u32| {
        let (token, expires_in) = (format!("{HUSH}+token/{number}=="), 7200);
        Reply::json(&json!({ &issue.token: token, &issue.expires_in: expires_in }))
    };
    let query = &model.api.token_param;
    let echo = format!("<p>POST /?{query}={HUSH}%2Btoken%2F2%3D%3D {response}");
    let mut printed = String::new();
    for last in [
        Reply::json(response),
        Reply::json(&refusal(model, ErrorClass::Token, &format!("token {HUSH}+token/2=="))),
        Reply::json(&refusal(model, ErrorClass::Busy, "later")),
        Reply::text(502, "text/html", &echo),
        Reply::text(200, "text/html", &echo),
        Reply::ENDLESS,
    ] {
        let refused = Reply::json(&refusal(model, ErrorClass::Token, &format!("refused {HUSH}+token/1==")));
        let server = Server::start(vec![token(1), refused, token(2), last]).await;
        let builder = Client::builder().base_url(&server.url).app("an-account", format!("{HUSH}+secret/0=="));
        let builder = builder.token_store(MemoryStore::new()).retries(Retries::never()).max_body(4000);
        printed.push_str(&format!("{builder:?}"));
        let client = builder.build().expect("the client is set up");
        printed.push_str(&format!("{client:?}"));
        if let Err(error) = dispatch::send(path, request, &client).await {
            printed.push_str(&format!("{error} {error:?} {:?} {:?}\n", error.attempts(), error.token_error()));
        }
    }
    printed
}

#[tokio::test]
async fn nothing_that_watches_a_call_sees_a_secret() {
    let watch = watch::watch();
    let model = weixin_tests::real();
    let mut printed = String::new();
    for endpoint in &model.endpoints {
        let Some(example) = endpoint.examples.iter().find(|example| example.response.is_some()) else { continue };
        let mut request = request(&model, endpoint, example);
        let mut response = example.response.clone().unwrap_or_default();
        let marked = marked(&model, endpoint);
        if hushed(&mut request, &marked) + hushed(&mut response, &marked) > 0 {
            printed.push_str(&calls(&model, &endpoint.path, &request, &response).await);
        }
    }
    for (name, xml) in model
        .events
        .iter()
        .flat_map(|event| event.examples.iter().filter_map(|example| Some((&event.name, example.xml.as_ref()?))))
    {
        let odd = xml.replacen("<xml>", &format!("<xml><Ticket><![CDATA[{HUSH}]]></Ticket>"), 1);
        for xml in [odd.clone(), odd.replace("CreateTime", "Created"), odd.replace("</xml>", "")] {
            printed.push_str(&format!("{:?}\n", dispatch::push(name, dispatch::Form::Xml, xml)));
        }
    }
    let (lines, spans, counts) = (watch.lines.text(), watch.spans.text(), watch.counts.text());
    for (what, text) in [("printed", &printed), ("logged", &lines), ("traced", &spans), ("counted", &counts)] {
        let leaks: Vec<&str> = text.lines().filter(|line| line.contains(HUSH) || line.contains("token/")).collect();
        assert!(leaks.is_empty(), "{what}:\n{}", leaks.join("\n"));
    }
    let issue = model.api.issue.as_ref().expect("the endpoint that issues tokens");
    assert!(spans.contains(&issue.endpoint) && spans.contains("6512-a") && lines.contains("starting new connection"));
    assert!(counts.contains("weixin_token_renewals_total{outcome=ok}") && printed.contains("(redacted)"), "{counts}");
}
