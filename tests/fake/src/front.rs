//! What is no call of WeChat: the control API below `/fake`, and the page at `/`.

use http_body_util::Full;
use hyper::body::Bytes;
use hyper::header::{self, HeaderValue};
use hyper::{Response, StatusCode};
use serde_json::{Value, json};
use weixin_runtime::Lang;

use crate::control::{self, Control, Given, Refusal};
use crate::engine::{Came, Engine};
use crate::page;
use crate::query::parameters;

type Answer = Response<Full<Bytes>>;

/// Answers what is no call.
pub(crate) struct Front {
    control: Control,
}

/// A request.
pub(crate) struct Asked<'a> {
    pub(crate) came: &'a Came,
    pub(crate) content_type: &'a str,
    /// The languages that the browser wants, as its header lists them.
    pub(crate) languages: &'a str,
    /// Whether a browser waits for a page.
    pub(crate) wants_page: bool,
    /// Whether a browser says that a page of another site is behind it.
    pub(crate) is_foreign: bool,
}

impl Asked<'_> {
    fn language(&self, form: Option<&[(String, String)]>) -> Lang {
        let in_query = self.came.query.iter().find(|(name, _)| name == "lang");
        let in_form = form.into_iter().flatten().find(|(name, _)| name == control::LANGUAGE);
        let first = self.languages.split(',').next().unwrap_or_default();
        let wanted = in_form.or(in_query).map_or(first, |(_, language)| language.as_str());
        if wanted.trim().to_ascii_lowercase().starts_with("zh") { Lang::Zh } else { Lang::En }
    }
}

impl Front {
    pub(crate) fn new() -> Self {
        Front { control: Control::new() }
    }

    /// Whether a path is no call.
    pub(crate) fn serves(path: &str) -> bool {
        path == "/"
            || path == control::ROOT
            || path.strip_prefix(control::ROOT).is_some_and(|rest| rest.starts_with('/'))
    }

    pub(crate) fn answer(&self, engine: &Engine, asked: &Asked<'_>) -> Answer {
        let came = asked.came;
        if came.path == "/" {
            if came.method != "GET" {
                return refused(&Refusal::new(405, format!("`/` takes GET, not {}", came.method)));
            }
            let page = page::render(engine, &self.control, asked.language(None), None);
            return html(StatusCode::OK, page);
        }
        if asked.is_foreign && came.method != "GET" {
            return refused(&Refusal::new(403, "a page of another site may change nothing here"));
        }
        if came.is_too_long {
            return refused(&Refusal::new(413, "the body is longer than what is taken"));
        }
        self.control(engine, asked)
    }

    fn control(&self, engine: &Engine, asked: &Asked<'_>) -> Answer {
        let came = asked.came;
        // What sends JSON without saying so, as curl does, is understood.
        let is_form = control::is_form(asked.content_type) && !came.body.trim_ascii_start().starts_with(b"{");
        let form = is_form.then(|| parameters(&String::from_utf8_lossy(&came.body)));
        let form = form.as_deref();
        let verb = form.into_iter().flatten().find(|(name, _)| name == control::VERB);
        let verb = verb.map_or(&came.method, |(_, verb)| verb);
        let given = Given { query: &came.query, body: &came.body, form };
        let done = self.control.answer(engine, verb, &came.path, &given);
        match done {
            _ if is_form && asked.wants_page => self.back(engine, asked.language(form), done),
            Ok(value) => json(StatusCode::OK, &value),
            Err(refusal) => refused(&refusal),
        }
    }

    /// The browser goes back to the page, which tells what went wrong if something did.
    fn back(&self, engine: &Engine, language: Lang, done: Result<Value, Refusal>) -> Answer {
        match done {
            Ok(_) => {
                let mut back = Response::new(Full::default());
                *back.status_mut() = StatusCode::SEE_OTHER;
                let to = if language == Lang::Zh { "/?lang=zh" } else { "/?lang=en" };
                back.headers_mut().insert(header::LOCATION, HeaderValue::from_static(to));
                back
            }
            Err(refusal) => {
                let page = page::render(engine, &self.control, language, Some(&refusal.message));
                html(status(&refusal), page)
            }
        }
    }
}

fn status(refusal: &Refusal) -> StatusCode {
    StatusCode::from_u16(refusal.status).unwrap_or(StatusCode::BAD_REQUEST)
}

fn refused(refusal: &Refusal) -> Answer {
    json(status(refusal), &json!({ "error": refusal.message }))
}

fn json(status: StatusCode, value: &Value) -> Answer {
    answer(status, "application/json; charset=utf-8", value.to_string())
}

fn html(status: StatusCode, page: String) -> Answer {
    let mut answer = answer(status, "text/html; charset=utf-8", page);
    // A browser that keeps to it asks no other host for anything, whatever stands in the page.
    let policy = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; connect-src 'self'; \
                  img-src data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
    answer.headers_mut().insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(policy));
    answer
}

fn answer(status: StatusCode, content_type: &'static str, body: String) -> Answer {
    let mut answer = Response::new(Full::new(Bytes::from(body)));
    *answer.status_mut() = status;
    answer.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(content_type));
    answer.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    answer
}
