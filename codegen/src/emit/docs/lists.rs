//! The pages that list: everything there is, every quirk, every source document.

use std::collections::BTreeMap;

use super::language::Docs;
use super::markdown::{code, inline, link};
use super::page::{Page, quirks_of};
use super::words::HOW_TO_READ;
use super::{guides, index, samples, types};
use crate::model::{Audience, Endpoint, Model, Module, Quirk, Source};
use crate::output::OutputFile;

/// The index: by task first, then what there is beside the endpoints.
pub(super) fn contents(docs: &Docs<'_>) -> OutputFile {
    let words = docs.words;
    let mut page = Page::new(docs, "README.md", "api.yaml", docs.lang.text(&docs.model.api.title));
    page.bullets(&[
        link(words.errors, "errors.md"),
        link(words.limits_page, "limits.md"),
        link(words.quirks, "quirks.md"),
        link(words.documents, "documents.md"),
    ]);
    if !docs.model.guides.is_empty() {
        page.section("guides", words.guides);
        let lines: Vec<String> =
            docs.model.guides.iter().map(|it| link(docs.lang.text(&it.title), &guides::path(it))).collect();
        page.bullets(&lines);
    }
    page.section("tasks", words.tasks);
    for module in &docs.model.modules {
        endpoints_of(&mut page, module);
    }
    events(&mut page);
    shared_types(&mut page);
    page.section("reading", words.how_to_read);
    let notes: Vec<String> = HOW_TO_READ.iter().map(|(en, zh)| docs.lang.pick(*en, *zh).to_owned()).collect();
    page.bullets(&notes);
    page.finish()
}

fn endpoints_of(page: &mut Page<'_>, module: &Module) {
    let docs = page.docs;
    let words = docs.words;
    let row = |endpoint: &Endpoint| {
        let badge = match (&endpoint.closed, &endpoint.restricted) {
            (Some(_), _) => format!(" · *{}*", words.closed_badge),
            (None, Some(_)) => format!(" · *{}*", words.restricted_badge),
            (None, None) => String::new(),
        };
        let unofficial = page.unofficial(&endpoint.sources);
        [
            link(&inline(docs.lang.text(&endpoint.title)), &index::page_path(&endpoint.spec)) + &badge + &unofficial,
            code(&format!("{} {}", endpoint.method.as_str(), endpoint.path)),
            code(&endpoint.full_name()),
        ]
    };
    let endpoints = module.files.iter().filter_map(|file| file.endpoint);
    let rows: Vec<_> = endpoints.map(|at| row(&docs.model.endpoints[at])).collect();
    if rows.is_empty() {
        return;
    }
    page.heading(3, &inline(docs.lang.text(&module.title)));
    if let Some(doc) = &module.doc {
        page.prose(docs.lang.text(doc));
    }
    page.table([words.task, words.endpoint, words.rust], &rows);
}

fn events(page: &mut Page<'_>) {
    let docs = page.docs;
    let words = docs.words;
    let rows: Vec<_> = docs
        .model
        .events
        .iter()
        .map(|event| {
            [
                link(&inline(docs.lang.text(&event.title)), &index::page_path(&event.spec))
                    + &page.unofficial(&event.sources),
                code(&event.name),
                code(&samples::event_path(event)),
            ]
        })
        .collect();
    if !rows.is_empty() {
        page.section("events", words.events);
        page.table([words.title, words.event, words.rust], &rows);
    }
}

fn shared_types(page: &mut Page<'_>) {
    let docs = page.docs;
    let words = docs.words;
    let rows: Vec<_> = docs
        .index
        .type_files()
        .map(|spec| {
            let path = index::page_path(spec);
            // One name for a type, however many sides it has.
            let mut types: Vec<String> = Vec::new();
            for id in docs.index.sections(docs.model, spec) {
                let ty = docs.model.ty(id);
                let words = link(&ty.name, &format!("{path}#type-{}", ty.ident));
                if !types.iter().any(|known| known.starts_with(&format!("[{}]", ty.name))) {
                    types.push(words);
                }
            }
            [link(&types::title(docs, spec), &path), types.join(words.comma)]
        })
        .collect();
    if !rows.is_empty() {
        page.section("types", words.shared_types);
        page.table([words.file, words.types], &rows);
    }
}

/// Every quirk, by the spec file that explains it.
pub(super) fn quirks(docs: &Docs<'_>) -> OutputFile {
    let mut page = Page::new(docs, "quirks.md", "**/*.yaml", docs.words.quirks);
    let all = all_quirks(docs.model);
    let title = |spec: &str| format!("/{}", spec.trim_end_matches(".yaml"));
    for (spec, quirks) in &all {
        let words = code(&title(spec));
        let heading = docs.page_of(spec).map_or_else(|| words.clone(), |path| link(&words, &path));
        page.anchored(2, &quirks_of(spec), &heading);
        for quirk in quirks {
            let badge = if quirk.audience == Audience::Caller {
                format!(" · *{}*", docs.words.for_callers)
            } else {
                String::new()
            };
            page.heading(3, &(code(&quirk.id) + &badge));
            page.quirk_body(quirk);
        }
    }
    page.finish()
}

fn all_quirks(model: &Model) -> BTreeMap<&str, Vec<&Quirk>> {
    let mut all: BTreeMap<&str, Vec<&Quirk>> = BTreeMap::new();
    let endpoints = model.endpoints.iter().flat_map(|endpoint| &endpoint.quirks);
    let events = model.events.iter().flat_map(|event| &event.quirks);
    let types = model.types.iter().flat_map(|ty| &ty.quirks);
    for quirk in model.quirks.iter().chain(endpoints).chain(events).chain(types) {
        let file = all.entry(&quirk.spec).or_default();
        if !file.iter().any(|known| known.id == quirk.id) {
            file.push(quirk);
        }
    }
    all
}

/// The documents that the spec is made from.
pub(super) fn documents(docs: &Docs<'_>) -> OutputFile {
    let words = docs.words;
    let mut page = Page::new(docs, "documents.md", "api.yaml", words.documents);
    for document in &docs.model.api.documents {
        page.anchored(2, &format!("document-{}", document.id), &inline(docs.lang.text(&document.title)));
        let address = document.url.as_ref().map(|url| format!("<{url}>")).unwrap_or_default();
        let language = if document.language == "zh" { words.chinese } else { words.english };
        let rows = [
            [words.name.to_owned(), code(&document.id)],
            [words.language.to_owned(), language.to_owned()],
            [words.read.to_owned(), document.read.clone()],
            [words.page.to_owned(), address],
        ];
        page.table(["", ""], &rows);
        if let Some(note) = &document.note {
            page.prose(docs.lang.text(note));
        }
        cited_by(&mut page, &document.id);
    }
    page.finish()
}

/// The endpoints and pushes that a document describes, with the passages about each.
fn cited_by(page: &mut Page<'_>, document: &str) {
    let docs = page.docs;
    let line = |name: &str, spec: &str, sources: &[Source]| {
        let cited = sources.iter().filter(|source| source.document == document);
        let sections: Vec<String> =
            cited.clone().filter_map(|source| Some(format!("“{}”", inline(source.section.as_deref()?)))).collect();
        let before = if sections.is_empty() { "" } else { docs.words.colon };
        let words = link(&code(name), &index::page_path(spec));
        (cited.count() > 0).then(|| format!("{words}{before}{}", sections.join(docs.words.comma)))
    };
    let endpoints = docs.model.endpoints.iter();
    let endpoints = endpoints.filter_map(|endpoint| line(&endpoint.path, &endpoint.spec, &endpoint.sources));
    let events = docs.model.events.iter().filter_map(|event| line(&event.name, &event.spec, &event.sources));
    let lines: Vec<String> = endpoints.chain(events).collect();
    page.bullets(&lines);
}
