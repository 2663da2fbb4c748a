//! The model from the page's side: for one endpoint and direction, every key that may occur.

use std::collections::HashMap;

use weixin_codegen::model::{
    EnumType, Field, Model, ObjectType, Scalar, Source, TypeId, TypeKind, TypeRef, UnionType, Variant, VariantContent,
};

/// What defines a key.
#[derive(Debug, Clone, Copy)]
pub(in crate::drift) enum What<'m> {
    Field(&'m Field),
    /// The tag of a union.
    Tag(&'m UnionType),
    /// The key under which a variant's content stands.
    Key(&'m Variant),
}

/// One key.
#[derive(Debug, Clone)]
pub(in crate::drift) struct Slot<'m> {
    pub(in crate::drift) wire: &'m str,
    /// The type that has the key; none at the top.
    pub(in crate::drift) owner: Option<TypeId>,
    pub(in crate::drift) what: What<'m>,
    /// The objects and unions inside.
    pub(in crate::drift) inside: Vec<TypeId>,
}

/// All keys of one side of an endpoint or event.
#[derive(Debug, Default)]
pub(in crate::drift) struct Slots<'m> {
    pub(in crate::drift) all: Vec<Slot<'m>>,
    pub(in crate::drift) by_name: HashMap<&'m str, Vec<usize>>,
    /// The types whose keys stand at the top beside the fields.
    pub(in crate::drift) roots: Vec<TypeId>,
}

impl<'m> Slots<'m> {
    /// Everything below these objects.
    pub(in crate::drift) fn below(model: &'m Model, objects: &[&'m ObjectType]) -> Self {
        let mut slots = Self::default();
        let mut seen = Vec::new();
        for object in objects {
            slots.object(model, object, None, &mut seen);
            slots.roots.extend(beside(model, object));
        }
        for (at, slot) in slots.all.iter().enumerate() {
            slots.by_name.entry(slot.wire).or_default().push(at);
        }
        slots
    }

    /// The keys of a name.
    pub(in crate::drift) fn named(&self, name: &str) -> Vec<&Slot<'m>> {
        self.by_name.get(name).map(|all| all.iter().map(|at| &self.all[*at]).collect()).unwrap_or_default()
    }

    fn object(&mut self, model: &'m Model, object: &'m ObjectType, owner: Option<TypeId>, seen: &mut Vec<TypeId>) {
        for field in &object.fields {
            let inside = field.ty.named();
            if field.flatten {
                if let Some(id) = inside {
                    self.ty(model, id, seen);
                }
                continue;
            }
            self.all.push(Slot {
                wire: &field.wire,
                owner,
                what: What::Field(field),
                inside: inside.map(|id| contents(model, id)).unwrap_or_default(),
            });
            if let Some(id) = inside {
                self.ty(model, id, seen);
            }
        }
    }

    fn ty(&mut self, model: &'m Model, id: TypeId, seen: &mut Vec<TypeId>) {
        if seen.contains(&id) {
            return;
        }
        seen.push(id);
        match &model.ty(id).kind {
            TypeKind::Object(object) => self.object(model, object, Some(id), seen),
            TypeKind::Enum(_) => {}
            TypeKind::Union(union) => {
                if union.tagged {
                    self.all.push(Slot {
                        wire: &union.tag,
                        owner: Some(id),
                        what: What::Tag(union),
                        inside: Vec::new(),
                    });
                }
                for variant in &union.variants {
                    if let VariantContent::Keyed(key, content) = &variant.content {
                        self.all.push(Slot {
                            wire: key,
                            owner: Some(id),
                            what: What::Key(variant),
                            inside: contents(model, *content),
                        });
                    }
                    if let Some(content) = variant.ty() {
                        self.ty(model, content, seen);
                    }
                }
            }
        }
    }
}

/// A type and, of a union, the types whose fields stand at the same level.
fn contents(model: &Model, id: TypeId) -> Vec<TypeId> {
    let mut all = vec![id];
    match &model.ty(id).kind {
        TypeKind::Union(union) => all.extend(union.variants.iter().filter_map(|variant| match &variant.content {
            VariantContent::Inline(id) => Some(*id),
            _ => None,
        })),
        TypeKind::Object(object) => all.extend(beside(model, object)),
        TypeKind::Enum(_) => {}
    }
    all
}

/// The types of flattened fields.
fn beside(model: &Model, object: &ObjectType) -> Vec<TypeId> {
    let flat = object.fields.iter().filter(|field| field.flatten);
    flat.filter_map(|field| field.ty.named()).flat_map(|id| contents(model, id)).collect()
}

impl<'m> Slot<'m> {
    /// The enumeration, if the key holds one.
    pub(in crate::drift) fn enumeration(&self, model: &'m Model) -> Option<&'m EnumType> {
        let What::Field(field) = self.what else { return None };
        field.ty.named().and_then(|id| match &model.ty(id).kind {
            TypeKind::Enum(enumeration) => Some(enumeration),
            _ => None,
        })
    }

    /// The documented values, if there is a list of them.
    pub(in crate::drift) fn values(&self, model: &'m Model) -> Option<Vec<&'m str>> {
        match self.what {
            What::Tag(union) => Some(union.variants.iter().map(|variant| variant.value.as_str()).collect()),
            _ => self.enumeration(model).map(|all| all.values.iter().map(|value| value.wire.as_str()).collect()),
        }
    }

    /// Whether a response gives texts of this form in place of the values.
    pub(in crate::drift) fn is_response_form(&self, model: &'m Model, text: &str) -> bool {
        self.enumeration(model).is_some_and(|all| all.is_response_form(text))
    }

    /// Whether a change sends the card back to review.
    pub(in crate::drift) fn review(&self) -> Option<bool> {
        match self.what {
            What::Field(field) => field.review,
            What::Tag(union) => union.tag_review,
            What::Key(_) => None,
        }
    }

    /// Whether it must be set, and whether it may also not be.
    pub(in crate::drift) fn required(&self) -> (bool, bool) {
        match self.what {
            What::Field(field) => (field.required, false),
            What::Tag(_) => (true, true),
            What::Key(_) => (false, true),
        }
    }

    /// The types that a page may print for it.
    pub(in crate::drift) fn declared(&self) -> &'m [String] {
        match self.what {
            What::Field(field) => &field.declared,
            What::Tag(union) => &union.tag_declared,
            What::Key(_) => &[],
        }
    }

    /// Where it is documented.
    pub(in crate::drift) fn sources(&self) -> &'m [Source] {
        match self.what {
            What::Field(field) => &field.sources,
            What::Tag(_) => &[],
            What::Key(variant) => &variant.sources,
        }
    }
}

/// How a type is written in JSON: `text`, `number`, `bool`, `list`, `object`; none when it may be anything.
pub(in crate::drift) fn kinds(model: &Model, ty: &TypeRef) -> Option<Vec<&'static str>> {
    Some(match ty {
        TypeRef::Scalar(Scalar::Json | Scalar::File) => return None,
        TypeRef::Scalar(Scalar::Bool) => vec!["bool"],
        TypeRef::Scalar(scalar) if scalar.is_text() => vec!["text"],
        TypeRef::Scalar(_) => vec!["number"],
        TypeRef::List(_) => vec!["list"],
        TypeRef::Map(_) => vec!["object"],
        TypeRef::OrText(inner) => {
            let mut kinds = kinds(model, inner)?;
            kinds.push("text");
            kinds
        }
        TypeRef::Named(id) => match &model.ty(*id).kind {
            TypeKind::Enum(all) => match all.kind {
                weixin_codegen::model::EnumKind::String => vec!["text"],
                weixin_codegen::model::EnumKind::Int => vec!["number"],
            },
            _ => vec!["object"],
        },
    })
}
