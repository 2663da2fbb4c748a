//! Endpoints: the request, how it is sent, what is known about it, and the answer.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use super::doc::Doc;
use super::object::{REQUEST, RESPONSE, Struct};
use super::scope::{Scope, ident};
use super::{build, docs_of, example, literal, paging, review, ty, validate};
use crate::model::{Body, Endpoint, EndpointError, Event, Field, Method, Repeat, Scalar, Text, TypeRef};

/// Everything that the file of an endpoint says about it.
pub(super) fn emit(scope: &Scope<'_>, endpoint: &Endpoint) -> TokenStream {
    let request = Struct { rust: &endpoint.rust, id: None, object: &endpoint.request, side: REQUEST };
    let answer = Struct { rust: &endpoint.response_rust, id: None, object: &endpoint.response.object, side: RESPONSE };
    let mut doc = docs_of::request(scope.ctx.model, endpoint);
    example::sections(scope.ctx, endpoint, &mut doc);
    let definition = request.definition(scope, doc.lines());
    let required = build::required_struct(scope, &request);
    let methods = methods(scope, endpoint, &request);
    let validate = validate::object(scope, &request);
    let implementation = implementation(scope, endpoint);
    let answer = answer.definition(scope, answer_doc(endpoint));
    quote!(#definition #required #methods #validate #implementation #answer)
}

/// A push: only read, from XML.
pub(super) fn event(scope: &Scope<'_>, event: &Event) -> TokenStream {
    let it = Struct { rust: &event.rust, id: None, object: &event.object, side: RESPONSE };
    let name = ident(&event.rust);
    let doc = docs_of::event(scope.ctx.model, event);
    let definition = it.definition(scope, example::event_sections(scope.ctx, event, doc));
    let doc = scope.doc(vec![
        "Reads the push from its XML. Another push is an error that names the element which differs.".to_owned(),
        String::new(),
        "中文：从 XML 中解析该事件；若为其他事件则报错，并指出不符的元素。".to_owned(),
    ]);
    let known_by = event.known_by.iter().map(|(element, value)| quote!((#element, #value)));
    quote! {
        #definition
        impl #name {
            #doc
            pub fn from_xml(xml: &str) -> Result<Self, rt::Error> { rt::xml::from_xml(xml, &[#(#known_by),*]) }
        }
    }
}

fn answer_doc(endpoint: &Endpoint) -> Vec<String> {
    let mut doc = Doc::new();
    doc.raw(&format!("The answer to [`{}`].", endpoint.rust));
    if endpoint.response.object.fields.is_empty() {
        doc.raw("It says no more than that the call succeeded.");
    }
    doc.chinese(&[&format!("{} 的返回结果", doc_code(&endpoint.rust))]);
    doc.lines()
}

fn doc_code(name: &str) -> String {
    format!("`{name}`")
}

/// What a caller does with a request.
fn methods(scope: &Scope<'_>, endpoint: &Endpoint, request: &Struct<'_>) -> TokenStream {
    let name = ident(&endpoint.rust);
    let response = ident(&endpoint.response_rust);
    let build = build::methods(scope, request);
    let paging = endpoint.paging.as_ref().map(|it| paging::next_page(scope, endpoint, it));
    let review = endpoint.request.reviewed.then(|| {
        let question = review::question(scope);
        let search = review::of_object(scope, request);
        quote!(#question #search)
    });
    let client = || vec!["#[cfg(feature = \"client\")]".to_owned()];
    let send = scope.above(vec!["Sends the request and reads the answer.".to_owned()], client());
    let send_raw = vec!["Sends the request and gives the answer as it came, even one that tells an error.".to_owned()];
    let send_raw = scope.above(send_raw, client());
    quote! {
        impl #name {
            #build
            #paging
            #review
            #send
            pub async fn send(&self, client: &rt::Client) -> Result<#response, rt::Error> { client.send(self).await }
            #send_raw
            pub async fn send_raw(&self, client: &rt::Client) -> Result<rt::RawAnswer, rt::Error> {
                client.send_raw(self).await
            }
        }
    }
}

fn implementation(scope: &Scope<'_>, endpoint: &Endpoint) -> TokenStream {
    let name = ident(&endpoint.rust);
    let response = ident(&endpoint.response_rust);
    let meta = meta(scope, endpoint);
    let query = query(endpoint);
    let body = body(endpoint);
    quote! {
        impl rt::Endpoint for #name {
            type Response = #response;
            const META: &'static rt::Meta = &#meta;
            const HOST: &'static str = crate::HOST;
            #query
            #body
        }
    }
}

/// What is known about the endpoint.
fn meta(scope: &Scope<'_>, endpoint: &Endpoint) -> TokenStream {
    let model = scope.ctx.model;
    let (name, path) = (endpoint.rust_name(), &endpoint.path);
    let method = match endpoint.method {
        Method::Get => quote!(Get),
        Method::Post => quote!(Post),
    };
    let repeat = match endpoint.repeat {
        Repeat::Safe => quote!(Safe),
        Repeat::Idempotent => quote!(Idempotent),
        Repeat::Unsafe => quote!(Unsafe),
    };
    let body = match endpoint.body {
        Body::Json => quote!(Json),
        Body::Multipart => quote!(Multipart),
        Body::None => quote!(None),
    };
    let title = text(&endpoint.title);
    let errors = endpoint.errors.iter().map(|error| code_info(scope, error));
    let token_param = &model.api.token_param;
    let evidence = &endpoint.response.success;
    let page_end = match endpoint.paging.as_ref().and_then(|paging| paging.end_error) {
        Some(code) => {
            let code = literal::integer(code);
            quote!(Some(#code))
        }
        None => quote!(None),
    };
    quote! {
        rt::Meta {
            name: #name,
            method: rt::Method::#method,
            path: #path,
            title: #title,
            repeat: rt::Repeat::#repeat,
            body: rt::BodyKind::#body,
            errors: &[#(#errors),*],
            known: crate::errors::ALL,
            envelope: crate::errors::ENVELOPE,
            token_param: #token_param,
            evidence: &[#(#evidence),*],
            page_end: #page_end,
        }
    }
}

/// A code as the endpoint means it; the general entry where it means nothing narrower.
fn code_info(scope: &Scope<'_>, error: &EndpointError) -> TokenStream {
    let Some(general) = scope.ctx.model.error(error.code) else {
        return TokenStream::new();
    };
    let constant = format_ident!("{}", general.rust);
    let (words, cause, remedy) = (text(&error.text), text(&error.cause), text(&error.remedy));
    let mut changes = Vec::new();
    if error.text != general.text {
        changes.push(quote!(text: #words));
    }
    if error.cause != general.cause {
        changes.push(quote!(cause: #cause));
    }
    if error.remedy != general.remedy {
        changes.push(quote!(remedy: #remedy));
    }
    if changes.is_empty() {
        return quote!(crate::errors::info::#constant);
    }
    quote!(rt::CodeInfo { #(#changes,)* ..crate::errors::info::#constant })
}

/// A bilingual text.
pub(super) fn text(text: &Text) -> TokenStream {
    let (en, zh) = (text.en.trim(), text.zh.trim());
    quote!(rt::Text { en: #en, zh: #zh })
}

/// The query parameters beside the token.
fn query(endpoint: &Endpoint) -> TokenStream {
    let fields = &endpoint.request.fields[..endpoint.query_fields];
    if fields.is_empty() {
        return TokenStream::new();
    }
    if fields.iter().all(|field| field.required && !field.ty.is_list()) {
        let pairs = fields.iter().map(|field| {
            let (wire, name) = (&field.wire, ident(&field.rust));
            let value = as_text(field, quote!(self.#name));
            quote!((#wire, #value))
        });
        return quote!(
            fn query(&self) -> Vec<(&'static str, String)> {
                vec![#(#pairs),*]
            }
        );
    }
    let pushes = fields.iter().map(|field| {
        let wire = &field.wire;
        each(field, &|value| quote!(query.push((#wire, #value));))
    });
    quote! {
        fn query(&self) -> Vec<(&'static str, String)> {
            let mut query = Vec::new();
            #(#pushes)*
            query
        }
    }
}

/// The body, where it is not simply the request as JSON.
fn body(endpoint: &Endpoint) -> TokenStream {
    match endpoint.body {
        Body::Multipart => multipart(&endpoint.request.fields[endpoint.query_fields..]),
        Body::Json if endpoint.query_fields > 0 => {
            let names = endpoint.request.fields[..endpoint.query_fields].iter().map(|field| &field.wire);
            quote! {
                fn body(&self) -> Result<rt::Body, rt::Error> {
                    let mut body =
                        serde_json::to_value(self).map_err(|error| rt::Error::transport(Self::META, error))?;
                    if let Some(fields) = body.as_object_mut() {
                        fields.retain(|name, _| ![#(#names),*].contains(&name.as_str()));
                    }
                    Ok(rt::Body::Json(body.to_string().into_bytes()))
                }
            }
        }
        Body::Json | Body::None => TokenStream::new(),
    }
}

fn multipart(fields: &[Field]) -> TokenStream {
    let part = |field: &Field, value: TokenStream| {
        let wire = &field.wire;
        match field.ty {
            TypeRef::Scalar(Scalar::File) => quote!(rt::Part::file(#wire, #value.clone())),
            _ => quote!(rt::Part::text(#wire, #value)),
        }
    };
    if fields.iter().all(|field| field.required && !field.ty.is_list()) {
        let parts = fields.iter().map(|field| {
            let name = ident(&field.rust);
            part(field, as_text(field, quote!(self.#name)))
        });
        return quote!(
            fn body(&self) -> Result<rt::Body, rt::Error> {
                Ok(rt::Body::Multipart(vec![#(#parts),*]))
            }
        );
    }
    let pushes = fields.iter().map(|field| {
        each(field, &|value| {
            let part = part(field, value);
            quote!(parts.push(#part);)
        })
    });
    quote! {
        fn body(&self) -> Result<rt::Body, rt::Error> {
            let mut parts = Vec::new();
            #(#pushes)*
            Ok(rt::Body::Multipart(parts))
        }
    }
}

/// Does something with the text of each value of a field that is set.
fn each(field: &Field, then: &dyn Fn(TokenStream) -> TokenStream) -> TokenStream {
    let name = ident(&field.rust);
    let value: Ident = format_ident!("value");
    let all = |place: TokenStream, value: TokenStream| match field.ty {
        TypeRef::List(_) => {
            let body = then(quote!(item.to_string()));
            quote!(for item in #place { #body })
        }
        _ => then(value),
    };
    if field.required {
        return all(quote!(&self.#name), as_text(field, quote!(self.#name)));
    }
    let body = all(quote!(#value), as_text(field, quote!(#value)));
    quote!(if let Some(#value) = &self.#name { #body })
}

/// A value as it stands in a query or form.
fn as_text(field: &Field, value: TokenStream) -> TokenStream {
    match &field.ty {
        TypeRef::Scalar(Scalar::File) => value,
        ty if ty::is_text(ty) => quote!(#value.clone()),
        _ => quote!(#value.to_string()),
    }
}
