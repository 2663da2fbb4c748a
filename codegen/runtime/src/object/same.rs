//! `PartialEq`, as a derived one would tell.

use std::collections::BTreeMap;

use super::{Chosen, Entries, List, Object, Union, View};
use crate::json::written;

/// Whether two objects of one type are equal.
pub fn same(one: &dyn Object, other: &dyn Object) -> bool {
    let mut equal = false;
    one.lend(&mut |_, one| {
        other.lend(&mut |_, other| {
            equal =
                one.len() == other.len() && one.iter().zip(other).all(|(one, other)| alike(one.view(), other.view()));
        });
    });
    equal
}

impl PartialEq for View<'_> {
    fn eq(&self, other: &Self) -> bool {
        alike(*self, *other)
    }
}

fn alike(one: View<'_>, other: View<'_>) -> bool {
    match (one, other) {
        (View::Absent, View::Absent) => true,
        (View::Bool(one), View::Bool(other)) => one == other,
        (View::Int(one), View::Int(other)) => one == other,
        (View::Uint(one), View::Uint(other)) => one == other,
        (View::Text(one), View::Text(other)) => one == other,
        (View::Object(one), View::Object(other)) => same(one, other),
        (View::List(one), View::List(other)) => same_lists(one, other),
        (View::Union(one), View::Union(other)) => same_unions(one, other),
        (View::Entries(one), View::Entries(other)) => same_entries(one, other),
        (View::Json(one), View::Json(other)) => one == other,
        (View::File(one), View::File(other)) => one == other,
        _ => false,
    }
}

fn same_lists(one: &dyn List, other: &dyn List) -> bool {
    one.len() == other.len() && (0..one.len()).all(|index| alike(one.item(index), other.item(index)))
}

fn same_unions(one: &dyn Union, other: &dyn Union) -> bool {
    match (one.chosen(), other.chosen()) {
        (Chosen::Known(a, Some(one)), Chosen::Known(b, Some(other))) => a == b && alike(one.view(), other.view()),
        (Chosen::Known(a, one), Chosen::Known(b, other)) => a == b && one.is_none() && other.is_none(),
        (Chosen::Unknown(one), Chosen::Unknown(other)) => one == other,
        _ => false,
    }
}

fn same_entries(one: &dyn Entries, other: &dyn Entries) -> bool {
    let texts = |entries: &dyn Entries| {
        let mut texts = BTreeMap::new();
        entries.each(&mut |key, view| drop(texts.insert(key.to_owned(), written(view))));
        texts
    };
    texts(one) == texts(other)
}
