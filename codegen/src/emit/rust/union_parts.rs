//! What a union gives without a match over all its variants: its tag, the fields that they share, one variant.

use std::fmt::Write as _;

use super::scope::{Scope, ident};
use super::ty;
use super::written::{function, implement, indented};
use crate::model::{Field, ObjectType, Side, Type, TypeId, TypeKind, UnionType, Variant, snake_case};

/// All of it.
pub(super) fn emit(scope: &Scope<'_>, id: TypeId, ty: &Type, it: &UnionType) -> String {
    let union = Parts { scope, id, side: ty.side, it };
    let mut methods = vec![union.tag()];
    for field in union.shared() {
        methods.push(union.field(field, false));
        if ty.side.request {
            methods.push(union.field(field, true));
        }
    }
    for variant in it.variants.iter().filter(|variant| variant.ty().is_some()) {
        methods.push(union.variant(variant, false));
        if ty.side.request {
            methods.push(union.variant(variant, true));
        }
    }
    let methods: Vec<String> = methods.iter().map(|method| indented(method)).collect();
    let mut text = format!("impl {} {{\n{}\n}}\n", ty.ident, methods.join("\n\n"));
    for variant in &it.variants {
        if let Some(content) = variant.ty().filter(|content| scope.ctx.has_unique_content(it, *content)) {
            let _ = write!(text, "\n{}", union.try_from(&ty.ident, variant, content));
        }
    }
    text
}

struct Parts<'a, 's> {
    scope: &'s Scope<'a>,
    id: TypeId,
    side: Side,
    it: &'s UnionType,
}

impl<'a> Parts<'a, '_> {
    /// The objects that variants hold, with the variants.
    fn contents(&self) -> Vec<(&Variant, &'a ObjectType)> {
        let contents = self.it.variants.iter().filter_map(|variant| match &self.scope.ctx.ty(variant.ty()?).kind {
            TypeKind::Object(object) => Some((variant, object)),
            _ => None,
        });
        contents.collect()
    }

    /// The fields that every variant with content has, each of the type that most variants give it.
    fn shared(&self) -> Vec<&'a Field> {
        let contents = self.contents();
        let Some(((_, first), rest)) = contents.split_first() else {
            return Vec::new();
        };
        if rest.is_empty() {
            return Vec::new();
        }
        let tag = snake_case(&self.it.tag);
        let everywhere = |name: &str| contents.iter().all(|(_, object)| find(object, name).is_some());
        let names =
            first.fields.iter().filter(|field| !field.flatten && field.ident != tag && everywhere(&field.ident));
        names.filter_map(|field| self.most_common(&contents, &field.ident)).collect()
    }

    fn most_common(&self, contents: &[(&Variant, &'a ObjectType)], name: &str) -> Option<&'a Field> {
        let fields: Vec<&'a Field> = contents.iter().filter_map(|(_, object)| find(object, name)).collect();
        let count = |field: &Field| fields.iter().filter(|other| other.ty == field.ty).count();
        let most = fields.iter().map(|field| count(field)).max()?;
        fields.iter().find(|field| count(field) == most).copied()
    }

    fn tag(&self) -> String {
        let arms = self.it.variants.iter().map(|variant| {
            let content = if variant.ty().is_some() { "(_)" } else { "" };
            format!("    Self::{}{content} => {:?},\n", ident(&variant.ident), variant.value)
        });
        let arms: String = arms.collect();
        let body = format!("match self {{\n{arms}    Self::Unknown(unknown) => unknown.tag(),\n}}");
        let name = ident(&snake_case(&self.it.tag));
        let doc = format!("The value of `{}`.", self.it.tag);
        method(&doc, &format!("pub fn {name}(&self) -> &str"), &body)
    }

    fn field(&self, field: &Field, is_mut: bool) -> String {
        let content = self.contents();
        let name = ident(&field.ident);
        let arms = content.iter().filter_map(|(variant, object)| {
            let own = find(object, &field.ident).filter(|own| own.ty == field.ty)?;
            let value = self.borrowed(own, is_mut);
            Some(format!("    Self::{}(content) => {value},\n", ident(&variant.ident)))
        });
        let arms: Vec<String> = arms.collect();
        let rest = if arms.len() == self.it.variants.len() { "Self::Unknown(_)" } else { "_" };
        let body = format!("match self {{\n{}    {rest} => None,\n}}", arms.concat());
        let others = if arms.len() == content.len() { "" } else { ", and in variants where it is of another type" };
        let base = ty::base(self.scope, &field.ty).to_string().replace(' ', "");
        let doc = format!("The `{}` of whichever variant it is; none where it is not set{others}.", field.wire);
        let signature = if is_mut {
            format!("pub fn {}_mut(&mut self) -> Option<&mut {base}>", field.ident)
        } else if ty::is_copy(&field.ty) {
            format!("pub fn {name}(&self) -> Option<{base}>")
        } else {
            format!("pub fn {name}(&self) -> Option<&{base}>")
        };
        method(&doc, &signature, &body)
    }

    /// The field of `content`, as an `Option` of a reference or a copy.
    fn borrowed(&self, field: &Field, is_mut: bool) -> String {
        let name = ident(&field.ident);
        let optional = field.may_be_absent(self.side);
        match (optional, is_mut, ty::is_copy(&field.ty)) {
            (true, false, true) => format!("content.{name}"),
            (true, false, false) => format!("content.{name}.as_ref()"),
            (true, true, _) => format!("content.{name}.as_mut()"),
            (false, false, true) => format!("Some(content.{name})"),
            (false, false, false) => format!("Some(&content.{name})"),
            (false, true, _) => format!("Some(&mut content.{name})"),
        }
    }

    fn variant(&self, variant: &Variant, is_mut: bool) -> String {
        let name = ident(&variant.ident);
        let content = variant.ty().map(|id| self.scope.name(id).to_string()).unwrap_or_default();
        let (suffix, reference) = if is_mut { ("_mut", "&mut ") } else { ("", "&") };
        let doc = format!("The content, if it is `{}`.", variant.ident);
        let signature = format!(
            "pub fn as_{}{suffix}({reference}self) -> Option<{reference}{content}>",
            snake_case(&variant.ident)
        );
        let body = format!("match self {{\n    Self::{name}(content) => Some(content),\n    _ => None,\n}}");
        method(&doc, &signature, &body)
    }

    fn try_from(&self, union: &str, variant: &Variant, content: TypeId) -> String {
        let name = ident(&variant.ident);
        let value = if self.scope.ctx.boxes(self.id, content) { "*content" } else { "content" };
        let body =
            format!("match union {{\n    {union}::{name}(content) => Ok({value}),\n    other => Err(other),\n}}");
        let signature = format!("fn try_from(union: {union}) -> Result<Self, {union}>");
        let items = [format!("type Error = {union};"), function(&signature, &body)];
        let content = self.scope.name(content).to_string();
        implement(&format!("TryFrom<{union}>"), &content, &items)
    }
}

fn find<'a>(object: &'a ObjectType, name: &str) -> Option<&'a Field> {
    object.fields.iter().find(|field| field.ident == name && !field.flatten)
}

fn method(doc: &str, signature: &str, body: &str) -> String {
    format!("/// {doc}\n#[must_use]\n{}", function(signature, body))
}
