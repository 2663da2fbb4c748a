//! The public API of the crate `weixin`, as the generator makes it now: what changes here changes for consumers.

use std::collections::{BTreeMap, BTreeSet};

use quote::{ToTokens, quote};
use syn::{Fields, ImplItem, Item, TraitItem, UseTree, Visibility};
use weixin_codegen::emit;
use weixin_tests::real;

#[test]
fn the_public_api_is_this() {
    let mut modules: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for file in emit::all(&real()) {
        let Some(path) = file.path.strip_prefix("src/").and_then(|path| path.strip_suffix(".rs")) else { continue };
        let first = path.split_once('/').map_or("crate", |(first, _)| first);
        let parsed = syn::parse_file(&file.text).unwrap_or_else(|error| panic!("{}: {error}", file.path));
        let module = path.trim_end_matches("mod").trim_end_matches('/').replace('/', "::");
        let module = if module == "lib" { "crate".to_owned() } else { module };
        let lines = modules.entry(first.to_owned()).or_default();
        for item in &parsed.items {
            describe(&module, item, lines);
        }
    }
    for (name, lines) in modules {
        let text: Vec<String> = lines.into_iter().collect();
        insta::with_settings!({ snapshot_path => "snapshots/public_api", prepend_module_to_snapshot => false, omit_expression => true }, {
            insta::assert_snapshot!(name, text.join("\n"));
        });
    }
}

/// Tokens as one line.
fn line(tokens: impl ToTokens) -> String {
    let text = tokens.to_token_stream().to_string();
    [
        (" :: ", "::"),
        (" < ", "<"),
        (" >", ">"),
        ("& ", "&"),
        (" ,", ","),
        (" :", ":"),
        (" (", "("),
        ("( ", "("),
        (" )", ")"),
        (" ;", ""),
    ]
    .iter()
    .fold(text, |text, (from, to)| text.replace(from, to))
}

fn note(lines: &mut BTreeSet<String>, line: String) {
    lines.insert(line);
}

fn is_public(visibility: &Visibility) -> bool {
    matches!(visibility, Visibility::Public(_))
}

fn describe(module: &str, item: &Item, lines: &mut BTreeSet<String>) {
    match item {
        Item::Struct(it) if is_public(&it.vis) => structure(module, it, lines),
        Item::Enum(it) if is_public(&it.vis) => {
            let name = format!("{module}::{}", it.ident);
            lines.insert(format!("enum {name}{}", closed(&it.attrs)));
            lines.extend(
                it.variants.iter().map(|variant| format!("enum {name}: {}{}", variant.ident, line(&variant.fields))),
            );
        }
        Item::Fn(it) if is_public(&it.vis) => note(lines, format!("{module}: {}", line(&it.sig))),
        Item::Const(it) if is_public(&it.vis) => {
            note(lines, format!("const {module}::{}: {} = {}", it.ident, line(&it.ty), line(&it.expr)));
        }
        Item::Type(it) if is_public(&it.vis) => note(lines, format!("type {module}::{} = {}", it.ident, line(&it.ty))),
        Item::Mod(it) if is_public(&it.vis) => {
            lines.insert(format!("mod {module}::{}", it.ident));
            let inner = format!("{module}::{}", it.ident);
            it.content.iter().flat_map(|(_, items)| items).for_each(|item| describe(&inner, item, lines));
        }
        Item::Use(it) if is_public(&it.vis) => exports(module, "", &it.tree, lines),
        Item::Trait(it) if is_public(&it.vis) => {
            lines.insert(format!("trait {module}::{}", it.ident));
            lines.extend(it.items.iter().filter_map(|item| match item {
                TraitItem::Fn(method) => Some(format!("trait {module}::{}: {}", it.ident, line(&method.sig))),
                _ => None,
            }));
        }
        Item::Impl(it) => implementation(module, it, lines),
        _ => {}
    }
}

/// Whether users may name every field or variant.
fn closed(attributes: &[syn::Attribute]) -> &'static str {
    if attributes.iter().any(|attribute| attribute.path().is_ident("non_exhaustive")) {
        " (non-exhaustive)"
    } else {
        ""
    }
}

fn structure(module: &str, it: &syn::ItemStruct, lines: &mut BTreeSet<String>) {
    let name = format!("{module}::{}", it.ident);
    lines.insert(format!("struct {name}{}", closed(&it.attrs)));
    if let Fields::Named(fields) = &it.fields {
        for field in fields.named.iter().filter(|field| is_public(&field.vis)) {
            let (ident, ty) = (&field.ident, &field.ty);
            lines.insert(format!("struct {name}: {}", line(quote!(#ident: #ty))));
        }
    }
}

fn implementation(module: &str, it: &syn::ItemImpl, lines: &mut BTreeSet<String>) {
    let ty = line(&it.self_ty);
    if let Some((path, _)) = &it.trait_ {
        lines.insert(format!("impl {} for {module}::{ty}", line(path)));
        return;
    }
    for item in &it.items {
        match item {
            ImplItem::Fn(method) if is_public(&method.vis) => {
                note(lines, format!("{module}::{ty}: {}", line(&method.sig)))
            }
            ImplItem::Const(it) if is_public(&it.vis) => {
                note(lines, format!("{module}::{ty}: const {}: {}", it.ident, line(&it.ty)));
            }
            _ => {}
        }
    }
}

fn exports(module: &str, prefix: &str, tree: &UseTree, lines: &mut BTreeSet<String>) {
    match tree {
        UseTree::Path(path) => exports(module, &format!("{prefix}{}::", path.ident), &path.tree, lines),
        UseTree::Group(group) => group.items.iter().for_each(|tree| exports(module, prefix, tree, lines)),
        UseTree::Name(name) => note(lines, format!("use {module}::{} = {prefix}{}", name.ident, name.ident)),
        UseTree::Rename(name) => note(lines, format!("use {module}::{} = {prefix}{}", name.rename, name.ident)),
        UseTree::Glob(_) => note(lines, format!("use {module}::* = {prefix}*")),
    }
}
