//! One Rust file from one spec file.

use proc_macro2::TokenStream;
use quote::quote;

use super::context::Context;
use super::doc::{Doc, english};
use super::modules::{self, Part};
use super::object::Struct;
use super::scope::{Scope, exports, ident};
use super::{build, docs_of, endpoint, enums, format, signing, unions, validate};
use crate::model::{Module, ObjectType, SourceFile, Type, TypeId, TypeKind, snake_case};

/// How many lines a file may have: what is longer is split between its types.
const MOST_LINES: usize = 2_900;

/// The Rust of a spec file: one file, and more where that would be too long to read.
pub(super) fn parts(ctx: &Context<'_>, module: &Module, file: &SourceFile) -> Vec<Part> {
    let mut parts = Vec::new();
    split(ctx, module, file, &mut parts);
    let stem = modules::stem(module, file);
    for (index, part) in parts.iter_mut().enumerate() {
        // By what is in it: a number would be another one as soon as something is added before.
        let first = part.exports.first().map(|name| snake_case(name)).unwrap_or_default();
        let first = first.strip_prefix(&format!("{stem}_")).unwrap_or(&first);
        part.stem = if index == 0 { stem.clone() } else { format!("{stem}_{first}") };
    }
    parts
}

fn split(ctx: &Context<'_>, module: &Module, file: &SourceFile, parts: &mut Vec<Part>) {
    let text = text(ctx, module, file);
    if file.types.len() < 2 || text.lines().count() <= MOST_LINES {
        let exports = exports(ctx, file);
        parts.push(Part { stem: String::new(), exports, text });
        return;
    }
    drop(text);
    let (front, back) = file.types.split_at(file.types.len() / 2);
    split(ctx, module, &SourceFile { types: front.to_vec(), ..file.clone() }, parts);
    split(ctx, module, &SourceFile { types: back.to_vec(), endpoint: None, event: None, ..file.clone() }, parts);
}

/// The text of one file.
fn text(ctx: &Context<'_>, module: &Module, file: &SourceFile) -> String {
    let scope = Scope::new(ctx, &module.namespace, file);
    let mut items = TokenStream::new();
    if let Some(index) = file.endpoint {
        items.extend(endpoint::emit(&scope, &ctx.model.endpoints[index]));
    }
    if let Some(index) = file.event {
        items.extend(endpoint::event(&scope, &ctx.model.events[index]));
    }
    for &id in &file.types {
        items.extend(named(&scope, id));
    }
    let imports = scope.imports(&items);
    let code = quote!(#imports #items);
    let (above, written) = scope.into_parts();
    format::file(&file.spec, &module_doc(ctx, file), code, &above, &written)
}

/// What the file is about, for its reader: the module is private, so rustdoc does not show it.
fn module_doc(ctx: &Context<'_>, file: &SourceFile) -> Vec<String> {
    let mut doc = Doc::new();
    match (file.endpoint, file.event) {
        (Some(index), _) => {
            let it = &ctx.model.endpoints[index];
            doc.prose(&format!(
                "`{} {}`: {}",
                it.method.as_str(),
                it.path,
                docs_of::lower_first_str(&english(&it.title))
            ));
        }
        (_, Some(index)) => {
            let it = &ctx.model.events[index];
            doc.prose(&format!("The push `{}`: {}", it.name, docs_of::lower_first_str(&english(&it.title))));
        }
        _ => {
            doc.raw(&format!("Types of `{}`.", file.stem));
        }
    }
    doc.lines()
}

/// A named type with all it can do.
fn named(scope: &Scope<'_>, id: TypeId) -> TokenStream {
    let ty = scope.ctx.ty(id);
    match &ty.kind {
        TypeKind::Object(object) => named_object(scope, id, ty, object),
        TypeKind::Enum(it) => enums::emit(scope, ty, it, docs_of::ty(scope.ctx.model, ty)),
        TypeKind::Union(it) => {
            let doc = docs_of::union(scope.ctx.model, ty, it);
            let definition = unions::emit(scope, id, ty, it, doc);
            let checks = (ty.side.request && it.checked).then(|| validate::union(scope, ty, it));
            quote!(#definition #checks)
        }
    }
}

fn named_object(scope: &Scope<'_>, id: TypeId, ty: &Type, object: &ObjectType) -> TokenStream {
    let it = Struct { ident: &ty.ident, id: Some(id), object, side: ty.side };
    let definition = it.definition(scope, docs_of::ty(scope.ctx.model, ty), docs_of::type_alias(ty));
    let description = it.description(scope);
    if !ty.side.request {
        let new = build::for_tests(scope, &it);
        return quote!(#definition #description #new);
    }
    let name = ident(&ty.ident);
    let required = build::required_struct(scope, &it);
    let methods = build::methods(scope, &it);
    let checks = object.checked.then(|| validate::object(scope, &it));
    let signing = object.signing.as_ref().map(|signing| signing::sign(scope, ty, object, signing));
    quote! {
        #definition
        #description
        #required
        impl #name { #methods }
        #checks
        #signing
    }
}
