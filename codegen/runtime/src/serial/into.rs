//! A value into any format.

use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};

use super::read::{Part, transcode};
use crate::json::Reader;
use crate::object::{Chosen, Entries, Field, Object, Union, View};
use crate::shape::Content;

impl Serialize for View<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            View::Absent => serializer.serialize_none(),
            View::Bool(value) => serializer.serialize_bool(*value),
            View::Int(value) => serializer.serialize_i64(*value),
            View::Uint(value) => serializer.serialize_u64(*value),
            View::Text(value) => serializer.serialize_str(value),
            View::Object(_) | View::Union(_) | View::File(_) => {
                let mut map = serializer.serialize_map(None)?;
                members(*self, &mut map)?;
                map.end()
            }
            View::List(list) => serializer.collect_seq((0..list.len()).map(|index| list.item(index))),
            View::Entries(entries) => serialize_entries(*entries, serializer),
            View::Json(json) => transcode(json.as_str(), serializer),
        }
    }
}

fn serialize_entries<S: Serializer>(entries: &dyn Entries, serializer: S) -> Result<S::Ok, S::Error> {
    let mut map = serializer.serialize_map(None)?;
    members(View::Entries(entries), &mut map)?;
    map.end()
}

/// The members of a value that is an object, each as an entry.
fn members<M: SerializeMap>(view: View<'_>, map: &mut M) -> Result<(), M::Error> {
    match view {
        View::Object(object) => object_members(object, map),
        View::Union(union) => union_members(union, map),
        View::File(file) => {
            map.serialize_entry("name", &file.name)?;
            if let Some(mime) = &file.mime {
                map.serialize_entry("mime", mime)?;
            }
            map.serialize_entry("bytes", &file.bytes)
        }
        View::Entries(entries) => {
            let mut done = Ok(());
            entries.each(&mut |key, view| {
                if done.is_ok() {
                    done = map.serialize_entry(key, &view);
                }
            });
            done
        }
        View::Json(json) => {
            let mut reader = Reader::new(json.as_str());
            let mut next = reader.open_object().unwrap_or_default();
            while let Some(key) = next {
                map.serialize_entry(&key, &Part(reader.part().unwrap_or("null")))?;
                next = reader.next_key().unwrap_or_default();
            }
            Ok(())
        }
        _ => Ok(()),
    }
}

fn object_members<M: SerializeMap>(object: &dyn Object, map: &mut M) -> Result<(), M::Error> {
    let mut done = Ok(());
    object.lend(&mut |shape, fields| {
        for (key, field) in shape.keys.iter().zip(fields) {
            let view = field.view();
            if done.is_err() || view.is_absent() {
                continue;
            }
            done = if key.is_empty() { members(view, map) } else { map.serialize_entry(key, &view) };
        }
    });
    done
}

fn union_members<M: SerializeMap>(union: &dyn Union, map: &mut M) -> Result<(), M::Error> {
    let shape = union.shape();
    let (index, content) = match union.chosen() {
        Chosen::Known(index, content) => (index, content.map(Field::view)),
        Chosen::Unknown(unknown) => return members(unknown.view(), map),
    };
    let Some(variant) = shape.variants.get(index) else {
        return Ok(());
    };
    if shape.tagged {
        map.serialize_entry(shape.tag, variant.value)?;
    }
    match (variant.content, content) {
        (Content::Keyed(key), Some(content)) => map.serialize_entry(key, &content),
        (_, Some(content)) => members(content, map),
        (_, None) => Ok(()),
    }
}
