//! What only finished types tell: keys that clash, variants nobody can choose, values without end, files without a
//! form to send them in.

use super::context::Context;
use super::registry::{Entry, Registry};
use super::rules::Checker;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{
    Body, Field, Model, ObjectType, Scalar, TypeId, TypeKind, TypeRef, UnionType, Variant, VariantContent,
};
use crate::source::Node;

/// Checks every type and every head.
pub(super) fn check(cx: &Context<'_>, registry: &Registry<'_>, model: &Model) {
    let shapes = Shapes { cx, model };
    for entry in &registry.entries {
        for (_, id) in &entry.ids {
            let at = entry.at();
            match &model.ty(*id).kind {
                TypeKind::Object(object) => {
                    let list = at.key("fields");
                    shapes.object(object, &list, false);
                    let side = model.ty(*id).side;
                    if side.response && !side.request {
                        let sent = shapes.sent(entry);
                        shapes.defaults(object, &list, &sent);
                    }
                }
                TypeKind::Union(union) => shapes.union(union, &at.key("union").key("variants")),
                TypeKind::Enum(_) => {}
            }
        }
        shapes.endless(entry);
    }
    for (endpoint, file) in model.endpoints.iter().zip(&cx.spec.endpoints) {
        let root = Node::root(&file.map);
        shapes.object(&endpoint.request.query, &root.key("query"), false);
        shapes.object(&endpoint.request.body, &root.key("request"), endpoint.body == Body::Multipart);
        shapes.object(&endpoint.response.object, &root.key("response"), false);
        shapes.defaults(&endpoint.response.object, &root.key("response"), &[]);
    }
    for (event, file) in model.events.iter().zip(&cx.spec.events) {
        let root = Node::root(&file.map);
        shapes.object(&event.object, &root.key("fields"), false);
        shapes.defaults(&event.object, &root.key("fields"), &[]);
    }
}

struct Shapes<'c, 's> {
    cx: &'c Context<'s>,
    model: &'c Model,
}

impl Shapes<'_, '_> {
    fn object(&self, object: &ObjectType, list: &Node<'_>, has_form: bool) {
        for field in &object.fields {
            let at = list.key(&field.wire);
            if holds_file(&field.ty) && !has_form {
                self.cx.report(
                    Diagnostic::at(
                        Code::BadType,
                        &at.key("type"),
                        "a file goes only into a multipart request",
                        "no form here",
                    )
                    .help("say `body: multipart` at the endpoint, or use `base64`"),
                );
            }
            if field.flatten {
                self.flattened(field, object, &at);
            }
        }
    }

    /// What WeChat assumes where nothing is sent means nothing where nothing is sent.
    fn defaults(&self, object: &ObjectType, list: &Node<'_>, sent: &[&str]) {
        for field in object.fields.iter().filter(|field| field.default.is_some()) {
            let at = list.key(&field.wire).key("default");
            // A mixin is written elsewhere, and may be sent by others.
            if sent.contains(&field.wire.as_str()) || !at.exists() {
                continue;
            }
            let fault = Diagnostic::at_key(Code::BadValue, &at, "only what is sent has a default", "in a response");
            self.cx.report(fault.help("remove it; what a missing field means belongs in `doc`"));
        }
    }

    /// The fields of a definition that some view of it sends.
    fn sent(&self, entry: &Entry<'_>) -> Vec<&str> {
        let types = entry.ids.iter().map(|(_, id)| self.model.ty(*id)).filter(|ty| ty.side.request);
        let objects = types.filter_map(|ty| if let TypeKind::Object(object) = &ty.kind { Some(object) } else { None });
        objects.flat_map(|object| object.fields.iter().map(|field| field.wire.as_str())).collect()
    }

    /// The keys of a flattened union stand beside the other fields, so that none may occur twice.
    fn flattened(&self, field: &Field, object: &ObjectType, at: &Node<'_>) {
        let before = object.fields.iter().take_while(|other| other.wire != field.wire);
        let before: Vec<_> = before.filter(|other| other.flatten).flat_map(|other| self.beside(other)).collect();
        for key in self.beside(field) {
            if before.contains(&key) {
                self.clash(at, &format!("the key `{key}` of the union belongs to another union beside it, too"));
            }
            if object.fields.iter().any(|other| !other.flatten && other.wire == key) {
                self.clash(at, &format!("the key `{key}` of the union is also a field beside it"));
            }
        }
    }

    /// The keys that a flattened field puts beside the other fields.
    fn beside(&self, field: &Field) -> Vec<&str> {
        let Some(TypeKind::Union(union)) = field.ty.named().map(|id| &self.model.ty(id).kind) else {
            return Vec::new();
        };
        let tag = union.tagged.then_some(union.tag.as_str());
        tag.into_iter().chain(union.variants.iter().flat_map(|variant| self.keys(variant))).collect()
    }

    /// The keys that a variant puts beside the tag.
    fn keys<'k>(&'k self, variant: &'k Variant) -> Vec<&'k str> {
        match &variant.content {
            VariantContent::Unit => Vec::new(),
            VariantContent::Keyed(key, _) => vec![key],
            VariantContent::Inline(id) => match &self.model.ty(*id).kind {
                TypeKind::Object(object) => object.fields.iter().map(|field| field.wire.as_str()).collect(),
                _ => Vec::new(),
            },
        }
    }

    fn union(&self, union: &UnionType, list: &Node<'_>) {
        for variant in &union.variants {
            let at = list.key(&variant.ident);
            if self.keys(variant).contains(&union.tag.as_str()) {
                self.clash(&at, &format!("`{}` is the tag and a key of the variant at once", union.tag));
            }
            self.when(variant, &at);
        }
    }

    fn when(&self, variant: &Variant, at: &Node<'_>) {
        if variant.when.is_empty() {
            return;
        }
        let Some(TypeKind::Object(object)) = variant.ty().map(|id| &self.model.ty(id).kind) else {
            let fault = Diagnostic::at(
                Code::BadUnion,
                &at.key("when"),
                "the variant has no fields to tell it by",
                "none to look at",
            );
            self.cx.report(fault.help("remove `when`, or give the variant a `type`"));
            return;
        };
        let checker = Checker { cx: self.cx, model: self.model, object, view: None, code: Code::BadUnion };
        checker.hold(&variant.when, &at.key("when"));
    }

    fn clash(&self, at: &Node<'_>, message: &str) {
        self.cx.report(
            Diagnostic::at_key(Code::BadUnion, at, message, "written twice on the wire")
                .help("take it out of one of them"),
        );
    }

    /// A value that requires a value of its own type has no end.
    fn endless(&self, entry: &Entry<'_>) {
        let Some((_, id)) = entry.ids.iter().find(|(_, id)| self.needs_itself(*id)) else { return };
        let required = self.required(*id).into_iter().find(|(_, inner)| inner == id || self.reaches(*inner, *id));
        let at = &entry.at();
        let fields = at.key("fields");
        let wire = required.as_ref().map_or("", |(wire, _)| wire.as_str());
        self.cx.report(
            Diagnostic::at_key(
                Code::BadType,
                &fields.key(wire),
                format!("a `{}` requires another one, without end", entry.name),
                "leads back",
            )
            .help("make one of the fields optional, or a list"),
        );
    }

    fn needs_itself(&self, id: TypeId) -> bool {
        self.required(id).iter().any(|(_, inner)| *inner == id || self.reaches(*inner, id))
    }

    /// The objects that an object cannot be without. A union offers a choice, so that it ends the way.
    fn required(&self, id: TypeId) -> Vec<(String, TypeId)> {
        let TypeKind::Object(object) = &self.model.ty(id).kind else { return Vec::new() };
        let required = object.fields.iter().filter(|field| field.required);
        required
            .filter_map(|field| match field.ty {
                TypeRef::Named(id) => Some((field.wire.clone(), id)),
                _ => None,
            })
            .collect()
    }

    fn reaches(&self, from: TypeId, to: TypeId) -> bool {
        let mut seen = std::collections::HashSet::from([from]);
        let mut open = vec![from];
        while let Some(id) = open.pop() {
            for (_, next) in self.required(id) {
                if next == to {
                    return true;
                }
                if seen.insert(next) {
                    open.push(next);
                }
            }
        }
        false
    }
}

fn holds_file(ty: &TypeRef) -> bool {
    match ty {
        TypeRef::Scalar(scalar) => *scalar == Scalar::File,
        TypeRef::List(inner) | TypeRef::Map(inner) | TypeRef::OrText(inner) => holds_file(inner),
        TypeRef::Named(_) => false,
    }
}
