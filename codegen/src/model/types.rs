//! Types, fields and limits.

use super::{
    Algorithm, Condition, EnumType, Form, Limit, NumberUnit, Quirk, Rule, RuleKind, SignedExample, Source, Text,
    UnionContent, Value,
};

/// An index into [`super::Model::types`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TypeId(pub usize);

impl TypeId {
    /// What a broken reference leads to while the faults of a spec are gathered; no finished model holds it.
    pub(crate) const UNKNOWN: Self = Self(usize::MAX);
}

/// A named type.
#[derive(Debug, Clone)]
pub struct Type {
    /// The identifier: `NewBaseInfo`.
    pub ident: String,
    /// The name in the spec: `BaseInfo`.
    pub name: String,
    /// The view it is: `create`.
    pub view: Option<String>,
    /// What the view is.
    pub view_doc: Option<Text>,
    /// The namespace it lives in: `["card", "types"]`.
    pub namespace: Vec<String>,
    /// The spec file that defines it.
    pub spec: String,
    /// What it is.
    pub doc: Text,
    /// Whether it is sent, received or both.
    pub side: Side,
    /// Where it is documented.
    pub sources: Vec<Source>,
    /// Quirks that concern it, those of its fields included.
    pub quirks: Vec<Quirk>,
    /// What it is made of.
    pub kind: TypeKind,
}

impl Type {
    /// How it is signed, if it is an object that a page hands to the client of the user.
    #[must_use]
    pub fn signing(&self) -> Option<&Signing> {
        match &self.kind {
            TypeKind::Object(object) => object.signing.as_ref(),
            TypeKind::Enum(_) | TypeKind::Union(_) => None,
        }
    }

    /// A type of which nothing is known.
    pub(super) fn unknown() -> Self {
        Self {
            ident: String::new(),
            name: String::new(),
            view: None,
            view_doc: None,
            namespace: Vec::new(),
            spec: String::new(),
            doc: Text::default(),
            side: Side::default(),
            sources: Vec::new(),
            quirks: Vec::new(),
            kind: TypeKind::Object(ObjectType::default()),
        }
    }
}

/// Which way values of a type travel.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Side {
    /// It occurs in requests: validators and builders are needed.
    pub request: bool,
    /// It occurs in responses or pushes.
    pub response: bool,
}

/// What a type is made of.
#[derive(Debug, Clone)]
pub enum TypeKind {
    /// Named fields.
    Object(ObjectType),
    /// An open enumeration.
    Enum(EnumType),
    /// A tagged union.
    Union(UnionType),
}

/// Named fields. Also the shape of requests, responses and events.
#[derive(Debug, Clone, Default)]
pub struct ObjectType {
    /// In the order of the spec.
    pub fields: Vec<Field>,
    /// Cross-field rules.
    pub rules: Vec<Rule>,
    /// Whether the object or anything in it has a limit or rule to check.
    pub checked: bool,
    /// Whether the object or anything in it has a field that a change sends back to review.
    pub reviewed: bool,
    /// How it is signed.
    pub signing: Option<Signing>,
}

/// How an object is signed that a page hands to the client of the user. Fields are named as on the wire.
#[derive(Debug, Clone)]
pub struct Signing {
    /// The ticket: an id of [`super::Api::tickets`].
    pub ticket: String,
    /// How the signature is computed.
    pub by: Algorithm,
    /// The fields whose values are signed.
    pub fields: Vec<String>,
    /// What is signed and no field of the object.
    pub beside: Vec<Field>,
    /// The field that takes the time of signing.
    pub time: Option<String>,
    /// The field that takes a random text.
    pub nonce: Option<String>,
    /// The field that takes the signature.
    pub signature: String,
    /// How a page takes the object.
    pub form: Form,
    /// A signature that was computed by other means.
    pub example: Option<SignedExample>,
}

impl ObjectType {
    /// The most fields that an object may have: readers keep a bit for each in one number, and one for what they do not
    /// know.
    pub const MOST_FIELDS: usize = 127;

    /// The only value that a field may have, where a rule says so without a condition: nobody has to be asked for it.
    #[must_use]
    pub fn only_value(&self, field: &Field) -> Option<&Value> {
        let equals = self.rules.iter().filter_map(|rule| match &rule.kind {
            RuleKind::EqualsWhen(equals, when) if when.is_empty() => Some(equals),
            _ => None,
        });
        let own = equals.flatten().find(|condition| matches!(&condition.path[..], [name] if *name == field.wire))?;
        match &own.values[..] {
            [value] if matches!(field.ty, TypeRef::Scalar(Scalar::Bool)) && value.is_boolean() => Some(value),
            _ => None,
        }
    }
}

/// One field.
#[derive(Debug, Clone)]
pub struct Field {
    /// The name on the wire.
    pub wire: String,
    /// The identifier: `from`, `abstract`.
    pub ident: String,
    /// Its type. A field that is not required is an `Option` of it, unless it is a list that is only received.
    pub ty: TypeRef,
    /// The name of the alias in the spec through which the type was given: `CardId`.
    pub alias: Option<String>,
    /// What it is.
    pub doc: Text,
    /// Request: must be set. Response or push: worthless without it, so that reading fails.
    pub required: bool,
    /// When it is required for a reason only the caller can know.
    pub required_if: Option<Text>,
    /// Every documented limit; those the validator checks are `enforced`.
    pub limits: Vec<Limit>,
    /// Whether its alias is of texts that are never sent empty, such as ids.
    pub filled: bool,
    /// Whether an empty text or list clears it.
    pub clears: bool,
    /// The type column as printed.
    pub declared: Vec<String>,
    /// An example value.
    pub example: Option<Value>,
    /// What the server assumes when it is not sent.
    pub default: Option<Value>,
    /// What it counts.
    pub unit: Option<NumberUnit>,
    /// Whether changing it starts a new review.
    pub review: Option<bool>,
    /// The code WeChat returns when something is wrong with it, where it is not the general one.
    pub error: Option<i64>,
    /// The code WeChat returns when it is missing, where that is neither `error` nor the general one.
    pub missing: Option<i64>,
    /// Whether it is a credential, which never shows.
    pub secret: bool,
    /// The keys of its union stand beside the other fields.
    pub flatten: bool,
    /// Where it is documented.
    pub sources: Vec<Source>,
    /// Quirks that concern it.
    pub quirks: Vec<Quirk>,
}

impl Field {
    /// Whether a value of the field may be absent. In what only comes from the server, a list that is missing is an
    /// empty one: servers leave it out when there is nothing in it.
    #[must_use]
    pub fn may_be_absent(&self, side: Side) -> bool {
        !self.required && (side.request || !matches!(self.ty, TypeRef::List(_) | TypeRef::Map(_)))
    }
}

/// The type of a field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TypeRef {
    /// A scalar.
    Scalar(Scalar),
    /// `T[]`.
    List(Box<TypeRef>),
    /// `map<T>`.
    Map(Box<TypeRef>),
    /// A named type.
    Named(TypeId),
    /// The type, or a text instead.
    OrText(Box<TypeRef>),
}

impl TypeRef {
    /// The named type inside, through lists and maps.
    #[must_use]
    pub fn named(&self) -> Option<TypeId> {
        match self {
            Self::Scalar(_) => None,
            Self::Named(id) => Some(*id),
            Self::List(inner) | Self::Map(inner) | Self::OrText(inner) => inner.named(),
        }
    }

    /// Whether the spec does not tell what the type is.
    pub(crate) fn is_unknown(&self) -> bool {
        self.named() == Some(TypeId::UNKNOWN)
    }

    /// Whether the type is a list, or a list with a text instead.
    #[must_use]
    pub fn is_list(&self) -> bool {
        match self {
            Self::List(_) => true,
            Self::OrText(inner) => inner.is_list(),
            _ => false,
        }
    }
}

/// Types without parts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scalar {
    /// Text.
    String,
    /// `true` or `false`.
    Bool,
    /// "int": `i64`.
    Int,
    /// "unsigned int": `u64`.
    Uint,
    /// `i32`.
    Int32,
    /// `u32`.
    Uint32,
    /// `i64`.
    Int64,
    /// `u64`.
    Uint64,
    /// Seconds since 1970: `u64`.
    Timestamp,
    /// Text `yyyy-MM-dd`.
    Date,
    /// The number `yyyyMMdd`: `u32`.
    DateNumber,
    /// Base64 text.
    Base64,
    /// Anything.
    Json,
    /// A part of a multipart body.
    File,
}

impl Scalar {
    /// Every scalar, by its name in the spec.
    pub const ALL: &'static [(&'static str, Self)] = &[
        ("string", Self::String),
        ("bool", Self::Bool),
        ("int", Self::Int),
        ("uint", Self::Uint),
        ("int32", Self::Int32),
        ("uint32", Self::Uint32),
        ("int64", Self::Int64),
        ("uint64", Self::Uint64),
        ("timestamp", Self::Timestamp),
        ("date", Self::Date),
        ("date_number", Self::DateNumber),
        ("base64", Self::Base64),
        ("json", Self::Json),
        ("file", Self::File),
    ];

    /// Its name in the spec.
    #[must_use]
    pub fn name(self) -> &'static str {
        Self::ALL.iter().find(|(_, scalar)| *scalar == self).map_or("", |(name, _)| name)
    }

    /// Whether it is written as a JSON string.
    #[must_use]
    pub fn is_text(self) -> bool {
        matches!(self, Self::String | Self::Date | Self::Base64)
    }

    /// Whether it is written as a JSON number.
    #[must_use]
    pub fn is_number(self) -> bool {
        matches!(
            self,
            Self::Int
                | Self::Uint
                | Self::Int32
                | Self::Uint32
                | Self::Int64
                | Self::Uint64
                | Self::Timestamp
                | Self::DateNumber
        )
    }
}

/// A tagged union.
#[derive(Debug, Clone)]
pub struct UnionType {
    /// The key of the tag.
    pub tag: String,
    /// What it is.
    pub tag_doc: Text,
    /// The type column of the tag as printed.
    pub tag_declared: Vec<String>,
    /// Quirks that concern the tag.
    pub tag_quirks: Vec<Quirk>,
    /// Whether changing it starts a new review.
    pub tag_review: Option<bool>,
    /// Whether the tag is sent in this view.
    pub tagged: bool,
    /// Where the variants' fields stand.
    pub content: UnionContent,
    /// In the order in which they are tried.
    pub variants: Vec<Variant>,
    /// As [`ObjectType::checked`].
    pub checked: bool,
    /// As [`ObjectType::reviewed`].
    pub reviewed: bool,
}

/// One variant of a union.
#[derive(Debug, Clone)]
pub struct Variant {
    /// The identifier of the variant.
    pub ident: String,
    /// The value of the tag.
    pub value: String,
    /// Other values of the tag that are read as this one, numbers by their digits. Never written.
    pub also: Vec<String>,
    /// Its content.
    pub content: VariantContent,
    /// What tells it apart from a later variant with the same tag value; paths begin in the content.
    pub when: Vec<Condition>,
    /// What it is.
    pub doc: Text,
    /// Where it is documented.
    pub sources: Vec<Source>,
}

/// The content of a variant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum VariantContent {
    /// No more than the tag.
    Unit,
    /// An object under this key.
    Keyed(String, TypeId),
    /// An object whose fields stand beside the tag.
    Inline(TypeId),
}

impl Variant {
    /// The object with the variant's fields.
    #[must_use]
    pub fn ty(&self) -> Option<TypeId> {
        match &self.content {
            VariantContent::Unit => None,
            VariantContent::Keyed(_, id) | VariantContent::Inline(id) => Some(*id),
        }
    }
}
