//! One field: its type followed through aliases, with everything the alias lends it.

use super::checks;
use super::context::{Context, Owner};
use super::follow::{Followed, follow};
use super::limits::{self, Written};
use super::prose;
use super::registry::{Entry, Kind, Registry};
use super::values;
use crate::diagnostic::{Code, Diagnostic, Label};
use crate::model::{Bound, EnumKind, Field, Limit, Quirk, Scalar, Text, TypeRef, is_snake_ident, snake_case};
use crate::source::Node;
use crate::spec::{self, Bounds, Unenforced};

/// Resolves one field.
pub(super) fn field(
    cx: &Context<'_>,
    registry: &Registry<'_>,
    wire: &str,
    field: &spec::Field,
    owner: &Owner<'_, '_>,
    at: &Node<'_>,
) -> Field {
    checks::wire_name(cx, wire, at);
    let view = view(cx, registry, field, owner, at);
    let followed = follow(cx, registry, &field.ty, view, &at.key("type"));
    let alias = followed.alias.map(|entry| entry.def);
    // The example of one item is none of a list of them.
    let direct = alias.filter(|_| !followed.inside_list);
    let mut quirks = prose::quirks(cx, &field.quirk, &with_alias(owner, followed.alias), &at.key("quirk"));
    lend_quirks(cx, followed.alias, &mut quirks);
    let mut limits = limits(cx, field, &followed, at);
    let (printed, lender) = printed(field, &followed);
    prose::declared(cx, &field.declared, &at.key("declared"));
    let unit = field.unit.as_ref().or_else(|| alias.and_then(|alias| alias.unit.as_ref()));
    let unit = unit.and_then(|id| registry.units.get(id));
    if let Some(id) = &field.unit {
        registry.units.check(cx, id, &followed.ty, &at.key("unit"));
    }
    // What an alias prints is judged where the alias stands.
    let needs_quirk = lender.is_none() && needs_quirk(&followed, &printed);
    limits::declared(cx, &printed, &mut limits, !quirks.is_empty(), needs_quirk, at);
    contradiction(cx, field, at);
    let ty = if field.or_text { TypeRef::OrText(Box::new(followed.ty.clone())) } else { followed.ty.clone() };
    Field {
        wire: wire.to_owned(),
        ident: rust_name(cx, wire, field.rust.as_deref(), at),
        alias: followed.alias.map(|entry| entry.name.to_owned()),
        doc: doc(cx, field, &followed, at),
        required: field.required,
        required_if: prose::optional(cx, field.required_if.as_ref(), &at.key("required_if"), "the condition"),
        filled: alias.is_some_and(|alias| alias.filled),
        clears: clears(cx, field, &followed, &mut limits, at),
        declared: printed,
        example: values::json(field.example.as_ref().or(direct.and_then(|alias| alias.example.as_ref()))),
        default: values::json(field.default.as_ref()),
        unit,
        review: field.review,
        error: refused(cx, "error", field.error, followed.alias.map(|entry| (entry, entry.def.error)), at),
        missing: refused(
            cx,
            "missing",
            field.missing,
            followed.alias.zip(direct).map(|(entry, alias)| (entry, alias.missing)),
            at,
        ),
        secret: secret(cx, field, &followed, at),
        flatten: flatten(cx, field, &followed, at),
        sources: prose::sources(cx, &field.source, owner.sources, &at.key("source")),
        limits,
        quirks,
        ty,
    }
}

/// The code by which a value is refused: the field's own, or the one that its alias lends.
fn refused(
    cx: &Context<'_>,
    key: &str,
    own: Option<i64>,
    lent: Option<(&Entry<'_>, Option<i64>)>,
    at: &Node<'_>,
) -> Option<i64> {
    let known = |code: i64, at: &Node<'_>| {
        let at = at.key(key);
        super::errors::known(cx, code, &at, Label::node(&at, "this code")).map(|_| code)
    };
    match (own, lent) {
        (Some(own), _) => known(own, at),
        (None, Some((entry, lent))) => known(lent?, &entry.at()),
        (None, None) => None,
    }
}

/// Reports a condition of what is required without one.
fn contradiction(cx: &Context<'_>, field: &spec::Field, at: &Node<'_>) {
    if field.required && field.required_if.is_some() {
        let message = "what is always required is not required under a condition";
        let fault = Diagnostic::at_key(Code::BadValue, &at.key("required_if"), message, "beside `required`");
        cx.report(fault.help("keep one of `required` and `required_if`"));
    }
}

/// The view in which the field's type is meant.
fn view<'f>(
    cx: &Context<'_>,
    registry: &Registry<'_>,
    field: &'f spec::Field,
    owner: &Owner<'f, '_>,
    at: &Node<'_>,
) -> Option<&'f str> {
    let Some(view) = field.view.as_deref() else { return owner.view };
    let base = field.ty.trim_end_matches("[]");
    if registry.get(base).is_some_and(|entry| !entry.is_viewed()) {
        cx.report(
            Diagnostic::at(Code::BadView, &at.key("view"), format!("`{base}` has no views"), "means nothing")
                .help("remove `view`"),
        );
    }
    Some(view)
}

fn with_alias<'s>(owner: &Owner<'_, 's>, alias: Option<&Entry<'s>>) -> super::context::QuirkScope<'s> {
    match alias {
        None => owner.scope.clone(),
        Some(entry) => {
            let mut path = entry.path.clone();
            path.push("quirks");
            // What the field's own file explains is meant before what the alias explains.
            let lent = super::context::QuirkScope::new().with(entry.file, &entry.def.quirks, &path);
            lent.then(owner.scope)
        }
    }
}

fn lend_quirks(cx: &Context<'_>, alias: Option<&Entry<'_>>, quirks: &mut Vec<Quirk>) {
    let Some(entry) = alias else { return };
    let lent = prose::quirks(cx, &entry.def.quirk, &entry.scope, &entry.at().key("quirk"));
    for quirk in lent {
        if !quirks.contains(&quirk) {
            quirks.push(quirk);
        }
    }
}

/// The limits as written at the field, and where it is silent, those of its alias.
fn limits(cx: &Context<'_>, field: &spec::Field, followed: &Followed<'_, '_>, at: &Node<'_>) -> Vec<Limit> {
    let max = limits::upper(field.max.as_ref(), &field.ty, &field.declared.0);
    let own = Written {
        max: max.as_ref(),
        min: field.min.as_ref(),
        each: field.each.as_ref(),
        unenforced: &field.unenforced,
    };
    let mut all = limits::limits(cx, &own, &followed.ty, at);
    if let Some(entry) = followed.alias {
        let alias = entry.def;
        let items = if followed.inside_list { lent_to_items(alias) } else { None };
        let silent = |lent: bool| lent && !followed.inside_list;
        let max = alias_max(alias);
        let lent = Written {
            max: max.as_ref().filter(|_| silent(own.max.is_none())),
            min: alias.min.as_ref().filter(|_| silent(own.min.is_none())),
            each: items
                .as_ref()
                .or(alias.each.as_ref().filter(|_| !followed.inside_list))
                .filter(|_| own.each.is_none()),
            unenforced: if silent(own.unenforced.is_empty()) { &alias.unenforced } else { &[] },
        };
        // Their faults, if any, stand where the alias does.
        all.extend(limits::limits(cx, &lent, &followed.ty, &entry.at()));
        limits::contradictions(cx, &all, at);
    }
    all.sort_by_key(|limit| !limit.enforced);
    all
}

/// Whether something empty clears the field, which lifts the lower limit that an alias lends.
fn clears(
    cx: &Context<'_>,
    field: &spec::Field,
    followed: &Followed<'_, '_>,
    limits: &mut Vec<Limit>,
    at: &Node<'_>,
) -> bool {
    if !field.clears {
        return false;
    }
    let is_text = matches!(&followed.ty, TypeRef::Scalar(scalar) if scalar.is_text());
    let fits = is_text || followed.ty.is_list() || followed.ty.is_unknown();
    if field.min.is_some() || !fits {
        cx.report(
            Diagnostic::at(Code::BadLimit, &at.key("clears"), "nothing empty can clear this", "never empty")
                .help("remove `clears`; it is for texts and lists without `min`"),
        );
    }
    limits.retain(|limit| !limit.enforced || limit.each || limit.bound != Bound::Min);
    true
}

/// The type column as printed, and the type that lent it.
fn printed<'r, 's>(field: &spec::Field, followed: &Followed<'r, 's>) -> (Vec<String>, Option<&'r Entry<'s>>) {
    let lender = followed.alias.or(followed.named.filter(|entry| entry.kind == Kind::Enum));
    match lender {
        Some(entry) if field.declared.0.is_empty() && !followed.inside_list => (entry.def.declared.0.clone(), lender),
        _ => (field.declared.0.clone(), None),
    }
}

/// Whether a printed `string(N)` that is not enforced needs a word of explanation.
fn needs_quirk(followed: &Followed<'_, '_>, printed: &[String]) -> bool {
    match &followed.ty {
        ty if ty.is_unknown() => false,
        TypeRef::Scalar(scalar) => matches!(scalar, Scalar::String | Scalar::Base64),
        TypeRef::Named(_) => followed.named.is_none_or(|entry| {
            entry.kind != Kind::Enum
                || entry.def.enum_kind == Some(EnumKind::Int)
                || entry.def.values.keys().any(|value| {
                    printed
                        .iter()
                        .any(|text| !text.contains(&format!("({})", value.len())) && shorter(text, value.len()))
                })
        }),
        _ => true,
    }
}

fn shorter(printed: &str, length: usize) -> bool {
    printed.split(['(', ')']).nth(1).and_then(|n| n.trim().parse::<usize>().ok()).is_some_and(|n| n < length)
}

fn doc(cx: &Context<'_>, field: &spec::Field, followed: &Followed<'_, '_>, at: &Node<'_>) -> Text {
    if field.doc.is_some() {
        return prose::text(cx, field.doc.as_ref(), &at.key("doc"), "the field's documentation");
    }
    let lent = followed
        .alias
        .and_then(|entry| entry.def.doc.as_ref())
        .or_else(|| followed.named.and_then(|entry| entry.def.doc.as_ref()));
    match lent {
        Some(doc) => Text {
            en: doc.en.clone().unwrap_or_default().trim().to_owned(),
            zh: doc.zh.clone().unwrap_or_default().trim().to_owned(),
        },
        // The type itself is told to lack it.
        None if followed.alias.or(followed.named).is_some() || followed.ty.is_unknown() => Text::default(),
        None => prose::text(cx, None, at, "the field's documentation"),
    }
}

fn rust_name(cx: &Context<'_>, wire: &str, given: Option<&str>, at: &Node<'_>) -> String {
    if let Some(name) = given {
        if !is_snake_ident(name) {
            cx.report(
                Diagnostic::at(
                    Code::BadName,
                    &at.key("rust"),
                    format!("`{name}` is no name of a Rust field"),
                    "this name",
                )
                .help("use small letters, digits and `_`"),
            );
        }
        return name.to_owned();
    }
    snake_case(wire)
}

fn flatten(cx: &Context<'_>, field: &spec::Field, followed: &Followed<'_, '_>, at: &Node<'_>) -> bool {
    let is_union = followed.named.is_some_and(|entry| entry.kind == Kind::Union) && !followed.inside_list;
    let is_union = is_union || followed.ty.is_unknown();
    if field.flatten && !is_union {
        cx.report(
            Diagnostic::at(Code::BadType, &at.key("flatten"), "only a union can be flattened", "this is none")
                .help("remove `flatten`, or include a mixin instead"),
        );
    }
    field.flatten && is_union
}

/// Only a text is a credential.
fn secret(cx: &Context<'_>, field: &spec::Field, followed: &Followed<'_, '_>, at: &Node<'_>) -> bool {
    let is_text = matches!(&followed.ty, TypeRef::Scalar(scalar) if scalar.is_text());
    if field.secret && !is_text && !followed.ty.is_unknown() {
        let fault = Diagnostic::at(Code::BadType, &at.key("secret"), "only a text can be secret", "this is none");
        cx.report(fault.help("remove `secret`"));
    }
    field.secret && is_text
}

/// Checks an alias even when no field names it yet.
pub(super) fn check_alias(cx: &Context<'_>, registry: &Registry<'_>, entry: &Entry<'_>, at: &Node<'_>) {
    let def = entry.def;
    prose::text(cx, def.doc.as_ref(), &at.key("doc"), "the type's documentation");
    let quirks = prose::quirks(cx, &def.quirk, &entry.scope, &at.key("quirk"));
    let target = def.alias.as_deref().unwrap_or_default();
    let followed = follow(cx, registry, target, None, &at.key("type"));
    let max = alias_max(def);
    let written =
        Written { max: max.as_ref(), min: def.min.as_ref(), each: def.each.as_ref(), unenforced: &def.unenforced };
    let mut limits: Vec<Limit> = limits::limits(cx, &written, &followed.ty, at);
    if let Some(id) = &def.unit {
        registry.units.check(cx, id, &followed.ty, &at.key("unit"));
    }
    let is_text = matches!(&followed.ty, TypeRef::Scalar(scalar) if scalar.is_text());
    if def.filled && !is_text && !followed.ty.is_unknown() {
        cx.report(
            Diagnostic::at(Code::BadLimit, &at.key("filled"), "only a text can be filled", "this is none")
                .help("remove `filled`; lists and numbers have `min`"),
        );
    }
    let needs = needs_quirk(&followed, &def.declared.0);
    limits::declared(cx, &def.declared.0, &mut limits, !quirks.is_empty(), needs, at);
}

/// The limits that an alias lends to the items of a list.
fn lent_to_items(alias: &spec::TypeDef) -> Option<Unenforced> {
    let max = alias_max(alias);
    (max.is_some() || alias.min.is_some()).then(|| Unenforced { max, min: alias.min.clone() })
}

fn alias_max(alias: &spec::TypeDef) -> Option<Bounds> {
    limits::upper(alias.max.as_ref(), alias.alias.as_deref().unwrap_or_default(), &alias.declared.0)
}
