//! Which fields of a change send the card back to review.

use proc_macro2::TokenStream;
use quote::quote;

use super::object::Struct;
use super::scope::{Scope, ident};
use super::validate;
use crate::model::{Field, Type, TypeRef, UnionType, VariantContent};

/// The public question, on requests.
pub(super) fn question(scope: &Scope<'_>) -> TokenStream {
    let doc = scope.must_use(vec![
        "The JSON paths of the fields set here whose change sends the card back to review.".to_owned(),
        String::new(),
        "中文：已设置的字段中，修改后会使卡券重新送审者的 JSON 路径。".to_owned(),
    ]);
    quote! {
        #doc
        pub fn review_fields(&self) -> Vec<String> {
            let mut fields = Vec::new();
            self.collect_review(rt::At::root(), &mut fields);
            fields
        }
    }
}

/// The search through a struct.
pub(super) fn of_object(scope: &Scope<'_>, it: &Struct<'_>) -> TokenStream {
    let (always, maybe): (Vec<&Field>, Vec<&Field>) =
        it.object.fields.iter().filter(|field| field.review == Some(true)).partition(|field| field.required);
    let pairs = maybe.iter().map(|field| {
        let (wire, name) = (&field.wire, ident(&field.rust));
        quote!((#wire, self.#name.is_some()))
    });
    let always = always.iter().map(|field| {
        let wire = &field.wire;
        quote!(out.push(at.field(#wire).to_string());)
    });
    let own = (!maybe.is_empty()).then(|| {
        quote! {
            for (name, is_set) in [#(#pairs),*] {
                if is_set { out.push(at.field(name).to_string()); }
            }
        }
    });
    let nested = it.object.fields.iter().filter(|field| field.review != Some(true)).map(|field| inside(scope, field));
    method(quote!(#(#always)* #own #(#nested)*))
}

/// The search through a union.
pub(super) fn of_union(scope: &Scope<'_>, ty: &Type, it: &UnionType) -> TokenStream {
    let arms = it
        .variants
        .iter()
        .filter(|variant| variant.ty().is_some_and(|id| scope.ctx.is_reviewed(id)))
        .map(|variant| {
            let name = ident(&variant.rust);
            let at = match &variant.content {
                VariantContent::Keyed(key, _) => quote!(at.field(#key)),
                _ => quote!(at),
            };
            (quote!(Self::#name(content)), quote!(content.collect_review(#at, out)))
        })
        .collect();
    let method = method(validate::match_variants(arms, it.variants.len()));
    let name = ident(&ty.rust);
    quote!(impl #name { #method })
}

fn method(body: TokenStream) -> TokenStream {
    quote!(pub(crate) fn collect_review(&self, at: rt::At<'_>, out: &mut Vec<String>) { #body })
}

/// The search through one field.
fn inside(scope: &Scope<'_>, field: &Field) -> TokenStream {
    if !field.ty.named().is_some_and(|id| scope.ctx.is_reviewed(id)) {
        return TokenStream::new();
    }
    let (wire, name) = (&field.wire, ident(&field.rust));
    let at = if field.flatten { quote!(at) } else { quote!(at.field(#wire)) };
    let search = |value: TokenStream| match &field.ty {
        TypeRef::List(_) => quote! {
            for (index, item) in #value.iter().enumerate() { item.collect_review(#at.index(index), out); }
        },
        TypeRef::Map(_) => quote!(for (key, item) in #value.iter() { item.collect_review(#at.field(key), out); }),
        TypeRef::OrText(_) => quote!(if let rt::OrText::Value(value) = #value { value.collect_review(#at, out); }),
        _ => quote!(#value.collect_review(#at, out);),
    };
    if field.required {
        return search(quote!(self.#name));
    }
    let inner = search(quote!(value));
    quote!(if let Some(value) = &self.#name { #inner })
}
