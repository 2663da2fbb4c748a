//! How a lost call is found out: that the endpoint that is asked is there, takes what it is given, and tells what it is to.

use super::context::Context;
use super::rules::{Checker, conditions};
use super::token::Finder;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Endpoint, Field, Model, ObjectType, Path, Proof, TypeKind, TypeRef, Verify, nearest};
use crate::source::Node;
use crate::spec::{self, Repeat};

/// Adds to the endpoints how they are found out.
pub(super) fn add(cx: &Context<'_>, model: &mut Model) {
    let all = model.endpoints.iter().zip(&cx.spec.endpoints);
    let found = all.map(|(own, file)| {
        let written = file.content.verify.as_ref()?;
        let root = Node::root(&file.map);
        verify(cx, model, own, written, &root.key("verify"))
    });
    let found: Vec<_> = found.collect();
    for (endpoint, verify) in model.endpoints.iter_mut().zip(found) {
        endpoint.verify = verify;
    }
}

fn verify(cx: &Context<'_>, model: &Model, own: &Endpoint, written: &spec::Verify, at: &Node<'_>) -> Option<Verify> {
    let finder = Finder { cx, at };
    if own.repeat != Repeat::Unsafe {
        let fault = Diagnostic::at_key(Code::BadValue, at, "the call may be repeated", "nothing is to be found out");
        cx.report(fault.help("remove `verify`, or say `repeat: unsafe`"));
    }
    let asked = finder.endpoint(&model.endpoints, &written.endpoint)?;
    let place = Place { cx, model, own, asked, at };
    place.asks();
    place.takes(written);
    let fixed = finder.fixed(asked, &written.fixed)?;
    let own_fields = |name: &String| own.request.fields().any(|field| field.wire == *name && field.required);
    let given = written.with.iter().filter(|(_, own)| own_fields(own)).map(|(name, _)| name);
    finder.required(asked, given.chain(written.fixed.keys()));
    place.values(written);
    let with = written.with.iter().map(|(asked, own)| (asked.clone(), own.clone())).collect();
    Some(Verify { endpoint: written.endpoint.clone(), with, fixed, proof: place.proof(written)? })
}

struct Place<'p, 's> {
    cx: &'p Context<'s>,
    model: &'p Model,
    own: &'p Endpoint,
    asked: &'p Endpoint,
    at: &'p Node<'p>,
}

impl Place<'_, '_> {
    /// Whether the endpoint can be asked at all.
    fn asks(&self) {
        let at = self.at.key("endpoint");
        let path = &self.asked.path;
        if self.asked.repeat != Repeat::Safe {
            self.fault(
                Code::BadValue,
                &at,
                &format!("`{path}` may change something"),
                "name an endpoint that only reads",
            );
        }
        if self.asked.namespace.first() != self.own.namespace.first() {
            let message = format!("`{path}` is of another area, and may be left out where this one is not");
            self.fault(Code::BadValue, &at, &message, "name an endpoint with the same first part of the path");
        }
    }

    /// That values go into fields of their type.
    fn takes(&self, written: &spec::Verify) {
        let finder = Finder { cx: self.cx, at: self.at };
        let list = self.at.key("with");
        for (asked, own) in &written.with {
            let at = list.key(asked);
            let into = finder.field_at(self.asked.request.fields(), &at, asked, "request");
            let from = finder.field_at(self.own.request.fields(), &at, own, "request");
            let (Some(into), Some(from)) = (into, from) else { continue };
            if into.ty != from.ty && !into.ty.is_unknown() && !from.ty.is_unknown() {
                let message = format!("`{asked}` and `{own}` have different types");
                self.fault(Code::BadType, &at, &message, "name fields of one type");
            }
        }
    }

    /// That fixed values fit their fields.
    fn values(&self, written: &spec::Verify) {
        let list = self.at.key("fixed");
        let whole = self.asked.request.whole();
        self.checker(&whole).hold(&conditions(&written.fixed), &list);
    }

    fn checker<'c>(&'c self, object: &'c ObjectType) -> Checker<'c, 'c> {
        Checker { cx: self.cx, model: self.model, object, view: None, code: Code::BadValue }
    }

    fn proof(&self, written: &spec::Verify) -> Option<Proof> {
        match (&written.changes, written.done_when.is_empty()) {
            (None, false) => {
                let conditions = conditions(&written.done_when);
                self.checker(&self.asked.response.object).hold(&conditions, &self.at.key("done_when"));
                Some(Proof::State(conditions))
            }
            (Some(changes), true) => Some(self.change(changes)),
            _ => {
                let help = "say `done_when` of a state, or `changes` of a number";
                self.fault(Code::BadValue, self.at, "the response has to tell one thing", help);
                None
            }
        }
    }

    fn change(&self, written: &spec::Changes) -> Proof {
        let at = self.at.key("changes");
        let number = Path::from_dotted(&written.number);
        if let Some(field) = self.follow(&self.asked.response.object, &number, &number, &at.key("number")) {
            self.number(field, &at.key("number"));
        }
        let finder = Finder { cx: self.cx, at: &at };
        for (key, name) in [("plus", &written.plus), ("minus", &written.minus)] {
            let Some(name) = name else { continue };
            if let Some(field) = finder.field_at(self.own.request.fields(), &at.key(key), name, "request") {
                self.number(field, &at.key(key));
            }
        }
        if written.plus.is_none() && written.minus.is_none() {
            self.fault(
                Code::BadValue,
                &at,
                "nothing says by how much it changes",
                "name a request field as `plus` or `minus`",
            );
        }
        Proof::Change { number, plus: written.plus.clone(), minus: written.minus.clone() }
    }

    fn number(&self, field: &Field, at: &Node<'_>) {
        if !matches!(&field.ty, TypeRef::Scalar(scalar) if scalar.is_number()) && !field.ty.is_unknown() {
            self.fault(Code::BadType, at, &format!("`{}` is no number", field.wire), "name a number");
        }
    }

    /// The field at the end of a path. Every variant of a union on the way has to lead there.
    fn follow<'o>(&'o self, object: &'o ObjectType, way: &[String], whole: &Path, at: &Node<'_>) -> Option<&'o Field> {
        let (first, rest) = way.split_first()?;
        let Some(field) = object.fields.iter().find(|field| field.wire == *first) else {
            let message = format!("there is no field `{first}` for the path `{whole}`");
            let near = nearest(first, object.fields.iter().map(|field| field.wire.as_str()));
            let fault = Diagnostic::at(Code::UnknownReference, at, message, "named here");
            self.cx.report(fault.about(first).meant(near, || "paths begin in the response".to_owned()));
            return None;
        };
        if rest.is_empty() || field.ty.is_unknown() {
            return Some(field).filter(|_| rest.is_empty());
        }
        match field.ty.named().filter(|_| matches!(field.ty, TypeRef::Named(_))).map(|id| &self.model.ty(id).kind) {
            Some(TypeKind::Object(inner)) => self.follow(inner, rest, whole, at),
            Some(TypeKind::Union(union)) => {
                let mut end = None;
                for id in union.variants.iter().filter_map(|variant| variant.ty()) {
                    let TypeKind::Object(inner) = &self.model.ty(id).kind else { continue };
                    end = Some(self.follow(inner, rest, whole, at)?);
                }
                end
            }
            _ => {
                let message = format!("`{whole}` leads through `{first}`, which is no object");
                self.fault(Code::BadValue, at, &message, "a path leads through objects and unions");
                None
            }
        }
    }

    fn fault(&self, code: Code, at: &Node<'_>, message: &str, help: &str) {
        self.cx.report(Diagnostic::at(code, at, message, "in here").help(help));
    }
}
