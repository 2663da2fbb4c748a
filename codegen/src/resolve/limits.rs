//! Limits: their units, whether they fit the type, and what the pages print beside them.

use super::context::Context;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Bound, Limit, Scalar, TypeRef, Unit, nearest};
use crate::source::Node;
use crate::spec::{Bounds, Unenforced};

/// The limits of a field or alias as written.
pub(super) struct Written<'w> {
    pub(super) max: Option<&'w Bounds>,
    pub(super) min: Option<&'w Bounds>,
    pub(super) each: Option<&'w Unenforced>,
    pub(super) unenforced: &'w [Unenforced],
}

/// The upper bound of a field or alias: as written; else the longest text that its page prints, so that nobody writes
/// one number twice.
pub(super) fn upper(written: Option<&Bounds>, ty: &str, printed: &[String]) -> Option<Bounds> {
    let is_text = ["string", "base64"].contains(&ty);
    let longest = printed.iter().filter(|_| is_text).filter_map(|text| printed_bytes(text)).max();
    written.cloned().or_else(|| Some(Bounds::ByUnit([("bytes".to_owned(), longest?)].into_iter().collect())))
}

/// Every limit, the enforced ones first.
pub(super) fn limits(cx: &Context<'_>, written: &Written<'_>, ty: &TypeRef, at: &Node<'_>) -> Vec<Limit> {
    let mut limits = Vec::new();
    pair(cx, written.max, written.min, at, &mut |limit, at| {
        fits(cx, &limit, ty, at);
        limits.push(limit);
    });
    if let Some(each) = written.each {
        let at = at.key("each");
        pair(cx, each.max.as_ref(), each.min.as_ref(), &at, &mut |mut limit, at| {
            limit.each = true;
            fits(cx, &limit, ty, at);
            limits.push(limit);
        });
    }
    contradictions(cx, &limits, at);
    let list = at.key("unenforced");
    for (index, bounds) in written.unenforced.iter().enumerate() {
        pair(cx, bounds.max.as_ref(), bounds.min.as_ref(), &list.index(index), &mut |mut limit, _| {
            limit.enforced = false;
            limits.push(limit);
        });
    }
    limits
}

fn pair(
    cx: &Context<'_>,
    max: Option<&Bounds>,
    min: Option<&Bounds>,
    at: &Node<'_>,
    push: &mut dyn FnMut(Limit, &Node<'_>),
) {
    for (bound, bounds, key) in [(Bound::Max, max, "max"), (Bound::Min, min, "min")] {
        let at = at.key(key);
        match bounds {
            None | Some(Bounds::Nothing) => {}
            Some(Bounds::Bare(value)) => without_unit(cx, *value, key, &at),
            Some(Bounds::ByUnit(units)) if units.is_empty() => no_number(cx, key, &at),
            Some(Bounds::ByUnit(units)) => {
                for (name, value) in units {
                    let at = at.key(name);
                    match unit(cx, name, &at) {
                        Some(unit) if unit != Unit::Value && *value < 0 => negative(cx, *value, &at),
                        Some(unit) => {
                            push(
                                Limit { bound, value: *value, unit, each: false, enforced: true, implied: false },
                                &at,
                            );
                        }
                        None => {}
                    }
                }
            }
        }
    }
}

fn without_unit(cx: &Context<'_>, value: i64, key: &str, at: &Node<'_>) {
    cx.report(
        Diagnostic::at(Code::LimitWithoutUnit, at, "this limit has no unit", "bytes, chars, items or value?").help(format!(
            "write `{key}: {{ bytes: {value} }}` for UTF-8 bytes (what `string(N)` means), or `chars`, `items`, `value`"
        )),
    );
}

fn no_number(cx: &Context<'_>, key: &str, at: &Node<'_>) {
    cx.report(
        Diagnostic::at(Code::LimitWithoutUnit, at, "this limit limits nothing", "empty")
            .help(format!("write `{key}: {{ bytes: 64 }}`, or remove `{key}`")),
    );
}

fn negative(cx: &Context<'_>, value: i64, at: &Node<'_>) {
    cx.report(
        Diagnostic::at(Code::BadLimit, at, format!("a count cannot be {value}"), "negative")
            .help("only `value` may be negative"),
    );
}

fn unit(cx: &Context<'_>, name: &str, at: &Node<'_>) -> Option<Unit> {
    let found = Unit::ALL.iter().copied().find(|unit| unit.name() == name);
    if found.is_none() {
        let fault = Diagnostic::at_key(
            Code::LimitWithoutUnit,
            at,
            format!("`{name}` is no unit of a limit"),
            "bytes, chars, items or value?",
        );
        cx.report(fault.meant(
            nearest(name, Unit::ALL.iter().map(|unit| unit.name())),
            || "`bytes` counts UTF-8, `chars` characters, `items` those of a list, `value` is the number itself",
        ));
    }
    found
}

fn fits(cx: &Context<'_>, limit: &Limit, ty: &TypeRef, at: &Node<'_>) {
    if limit.each && !ty.is_unknown() && !(matches!(ty, TypeRef::Map(_)) || ty.is_list()) {
        cx.report(
            Diagnostic::at_key(Code::BadLimit, at, "`each` limits the items of a list, and this is none", "no list")
                .help("move the limit out of `each`"),
        );
        return;
    }
    let ty = if limit.each { item(ty) } else { ty };
    if ty.is_unknown() {
        return;
    }
    let good = match limit.unit {
        Unit::Items => matches!(ty, TypeRef::Map(_)) || ty.is_list(),
        Unit::Value => matches!(ty, TypeRef::Scalar(scalar) if scalar.is_number()),
        Unit::Bytes => matches!(ty, TypeRef::Scalar(scalar) if scalar.is_text() || *scalar == Scalar::File),
        Unit::Chars => matches!(ty, TypeRef::Scalar(scalar) if scalar.is_text()),
    };
    if !good {
        let what = match ty {
            _ if ty.is_list() => "a list",
            TypeRef::Scalar(scalar) => scalar.name(),
            TypeRef::Map(_) => "a map",
            _ => "a named type",
        };
        cx.report(
            Diagnostic::at_key(
                Code::BadLimit,
                at,
                format!("`{}` cannot limit {what}", limit.unit.name()),
                "does not fit the type",
            )
            .help("text has `bytes` and `chars`, numbers `value`, lists `items`; a limit nobody can check goes into `unenforced`"),
        );
    }
}

fn item(ty: &TypeRef) -> &TypeRef {
    match ty {
        TypeRef::List(inner) | TypeRef::Map(inner) => inner,
        TypeRef::OrText(inner) => item(inner),
        other => other,
    }
}

/// Reports bounds that no value can satisfy at once.
pub(super) fn contradictions(cx: &Context<'_>, limits: &[Limit], at: &Node<'_>) {
    for max in limits.iter().filter(|limit| limit.bound == Bound::Max) {
        for min in limits.iter().filter(|limit| limit.bound == Bound::Min) {
            let enforced = max.enforced && min.enforced;
            if enforced && max.unit == min.unit && max.each == min.each && min.value > max.value {
                cx.report(
                    Diagnostic::at(
                        Code::BadLimit,
                        &at.key("min"),
                        format!("no value is at least {} and at most {}", min.value, max.value),
                        "more than the upper bound",
                    )
                    .help("swap them, or drop one"),
                );
            }
        }
    }
}

/// Adds the limits that the printed types state, and reports one that differs without a quirk.
pub(super) fn declared(
    cx: &Context<'_>,
    printed: &[String],
    limits: &mut Vec<Limit>,
    has_quirk: bool,
    needs_quirk: bool,
    at: &Node<'_>,
) {
    let enforced = limits
        .iter()
        .find(|limit| limit.enforced && limit.bound == Bound::Max && limit.unit == Unit::Bytes && !limit.each)
        .map(|limit| limit.value);
    for text in printed {
        let Some(value) = printed_bytes(text) else { continue };
        if enforced == Some(value) {
            continue;
        }
        if needs_quirk && !has_quirk {
            let enforced = enforced.map_or_else(|| "nothing".to_owned(), |n| format!("{n} bytes"));
            cx.report(
                Diagnostic::at(
                    Code::DeclaredDiffers,
                    &at.key("declared"),
                    format!("the page prints `{text}`, the validator enforces {enforced}"),
                    "why the difference?",
                )
                .help("name a quirk that explains it with `quirk:`, or enforce what is printed"),
            );
        }
        let limit = Limit { bound: Bound::Max, value, unit: Unit::Bytes, each: false, enforced: false, implied: false };
        if !limits.contains(&limit) {
            limits.push(limit);
        }
    }
}

/// The N of a printed `string(N)`.
fn printed_bytes(text: &str) -> Option<i64> {
    let lower = text.trim().to_ascii_lowercase();
    let inner = lower.strip_prefix("string")?.trim().strip_prefix('(')?.strip_suffix(')')?;
    inner.trim().parse().ok()
}

#[cfg(test)]
mod tests {
    use super::printed_bytes;

    #[test]
    fn printed_types_state_bytes() {
        assert_eq!(printed_bytes("string(36)"), Some(36));
        assert_eq!(printed_bytes("String(36)"), Some(36));
        assert_eq!(printed_bytes("unsigned int"), None);
        assert_eq!(printed_bytes("string(3)x"), None);
    }
}
