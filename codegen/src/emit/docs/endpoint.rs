//! The page of one endpoint.

use super::super::prose;
use super::language::{Docs, Way};
use super::markdown::{code, link};
use super::origins::{self, Origins};
use super::page::{Fold, Page};
use super::words::{body, repeat};
use super::{exchange, guides, index, samples, tree, types};
use crate::model::keys;
use crate::model::walk::{Stop, walk};
use crate::model::{Body, Endpoint, EndpointError, ObjectType, Page as NextPage, PagingEnd, Rule, Source, TypeKind};
use crate::output::OutputFile;

/// So many errors are told before the rest is folded.
const ERRORS: usize = 15;

/// The page, in the order in which somebody needs it who is about to call.
pub(super) fn page<'a>(docs: &'a Docs<'a>, endpoint: &'a Endpoint) -> OutputFile {
    let title =
        format!("{} · {}", docs.lang.text(&endpoint.title), docs.lang.pick(&endpoint.title.zh, &endpoint.title.en));
    let mut page = Page::new(docs, &index::page_path(&endpoint.spec), &endpoint.spec, &title);
    status(&mut page, endpoint);
    page.prose(docs.lang.text(&endpoint.doc));
    strip(&mut page, endpoint);
    page.contents();
    exchange::first(&mut page, endpoint);
    let at = page.hold();
    request(&mut page, endpoint);
    answer(&mut page, endpoint);
    // What to know before a call speaks of fields, so that those come first while the page is made.
    let below = page.take(at);
    before(&mut page, endpoint);
    page.put(&below);
    paging(&mut page, endpoint);
    errors(&mut page, endpoint);
    exchange::more(&mut page, endpoint);
    next(&mut page, endpoint);
    differences(&mut page, endpoint);
    page.finish()
}

fn status(page: &mut Page<'_>, endpoint: &Endpoint) {
    let docs = page.docs;
    for (word, text) in [(docs.words.closed, &endpoint.closed), (docs.words.restricted, &endpoint.restricted)] {
        if let Some(text) = text {
            page.block(&format!("> **{word}** {}", page.words(&docs.lang.text(text).replace('\n', " "))));
        }
    }
    page.block(page.unofficial(&endpoint.sources).trim());
}

/// What somebody looks up who knows the endpoint already.
fn strip(page: &mut Page<'_>, endpoint: &Endpoint) {
    let docs = page.docs;
    let words = docs.words;
    let api = &docs.model.api;
    let module = docs.model.modules.iter().find(|module| module.namespace == endpoint.namespace);
    let address = format!("{} {}{}", endpoint.method.as_str(), api.host, endpoint.path);
    let mut rows = vec![[words.address.to_owned(), code(&address)]];
    rows.extend(endpoint.account.as_ref().map(|account| {
        let told = page.words(docs.lang.text(&account.text)) + &page.unofficial(&account.sources);
        [
            words.account.to_owned(),
            format!("{told}\n*{}{}{}*", words.source, words.colon, page.passages(&account.sources)),
        ]
    }));
    let token = if endpoint.takes_token { words.with_token } else { words.no_token };
    rows.push([words.token.to_owned(), token.replace("{token}", &code(&api.token_param))]);
    let again = repeat(docs.lang, endpoint.repeat).to_owned();
    let find_out = find_out(docs, endpoint).map(|text| page.words(&text)).unwrap_or_default();
    rows.push([words.repeat.to_owned(), [again, find_out].join("\n").trim().to_owned()]);
    if let Some(quota) = &endpoint.quota {
        rows.push([words.quota.to_owned(), prose::quota(docs.lang, quota)]);
    }
    rows.push([words.body.to_owned(), body(docs.lang, endpoint.body).to_owned()]);
    let feature = module.and_then(|module| module.feature.as_deref());
    let feature = feature.map(|feature| format!(" ({} {})", words.feature, code(feature))).unwrap_or_default();
    rows.push([words.rust.to_owned(), code(&format!("{}::{}", api.krate, endpoint.full_name())) + &feature]);
    rows.push([words.source.to_owned(), page.dated(&endpoint.sources).join("\n")]);
    let [[first, of], rest @ ..] = &rows[..] else { return };
    page.table([first, of], rest);
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

/// The rules: of the request, and of the objects in it.
fn before<'a>(page: &mut Page<'a>, endpoint: &'a Endpoint) {
    let docs = page.docs;
    let mut all: Vec<(String, &Rule)> = endpoint.request.rules.iter().map(|rule| (String::new(), rule)).collect();
    let mut seen: Vec<*const Rule> = Vec::new();
    for object in [&endpoint.request.query, &endpoint.request.body] {
        walk(docs.model, &object.fields, &endpoint.sources, &mut |stop| {
            if let Stop::Rules(path, rules) = stop {
                for rule in rules {
                    let twice =
                        seen.contains(&std::ptr::from_ref(rule)) || all.iter().any(|(_, it)| it.text == rule.text);
                    if !twice {
                        seen.push(std::ptr::from_ref(rule));
                        all.push((path.to_owned(), rule));
                    }
                }
            }
        });
    }
    if all.is_empty() {
        return;
    }
    page.section("before", docs.words.before);
    let lines: Vec<(String, &[Source])> = all
        .into_iter()
        .map(|(path, rule)| {
            let words = types::rule(page, rule);
            let words = if path.is_empty() { words } else { format!("{}{}{words}", code(&path), docs.words.colon) };
            (words, &rule.sources[..])
        })
        .collect();
    origins::list(page, lines);
}

fn request<'a>(page: &mut Page<'a>, endpoint: &'a Endpoint) {
    let docs = page.docs;
    let words = docs.words;
    let (query, sent) = (&endpoint.request.query.fields, &endpoint.request.body.fields);
    page.section("request", words.request);
    if !query.is_empty() {
        page.heading(3, words.query);
        tree::table(page, Way::Sent, Vec::new(), &keys::keys(docs.model, query, &endpoint.sources));
        if !sent.is_empty() {
            page.heading(3, words.request_body);
        }
    }
    match (sent.is_empty(), endpoint.body) {
        (true, Body::None) if query.is_empty() => page.block(words.nothing_sent),
        (true, Body::None) => {}
        (true, _) => page.block(words.empty_body),
        (false, _) => tree::table(page, Way::Sent, Vec::new(), &keys::keys(docs.model, sent, &endpoint.sources)),
    }
    if let Some(window) = endpoint.day_window() {
        let (first, last) = prose::a_year(endpoint, &window);
        page.block(words.spans);
        page.code(
            "rust",
            &samples::Sample::new(docs, endpoint).many(
                "responses",
                &format!(".spans({first:?}, {last:?}).send(&client)"),
                "response",
            ),
        );
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
    page.section("response", docs.words.answer);
    let success = prose::success(docs.lang, api, &endpoint.response.success);
    page.block(&format!("{}{}{success}{}", docs.words.success, docs.words.colon, docs.lang.pick(".", "。")));
    let envelope = vec![
        tree::plain_row(page, &api.code_field, "int", false, docs.lang.text(&api.code_doc)),
        tree::plain_row(page, &api.message_field, "string", false, docs.lang.text(&api.message_doc)),
    ];
    let object = &endpoint.response.object;
    tree::table(page, Way::Received, envelope, &keys::keys(docs.model, &object.fields, &endpoint.sources));
    types::rules(page, &object.rules);
    objects(page, &endpoint.spec, Way::Received);
}

fn paging(page: &mut Page<'_>, endpoint: &Endpoint) {
    let Some(paging) = &endpoint.paging else {
        return;
    };
    let docs = page.docs;
    let words = docs.words;
    page.section("paging", words.paging);
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
        let code = link(&end.to_string(), &page.to(&docs.error_at(end)));
        last += &docs.lang.pick(format!(", {} {code}", words.or_code), format!("，{} {code}", words.or_code));
    }
    page.table(
        [words.items, &code(&paging.items)],
        &[
            [words.page_max.to_owned(), paging.max.to_string()],
            [words.next_page.to_owned(), next],
            [words.last_page.to_owned(), last],
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
    page.section("errors", words.errors);
    let mut all: Vec<&EndpointError> = endpoint.errors.iter().collect();
    all.sort_by_key(|error| (!error.narrower, error.code));
    let rows: Vec<[String; 4]> = all.iter().map(|error| error_row(page, error)).collect();
    let head = [words.code, words.meaning, words.cause, words.remedy];
    let (first, rest) = rows.split_at(rows.len().min(ERRORS));
    if !first.is_empty() {
        page.table(head, first);
    }
    if !rest.is_empty() {
        page.open(Fold::Closed, &words.more_errors.replace("{count}", &rest.len().to_string()));
        page.table(head, rest);
        page.close();
    }
    let mut origins = Origins::default();
    for error in &all {
        origins.add(link(&error.code.to_string(), &format!("#error-{}", error.code)), &error.sources);
    }
    origins.fold(page);
    let general = link(words.general_errors, &page.to("errors-general.md"));
    page.block(&words.other_errors.replace("{general}", &general));
}

fn error_row<'a>(page: &mut Page<'a>, error: &'a EndpointError) -> [String; 4] {
    let docs = page.docs;
    let number = error.code.to_string();
    let general = docs.model.error(error.code);
    let known = general.map_or_else(|| number.clone(), |_| link(&number, &page.to(&docs.error_at(error.code))));
    let name = general.map(|general| format!("\n{}", code(&general.name))).unwrap_or_default();
    let quirks = page.quirk_links(&error.quirks);
    let text = page.words(docs.lang.text(&error.text)) + &page.unofficial(&error.sources);
    let words = |text| page.words(docs.lang.text(text));
    [
        format!("<a id=\"error-{number}\"></a>{known}{name}"),
        if quirks.is_empty() { text } else { format!("{text}\n{quirks}") },
        words(&error.cause),
        words(&error.remedy),
    ]
}

/// Where to go from here: what the page speaks of, and the guides in which it is a step.
fn next(page: &mut Page<'_>, endpoint: &Endpoint) {
    let docs = page.docs;
    let mentioned = page.mentioned();
    let others = docs.model.endpoints.iter().filter(|it| it.path != endpoint.path && mentioned.contains(&it.path));
    let lines: Vec<String> = others
        .map(|it| {
            let target = page.to(&index::page_path(&it.spec));
            format!("{}{}{}", link(&code(&it.path), &target), docs.words.colon, page.words(docs.lang.text(&it.title)))
        })
        .collect();
    let guides = docs.model.guides.iter().filter(|guide| guide.endpoints.contains(&endpoint.path));
    let guides = guides.map(|it| {
        let words = link(docs.lang.text(&it.title), &page.to(&guides::path(it)));
        format!("{}{}{words}", docs.words.guides, docs.words.colon)
    });
    let lines: Vec<String> = guides.chain(lines).collect();
    if !lines.is_empty() {
        page.section("next", docs.words.next);
        page.bullets(&lines);
    }
}

/// What the page of the platform says otherwise, and every passage that this page is made from; folded.
fn differences<'a>(page: &mut Page<'a>, endpoint: &'a Endpoint) {
    let docs = page.docs;
    page.section("differences", docs.words.differences);
    page.open(Fold::Closed, docs.words.show);
    page.quirks(&endpoint.quirks);
    sources(page, endpoint);
    page.close();
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
    let rules =
        request.rules.iter().chain(all.flat_map(|object: &ObjectType| &object.rules)).flat_map(|rule| &rule.sources);
    let errors = endpoint.errors.iter().flat_map(|error| &error.sources);
    let types = own_types.flat_map(|ty| &ty.sources);
    let mut sources: Vec<&Source> =
        keys::distinct(endpoint.sources.iter().chain(types).chain(fields).chain(rules).chain(errors));
    // A passage of a document says more than the document as a whole.
    let precise = sources.clone();
    sources.retain(|source| {
        source.section.is_some() || !precise.iter().any(|p| p.document == source.document && p.section.is_some())
    });
    page.heading(3, docs.words.sources);
    let lines = page.dated(sources);
    page.bullets(&lines);
}
