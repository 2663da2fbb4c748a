//! Structs: requests, responses, events and named objects.

use proc_macro2::TokenStream;
use quote::quote;

use super::scope::{Scope, ident};
use super::{describe, docs_of, ty};
use crate::model::{Field, ObjectType, Side, TypeId, Value};
use crate::target::required_struct;

/// A struct to be.
pub(super) struct Struct<'a> {
    /// Its Rust name.
    pub(super) ident: &'a str,
    /// The type it is, unless it is a request, a response or an event.
    pub(super) id: Option<TypeId>,
    /// Its fields and rules.
    pub(super) object: &'a ObjectType,
    /// Which way it travels.
    pub(super) side: Side,
}

/// A request, as opposed to a response.
pub(super) const REQUEST: Side = Side { request: true, response: false };
/// A response or an event.
pub(super) const RESPONSE: Side = Side { request: false, response: true };

impl Struct<'_> {
    /// The fields that have to be there.
    pub(super) fn required(&self) -> impl Iterator<Item = &Field> {
        self.object.fields.iter().filter(|field| field.required)
    }

    /// The fields that a caller is asked for: those that have to be there and may have more than one value.
    pub(super) fn asked(&self) -> impl Iterator<Item = &Field> {
        self.required().filter(|field| self.object.only_value(field).is_none())
    }

    /// The fields that have to be there with the only value that they may have.
    pub(super) fn settled(&self) -> impl Iterator<Item = (&Field, &Value)> {
        self.required().filter_map(|field| Some((field, self.object.only_value(field)?)))
    }

    /// The struct that its constructor takes.
    pub(super) fn required_struct(&self) -> Option<String> {
        required_struct(self.ident, &self.object.fields)
    }

    /// The struct itself with its documentation.
    pub(super) fn definition(&self, scope: &Scope<'_>, doc: Vec<String>, alias: Vec<String>) -> TokenStream {
        let name = ident(self.ident);
        let mut attributes = alias;
        attributes.extend(["#[derive(Clone)]", "#[non_exhaustive]"].map(str::to_owned));
        let above = scope.above(doc, attributes);
        let fields = self.object.fields.iter().map(|field| self.field(scope, field));
        let extra = self.extra().map(|extra| {
            let above = scope.doc(vec!["Fields that this version of the crate does not know.".to_owned()]);
            let extra = ident(extra);
            quote!(#above pub #extra: rt::Extra,)
        });
        quote!(#above pub struct #name { #(#fields,)* #extra })
    }

    /// What the field is called that holds those which the spec lacks; none in what only comes from the server.
    pub(super) fn extra(&self) -> Option<&'static str> {
        let taken = |name: &str| self.object.fields.iter().any(|field| field.ident == name);
        let names = ["extra", "extra_fields", "more_extra_fields"];
        self.side.request.then(|| names.into_iter().find(|name| !taken(name)).unwrap_or("extra"))
    }

    /// What the struct says of itself.
    pub(super) fn description(&self, scope: &Scope<'_>) -> TokenStream {
        scope.written(describe::object(scope, self, &[]))
    }

    /// The same of a push, which is known by the values of some fields.
    pub(super) fn description_of_push(&self, scope: &Scope<'_>, known_by: &[(String, String)]) -> TokenStream {
        scope.written(describe::object(scope, self, known_by))
    }

    fn field(&self, scope: &Scope<'_>, field: &Field) -> TokenStream {
        let above = scope.above(docs_of::field(scope.ctx.model, field, self.side), docs_of::field_alias(field));
        let name = ident(&field.ident);
        let ty = ty::field(scope, self.id, self.side, field);
        quote!(#above pub #name: #ty)
    }
}
