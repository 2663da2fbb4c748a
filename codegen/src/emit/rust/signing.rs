//! Objects that pages hand to the client of the user: how they are signed.

use proc_macro2::TokenStream;
use quote::quote;

use super::doc::{Doc, code, english, escape, one_line};
use super::scope::{Scope, ident};
use super::tickets;
use crate::model::{Algorithm, Form, ObjectType, Scalar, SignedExample, Signing, Type, TypeRef};

/// `sign`, which fills in what is not set.
pub(super) fn sign(scope: &Scope<'_>, ty: &Type, object: &ObjectType, signing: &Signing) -> TokenStream {
    let name = ident(&ty.ident);
    let attributes = vec!["#[must_use]".to_owned()];
    let above = scope.above(doc(scope, ty, object, signing), attributes);
    let beside: Vec<_> = signing.beside.iter().map(|field| ident(&field.ident)).collect();
    let fields = &signing.fields;
    let set = |wire: &Option<String>, text: TokenStream, number: Option<TokenStream>| {
        let field = object.fields.iter().find(|field| Some(&field.wire) == wire.as_ref())?;
        let own = ident(&field.ident);
        let value = number.filter(|_| field.ty == TypeRef::Scalar(Scalar::Timestamp)).unwrap_or(text);
        Some(quote!(self.#own.get_or_insert_with(#value);))
    };
    let time = set(&signing.time, quote!(|| rt::signing_time().to_string()), Some(quote!(rt::signing_time)));
    let nonce = set(&signing.nonce, quote!(rt::nonce), None);
    let signature = object.fields.iter().find(|field| field.wire == signing.signature).map(|field| ident(&field.ident));
    let form = match signing.form {
        Form::Object => quote!(object),
        Form::Text => quote!(text),
    };
    let computed = match signing.by {
        Algorithm::SortedSha1 => quote!(rt::signature(&self, &[#(#fields),*], ticket, &[#(&#beside),*])),
    };
    quote! {
        #[cfg(feature = "jsapi")]
        impl #name {
            #above
            pub fn sign(mut self, ticket: &rt::Ticket, #(#beside: impl Into<String>),*) -> rt::Signed<Self> {
                #time
                #nonce
                #(let #beside: String = #beside.into();)*
                self.#signature = Some(#computed);
                rt::Signed::#form(self)
            }
        }
    }
}

fn doc(scope: &Scope<'_>, ty: &Type, object: &ObjectType, signing: &Signing) -> Vec<String> {
    let mut doc = Doc::new();
    let ticket = tickets::constant(&signing.ticket);
    doc.raw(&format!(
        "Signs it with the ticket [`{ticket}`](crate::tickets::{ticket}), and fills in {} unless set.",
        filled(signing)
    ));
    for field in &signing.beside {
        doc.item(&format!("{}: {}", code(&field.wire), escape(&one_line(&english(&field.doc)))));
    }
    doc.chinese(&["用票据签名，未设置的时间戳与随机串将自动填写"]);
    let mut lines = doc.lines();
    lines.extend(signing.example.iter().flat_map(|shown| example(scope, ty, object, signing, shown)));
    lines
}

/// `timestamp` and `nonce_str`
fn filled(signing: &Signing) -> String {
    let names = signing.time.iter().chain(&signing.nonce).map(|name| code(name));
    let names: Vec<String> = names.collect();
    if names.is_empty() { "nothing".to_owned() } else { names.join(" and ") }
}

/// A signature that was computed by other means.
fn example(scope: &Scope<'_>, ty: &Type, object: &ObjectType, signing: &Signing, shown: &SignedExample) -> Vec<String> {
    let krate = scope.ctx.model.api.krate.replace('-', "_");
    let path: String = ty.namespace.iter().map(|segment| format!("{}::", ident(segment))).collect();
    let arguments: String = shown.beside.iter().map(|value| format!(", {value:?}")).collect();
    let signature = object.fields.iter().find(|field| field.wire == signing.signature);
    let signature = ident(signature.map_or("signature", |field| field.ident.as_str()));
    vec![
        String::new(),
        "```".to_owned(),
        format!("use {krate}::Ticket;"),
        format!("use {krate}::{path}{};", ty.ident),
        String::new(),
        format!("// With a client: `client.ticket(&tickets::{}).await?`.", tickets::constant(&signing.ticket)),
        format!("let ticket = Ticket::new({:?});", shown.ticket),
        format!("let unsigned: {} = serde_json::from_value(serde_json::json!({}))?;", ty.ident, shown.object),
        format!("let signed = unsigned.sign(&ticket{arguments});"),
        format!("assert_eq!(signed.{signature}.as_deref(), Some({:?}));", shown.signature),
        "# Ok::<(), serde_json::Error>(())".to_owned(),
        "```".to_owned(),
    ]
}
