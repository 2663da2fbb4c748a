//! How a request is built: `new` with what is required, and a method for each of the rest.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::object::Struct;
use super::scope::{Scope, ident};
use super::{docs_of, literal, ty};
use crate::model::{Field, TypeId};

/// Methods that requests have or may get for a reason of their own, and methods that would hide those of a trait
/// which generated code calls by name.
const TAKEN: &[&str] = &[
    "body",
    "check",
    "clone",
    "default",
    "extra",
    "items",
    "new",
    "next_page",
    "note_before",
    "pages",
    "query",
    "read",
    "review_fields",
    "send",
    "send_raw",
    "sign",
    "spans",
    "validate",
    "verify_after",
    "wire",
];

/// Names of operators: clippy takes a method of that name for the operator.
const OPERATORS: &[&str] =
    &["add", "bitand", "bitor", "bitxor", "div", "mul", "neg", "not", "rem", "shl", "shr", "sub"];

/// The name of the method that sets a field.
pub(super) fn setter_name(field: &Field) -> Ident {
    method_name(&field.ident)
}

fn method_name(name: &str) -> Ident {
    if TAKEN.contains(&name) || OPERATORS.contains(&name) { ident(&format!("with_{name}")) } else { ident(name) }
}

/// The constructor and the setters of a struct that callers send.
pub(super) fn methods(scope: &Scope<'_>, it: &Struct<'_>) -> TokenStream {
    let new = new(scope, it, it.required_struct().as_deref());
    let setters = it.object.fields.iter().filter(|field| !field.required).map(|field| setter(scope, it.id, field));
    let extra = it.extra().map(|name| extra(scope, name));
    quote!(#new #(#setters)* #extra)
}

/// The constructor of what only comes from the server: for tests of code that receives it.
pub(super) fn for_tests(scope: &Scope<'_>, it: &Struct<'_>) -> TokenStream {
    let name = ident(it.ident);
    let new = new(scope, it, None);
    let many = it.asked().count() > MOST_ARGUMENTS;
    let allow =
        many.then(|| quote!(#[allow(clippy::too_many_arguments, reason = "for tests, where all of them are known")]));
    quote!(impl #name { #allow #new })
}

/// So many arguments a function may have before clippy objects.
const MOST_ARGUMENTS: usize = 7;

/// The method that sets a field which the spec lacks.
fn extra(scope: &Scope<'_>, name: &str) -> TokenStream {
    let doc = scope.must_use(vec![
        "Sets a field that this version of the crate does not know; it is sent beside the others.".to_owned(),
        String::new(),
        "中文：设置本库尚未收录的字段，将与其他字段一并发送。".to_owned(),
    ]);
    let name = ident(name);
    quote! {
        #doc
        pub fn #name(mut self, key: impl Into<String>, value: impl Into<rt::Json>) -> Self {
            self.#name.set(key, value);
            self
        }
    }
}

/// The struct of everything that is required, where arguments would be too many to tell apart.
pub(super) fn required_struct(scope: &Scope<'_>, it: &Struct<'_>) -> TokenStream {
    let Some(required) = it.required_struct() else {
        return TokenStream::new();
    };
    let name = ident(&required);
    let derive = vec!["#[derive(Clone, Debug, PartialEq)]".to_owned()];
    let doc = scope.above(vec![format!("What [`{}::new`] requires.", it.ident)], derive);
    let fields = it.asked().map(|field| {
        let doc = scope.doc(docs_of::brief(scope.ctx.model, field));
        let name = ident(&field.ident);
        let ty = ty::base(scope, &field.ty);
        quote!(#doc pub #name: #ty)
    });
    quote! {
        #doc
        pub struct #name { #(#fields,)* }
    }
}

/// `new`: of one struct with all that is required, or of one value after the other; or of nothing.
fn new(scope: &Scope<'_>, it: &Struct<'_>, required: Option<&str>) -> TokenStream {
    let nothing = it.required().next().is_none();
    let words = match (nothing, it.side.request) {
        (true, true) => "nothing set: no value is required",
        (true, false) => "nothing in it",
        (false, true) => "the required values",
        (false, false) => "the values that are always there",
    };
    let doc = scope.must_use(vec![format!("A `{}` with {words}.", it.ident)]);
    if nothing {
        return quote!(#doc pub fn new() -> Self { Self::default() });
    }
    let mut parameters: Vec<TokenStream> =
        required.map(ident).map(|name| quote!(required: #name)).into_iter().collect();
    let mut fields = Vec::new();
    for field in it.asked() {
        let name = ident(&field.ident);
        if required.is_some() {
            fields.push(quote!(#name: required.#name));
            continue;
        }
        let argument = ty::argument(scope, &field.ty, &name);
        let (parameter, value) = (argument.ty, argument.value);
        parameters.push(quote!(#name: #parameter));
        // clippy wants the short form where the argument is the value.
        fields.push(if name == value.to_string() { quote!(#name) } else { quote!(#name: #value) });
    }
    fields.extend(settled(it));
    let rest = rest(it);
    quote!(#doc pub fn new(#(#parameters),*) -> Self { Self { #(#fields,)* #rest } })
}

/// The fields with the only value that they may have.
fn settled(it: &Struct<'_>) -> impl Iterator<Item = TokenStream> {
    it.settled().map(|(field, value)| {
        let (name, value) = (ident(&field.ident), literal::scalar(value));
        quote!(#name: #value)
    })
}

/// The fields that nobody has to set.
fn rest(it: &Struct<'_>) -> Option<TokenStream> {
    let optional = it.object.fields.iter().any(|field| !field.required);
    (optional || it.extra().is_some()).then(|| quote!(..rt::Blank::BLANK))
}

fn setter(scope: &Scope<'_>, owner: Option<TypeId>, field: &Field) -> TokenStream {
    let doc = scope.must_use(docs_of::setter(scope.ctx.model, field));
    let method = setter_name(field);
    let name = ident(&field.ident);
    let argument = ty::argument(scope, &field.ty, &name);
    let parameter = argument.ty;
    let value = boxed(scope, owner, field, argument.value);
    quote! {
        #doc
        pub fn #method(mut self, #name: #parameter) -> Self {
            self.#name = Some(#value);
            self
        }
    }
}

fn boxed(scope: &Scope<'_>, owner: Option<TypeId>, field: &Field, value: TokenStream) -> TokenStream {
    if scope.ctx.boxed(owner, &field.ty) { quote!(Box::new(#value)) } else { value }
}

#[cfg(test)]
mod tests {
    use super::method_name;

    #[test]
    fn a_setter_takes_no_name_that_is_taken() {
        assert_eq!(method_name("code"), "code");
        assert_eq!(method_name("type"), "r#type");
        for name in ["send", "new", "next_page", "pages", "items", "spans", "default", "add"] {
            assert_eq!(method_name(name), format!("with_{name}"));
        }
    }
}
