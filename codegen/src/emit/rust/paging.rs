//! How the next page is asked for: the runtime does it, by what the description of the endpoint says.

use proc_macro2::TokenStream;
use quote::quote;

use super::literal;
use super::scope::{Scope, ident};
use crate::model::{Endpoint, Page, Paging, PagingEnd};

/// The method of a request that makes the request for the page after.
pub(super) fn next_page(scope: &Scope<'_>, endpoint: &Endpoint, paging: &Paging) -> TokenStream {
    let mut doc = vec!["The request for the page after this response; none when it was the last page.".to_owned()];
    if let Some(code) = paging.end_error {
        doc.push(String::new());
        doc.push(format!("The server may also return {code} where no page is left: `Error::is_page_end` tells."));
    }
    doc.push(String::new());
    doc.push("中文：根据本次返回构造下一页的请求；已是最后一页时返回 `None`。".to_owned());
    let doc = scope.must_use(doc);
    let response = ident(&endpoint.response_ident);
    quote! {
        #doc
        pub fn next_page(&self, response: &#response) -> Option<Self> { rt::next_page(self, response) }
    }
}

/// What the description of the endpoint says of it.
pub(super) fn described(endpoint: &Endpoint) -> TokenStream {
    let Some(Paging { items, page, end, max, end_error, .. }) = &endpoint.paging else { return quote!(None) };
    let page = match page {
        Page::Cursor { cursor, next } => quote!(Cursor { cursor: #cursor, next: #next }),
        Page::Offset { offset } => quote!(Offset { offset: #offset }),
    };
    let most = literal::integer(i64::from(*max));
    let end = match end {
        PagingEnd::CountBelowMax(count) => quote!(CountBelow(#count, #most)),
        PagingEnd::FewerThanAsked(size) => quote!(FewerThan(#size)),
        PagingEnd::Total(total) => quote!(Total(#total)),
        PagingEnd::Empty => quote!(Empty),
    };
    let code = end_error.map_or_else(
        || quote!(None),
        |code| {
            let code = literal::integer(code);
            quote!(Some(#code))
        },
    );
    quote!(Some(rt::Paging { items: #items, page: rt::Page::#page, end: rt::PageEnd::#end, end_error: #code }))
}
