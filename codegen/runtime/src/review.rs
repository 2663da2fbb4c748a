//! Which fields of a change send the thing back to review: one walk over what is set.

use crate::object::{Chosen, Object, View};
use crate::shape::Content;
use crate::validate::At;

/// The JSON paths of the fields set here whose change sends the thing back to review.
pub fn review_fields(request: &dyn Object) -> Vec<String> {
    let mut found = Vec::new();
    in_object(At::root(), request, &mut found);
    found
}

fn search(at: At<'_>, view: View<'_>, found: &mut Vec<String>) {
    match view {
        View::Object(object) => in_object(at, object, found),
        View::List(list) => (0..list.len()).for_each(|index| search(at.index(index), list.item(index), found)),
        View::Entries(entries) => entries.each(&mut |key, view| search(at.field(key), view, found)),
        View::Union(union) => {
            if let Chosen::Known(index, Some(content)) = union.chosen() {
                match union.shape().variants.get(index).map(|it| it.content) {
                    Some(Content::Keyed(key)) => search(at.field(key), content.view(), found),
                    _ => search(at, content.view(), found),
                }
            }
        }
        _ => {}
    }
}

fn in_object(at: At<'_>, object: &dyn Object, found: &mut Vec<String>) {
    object.lend(&mut |shape, fields| {
        for (index, (key, field)) in shape.keys.iter().zip(fields).enumerate() {
            match field.view() {
                View::Absent => {}
                _ if shape.is_reviewed(index) => found.push(at.field(key).to_string()),
                view if key.is_empty() => search(at, view, found),
                view => search(at.field(key), view, found),
            }
        }
    });
}
