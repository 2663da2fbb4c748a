//! `Debug`, as a derived one would print it, but with the names of the wire and without `Some(…)`.

use std::fmt;

use super::{Chosen, Object, Union, View};
use crate::secret::{Hidden, is_secret};
use crate::shown::{Quoted, Redacted};

/// Shows an object.
pub fn show(object: &dyn Object, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let mut done = Ok(());
    object.lend(&mut |shape, fields| {
        let mut shown = f.debug_struct(shape.name);
        for (index, (key, field)) in shape.keys.iter().zip(fields).enumerate() {
            let view = field.view();
            if shape.is_secret(index) && !view.is_absent() {
                shown.field(key, &Hidden);
            } else if !key.is_empty() {
                shown.field(key, &view);
            } else if !view.is_absent() {
                shown.field("(beside)", &view);
            }
        }
        done = shown.finish();
    });
    done
}

fn show_union(union: &dyn Union, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    match union.chosen() {
        Chosen::Known(index, content) => {
            let name = union.shape().variants.get(index).map_or("", |variant| variant.name);
            match content {
                Some(content) => f.debug_tuple(name).field(&content.view()).finish(),
                None => f.write_str(name),
            }
        }
        Chosen::Unknown(unknown) => f.debug_tuple("Unknown").field(&Redacted(unknown.json().as_str())).finish(),
    }
}

impl fmt::Debug for View<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            View::Absent => f.write_str("None"),
            View::Bool(value) => value.fmt(f),
            View::Int(value) => value.fmt(f),
            View::Uint(value) => value.fmt(f),
            View::Text(value) => Quoted(value).fmt(f),
            View::Object(value) => show(*value, f),
            View::List(value) => f.debug_list().entries((0..value.len()).map(|index| value.item(index))).finish(),
            View::Union(value) => show_union(*value, f),
            View::Entries(value) => {
                let mut map = f.debug_map();
                value.each(&mut |key, view| {
                    match is_secret(key) {
                        true => map.entry(&Quoted(key), &Hidden),
                        false => map.entry(&Quoted(key), &view),
                    };
                });
                map.finish()
            }
            View::Json(value) => value.fmt(f),
            View::File(value) => value.fmt(f),
        }
    }
}
