//! The checks before sending: straight code, only what the spec enforces.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use super::object::Struct;
use super::scope::{Scope, ident};
use super::{literal, rules, ty};
use crate::model::{Bound, Field, Limit, Scalar, Type, TypeRef, UnionType, Unit, VariantContent};

/// The checks of a struct. A request has them even when there is nothing to check, because every endpoint is checked.
pub(super) fn object(scope: &Scope<'_>, it: &Struct<'_>) -> TokenStream {
    let fields = it.object.fields.iter().map(|one| field(scope, one));
    let rules = it.object.rules.iter().map(|rule| rules::check(scope, it.object, rule));
    let body: TokenStream = fields.chain(rules).collect();
    implement(&ident(it.ident), body)
}

/// The checks of a union: those of the variant at hand.
pub(super) fn union(scope: &Scope<'_>, ty: &Type, it: &UnionType) -> TokenStream {
    let arms = it
        .variants
        .iter()
        .filter(|variant| variant.ty().is_some_and(|id| scope.ctx.is_checked(id)))
        .map(|variant| {
            let name = ident(&variant.ident);
            let at = match &variant.content {
                VariantContent::Keyed(key, _) => quote!(at.field(#key)),
                _ => quote!(at),
            };
            (quote!(Self::#name(content)), quote!(content.check(#at, out)))
        })
        .collect();
    implement(&ident(&ty.ident), match_variants(arms, it.variants.len()))
}

/// Looks at some of the variants of a union.
pub(super) fn match_variants(arms: Vec<(TokenStream, TokenStream)>, variants: usize) -> TokenStream {
    match &arms[..] {
        [] => TokenStream::new(),
        [(pattern, action)] => quote!(if let #pattern = self { #action; }),
        arms => {
            let rest = if arms.len() == variants { quote!(Self::Unknown(_)) } else { quote!(_) };
            let arms = arms.iter().map(|(pattern, action)| quote!(#pattern => #action,));
            quote!(match self { #(#arms)* #rest => {} })
        }
    }
}

fn implement(name: &Ident, body: TokenStream) -> TokenStream {
    let (at, out) = if body.is_empty() { ("_at", "_out") } else { ("at", "out") };
    let (at, out) = (format_ident!("{at}"), format_ident!("{out}"));
    quote! {
        impl rt::Validate for #name {
            fn check(&self, #at: rt::At<'_>, #out: &mut rt::Violations) { #body }
        }
    }
}

/// What is checked of one field.
fn field(scope: &Scope<'_>, field: &Field) -> TokenStream {
    let name = ident(&field.ident);
    let wire = &field.wire;
    let at = if field.flatten { quote!(at) } else { quote!(at.field(#wire)) };
    let limits: Vec<&Limit> = field.limits.iter().filter(|limit| limit.enforced).collect();
    let checks = |value: Value| value_checks(scope, &field.ty, &limits, &at, &value);
    if field.required {
        return checks(Value { place: quote!(self.#name), reference: quote!(&self.#name) });
    }
    // A list that may be a text is taken out of both wrappings at once.
    if let TypeRef::OrText(inner) = &field.ty {
        let value = binding(inner);
        let inner = value_checks(scope, inner, &limits, &at, &item(inner, &value));
        return guarded(&quote!(Some(rt::OrText::Value(#value))), &quote!(&self.#name), inner);
    }
    let value = binding(&field.ty);
    let inner = checks(item(&field.ty, &value));
    guarded(&quote!(Some(#value)), &quote!(&self.#name), inner)
}

/// Checks of what a pattern takes out of a value.
fn guarded(pattern: &TokenStream, value: &TokenStream, checks: TokenStream) -> TokenStream {
    if checks.is_empty() { checks } else { quote!(if let #pattern = #value { #checks }) }
}

/// What the value of a field is called: a list is a list.
fn binding(ty: &TypeRef) -> Ident {
    format_ident!("{}", if ty.is_list() { "list" } else { "value" })
}

/// The two ways in which checks look at a value.
struct Value {
    /// The value in its place, for copies and methods.
    place: TokenStream,
    /// A reference to it.
    reference: TokenStream,
}

fn value_checks(scope: &Scope<'_>, ty: &TypeRef, limits: &[&Limit], at: &TokenStream, value: &Value) -> TokenStream {
    let (own, each): (Vec<&Limit>, Vec<&Limit>) = limits.iter().partition(|limit| !limit.each);
    let (mut checks, own) = match ty {
        TypeRef::Scalar(Scalar::String | Scalar::Base64) => text_check(&own, at, value),
        _ => (TokenStream::new(), own),
    };
    checks.extend(own.into_iter().map(|limit| limit_check(limit, ty, at, value)));
    let each: Vec<Limit> = each.into_iter().map(|limit| Limit { each: false, ..limit.clone() }).collect();
    let each: Vec<&Limit> = each.iter().collect();
    checks.extend(inner_checks(scope, ty, limits, &each, at, value));
    checks
}

/// One look at a text that must say something, for that and its length, and the limits that are left.
fn text_check<'l>(limits: &[&'l Limit], at: &TokenStream, value: &Value) -> (TokenStream, Vec<&'l Limit>) {
    let fills = |limit: &&Limit| limit.unit == Unit::Bytes && limit.bound == Bound::Min && limit.value == 1;
    let within = |limit: &&Limit| limit.unit == Unit::Bytes && limit.bound == Bound::Max;
    if !limits.iter().any(fills) {
        return (TokenStream::new(), limits.to_vec());
    }
    let reference = &value.reference;
    let check = match limits.iter().copied().filter(within).min_by_key(|limit| limit.value) {
        Some(most) => {
            let most = literal::integer(most.value);
            quote!(out.filled_within(#at, #reference, #most);)
        }
        None => quote!(out.filled(#at, #reference);),
    };
    (check, limits.iter().copied().filter(|limit| !fills(limit) && !within(limit)).collect())
}

/// What is checked inside a value.
fn inner_checks(
    scope: &Scope<'_>,
    ty: &TypeRef,
    limits: &[&Limit],
    each: &[&Limit],
    at: &TokenStream,
    value: &Value,
) -> TokenStream {
    let Value { place, reference } = value;
    match ty {
        TypeRef::Scalar(Scalar::Date) => quote!(out.date(#at, #reference);),
        TypeRef::Scalar(Scalar::File) => quote!(out.file(#at, #reference);),
        TypeRef::Scalar(Scalar::DateNumber) => quote!(out.date_number(#at, #place);),
        TypeRef::Scalar(_) => TokenStream::new(),
        TypeRef::Named(id) if scope.ctx.is_checked(*id) => quote!(#place.check(#at, out);),
        TypeRef::Named(_) => TokenStream::new(),
        TypeRef::List(inner) => {
            let item = item(inner, &format_ident!("item"));
            let body = value_checks(scope, inner, each, &quote!(#at.index(index)), &item);
            loop_over(&body, &quote!((index, item)), &quote!(#place.iter().enumerate()))
        }
        TypeRef::Map(inner) => {
            let item = item(inner, &format_ident!("item"));
            let body = value_checks(scope, inner, each, &quote!(#at.field(key)), &item);
            loop_over(&body, &quote!((key, item)), reference)
        }
        TypeRef::OrText(inner) => {
            let name = binding(inner);
            let body = value_checks(scope, inner, limits, at, &item(inner, &name));
            guarded(&quote!(rt::OrText::Value(#name)), reference, body)
        }
    }
}

/// A value behind a reference of this name.
fn item(ty: &TypeRef, name: &Ident) -> Value {
    let place = if ty::is_copy(ty) { quote!(*#name) } else { quote!(#name) };
    Value { place, reference: quote!(#name) }
}

fn loop_over(body: &TokenStream, pattern: &TokenStream, iterator: &TokenStream) -> TokenStream {
    if body.is_empty() { TokenStream::new() } else { quote!(for #pattern in #iterator { #body }) }
}

fn limit_check(limit: &Limit, ty: &TypeRef, at: &TokenStream, value: &Value) -> TokenStream {
    // The limits of a list that may be a text are checked on the list.
    if matches!(ty, TypeRef::OrText(_)) {
        return TokenStream::new();
    }
    let Value { place, reference } = value;
    let number = literal::integer(limit.value);
    let prefix = match limit.bound {
        Bound::Max => "max",
        Bound::Min => "min",
    };
    match limit.unit {
        Unit::Bytes if matches!(ty, TypeRef::Scalar(Scalar::File)) => {
            let method = format_ident!("{prefix}_file_bytes");
            quote!(out.#method(#at, #place.len(), #number);)
        }
        Unit::Bytes | Unit::Chars => {
            let method = format_ident!("{prefix}_{}", limit.unit.name());
            quote!(out.#method(#at, #reference, #number);)
        }
        Unit::Items => {
            let method = format_ident!("{prefix}_items");
            quote!(out.#method(#at, #place.len(), #number);)
        }
        Unit::Value if limit.bound == Bound::Max && matches!(ty, TypeRef::Scalar(Scalar::Timestamp)) => {
            quote!(out.max_timestamp(#at, #place, #number);)
        }
        Unit::Value => {
            let method = format_ident!("{prefix}_value");
            quote!(out.#method(#at, #place, #number);)
        }
    }
}
