//! How types of the model are written in Rust: as types, as attributes and as arguments.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::scope::Scope;
use crate::model::{Field, Scalar, Side, TypeId, TypeKind, TypeRef};

/// The Rust type of a scalar.
pub(super) fn scalar(scalar: Scalar) -> TokenStream {
    match scalar {
        Scalar::String | Scalar::Date | Scalar::Base64 => quote!(String),
        Scalar::Bool => quote!(bool),
        Scalar::Int | Scalar::Int64 => quote!(i64),
        Scalar::Uint | Scalar::Uint64 | Scalar::Timestamp => quote!(u64),
        Scalar::Int32 => quote!(i32),
        Scalar::Uint32 | Scalar::DateNumber => quote!(u32),
        Scalar::Json => quote!(rt::Json),
        Scalar::File => quote!(rt::File),
    }
}

/// Whether values are copied rather than borrowed.
pub(super) fn is_copy(ty: &TypeRef) -> bool {
    matches!(ty, TypeRef::Scalar(scalar) if scalar.is_number() || *scalar == Scalar::Bool)
}

/// Whether the type is a Rust `String`.
pub(super) fn is_text(ty: &TypeRef) -> bool {
    matches!(ty, TypeRef::Scalar(scalar) if scalar.is_text())
}

/// The Rust type of a value.
pub(super) fn base(scope: &Scope<'_>, ty: &TypeRef) -> TokenStream {
    match ty {
        TypeRef::Scalar(inner) => scalar(*inner),
        TypeRef::Named(id) => scope.name(*id),
        TypeRef::List(inner) => {
            let inner = base(scope, inner);
            quote!(Vec<#inner>)
        }
        TypeRef::Map(inner) => {
            let inner = base(scope, inner);
            quote!(std::collections::BTreeMap<String, #inner>)
        }
        TypeRef::OrText(inner) => {
            let inner = base(scope, inner);
            quote!(rt::OrText<#inner>)
        }
    }
}

/// The Rust type of a field, inside the given owner.
pub(super) fn field(scope: &Scope<'_>, owner: Option<TypeId>, side: Side, field: &Field) -> TokenStream {
    let ty = base(scope, &field.ty);
    if !field.may_be_absent(side) {
        return ty;
    }
    if scope.ctx.boxed(owner, &field.ty) { quote!(Option<Box<#ty>>) } else { quote!(Option<#ty>) }
}

/// A parameter of a constructor or setter, in the form that is most pleasant to call.
pub(super) struct Argument {
    /// Its type.
    pub(super) ty: TokenStream,
    /// The value made of it.
    pub(super) value: TokenStream,
}

/// How a value of this type is handed over.
pub(super) fn argument(scope: &Scope<'_>, ty: &TypeRef, name: &Ident) -> Argument {
    let (param, value) = match ty {
        TypeRef::List(inner) => {
            let item = item(scope, inner);
            let value = if takes_into(scope, inner) {
                quote!(#name.into_iter().map(Into::into).collect())
            } else {
                quote!(#name.into_iter().collect())
            };
            (quote!(impl IntoIterator<Item = #item>), value)
        }
        TypeRef::Map(inner) => {
            let item = item(scope, inner);
            let value = if takes_into(scope, inner) { quote!(value.into()) } else { quote!(value) };
            (
                quote!(impl IntoIterator<Item = (impl Into<String>, #item)>),
                quote!(#name.into_iter().map(|(key, value)| (key.into(), #value)).collect()),
            )
        }
        TypeRef::Scalar(Scalar::Date) => (quote!(impl Into<rt::Date>), quote!(#name.into().into_text())),
        TypeRef::Scalar(Scalar::DateNumber) => (quote!(impl Into<rt::Date>), quote!(#name.into().into_number())),
        TypeRef::Scalar(Scalar::Timestamp) => (quote!(impl Into<rt::Timestamp>), quote!(#name.into().seconds())),
        _ if takes_into(scope, ty) => (item(scope, ty), quote!(#name.into())),
        _ => (base(scope, ty), quote!(#name)),
    };
    Argument { ty: param, value }
}

/// One value as a parameter.
fn item(scope: &Scope<'_>, ty: &TypeRef) -> TokenStream {
    let base = base(scope, ty);
    if takes_into(scope, ty) { quote!(impl Into<#base>) } else { base }
}

/// Whether a parameter of this type is better taken as `impl Into`: texts, enumerations, unions, and lists that may
/// be texts.
pub(super) fn takes_into(scope: &Scope<'_>, ty: &TypeRef) -> bool {
    match ty {
        TypeRef::Scalar(scalar) => scalar.is_text() || *scalar == Scalar::Json,
        TypeRef::Named(id) => !matches!(scope.ctx.ty(*id).kind, TypeKind::Object(_)),
        TypeRef::OrText(_) => true,
        TypeRef::List(_) | TypeRef::Map(_) => false,
    }
}
