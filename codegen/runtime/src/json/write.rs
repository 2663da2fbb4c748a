//! The writer: JSON without white space, in the order of the fields, without what is absent.

use super::escape::write_text;
use crate::file::File;
use crate::object::{Chosen, Field, Object, Union, View};
use crate::shape::Content;

/// A value as JSON.
pub(crate) fn written(view: View<'_>) -> String {
    let mut out = String::with_capacity(256);
    write(view, &mut out);
    out
}

/// An object as JSON, without the fields of these names.
pub(crate) fn write_object(object: &dyn Object, without: &[&str]) -> String {
    let mut out = String::with_capacity(256);
    out.push('{');
    members(object, without, &mut true, &mut out);
    out.push('}');
    out
}

fn write(view: View<'_>, out: &mut String) {
    match view {
        View::Absent => out.push_str("null"),
        View::Bool(value) => out.push_str(if value { "true" } else { "false" }),
        View::Int(value) => {
            if value < 0 {
                out.push('-');
            }
            digits(value.unsigned_abs(), out);
        }
        View::Uint(value) => digits(value, out),
        View::Text(text) => write_text(text, out),
        View::Object(object) => {
            out.push('{');
            members(object, &[], &mut true, out);
            out.push('}');
        }
        View::Union(union) => {
            out.push('{');
            union_members(union, &mut true, out);
            out.push('}');
        }
        View::List(list) => {
            out.push('[');
            for index in 0..list.len() {
                if index > 0 {
                    out.push(',');
                }
                write(list.item(index), out);
            }
            out.push(']');
        }
        View::Entries(entries) => {
            out.push('{');
            let mut first = true;
            entries.each(&mut |key, view| {
                write_key(key, &mut first, out);
                write(view, out);
            });
            out.push('}');
        }
        View::Json(json) => out.push_str(json.as_str()),
        View::File(file) => write_file(file, out),
    }
}

/// The members of an object, after what is already there.
fn members(object: &dyn Object, without: &[&str], first: &mut bool, out: &mut String) {
    object.lend(&mut |shape, fields| {
        for (key, field) in shape.keys.iter().zip(fields) {
            match field.view() {
                View::Absent => {}
                view if key.is_empty() => beside(view, first, out),
                _ if without.contains(key) => {}
                view => {
                    // Keys of a shape are names: nothing in them needs an escape.
                    out.push_str(if std::mem::take(first) { "\"" } else { ",\"" });
                    out.push_str(key);
                    out.push_str("\":");
                    write(view, out);
                }
            }
        }
    });
}

/// A value whose keys stand beside those of an object.
fn beside(view: View<'_>, first: &mut bool, out: &mut String) {
    match view {
        View::Union(union) => union_members(union, first, out),
        View::Object(object) => members(object, &[], first, out),
        View::Entries(entries) => entries.each(&mut |key, view| {
            write_key(key, first, out);
            write(view, out);
        }),
        View::Json(json) => {
            let inner = json.as_str().strip_prefix('{').and_then(|rest| rest.strip_suffix('}')).unwrap_or_default();
            if !inner.is_empty() {
                if !std::mem::take(first) {
                    out.push(',');
                }
                out.push_str(inner);
            }
        }
        _ => {}
    }
}

fn union_members(union: &dyn Union, first: &mut bool, out: &mut String) {
    let shape = union.shape();
    let (index, content) = match union.chosen() {
        Chosen::Known(index, content) => (index, content),
        Chosen::Unknown(unknown) => return beside(unknown.view(), first, out),
    };
    let Some(variant) = shape.variants.get(index) else {
        return;
    };
    if shape.tagged {
        write_key(shape.tag, first, out);
        write_text(variant.value, out);
    }
    match (variant.content, content.map(Field::view)) {
        (Content::Keyed(key), Some(content)) => {
            write_key(key, first, out);
            write(content, out);
        }
        (Content::Inline, Some(content)) => beside(content, first, out),
        _ => {}
    }
}

fn write_key(key: &str, first: &mut bool, out: &mut String) {
    if !std::mem::take(first) {
        out.push(',');
    }
    write_text(key, out);
    out.push(':');
}

fn digits(mut value: u64, out: &mut String) {
    let mut buffer = [0_u8; 20];
    let mut at = buffer.len();
    loop {
        at -= 1;
        buffer[at] = b'0' + (value % 10) as u8;
        value /= 10;
        if value == 0 {
            break;
        }
    }
    // Digits are ASCII.
    out.push_str(std::str::from_utf8(&buffer[at..]).unwrap_or_default());
}

/// A file is no JSON. Where one is serialized all the same, nothing of it is lost.
fn write_file(file: &File, out: &mut String) {
    let mut first = true;
    out.push('{');
    write_key("name", &mut first, out);
    write_text(&file.name, out);
    if let Some(mime) = &file.mime {
        write_key("mime", &mut first, out);
        write_text(mime, out);
    }
    write_key("bytes", &mut first, out);
    write(View::List(&file.bytes), out);
    out.push('}');
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers() {
        for value in [0, 7, 10, u64::MAX] {
            assert_eq!(written(View::Uint(value)), value.to_string());
        }
        assert_eq!(written(View::Int(i64::MIN)), i64::MIN.to_string());
    }
}
