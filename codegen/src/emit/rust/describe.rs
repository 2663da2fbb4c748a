//! What a type says of itself: its shape, its fields, and the few lines by which it takes part in reading, writing,
//! `Debug`, `PartialEq` and serde. It looks alike for every type, so it is written as text and skips the formatter.

use std::fmt::Write as _;

use super::object::Struct;
use super::scope::{Scope, ident};
use super::unions;
use crate::emit::prose::plain_value;
use crate::model::{Field, Scalar, TypeId, TypeRef, UnionType, Variant, VariantContent, snake_case};

/// How many columns a line of code has.
const WIDTH: usize = 100;

/// An object. A push is known by the values of some fields.
pub(super) fn object(scope: &Scope<'_>, it: &Struct<'_>, known_by: &[(String, String)]) -> String {
    let name = it.rust;
    let shape = snake_case(name).to_uppercase();
    let fields = &it.object.fields;
    let keys = list(fields.iter().map(|field| format!("{:?}", key(field))));
    let required = list(it.required().map(|field| format!("{:?}", key(field))));
    let known_by = match known_by {
        [] => String::new(),
        pairs => format!(".known_by(&{})", list(pairs.iter().map(|pair| format!("{pair:?}")))),
    };
    let (keys, required) = (keys.replace('\n', "\n    "), required.replace('\n', "\n    "));
    let mut text = String::new();
    let one_line = format!("static {shape}: rt::Shape = rt::Shape::new({name:?}, &{keys}, &{required}){known_by};\n");
    if one_line.chars().count() <= WIDTH + 1 && !one_line.trim_end().contains('\n') {
        text.push_str(&one_line);
    } else {
        let _ = writeln!(
            text,
            "static {shape}: rt::Shape = rt::Shape::new(\n    {name:?},\n    &{keys},\n    &{required},\n){known_by};"
        );
    }
    let lent = |reference: &str, boxed: &str| list(fields.iter().map(|field| lent(scope, it, field, reference, boxed)));
    let (lend, fill) = (lent("&", "&rt::Boxed(&"), lent("&mut ", "&mut rt::Boxed(&mut "));
    let blank = braces(fields.iter().map(|field| format!("{}: {}", ident(&field.rust), blank(field, it))));
    let (to, reader) = if fields.is_empty() {
        ("&[]".to_owned(), "&mut []".to_owned())
    } else {
        (format!("&{}", deeper(&lend)), format!("&mut {}", deeper(&fill)))
    };
    let _ = write!(
        text,
        "\nimpl rt::Object for {name} {{\n    fn lend(&self, to: rt::Borrower<'_>) {{\n        to(&{shape}, {to});\n    }}\n\n    \
         fn fill(&mut self, reader: &mut rt::Reader<'_>) -> rt::Done {{\n        reader.object(&{shape}, {reader})\n    }}\n}}\n\n\
         impl rt::Blank for {name} {{\n    const BLANK: Self = Self {};\n}}\n",
        blank.replace('\n', "\n    ")
    );
    text + &shown("rt::show(self, f)", "rt::same(self, other)", name) + &serde(name)
}

/// The key of a field; none where the keys of a union stand beside the others.
fn key(field: &Field) -> &str {
    if field.flatten { "" } else { &field.wire }
}

fn lent(scope: &Scope<'_>, it: &Struct<'_>, field: &Field, reference: &str, boxed: &str) -> String {
    let name = ident(&field.rust);
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

/// An open enumeration of strings.
pub(super) fn text_enum(name: &str) -> String {
    field(name, "rt::View::Text(self.as_str())", "*self = Self::from(&*reader.text()?);\n        Ok(())", false)
        + &unknown(name, "String")
        + &serde(name)
}

/// An open enumeration of integers.
pub(super) fn integer_enum(name: &str) -> String {
    field(name, "rt::View::Int(self.as_i64())", "*self = Self::from(reader.option()?);\n        Ok(())", false)
        + &unknown(name, "i64")
        + &serde(name)
}

fn unknown(name: &str, inner: &str) -> String {
    format!(
        "\nimpl rt::Blank for {name} {{\n    const BLANK: Self = Self::Unknown(<rt::Unknown<{inner}> as rt::Blank>::BLANK);\n}}\n"
    )
}

/// A union.
pub(super) fn union(scope: &Scope<'_>, id: TypeId, name: &str, it: &UnionType) -> String {
    let shape = snake_case(name).to_uppercase();
    let mut text = format!(
        "static {shape}: rt::UnionShape = rt::UnionShape {{\n    name: {name:?},\n    tag: {:?},\n    tagged: {},\n    variants: &[\n",
        it.tag, it.tagged
    );
    for variant in &it.variants {
        let _ = writeln!(text, "        {},", variant_shape(variant));
    }
    let _ = write!(
        text,
        "    ],\n}};\n\nimpl rt::Union for {name} {{\n    fn shape(&self) -> &'static rt::UnionShape {{\n        &{shape}\n    }}\n\n    \
         fn chosen(&self) -> rt::Chosen<'_> {{\n        match self {{\n"
    );
    for (index, variant) in it.variants.iter().enumerate() {
        let (pattern, content) = match variant.ty() {
            None => ("", "None"),
            Some(content) if unions::is_boxed(scope, id, content) => ("(content)", "Some(&**content)"),
            Some(_) => ("(content)", "Some(content)"),
        };
        let _ = writeln!(
            text,
            "            Self::{}{pattern} => rt::Chosen::Known({index}, {content}),",
            ident(&variant.rust)
        );
    }
    text.push_str(
        "            Self::Unknown(unknown) => rt::Chosen::Unknown(unknown),\n        }\n    }\n\n    \
         fn become_variant(&mut self, index: usize, reader: &mut rt::Reader<'_>) -> rt::Done {\n        *self = match index {\n",
    );
    for (index, variant) in it.variants.iter().enumerate() {
        let variant_name = ident(&variant.rust);
        let _ = match variant.ty() {
            None => writeln!(text, "            {index} => reader.no_content().map(|()| Self::{variant_name})?,"),
            Some(content) if unions::is_boxed(scope, id, content) => {
                writeln!(text, "            {index} => Self::{variant_name}(Box::new(reader.content()?)),")
            }
            Some(_) => writeln!(text, "            {index} => Self::{variant_name}(reader.content()?),"),
        };
    }
    text.push_str("            _ => Self::Unknown(reader.content()?),\n        };\n        Ok(())\n    }\n}\n\n");
    let blank =
        format!("\nimpl rt::Blank for {name} {{\n    const BLANK: Self = Self::Unknown(rt::Blank::BLANK);\n}}\n");
    text + &field(name, "rt::View::Union(self)", "reader.union(self)", true)
        + &blank
        + &shown("rt::Field::view(self).fmt(f)", "rt::Field::view(self) == rt::Field::view(other)", name)
        + &serde(name)
}

fn variant_shape(variant: &Variant) -> String {
    let (name, value) = (&variant.rust, &variant.value);
    let mut text = match &variant.content {
        VariantContent::Unit => format!("rt::VariantShape::unit({name:?}, {value:?})"),
        VariantContent::Inline(_) => format!("rt::VariantShape::inline({name:?}, {value:?})"),
        VariantContent::Keyed(key, _) => format!("rt::VariantShape::keyed({name:?}, {value:?}, {key:?})"),
    };
    if !variant.also.is_empty() {
        let _ = write!(text, ".also(&{:?})", variant.also);
    }
    if !variant.when.is_empty() {
        let pairs: Vec<(&str, String)> =
            variant.when.iter().map(|(path, value)| (path.as_str(), plain_value(value))).collect();
        let _ = write!(text, ".when(&{pairs:?})");
    }
    text
}

/// How a value that is no object is seen and read.
fn field(name: &str, view: &str, read: &str, is_union: bool) -> String {
    let shape = snake_case(name).to_uppercase();
    let union_shape = if is_union {
        format!("\n\n    fn union_shape(&self) -> Option<&'static rt::UnionShape> {{\n        Some(&{shape})\n    }}")
    } else {
        String::new()
    };
    format!(
        "impl rt::Field for {name} {{\n    fn view(&self) -> rt::View<'_> {{\n        {view}\n    }}\n\n    \
         fn read(&mut self, reader: &mut rt::Reader<'_>) -> rt::Done {{\n        {read}\n    }}{union_shape}\n}}\n"
    )
}

/// `Debug` and `PartialEq`.
fn shown(show: &str, same: &str, name: &str) -> String {
    format!(
        "\nimpl std::fmt::Debug for {name} {{\n    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {{\n        {show}\n    }}\n}}\n\n\
         impl PartialEq for {name} {{\n    fn eq(&self, other: &Self) -> bool {{\n        {same}\n    }}\n}}\n"
    )
}

/// `Serialize` and `Deserialize`.
fn serde(name: &str) -> String {
    format!(
        "\nimpl rt::serde::Serialize for {name} {{\n    \
         fn serialize<S: rt::serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {{\n        \
         rt::serial::serialize(self, serializer)\n    }}\n}}\n\n\
         impl<'de> rt::serde::Deserialize<'de> for {name} {{\n    \
         fn deserialize<D: rt::serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {{\n        \
         rt::serial::deserialize(deserializer)\n    }}\n}}\n"
    )
}

/// A list in brackets: on one line if it is short, else in rows.
fn list(items: impl Iterator<Item = String>) -> String {
    wrapped("[", items, "]")
}

/// Fields in braces.
fn braces(items: impl Iterator<Item = String>) -> String {
    match wrapped("{ ", items, " }").as_str() {
        "{  }" => "{}".to_owned(),
        text => text.replace("{ \n", "{\n").replace("\n }", "\n}"),
    }
}

fn wrapped(open: &str, items: impl Iterator<Item = String>, close: &str) -> String {
    /// What may stand before a list and after it on its line.
    const AROUND: usize = 36;
    let items: Vec<String> = items.collect();
    let line = format!("{open}{}{close}", items.join(", "));
    if line.chars().count() + AROUND <= WIDTH {
        return line;
    }
    let mut text = String::from(open);
    let mut width = WIDTH;
    for item in items {
        if width + item.len() + 2 > WIDTH {
            text.truncate(text.trim_end_matches(' ').len());
            text.push_str("\n    ");
            width = 12;
        }
        let _ = write!(text, "{item}, ");
        width += item.len() + 2;
    }
    text.truncate(text.trim_end().len());
    text.push('\n');
    text.push_str(close.trim_start());
    text
}

/// The same text inside of a function.
fn deeper(text: &str) -> String {
    text.replace('\n', "\n        ")
}
