//! Objects that are signed: that the ticket is known, and each field is there and can take what it is for.

use super::context::{Context, Owner};
use super::registry::{Entry, Kind, Registry};
use super::{fields, prose, values};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Field, Model, ObjectType, Scalar, SignedExample, Signing, TypeKind, TypeRef, nearest};
use crate::source::Node;
use crate::spec;

/// Adds to the objects how they are signed.
pub(super) fn add(cx: &Context<'_>, registry: &Registry<'_>, model: &mut Model) {
    for entry in &registry.entries {
        let Some(written) = &entry.def.signed else { continue };
        let node = entry.at();
        let at = node.key("signed");
        ticket(cx, &written.ticket, &at.key("ticket"));
        if entry.kind != Kind::Object || entry.is_viewed() {
            let message = format!("`{}` cannot be signed", entry.name);
            let fault = Diagnostic::at_key(Code::BadType, &at, message, "means nothing here");
            cx.report(fault.help("only an object without views is signed"));
            continue;
        }
        let Some((_, id)) = entry.ids.first() else { continue };
        let TypeKind::Object(object) = &model.ty(*id).kind else { continue };
        let signing = signing(cx, registry, entry, &Taker { cx, object, model }, written, &at);
        if let Some(TypeKind::Object(object)) = model.types.get_mut(id.0).map(|ty| &mut ty.kind) {
            object.signing = Some(signing);
        }
    }
}

fn ticket(cx: &Context<'_>, id: &str, at: &Node<'_>) {
    let tickets = &cx.spec.api.content.tickets;
    if !tickets.contains_key(id) && !cx.may_be(id) {
        let fault =
            Diagnostic::at(Code::UnknownReference, at, format!("there is no ticket `{id}`"), "api.yaml has none");
        let near = nearest(id, tickets.keys().map(String::as_str));
        cx.report(fault.about(id).meant(near, || "say under `tickets` in api.yaml how it is got"));
    }
}

fn signing(
    cx: &Context<'_>,
    registry: &Registry<'_>,
    entry: &Entry<'_>,
    taker: &Taker<'_, '_>,
    written: &spec::Signed,
    at: &Node<'_>,
) -> Signing {
    let list = at.key("fields");
    for (index, name) in written.fields.iter().enumerate() {
        taker.signed(name, &list.index(index), name == &written.signature);
    }
    taker.takes(Some(&written.signature), &at.key("signature"), "a signature", is_text);
    taker.takes(written.nonce.as_ref(), &at.key("nonce"), "a random text", is_text);
    taker.takes(written.time.as_ref(), &at.key("time"), "a time", |ty| is_text(ty) || is_seconds(ty));
    Signing {
        ticket: written.ticket.clone(),
        by: written.by,
        fields: written.fields.clone(),
        beside: beside(cx, registry, entry, taker.object, written, &at.key("beside")),
        time: written.time.clone(),
        nonce: written.nonce.clone(),
        signature: written.signature.clone(),
        form: written.form,
        example: written.example.as_ref().map(|example| self::example(taker, written, example, &at.key("example"))),
    }
}

fn example(taker: &Taker<'_, '_>, written: &spec::Signed, shown: &spec::SignedExample, at: &Node<'_>) -> SignedExample {
    let object = values::json(Some(&shown.object)).unwrap_or_default();
    let list = at.key("object");
    for key in object.as_object().into_iter().flat_map(|members| members.keys()) {
        taker.field(key, &list.key(key));
    }
    let filled = |name: &Option<String>| name.as_ref().is_none_or(|name| object.get(name).is_some());
    if !filled(&written.time) || !filled(&written.nonce) {
        let fault = Diagnostic::at(Code::BadExample, &list, "the time or the random text is missing", "would be drawn");
        taker.cx.report(fault.help("give each of them a value"));
    }
    if !written.beside.keys().eq(shown.beside.keys()) {
        let fault = Diagnostic::at(Code::BadExample, at, "what is signed beside the object is missing", "in here");
        taker.cx.report(fault.help("give every value of `beside`, in the same order"));
    }
    SignedExample {
        object,
        beside: shown.beside.values().cloned().collect(),
        ticket: shown.ticket.clone(),
        signature: shown.signature.clone(),
    }
}

/// The values that are no fields of the object.
fn beside(
    cx: &Context<'_>,
    registry: &Registry<'_>,
    entry: &Entry<'_>,
    object: &ObjectType,
    written: &spec::Signed,
    list: &Node<'_>,
) -> Vec<Field> {
    let sources = prose::sources(cx, &entry.def.source, &entry.inherited, &entry.at().key("source"));
    let owner = Owner { sources: &sources, scope: &entry.scope, view: None };
    let field = |(wire, field): (&String, &spec::Field)| {
        let at = list.key(wire);
        let field = fields::field(cx, registry, wire, field, &owner, &at);
        if !is_text(&field.ty) && !field.ty.is_unknown() {
            let fault = Diagnostic::at(Code::BadType, &at.key("type"), format!("`{wire}` is no text"), "is signed");
            cx.report(fault.help("what is signed beside the object is a text"));
        }
        if object.fields.iter().any(|own| own.wire == *wire) {
            let message = format!("the object has a field `{wire}`");
            let fault = Diagnostic::at_key(Code::BadValue, &at, message, "is not beside it");
            cx.report(fault.help("name it under `fields`"));
        }
        field
    };
    written.beside.iter().map(field).collect()
}

struct Taker<'t, 's> {
    cx: &'t Context<'s>,
    object: &'t ObjectType,
    model: &'t Model,
}

impl Taker<'_, '_> {
    fn field(&self, name: &str, at: &Node<'_>) -> Option<&Field> {
        let found = self.object.fields.iter().find(|field| field.wire == name);
        if found.is_none() {
            let message = format!("the object has no field `{name}`");
            let near = nearest(name, self.object.fields.iter().map(|field| field.wire.as_str()));
            let fault = Diagnostic::at(Code::UnknownReference, at, message, "named here").about(name);
            self.cx.report(fault.meant(near, || "name a field of the object"));
        }
        found
    }

    /// A field whose value is signed.
    fn signed(&self, name: &str, at: &Node<'_>, is_signature: bool) {
        let Some(field) = self.field(name, at) else { return };
        if is_signature {
            let message = format!("`{name}` takes the signature and cannot be signed");
            self.cx.report(Diagnostic::at(Code::BadValue, at, message, "is not known yet").help("remove it here"));
        }
        if !self.is_single(&field.ty) && !field.ty.is_unknown() {
            let fault = Diagnostic::at(Code::BadType, at, format!("`{name}` is no single value"), "is signed");
            self.cx.report(fault.help("sign texts, numbers, booleans and values of enumerations"));
        }
    }

    fn is_single(&self, ty: &TypeRef) -> bool {
        match ty {
            TypeRef::Scalar(scalar) => !matches!(scalar, Scalar::Json | Scalar::File),
            TypeRef::Named(id) => matches!(self.model.ty(*id).kind, TypeKind::Enum(_)),
            _ => false,
        }
    }

    /// A field that is filled in.
    fn takes(&self, name: Option<&String>, at: &Node<'_>, what: &str, fits: impl Fn(&TypeRef) -> bool) {
        let Some(field) = name.and_then(|name| self.field(name, at)) else { return };
        let message = if field.required {
            format!("`{}` is required, and so nobody could leave it to be filled in", field.wire)
        } else if fits(&field.ty) || field.ty.is_unknown() {
            return;
        } else {
            format!("`{}` cannot take {what}", field.wire)
        };
        self.cx.report(
            Diagnostic::at(Code::BadType, at, message, "named here")
                .help(format!("name an optional field that takes {what}")),
        );
    }
}

fn is_text(ty: &TypeRef) -> bool {
    matches!(ty, TypeRef::Scalar(Scalar::String))
}

fn is_seconds(ty: &TypeRef) -> bool {
    matches!(ty, TypeRef::Scalar(Scalar::Timestamp))
}
