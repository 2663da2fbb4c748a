//! Expressions that look at a field through objects that may not be set.

use proc_macro2::TokenStream;
use quote::quote;

use super::scope::{Scope, ident};
use super::{literal, ty};
use crate::model::{EnumKind, Field, ObjectType, TypeKind, TypeRef, Value};

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

/// Whether the field is set: a `bool`.
pub(super) fn is_set(chain: &[&Field]) -> TokenStream {
    // What is required is set as soon as the objects around it are.
    let needed = chain.iter().rposition(|field| !field.required).map_or(0, |last| last + 1);
    if needed == 0 {
        return quote!(true);
    }
    test(&chain[..needed], quote!(self), &|base, field| {
        let name = ident(&field.rust);
        quote!(#base.#name.is_some())
    })
}

/// Whether the field is not set, or an object around it: a `bool`.
pub(super) fn is_not_set(chain: &[&Field]) -> TokenStream {
    let needed = chain.iter().rposition(|field| !field.required).map_or(0, |last| last + 1);
    absent(&chain[..needed], quote!(self))
}

fn absent(chain: &[&Field], base: TokenStream) -> TokenStream {
    let Some((field, rest)) = chain.split_first() else {
        return quote!(false);
    };
    let name = ident(&field.rust);
    if rest.is_empty() {
        quote!(#base.#name.is_none())
    } else if field.required {
        absent(rest, quote!(#base.#name))
    } else {
        let inner = absent(rest, quote!(#name));
        quote!(#base.#name.as_ref().is_none_or(|#name| #inner))
    }
}

/// Whether the field is set to this value: a `bool`.
pub(super) fn holds(scope: &Scope<'_>, chain: &[&Field], value: &Value) -> TokenStream {
    test(chain, quote!(self), &|base, field| compares(scope, base, field, value, true))
}

/// Whether the field is not set to this value: a `bool`.
pub(super) fn differs(scope: &Scope<'_>, chain: &[&Field], value: &Value) -> TokenStream {
    differs_from(scope, chain, quote!(self), value)
}

fn differs_from(scope: &Scope<'_>, chain: &[&Field], base: TokenStream, value: &Value) -> TokenStream {
    let Some((field, rest)) = chain.split_first() else {
        return quote!(true);
    };
    let name = ident(&field.rust);
    if rest.is_empty() {
        compares(scope, base, field, value, false)
    } else if field.required {
        differs_from(scope, rest, quote!(#base.#name), value)
    } else {
        let inner = differs_from(scope, rest, quote!(#name), value);
        quote!(#base.#name.as_ref().is_none_or(|#name| #inner))
    }
}

/// The field as an `Option` of a borrowed value, in which texts are `&str`.
pub(super) fn borrowed(chain: &[&Field], base: TokenStream) -> TokenStream {
    let Some((field, rest)) = chain.split_first() else {
        return quote!(None);
    };
    let name = ident(&field.rust);
    if rest.is_empty() {
        return match (field.required, ty::is_text(&field.ty)) {
            (false, true) => quote!(#base.#name.as_deref()),
            (false, false) => quote!(#base.#name.as_ref()),
            (true, true) => quote!(Some(#base.#name.as_str())),
            (true, false) => quote!(Some(&#base.#name)),
        };
    }
    if field.required {
        return borrowed(rest, quote!(#base.#name));
    }
    let inner = borrowed(rest, quote!(#name));
    quote!(#base.#name.as_ref().and_then(|#name| #inner))
}

/// Tests the last field of a path; what is not set fails.
fn test(chain: &[&Field], base: TokenStream, leaf: &dyn Fn(TokenStream, &Field) -> TokenStream) -> TokenStream {
    let Some((field, rest)) = chain.split_first() else {
        return quote!(false);
    };
    let name = ident(&field.rust);
    if rest.is_empty() {
        leaf(base, field)
    } else if field.required {
        test(rest, quote!(#base.#name), leaf)
    } else {
        let inner = test(rest, quote!(#name), leaf);
        quote!(#base.#name.as_ref().is_some_and(|#name| #inner))
    }
}

/// Whether one field is set to this value, or is not.
fn compares(scope: &Scope<'_>, base: TokenStream, field: &Field, value: &Value, equal: bool) -> TokenStream {
    let name = ident(&field.rust);
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
            let variant = ident(&known.rust);
            return quote!(#name::#variant);
        }
        let wire = if it.kind == EnumKind::Int { literal::number(value) } else { quote!(#wire) };
        return quote!(#name::from(#wire));
    }
    literal::scalar(value)
}
