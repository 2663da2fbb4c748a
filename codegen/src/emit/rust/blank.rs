//! Blank lines between items, which the formatter leaves out.
//!
//! Where one belongs is decided on the syntax tree, and marked by a macro whose line becomes blank.

use syn::{File, ImplItem, Item, UseTree, parse_quote};

/// The line that stands in the formatted code for a blank one.
pub(super) const LINE: &str = "blank!();";

/// Puts a mark wherever a blank line belongs.
pub(super) fn between(file: &mut File) {
    let mut marked = Vec::with_capacity(file.items.len() * 2);
    let mut before = None;
    for mut item in file.items.drain(..) {
        let kind = Kind::of(&item);
        if before.is_some_and(|before| apart(before, kind)) {
            marked.push(parse_quote!(blank!();));
        }
        if let Item::Impl(item) = &mut item {
            between_members(&mut item.items);
        }
        before = Some(kind);
        marked.push(item);
    }
    file.items = marked;
}

/// What an item is, as far as blank lines depend on it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// An import from another crate.
    UseOther,
    /// An import from this crate.
    UseOwn,
    /// `mod …;`
    Mod,
    /// Everything else stands apart.
    Other,
}

impl Kind {
    fn of(item: &Item) -> Kind {
        match item {
            Item::Use(item) => match &item.tree {
                UseTree::Path(path) if own(&path.ident.to_string()) => Kind::UseOwn,
                _ => Kind::UseOther,
            },
            Item::Mod(item) if item.content.is_none() => Kind::Mod,
            _ => Kind::Other,
        }
    }
}

fn own(root: &str) -> bool {
    ["crate", "super", "self"].contains(&root)
}

/// The crate's own names stand apart from those of others.
fn apart(before: Kind, after: Kind) -> bool {
    before != after || before == Kind::Other
}

/// Only constants stand together.
fn between_members(members: &mut Vec<ImplItem>) {
    let mut marked = Vec::with_capacity(members.len() * 2);
    let mut before = None;
    for member in members.drain(..) {
        let constant = matches!(member, ImplItem::Const(_));
        if before.is_some_and(|before| !(before && constant)) {
            marked.push(parse_quote!(blank!();));
        }
        before = Some(constant);
        marked.push(member);
    }
    *members = marked;
}
