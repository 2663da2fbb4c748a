//! What the whole model tells about its types, computed once and read by every file.

use std::collections::HashSet;

use crate::model::{Model, Module, ObjectType, Type, TypeId, TypeKind, TypeRef, UnionType};

/// The model with what is derived from all of it.
pub(super) struct Context<'a> {
    pub(super) model: &'a Model,
    /// Which type holds which other one directly and is held by it again: such a field needs a `Box` where it may be
    /// absent. On every way round there is one that may, or a list, or no value would be finite.
    cycles: HashSet<(TypeId, TypeId)>,
}

impl<'a> Context<'a> {
    /// Looks at every type of the model.
    pub(super) fn new(model: &'a Model) -> Self {
        Self { model, cycles: cycles(model) }
    }

    /// Follows a reference.
    pub(super) fn ty(&self, id: TypeId) -> &'a Type {
        self.model.ty(id)
    }

    /// The object behind a type, if it is one.
    pub(super) fn object(&self, ty: &TypeRef) -> Option<&'a ObjectType> {
        match ty {
            TypeRef::Named(id) => match &self.ty(*id).kind {
                TypeKind::Object(object) => Some(object),
                _ => None,
            },
            _ => None,
        }
    }

    /// Whether a field of this type that may be absent, or a variant, needs a `Box` inside that owner.
    pub(super) fn boxed(&self, owner: Option<TypeId>, ty: &TypeRef) -> bool {
        match (owner, ty) {
            (Some(owner), TypeRef::Named(id)) => self.cycles.contains(&(owner, *id)),
            _ => false,
        }
    }

    /// The modules at the top.
    pub(super) fn top(&self) -> impl Iterator<Item = &'a Module> + use<'a> {
        self.model.modules.iter().filter(|module| module.namespace.len() == 1)
    }

    /// The module at a path.
    pub(super) fn module(&self, path: &[String]) -> Option<&'a Module> {
        self.model.modules.iter().find(|module| module.namespace == path)
    }

    /// The feature under which a module is compiled.
    pub(super) fn feature_of(&self, path: &[String]) -> Option<&'a str> {
        self.module(path)?.feature.as_deref()
    }

    /// Whether there are pushes, and it is said how they are protected.
    pub(super) fn receives(&self) -> bool {
        self.model.api.push.is_some() && !self.model.events.is_empty()
    }

    /// Whether a variant holds its content on the heap.
    pub(super) fn boxes(&self, owner: TypeId, content: TypeId) -> bool {
        self.cycles.contains(&(owner, content))
    }

    /// The variants of a union whose content no other variant has: `From` can tell them apart.
    pub(super) fn has_unique_content(&self, union: &UnionType, id: TypeId) -> bool {
        union.variants.iter().filter(|variant| variant.ty() == Some(id)).count() == 1
    }

    /// Whether there is anything to check in a value of this type.
    pub(super) fn is_checked(&self, id: TypeId) -> bool {
        match &self.ty(id).kind {
            TypeKind::Object(object) => object.checked,
            TypeKind::Union(union) => union.checked,
            TypeKind::Enum(values) => values.checked,
        }
    }
}

/// The types that a type holds without a list or map between them.
fn held(ty: &Type) -> Vec<TypeId> {
    match &ty.kind {
        TypeKind::Object(object) => object
            .fields
            .iter()
            .filter_map(|field| match &field.ty {
                TypeRef::Named(id) => Some(*id),
                TypeRef::OrText(inner) => match **inner {
                    TypeRef::Named(id) => Some(id),
                    _ => None,
                },
                _ => None,
            })
            .collect(),
        TypeKind::Union(union) => union.variants.iter().filter_map(crate::model::Variant::ty).collect(),
        TypeKind::Enum(_) => Vec::new(),
    }
}

/// Every pair of a type and one it holds from which the way leads back.
fn cycles(model: &Model) -> HashSet<(TypeId, TypeId)> {
    let holds: Vec<Vec<TypeId>> = model.types.iter().map(held).collect();
    let mut cycles = HashSet::new();
    for (index, direct) in holds.iter().enumerate() {
        let owner = TypeId(index);
        for &next in direct {
            if reaches(&holds, next, owner) {
                cycles.insert((owner, next));
            }
        }
    }
    cycles
}

fn reaches(holds: &[Vec<TypeId>], from: TypeId, to: TypeId) -> bool {
    let mut seen = HashSet::from([from]);
    let mut open = vec![from];
    while let Some(id) = open.pop() {
        if id == to {
            return true;
        }
        open.extend(holds[id.0].iter().copied().filter(|next| seen.insert(*next)));
    }
    false
}
