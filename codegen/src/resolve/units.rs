//! The units of numbers: those that every interface has, and those of `api.yaml`.

use indexmap::IndexMap;

use super::context::Context;
use super::prose;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{NumberUnit, Text, TypeRef};
use crate::source::{Node, nearest};

/// What is measured everywhere.
const GENERAL: [(&str, &str); 7] = [
    ("seconds", "秒"),
    ("minutes", "分钟"),
    ("hours", "小时"),
    ("days", "天"),
    ("percent", "百分比"),
    ("people", "人"),
    ("times", "次"),
];

/// All units that a spec may use, by id.
pub(super) struct Units(IndexMap<String, Text>);

impl Units {
    pub(super) fn new(cx: &Context<'_>) -> Self {
        let general = GENERAL.map(|(id, zh)| (id.to_owned(), Text { en: id.to_owned(), zh: zh.to_owned() }));
        let mut units = IndexMap::from(general);
        let at = Node::root(&cx.spec.api.map).key("units");
        for (id, words) in &cx.spec.api.content.units {
            let text = prose::text(cx, Some(words), &at.key(id), "the unit");
            if units.insert(id.clone(), text).is_some() {
                let message = format!("there is a unit `{id}` already");
                let fault = Diagnostic::at(Code::DuplicateName, &at.key(id), message, "again");
                cx.report(fault.help("every interface has it: remove it here"));
            }
        }
        Self(units)
    }

    /// A unit that is known to be there, or is a fault elsewhere.
    pub(super) fn get(&self, id: &str) -> Option<NumberUnit> {
        self.0.get(id).map(|text| NumberUnit { id: id.to_owned(), text: text.clone() })
    }

    /// The unit that a field or an alias names, in which both languages of the documentation speak of it.
    pub(super) fn check(&self, cx: &Context<'_>, id: &str, ty: &TypeRef, at: &Node<'_>) {
        if self.get(id).is_none() {
            let known: Vec<&str> = self.0.keys().map(String::as_str).collect();
            let fault = Diagnostic::at(Code::BadValue, at, format!("`{id}` is no unit of a number"), "this unit");
            let others = || format!("use one of {}, or add it to `units` in api.yaml", known.join(", "));
            cx.report(fault.meant(nearest(id, known.iter().copied()), others));
        }
        if !is_number(ty) && !ty.is_unknown() {
            let fault = Diagnostic::at(Code::BadType, at, "only a number has a unit", "this is none");
            cx.report(fault.help("remove `unit`, or make the field a number"));
        }
    }
}

fn is_number(ty: &TypeRef) -> bool {
    match ty {
        TypeRef::Scalar(scalar) => scalar.is_number(),
        TypeRef::List(inner) | TypeRef::Map(inner) | TypeRef::OrText(inner) => is_number(inner),
        TypeRef::Named(_) => false,
    }
}
