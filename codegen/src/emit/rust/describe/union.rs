//! What a union says of itself.

use super::super::scope::{Scope, ident};
use super::super::written::{function, implement, indented};
use super::{READ, VIEW, serde, shown};
use crate::emit::prose::plain_value;
use crate::model::{Condition, TypeId, UnionType, Variant, VariantContent, snake_case};

/// A union.
pub(in super::super) fn union(scope: &Scope<'_>, id: TypeId, name: &str, it: &UnionType) -> String {
    let shape_name = snake_case(name).to_uppercase();
    let this = format!("&{shape_name}");
    let field = [
        function(VIEW, "rt::View::Union(self)"),
        function(READ, "reader.union(self)"),
        function("fn union_shape(&self) -> Option<&'static rt::UnionShape>", &format!("Some({this})")),
    ];
    let parts = [
        shape(&shape_name, name, it),
        implement(
            "rt::Union",
            name,
            &[
                function("fn shape(&self) -> &'static rt::UnionShape", &this),
                function("fn chosen(&self) -> rt::Chosen<'_>", &chosen(scope, id, it)),
                function(
                    "fn become_variant(&mut self, index: usize, reader: &mut rt::Reader<'_>) -> rt::Done",
                    &become_variant(scope, id, it),
                ),
            ],
        ),
        implement("rt::Field", name, &field),
        implement("rt::Blank", name, &["const BLANK: Self = Self::Unknown(rt::Blank::BLANK);".to_owned()]),
        shown(name, "rt::Field::view(self).fmt(f)", "rt::Field::view(self) == rt::Field::view(other)"),
        serde(name),
    ];
    parts.join("\n")
}

/// The static part.
fn shape(shape_name: &str, name: &str, it: &UnionType) -> String {
    let variants: Vec<String> =
        it.variants.iter().map(|variant| format!("        {},", variant_shape(variant))).collect();
    let head = indented(&format!("name: {name:?},\ntag: {:?},\ntagged: {},", it.tag, it.tagged));
    let variants = variants.join("\n");
    format!(
        "static {shape_name}: rt::UnionShape = rt::UnionShape {{\n{head}\n    variants: &[\n{variants}\n    ],\n}};\n"
    )
}

fn variant_shape(variant: &Variant) -> String {
    let (name, value) = (&variant.ident, &variant.value);
    let mut text = match &variant.content {
        VariantContent::Unit => format!("rt::VariantShape::unit({name:?}, {value:?})"),
        VariantContent::Inline(_) => format!("rt::VariantShape::inline({name:?}, {value:?})"),
        VariantContent::Keyed(key, _) => format!("rt::VariantShape::keyed({name:?}, {value:?}, {key:?})"),
    };
    if !variant.also.is_empty() {
        text += &format!(".also(&{:?})", variant.also);
    }
    if !variant.when.is_empty() {
        let conditions: Vec<String> = variant.when.iter().map(condition).collect();
        text += &format!(".when(&[{}])", conditions.join(", "));
    }
    text
}

fn condition(condition: &Condition) -> String {
    let values: Vec<String> = condition.values.iter().map(plain_value).collect();
    format!("(&{:?}, &{values:?})", &*condition.path)
}

/// The match from the variant at hand to its index and content.
fn chosen(scope: &Scope<'_>, id: TypeId, it: &UnionType) -> String {
    let arms = it.variants.iter().enumerate().map(|(index, variant)| {
        let (pattern, content) = match variant.ty() {
            None => ("", "None"),
            Some(content) if scope.ctx.boxes(id, content) => ("(content)", "Some(&**content)"),
            Some(_) => ("(content)", "Some(content)"),
        };
        format!("    Self::{}{pattern} => rt::Chosen::Known({index}, {content}),\n", ident(&variant.ident))
    });
    let arms: String = arms.collect();
    format!("match self {{\n{arms}    Self::Unknown(unknown) => rt::Chosen::Unknown(unknown),\n}}")
}

/// The match from an index to the variant, which is read.
fn become_variant(scope: &Scope<'_>, id: TypeId, it: &UnionType) -> String {
    let arms = it.variants.iter().enumerate().map(|(index, variant)| {
        let name = ident(&variant.ident);
        match variant.ty() {
            None => format!("    {index} => reader.no_content().map(|()| Self::{name})?,\n"),
            Some(content) if scope.ctx.boxes(id, content) => {
                format!("    {index} => Self::{name}(Box::new(reader.content()?)),\n")
            }
            Some(_) => format!("    {index} => Self::{name}(reader.content()?),\n"),
        }
    });
    let arms: String = arms.collect();
    format!("*self = match index {{\n{arms}    _ => Self::Unknown(reader.content()?),\n}};\nOk(())")
}
