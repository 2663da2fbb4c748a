//! The example of a push, from XML to the value that the model speaks of.

use std::iter::Peekable;
use std::str::CharIndices;

use crate::model::{EnumKind, Model, ObjectType, Scalar, TypeKind, TypeRef, UnionType, Value, VariantContent};

/// An element with its text and its children.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Element {
    pub(super) name: String,
    pub(super) text: String,
    /// Whether some of the text stands in CDATA.
    pub(super) quoted: bool,
    pub(super) children: Vec<Element>,
}

/// As deep as elements may stand in one another.
const DEEPEST: usize = 32;

/// The one element of a text, or why it is no XML.
pub(super) fn parse(text: &str) -> Result<Element, String> {
    let mut reader = Reader { text, chars: text.char_indices().peekable() };
    reader.misc()?;
    let root = reader.element(0)?;
    reader.misc()?;
    match reader.rest() {
        "" => Ok(root),
        rest => Err(format!("`{}` follows the end of `<{}>`", beginning(rest), root.name)),
    }
}

/// The first letters of what is quoted.
fn beginning(text: &str) -> String {
    text.chars().take(12).flat_map(char::escape_debug).collect()
}

struct Reader<'x> {
    text: &'x str,
    chars: Peekable<CharIndices<'x>>,
}

impl<'x> Reader<'x> {
    fn rest(&mut self) -> &'x str {
        self.chars.peek().map_or("", |(at, _)| &self.text[*at..])
    }

    fn take(&mut self, wanted: &str) -> bool {
        let there = self.rest().starts_with(wanted);
        if there {
            self.skip(wanted.chars().count());
        }
        there
    }

    fn skip(&mut self, characters: usize) {
        self.chars.by_ref().take(characters).for_each(drop);
    }

    /// What stands before a mark, and goes on behind it.
    fn until(&mut self, mark: &str) -> Result<&'x str, String> {
        let rest = self.rest();
        let end = rest.find(mark).ok_or_else(|| format!("`{mark}` is missing after `{}`", beginning(rest)))?;
        self.skip(rest[..end + mark.len()].chars().count());
        Ok(&rest[..end])
    }

    /// Blanks, comments and declarations around the element.
    fn misc(&mut self) -> Result<(), String> {
        loop {
            while self.chars.next_if(|(_, c)| c.is_whitespace()).is_some() {}
            if self.take("<!--") {
                self.until("-->")?;
            } else if self.take("<?") {
                self.until("?>")?;
            } else {
                return Ok(());
            }
        }
    }

    fn name(&mut self) -> Result<String, String> {
        let mut name = String::new();
        while let Some((_, c)) = self.chars.next_if(|(_, c)| c.is_alphanumeric() || matches!(c, '_' | '-' | '.')) {
            name.push(c);
        }
        match name.is_empty() {
            true => Err(format!("`{}` is no name of an element", beginning(self.rest()))),
            false => Ok(name),
        }
    }

    fn element(&mut self, depth: usize) -> Result<Element, String> {
        if !self.take("<") {
            return Err(format!("an element is expected, found `{}`", beginning(self.rest())));
        }
        if depth > DEEPEST {
            return Err(format!("elements nest deeper than {DEEPEST} levels"));
        }
        let name = self.name()?;
        let mut element = Element { name, text: String::new(), quoted: false, children: Vec::new() };
        self.misc()?;
        if self.take("/>") {
            return Ok(element);
        }
        if !self.take(">") {
            return Err(format!("`<{}` is not closed by `>`", element.name));
        }
        self.content(&mut element, depth)?;
        element.text = element.text.trim().to_owned();
        if !element.children.is_empty() && !element.text.is_empty() {
            return Err(format!("`{}` stands between elements of `<{}>`", beginning(&element.text), element.name));
        }
        Ok(element)
    }

    fn content(&mut self, element: &mut Element, depth: usize) -> Result<(), String> {
        loop {
            if self.take("</") {
                let closed = self.name()?;
                self.misc()?;
                return match closed == element.name && self.take(">") {
                    true => Ok(()),
                    false => Err(format!("`<{}>` is closed by `</{closed}>`", element.name)),
                };
            } else if self.take("<![CDATA[") {
                element.text += self.until("]]>")?;
                element.quoted = true;
            } else if self.take("<!--") {
                self.until("-->")?;
            } else if self.rest().starts_with('<') {
                element.children.push(self.element(depth + 1)?);
            } else if self.take("&") {
                element.text.push(self.entity()?);
            } else if let Some((_, c)) = self.chars.next() {
                element.text.push(c);
            } else {
                return Err(format!("`</{}>` is missing", element.name));
            }
        }
    }

    fn entity(&mut self) -> Result<char, String> {
        let name = self.until(";")?;
        let number = || match name.strip_prefix("#x") {
            Some(digits) => u32::from_str_radix(digits, 16).ok(),
            None => name.strip_prefix('#')?.parse().ok(),
        };
        let known = [("lt", '<'), ("gt", '>'), ("amp", '&'), ("quot", '"'), ("apos", '\'')];
        let named = known.iter().find(|(known, _)| *known == name).map(|(_, c)| *c);
        let c = named.or_else(|| char::from_u32(number()?));
        c.ok_or_else(|| format!("`&{};` stands for no character", beginning(name)))
    }
}

/// Reads elements as the values that the model wants in their places.
pub(super) struct Values<'m> {
    pub(super) model: &'m Model,
}

impl Values<'_> {
    /// The children of an element as the fields of an object.
    pub(super) fn object(&self, element: &Element, object: &ObjectType) -> Value {
        self.children(element, &|name| self.in_object(object, name))
    }

    /// The names that occur twice where one is meant.
    pub(super) fn repeated<'e>(&self, element: &'e Element, object: &ObjectType) -> Vec<&'e str> {
        let is_list = |name: &str| self.in_object(object, name).is_some_and(|ty| ty.is_list() || ty.is_unknown());
        let names: Vec<&str> = element.children.iter().map(|child| child.name.as_str()).collect();
        let again = |at: &usize| names[..*at].contains(&names[*at]) && !is_list(names[*at]);
        (0..names.len()).filter(again).map(|at| names[at]).collect()
    }

    /// The children of an element by name, each as the type that `ty` gives for it.
    fn children(&self, element: &Element, ty: &dyn Fn(&str) -> Option<TypeRef>) -> Value {
        let mut map = serde_json::Map::new();
        for child in &element.children {
            match ty(&child.name) {
                Some(TypeRef::List(item)) => {
                    let items = map.entry(child.name.clone()).or_insert_with(|| Value::Array(Vec::new()));
                    if let Value::Array(items) = items {
                        items.push(self.value(child, &item));
                    }
                }
                Some(ty) => drop(map.insert(child.name.clone(), self.value(child, &ty))),
                None => drop(map.insert(child.name.clone(), untyped(child))),
            }
        }
        Value::Object(map)
    }

    fn value(&self, element: &Element, ty: &TypeRef) -> Value {
        match ty {
            TypeRef::Scalar(scalar) => self.scalar(element, *scalar),
            TypeRef::List(_) => untyped(element),
            TypeRef::Map(inner) => self.children(element, &|_| Some((**inner).clone())),
            TypeRef::OrText(inner) if element.children.is_empty() => match self.value(element, inner) {
                Value::Object(_) | Value::Array(_) => Value::String(element.text.clone()),
                value => value,
            },
            TypeRef::OrText(inner) => self.value(element, inner),
            TypeRef::Named(id) => match &self.model.ty(*id).kind {
                TypeKind::Enum(known) if known.kind == EnumKind::Int => number(&element.text),
                TypeKind::Enum(_) => untyped(element),
                TypeKind::Object(object) => self.object(element, object),
                TypeKind::Union(union) => self.children(element, &|name| self.in_union(union, name)),
            },
        }
    }

    fn scalar(&self, element: &Element, scalar: Scalar) -> Value {
        match (scalar, element.text.as_str()) {
            _ if !element.children.is_empty() => untyped(element),
            (Scalar::Bool, "true" | "1") => Value::Bool(true),
            (Scalar::Bool, "false" | "0") => Value::Bool(false),
            (scalar, text) if scalar.is_number() => number(text),
            (_, text) => Value::String(text.to_owned()),
        }
    }

    /// The type of a field, also of one that a flattened union puts beside the others.
    fn in_object(&self, object: &ObjectType, name: &str) -> Option<TypeRef> {
        let own = object.fields.iter().find(|field| field.wire == name && !field.flatten).map(|field| field.ty.clone());
        own.or_else(|| {
            let flat = object.fields.iter().find(|field| field.flatten)?;
            match &self.model.ty(flat.ty.named()?).kind {
                TypeKind::Union(union) => self.in_union(union, name),
                _ => None,
            }
        })
    }

    fn in_union(&self, union: &UnionType, name: &str) -> Option<TypeRef> {
        union.variants.iter().find_map(|variant| match &variant.content {
            VariantContent::Keyed(key, id) => (key == name).then_some(TypeRef::Named(*id)),
            VariantContent::Inline(id) => match &self.model.ty(*id).kind {
                TypeKind::Object(object) => self.in_object(object, name),
                _ => None,
            },
            VariantContent::Unit => None,
        })
    }
}

/// A number where the text is one, else the text, which is then the fault.
fn number(text: &str) -> Value {
    let signed = text.parse::<i64>().map(Value::from);
    signed.or_else(|_| text.parse::<u64>().map(Value::from)).unwrap_or_else(|_| Value::String(text.to_owned()))
}

/// An element as JSON, whatever the model says of it. A name that repeats is a list.
pub(super) fn as_json(element: &Element) -> Value {
    if element.children.is_empty() {
        return if element.quoted { Value::String(element.text.clone()) } else { number(&element.text) };
    }
    let mut map = serde_json::Map::new();
    for child in &element.children {
        match map.get_mut(&child.name) {
            Some(Value::Array(items)) => items.push(as_json(child)),
            Some(first) => *first = Value::Array(vec![first.take(), as_json(child)]),
            None => drop(map.insert(child.name.clone(), as_json(child))),
        }
    }
    Value::Object(map)
}

fn untyped(element: &Element) -> Value {
    if element.children.is_empty() {
        return Value::String(element.text.clone());
    }
    Value::Object(element.children.iter().map(|child| (child.name.clone(), untyped(child))).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_xml_is_told() {
        let said = |text: &str| parse(text).expect_err(text);
        assert_eq!(said("<xml><a>1</a>"), "`</xml>` is missing");
        assert_eq!(said("<xml><a>1</b></xml>"), "`<a>` is closed by `</b>`");
        assert_eq!(said("<xml/>x"), "`x` follows the end of `<xml>`");
        assert_eq!(said("<xml>&nbsp;</xml>"), "`&nbsp;` stands for no character");
        assert_eq!(said("<xml>&a</xml>"), "`;` is missing after `a</xml>`");
        assert_eq!(said("<xml>a<b/></xml>"), "`a` stands between elements of `<xml>`");
        assert_eq!(said(&"<a>".repeat(40)), "elements nest deeper than 32 levels");
    }

    #[test]
    fn texts_are_read_with_what_they_escape() {
        let root =
            parse("<?xml version=\"1.0\"?>\n<xml><a> <![CDATA[<1>]]> </a><b>&#x4e2d;&amp;</b></xml>\n").expect("XML");
        let texts: Vec<_> = root.children.iter().map(|child| child.text.as_str()).collect();
        assert_eq!(texts, ["<1>", "中&"]);
    }

    #[test]
    fn a_push_is_json_too() {
        let text = "<xml><a><![CDATA[1]]></a><b>-2</b><c></c><d>false</d><e>1</e><e>2</e><f><g>0x</g></f></xml>";
        let json = serde_json::json!({ "a": "1", "b": -2, "c": "", "d": "false", "e": [1, 2], "f": { "g": "0x" } });
        assert_eq!(as_json(&parse(text).expect("XML")), json);
    }
}
