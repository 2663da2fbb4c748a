//! Long lists and long times: the runtime reads them page by page and span by span, by what is said here of the endpoint.

use proc_macro2::TokenStream;
use quote::quote;

use super::scope::{Scope, ident};
use super::{literal, ty};
use crate::model::{DayWindow, Endpoint, Page, Paging, PagingEnd, TypeRef};

/// The methods of a request that read a long list.
pub(super) fn methods(scope: &Scope<'_>, endpoint: &Endpoint, paging: &Paging) -> TokenStream {
    let next_page = next_page(scope, endpoint, paging);
    let pages = with_client(
        scope,
        "The pages from this one on, each asked for when it is wanted: a stream, or an iterator; an error ends it.",
        "从本页起逐页读取的流（阻塞式客户端为迭代器），按需请求下一页；出错即结束。",
    );
    let items = with_client(
        scope,
        &format!(
            "The `{}` of the pages from this one on, one by one: a stream, or an iterator; an error ends it.",
            paging.items
        ),
        &format!("从本页起逐项读取 `{}` 的流（阻塞式客户端为迭代器），自动翻页；出错即结束。", paging.items),
    );
    quote! {
        #next_page
        #pages
        pub fn pages<C: rt::Caller>(&self, client: &C) -> C::Pages<Self> { rt::Caller::pages(client, self) }
        #items
        pub fn items<C: rt::Caller>(&self, client: &C) -> C::Items<Self> { rt::Caller::items(client, self) }
    }
}

fn with_client(scope: &Scope<'_>, en: &str, zh: &str) -> TokenStream {
    let doc = vec![en.to_owned(), String::new(), format!("中文：{zh}")];
    scope.above(doc, vec!["#[cfg(feature = \"client\")]".to_owned()])
}

/// The method of a request that asks for a long time.
pub(super) fn spans(scope: &Scope<'_>, window: &DayWindow<'_>) -> TokenStream {
    let (past, past_zh) =
        if window.before_today { (", but for the current one", "（不含当天）") } else { ("", "") };
    let doc = scope.above(
        vec![
            format!(
                "Requests for at most {} days each, for all days from one to another{past}. `send` sends them.",
                window.days.max(1)
            ),
            String::new(),
            format!(
                "中文：将起止日期之间的全部日期{past_zh}拆分为每次不超过 {} 天的请求；`send` 依次发送。",
                window.days.max(1)
            ),
        ],
        Vec::new(),
    );
    quote! {
        #doc
        pub fn spans(&self, from: impl Into<rt::Date>, to: impl Into<rt::Date>) -> rt::Spans<Self> {
            rt::Spans::new(self, from, to)
        }
    }
}

/// What the request says of itself for that.
pub(super) fn implementations(scope: &Scope<'_>, endpoint: &Endpoint) -> TokenStream {
    let paged = endpoint.paging.as_ref().and_then(|it| paged(scope, endpoint, it));
    let spanned = endpoint.day_window().map(|it| spanned(scope, endpoint, &it));
    quote!(#paged #spanned)
}

fn paged(scope: &Scope<'_>, endpoint: &Endpoint, paging: &Paging) -> Option<TokenStream> {
    let field = endpoint.response.object.fields.iter().find(|field| field.wire == paging.items)?;
    let TypeRef::List(item) = &field.ty else { return None };
    let (name, item, list) = (ident(&endpoint.ident), ty::base(scope, item), ident(&field.ident));
    Some(quote! {
        impl rt::Paged for #name {
            type Item = #item;
            fn items(response: Self::Response) -> Vec<Self::Item> { response.#list }
        }
    })
}

fn spanned(scope: &Scope<'_>, endpoint: &Endpoint, window: &DayWindow<'_>) -> TokenStream {
    let name = ident(&endpoint.ident);
    let DayWindow { from, to, days, before_today } = window;
    let days = literal::integer(i64::from(*days));
    let zone = literal::integer(i64::from(scope.ctx.model.api.zone_seconds));
    let past = if *before_today { quote!(Some(#zone)) } else { quote!(None) };
    quote! {
        impl rt::Spanned for #name {
            const WINDOW: rt::DayWindow = rt::DayWindow { from: #from, to: #to, days: #days, before_today: #past };
        }
    }
}

/// The method that makes the request for the page after.
fn next_page(scope: &Scope<'_>, endpoint: &Endpoint, paging: &Paging) -> TokenStream {
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
    let Some(Paging { items, page, end, max, end_error, overlap, .. }) = &endpoint.paging else { return quote!(None) };
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
    quote!(Some(rt::Paging {
        items: #items, page: rt::Page::#page, end: rt::PageEnd::#end, end_error: #code, overlap: #overlap,
    }))
}
