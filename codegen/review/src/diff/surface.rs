//! What users of the crate see of a thing: names and signatures. What a change does to the Rust API is read from them and
//! not from what it does on the wire, for a value may change on the wire and keep its name in Rust.

use std::collections::HashMap;

use super::axes::{Action, Area, Rust};
use super::tree::{Item, Thing};
use weixin_codegen::model::{Model, Scalar, Type, TypeRef};

/// All names of one side.
pub(super) struct Surface(HashMap<String, String>);

impl Surface {
    pub(super) fn of<'t>(things: impl Iterator<Item = &'t Thing>) -> Self {
        let mut all = HashMap::new();
        things.for_each(|thing| gather(thing, &mut all));
        Self(all)
    }
}

fn gather(thing: &Thing, all: &mut HashMap<String, String>) {
    for item in &thing.items {
        all.insert(item.name.clone(), item.signature.clone());
    }
    thing.parts.iter().for_each(|part| gather(part, all));
}

/// Both sides.
pub(super) struct Surfaces {
    pub(super) old: Surface,
    pub(super) new: Surface,
}

impl Surfaces {
    /// What a statement about a thing does that both sides have, given what the table says of its kind.
    pub(super) fn changed(&self, old: &Thing, new: &Thing, area: Area, table: Rust) -> Rust {
        let items = |thing: &Thing| -> Vec<Item> {
            thing.items.iter().filter(|item| item.of.contains(&area)).cloned().collect()
        };
        let (old, new) = (items(old), items(new));
        if old.is_empty() && new.is_empty() {
            return table;
        }
        let lost = old.iter().any(|item| self.new.0.get(&item.name) != Some(&item.signature));
        let won = new.iter().any(|item| !self.old.0.contains_key(&item.name));
        match (lost, won) {
            (true, _) => Rust::Major,
            (false, true) => Rust::Minor,
            (false, false) => table.min(Rust::Patch),
        }
    }

    /// What it does that a thing is on one side only.
    pub(super) fn lone(&self, thing: &Thing, action: Action, table: Rust) -> Rust {
        let other = if action == Action::Added { &self.old } else { &self.new };
        let one = |item: &Item| match other.0.get(&item.name) {
            None => table,
            Some(signature) if *signature == item.signature => table.min(Rust::Patch),
            Some(_) => Rust::Major,
        };
        thing.items.iter().map(one).max().unwrap_or(table)
    }
}

/// The path of a type.
pub(super) fn path(ty: &Type) -> String {
    ty.namespace.iter().chain([&ty.ident]).cloned().collect::<Vec<_>>().join("::")
}

/// A type as signatures have it.
pub(super) fn signature(model: &Model, ty: &TypeRef) -> String {
    match ty {
        TypeRef::Scalar(scalar) => scalar_name(*scalar).to_owned(),
        TypeRef::List(inner) => format!("Vec<{}>", signature(model, inner)),
        TypeRef::Map(inner) => format!("Map<{}>", signature(model, inner)),
        TypeRef::OrText(inner) => format!("OrText<{}>", signature(model, inner)),
        TypeRef::Named(id) => path(model.ty(*id)),
    }
}

fn scalar_name(scalar: Scalar) -> &'static str {
    match scalar {
        Scalar::String | Scalar::Base64 | Scalar::Date => "String",
        Scalar::Bool => "bool",
        Scalar::Int | Scalar::Int64 => "i64",
        Scalar::Uint | Scalar::Uint64 | Scalar::Timestamp => "u64",
        Scalar::Int32 => "i32",
        Scalar::Uint32 | Scalar::DateNumber => "u32",
        Scalar::Json => "Json",
        Scalar::File => "File",
    }
}
