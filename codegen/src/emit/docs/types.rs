//! Sections of named types, and the pages of files that hold shared ones.

use super::super::prose;
use super::fields::{self, capital};
use super::index;
use super::language::{Docs, Way};
use super::markdown::{code, inline, link};
use super::origins::{self, Origins};
use super::page::Page;
use super::tree;
use crate::model::keys::{self, Keys, inline_contents};
use crate::model::{
    Condition, EnumType, Rule, Side, Source, TypeId, TypeKind, UnionContent, UnionType, VariantContent,
};
use crate::output::OutputFile;

/// How many users of a type are named before "and more".
const NAMED_USERS: usize = 24;

/// The page of a file of shared types.
pub(super) fn page(docs: &Docs<'_>, spec: &str) -> OutputFile {
    let path = index::page_path(spec);
    let mut page = Page::new(docs, &path, spec, &title(docs, spec));
    let sections: Vec<TypeId> = docs.index.sections(docs.model, spec).collect();
    let link_to = |id: &TypeId| {
        let ty = docs.model.ty(*id);
        let words = link(&ty.ident, &format!("#type-{}", ty.ident));
        match &ty.view_doc {
            Some(view) => format!("{words}{}{}", docs.words.colon, inline(docs.lang.text(view))),
            None => format!("{words}{}{}", docs.words.colon, inline(docs.lang.text(&ty.doc).trim())),
        }
    };
    let links: Vec<String> = sections.iter().map(link_to).collect();
    page.bullets(&links);
    for &id in &sections {
        section(&mut page, id, 2);
        used_by(&mut page, id);
    }
    let all = docs.index.types_in(spec).iter();
    page.section("differences", docs.words.differences);
    page.quirks(all.flat_map(|&id| &docs.model.ty(id).quirks));
    page.finish()
}

/// `Types shared by the card endpoints: enums`.
pub(super) fn title(docs: &Docs<'_>, spec: &str) -> String {
    let (folder, file) = spec.rsplit_once('/').unwrap_or(("", spec));
    let stem = file.trim_end_matches(".yaml");
    let folder: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    // A folder without a title of its own is called by its path: better the title of the folder it is in.
    let titled = |depth: usize| {
        let path = folder[..depth].join("/");
        let module = docs.model.modules.iter().find(|module| module.path == folder[..depth])?;
        Some(docs.lang.text(&module.title)).filter(|title| !title.contains(&path))
    };
    let title = (1..=folder.len()).rev().find_map(titled).unwrap_or(docs.words.shared_types);
    format!("{title}{}{}", docs.words.colon, code(stem))
}

/// The section of one type, which links lead to.
pub(super) fn section(page: &mut Page<'_>, id: TypeId, level: usize) {
    let docs = page.docs;
    let ty = docs.model.ty(id);
    page.anchored(level, &format!("type-{}", ty.ident), &ty.ident);
    if let Some(view) = &ty.view_doc {
        page.block(&format!("*{}*", capital(&inline(docs.lang.text(view).trim()))));
    }
    page.prose(docs.lang.text(&ty.doc));
    page.block(page.unofficial(&ty.sources).trim());
    let name = &ty.ident;
    let way = if ty.side.request { Way::Sent } else { Way::Received };
    match &ty.kind {
        TypeKind::Object(object) => {
            tree::flat(page, way, name, &keys::keys(docs.model, &object.fields, &ty.sources));
            rules(page, &object.rules);
        }
        TypeKind::Enum(of) => values(page, ty.side, of),
        TypeKind::Union(union) => union_section(page, way, id, union),
    }
}

/// The rules of an object.
pub(super) fn rules<'a>(page: &mut Page<'a>, rules: &'a [Rule]) {
    let docs = page.docs;
    let lines: Vec<(String, &[Source])> =
        rules.iter().map(|rule| (self::rule(page, rule), &rule.sources[..])).collect();
    if !lines.is_empty() {
        page.block(&format!("**{}**", docs.words.rules));
        origins::list(page, lines);
    }
}

/// A rule with the code to which it leads.
pub(super) fn rule<'a>(page: &mut Page<'a>, rule: &'a Rule) -> String {
    let docs = page.docs;
    let words = docs.words;
    let mut line = page.words(docs.lang.text(&rule.text));
    if let Some(error) = rule.error {
        let known = docs.model.error(error).is_some();
        let code = if known { link(&error.to_string(), &page.to(&docs.error_at(error))) } else { error.to_string() };
        line += &docs.lang.pick(format!(" ({} {code})", words.error), format!("（{} {code}）", words.error));
    }
    let mut marks = page.quirk_links(&rule.quirks);
    marks += &page.unofficial(&rule.sources);
    if !marks.trim().is_empty() {
        line += &docs.lang.pick(format!(" ({})", marks.trim()), format!("（{}）", marks.trim()));
    }
    line
}

fn values(page: &mut Page<'_>, side: Side, of: &EnumType) {
    let docs = page.docs;
    if let Some(form) = &of.response_form {
        page.prose(docs.lang.text(&form.text));
    }
    let row = |value: &crate::model::EnumVariant| {
        let also = read_from(side, &value.also);
        let meaning = fields::with_also(docs.lang, page.words(docs.lang.text(&value.doc)), also);
        let meaning = match &value.response {
            Some(response) => format!("{meaning}{}{}", docs.words.semicolon, in_responses(docs, response)),
            None => meaning,
        };
        let meaning = meaning + &page.unofficial(&value.sources);
        [code(&value.wire), code(&value.ident), meaning]
    };
    let rows: Vec<_> = of.values.iter().map(row).collect();
    page.table([docs.words.value, docs.words.rust, docs.words.meaning], &rows);
    let mut origins = Origins::default();
    for value in &of.values {
        origins.add(code(&value.wire), &value.sources);
    }
    origins.fold(page);
}

/// What a response gives in place of a value.
fn in_responses(docs: &Docs<'_>, response: &str) -> String {
    docs.lang.pick(format!("{} in responses", code(response)), format!("返回为 {}", code(response)))
}

/// A union: its tag, its variants, and the fields that stand beside the tag.
fn union_section<'a>(page: &mut Page<'a>, way: Way, id: TypeId, union: &'a UnionType) {
    let docs = page.docs;
    let words = docs.words;
    if union.tagged {
        let quirks = page.quirk_links(&union.tag_quirks);
        let doc = page.words(docs.lang.text(&union.tag_doc));
        let line = [format!("{}{}{}", words.tag, words.colon, code(&union.tag)), doc, quirks];
        let line: Vec<String> = line.into_iter().filter(|part| !part.is_empty()).collect();
        page.block(&line.join(docs.lang.pick(". ", "。")));
    } else {
        page.block(words.no_tag);
    }
    variants(page, docs.model.ty(id).side, union);
    if union.content == UnionContent::Inline {
        let mut keys: Keys<'a> = keys::keys_of(docs.model, id);
        keys.shift_remove(union.tag.as_str());
        tree::flat(page, way, &docs.model.ty(id).ident, &keys);
        for content in inline_contents(union) {
            if let TypeKind::Object(object) = &docs.model.ty(content).kind {
                rules(page, &object.rules);
            }
        }
    }
}

/// What is only sent is read from nothing.
fn read_from(side: Side, also: &[String]) -> &[String] {
    if side.response { also } else { &[] }
}

fn variants(page: &mut Page<'_>, side: Side, union: &UnionType) {
    let docs = page.docs;
    let words = docs.words;
    let row = |variant: &crate::model::Variant| {
        let content = match &variant.content {
            VariantContent::Unit => words.no_more.to_owned(),
            VariantContent::Keyed(key, id) => format!("{} {}", code(key), fields::named(page, *id)),
            VariantContent::Inline(id) => beside(docs, *id),
        };
        let is = docs.lang.pick("is", "为");
        let condition = |one: &Condition| {
            let values = one.spelled(docs.lang.pick(" or ", " 或 "), |value| code(&prose::plain_value(value)));
            format!("{} {is} {values}", code(&one.path.to_string()))
        };
        let when: Vec<String> = variant.when.iter().map(condition).collect();
        let also = read_from(side, &variant.also);
        let meaning = fields::with_also(docs.lang, page.words(docs.lang.text(&variant.doc)), also);
        let meaning = meaning + &page.unofficial(&variant.sources);
        [code(&variant.value), content, when.join(words.comma), meaning]
    };
    let rows: Vec<_> = union.variants.iter().map(row).collect();
    let head = if union.tagged { words.value } else { words.kind };
    page.table([head, words.variant_keys, words.only_when, words.meaning], &rows);
    let mut origins = Origins::default();
    for variant in &union.variants {
        origins.add(code(&variant.value), &variant.sources);
    }
    origins.fold(page);
}

/// The keys of an object whose fields stand beside the tag.
fn beside(docs: &Docs<'_>, id: TypeId) -> String {
    let keys: Vec<String> = keys::keys_of(docs.model, id).keys().map(|key| code(key)).collect();
    if keys.is_empty() { docs.words.no_more.to_owned() } else { keys.join(docs.words.comma) }
}

/// Which endpoints and events reach a type.
fn used_by(page: &mut Page<'_>, id: TypeId) {
    let docs = page.docs;
    let words = docs.words;
    let users = docs.index.used_by(id);
    let named = users.iter().take(NAMED_USERS).map(|spec| {
        let path = index::page_path(spec);
        link(&code(&format!("/{}", path.trim_end_matches(".md"))), &page.to(&path))
    });
    let mut links: Vec<String> = named.collect();
    if users.len() > NAMED_USERS {
        links.push(words.and_more.to_owned());
    }
    if !links.is_empty() {
        page.block(&format!("{}{}{}", words.used_by, words.colon, links.join(words.comma)));
    }
}
