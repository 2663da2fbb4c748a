//! What an object says of itself.

use super::super::object::Struct;
use super::super::scope::{Scope, ident};
use super::super::written::{function, implement, indented, list, struct_of};
use super::{serde, shown};
use crate::model::{Field, Scalar, TypeRef, snake_case};

/// An object. A push is known by the values of some fields.
pub(in super::super) fn object(scope: &Scope<'_>, it: &Struct<'_>, known_by: &[(String, String)]) -> String {
    let name = it.ident;
    let shape_name = snake_case(name).to_uppercase();
    let fields = &it.object.fields;
    let lent = |reference: &str, boxed: &str| {
        let extra = it.extra().map(|extra| format!("{reference}self.{extra}"));
        list(fields.iter().map(|field| lent(scope, it, field, reference, boxed)).chain(extra))
    };
    let lend = function(
        "fn lend(&self, to: rt::Borrower<'_>)",
        &format!("to(&{shape_name}, &{});", lent("&", "&rt::Boxed(&")),
    );
    let fill = function(
        "fn fill(&mut self, reader: &mut rt::Reader<'_>) -> rt::Done",
        &format!("reader.object(&{shape_name}, &mut {})", lent("&mut ", "&mut rt::Boxed(&mut ")),
    );
    let extra = it.extra().map(|extra| format!("{extra}: rt::Blank::BLANK"));
    let blank = fields.iter().map(|field| format!("{}: {}", ident(&field.ident), blank(field, it))).chain(extra);
    let blank = struct_of(blank);
    let mut parts = vec![
        shape(it, &shape_name, known_by),
        implement("rt::Object", name, &[lend, fill]),
        implement("rt::Blank", name, &[format!("const BLANK: Self = {blank};")]),
    ];
    if it.required().next().is_none() {
        let default = function("fn default() -> Self", "<Self as rt::Blank>::BLANK");
        parts.push(implement("Default", name, &[default]));
    }
    parts.push(shown(name, "rt::show(self, f)", "rt::same(self, other)"));
    parts.push(serde(name));
    parts.join("\n")
}

/// The static part.
fn shape(it: &Struct<'_>, name: &str, known_by: &[(String, String)]) -> String {
    let rust = it.ident;
    let extra = it.extra().map(|_| "\"\"".to_owned());
    let keys = list(it.object.fields.iter().map(|field| format!("{:?}", key(field))).chain(extra));
    let required = list(it.required().map(|field| format!("{:?}", key(field))));
    let known_by = match known_by {
        [] => String::new(),
        pairs => format!(".known_by(&{})", list(pairs.iter().map(|pair| format!("{pair:?}")))),
    };
    let reviewed: Vec<String> = it
        .object
        .fields
        .iter()
        .filter(|field| it.side.request && field.review == Some(true))
        .map(|field| format!("{:?}", key(field)))
        .collect();
    let more = match &reviewed[..] {
        [] => known_by,
        _ => format!("{known_by}\n    .reviewed(&{})", list(reviewed.into_iter())),
    };
    let secret: Vec<String> =
        it.object.fields.iter().filter(|field| field.secret).map(|field| format!("{:?}", key(field))).collect();
    let more = match &secret[..] {
        [] => more,
        _ => format!("{more}\n    .secret(&{})", list(secret.into_iter())),
    };
    let line = format!("static {name}: rt::Shape = rt::Shape::new({rust:?}, &{keys}, &{required}){more};\n");
    if line.len() <= 100 && line.lines().count() == 1 {
        return line;
    }
    let arguments = indented(&format!("{rust:?},\n&{keys},\n&{required},"));
    format!("static {name}: rt::Shape = rt::Shape::new(\n{arguments}\n){more};\n")
}

/// The key of a field; none where the keys of a union stand beside the others.
fn key(field: &Field) -> &str {
    if field.flatten { "" } else { &field.wire }
}

fn lent(scope: &Scope<'_>, it: &Struct<'_>, field: &Field, reference: &str, boxed: &str) -> String {
    let name = ident(&field.ident);
    if field.may_be_absent(it.side) && scope.ctx.boxed(it.id, &field.ty) {
        return format!("{boxed}self.{name})");
    }
    format!("{reference}self.{name}")
}

/// What a field is before anything was read.
fn blank(field: &Field, it: &Struct<'_>) -> &'static str {
    if field.may_be_absent(it.side) {
        return "None";
    }
    match &field.ty {
        TypeRef::Scalar(Scalar::Bool) => "false",
        TypeRef::Scalar(scalar) if scalar.is_number() => "0",
        TypeRef::Scalar(scalar) if scalar.is_text() => "String::new()",
        TypeRef::List(_) => "Vec::new()",
        _ => "rt::Blank::BLANK",
    }
}
