//! The page of one endpoint.

use super::super::prose;
use super::fields::{self, Way, plain_row};
use super::language::Docs;
use super::markdown::{code, inline, link};
use super::page::Page;
use super::words::{body, repeat};
use super::{index, samples, types};
use crate::model::keys;
use crate::model::{Body, Endpoint, Example, Page as NextPage, PagingEnd, TypeKind, Value};
use crate::output::OutputFile;

/// The page: what to send first, then what comes back, then what may go wrong.
pub(super) fn page<'a>(docs: &'a Docs<'a>, endpoint: &'a Endpoint) -> OutputFile {
    let mut page = Page::new(docs, &index::page_path(&endpoint.spec), &endpoint.spec, docs.lang.text(&endpoint.title));
    page.prose(docs.lang.text(&endpoint.doc));
    page.code("http", &address(docs, endpoint));
    facts(&mut page, endpoint);
    request(&mut page, endpoint);
    paging(&mut page, endpoint);
    answer(&mut page, endpoint);
    errors(&mut page, endpoint);
    examples(&mut page, endpoint);
    page.quirks(&endpoint.quirks);
    sources(&mut page, endpoint);
    page.finish()
}

/// `POST https://api.weixin.qq.com/card/code/get?access_token=ACCESS_TOKEN`.
fn address(docs: &Docs<'_>, endpoint: &Endpoint) -> String {
    let api = &docs.model.api;
    let mut address = format!("{} {}{}", endpoint.method.as_str(), api.host, endpoint.path);
    let token = endpoint.takes_token.then(|| format!("{}=ACCESS_TOKEN", api.token_param));
    let query =
        endpoint.request.query.fields.iter().map(|field| format!("{}={}", field.wire, field.wire.to_uppercase()));
    for (index, parameter) in token.into_iter().chain(query).enumerate() {
        address += if index == 0 { "?" } else { "&" };
        address += &parameter;
    }
    address
}

fn facts(page: &mut Page<'_>, endpoint: &Endpoint) {
    let docs = page.docs;
    let words = docs.words;
    for (word, text) in [(words.closed, &endpoint.closed), (words.restricted, &endpoint.restricted)] {
        if let Some(text) = text {
            page.block(&format!("> **{word}** {}", inline(&docs.lang.text(text).replace('\n', " "))));
        }
    }
    let krate = &docs.model.api.krate;
    let path = endpoint.namespace.iter().map(|part| format!("{part}::")).collect::<String>();
    let rust = format!(
        "{}{}{} {}",
        code(&format!("{krate}::{}", endpoint.full_name())),
        docs.lang.pick(", ", "，"),
        words.rust_answer,
        code(&format!("{krate}::{path}{}", endpoint.response_ident)),
    );
    let mut rows = vec![
        [words.rust.to_owned(), rust],
        [words.repeat.to_owned(), repeat(docs.lang, endpoint.repeat).to_owned()],
        [words.body.to_owned(), body(docs.lang, endpoint.body).to_owned()],
    ];
    if let Some(find_out) = find_out(docs, endpoint) {
        rows.insert(2, [words.find_out.to_owned(), inline(&find_out.replace('\n', " "))]);
    }
    let module = docs.model.modules.iter().find(|module| module.namespace == endpoint.namespace);
    if let Some(feature) = module.and_then(|module| module.feature.as_deref()) {
        rows.push([words.feature.to_owned(), code(feature)]);
    }
    rows.push([words.source.to_owned(), page.dated(&endpoint.sources).join("\n")]);
    page.table(["", ""], &rows);
    if let Some(verify) = &endpoint.verify {
        page.code("rust", &samples::Sample::new(docs, endpoint).verified(verify));
    }
}

/// How to find out what a lost call did, by hand and otherwise.
fn find_out(docs: &Docs<'_>, endpoint: &Endpoint) -> Option<String> {
    let by_hand = endpoint.find_out.as_ref().map(|text| docs.lang.text(text).trim());
    let verify = endpoint.verify.as_ref().map(|verify| prose::can_verify(docs.lang, verify));
    let all: Vec<_> = by_hand.into_iter().chain(verify).collect();
    Some(all.join(docs.lang.pick(" ", ""))).filter(|text| !text.is_empty())
}

fn request<'a>(page: &mut Page<'a>, endpoint: &'a Endpoint) {
    let docs = page.docs;
    let words = docs.words;
    let api = &docs.model.api;
    let (query, sent) = (&endpoint.request.query.fields, &endpoint.request.body.fields);
    page.heading(2, words.request);
    if endpoint.takes_token {
        page.heading(3, words.query);
        let token = plain_row(page, &api.token_param, "string", true, docs.lang.text(&api.token_doc));
        fields::table(page, Way::Sent, vec![token], &keys::keys(docs.model, query, &endpoint.sources));
    } else {
        page.block(words.no_token);
        if !query.is_empty() {
            page.heading(3, words.query);
            fields::table(page, Way::Sent, Vec::new(), &keys::keys(docs.model, query, &endpoint.sources));
        }
    }
    if !(sent.is_empty() && endpoint.body == Body::None) {
        page.heading(3, words.request_body);
    }
    match (sent.is_empty(), endpoint.body) {
        (true, Body::None) => {}
        (true, _) => page.block(words.empty_body),
        (false, _) => {
            fields::table(page, Way::Sent, Vec::new(), &keys::keys(docs.model, sent, &endpoint.sources));
        }
    }
    types::rules(page, &endpoint.request.rules);
    if let Some(window) = endpoint.day_window() {
        page.block(words.spans);
        let (first, last) = prose::a_year(endpoint, &window);
        let send = format!(".spans({first:?}, {last:?}).send(&client)");
        page.code("rust", &samples::Sample::new(docs, endpoint).many("responses", &send, "response"));
    }
    objects(page, &endpoint.spec, Way::Sent);
}

/// The sections of a page's own types that travel one way; what travels both ways is told where it is sent.
pub(super) fn objects(page: &mut Page<'_>, spec: &str, way: Way) {
    let docs = page.docs;
    for id in docs.index.sections(docs.model, spec) {
        let sent = docs.model.ty(id).side.request;
        if sent == (way == Way::Sent) {
            types::section(page, id, 3);
        }
    }
}

fn answer<'a>(page: &mut Page<'a>, endpoint: &'a Endpoint) {
    let docs = page.docs;
    let api = &docs.model.api;
    page.heading(2, docs.words.answer);
    let success = prose::success(docs.lang, api, &endpoint.response.success);
    page.block(&format!("{}{}{success}{}", docs.words.success, docs.words.colon, docs.lang.pick(".", "。")));
    let envelope = vec![
        plain_row(page, &api.code_field, "int", false, docs.lang.text(&api.code_doc)),
        plain_row(page, &api.message_field, "string", false, docs.lang.text(&api.message_doc)),
    ];
    let object = &endpoint.response.object;
    fields::table(page, Way::Received, envelope, &keys::keys(docs.model, &object.fields, &endpoint.sources));
    types::rules(page, &object.rules);
    objects(page, &endpoint.spec, Way::Received);
}

fn paging(page: &mut Page<'_>, endpoint: &Endpoint) {
    let Some(paging) = &endpoint.paging else {
        return;
    };
    let docs = page.docs;
    let words = docs.words;
    page.heading(2, words.paging);
    page.prose(docs.lang.text(&paging.text));
    let next = match &paging.page {
        NextPage::Cursor { cursor, next } => words.into.replace("{next}", next).replace("{cursor}", cursor),
        NextPage::Offset { offset } => words.grows.replace("{offset}", offset),
    };
    let mut last = match &paging.end {
        PagingEnd::CountBelowMax(field) => {
            words.count_below.replace("{field}", field).replace("{max}", &paging.max.to_string())
        }
        PagingEnd::FewerThanAsked(field) => words.fewer.replace("{field}", field),
        PagingEnd::Total(field) => words.total.replace("{field}", field),
        PagingEnd::Empty => words.empty_page.to_owned(),
    };
    if let Some(end) = paging.end_error {
        let code = link(&end.to_string(), &page.to(&format!("errors.md#error-{end}")));
        last += &docs.lang.pick(format!(", {} {code}", words.or_code), format!("，{} {code}", words.or_code));
    }
    page.table(
        ["", ""],
        &[
            [words.items.to_owned(), code(&paging.items)],
            [words.page_max.to_owned(), paging.max.to_string()],
            [words.next_page.to_owned(), next],
            [words.last_page.to_owned(), last],
            [words.rust.to_owned(), ["items", "pages", "next_page"].map(code).join(docs.lang.pick(", ", "，"))],
        ],
    );
    if paging.overlap {
        page.block(words.overlap);
    }
    page.block(words.all_items);
    page.code("rust", &samples::Sample::new(docs, endpoint).many("items", ".items(&client)", "item"));
}

fn errors<'a>(page: &mut Page<'a>, endpoint: &'a Endpoint) {
    let docs = page.docs;
    let words = docs.words;
    page.heading(2, words.errors);
    let mut rows = Vec::new();
    for error in &endpoint.errors {
        let general = docs.model.error(error.code);
        let target = page.to(&format!("errors.md#error-{}", error.code));
        let number = error.code.to_string();
        let quirks = page.quirk_links(&error.quirks);
        let text = inline(docs.lang.text(&error.text).trim());
        rows.push([
            if general.is_some() { link(&number, &target) } else { number },
            general.map(|general| code(&general.name)).unwrap_or_default(),
            if quirks.is_empty() { text } else { format!("{text}\n{quirks}") },
            inline(docs.lang.text(&error.cause).trim()),
            inline(docs.lang.text(&error.remedy).trim()),
        ]);
    }
    if !rows.is_empty() {
        page.table([words.code, words.name, words.meaning, words.cause, words.remedy], &rows);
    }
    let general = link(words.general_errors, &page.to("errors.md"));
    page.block(&words.other_errors.replace("{general}", &general));
}

fn examples(page: &mut Page<'_>, endpoint: &Endpoint) {
    let docs = page.docs;
    let words = docs.words;
    page.heading(2, words.examples);
    for example in &endpoint.examples {
        exchange(page, example);
    }
    page.block(words.curl_sample);
    let sample = samples::Sample::new(docs, endpoint);
    page.code("sh", &sample.curl());
    page.block(words.rust_sample);
    page.code("rust", &sample.rust());
}

/// One example: what is sent and what is answered.
pub(super) fn exchange(page: &mut Page<'_>, example: &Example) {
    let docs = page.docs;
    let words = docs.words;
    if let Some(title) = &example.title {
        page.heading(3, &inline(docs.lang.text(title)));
    }
    let parts = [
        (words.query_example, &example.query),
        (words.request_example, &example.request),
        (words.answer_example, &example.response),
        (words.error_example, &example.error),
    ];
    for (label, value) in parts {
        if let Some(value) = value {
            page.block(label);
            page.code("json", &pretty(value));
        }
    }
    if let Some(xml) = &example.xml {
        page.code("xml", xml);
    }
    if let Some(json) = &example.json {
        page.block(words.push_as_json);
        page.code("json", &pretty(json));
    }
}

fn pretty(value: &Value) -> String {
    serde_json::to_string_pretty(value).unwrap_or_default()
}

/// Every passage of the documents that the page is made from.
fn sources(page: &mut Page<'_>, endpoint: &Endpoint) {
    let docs = page.docs;
    let own_types = docs.index.types_in(&endpoint.spec).iter().map(|&id| docs.model.ty(id));
    let objects = own_types.clone().filter_map(|ty| match &ty.kind {
        TypeKind::Object(object) => Some(object),
        TypeKind::Enum(_) | TypeKind::Union(_) => None,
    });
    let request = &endpoint.request;
    let all = [&request.query, &request.body, &endpoint.response.object].into_iter().chain(objects);
    let fields = all.clone().flat_map(|object| object.fields.iter().flat_map(|field| &field.sources));
    let rules = request.rules.iter().chain(all.flat_map(|object| &object.rules)).flat_map(|rule| &rule.sources);
    let errors = endpoint.errors.iter().flat_map(|error| &error.sources);
    let types = own_types.flat_map(|ty| &ty.sources);
    let mut sources = keys::distinct(endpoint.sources.iter().chain(types).chain(fields).chain(rules).chain(errors));
    // A passage of a document says more than the document as a whole.
    let precise = sources.clone();
    sources.retain(|source| {
        source.section.is_some() || !precise.iter().any(|p| p.document == source.document && p.section.is_some())
    });
    page.heading(2, docs.words.sources);
    let lines = page.dated(sources);
    page.bullets(&lines);
}
