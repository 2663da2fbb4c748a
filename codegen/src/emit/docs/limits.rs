//! The page of all limits that are checked: by endpoint and type, the fields with what they may hold.

use super::super::prose;
use super::index;
use super::language::Docs;
use super::markdown::{code, inline, link};
use super::page::Page;
use crate::model::{Endpoint, Field, TypeKind};
use crate::output::OutputFile;

/// The page.
pub(super) fn page(docs: &Docs<'_>) -> OutputFile {
    let words = docs.words;
    let mut page = Page::new(docs, "limits.md", "**/*.yaml", words.limits_page);
    for endpoint in &docs.model.endpoints {
        let mut rows: Vec<[String; 2]> = endpoint.request.fields().filter_map(|field| row(&page, field)).collect();
        rows.extend(beside(docs, endpoint));
        let title = link(&code(&endpoint.path), &index::page_path(&endpoint.spec));
        section(&mut page, &format!("{title} {}", inline(docs.lang.text(&endpoint.title))), &rows);
    }
    for ty in docs.model.types.iter().filter(|ty| ty.side.request) {
        let TypeKind::Object(object) = &ty.kind else { continue };
        let rows: Vec<[String; 2]> = object.fields.iter().filter_map(|field| row(&page, field)).collect();
        let page_of = docs.page_of(&ty.spec).unwrap_or_default();
        let told = ty.view_doc.as_ref().unwrap_or(&ty.doc);
        let title = format!("{}{}{}", link(&ty.ident, &page_of), words.colon, inline(docs.lang.text(told).trim()));
        section(&mut page, &title, &rows);
    }
    page.finish()
}

fn section(page: &mut Page<'_>, title: &str, rows: &[[String; 2]]) {
    if !rows.is_empty() {
        page.heading(3, title);
        page.table([page.docs.words.field, page.docs.words.limit], rows);
    }
}

fn row(page: &Page<'_>, field: &Field) -> Option<[String; 2]> {
    let docs = page.docs;
    let limits = field.limits.iter().filter(|limit| limit.enforced && !limit.implied);
    let limits: Vec<String> = limits.map(|limit| prose::limit(docs.lang, limit, &field.ty)).collect();
    (!limits.is_empty())
        .then(|| [code(&field.wire), limits.join(docs.lang.pick(", ", "，")) + &page.unofficial(&field.sources)])
}

/// What holds for no single field: the length of a page, and the days of one call.
fn beside(docs: &Docs<'_>, endpoint: &Endpoint) -> Vec<[String; 2]> {
    let paging = endpoint.paging.as_ref().map(|it| [code(&it.items), format!("{} {}", docs.words.page_max, it.max)]);
    let days = endpoint.day_window().map(|it| {
        let days = docs.lang.pick(format!("at most {} days apart", it.days), format!("相差不超过 {} 天", it.days));
        [format!("{}{}{}", code(it.from), docs.words.comma, code(it.to)), days]
    });
    paging.into_iter().chain(days).collect()
}
