//! Tagged unions.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::scope::{Scope, ident};
use super::{docs_of, literal};
use crate::model::{Type, TypeId, UnionType, Value, Variant, VariantContent};

/// Why the variants of a union may differ in size.
const LARGE: &str =
    "#[allow(clippy::large_enum_variant, reason = \"a value is made once and sent; a Box would be in the way\")]";

/// The union with all it can do.
pub(super) fn emit(scope: &Scope<'_>, id: TypeId, ty: &Type, it: &UnionType, doc: Vec<String>) -> TokenStream {
    let name = ident(&ty.rust);
    let mut attributes = vec!["#[derive(Clone, Debug, PartialEq)]".to_owned(), "#[non_exhaustive]".to_owned()];
    if scope.ctx.has_large_variant(it) {
        attributes.push(LARGE.to_owned());
    }
    let doc = scope.above(doc, attributes);
    let variants = it.variants.iter().map(|variant| {
        let doc = scope.doc(docs_of::union_variant(variant));
        let name = ident(&variant.rust);
        let content = content_type(scope, id, variant).map(|content| quote!((#content)));
        quote!(#doc #name #content)
    });
    let unknown_doc =
        scope.doc(vec!["A variant that this version of the crate does not know; it is kept as it came.".to_owned()]);
    let conversions = ty.side.request.then(|| from_contents(scope, id, &name, it));
    let serialize = serialize(&name, it);
    let deserialize = deserialize(scope, id, &name, it);
    quote! {
        #doc
        pub enum #name {
            #(#variants,)*
            #unknown_doc
            Unknown(rt::UnknownVariant),
        }
        #conversions
        #serialize
        #deserialize
    }
}

fn content_type(scope: &Scope<'_>, owner: TypeId, variant: &Variant) -> Option<TokenStream> {
    let id = variant.ty()?;
    let name = scope.name(id);
    Some(if is_boxed(scope, owner, id) { quote!(Box<#name>) } else { name })
}

fn is_boxed(scope: &Scope<'_>, owner: TypeId, id: TypeId) -> bool {
    scope.ctx.boxed(Some(owner), &crate::model::TypeRef::Named(id))
}

/// `From` for each content that tells its variant.
fn from_contents(scope: &Scope<'_>, owner: TypeId, name: &Ident, it: &UnionType) -> TokenStream {
    it.variants
        .iter()
        .filter_map(|variant| {
            let id = variant.ty().filter(|id| scope.ctx.has_unique_content(it, *id))?;
            let content = scope.name(id);
            let variant = ident(&variant.rust);
            let value = if is_boxed(scope, owner, id) { quote!(Box::new(content)) } else { quote!(content) };
            Some(quote! {
                impl From<#content> for #name {
                    fn from(content: #content) -> Self { Self::#variant(#value) }
                }
            })
        })
        .collect()
}

fn serialize(name: &Ident, it: &UnionType) -> TokenStream {
    let tag = &it.tag;
    let arms = it.variants.iter().map(|variant| {
        let name = ident(&variant.rust);
        let value = &variant.value;
        match &variant.content {
            VariantContent::Unit => quote!(Self::#name => rt::union::inline(serializer, (#tag, #value), &())),
            VariantContent::Inline(_) => {
                quote!(Self::#name(content) => rt::union::inline(serializer, (#tag, #value), content))
            }
            VariantContent::Keyed(key, _) => {
                let tag = if it.tagged { quote!(Some((#tag, #value))) } else { quote!(None) };
                quote!(Self::#name(content) => rt::union::keyed(serializer, #tag, #key, content))
            }
        }
    });
    quote! {
        impl Serialize for #name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                match self {
                    #(#arms,)*
                    Self::Unknown(unknown) => unknown.serialize(serializer),
                }
            }
        }
    }
}

fn deserialize(scope: &Scope<'_>, owner: TypeId, name: &Ident, it: &UnionType) -> TokenStream {
    let body = if it.tagged { by_tag(scope, owner, it) } else { by_key(scope, owner, it) };
    if scope.ctx.is_flattened_optionally(owner) {
        return deserialize_optional(scope, name, it, &body);
    }
    quote! {
        impl<'de> Deserialize<'de> for #name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let raw = rt::union::Raw::read(deserializer)?;
                #body
            }
        }
    }
}

/// A union that may be missing where it is flattened: serde would take one with a fault inside for a missing one.
fn deserialize_optional(scope: &Scope<'_>, name: &Ident, it: &UnionType, body: &TokenStream) -> TokenStream {
    let tag = &it.tag;
    let keys = it.variants.iter().filter_map(|variant| match &variant.content {
        VariantContent::Keyed(key, _) => Some(key),
        _ => None,
    });
    let is_there = if it.tagged { quote!(raw.has(#tag)) } else { quote!(#(raw.has(#keys))||*) };
    let doc = scope.doc(vec!["Reads the union where nothing but its keys tells whether it is there.".to_owned()]);
    quote! {
        impl #name {
            fn from_raw<E: serde::de::Error>(raw: rt::union::Raw) -> Result<Self, E> { #body }
            #doc
            pub(crate) fn optional<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Option<Self>, D::Error> {
                let raw = rt::union::Raw::read(deserializer)?;
                if #is_there { Self::from_raw(raw).map(Some) } else { Ok(None) }
            }
        }
        impl<'de> Deserialize<'de> for #name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                Self::from_raw(rt::union::Raw::read(deserializer)?)
            }
        }
    }
}

fn by_tag(scope: &Scope<'_>, owner: TypeId, it: &UnionType) -> TokenStream {
    let tag = &it.tag;
    let arms = it.variants.iter().map(|variant| {
        let value = &variant.value;
        let guard = guard(variant);
        let read = read(scope, owner, variant);
        quote!(Some(#value) #guard => #read)
    });
    quote! {
        match raw.tag(#tag) {
            #(#arms,)*
            Some(_) => Ok(Self::Unknown(raw.unknown(#tag))),
            None => Err(raw.missing(#tag)),
        }
    }
}

/// What tells a variant apart from a later one with the same tag value.
fn guard(variant: &Variant) -> Option<TokenStream> {
    let inside = match &variant.content {
        VariantContent::Keyed(key, _) => format!("{key}."),
        _ => String::new(),
    };
    let conditions: Vec<TokenStream> =
        variant.when.iter().map(|(path, value)| holds(&format!("{inside}{path}"), value)).collect();
    (!conditions.is_empty()).then(|| quote!(if #(#conditions)&&*))
}

fn holds(path: &str, value: &Value) -> TokenStream {
    let value = literal::scalar(value);
    quote!(raw.holds(#path, #value))
}

/// Without a tag the key of the content tells the variant.
fn by_key(scope: &Scope<'_>, owner: TypeId, it: &UnionType) -> TokenStream {
    let tag = &it.tag;
    let branches = it.variants.iter().filter_map(|variant| {
        let VariantContent::Keyed(key, _) = &variant.content else {
            return None;
        };
        let conditions = variant.when.iter().map(|(path, value)| holds(&format!("{key}.{path}"), value));
        let read = read(scope, owner, variant);
        Some(quote!(if raw.has(#key) #(&& #conditions)* { #read } else))
    });
    quote! {
        #(#branches)*
        if raw.is_empty() { Err(raw.missing(#tag)) } else { Ok(Self::Unknown(raw.unknown(#tag))) }
    }
}

fn read(scope: &Scope<'_>, owner: TypeId, variant: &Variant) -> TokenStream {
    let name = ident(&variant.rust);
    let content = match &variant.content {
        VariantContent::Unit => return quote!(Ok(Self::#name)),
        VariantContent::Inline(_) => quote!(raw.inline()?),
        VariantContent::Keyed(key, _) => quote!(raw.content(#key)?),
    };
    let boxed = variant.ty().is_some_and(|id| is_boxed(scope, owner, id));
    if boxed { quote!(Ok(Self::#name(Box::new(#content)))) } else { quote!(Ok(Self::#name(#content))) }
}
