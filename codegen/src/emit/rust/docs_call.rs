//! What the documentation of requests and pushes says, in a screen: what it is, a call, what to know before it, what to
//! do after a lost response, its errors, and where the published reference has the rest.

use super::context::Context;
use super::doc::{Doc, english, escape, first_sentence, one_line, sentence};
use super::docs_of::{chinese_of, english_of, items, link, rule_words, rules};
use super::example;
use super::mentions::linked;
use crate::emit::prose::{self, Lang};
use crate::model::{Endpoint, EndpointError, Event, Model, Repeat, Text};

/// The most lines that the documentation of a request or a push has.
const LINES: usize = 60;

/// The documentation of a request.
pub(super) fn request(ctx: &Context<'_>, endpoint: &Endpoint) -> Vec<String> {
    let model = ctx.model;
    let example = example::call(ctx, endpoint).unwrap_or_default();
    let (mut told, mut errors) = (endpoint.request.rules.len(), endpoint.errors.len());
    loop {
        let doc = request_with(model, endpoint, &example, told, errors);
        if doc.len() <= LINES || (told == 0 && errors == 0) {
            return doc.lines();
        }
        if errors >= told { errors -= 1 } else { told -= 1 }
    }
}

/// The same with so many rules and errors.
fn request_with(model: &Model, endpoint: &Endpoint, example: &[String], told: usize, errors: usize) -> Doc {
    let mut doc = Doc::new();
    head(model, &mut doc, &endpoint.title, &endpoint.doc);
    doc.raw(&strip(endpoint));
    let reference = prose::address(model, &endpoint.spec).unwrap_or_default();
    for (word, text) in [("Closed", &endpoint.closed), ("Partly retired", &endpoint.restricted)] {
        if let Some(text) = text {
            doc.raw(&format!("**{word}.** {}", english_of(model, text)));
        }
    }
    if !example.is_empty() {
        doc.code("no_run", example.iter().cloned());
    }
    if told > 0 {
        doc.heading("Before you call");
        items(model, &mut doc, &endpoint.request.rules, told, &reference);
    }
    if endpoint.repeat == Repeat::Unsafe {
        let find_out = endpoint.find_out.as_ref().map(|text| english_of(model, text)).unwrap_or_default();
        doc.heading("Retries").raw(&format!("Not idempotent: check the result before retrying. {find_out}"));
    }
    if let Some(verify) = &endpoint.verify {
        doc.raw(prose::can_verify(Lang::En, verify));
    }
    if let Some(paging) = &endpoint.paging {
        doc.heading("Paging").raw(&format!(
            "At most {} items on a page. `items` and `pages` read on to the end; [`next_page`](Self::next_page) makes the \
             request for the page after.",
            paging.max
        ));
    }
    if endpoint.day_window().is_some() {
        doc.raw("[`spans`](Self::spans) splits a longer time into as many requests as it takes.");
    }
    error_list(model, &mut doc, endpoint, errors, &reference);
    if let Some(link) = link(model, &reference) {
        doc.raw(&format!("{link}: every field, limit, rule and error."));
    }
    doc.folded("中文", &in_chinese(model, endpoint, told));
    doc
}

/// The first sentence with the Chinese title, and then the rest of what it does.
fn head(model: &Model, doc: &mut Doc, title: &Text, text: &Text) {
    let words = one_line(&english(text));
    let first = first_sentence(&words);
    let rest = words[first.len()..].trim();
    let zh = title.zh.trim().trim_end_matches('。');
    let stop = first.trim_end_matches('.');
    doc.raw(&format!("{} ({}).", linked(model, &escape(stop)), escape(zh)));
    doc.raw(&linked(model, &escape(rest)));
}

/// Where it is sent, by whom, and whether it may be sent again.
fn strip(endpoint: &Endpoint) -> String {
    let token = if endpoint.takes_token { "access token" } else { "no access token" };
    let again = match endpoint.repeat {
        Repeat::Safe => "safe to retry",
        Repeat::Idempotent => "idempotent",
        Repeat::Unsafe => "not idempotent",
    };
    format!("`{} {}` · {token} · {again}", endpoint.method.as_str(), endpoint.path)
}

/// The first few errors, those that mean something of their own here before the others.
fn error_list(model: &Model, doc: &mut Doc, endpoint: &Endpoint, most: usize, reference: &str) {
    if most == 0 {
        return;
    }
    doc.heading("Errors");
    let mut errors: Vec<&EndpointError> = endpoint.errors.iter().collect();
    errors.sort_by_key(|error| !error.narrower);
    for error in errors.iter().take(most) {
        let text = escape(&one_line(first_sentence(&english(&error.text))));
        doc.item(&match model.error(error.code) {
            Some(general) => {
                format!("[`{0}`](crate::errors::code::{0}) {1}: {text}", general.ident, error.code)
            }
            None => format!("{}: {text}", error.code),
        });
    }
    if most < errors.len() && !reference.is_empty() {
        doc.item(&format!("[all {} codes]({reference}#errors)", errors.len()));
    }
}

/// What the other half of the readers wants to know.
fn in_chinese(model: &Model, endpoint: &Endpoint, told: usize) -> Vec<String> {
    let mut items = vec![chinese_of(model, &[&endpoint.doc.zh])];
    items.extend(endpoint.closed.iter().map(|text| chinese_of(model, &["已关闭", &text.zh])));
    items.extend(endpoint.restricted.iter().map(|text| chinese_of(model, &["部分能力已下线", &text.zh])));
    items.extend(endpoint.request.rules.iter().take(told).map(|rule| rule_words(Lang::Zh, model, rule)));
    items.push(match endpoint.repeat {
        Repeat::Safe => "只读接口，可安全重试。".to_owned(),
        Repeat::Idempotent => "幂等，可安全重试。".to_owned(),
        Repeat::Unsafe => {
            let find_out = endpoint.find_out.as_ref().map_or("", |text| text.zh.as_str());
            chinese_of(model, &["非幂等，超时请先查询再重试", find_out])
        }
    });
    if let Some(paging) = &endpoint.paging {
        items.push(format!("每页最多 {} 条，`items` 与 `pages` 自动翻页。", paging.max));
    }
    items
}

/// The documentation of a push.
pub(super) fn event(ctx: &Context<'_>, event: &Event) -> Vec<String> {
    let model = ctx.model;
    let mut told = event.object.rules.len();
    let with_example = example::push(ctx, event);
    loop {
        let doc = event_with(model, event, &with_example, told);
        if doc.len() <= LINES || told == 0 {
            return doc.lines();
        }
        told -= 1;
    }
}

fn event_with(model: &Model, event: &Event, example: &[String], told: usize) -> Doc {
    let mut doc = Doc::new();
    let title = Text { en: event.title.en.clone(), zh: event.title.zh.clone() };
    head(model, &mut doc, &title, &event.doc);
    let known_by = event.known_by.iter().map(|(element, value)| format!("`{element}` is `{value}`"));
    doc.raw(&format!("The push `{}`: {}.", event.name, known_by.collect::<Vec<_>>().join(" and ")));
    if !example.is_empty() {
        doc.code("", example.iter().cloned());
    }
    let reference = prose::address(model, &event.spec).unwrap_or_default();
    rules(model, &mut doc, &event.object.rules, told, &reference);
    if let Some(link) = link(model, &reference) {
        doc.raw(&format!("{link}."));
    }
    doc.raw_chinese(&chinese_of(model, &[&event.doc.zh]));
    doc
}

/// The documentation of what comes back.
pub(super) fn response(endpoint: &Endpoint) -> Vec<String> {
    let empty = endpoint.response.object.fields.is_empty();
    let more = if empty { " It says no more than that the call succeeded." } else { "" };
    let zh = sentence(&format!("{}的返回结果", endpoint.title.zh.trim().trim_end_matches('。')));
    vec![format!("The response to [`{}`].{more} 中文：{}", endpoint.ident, escape(&zh))]
}
