//! What the whole model tells about its types, computed once and read by every file.

use std::collections::{HashMap, HashSet};

use crate::model::{Model, ObjectType, Scalar, Type, TypeId, TypeKind, TypeRef, UnionType};

/// The most bytes by which one variant of a union may exceed the next, before clippy objects.
const LARGE_VARIANT: usize = 200;

/// The model with what is derived from all of it.
pub(super) struct Context<'a> {
    pub(super) model: &'a Model,
    /// Which type holds which other one directly and is held by it again: such a field needs a `Box` where it may be
    /// absent. On every way round there is one that may, or a list, or no value would be finite.
    cycles: HashSet<(TypeId, TypeId)>,
    /// The inline size of each type, about.
    sizes: Vec<usize>,
}

impl<'a> Context<'a> {
    /// Looks at every type of the model.
    pub(super) fn new(model: &'a Model) -> Self {
        let cycles = cycles(model);
        let sizes = Sizes { model, cycles: &cycles, known: HashMap::new() }.all();
        Self { model, cycles, sizes }
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

    /// Whether one variant of a union is so much larger than the others that clippy speaks of it.
    pub(super) fn has_large_variant(&self, union: &UnionType) -> bool {
        let mut sizes: Vec<usize> =
            union.variants.iter().map(|variant| variant.ty().map_or(0, |id| self.sizes[id.0])).chain([64]).collect();
        sizes.sort_unstable_by(|a, b| b.cmp(a));
        matches!(sizes[..], [largest, next, ..] if largest - next >= LARGE_VARIANT)
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

/// Estimates how many bytes a value takes without what it points to.
struct Sizes<'a> {
    model: &'a Model,
    cycles: &'a HashSet<(TypeId, TypeId)>,
    known: HashMap<TypeId, usize>,
}

impl Sizes<'_> {
    fn all(mut self) -> Vec<usize> {
        (0..self.model.types.len()).map(|index| self.of(TypeId(index))).collect()
    }

    fn of(&mut self, id: TypeId) -> usize {
        if let Some(&size) = self.known.get(&id) {
            return size;
        }
        let size = match &self.model.ty(id).kind {
            TypeKind::Enum(_) => 24,
            TypeKind::Object(object) => {
                object.fields.iter().map(|field| self.field(id, &field.ty, field.required)).sum()
            }
            TypeKind::Union(union) => union
                .variants
                .iter()
                .filter_map(crate::model::Variant::ty)
                .map(|content| self.held_by(id, content))
                .max()
                .unwrap_or(0)
                .max(64),
        };
        self.known.insert(id, size);
        size
    }

    fn held_by(&mut self, owner: TypeId, id: TypeId) -> usize {
        if self.cycles.contains(&(owner, id)) { 8 } else { self.of(id) }
    }

    fn field(&mut self, owner: TypeId, ty: &TypeRef, required: bool) -> usize {
        match ty {
            TypeRef::Named(id) => self.held_by(owner, *id),
            TypeRef::OrText(inner) => self.field(owner, inner, true).max(24),
            TypeRef::List(_) | TypeRef::Map(_) => 24,
            TypeRef::Scalar(scalar) => match scalar {
                Scalar::Bool => 1,
                Scalar::Int32 | Scalar::Uint32 | Scalar::DateNumber => 8,
                Scalar::Json => 32,
                Scalar::File => 72,
                Scalar::String | Scalar::Date | Scalar::Base64 => 24,
                Scalar::Int | Scalar::Uint | Scalar::Int64 | Scalar::Uint64 | Scalar::Timestamp => {
                    if required {
                        8
                    } else {
                        16
                    }
                }
            },
        }
    }
}
