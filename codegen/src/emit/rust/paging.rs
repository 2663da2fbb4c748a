//! How the next page is asked for.

use proc_macro2::{Ident, Literal, TokenStream};
use quote::{format_ident, quote};

use super::scope::{Scope, ident};
use super::ty;
use crate::model::{Endpoint, Field, ObjectType, Page, Paging, PagingEnd, TypeRef};

/// The method of a request that makes the request for the page after.
pub(super) fn next_page(scope: &Scope<'_>, endpoint: &Endpoint, paging: &Paging) -> TokenStream {
    let answer = &endpoint.response.object;
    let Some(items) = find(answer, &paging.items) else {
        return TokenStream::new();
    };
    let response = ident(&endpoint.response_rust);
    let mut doc = vec![
        "The request for the page after this response; none when it was the last page.".to_owned(),
        String::new(),
        "中文：根据本次返回构造下一页的请求；已是最后一页时返回 `None`。".to_owned(),
    ];
    if let Some(code) = paging.end_error {
        doc.splice(
            1..1,
            [
                String::new(),
                format!("WeChat may also return {code} where no page is left: `Error::is_page_end` tells."),
            ],
        );
    }
    let doc = scope.must_use(doc);
    let shown = shown(items);
    let end = end(endpoint, paging);
    let turn = match &paging.page {
        Page::Cursor { cursor, next } => turn_cursor(endpoint, cursor, next),
        Page::Offset { offset } => turn_offset(endpoint, paging, offset),
    };
    quote! {
        #doc
        pub fn next_page(&self, response: &#response) -> Option<Self> {
            let shown = u32::try_from(#shown).ok()?;
            if shown == 0 { return None; }
            #end
            #turn
        }
    }
}

/// A field of the request.
fn sent<'a>(endpoint: &'a Endpoint, wire: &str) -> Option<&'a Field> {
    endpoint.request.fields().find(|field| field.wire == wire)
}

fn find<'a>(object: &'a ObjectType, wire: &str) -> Option<&'a Field> {
    object.fields.iter().find(|field| field.wire == wire)
}

/// How many items the answer has.
fn shown(items: &Field) -> TokenStream {
    let name = ident(&items.rust);
    quote!(response.#name.len())
}

/// The check for the last page, beside an empty one.
fn end(endpoint: &Endpoint, paging: &Paging) -> TokenStream {
    let max = Literal::u32_unsuffixed(paging.max);
    match &paging.end {
        PagingEnd::CountBelowMax(count) => {
            let Some(field) = find(&endpoint.response.object, count) else {
                return TokenStream::new();
            };
            let name = ident(&field.rust);
            if field.required {
                quote!(if response.#name < #max { return None; })
            } else {
                quote!(if response.#name.is_some_and(|count| count < #max) { return None; })
            }
        }
        PagingEnd::FewerThanAsked(size) => {
            let Some(field) = sent(endpoint, size) else {
                return TokenStream::new();
            };
            let name = ident(&field.rust);
            let shown = widened(&field.ty);
            if field.required {
                let asked = compared(&field.ty, quote!(self.#name));
                quote!(if #shown < #asked { return None; })
            } else {
                let asked = compared(&field.ty, quote!(asked));
                quote!(if self.#name.is_some_and(|asked| #shown < #asked) { return None; })
            }
        }
        PagingEnd::Total(_) | PagingEnd::Empty => TokenStream::new(),
    }
}

/// `shown` in the type in which it is compared with a value of this one.
fn widened(ty: &TypeRef) -> TokenStream {
    match integer(ty).as_str() {
        "u64" => quote!(u64::from(shown)),
        "u32" => quote!(shown),
        _ => quote!(i64::from(shown)),
    }
}

/// A value of this type as [`widened`] expects it.
fn compared(ty: &TypeRef, value: TokenStream) -> TokenStream {
    if integer(ty) == "i32" { quote!(i64::from(#value)) } else { value }
}

/// The Rust name of an integer type.
fn integer(ty: &TypeRef) -> String {
    match ty {
        TypeRef::Scalar(scalar) => ty::scalar(*scalar).to_string(),
        _ => String::new(),
    }
}

/// The next cursor goes into the request. One that does not move would be asked for for ever.
fn turn_cursor(endpoint: &Endpoint, cursor: &str, next: &str) -> TokenStream {
    let (Some(to), Some(from)) = (sent(endpoint, cursor), find(&endpoint.response.object, next)) else {
        return quote!(None);
    };
    let (to_name, from_name) = (ident(&to.rust), ident(&from.rust));
    let answered = match (from.required, ty::is_copy(&from.ty)) {
        (true, true) => quote!(response.#from_name),
        (true, false) => quote!(&response.#from_name),
        (false, true) => quote!(response.#from_name?),
        (false, false) => quote!(response.#from_name.as_ref()?),
    };
    // The resolver has checked that both have one type.
    let value = if ty::is_copy(&from.ty) { quote!(cursor) } else { quote!(cursor.clone()) };
    let empty = ty::is_text(&from.ty).then(|| {
        quote!(if cursor.is_empty() {
            return None;
        })
    });
    let set = if to.required { value } else { quote!(Some(#value)) };
    quote! {
        let cursor = #answered;
        #empty
        let mut next = self.clone();
        next.#to_name = #set;
        (next.#to_name != self.#to_name).then_some(next)
    }
}

/// The offset grows by what was shown.
fn turn_offset(endpoint: &Endpoint, paging: &Paging, offset: &str) -> TokenStream {
    let Some(field) = sent(endpoint, offset) else {
        return quote!(None);
    };
    let name = ident(&field.rust);
    let kind = integer(&field.ty);
    let start = if field.required { quote!(self.#name) } else { quote!(self.#name.unwrap_or(0)) };
    let step = match kind.as_str() {
        "u32" => quote!(shown),
        "i32" => quote!(shown.try_into().ok()?),
        _ => quote!(shown.into()),
    };
    let total = match &paging.end {
        PagingEnd::Total(total) => find(&endpoint.response.object, total).map(|total| reached(total, &kind)),
        _ => None,
    };
    let set = if field.required { quote!(offset) } else { quote!(Some(offset)) };
    quote! {
        let offset = #start.checked_add(#step)?;
        #total
        let mut next = self.clone();
        next.#name = #set;
        Some(next)
    }
}

/// The end by the number of all items.
fn reached(total: &Field, kind: &str) -> TokenStream {
    let name: Ident = ident(&total.rust);
    let same = integer(&total.ty) == kind;
    let test = |total: TokenStream| {
        if same { quote!(offset >= #total) } else { quote!(i128::from(offset) >= i128::from(#total)) }
    };
    if total.required {
        let test = test(quote!(response.#name));
        quote!(if #test { return None; })
    } else {
        let total = format_ident!("total");
        let test = test(quote!(#total));
        quote!(if response.#name.is_some_and(|#total| #test) { return None; })
    }
}
