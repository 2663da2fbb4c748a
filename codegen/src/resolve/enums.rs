//! Enumerations: their values, the names of these, and what else is read as one of them.

use super::context::{Context, Owner};
use super::registry::Entry;
use super::{checks, prose};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{EnumType, EnumVariant, ResponseForm, is_snake_ident, is_type_name, pascal_case, snake_case};
use crate::source::Node;
use crate::spec::EnumKind;
use crate::target::{RESERVED_TYPES, is_keyword};

/// The values of an enumeration.
pub(super) fn enumeration(cx: &Context<'_>, entry: &Entry<'_>, owner: &Owner<'_, '_>, at: &Node<'_>) -> EnumType {
    let kind = entry.def.enum_kind.unwrap_or(EnumKind::String);
    let list = at.key("values");
    if entry.def.values.is_empty() {
        cx.report(
            Diagnostic::at_key(Code::BadType, at, format!("`{}` has no values", entry.name), "this enumeration")
                .help("list its documented values under `values`"),
        );
    }
    let values: Vec<EnumVariant> = entry
        .def
        .values
        .iter()
        .map(|(wire, value)| {
            let at = list.key(wire);
            checks::enum_value(cx, wire, &at);
            let words = crate::spec::Text { en: value.en.clone(), zh: value.zh.clone() };
            EnumVariant {
                wire: wire.clone(),
                response: value.response.clone(),
                also: checks::also(cx, &value.also, wire, &at.key("also")),
                ident: variant_name(cx, entry.name, kind, wire, value.name.as_deref(), &at),
                doc: prose::text(cx, Some(&words), &at, "the value's meaning"),
                sources: prose::sources(cx, &value.source, owner.sources, &at.key("source")),
            }
        })
        .collect();
    distinct(cx, &values, &list);
    let response_form = response_form(cx, entry, kind, at);
    response_values(cx, response_form.as_ref(), &values, &list);
    EnumType { kind, checked: false, response_form, values }
}

/// The form that only responses have.
fn response_form(cx: &Context<'_>, entry: &Entry<'_>, kind: EnumKind, at: &Node<'_>) -> Option<ResponseForm> {
    let form = entry.def.response_form.as_ref()?;
    let at = at.key("response_form");
    let name = at.key("name");
    if !is_snake_ident(&form.name) || is_keyword(&form.name) || matches!(form.name.as_str(), "as_str" | "from") {
        let message = format!("`{}` is no name of a Rust method", form.name);
        cx.report(Diagnostic::at(Code::BadName, &name, message, "this name").help("use small letters, digits and `_`"));
    }
    if kind != EnumKind::String || form.begins.is_empty() {
        let fault =
            Diagnostic::at(Code::BadValue, &at.key("begins"), "nothing tells this form from the values", "here");
        cx.report(fault.help("give what each text of the form begins with; only an enumeration of strings has one"));
    }
    let text = prose::text(cx, form.text.as_ref(), &at.key("text"), "what is given instead");
    Some(ResponseForm { name: form.name.clone(), begins: form.begins.clone(), text })
}

/// What a response gives has the form, and stands for one value.
fn response_values(cx: &Context<'_>, form: Option<&ResponseForm>, values: &[EnumVariant], list: &Node<'_>) {
    let begins = form.map(|form| form.begins.as_str());
    for (index, value) in values.iter().enumerate() {
        let at = list.key(&value.wire);
        if begins.is_some_and(|begins| value.wire.starts_with(begins)) {
            let message = format!("`{}` has the form that only responses have", value.wire);
            cx.report(
                Diagnostic::at_key(Code::BadValue, &at, message, "this value").help("change `begins`, or remove it"),
            );
        }
        let Some(response) = &value.response else { continue };
        let at = at.key("response");
        checks::enum_value(cx, response, &at);
        if begins.is_none_or(|begins| !response.starts_with(begins)) {
            let message = format!("`{response}` does not have the form that responses have");
            cx.report(
                Diagnostic::at(Code::BadValue, &at, message, "this value").help("`response_form` says how it begins"),
            );
        }
        let same = |other: &&EnumVariant| other.response.as_ref().is_some_and(|it| it.eq_ignore_ascii_case(response));
        if let Some(other) = values[..index].iter().find(same) {
            let message = format!("`{response}` is given for `{}` already", other.wire);
            cx.report(Diagnostic::at(Code::BadValue, &at, message, "this value").help("keep it at one of them"));
        }
    }
}

/// What is read as one value is neither another value nor read as one.
fn distinct(cx: &Context<'_>, values: &[EnumVariant], list: &Node<'_>) {
    for (index, value) in values.iter().enumerate() {
        for also in &value.also {
            let itself = values.iter().find(|other| other.wire == *also);
            // Of two that are read from the same value, the later is at fault.
            let earlier = || values[..index].iter().find(|other| other.also.contains(also));
            let Some(other) = itself.or_else(earlier) else { continue };
            cx.report(
                Diagnostic::at(
                    Code::BadValue,
                    &list.key(&value.wire).key("also"),
                    format!("`{also}` would be read as `{}` and as `{}`", other.wire, value.wire),
                    "this value",
                )
                .help("keep it at one of them"),
            );
        }
    }
}

fn variant_name(cx: &Context<'_>, ty: &str, kind: EnumKind, wire: &str, given: Option<&str>, at: &Node<'_>) -> String {
    if kind == EnumKind::Int && wire.parse::<i64>().map(|number| number.to_string()).ok().as_deref() != Some(wire) {
        cx.report(
            Diagnostic::at_key(
                Code::BadValue,
                at,
                format!("`{wire}` is no integer as JSON writes it"),
                "in an enumeration of integers",
            )
            .help("write it as it stands on the wire, without quotes, zeros or signs before it"),
        );
    }
    if let Some(name) = given {
        checks::type_name(cx, name, &at.key("name"));
        checks::reserved(cx, name, &at.key("name"), "a variant");
        return name.to_owned();
    }
    // `CARD_STATUS_VERIFY_OK` of `CardStatus` reads better as `VerifyOk`.
    let prefix = snake_case(ty).to_uppercase() + "_";
    let short = pascal_case(wire.strip_prefix(&prefix).unwrap_or(wire));
    let name = if is_type_name(&short) { short } else { pascal_case(wire) };
    if RESERVED_TYPES.contains(&name.as_str()) {
        let message = format!("`{wire}` would become the variant `{name}`");
        cx.report(
            Diagnostic::at_key(Code::NameCollision, at, message, "generated code uses this name itself")
                .help("add `name: SomeName` to the value"),
        );
    } else if !is_type_name(&name) {
        cx.report(
            Diagnostic::at_key(Code::BadName, at, format!("`{wire}` gives no name for a Rust variant"), "this value")
                .help("add `name: SomeName` to the value"),
        );
    }
    name
}
