//! Tables of fields: one row for each key that stands in the JSON.

use super::super::prose::{self, Lang};
use super::index::EXPLAINED_VALUES;
use super::markdown::{code, inline, link};
use super::page::Page;
use crate::model::keys::{Key, Keys, Listed, What, distinct};
use crate::model::{EnumKind, Limit, TypeId, TypeKind, TypeRef, Value};

/// Which way the fields travel: it decides what "required" is called.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Way {
    /// To the server.
    Sent,
    /// From the server.
    Received,
}

/// A row with what every field table shows.
pub(super) type Row = [String; 7];

/// A table of keys; `first` rows come before them.
pub(super) fn table<'a>(page: &mut Page<'a>, way: Way, first: Vec<Row>, keys: &Keys<'a>) {
    let words = page.docs.words;
    let mut rows = first;
    rows.extend(keys.values().map(|key| row(page, way, key)));
    if rows.is_empty() {
        page.block(words.no_fields);
        return;
    }
    let required = if way == Way::Sent { words.required } else { words.always };
    let head = [words.field, words.type_, required, words.limits, words.default, words.review, words.meaning];
    page.table(head, &rows);
}

/// A row for a field that every endpoint has.
pub(super) fn plain_row(page: &Page<'_>, name: &str, ty: &str, required: bool, meaning: &str) -> Row {
    let required = if required { page.docs.words.yes } else { "" };
    [code(name), code(ty), required.to_owned(), String::new(), String::new(), String::new(), inline(meaning)]
}

fn row<'a>(page: &mut Page<'a>, way: Way, key: &Key<'a>) -> Row {
    let docs = page.docs;
    let words = docs.words;
    let condition = prose::required_if(docs.lang, key);
    let required = match condition {
        _ if key.required => words.yes.to_owned(),
        Some(condition) if way == Way::Sent => words.required_if.to_owned() + &inline(&condition),
        Some(condition) => words.there_if.to_owned() + &inline(&condition),
        None if way == Way::Sent => words.no.to_owned(),
        None => String::new(),
    };
    let default = key.first(|field| field.default.as_ref()).map(|value| code(&value.to_string()));
    let review = key.first(|field| field.review).map(|review| if review { words.yes } else { words.no });
    [
        code(key.wire),
        type_cell(page, key),
        required,
        limits_cell(page, key),
        default.unwrap_or_default(),
        review.unwrap_or_default().to_owned(),
        meaning(page, way, key),
    ]
}

/// The type, linked where it has a section, with what the documents print where that tells something else.
fn type_cell(page: &Page<'_>, key: &Key<'_>) -> String {
    let words = page.docs.words;
    let mut lines = distinct(key.parts.iter().map(|part| match part.what {
        What::Field(field) => type_words(page, &field.ty),
        What::Tag(_) => code("string"),
        What::Content(_, id) => named(page, id),
    }));
    let ty = key.type_name(page.docs.model);
    let telling = |printed: &&str| json_kind(printed) != json_kind(&ty);
    let printed: Vec<String> = key.declared().into_iter().filter(telling).map(code).collect();
    if !printed.is_empty() {
        lines.push(format!("{} {}", words.printed, printed.join(words.comma)));
    }
    lines.join("\n")
}

/// What a type is in JSON, in the words of the dialect or of a page; a word that is not known is its own kind.
fn json_kind(ty: &str) -> &str {
    let word = ty.split(['(', '[']).next().unwrap_or_default().trim();
    match word {
        "string" | "date" | "base64" if !ty.contains('|') => "text",
        "timestamp" | "date_number" => "number",
        "JSON structure" => "object",
        word if word.ends_with("int") || word.ends_with("int32") || word.ends_with("int64") => "number",
        word => word,
    }
}

/// A type in words: `` `string[]` ``, a link to an object.
pub(super) fn type_words(page: &Page<'_>, ty: &TypeRef) -> String {
    let words = page.docs.words;
    match ty {
        TypeRef::Scalar(scalar) => code(scalar.name()),
        TypeRef::Named(id) => named(page, *id),
        TypeRef::List(inner) => match inner.as_ref() {
            TypeRef::Scalar(scalar) => code(&format!("{}[]", scalar.name())),
            inner => type_words(page, inner) + "\\[\\]",
        },
        TypeRef::Map(inner) => format!("{} {}", words.map_of, type_words(page, inner)),
        TypeRef::OrText(inner) => format!("{} {}", type_words(page, inner), words.or_text),
    }
}

/// A link to the section of a type; an enumeration also says what it is made of.
pub(super) fn named(page: &Page<'_>, id: TypeId) -> String {
    let docs = page.docs;
    let ty = docs.model.ty(id);
    let path = docs.page_of(&ty.spec).filter(|_| docs.index.has_section(docs.model, id));
    let target = path.map(|path| page.to(&format!("{path}#type-{}", ty.ident)));
    let words = target.map_or_else(|| code(&ty.ident), |target| link(&ty.ident, &target));
    match &ty.kind {
        TypeKind::Enum(of) => {
            let wire = if of.kind == EnumKind::Int { "int" } else { "string" };
            format!("{} {words}", code(wire))
        }
        TypeKind::Object(_) | TypeKind::Union(_) => words,
    }
}

fn limits_cell(page: &Page<'_>, key: &Key<'_>) -> String {
    let docs = page.docs;
    let Some(ty) = key.first(|field| Some(&field.ty)) else {
        return String::new();
    };
    let line = |limit: &&Limit| {
        let words = prose::limit(docs.lang, limit, ty);
        if limit.enforced { words } else { format!("{}{}{words}", docs.words.not_checked, docs.words.colon) }
    };
    // What the type implies is told once, in the notes on reading.
    let limits: Vec<&Limit> = key.limits().into_iter().filter(|limit| !limit.implied).collect();
    let (checked, other): (Vec<&Limit>, Vec<&Limit>) = limits.iter().partition(|limit| limit.enforced);
    checked.iter().chain(&other).map(line).collect::<Vec<_>>().join("\n")
}

/// What the key is, its unit, its values, an example and its quirks.
fn meaning<'a>(page: &mut Page<'a>, way: Way, key: &Key<'a>) -> String {
    let docs = page.docs;
    let words = docs.words;
    let mut lines = distinct(key.parts.iter().map(|part| inline(docs.lang.text(part.doc()).trim())));
    if let Some(unit) = key.first(|field| field.unit.as_ref()) {
        lines.push(format!("{}{}{}", words.in_unit, docs.lang.pick(" ", words.colon), docs.lang.text(&unit.text)));
    }
    if key.first(|field| field.secret.then_some(())).is_some() {
        lines.push(words.secret.to_owned());
    }
    if way == Way::Sent && key.first(|field| field.clears.then_some(())).is_some() {
        lines.push(words.clears.to_owned());
    }
    lines.extend(values(page, way, key));
    if let Some(example) = key.first(|field| field.example.as_ref()) {
        // Line breaks and tabs are told as JSON has them.
        let plain = prose::plain_value(example);
        let shown = if plain.contains(char::is_control) { example.to_string() } else { plain };
        lines.push(format!("{}{}{}", words.example, words.colon, code(&shown)));
    }
    lines.push(page.quirk_links(key.quirks()));
    lines.retain(|line| !line.is_empty());
    lines.join("\n")
}

/// The documented values: with their meaning when they are few, by name alone when a section explains them.
fn values(page: &Page<'_>, way: Way, key: &Key<'_>) -> Vec<String> {
    let docs = page.docs;
    let words = docs.words;
    let values = key.values(docs.model);
    let has_section = key.parts.iter().any(|part| matches!(part.what, What::Field(_)));
    if values.is_empty() {
        return Vec::new();
    }
    let wire = |value: &Value| code(&prose::plain_value(value));
    if has_section && values.len() > EXPLAINED_VALUES {
        let all: Vec<String> = values.iter().map(|one| wire(&one.value)).collect();
        return vec![format!("{}{}{}", words.one_of, words.colon, all.join(words.comma))];
    }
    let explained = |one: &Listed<'_>| {
        let also = if way == Way::Received { one.also } else { &[] };
        format!("{}{}{}", wire(&one.value), words.colon, with_also(docs.lang, inline(docs.lang.text(one.doc)), also))
    };
    values.iter().map(explained).collect()
}

/// What a value means, and what else is read as it: "at a fixed time (also read from `1`)".
pub(super) fn with_also(lang: Lang, meaning: String, also: &[String]) -> String {
    if also.is_empty() {
        return meaning;
    }
    let values = also.iter().map(|one| code(one)).collect::<Vec<_>>().join(lang.pick(", ", "、"));
    match lang {
        Lang::En if meaning.ends_with('.') => format!("{meaning} Also read from {values}."),
        Lang::En => format!("{meaning} (also read from {values})"),
        Lang::Zh if meaning.ends_with('。') => format!("{meaning}也可能返回 {values}。"),
        Lang::Zh => format!("{meaning}（也可能返回 {values}）"),
    }
}
