//! The cells of a field: its type, whether it is required, and what it is, with the one limit to obey.

use super::super::prose::{self, Lang};
use super::index::EXPLAINED_VALUES;
use super::language::Way;
use super::markdown::{code, link};
use super::page::Page;
use crate::model::keys::{Key, Listed, What, distinct};
use crate::model::{EnumKind, TypeId, TypeKind, TypeRef, Value};

/// The longest example value that a table shows, in characters.
const LONGEST_EXAMPLE: usize = 44;

/// Type, required, meaning.
pub(super) fn cells<'a>(page: &mut Page<'a>, way: Way, key: &Key<'a>) -> [String; 3] {
    let types = distinct(key.parts.iter().map(|part| match part.what {
        What::Field(field) => type_words(page, &field.ty),
        What::Tag(_) => code("string"),
        What::Content(_, id) => named(page, id),
    }));
    [types.join("\n"), required(page, way, key), meaning(page, way, key)]
}

fn required(page: &Page<'_>, way: Way, key: &Key<'_>) -> String {
    let (lang, words) = (page.docs.lang, page.docs.words);
    match prose::required_if(lang, key) {
        _ if key.required => words.yes.to_owned(),
        Some(condition) => {
            let space = if condition.ends_with(|c: char| c.is_ascii_alphanumeric() || c == '`') { " " } else { "" };
            let condition = page.words(&condition) + lang.pick("", space);
            words.required_if.replace("{condition}", &condition)
        }
        None if way == Way::Sent => words.no.to_owned(),
        None => String::new(),
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

/// What the key is, what to obey, its values and an example.
fn meaning<'a>(page: &mut Page<'a>, way: Way, key: &Key<'a>) -> String {
    let docs = page.docs;
    let words = docs.words;
    let mut lines = distinct(key.parts.iter().map(|part| page.words(docs.lang.text(part.doc()))));
    lines.push(facts(page, way, key).join(docs.lang.pick(". ", "。")));
    lines.extend(values(page, way, key));
    if let Some(example) = key.first(|field| field.example.as_ref()) {
        // Line breaks and tabs are told as JSON has them.
        let plain = prose::plain_value(example);
        let shown = if plain.contains(char::is_control) { example.to_string() } else { plain };
        // A long one would push the table over the edge of the screen; the examples of the page have it.
        if shown.chars().count() <= LONGEST_EXAMPLE {
            lines.push(format!("{}{}{}", words.example, words.colon, code(&shown)));
        }
    }
    let mut marks = page.quirk_links(key.quirks());
    if key.parts.iter().all(|part| docs.model.is_unofficial(part.sources)) {
        let mark = format!("*{}*", words.unofficial);
        marks = if marks.is_empty() { mark } else { format!("{marks} · {mark}") };
    }
    lines.push(marks);
    lines.retain(|line| !line.is_empty());
    lines.join("\n")
}

/// The limit, the unit, the default and whether a change is reviewed, each as a sentence without its stop.
fn facts(page: &Page<'_>, way: Way, key: &Key<'_>) -> Vec<String> {
    let docs = page.docs;
    let words = docs.words;
    let mut facts = Vec::new();
    if let (Way::Sent, Some(ty)) = (way, key.first(|field| Some(&field.ty))) {
        // What the type implies is told once, in the notes on reading; what nobody checks, among the differences.
        let limits = key.limits().into_iter().filter(|limit| limit.enforced && !limit.implied);
        let limits: Vec<String> = limits.map(|limit| prose::limit(docs.lang, limit, ty)).collect();
        if !limits.is_empty() {
            facts.push(format!("**{}**", capital(&limits.join(docs.lang.pick(", ", "，")))));
        }
    }
    if let Some(unit) = key.first(|field| field.unit.as_ref()) {
        facts.push(format!("{}{}{}", words.in_unit, words.colon, docs.lang.text(&unit.text)));
    }
    if way == Way::Sent {
        facts.extend(
            key.first(|field| field.default.as_ref())
                .map(|value| format!("{} {}", words.default, code(&value.to_string()))),
        );
        facts.extend(key.first(|field| field.clears.then(|| words.clears.to_owned())));
        let review = key.review();
        facts.extend(review.map(|review| if review { words.review } else { words.no_review }.to_owned()));
    }
    facts.extend(key.first(|field| field.secret.then(|| words.secret.to_owned())));
    if let Some(last) = facts.last_mut() {
        last.push_str(docs.lang.pick(".", "。"));
    }
    facts
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
    let unofficial = key.parts.iter().all(|part| docs.model.is_unofficial(part.sources));
    if has_section && values.len() > EXPLAINED_VALUES {
        let all: Vec<String> = values.iter().map(|one| wire(&one.value)).collect();
        return vec![format!("{}{}{}", words.one_of, words.colon, all.join(words.comma))];
    }
    let explained = |one: &Listed<'_>| {
        let also = if way == Way::Received { one.also } else { &[] };
        let told = with_also(docs.lang, page.words(docs.lang.text(one.doc)), also);
        // Where the whole field is marked, its values need no mark.
        let mark = if unofficial { String::new() } else { page.unofficial(one.sources) };
        format!("{}{}{told}{mark}", wire(&one.value), words.colon)
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

/// Words that stand alone begin with a capital.
pub(super) fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().to_string() + chars.as_str())
}
