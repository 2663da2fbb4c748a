//! Every error code of every endpoint over the wire: known by name and class, explained in both languages, and never
//! with the token in it. And every request that breaks a limit stays at home.

use serde_json::{Value, json};
use weixin::{Error, Lang, ValidationPolicy};
use weixin_codegen::model::{Endpoint, EndpointError, Model};

use crate::support::{Reply, Server, TOKEN};
use crate::{dispatch, walk};

fn request(model: &Model, endpoint: &Endpoint) -> Value {
    walk::required(model, &endpoint.request.whole(), None).into()
}

#[tokio::test]
async fn every_error_code_is_explained() {
    let model = weixin_tests::real();
    let mut codes = 0;
    for endpoint in &model.endpoints {
        for refusal in &endpoint.errors {
            let errmsg = "as the server says it, rid: 5f4f2d1c-0a6b7c8d-1e2f3a4b";
            let body = json!({ model.api.code_field.as_str(): refusal.code, model.api.message_field.as_str(): errmsg });
            let server = Server::start(vec![Reply::json(&body)]).await;
            // Whether the request obeys the rules is no question here.
            let client = server.builder().policy(ValidationPolicy::Off).build().expect("a client");
            let outcome = dispatch::send(&endpoint.path, &request(&model, endpoint), &client).await;
            let error = outcome.expect_err("the server refuses");
            assert_eq!(server.seen().len(), 1, "nothing is repeated");
            assert_told(&model, endpoint, refusal, &error, errmsg);
            codes += 1;
        }
    }
    assert!(codes > model.endpoints.len(), "{codes}");
}

fn assert_told(model: &Model, endpoint: &Endpoint, refusal: &EndpointError, error: &Error, errmsg: &str) {
    let EndpointError { code, text, .. } = refusal;
    let known = model.error(*code).expect("a known code");
    assert_eq!((error.code(), error.errmsg(), error.http_status()), (Some(*code), Some(errmsg), Some(200)));
    let info = error.info().expect("the code is known");
    assert_eq!((info.code, info.name), (*code, known.name.as_str()));
    assert_eq!(format!("{:?}", error.class().expect("a class")), format!("{:?}", known.class));
    let classes = [
        Error::is_busy,
        Error::is_token_problem,
        Error::is_quota,
        Error::is_permission,
        Error::is_argument,
        Error::is_missing,
        Error::is_state,
        Error::is_closed,
    ];
    assert_eq!(classes.iter().filter(|class| class(error)).count(), 1, "one class, not several");
    assert!(!error.is_invalid() && !error.is_decode() && !error.is_timeout() && !error.is_connect());
    let ends = endpoint.paging.as_ref().and_then(|paging| paging.end_error) == Some(*code);
    assert_eq!(error.is_page_end(), ends, "{} {code}", endpoint.path);
    assert_eq!(error.endpoint().map(|meta| meta.path), Some(endpoint.path.as_str()));
    let (english, chinese) = (error.explain(Lang::En), error.explain(Lang::Zh));
    assert!(english.contains(&text.en) && english.contains(errmsg), "{english}");
    assert!(chinese.contains(&text.zh) && chinese.contains(errmsg), "{chinese}");
    let line = error.to_string();
    for part in [endpoint.path.as_str(), &code.to_string(), &known.name, errmsg] {
        assert!(line.contains(part), "`{part}` in `{line}`");
    }
    assert_eq!(line.lines().count(), 1, "{line}");
    for text in [line, format!("{error:?}"), english, chinese] {
        assert!(!text.contains(TOKEN), "{text}");
    }
}

#[tokio::test]
async fn a_broken_limit_is_not_sent() {
    let model = weixin_tests::real();
    let mut broken = Vec::new();
    walk::fields(&model, &mut |place| {
        let text = place.field.limits.iter().filter(|limit| limit.enforced).find_map(walk::too_long);
        if let Some(text) = text
            && walk::is_text(&place.field.ty)
            && broken.iter().all(|(path, _): &(String, _)| path != place.endpoint)
        {
            broken.push((place.endpoint.to_owned(), (place.request)(text)));
        }
    });
    let limited = |path: &str| broken.iter().any(|(broken, _)| broken == path);
    assert!(model.endpoints.iter().filter(|endpoint| limited(&endpoint.path)).count() > 10, "{}", broken.len());
    for (path, request) in broken {
        let server = Server::answers(json!({ model.api.code_field.as_str(): model.api.ok })).await;
        let error = dispatch::send(&path, &request, &server.client()).await.expect_err("it is refused");
        assert!(error.is_invalid() && error.violations().is_some(), "{path}: {error:?}");
        assert!(server.seen().is_empty(), "{path}: no request reaches the server");
    }
}
