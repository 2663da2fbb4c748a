//! Limits that follow from the type of what is sent, so that nobody has to write them at each field.
//!
//! A limit that is written counts instead: `min: { value: 0 }` lets a span begin at 0.

use crate::model::{Bound, Field, Limit, Model, ObjectType, Scalar, TypeKind, TypeRef, Unit};

/// Adds them to everything that occurs in a request. Responses have none: they are never validated.
pub(super) fn add(model: &mut Model) {
    for endpoint in &mut model.endpoints {
        object(&mut endpoint.request.query);
        object(&mut endpoint.request.body);
    }
    for ty in model.types.iter_mut().filter(|ty| ty.side.request) {
        if let TypeKind::Object(one) = &mut ty.kind {
            object(one);
        }
    }
}

fn object(object: &mut ObjectType) {
    for field in &mut object.fields {
        let implied = of(field);
        field.limits.extend(implied);
        field.limits.sort_by_key(|limit| !limit.enforced);
    }
}

/// What the type implies and nobody wrote.
fn of(field: &Field) -> Vec<Limit> {
    let mut implied = Vec::new();
    value(&field.ty, false, &mut implied);
    let file = matches!(field.ty, TypeRef::Scalar(Scalar::File));
    if (field.required || file) && !field.clears {
        implied.extend(filled(&field.ty));
    }
    if field.filled && !field.clears {
        implied.push(limit(Bound::Min, 1, Unit::Bytes, !matches!(field.ty, TypeRef::Scalar(_))));
    }
    implied.dedup();
    implied.retain(|limit| {
        let written = |other: &Limit| {
            other.enforced && other.bound == limit.bound && other.unit == limit.unit && other.each == limit.each
        };
        !field.limits.iter().any(written)
    });
    implied
}

/// What is required is not empty, and no file ever is.
fn filled(ty: &TypeRef) -> Option<Limit> {
    let unit = match ty {
        TypeRef::Scalar(Scalar::String | Scalar::Base64 | Scalar::File) => Unit::Bytes,
        TypeRef::List(_) | TypeRef::Map(_) => Unit::Items,
        TypeRef::OrText(inner) => return filled(inner).filter(|limit| limit.unit == Unit::Items),
        TypeRef::Scalar(_) | TypeRef::Named(_) => return None,
    };
    Some(limit(Bound::Min, 1, unit, false))
}

fn value(ty: &TypeRef, each: bool, out: &mut Vec<Limit>) {
    match ty {
        // WeChat counts the seconds of a moment in 32 bits without a sign; 0 is what a variable holds that was never set.
        TypeRef::Scalar(Scalar::Timestamp) => {
            out.push(limit(Bound::Max, u32::MAX.into(), Unit::Value, each));
            out.push(limit(Bound::Min, 1, Unit::Value, each));
        }
        TypeRef::List(inner) if **inner == TypeRef::Scalar(Scalar::String) && !each => {
            out.push(limit(Bound::Min, 1, Unit::Bytes, true));
        }
        TypeRef::List(inner) | TypeRef::Map(inner) if !each => value(inner, true, out),
        TypeRef::OrText(inner) => value(inner, each, out),
        TypeRef::Scalar(_) | TypeRef::Named(_) | TypeRef::List(_) | TypeRef::Map(_) => {}
    }
}

fn limit(bound: Bound, value: i64, unit: Unit, each: bool) -> Limit {
    Limit { bound, value, unit, each, enforced: true, implied: true }
}
