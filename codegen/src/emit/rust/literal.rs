//! Numbers and JSON values as Rust tokens.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use crate::model::Value;

/// An integer without a suffix, so that it takes the type it is compared with.
pub(super) fn integer(number: i64) -> TokenStream {
    let digits = Literal::u64_unsuffixed(number.unsigned_abs());
    if number < 0 { quote!(-#digits) } else { quote!(#digits) }
}

/// An integer given as JSON.
pub(super) fn number(value: &Value) -> TokenStream {
    match value.as_u64() {
        Some(number) => {
            let digits = Literal::u64_unsuffixed(number);
            quote!(#digits)
        }
        None => integer(value.as_i64().unwrap_or_default()),
    }
}

/// A boolean, an integer or a text given as JSON.
pub(super) fn scalar(value: &Value) -> TokenStream {
    match value {
        Value::Bool(value) => quote!(#value),
        Value::Number(_) => number(value),
        Value::String(text) => quote!(#text),
        other => {
            let text = other.to_string();
            quote!(#text)
        }
    }
}
