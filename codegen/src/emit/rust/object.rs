//! Structs: requests, answers, events and named objects.

use proc_macro2::TokenStream;
use quote::quote;

use super::scope::{Scope, ident};
use super::{docs_of, ty};
use crate::model::{Field, ObjectType, Side, TypeId, TypeRef, raw_ident};

/// A struct to be.
pub(super) struct Struct<'a> {
    /// Its Rust name.
    pub(super) rust: &'a str,
    /// The type it is, unless it is a request, an answer or an event.
    pub(super) id: Option<TypeId>,
    /// Its fields and rules.
    pub(super) object: &'a ObjectType,
    /// Which way it travels.
    pub(super) side: Side,
}

/// A request, as opposed to an answer.
pub(super) const REQUEST: Side = Side { request: true, response: false };
/// An answer or an event.
pub(super) const RESPONSE: Side = Side { request: false, response: true };

impl Struct<'_> {
    /// The fields that have to be there.
    pub(super) fn required(&self) -> impl Iterator<Item = &Field> {
        self.object.fields.iter().filter(|field| field.required)
    }

    /// The struct itself with its documentation.
    pub(super) fn definition(&self, scope: &Scope<'_>, doc: Vec<String>) -> TokenStream {
        let name = ident(self.rust);
        let default = if self.side.request && self.required().next().is_none() { "Default, " } else { "" };
        let derive = format!("#[derive(Clone, Debug, {default}PartialEq, Serialize, Deserialize)]");
        let above = scope.above(doc, vec![derive, "#[non_exhaustive]".to_owned()]);
        let fields = self.object.fields.iter().map(|field| self.field(scope, field));
        quote!(#above pub struct #name { #(#fields,)* })
    }

    fn field(&self, scope: &Scope<'_>, field: &Field) -> TokenStream {
        let above = scope.above(docs_of::field(field, self.side), serde_attribute(scope, field));
        let name = ident(&field.rust);
        let ty = ty::field(scope, self.id, field);
        quote!(#above pub #name: #ty)
    }
}

/// How serde reads and writes a field: one attribute, or none where the field is like its wire.
fn serde_attribute(scope: &Scope<'_>, field: &Field) -> Vec<String> {
    let mut parts = Vec::new();
    if field.flatten {
        parts.push("flatten".to_owned());
        if let (TypeRef::Named(id), false) = (&field.ty, field.required) {
            parts.push(format!("deserialize_with = \"{}::optional\"", scope.name(*id).to_string().replace(' ', "")));
        }
    } else {
        // `self` cannot be raw: Rust calls it `self_`.
        if field.wire != raw_ident(&field.rust).trim_start_matches("r#") {
            parts.push(format!("rename = {:?}", field.wire));
        }
        if !field.required {
            parts.push("default".to_owned());
        }
        if let Some(decoder) = ty::decoder(scope, field) {
            parts.push(format!("deserialize_with = {decoder:?}"));
        }
    }
    if !field.required {
        parts.push("skip_serializing_if = \"Option::is_none\"".to_owned());
    }
    if parts.is_empty() { parts } else { vec![format!("#[serde({})]", parts.join(", "))] }
}
