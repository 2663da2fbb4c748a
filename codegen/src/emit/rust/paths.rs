//! Expressions that look at a field through objects that may not be set.

use proc_macro2::TokenStream;
use quote::quote;

use super::scope::{Scope, ident};
use super::{literal, ty};
use crate::model::{EnumKind, Field, ObjectType, Scalar, TypeKind, TypeRef, Value, Variant};

/// The fields that a dotted path leads through.
pub(super) type Chain<'a> = Vec<&'a Field>;

/// Follows a path of wire names from an object. The resolver has checked that it exists.
pub(super) fn follow<'a>(scope: &Scope<'a>, object: &'a ObjectType, path: &[String]) -> Chain<'a> {
    let mut chain = Vec::new();
    let mut here = Some(object);
    for name in path {
        let Some(field) = here.and_then(|object| object.fields.iter().find(|field| field.wire == *name)) else {
            return Vec::new();
        };
        chain.push(field);
        here = scope.ctx.object(&field.ty);
    }
    chain
}

/// Goes along a path to its last field, from one object into the next; `through` is the method of `Option` that goes into one
/// that may not be set.
fn along(
    chain: &[&Field],
    base: TokenStream,
    through: &str,
    leaf: &dyn Fn(TokenStream, &Field) -> TokenStream,
) -> TokenStream {
    match chain {
        [] => leaf_of_nothing(through),
        [field] => leaf(base, field),
        [field, rest @ ..] => {
            let name = ident(&field.ident);
            if field.required {
                return along(rest, quote!(#base.#name), through, leaf);
            }
            let (inner, through) = (along(rest, quote!(#name), through, leaf), ident(through));
            quote!(#base.#name.as_ref().#through(|#name| #inner))
        }
    }
}

/// What a path to nothing says: it is not set.
fn leaf_of_nothing(through: &str) -> TokenStream {
    match through {
        "and_then" => quote!(None),
        "is_none_or" => quote!(true),
        _ => quote!(false),
    }
}

/// Tests the last field of a path; what is not set fails.
fn test(chain: &[&Field], leaf: &dyn Fn(TokenStream, &Field) -> TokenStream) -> TokenStream {
    along(chain, quote!(self), "is_some_and", leaf)
}

/// Whether the field is given, which is more than set: not to `false` and not to something empty. A `bool`.
pub(super) fn is_given(chain: &[&Field]) -> TokenStream {
    let Some(needed) = needed(chain, speaks) else { return quote!(true) };
    test(&chain[..needed], &|base, field| {
        let name = ident(&field.ident);
        match (&field.ty, field.required) {
            (TypeRef::Scalar(Scalar::Bool), true) => quote!(#base.#name),
            (TypeRef::Scalar(Scalar::Bool), false) => quote!(#base.#name == Some(true)),
            _ => there(base, field),
        }
    })
}

/// Whether the field is set, and not to something empty: a `bool`.
pub(super) fn is_set(chain: &[&Field]) -> TokenStream {
    let needed = needed(chain, |field| can_be_empty(&field.ty));
    needed.map_or(quote!(true), |needed| test(&chain[..needed], &there))
}

/// Whether one field is set, and not to something empty.
fn there(base: TokenStream, field: &Field) -> TokenStream {
    let name = ident(&field.ident);
    match (can_be_empty(&field.ty), field.required) {
        (true, true) => quote!(!#base.#name.is_empty()),
        (true, false) => quote!(#base.#name.as_ref().is_some_and(|it| !it.is_empty())),
        _ => quote!(#base.#name.is_some()),
    }
}

/// Whether the field is not set, or to something empty, or an object around it is not: a `bool`.
pub(super) fn is_not_set(chain: &[&Field]) -> TokenStream {
    let needed = needed(chain, |field| can_be_empty(&field.ty)).unwrap_or_default();
    if needed == 0 {
        return quote!(false);
    }
    along(&chain[..needed], quote!(self), "is_none_or", &|base, field| {
        let name = ident(&field.ident);
        match (can_be_empty(&field.ty), field.required) {
            (true, true) => quote!(#base.#name.is_empty()),
            (true, false) => quote!(#base.#name.as_ref().is_none_or(|it| it.is_empty())),
            _ => quote!(#base.#name.is_none()),
        }
    })
}

/// How far a path has to be followed: what is required is set as soon as the objects around it are, unless its value
/// may say that it is not. None when there is nothing to ask.
fn needed(chain: &[&Field], asked: impl Fn(&Field) -> bool) -> Option<usize> {
    if chain.last().is_some_and(|field| asked(field)) {
        return Some(chain.len());
    }
    chain.iter().rposition(|field| !field.required).map(|last| last + 1)
}

/// Whether a value may be as good as none.
fn speaks(field: &Field) -> bool {
    field.ty == TypeRef::Scalar(Scalar::Bool) || can_be_empty(&field.ty)
}

fn can_be_empty(ty: &TypeRef) -> bool {
    matches!(ty, TypeRef::List(_) | TypeRef::Map(_)) || ty::is_text(ty)
}

/// Whether the field is set to one of these values: a `bool`.
pub(super) fn holds(scope: &Scope<'_>, chain: &[&Field], values: &[Value]) -> TokenStream {
    test(chain, &|base, field| match values {
        [one] => compares(scope, base, field, one, true),
        several => one_of(scope, base, field, several),
    })
}

/// Whether one field is set to one of these values: a `bool`.
fn one_of(scope: &Scope<'_>, base: TokenStream, field: &Field, values: &[Value]) -> TokenStream {
    let name = ident(&field.ident);
    let patterns = values.iter().map(|value| constant(scope, &field.ty, value));
    let patterns = quote!(#(#patterns)|*);
    match (ty::is_text(&field.ty), field.required) {
        (true, true) => quote!(matches!(#base.#name.as_str(), #patterns)),
        (true, false) => quote!(matches!(#base.#name.as_deref(), Some(#patterns))),
        (false, true) => quote!(matches!(#base.#name, #patterns)),
        (false, false) => quote!(matches!(#base.#name, Some(#patterns))),
    }
}

/// Whether the union at the end of the path is one of the variants with these tags: a `bool`.
pub(super) fn holds_variant(scope: &Scope<'_>, chain: &[&Field], values: &[Value]) -> TokenStream {
    test(chain, &|base, field| {
        let name = ident(&field.ident);
        let TypeRef::Named(id) = field.ty else { return quote!(false) };
        let TypeKind::Union(union) = &scope.ctx.ty(id).kind else { return quote!(false) };
        let rust = scope.name(id);
        let meant = |variant: &&Variant| values.iter().any(|value| value == variant.value.as_str());
        let patterns = union.variants.iter().filter(meant).map(|variant| {
            let variant_name = ident(&variant.ident);
            let content = variant.ty().map(|_| quote!((_)));
            let pattern = quote!(#rust::#variant_name #content);
            if field.required { pattern } else { quote!(Some(#pattern)) }
        });
        quote!(matches!(&#base.#name, #(#patterns)|*))
    })
}

/// Whether the field is set to none of these values: a `bool`.
pub(super) fn differs(scope: &Scope<'_>, chain: &[&Field], values: &[Value]) -> TokenStream {
    along(chain, quote!(self), "is_none_or", &|base, field| match values {
        [one] => compares(scope, base, field, one, false),
        several => {
            let one = one_of(scope, base, field, several);
            quote!(!#one)
        }
    })
}

/// The field as an `Option` of a borrowed value, in which texts are `&str`.
pub(super) fn borrowed(chain: &[&Field], base: TokenStream) -> TokenStream {
    along(chain, base, "and_then", &|base, field| {
        let name = ident(&field.ident);
        match (field.required, ty::is_text(&field.ty)) {
            (false, true) => quote!(#base.#name.as_deref()),
            (false, false) => quote!(#base.#name.as_ref()),
            (true, true) => quote!(Some(#base.#name.as_str())),
            (true, false) => quote!(Some(&#base.#name)),
        }
    })
}

/// Whether one field is set to this value, or is not.
fn compares(scope: &Scope<'_>, base: TokenStream, field: &Field, value: &Value, equal: bool) -> TokenStream {
    let name = ident(&field.ident);
    let sign = if equal { quote!(==) } else { quote!(!=) };
    match (&field.ty, value) {
        (TypeRef::Scalar(_), Value::Bool(value)) if field.required => {
            if *value == equal {
                quote!(#base.#name)
            } else {
                quote!(!#base.#name)
            }
        }
        (ty, Value::String(text)) if ty::is_text(ty) => {
            if field.required {
                quote!(#base.#name #sign #text)
            } else {
                quote!(#base.#name.as_deref() #sign Some(#text))
            }
        }
        _ => {
            let value = constant(scope, &field.ty, value);
            if field.required { quote!(#base.#name #sign #value) } else { quote!(#base.#name #sign Some(#value)) }
        }
    }
}

/// A value as Rust, for comparing.
fn constant(scope: &Scope<'_>, ty: &TypeRef, value: &Value) -> TokenStream {
    if let TypeRef::Named(id) = ty
        && let TypeKind::Enum(it) = &scope.ctx.ty(*id).kind
    {
        let wire = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        let name = scope.name(*id);
        if let Some(known) = it.values.iter().find(|known| known.wire == wire) {
            let variant = ident(&known.ident);
            return quote!(#name::#variant);
        }
        let wire = if it.kind == EnumKind::Int { literal::number(value) } else { quote!(#wire) };
        return quote!(#name::from(#wire));
    }
    literal::scalar(value)
}
