//! Tagged unions.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::scope::{Scope, ident};
use super::{describe, docs_of, union_parts};
use crate::model::{Type, TypeId, UnionType, Variant};

/// Why the variants of a union may differ in size.
const LARGE: &str =
    "#[allow(clippy::large_enum_variant, reason = \"a value is made once and sent; a Box would be in the way\")]";

/// The union with all it can do.
pub(super) fn emit(scope: &Scope<'_>, id: TypeId, ty: &Type, it: &UnionType, doc: Vec<String>) -> TokenStream {
    let name = ident(&ty.ident);
    let mut attributes = docs_of::type_alias(ty);
    attributes.extend(["#[derive(Clone)]", "#[non_exhaustive]", LARGE].map(str::to_owned));
    let doc = scope.above(doc, attributes);
    let variants = it.variants.iter().map(|variant| {
        let doc = scope.doc(docs_of::union_variant(variant));
        let name = ident(&variant.ident);
        let content = content_type(scope, id, variant).map(|content| quote!((#content)));
        quote!(#doc #name #content)
    });
    let unknown_doc =
        scope.doc(vec!["A variant that this version of the crate does not know; it is kept as it came.".to_owned()]);
    let conversions = ty.side.request.then(|| from_contents(scope, id, &name, it));
    let description = scope.written(describe::union(scope, id, &ty.ident, it));
    let parts = scope.written(union_parts::emit(scope, id, ty, it));
    quote! {
        #doc
        pub enum #name {
            #(#variants,)*
            #unknown_doc
            Unknown(rt::UnknownVariant),
        }
        #description
        #parts
        #conversions
    }
}

fn content_type(scope: &Scope<'_>, owner: TypeId, variant: &Variant) -> Option<TokenStream> {
    let id = variant.ty()?;
    let name = scope.name(id);
    Some(if scope.ctx.boxes(owner, id) { quote!(Box<#name>) } else { name })
}

/// `From` for each content that tells its variant.
fn from_contents(scope: &Scope<'_>, owner: TypeId, name: &Ident, it: &UnionType) -> TokenStream {
    it.variants
        .iter()
        .filter_map(|variant| {
            let id = variant.ty().filter(|id| scope.ctx.has_unique_content(it, *id))?;
            let content = scope.name(id);
            let variant = ident(&variant.ident);
            let value = if scope.ctx.boxes(owner, id) { quote!(Box::new(content)) } else { quote!(content) };
            Some(quote! {
                impl From<#content> for #name {
                    fn from(content: #content) -> Self { Self::#variant(#value) }
                }
            })
        })
        .collect()
}
