//! What the documentation of fields and types says: what something is and the one thing to obey. Where a statement comes
//! from, and what pages say otherwise, stands in the published reference.

use super::doc::{Doc, capital, chinese, code, english, escape, first_sentence, one_line};
use super::mentions::linked;
use crate::emit::prose::{self, Lang};
use crate::model::{
    EnumVariant, Field, Model, ResponseForm, Rule, Side, Text, Type, TypeKind, UnionContent, UnionType, Value, Variant,
};

/// The most rules that the documentation of a type tells.
const RULES: usize = 6;

/// The documentation of a field.
pub(super) fn field(model: &Model, field: &Field, side: Side) -> Vec<String> {
    let mut doc = Doc::new();
    doc.raw(&english_of(model, &field.doc));
    doc.raw(&facts(Lang::En, field, side).join(" "));
    let told = facts(Lang::Zh, field, side).concat();
    doc.raw_chinese(&(chinese_of(model, &[&field.doc.zh]) + &told));
    doc.lines()
}

/// The documentation of the same field where it is only passed on.
pub(super) fn brief(model: &Model, field: &Field) -> Vec<String> {
    vec![linked(model, &escape(&one_line(first_sentence(&english(&field.doc)))))]
}

/// What to obey, as sentences.
fn facts(lang: Lang, field: &Field, side: Side) -> Vec<String> {
    let mut facts = Vec::new();
    if let (Some(reason), true) = (&field.required_if, side.request) {
        let reason = escape(&one_line(lang.text(reason)));
        let reason = reason.trim_end_matches(['.', '。']);
        facts.push(match lang {
            Lang::En => format!("Required if {}.", lower_first_str(reason)),
            Lang::Zh if reason.ends_with(|c: char| c.is_ascii_alphanumeric()) => format!("{reason} 时必填。"),
            Lang::Zh => format!("{reason}时必填。"),
        });
    }
    if side.request {
        facts.extend(obeyed(lang, field));
    }
    if let Some(unit) = &field.unit {
        let unit = lang.text(&unit.text);
        facts.push(lang.pick(format!("Unit: {unit}."), format!("单位：{unit}。")));
    }
    if field.secret {
        facts.push(lang.pick("A secret: it never shows in logs.", "敏感信息，不会出现在日志中。").to_owned());
    }
    facts
}

/// What only somebody who sends the field has to know.
fn obeyed(lang: Lang, field: &Field) -> Vec<String> {
    let mut facts = Vec::new();
    if let Some(value) = &field.default {
        facts.push(lang.pick(format!("Default {}.", json(value)), format!("默认 {}。", json(value))));
    }
    // What the type implies is told once, in the published reference, and so is what nobody checks.
    let limits = field.limits.iter().filter(|limit| limit.enforced && !limit.implied);
    let limits: Vec<String> = limits.map(|limit| prose::limit(lang, limit, &field.ty)).collect();
    if !limits.is_empty() {
        facts.push(match lang {
            Lang::En => format!("{}.", capital(&limits.join(", "))),
            Lang::Zh => format!("{}。", limits.join("，")),
        });
    }
    if field.clears {
        facts.push(lang.pick("Empty, it clears the field.", "传空值可清空该字段。").to_owned());
    }
    if let Some(review) = field.review {
        let does = lang.pick("Changing it triggers re-review.", "修改会触发提审。");
        let does_not = lang.pick("Changing it does not trigger re-review.", "修改不触发提审。");
        facts.push(if review { does } else { does_not }.to_owned());
    }
    facts
}

/// Words by which rustdoc finds a field that it cannot find by the name: what it is called in Chinese, in a word, and how
/// it stands in JSON.
pub(super) fn field_alias(field: &Field) -> Vec<String> {
    let name = field.ident.trim_start_matches("r#");
    let wire = (field.wire.replace('_', "") != name.replace('_', "")).then_some(field.wire.as_str());
    alias(term(&field.doc.zh).into_iter().chain(wire), name)
}

/// Words by which rustdoc finds a type.
pub(super) fn type_alias(ty: &Type) -> Vec<String> {
    alias(term(&ty.doc.zh).into_iter(), &ty.ident)
}

/// What a Chinese text calls the thing, where it does so in a few characters.
pub(super) fn term(text: &str) -> Option<&str> {
    let first = text.split(['，', '。', '；', '：', '（', '、', ',', ';']).next().unwrap_or_default().trim();
    let plain = first.chars().all(|c| c.is_alphanumeric() && c.len_utf8() == 3);
    (plain && (2..=8).contains(&first.chars().count())).then_some(first)
}

/// The attribute by which rustdoc finds an item under other names; none without any.
pub(super) fn alias<'n>(names: impl Iterator<Item = &'n str>, item: &str) -> Vec<String> {
    let fits = |name: &&str| {
        !name.is_empty()
            && *name != item
            && !name.contains(['"', '\'', '\\', '`'])
            && !name.contains(char::is_whitespace)
    };
    let mut names: Vec<&str> = names.filter(fits).collect();
    names.dedup();
    let names: Vec<String> = names.into_iter().map(|name| format!("{name:?}")).collect();
    match &names[..] {
        [] => Vec::new(),
        [one] => vec![format!("#[doc(alias = {one})]")],
        all => vec![format!("#[doc(alias({}))]", all.join(", "))],
    }
}

/// The documentation of a setter: one sentence, since the field has the whole of it.
pub(super) fn setter(model: &Model, field: &Field) -> Vec<String> {
    let words = english(&field.doc);
    let words = escape(&one_line(&lower_first_str(first_sentence(&words))));
    vec![format!("Sets `{}`: {}", field.wire, linked(model, &words))]
}

/// The documentation of a named type.
pub(super) fn ty(model: &Model, ty: &Type) -> Vec<String> {
    let mut doc = described(model, ty, "");
    if let TypeKind::Object(object) = &ty.kind {
        rules(model, &mut doc, &object.rules, RULES, &reference(model, ty));
    }
    finish(model, doc, ty)
}

/// The documentation of a union.
pub(super) fn union(model: &Model, ty: &Type, it: &UnionType) -> Vec<String> {
    let how = match (it.tagged, it.content) {
        (true, UnionContent::Keyed) => {
            format!("`{}` tells which it is; the content stands under a key of its own.", it.tag)
        }
        (true, UnionContent::Inline) => format!("`{}` tells which it is; the other fields stand beside it.", it.tag),
        (false, _) => format!("The key of the content tells which it is; `{}` is not sent.", it.tag),
    };
    finish(model, described(model, ty, &how), ty)
}

/// What a type is, and as seen from which side.
fn described(model: &Model, ty: &Type, how: &str) -> Doc {
    let mut doc = Doc::new();
    let view = ty.view_doc.as_ref();
    let view_words = view.map(|view| capital(&english_of(model, view))).unwrap_or_default();
    let parts = [english_of(model, &ty.doc), view_words, how.to_owned()];
    let parts: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    doc.raw(&parts.join(" "));
    doc.raw_chinese(&chinese_of(model, &[&ty.doc.zh, view.map_or("", |view| &view.zh)]));
    doc
}

fn finish(model: &Model, mut doc: Doc, ty: &Type) -> Vec<String> {
    if let Some(link) = link(model, &reference(model, ty)) {
        doc.raw(&format!("{link}."));
    }
    doc.lines()
}

/// Where the published reference explains a type.
fn reference(model: &Model, ty: &Type) -> String {
    prose::address(model, &ty.spec).map_or_else(String::new, |page| format!("{page}#type-{}", ty.ident))
}

/// The words that lead to a place in the published reference, where there is one.
pub(super) fn link(_model: &Model, address: &str) -> Option<String> {
    (!address.is_empty()).then(|| format!("[Reference]({address})"))
}

/// The section with what a machine checks, or nobody can: the first few, and then where the others are.
pub(super) fn rules(model: &Model, doc: &mut Doc, all: &[Rule], most: usize, reference: &str) {
    if all.is_empty() {
        return;
    }
    doc.heading("Rules");
    items(model, doc, all, most, reference);
    let told: Vec<String> = all.iter().take(most).map(|rule| rule_words(Lang::Zh, model, rule)).collect();
    doc.folded("中文", &told);
}

/// The first few rules as a list, and then where the others are.
pub(super) fn items(model: &Model, doc: &mut Doc, all: &[Rule], most: usize, reference: &str) {
    for rule in all.iter().take(most) {
        doc.item(&rule_words(Lang::En, model, rule));
    }
    let left = all.len().saturating_sub(most);
    if left > 0 {
        let words = format!("{left} more in the reference");
        doc.item(&if reference.is_empty() { words } else { format!("[{words}]({reference})") });
    }
}

/// A rule with the code to which it leads.
pub(super) fn rule_words(lang: Lang, model: &Model, rule: &Rule) -> String {
    let text = match lang {
        Lang::En => english_of(model, &rule.text),
        Lang::Zh => chinese_of(model, &[&rule.text.zh]),
    };
    let Some(code) = rule.error else { return text };
    let code = match model.error(code) {
        Some(error) => format!("[{code}](crate::errors::code::{})", error.ident),
        None => code.to_string(),
    };
    lang.pick(format!("{text} (error {code})"), format!("{text}（错误码 {code}）"))
}

/// The English of a text as safe Markdown on one line, with links to the endpoints that it speaks of.
pub(super) fn english_of(model: &Model, text: &Text) -> String {
    linked(model, &escape(&one_line(&english(text))))
}

/// Chinese sentences as safe Markdown likewise.
pub(super) fn chinese_of(model: &Model, parts: &[&str]) -> String {
    linked(model, &escape(&one_line(&chinese(parts))))
}

/// One meaning of an enumerated value.
pub(super) fn enum_variant(variant: &EnumVariant) -> Vec<String> {
    meant(&variant.wire, &variant.doc, "")
}

/// In one line: there may be many.
fn meant(value: &str, text: &Text, when: &str) -> Vec<String> {
    let english = escape(&one_line(&english(text)));
    vec![format!("`{value}`: {english}{when} 中文：{}", escape(&one_line(&chinese(&[&text.zh]))))]
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
    let when: Vec<String> =
        variant.when.iter().map(|one| format!("`{}` is {}", one.path, one.spelled(" or ", json))).collect();
    let when = if when.is_empty() { String::new() } else { format!(" Meant when {}.", when.join(" and ")) };
    meant(&variant.value, &variant.doc, &when)
}

/// A value as inline code.
fn json(value: &Value) -> String {
    code(&value.to_string())
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
    fn names_keep_their_capitals() {
        assert_eq!(lower_first_str("The card."), "the card.");
        assert_eq!(lower_first_str("WeChat's id."), "WeChat's id.");
        assert_eq!(lower_first_str("ID of it."), "ID of it.");
        assert_eq!(lower_first_str("A card."), "a card.");
        assert_eq!(lower_first_str("1 is one."), "1 is one.");
    }

    #[test]
    fn a_term_is_short_and_plain() {
        assert_eq!(term("团购详情，可分行。"), Some("团购详情"));
        assert_eq!(term("每人可领取的张数上限。"), None);
        assert_eq!(term("该 Code 所属的卡券。"), None);
        assert_eq!(term(""), None);
    }

    #[test]
    fn an_alias_is_no_name_that_the_item_has() {
        assert_eq!(alias(["Get", "查询"].into_iter(), "Get"), ["#[doc(alias = \"查询\")]"]);
        assert_eq!(alias(["a b", "/x", "it's", "y"].into_iter(), ""), ["#[doc(alias(\"/x\", \"y\"))]"]);
        assert!(alias(["Get"].into_iter(), "Get").is_empty());
    }
}
