//! What stands where something else is documented, and what has to become of it.
#![allow(dead_code, reason = "each test uses a part")]

use serde_json::{Map, Value, json};
use weixin_codegen::model::{EnumKind, Model, ObjectType, Scalar, Side, TypeKind, TypeRef};

/// Whatever servers have been seen to send.
pub(crate) const TOKENS: &[&str] = &[
    "-1",
    "1.5",
    "\"abc\"",
    "4294967296",
    "99999999999999999999",
    "true",
    "[]",
    "{}",
    "[{\"x\":1}]",
    "{\"x\":[1]}",
    "null",
    "\"\"",
    "NaN",
    "\"\\ud83d\"",
];

/// What becomes of a token.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Outcome {
    /// It is read as this.
    Read(Value),
    /// It says that there is nothing.
    Absent,
    /// It cannot be read.
    Lost,
    /// It is a list whose only item cannot be read.
    ItemLost,
}

use Outcome::{Absent, ItemLost, Lost, Read};

/// What has to become of a token where this type is documented.
pub(crate) fn outcome(model: &Model, ty: &TypeRef, optional: bool, token: &str) -> Outcome {
    if token == "null" && optional {
        return Absent;
    }
    match ty {
        TypeRef::Scalar(scalar) => in_scalar(*scalar, optional, token),
        TypeRef::OrText(_) if token.starts_with('"') => Read(json!(text(token))),
        TypeRef::OrText(inner) => outcome(model, inner, false, token),
        TypeRef::List(inner) => match token {
            "null" | "\"\"" | "[]" | "{}" => Read(json!([])),
            "[{\"x\":1}]" => match outcome(model, inner, false, "{\"x\":1}") {
                Read(item) => Read(json!([item])),
                _ => ItemLost,
            },
            _ => Lost,
        },
        TypeRef::Map(_) => panic!("teach the outcomes maps"),
        TypeRef::Named(id) => {
            let ty = model.ty(*id);
            match &ty.kind {
                TypeKind::Enum(_) if optional && matches!(token, "\"\"" | "[]") => Absent,
                TypeKind::Enum(open) if open.kind == EnumKind::Int => match token {
                    "true" => Read(json!(1)),
                    _ => integer(token, i64::MIN.into(), i64::MAX.into()),
                },
                TypeKind::Enum(_) => in_text(token),
                TypeKind::Object(_) | TypeKind::Union(_) if optional && matches!(token, "\"\"" | "[]") => Absent,
                TypeKind::Object(object) => in_object(object, ty.side, token),
                TypeKind::Union(_) => Lost,
            }
        }
    }
}

fn in_scalar(scalar: Scalar, optional: bool, token: &str) -> Outcome {
    match scalar {
        Scalar::String | Scalar::Base64 | Scalar::Date => in_text(token),
        Scalar::Json => Read(serde_json::from_str(token).unwrap_or_else(|_| json!(text(token)))),
        Scalar::File => panic!("no response has a file"),
        _ if optional && matches!(token, "\"\"" | "[]") => Absent,
        Scalar::Bool => match token {
            "true" => Read(json!(true)),
            _ => Lost,
        },
        Scalar::Int | Scalar::Int64 => integer(token, i64::MIN.into(), i64::MAX.into()),
        Scalar::Int32 => integer(token, i32::MIN.into(), i32::MAX.into()),
        Scalar::Uint | Scalar::Uint64 | Scalar::Timestamp => integer(token, 0, u64::MAX.into()),
        Scalar::Uint32 | Scalar::DateNumber => integer(token, 0, u32::MAX.into()),
    }
}

fn integer(token: &str, least: i128, most: i128) -> Outcome {
    match token.parse::<i128>() {
        Ok(value) if (least..=most).contains(&value) => Read(serde_json::from_str(token).expect("a number")),
        _ => Lost,
    }
}

/// A number or a boolean in place of a text is the text that it is written with.
fn in_text(token: &str) -> Outcome {
    match token.as_bytes()[0] {
        b'"' | b'-' | b'0'..=b'9' | b't' | b'f' => Read(json!(text(token))),
        _ => Lost,
    }
}

/// The text that a token stands for; half a surrogate pair is no letter.
fn text(token: &str) -> String {
    let inner = token.strip_prefix('"').and_then(|token| token.strip_suffix('"')).unwrap_or(token);
    inner.replace("\\ud83d", "\u{FFFD}")
}

fn in_object(object: &ObjectType, side: Side, token: &str) -> Outcome {
    let is_object = matches!(token, "{}" | "{\"x\":1}" | "{\"x\":[1]}" | "[]" | "\"\"");
    if !is_object || object.fields.iter().any(|field| field.required) { Lost } else { Read(blank(object, side)) }
}

/// What an object is of which nothing was there.
pub(crate) fn blank(object: &ObjectType, side: Side) -> Value {
    let lists = object.fields.iter().filter(|field| !field.required && !field.may_be_absent(side));
    let empty = |ty: &TypeRef| if matches!(ty, TypeRef::Map(_)) { json!({}) } else { json!([]) };
    lists.map(|field| (field.wire.clone(), empty(&field.ty))).collect::<Map<_, _>>().into()
}
