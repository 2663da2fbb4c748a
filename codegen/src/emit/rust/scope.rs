//! One Rust file in the making: which names it imports, and the documentation that goes into it.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet, HashSet};

use proc_macro2::{Ident, Literal, Span, TokenStream, TokenTree};
use quote::quote;

use super::context::Context;
use super::format::Above;
use crate::model::{SourceFile, Type, TypeId};
use crate::target::{raw_ident, required_struct};

/// What the parts of one file share.
pub(super) struct Scope<'a> {
    pub(super) ctx: &'a Context<'a>,
    /// The types made in this file.
    local: HashSet<TypeId>,
    /// Every Rust name made in this file: an import of the same name would clash.
    names: HashSet<String>,
    /// The module path of this file's parent.
    module: &'a [String],
    imports: RefCell<BTreeMap<String, BTreeSet<String>>>,
    above: RefCell<Vec<Above>>,
    written: RefCell<Vec<String>>,
}

impl<'a> Scope<'a> {
    /// A scope for a file of a module.
    pub(super) fn new(ctx: &'a Context<'a>, module: &'a [String], file: &'a SourceFile) -> Self {
        Self {
            ctx,
            local: file.types.iter().copied().collect(),
            names: exports(ctx, file).into_iter().collect(),
            module,
            imports: RefCell::default(),
            above: RefCell::default(),
            written: RefCell::default(),
        }
    }

    /// How this file calls a type: by its name, imported when it stands elsewhere.
    pub(super) fn name(&self, id: TypeId) -> TokenStream {
        let ty = self.ctx.ty(id);
        let name = ident(&ty.ident);
        if self.local.contains(&id) {
            return quote!(#name);
        }
        if self.names.contains(ty.ident.as_str()) {
            let path = ty.namespace.iter().map(|segment| ident(segment));
            return quote!(crate::#(#path::)*#name);
        }
        self.imports.borrow_mut().entry(self.module_of(ty)).or_default().insert(ty.ident.clone());
        quote!(#name)
    }

    /// The module that holds a type, as a path for `use`.
    fn module_of(&self, ty: &Type) -> String {
        if ty.namespace == self.module {
            return "super".to_owned();
        }
        let mut path = String::from("crate");
        for segment in &ty.namespace {
            path.push_str("::");
            path.push_str(&ident(segment).to_string());
        }
        path
    }

    /// The `use` lines of the types met so far, and of the runtime if the items speak of it, in order.
    pub(super) fn imports(&self, items: &TokenStream) -> TokenStream {
        let mut imports = self.imports.borrow_mut();
        let siblings = imports.remove("super").map(|names| ("super".to_owned(), names));
        let lines = imports.iter().map(|(module, names)| import(module, names));
        let siblings = siblings.iter().map(|(module, names)| import(module, names));
        // What was written as text describes a type, which takes the runtime.
        let runtime = (!self.written.borrow().is_empty() || names_runtime(items.clone())).then(|| {
            quote!(
                use crate::rt;
            )
        });
        quote!(#(#lines)* #runtime #(#siblings)*)
    }

    /// Documentation for the item that follows.
    pub(super) fn doc(&self, doc: Vec<String>) -> TokenStream {
        self.above(doc, Vec::new())
    }

    /// Documentation for a function whose result is not to be lost.
    pub(super) fn must_use(&self, doc: Vec<String>) -> TokenStream {
        self.above(doc, vec!["#[must_use]".to_owned()])
    }

    /// Documentation and attributes for the item that follows.
    pub(super) fn above(&self, doc: Vec<String>, attributes: Vec<String>) -> TokenStream {
        let mut above = self.above.borrow_mut();
        let marker = format!("@{}", above.len());
        above.push(Above { doc, attributes });
        quote!(#[doc = #marker])
    }

    /// Items as they are to stand in the file. What looks alike for every type need not go through the formatter.
    pub(super) fn written(&self, items: String) -> TokenStream {
        let mut written = self.written.borrow_mut();
        let number = Literal::usize_unsuffixed(written.len());
        written.push(items);
        quote!(written!(#number);)
    }

    /// Everything that stands above items, and the items that were written; by number.
    pub(super) fn into_parts(self) -> (Vec<Above>, Vec<String>) {
        (self.above.into_inner(), self.written.into_inner())
    }
}

/// Whether the runtime is named anywhere in the code.
fn names_runtime(code: TokenStream) -> bool {
    code.into_iter().any(|token| match token {
        TokenTree::Ident(name) => name == "rt",
        TokenTree::Group(group) => names_runtime(group.stream()),
        TokenTree::Punct(_) | TokenTree::Literal(_) => false,
    })
}

fn import(module: &str, names: &BTreeSet<String>) -> TokenStream {
    let module: TokenStream = module.parse().unwrap_or_default();
    let names: Vec<Ident> = names.iter().map(|name| ident(name)).collect();
    match &names[..] {
        [name] => quote!(use #module::#name;),
        names => quote!(use #module::{#(#names),*};),
    }
}

/// A Rust identifier, raw when it has to be.
pub(super) fn ident(name: &str) -> Ident {
    let name = name.strip_prefix("r#").unwrap_or(name);
    match raw_ident(name).strip_prefix("r#") {
        Some(name) => Ident::new_raw(name, Span::call_site()),
        None => Ident::new(&raw_ident(name), Span::call_site()),
    }
}

/// The name of a variant that the runtime has too, under the name that it has here.
pub(super) fn variant_of(value: impl std::fmt::Debug) -> Ident {
    ident(&format!("{value:?}"))
}

/// Every public name that a file makes, in order of appearance.
pub(super) fn exports(ctx: &Context<'_>, file: &SourceFile) -> Vec<String> {
    let mut names = Vec::new();
    if let Some(index) = file.endpoint {
        let endpoint = &ctx.model.endpoints[index];
        names.push(endpoint.ident.clone());
        names.extend(required_struct(&endpoint.ident, endpoint.request.fields()));
        names.push(endpoint.response_ident.clone());
    }
    if let Some(index) = file.event {
        names.push(ctx.model.events[index].ident.clone());
    }
    for &id in &file.types {
        let ty = ctx.ty(id);
        names.push(ty.ident.clone());
        if let (true, crate::model::TypeKind::Object(object)) = (ty.side.request, &ty.kind) {
            names.extend(required_struct(&ty.ident, &object.fields));
        }
    }
    names
}

#[cfg(test)]
mod tests {
    use quote::quote;

    use super::names_runtime;

    #[test]
    fn the_runtime_is_found_inside_of_groups() {
        assert!(names_runtime(quote!(
            fn a(b: &[Option<rt::Date>]) {}
        )));
        assert!(!names_runtime(quote!(
            /// A rt::Date.
            pub struct Report {
                start: u8,
            }
        )));
    }
}
