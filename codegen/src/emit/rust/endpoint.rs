//! Endpoints: the request, how it is sent, what is known about it, and the response.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::object::{REQUEST, RESPONSE, Struct};
use super::scope::{Scope, ident, variant_of};
use super::{build, docs_call, docs_of, literal, paging, validate, verify};
use crate::model::{Endpoint, EndpointError, Event, Model, Text};

/// Everything that the file of an endpoint says about it.
pub(super) fn emit(scope: &Scope<'_>, endpoint: &Endpoint) -> TokenStream {
    let whole = endpoint.request.whole();
    let request = Struct { ident: &endpoint.ident, id: None, object: &whole, side: REQUEST };
    let answer =
        Struct { ident: &endpoint.response_ident, id: None, object: &endpoint.response.object, side: RESPONSE };
    let names = [endpoint.title.zh.as_str(), endpoint.path.as_str()];
    let alias = docs_of::alias(names.into_iter(), &endpoint.ident);
    let definition = request.definition(scope, docs_call::request(scope.ctx, endpoint), alias);
    let description = request.description(scope);
    let required = build::required_struct(scope, &request);
    let methods = methods(scope, endpoint, &request);
    let validate = validate::object(scope, &request);
    let implementation = implementation(scope, endpoint);
    let read_on = paging::implementations(scope, endpoint);
    let verified = endpoint.verify.as_ref().and_then(|it| verify::implementation(scope, endpoint, it));
    let answer_description = answer.description(scope);
    let answer_new = build::for_tests(scope, &answer);
    let answer = answer.definition(scope, docs_call::response(endpoint), Vec::new());
    quote!(#definition #description #required #methods #validate #implementation #read_on #verified #answer #answer_description #answer_new)
}

/// A push: only read, from XML.
pub(super) fn event(scope: &Scope<'_>, event: &Event) -> TokenStream {
    let it = Struct { ident: &event.ident, id: None, object: &event.object, side: RESPONSE };
    let name = ident(&event.ident);
    let names = [event.title.zh.as_str(), event.name.as_str()];
    let alias = docs_of::alias(names.into_iter(), &event.ident);
    let definition = it.definition(scope, docs_call::event(scope.ctx, event), alias);
    let description = it.description_of_push(scope, &event.known_by);
    let from_xml = scope.doc(vec![
        "Reads the push from its XML. Another push is an error that names the element which differs.".to_owned(),
        String::new(),
        "中文：从 XML 中解析该事件；若为其他事件则报错，并指出不符的元素。".to_owned(),
    ]);
    let from_json = scope.doc(vec![
        "Reads the push from its JSON, which is sent where the account is set so. As strict about the event."
            .to_owned(),
        String::new(),
        "中文：从 JSON 中解析该事件（账号的消息格式设为 JSON 时），对事件的校验与 XML 相同。".to_owned(),
    ]);
    let new = build::for_tests(scope, &it);
    quote! {
        #definition
        #description
        #new
        impl #name {
            #from_xml
            pub fn from_xml(xml: impl AsRef<[u8]>) -> Result<Self, rt::Error> { rt::push::from_xml(xml.as_ref()) }
            #from_json
            pub fn from_json(json: impl AsRef<[u8]>) -> Result<Self, rt::Error> { rt::push::from_json(json.as_ref()) }
        }
    }
}

/// What a caller does with a request.
fn methods(scope: &Scope<'_>, endpoint: &Endpoint, request: &Struct<'_>) -> TokenStream {
    let name = ident(&endpoint.ident);
    let response = ident(&endpoint.response_ident);
    let build = build::methods(scope, request);
    let paging = endpoint.paging.as_ref().map(|it| paging::methods(scope, endpoint, it));
    let spans = endpoint.day_window().map(|it| paging::spans(scope, &it));
    let verify = endpoint.verify.as_ref().map(|it| verify::methods(scope, it));
    let review = request.object.reviewed.then(|| {
        let doc = scope.must_use(vec![
            "The JSON paths of the fields set here whose change triggers re-review.".to_owned(),
            String::new(),
            "中文：已设置的字段中，修改会触发提审者的 JSON 路径。".to_owned(),
        ]);
        quote!(#doc pub fn review_fields(&self) -> Vec<String> { rt::review_fields(self) })
    });
    let client = || vec!["#[cfg(feature = \"client\")]".to_owned()];
    let send = scope.above(vec!["Sends the request and reads the response.".to_owned()], client());
    let send_raw =
        vec!["Sends the request and gives the response as it came, even one that tells an error.".to_owned()];
    let send_raw = scope.above(send_raw, client());
    quote! {
        impl #name {
            #build
            #paging
            #spans
            #verify
            #review
            #send
            pub fn send<C: rt::Caller>(&self, client: &C) -> C::Sending<#response> { rt::Caller::send(client, self) }
            #send_raw
            pub fn send_raw<C: rt::Caller>(&self, client: &C) -> C::Sending<rt::RawResponse> {
                rt::Caller::send_raw(client, self)
            }
        }
    }
}

fn implementation(scope: &Scope<'_>, endpoint: &Endpoint) -> TokenStream {
    let name = ident(&endpoint.ident);
    let response = ident(&endpoint.response_ident);
    let model = scope.ctx.model;
    let issues = model.api.issue.as_ref().is_some_and(|issue| issue.endpoint == endpoint.path);
    let meta = meta(model, endpoint);
    let meta = if issues { quote!(crate::token::ISSUE.meta) } else { quote!(&#meta) };
    quote! {
        impl rt::Endpoint for #name {
            type Response = #response;
            const META: &'static rt::Meta = #meta;
        }
    }
}

/// What is known about the endpoint.
pub(super) fn meta(model: &Model, endpoint: &Endpoint) -> TokenStream {
    let (name, path) = (endpoint.full_name(), &endpoint.path);
    let (method, repeat, body) = (variant_of(endpoint.method), variant_of(endpoint.repeat), variant_of(endpoint.body));
    let title = text(&endpoint.title);
    let errors = endpoint.errors.iter().map(|error| code_info(model, error));
    let token_param = if endpoint.takes_token { &model.api.token_param } else { "" };
    let issue = match &model.api.issue {
        Some(_) if endpoint.takes_token => quote!(Some(&crate::token::ISSUE)),
        _ => quote!(None),
    };
    let find_out = match verify::explained(endpoint).as_ref().map(text) {
        Some(text) => quote!(Some(#text)),
        None => quote!(None),
    };
    let success = &endpoint.response.success;
    let query = endpoint.request.query.fields.iter().map(|field| &field.wire);
    let paging = paging::described(endpoint);
    let zone = literal::integer(i64::from(model.api.zone_seconds));
    quote! {
        rt::Meta {
            name: #name,
            method: rt::Method::#method,
            path: #path,
            title: #title,
            repeat: rt::Repeat::#repeat,
            find_out: #find_out,
            body: rt::BodyKind::#body,
            errors: &[#(#errors),*],
            known: crate::errors::ALL,
            envelope: crate::errors::ENVELOPE,
            token_param: #token_param,
            issue: #issue,
            host: crate::HOST,
            zone_seconds: #zone,
            query: &[#(#query),*],
            paging: #paging,
            success: &[#(#success),*],
        }
    }
}

/// A code as the endpoint means it; the general entry where it means nothing narrower.
fn code_info(model: &Model, error: &EndpointError) -> TokenStream {
    let Some(general) = model.error(error.code) else {
        return TokenStream::new();
    };
    let constant = format_ident!("{}", general.ident);
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
