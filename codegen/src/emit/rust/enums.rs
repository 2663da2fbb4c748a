//! Open enumerations: one table for each direction, and an unknown value survives.

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, quote};

use super::scope::{Scope, ident};
use super::{describe, docs_of, literal};
use crate::model::{EnumKind, EnumType, ResponseForm, Type};

/// The enumeration with all it can do.
pub(super) fn emit(scope: &Scope<'_>, ty: &Type, it: &EnumType, doc: Vec<String>) -> TokenStream {
    let name = ident(&ty.ident);
    let mut attributes = docs_of::type_alias(ty);
    attributes.extend(["#[derive(Clone, Debug, PartialEq, Eq, Hash)]", "#[non_exhaustive]"].map(str::to_owned));
    let doc = scope.above(doc, attributes);
    let variants = it.values.iter().map(|value| {
        let doc = scope.doc(docs_of::enum_variant(value));
        let variant = ident(&value.ident);
        quote!(#doc #variant)
    });
    let unknown_doc = scope.doc(vec!["A value that this version of the crate does not know.".to_owned()]);
    let inner = match it.kind {
        EnumKind::String => quote!(String),
        EnumKind::Int => quote!(i64),
    };
    let conversions = conversions(scope, &name, it);
    let form = it.response_form.as_ref().map(|form| response_form(scope, &name, it, form));
    let checks = it.checked.then(|| checks(&name, it));
    quote! {
        #doc
        pub enum #name {
            #(#variants,)*
            #unknown_doc
            Unknown(rt::Unknown<#inner>),
        }
        #conversions
        #form
        #checks
    }
}

/// The two ways between the values and what responses give in their place.
fn response_form(scope: &Scope<'_>, name: &Ident, it: &EnumType, form: &ResponseForm) -> TokenStream {
    let known = || it.values.iter().filter_map(|value| Some((ident(&value.ident), value.response.as_deref()?)));
    let arms = known().map(|(variant, response)| quote!(Self::#variant => Some(#response),));
    let back = known().map(|(variant, response)| {
        let response = response.to_ascii_lowercase();
        quote!(#response => Some(Self::#variant),)
    });
    let (to, from) = (ident(&form.name), ident(&format!("from_{}", form.name)));
    let to_doc = scope.must_use(docs_of::response_form(form));
    let from_doc = scope.must_use(vec![format!(
        "The value for which responses give this; capital letters make no difference. The way back from [`{to}`](Self::{to})."
    )]);
    quote! {
        impl #name {
            #to_doc
            pub fn #to(&self) -> Option<&'static str> {
                match self { #(#arms)* _ => None }
            }
            #from_doc
            pub fn #from(#to: &str) -> Option<Self> {
                match #to.to_ascii_lowercase().as_str() { #(#back)* _ => None }
            }
        }
    }
}

/// What is documented is fine; of anything else no more is known than that it is a text, and not one of a response.
fn checks(name: &Ident, it: &EnumType) -> TokenStream {
    let body = match &it.response_form {
        Some(form) => {
            let from = ident(&format!("from_{}", form.name));
            // clippy wants a letter where the text is one.
            let mut letters = form.begins.chars();
            let begins = match (letters.next(), letters.next()) {
                (Some(letter), None) => quote!(#letter),
                _ => form.begins.to_token_stream(),
            };
            quote! {
                let value = value.get();
                if value.starts_with(#begins) {
                    let instead = Self::#from(value);
                    out.response_form(at, value, instead.as_ref().map(Self::as_str));
                } else {
                    out.filled(at, value);
                }
            }
        }
        None => quote!(out.filled(at, value.get());),
    };
    quote! {
        impl rt::Validate for #name {
            fn check(&self, at: rt::At<'_>, out: &mut rt::Violations) {
                if let Self::Unknown(value) = self { #body }
            }
        }
    }
}

/// The ways between the values and what stands for them in JSON.
fn conversions(scope: &Scope<'_>, name: &Ident, it: &EnumType) -> TokenStream {
    let doc = scope.must_use(vec!["The value as it is sent.".to_owned()]);
    let text = it.kind == EnumKind::String;
    let wire = |value: &str| {
        if text { value.to_token_stream() } else { literal::integer(value.parse().unwrap_or_default()) }
    };
    let variants: Vec<Ident> = it.values.iter().map(|value| ident(&value.ident)).collect();
    let wires = it.values.iter().map(|value| wire(&value.wire));
    let patterns = it.values.iter().map(|value| {
        // Where numbers are read, a text among them is read by the reader itself.
        let also = value.also.iter().filter(|also| text || also.parse::<i64>().is_ok());
        let all = std::iter::once(&value.wire).chain(also).map(|value| wire(value));
        quote!(#(#all)|*)
    });
    let (method, get, inner) = match it.kind {
        EnumKind::String => (quote!(as_str(&self) -> &str), quote!(value.get()), quote!(&str)),
        EnumKind::Int => (quote!(as_i64(&self) -> i64), quote!(*value.get()), quote!(i64)),
    };
    let unknown = if text { quote!(unknown.to_owned()) } else { quote!(unknown) };
    let owned = text
        .then(|| quote!(impl From<String> for #name { fn from(value: String) -> Self { Self::from(value.as_str()) } }));
    let show = if text { quote!(f.write_str(self.as_str())) } else { quote!(self.as_i64().fmt(f)) };
    let described = if text { describe::text_enum } else { describe::integer_enum };
    let description = scope.written(described(&name.to_string()));
    quote! {
        impl #name {
            #doc
            pub fn #method {
                match self { #(Self::#variants => #wires,)* Self::Unknown(value) => #get }
            }
        }
        impl From<#inner> for #name {
            fn from(value: #inner) -> Self {
                match value {
                    #(#patterns => Self::#variants,)*
                    unknown => Self::Unknown(rt::private::unknown(#unknown)),
                }
            }
        }
        #owned
        impl std::fmt::Display for #name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result { #show }
        }
        #description
    }
}
