//! What the documentation of fields, types and requests says.

use super::doc::{Doc, capital, code, english, escape, one_line};
use crate::emit::prose::{self, Lang};
use crate::model::{
    Endpoint, EnumVariant, Event, Field, Model, ObjectType, Quirk, Repeat, ResponseForm, Rule, Side, Source, Text,
    Type, TypeKind, UnionContent, UnionType, Value, Variant,
};

/// The documentation of a field.
pub(super) fn field(field: &Field, side: Side) -> Vec<String> {
    let mut doc = Doc::new();
    doc.prose(&english(&field.doc));
    // What the type implies is told once, in the published reference.
    for limit in field.limits.iter().filter(|limit| !limit.implied) {
        let words = prose::limit(Lang::En, limit, &field.ty);
        doc.item(&if limit.enforced {
            format!("{}.", capital(&words))
        } else {
            format!("Elsewhere {words}; not enforced.")
        });
    }
    if field.clears && side.request {
        doc.item("Empty, it clears the field.");
    }
    if let Some(reason) = &field.required_if {
        doc.item(&format!("Required if {}", escape(&english(&lower_first(reason)))));
    }
    if let Some(unit) = &field.unit {
        doc.item(&format!("Unit: {}.", unit.text.en));
    }
    if let Some(value) = &field.default {
        doc.item(&format!("The server assumes {}.", json(value)));
    }
    if field.secret {
        doc.item("A secret: it never shows in logs.");
    }
    match field.review {
        Some(true) => doc.item("Changing it starts a new review."),
        Some(false) => doc.item("Changing it starts no review."),
        None => &mut doc,
    };
    if !field.declared.is_empty() {
        let declared: Vec<String> = field.declared.iter().map(|declared| code(declared)).collect();
        doc.item(&format!("Printed as {}.", declared.join(", ")));
    }
    if let (Some(example), true) = (&field.example, side.request || side.response) {
        doc.item(&format!("Example: {}.", json(example)));
    }
    quirk_items(&mut doc, field.quirks.iter());
    doc.chinese(&[&field.doc.zh]);
    doc.lines()
}

/// The documentation of a setter: one sentence, since the field has the whole of it.
pub(super) fn setter(field: &Field) -> Vec<String> {
    let mut doc = Doc::new();
    let words = english(&field.doc);
    doc.raw(&format!("Sets `{}`: {}", field.wire, escape(&lower_first_str(first_sentence(&words)))));
    doc.lines()
}

/// The first sentence: up to a stop that a new sentence follows, outside inline code.
fn first_sentence(text: &str) -> &str {
    let ends = |(end, _): &(usize, &str)| {
        let starts_anew = |c: char| c.is_uppercase() || c == '`';
        text[end + 2..].starts_with(starts_anew) && text[..*end].matches('`').count().is_multiple_of(2)
    };
    text.match_indices(". ").find(ends).map_or(text, |(end, _)| &text[..=end])
}

/// The documentation of a named type.
pub(super) fn ty(model: &Model, ty: &Type) -> Vec<String> {
    described(ty).finish(model, ty)
}

/// The documentation of a union.
pub(super) fn union(model: &Model, ty: &Type, it: &UnionType) -> Vec<String> {
    let mut doc = described(ty);
    let how = match (it.tagged, it.content) {
        (true, UnionContent::Keyed) => {
            format!("`{}` tells which it is; the content stands under a key of its own.", it.tag)
        }
        (true, UnionContent::Inline) => format!("`{}` tells which it is; the other fields stand beside it.", it.tag),
        (false, _) => format!("The key of the content tells which it is; `{}` is not sent.", it.tag),
    };
    doc.raw(&how);
    if !it.tag_doc.en.is_empty() {
        doc.raw(&format!("`{}`: {}", it.tag, escape(&english(&it.tag_doc))));
        doc.chinese(&[&it.tag_doc.zh]);
    }
    doc.finish(model, ty)
}

/// What a type is, and as seen from which side.
fn described(ty: &Type) -> Doc {
    let mut doc = Doc::new();
    doc.prose(&english(&ty.doc));
    if let Some(view) = &ty.view_doc {
        doc.prose(&format!("This is `{}` {}", ty.name, english(view)));
    }
    let view = ty.view_doc.as_ref().map_or("", |view| view.zh.as_str());
    doc.chinese(&[&ty.doc.zh, view]);
    doc
}

impl Doc {
    /// The sections at the end.
    fn finish(mut self, model: &Model, ty: &Type) -> Vec<String> {
        let object = if let TypeKind::Object(object) = &ty.kind { Some(object) } else { None };
        rules_section(&mut self, object.map_or(&[], |object| &object.rules));
        quirk_section(&mut self, ty.quirks.iter().filter(|quirk| !object.is_some_and(|it| is_told(it, quirk))));
        sources_section(&mut self, model, &ty.sources);
        self.lines()
    }
}

/// The documentation of a request, up to its examples.
pub(super) fn request(model: &Model, endpoint: &Endpoint) -> Doc {
    let mut doc = Doc::new();
    let address = format!("`{} {}`", endpoint.method.as_str(), endpoint.path);
    doc.raw(&format!("{}: {address}.", escape(endpoint.title.en.trim().trim_end_matches('.'))));
    doc.prose(&english(&endpoint.doc));
    doc.chinese(&[&endpoint.title.zh, &endpoint.doc.zh]);
    if let Some(closed) = &endpoint.closed {
        doc.raw(&format!("**Closed.** {}", escape(&english(closed))));
        doc.chinese(&[&closed.zh]);
    }
    doc.heading("Repeating").raw(repeat(endpoint.repeat));
    if let Some(find_out) = &endpoint.find_out {
        doc.prose(&english(find_out));
    }
    if let Some(verify) = &endpoint.verify {
        doc.raw(prose::can_verify(Lang::En, verify));
    }
    if let Some(paging) = &endpoint.paging {
        doc.heading("Paging").prose(&english(&paging.text));
        doc.raw(&format!(
            "At most {} items on a page; [`next_page`](Self::next_page) asks for the one after, and `items` and `pages` read \
             them all.",
            paging.max
        ));
        doc.chinese(&[&paging.text.zh]);
    }
    rules_section(&mut doc, &endpoint.request.rules);
    errors_section(&mut doc, model, endpoint);
    let request = endpoint.request.whole();
    let told: Vec<&Quirk> = endpoint.errors.iter().flat_map(|error| &error.quirks).collect();
    let own = endpoint.quirks.iter().filter(|quirk| quirk.spec == endpoint.spec && !told.contains(quirk));
    quirk_section(
        &mut doc,
        own.filter(|quirk| !is_told(&request, quirk) && !is_told(&endpoint.response.object, quirk)),
    );
    sources_section(&mut doc, model, &endpoint.sources);
    doc
}

/// The documentation of a push, up to its examples.
pub(super) fn event(model: &Model, event: &Event) -> Doc {
    let mut doc = Doc::new();
    doc.raw(&format!("{}: the push `{}`.", escape(event.title.en.trim().trim_end_matches('.')), event.name));
    doc.prose(&english(&event.doc));
    doc.chinese(&[&event.title.zh, &event.doc.zh]);
    rules_section(&mut doc, &event.object.rules);
    let own = event.quirks.iter().filter(|quirk| quirk.spec == event.spec);
    quirk_section(&mut doc, own.filter(|quirk| !is_told(&event.object, quirk)));
    sources_section(&mut doc, model, &event.sources);
    doc
}

/// Whether a field or a rule says it already.
fn is_told(object: &ObjectType, quirk: &Quirk) -> bool {
    object.fields.iter().any(|field| field.quirks.contains(quirk))
        || object.rules.iter().any(|rule| rule.quirks.contains(quirk))
}

/// What a lost response means.
fn repeat(repeat: Repeat) -> &'static str {
    match repeat {
        Repeat::Safe => "It only reads: after a lost response it may be repeated.",
        Repeat::Idempotent => "Twice is as once: after a lost response it may be repeated.",
        Repeat::Unsafe => {
            "After a lost response do not repeat it blindly: a second time may make, spend or move something again."
        }
    }
}

/// One meaning of an enumerated value.
pub(super) fn enum_variant(variant: &EnumVariant) -> Vec<String> {
    meant(&variant.wire, &variant.doc, None)
}

fn meant(value: &str, text: &Text, when: Option<String>) -> Vec<String> {
    let mut doc = Doc::new();
    doc.raw(&format!("`{value}`: {}", escape(&english(text))));
    if let Some(when) = when {
        doc.raw(&format!("It is meant when {when}."));
    }
    doc.chinese(&[&text.zh]);
    doc.lines()
}

/// What responses give in place of a value.
pub(super) fn response_form(form: &ResponseForm) -> Vec<String> {
    let mut doc = Doc::new();
    doc.prose(&english(&form.text));
    doc.chinese(&[&form.text.zh]);
    doc.lines()
}

/// One variant of a union.
pub(super) fn union_variant(variant: &Variant) -> Vec<String> {
    let when = variant.when.iter().map(|one| format!("`{}` is {}", one.path, one.spelled(" or ", json)));
    let when: Vec<String> = when.collect();
    meant(&variant.value, &variant.doc, (!when.is_empty()).then(|| when.join(" and ")))
}

fn rules_section(doc: &mut Doc, rules: &[Rule]) {
    if rules.is_empty() {
        return;
    }
    doc.heading("Rules");
    for rule in rules {
        let error = rule.error.map(|code| format!(" (error {code})")).unwrap_or_default();
        doc.item(&format!("{}{error}", escape(&one_line(&english(&rule.text)))));
        for quirk in &rule.quirks {
            doc.item(&quirk_words(quirk));
        }
    }
    let chinese: Vec<&str> = rules.iter().map(|rule| rule.text.zh.as_str()).collect();
    doc.chinese(&chinese);
}

fn errors_section(doc: &mut Doc, model: &Model, endpoint: &Endpoint) {
    if endpoint.errors.is_empty() {
        return;
    }
    doc.heading("Errors").table(&["code", "name", "meaning"]);
    for error in &endpoint.errors {
        let name = match model.error(error.code) {
            Some(general) => format!("[`{0}`](crate::errors::code::{0})", general.ident),
            None => String::new(),
        };
        let quirks: Vec<String> = error.quirks.iter().map(quirk_words).collect();
        let text = [escape(&english(&error.text)), quirks.join(" ")].join(" ");
        doc.row(&[error.code.to_string(), name, text.trim().to_owned()]);
    }
}

fn quirk_section<'a>(doc: &mut Doc, quirks: impl Iterator<Item = &'a Quirk>) {
    let quirks: Vec<&Quirk> = quirks.collect();
    if !quirks.is_empty() {
        doc.heading("Quirks");
        quirk_items(doc, quirks.into_iter());
    }
}

fn quirk_items<'a>(doc: &mut Doc, quirks: impl Iterator<Item = &'a Quirk>) {
    for quirk in quirks {
        doc.item(&quirk_words(quirk));
    }
}

/// What the page says, and what we do instead.
fn quirk_words(quirk: &Quirk) -> String {
    let says = escape(&one_line(&english(&quirk.says)));
    let we = escape(&one_line(&english(&quirk.we)));
    format!("Quirk `{}`: {says} We {we}", quirk.id)
}

fn sources_section(doc: &mut Doc, model: &Model, sources: &[Source]) {
    if sources.is_empty() {
        return;
    }
    doc.heading("Source");
    for source in sources {
        let document = model.api.documents.iter().find(|document| document.id == source.document);
        let title = document.map_or(source.document.as_str(), |document| document.title.en.as_str());
        let section = source.section.as_ref().map(|section| format!(", section “{}”", escape(section)));
        let read = document.map(|document| format!(" (read on {})", document.read));
        doc.item(&format!("{}{}{}", escape(title), section.unwrap_or_default(), read.unwrap_or_default()));
    }
}

/// A value as inline code.
fn json(value: &Value) -> String {
    code(&value.to_string())
}

/// Words that continue a sentence begin with a small letter, unless they begin with a name.
fn lower_first(text: &Text) -> Text {
    Text { en: lower_first_str(&text.en), zh: text.zh.clone() }
}

pub(super) fn lower_first_str(text: &str) -> String {
    let mut chars = text.chars();
    let (Some(first), rest) = (chars.next(), chars.as_str()) else {
        return String::new();
    };
    let word = rest.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    // `WeChat`, `ID` and `A-b` keep their capitals.
    if word.chars().any(char::is_uppercase) || (word.is_empty() && first != 'A') {
        return text.to_owned();
    }
    first.to_lowercase().to_string() + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_sentence_ends_where_the_next_begins() {
        assert_eq!(first_sentence("One, e.g. this. Two."), "One, e.g. this.");
        assert_eq!(first_sentence("At `a. B` it goes on. End."), "At `a. B` it goes on.");
        assert_eq!(first_sentence("Only one."), "Only one.");
    }

    #[test]
    fn names_keep_their_capitals() {
        assert_eq!(lower_first_str("The card."), "the card.");
        assert_eq!(lower_first_str("WeChat's id."), "WeChat's id.");
        assert_eq!(lower_first_str("ID of it."), "ID of it.");
        assert_eq!(lower_first_str("A card."), "a card.");
        assert_eq!(lower_first_str("1 is one."), "1 is one.");
    }
}
