//! Named types: objects, enumerations and unions.

use super::builder::{Builder, own_sources};
use super::field::{Owner, arguments, remaining};
use crate::diff::axes::{Area, Direction, Kind};
use crate::diff::sides::type_key;
use crate::diff::surface::{self, signature};
use crate::diff::tree::{NO_WAY, Spot, Thing};
use weixin_codegen::model::{
    Algorithm, EnumKind, EnumType, Form, ObjectType, Signing, Type, TypeKind, TypeRef, UnionContent, UnionType,
    Variant, VariantContent, snake_case,
};

const BOTH: &[Direction] = &[Direction::Request, Direction::Response];
const REQUEST: &[Direction] = &[Direction::Request];
const RESPONSE: &[Direction] = &[Direction::Response];

impl Builder<'_> {
    /// A type in one view.
    pub(in crate::diff) fn named(&self, ty: &Type) -> Thing {
        let written = self.written.get(ty.name.as_str());
        let node: Vec<&str> = written.map(|at| at.node.iter().map(String::as_str).collect()).unwrap_or_default();
        let mut spot = Spot::new(&ty.spec, &node);
        spot.view.clone_from(&ty.view);
        spot.owner = Some(ty.name.clone());
        let mut thing = Thing::new(Area::NamedType, type_key(ty), spot.clone());
        thing.ways = match (ty.side.request, ty.side.response) {
            (true, true) => BOTH,
            (true, false) => REQUEST,
            (false, true) => RESPONSE,
            (false, false) => NO_WAY,
        };
        thing.shown = format!("{} ({})", ty.ident, kind_name(&ty.kind));
        thing.sources.clone_from(&ty.sources);
        self.type_traits(&mut thing, ty);
        let rust = surface::path(ty);
        thing.is_called(rust.clone(), kind_name(&ty.kind).to_owned(), &[Area::Name, Area::TypeKind]);
        let owner = Owner { ways: thing.ways, sources: &ty.sources, spot: &spot, ident: &rust };
        match &ty.kind {
            TypeKind::Object(object) => self.object(&mut thing, ty, object, &owner),
            TypeKind::Enum(values) => {
                response_form(&mut thing, values, &rust);
                thing.parts = enum_values(values, &owner);
            }
            TypeKind::Union(union) => self.union(&mut thing, union, &owner),
        }
        let own = remaining(&ty.quirks, &thing.parts);
        thing.parts.extend(self.quirks(&own, &spot));
        thing
    }

    fn type_traits(&self, thing: &mut Thing, ty: &Type) {
        let rust = surface::path(ty);
        thing.says(Area::TypeKind, Some(kind_name(&ty.kind).to_owned()), &[""]);
        thing.says(Area::Name, Some(rust), &[""]);
        thing.prose(Some(&ty.doc), [&["doc/en"], &["doc/zh"]]);
        let file = self.side.model.endpoints.iter().find(|endpoint| endpoint.spec == ty.spec);
        let inherited = file.map(|endpoint| endpoint.sources.as_slice()).unwrap_or_default();
        thing.says(Area::Source, Some(own_sources(&ty.sources, inherited)), &["source"]);
        let api = &self.side.spec.api.path;
        let view = ty.view.as_deref().unwrap_or_default();
        let words = ty.view_doc.clone().unwrap_or_default();
        for (text, keys) in [(words.en, &["doc/en"]), (words.zh, &["doc/zh"])] {
            let home = crate::diff::tree::Home {
                file: api.clone(),
                node: vec!["views".to_owned(), view.to_owned()],
                group: crate::diff::sides::Group::General,
                path: format!("views.{view}"),
            };
            thing.says(Area::Doc, Some(text), keys).spot = Some(Spot::at(home));
        }
    }

    fn object(&self, thing: &mut Thing, ty: &Type, object: &ObjectType, owner: &Owner<'_>) {
        if ty.side.request {
            arguments(thing, &ty.ident, &object.fields.iter().collect::<Vec<_>>());
        }
        for field in &object.fields {
            thing.parts.push(self.field(field, field.wire.clone(), &["fields", &field.wire], owner));
        }
        thing.says(Area::Signed, object.signing.as_ref().map(signed), &["signed"]);
        let shown = object.signing.as_ref().and_then(|signing| signing.example.as_ref());
        let shown = shown.map(|it| format!("{} with {}: {}", it.object, it.beside.join(", "), it.signature));
        thing.says(Area::Example, shown, &["signed/example", "signed"]);
        for field in object.signing.iter().flat_map(|signing| &signing.beside) {
            thing.prose(Some(&field.doc), [&["signed/beside/en"], &["signed/beside/zh"]]);
        }
        // A view has only some of the rules: the index in the file counts the others too.
        let written = self.written.get(ty.name.as_str()).map(|at| at.def.rules.as_slice()).unwrap_or_default();
        let holds = |rule: &weixin_codegen::spec::Rule| match (&rule.views, &ty.view) {
            (Some(views), Some(view)) => views.contains(view),
            _ => true,
        };
        let indices: Vec<usize> =
            written.iter().enumerate().filter(|(_, rule)| holds(rule)).map(|(index, _)| index).collect();
        thing.parts.extend(self.rules(&object.rules, owner, &|index| indices.get(index).copied().unwrap_or(index)));
    }

    fn union(&self, thing: &mut Thing, union: &UnionType, owner: &Owner<'_>) {
        if union.tagged {
            let method = format!("{}::{}()", owner.ident, snake_case(&union.tag));
            thing.is_called(method, String::new(), &[Area::Tag]);
        }
        thing.says(Area::Tag, union.tagged.then(|| union.tag.clone()), &["union/tag"]);
        let content = match union.content {
            UnionContent::Keyed => "under a key of their own",
            UnionContent::Inline => "beside the tag",
        };
        thing.says(Area::Content, Some(content.to_owned()), &["union/content"]);
        thing.prose(Some(&union.tag_doc), [&["union/doc/en"], &["union/doc/zh"]]);
        let declared = (!union.tag_declared.is_empty()).then(|| union.tag_declared.join(" | "));
        thing.says(Area::Declared, declared, &["union/declared"]);
        let review = if union.tag_review.is_some() { "starts no review" } else { "nothing is said" };
        thing.says(Area::Review, Some(review.to_owned()), &["union/unreviewed"]);
        thing.parts = union.variants.iter().map(|variant| self.variant(variant, owner)).collect();
        super::builder::distinct(&mut thing.parts);
        thing.parts.extend(self.quirks(&union.tag_quirks, &owner.spot.below(&["union"])));
    }

    fn variant(&self, variant: &Variant, owner: &Owner<'_>) -> Thing {
        // The value tells variants apart on the wire; of several with one value, all but the last have a condition.
        let name =
            if variant.when.is_empty() { variant.value.clone() } else { format!("{} (on a condition)", variant.value) };
        let mut thing = Thing::new(Area::Variant, name, owner.spot.below(&["union", "variants", &variant.ident]));
        thing.ways = owner.ways;
        thing.kind = Kind::Any;
        thing.shown = format!("{} ({})", variant.value, variant.doc.en);
        thing.sources.clone_from(&variant.sources);
        thing.ty = variant.ty().map(TypeRef::Named);
        let content = thing.ty.as_ref().map(|ty| signature(self.side.model, ty)).unwrap_or_default();
        thing.is_called(format!("{}::{}", owner.ident, variant.ident), content, &[Area::Name, Area::Type]);
        thing.says(Area::Name, Some(variant.ident.clone()), &[""]);
        thing.says(Area::Also, also(&variant.also), &["also"]);
        let key = match &variant.content {
            VariantContent::Keyed(key, _) => key.clone(),
            VariantContent::Unit | VariantContent::Inline(_) => "none".to_owned(),
        };
        thing.says(Area::VariantKey, Some(key), &["key"]);
        let when: Vec<_> = variant
            .when
            .iter()
            .map(|one| format!("{} = {}", one.path, one.spelled(" or ", ToString::to_string)))
            .collect();
        let when = if when.is_empty() { "always".to_owned() } else { when.join(" and ") };
        thing.says(Area::Condition, Some(when), &["when"]);
        thing.prose(Some(&variant.doc), [&["doc/en"], &["doc/zh"]]);
        thing
    }
}

fn kind_name(kind: &TypeKind) -> &'static str {
    match kind {
        TypeKind::Object(_) => "object",
        TypeKind::Union(_) => "union",
        TypeKind::Enum(EnumType { kind: EnumKind::String, .. }) => "enumeration of strings",
        TypeKind::Enum(EnumType { kind: EnumKind::Int, .. }) => "enumeration of integers",
    }
}

/// The form that responses give in place of the values.
fn response_form(thing: &mut Thing, values: &EnumType, rust: &str) {
    let form = values.response_form.as_ref();
    if let Some(form) = form {
        thing.is_called(format!("{rust}::from_{}", form.name), String::new(), &[Area::ResponseForm]);
    }
    let said = form.map(|form| format!("{}: begins with {}", form.name, form.begins));
    thing.says(Area::ResponseForm, said, &["response_form"]);
    thing.prose(form.map(|form| &form.text), [&["response_form/text/en"], &["response_form/text/zh"]]);
}

fn enum_values(values: &EnumType, owner: &Owner<'_>) -> Vec<Thing> {
    let one = |value: &weixin_codegen::model::EnumVariant| {
        let mut thing = Thing::new(Area::Value, value.wire.clone(), owner.spot.below(&["values", &value.wire]));
        thing.ways = owner.ways;
        thing.shown = format!("{}: {}", value.wire, value.doc.en);
        thing.sources.clone_from(&value.sources);
        thing.is_called(format!("{}::{}", owner.ident, value.ident), String::new(), &[Area::Name]);
        thing.says(Area::Name, Some(value.ident.clone()), &["name", ""]);
        thing.says(Area::Also, also(&value.also), &["also"]);
        thing.says(Area::ResponseValue, value.response.clone(), &["response"]);
        thing.prose(Some(&value.doc), [&["en"], &["zh"]]);
        thing
    };
    values.values.iter().map(one).collect()
}

/// The values that are read as another, in any order.
fn also(values: &[String]) -> Option<String> {
    let mut values = values.to_vec();
    values.sort();
    (!values.is_empty()).then(|| values.join(", "))
}

/// How an object is signed.
fn signed(signing: &Signing) -> String {
    let Signing { ticket, by, fields, beside, time, nonce, signature, form, example: _ } = signing;
    let Algorithm::SortedSha1 = by;
    let beside: Vec<&str> = beside.iter().map(|field| field.wire.as_str()).collect();
    let filled: Vec<&str> = time.iter().chain(nonce).map(String::as_str).collect();
    let form = if *form == Form::Text { ", as a text" } else { "" };
    let lists = [fields.join(", "), beside.join(", "), filled.join(", ")];
    let [fields, beside, filled] = lists;
    format!("sorted-sha1 of {ticket}, {fields}; beside: {beside}; fills {filled}; into {signature}{form}")
}
