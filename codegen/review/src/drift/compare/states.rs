//! What the spec states of a key or a call, in whatever words a page may use for it.

use super::slots::{Slot, What};
use super::state::Compare;
use crate::drift::extract::limits::{AtMost, Counts};
use weixin_codegen::model::{Bound, EnumKind, Model, RuleKind, Scalar, TypeRef, Unit};

/// The types that a page may print without the spec repeating them.
pub(super) fn implied(model: &Model, slot: &Slot<'_>) -> Vec<String> {
    let What::Field(field) = slot.what else { return vec!["json".to_owned(), "string".to_owned()] };
    let max = field
        .limits
        .iter()
        .find(|limit| limit.bound == Bound::Max && limit.unit == Unit::Bytes && limit.enforced && !limit.each);
    let mut out = match &field.ty {
        TypeRef::Scalar(Scalar::String) => vec!["string".to_owned()],
        TypeRef::Scalar(Scalar::Uint) => vec!["unsigned int".to_owned()],
        TypeRef::Scalar(scalar) => vec![scalar.name().to_owned()],
        TypeRef::List(_) => vec!["json".to_owned(), "list".to_owned(), "array".to_owned()],
        TypeRef::Named(id) => match &model.ty(*id).kind {
            weixin_codegen::model::TypeKind::Enum(all) if all.kind == EnumKind::String => vec!["string".to_owned()],
            weixin_codegen::model::TypeKind::Enum(_) => vec!["int".to_owned()],
            _ => vec!["json".to_owned(), "object".to_owned()],
        },
        TypeRef::Map(_) | TypeRef::OrText(_) => vec!["json".to_owned()],
    };
    out.extend(max.map(|limit| format!("string({})", limit.value)));
    out
}

/// Whether a key has this limit, in whatever unit it comes to the same.
pub(super) fn states(slot: &Slot<'_>, page: AtMost) -> bool {
    let What::Field(field) = slot.what else { return false };
    field.limits.iter().filter(|limit| limit.bound == Bound::Max).any(|limit| match (page.counts, limit.unit) {
        (Counts::Chars, Unit::Chars) | (Counts::Amount, Unit::Value | Unit::Items) => limit.value == page.value,
        (Counts::Bytes, Unit::Bytes) => limit.value == page.value,
        (Counts::Chars, Unit::Bytes) => limit.value == 3 * page.value,
        (Counts::Megabytes, Unit::Bytes) => limit.value == page.value << 20,
        _ => false,
    })
}

impl Compare<'_> {
    /// Whether the endpoint as a whole has this limit: the size of a page, a span of days.
    pub(super) fn endpoint_states(&self, head: &str, page: AtMost) -> bool {
        let Some(endpoint) = self.heads.get(head).and_then(|head| head.endpoint) else { return false };
        let days = endpoint
            .request
            .rules
            .iter()
            .any(|rule| matches!(&rule.kind, RuleKind::DateWindow { days, .. } if i64::from(*days) == page.value));
        let paged = endpoint.paging.as_ref().is_some_and(|paging| i64::from(paging.max) == page.value);
        match page.counts {
            Counts::Days => days,
            Counts::Amount => paged,
            Counts::Chars | Counts::Megabytes | Counts::Bytes => false,
        }
    }

    /// Whether anything in the interface has this value.
    pub(super) fn is_value(&self, word: &str) -> bool {
        self.model.types.iter().any(|ty| match &ty.kind {
            weixin_codegen::model::TypeKind::Enum(all) => all.values.iter().any(|value| value.wire == word),
            weixin_codegen::model::TypeKind::Union(union) => union.variants.iter().any(|variant| variant.value == word),
            weixin_codegen::model::TypeKind::Object(_) => false,
        })
    }
}
