//! The JSON view of types, for everyone who lists fields.
//!
//! The model speaks of types; readers of documentation and of facts want JSON keys. Here unions
//! dissolve into the keys that really stand in the JSON, and keys that several variants share become one.
//! Two operations do it all: fields of one object stand *together*, variants are *alternatives*.

use indexmap::IndexMap;

use super::{
    EnumKind, EnumType, Field, Limit, Model, ObjectType, Quirk, Scalar, Source, Text, TypeId, TypeKind, TypeRef,
    UnionType, Value, Variant, VariantContent,
};

/// The keys at one level of JSON, in the order of the spec.
pub type Keys<'a> = IndexMap<&'a str, Key<'a>>;

/// One key of an object as it stands in JSON.
#[derive(Debug, Clone)]
pub struct Key<'a> {
    /// The name on the wire.
    pub wire: &'a str,
    /// It stands there whatever variants are chosen.
    pub required: bool,
    /// The variants under which alone it is required.
    pub when: Vec<When<'a>>,
    /// What it is; more than one where several variants share the key.
    pub parts: Vec<Part<'a>>,
}

/// The choice of one variant of a union.
#[derive(Debug, Clone, Copy)]
pub struct When<'a> {
    /// The union.
    pub union: &'a UnionType,
    /// The chosen variant.
    pub variant: &'a Variant,
}

/// One meaning of a key.
#[derive(Debug, Clone, Copy)]
pub struct Part<'a> {
    /// What stands there.
    pub what: What<'a>,
    /// The sources of the statement, inherited where it names none itself.
    pub sources: &'a [Source],
    /// The variant in which it has this meaning.
    pub when: Option<When<'a>>,
}

/// What a key comes from.
#[derive(Debug, Clone, Copy)]
pub enum What<'a> {
    /// A field.
    Field(&'a Field),
    /// The tag of a union.
    Tag(&'a UnionType),
    /// The content of a keyed variant.
    Content(&'a Variant, TypeId),
}

impl<'a> Part<'a> {
    /// The field, unless the key is made by a union.
    #[must_use]
    pub fn field(&self) -> Option<&'a Field> {
        match self.what {
            What::Field(field) => Some(field),
            What::Tag(_) | What::Content(..) => None,
        }
    }

    /// The named type inside, through lists and maps.
    #[must_use]
    pub fn named(&self) -> Option<TypeId> {
        match self.what {
            What::Field(field) => field.ty.named(),
            What::Tag(_) => None,
            What::Content(_, id) => Some(id),
        }
    }

    /// What the key is.
    #[must_use]
    pub fn doc(&self) -> &'a Text {
        match self.what {
            What::Field(field) => &field.doc,
            What::Tag(union) => &union.tag_doc,
            What::Content(variant, _) => &variant.doc,
        }
    }

    /// The quirks that concern the key.
    #[must_use]
    pub fn quirks(&self) -> &'a [Quirk] {
        match self.what {
            What::Field(field) => &field.quirks,
            What::Tag(union) => &union.tag_quirks,
            What::Content(..) => &[],
        }
    }

    fn declared(&self) -> &'a [String] {
        match self.what {
            What::Field(field) => &field.declared,
            What::Tag(union) => &union.tag_declared,
            What::Content(..) => &[],
        }
    }

    /// What a path into the key's value goes on with: `[]` for the items of a list, `.*` for those of a map.
    #[must_use]
    pub fn suffix(&self) -> String {
        self.field().map_or_else(String::new, |field| suffix(&field.ty))
    }
}

impl<'a> Key<'a> {
    /// The first that any of the key's fields says.
    pub fn first<T>(&self, get: impl Fn(&'a Field) -> Option<T>) -> Option<T> {
        self.parts.iter().filter_map(Part::field).find_map(get)
    }

    /// Whether changing it starts a new review.
    #[must_use]
    pub fn review(&self) -> Option<bool> {
        self.parts.iter().find_map(|part| match part.what {
            What::Field(field) => field.review,
            What::Tag(union) => union.tag_review,
            What::Content(..) => None,
        })
    }

    /// Every documented limit once.
    #[must_use]
    pub fn limits(&self) -> Vec<&'a Limit> {
        distinct(self.parts.iter().filter_map(Part::field).flat_map(|field| &field.limits))
    }

    /// Every printed type once.
    #[must_use]
    pub fn declared(&self) -> Vec<&'a str> {
        distinct(self.parts.iter().flat_map(Part::declared).map(String::as_str))
    }

    /// Every quirk once.
    #[must_use]
    pub fn quirks(&self) -> Vec<&'a Quirk> {
        let mut quirks: Vec<&Quirk> = Vec::new();
        for quirk in self.parts.iter().flat_map(Part::quirks) {
            if !quirks.iter().any(|q| q.id == quirk.id && q.spec == quirk.spec) {
                quirks.push(quirk);
            }
        }
        quirks
    }

    /// The ids of the documents that describe it, once each.
    #[must_use]
    pub fn documents(&self) -> Vec<&'a str> {
        documents(self.parts.iter().flat_map(|part| part.sources))
    }

    /// The types in dialect words, joined by `|` where variants differ.
    #[must_use]
    pub fn type_name(&self, model: &Model) -> String {
        distinct(self.parts.iter().map(|part| match part.what {
            What::Field(field) => type_name(model, &field.ty),
            What::Tag(_) => "string".to_owned(),
            What::Content(..) => "object".to_owned(),
        }))
        .join("|")
    }

    /// The values that the documents list, with what they mean; empty when any value is good.
    #[must_use]
    pub fn values(&self, model: &'a Model) -> Vec<Listed<'a>> {
        let mut values: Vec<Listed<'a>> = Vec::new();
        let mut add = |one: Listed<'a>| {
            if !values.iter().any(|known| known.value == one.value) {
                values.push(one);
            }
        };
        for part in &self.parts {
            if let What::Tag(union) = part.what {
                for variant in union.variants.iter().filter(|variant| variant.when.is_empty()) {
                    let value = variant.value.clone().into();
                    let sources = or_else(&variant.sources, part.sources);
                    add(Listed { value, also: &variant.also, response: None, doc: &variant.doc, sources });
                }
            } else if let Some(TypeKind::Enum(of)) = part.named().map(|id| &model.ty(id).kind) {
                for value in &of.values {
                    let response = value.response.as_deref();
                    let wire = wire_value(of, &value.wire);
                    let sources = or_else(&value.sources, part.sources);
                    add(Listed { value: wire, also: &value.also, response, doc: &value.doc, sources });
                }
            }
        }
        values
    }
}

/// A documented value.
#[derive(Debug, Clone)]
pub struct Listed<'a> {
    /// As JSON has it.
    pub value: Value,
    /// Other values that are read as this one.
    pub also: &'a [String],
    /// What responses give in its place.
    pub response: Option<&'a str>,
    /// What it means.
    pub doc: &'a Text,
    /// Where it is documented: where the key is, unless the value says otherwise.
    pub sources: &'a [Source],
}

/// A documented value as JSON has it: the digits of an integer enumeration are a number.
#[must_use]
pub fn wire_value(of: &EnumType, wire: &str) -> Value {
    match (of.kind, wire.parse::<i64>()) {
        (EnumKind::Int, Ok(number)) => number.into(),
        _ => wire.into(),
    }
}

/// The ids of documents in order of first mention.
pub fn documents<'a>(sources: impl IntoIterator<Item = &'a Source>) -> Vec<&'a str> {
    distinct(sources.into_iter().map(|source| source.document.as_str()))
}

/// The type in dialect words: `string`, `int[]`, `object`, `map<object>`, `object[]|string`.
#[must_use]
pub fn type_name(model: &Model, ty: &TypeRef) -> String {
    match ty {
        TypeRef::Scalar(scalar) => scalar.name().to_owned(),
        TypeRef::List(inner) => type_name(model, inner) + "[]",
        TypeRef::Map(inner) => format!("map<{}>", type_name(model, inner)),
        TypeRef::OrText(inner) => type_name(model, inner) + "|string",
        TypeRef::Named(id) => match &model.ty(*id).kind {
            TypeKind::Enum(of) if of.kind == EnumKind::Int => Scalar::Int.name().to_owned(),
            TypeKind::Enum(_) => Scalar::String.name().to_owned(),
            TypeKind::Object(_) | TypeKind::Union(_) => "object".to_owned(),
        },
    }
}

/// The keys of fields that stand together; unions among them are dissolved.
#[must_use]
pub fn keys<'a>(model: &'a Model, fields: &'a [Field], sources: &'a [Source]) -> Keys<'a> {
    let mut seen = Vec::new();
    together(model, fields, sources, &mut seen)
}

/// The keys of a named type; none for an enumeration.
#[must_use]
pub fn keys_of<'a>(model: &'a Model, id: TypeId) -> Keys<'a> {
    type_keys(model, id, &[], &mut Vec::new())
}

/// The objects whose fields stand beside a union's tag.
pub fn inline_contents(union: &UnionType) -> impl Iterator<Item = TypeId> + '_ {
    union.variants.iter().filter_map(|variant| match variant.content {
        VariantContent::Inline(id) => Some(id),
        VariantContent::Unit | VariantContent::Keyed(..) => None,
    })
}

pub(super) fn type_keys<'a>(model: &'a Model, id: TypeId, outer: &'a [Source], seen: &mut Vec<TypeId>) -> Keys<'a> {
    if seen.contains(&id) {
        return Keys::new();
    }
    seen.push(id);
    let ty = model.ty(id);
    let sources = or_else(&ty.sources, outer);
    let keys = match &ty.kind {
        TypeKind::Object(ObjectType { fields, .. }) => together(model, fields, sources, seen),
        TypeKind::Union(union) => union_keys(model, union, sources, seen),
        TypeKind::Enum(_) => Keys::new(),
    };
    seen.pop();
    keys
}

fn together<'a>(model: &'a Model, fields: &'a [Field], sources: &'a [Source], seen: &mut Vec<TypeId>) -> Keys<'a> {
    let mut keys = Keys::new();
    for field in fields {
        let sources = or_else(&field.sources, sources);
        match field.ty.named().filter(|_| field.flatten) {
            Some(id) => {
                for mut key in type_keys(model, id, sources, seen).into_values() {
                    key.required &= field.required;
                    add(&mut keys, key);
                }
            }
            None => add(&mut keys, single(&field.wire, What::Field(field), field.required, sources)),
        }
    }
    keys
}

fn union_keys<'a>(model: &'a Model, union: &'a UnionType, sources: &'a [Source], seen: &mut Vec<TypeId>) -> Keys<'a> {
    let mut keys = Keys::new();
    if union.tagged {
        add(&mut keys, single(&union.tag, What::Tag(union), true, sources));
    }
    let alternatives = union.variants.iter().map(|variant| {
        let sources = or_else(&variant.sources, sources);
        let content = match &variant.content {
            VariantContent::Unit => Keys::new(),
            VariantContent::Inline(id) => type_keys(model, *id, sources, seen),
            VariantContent::Keyed(key, id) => {
                let mut keys = Keys::new();
                add(&mut keys, single(key, What::Content(variant, *id), true, sources));
                keys
            }
        };
        (Some(When { union, variant }), content)
    });
    for key in either(alternatives.collect()).into_values() {
        add(&mut keys, key);
    }
    keys
}

fn single<'a>(wire: &'a str, what: What<'a>, required: bool, sources: &'a [Source]) -> Key<'a> {
    Key { wire, required, when: Vec::new(), parts: vec![Part { what, sources, when: None }] }
}

/// Puts a key beside others that stand together with it.
fn add<'a>(keys: &mut Keys<'a>, key: Key<'a>) {
    if let Some(known) = keys.get_mut(key.wire) {
        known.required |= key.required;
        known.when.extend(key.when);
        known.parts.extend(key.parts);
    } else {
        keys.insert(key.wire, key);
    }
}

/// Lays alternatives over each other: a key is required when each of them requires it.
pub(super) fn either<'a>(alternatives: Vec<(Option<When<'a>>, Keys<'a>)>) -> Keys<'a> {
    let all = alternatives.len();
    let mut merged: IndexMap<&str, (usize, Key<'a>)> = IndexMap::new();
    for (when, keys) in alternatives {
        for mut key in keys.into_values() {
            for part in &mut key.parts {
                part.when = part.when.or(when);
            }
            if key.required {
                key.when.extend(when);
            }
            let required = usize::from(key.required);
            if let Some((count, known)) = merged.get_mut(key.wire) {
                *count += required;
                known.when.extend(key.when);
                known.parts.extend(key.parts);
            } else {
                merged.insert(key.wire, (required, key));
            }
        }
    }
    let finish = |(wire, (count, mut key)): (&'a str, (usize, Key<'a>))| {
        key.required = count == all;
        if key.required {
            key.when.clear();
        }
        (wire, key)
    };
    merged.into_iter().map(finish).collect()
}

fn suffix(ty: &TypeRef) -> String {
    match ty {
        TypeRef::List(inner) => "[]".to_owned() + &suffix(inner),
        TypeRef::Map(inner) => ".*".to_owned() + &suffix(inner),
        TypeRef::OrText(inner) => suffix(inner),
        TypeRef::Scalar(_) | TypeRef::Named(_) => String::new(),
    }
}

fn or_else<'a>(own: &'a [Source], outer: &'a [Source]) -> &'a [Source] {
    if own.is_empty() { outer } else { own }
}

/// Each once, in order of first occurrence.
pub fn distinct<T: PartialEq>(all: impl IntoIterator<Item = T>) -> Vec<T> {
    let mut once = Vec::new();
    for one in all {
        if !once.contains(&one) {
            once.push(one);
        }
    }
    once
}
