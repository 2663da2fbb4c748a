//! Enumerations: their values, the names of these, and what else is read as one of them.

use super::context::Context;
use super::objects::Owner;
use super::registry::Entry;
use super::{checks, prose};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{EnumType, EnumVariant, RESERVED_TYPES, is_type_name, pascal_case, snake_case};
use crate::read::Node;
use crate::spec::EnumKind;

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
                also: checks::also(cx, &value.also, wire, &at.key("also")),
                rust: variant_name(cx, entry.name, kind, wire, value.name.as_deref(), &at),
                doc: prose::text(cx, Some(&words), &at, "the value's meaning"),
                sources: prose::sources(cx, &value.source, owner.sources, &at.key("source")),
            }
        })
        .collect();
    distinct(cx, &values, &list);
    EnumType { kind, checked: false, values }
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
