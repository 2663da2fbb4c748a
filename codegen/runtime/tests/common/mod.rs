//! Endpoints as generated code would have them, of an interface that does not exist.
#![allow(dead_code, reason = "each test uses a part")]

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use weixin_runtime::*;

const fn text(en: &'static str, zh: &'static str) -> Text {
    Text { en, zh }
}

const fn info(code: i64, name: &'static str, class: ErrorClass, meaning: Text) -> CodeInfo {
    CodeInfo {
        code, name, class, text: meaning, cause: text("a cause", "某原因"), remedy: text("a remedy", "某办法")
    }
}

const KNOWN: &[CodeInfo] = &[
    info(-1, "busy", ErrorClass::Busy, text("busy", "繁忙")),
    info(7, "wrong_state", ErrorClass::State, text("in general", "一般")),
    info(11, "bad_token", ErrorClass::Token, text("token", "凭证")),
    info(12, "no_more", ErrorClass::Missing, text("the end", "结束")),
];

const HERE: &[CodeInfo] = &[info(7, "wrong_state", ErrorClass::Missing, text("as meant here", "此处含义"))];

const GET: Meta = Meta {
    name: "thing::Get",
    method: Method::Post,
    path: "/thing/get",
    title: text("Get a thing", "查询"),
    repeat: Repeat::Safe,
    body: BodyKind::Json,
    errors: HERE,
    known: KNOWN,
    envelope: Envelope { code: "rc", message: "said", ok: 0 },
    token_param: "token",
    page_end: Some(12),
    evidence: &[],
};

/// Asks for a thing by its name, which has at most 12 bytes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Get {
    #[serde(deserialize_with = "de::lenient")]
    pub(crate) name: String,
    #[serde(default, deserialize_with = "de::lenient", skip_serializing_if = "Option::is_none")]
    pub(crate) deep: Option<bool>,
}

impl Get {
    pub(crate) fn new(name: &str) -> Self {
        Get { name: name.to_owned(), deep: None }
    }
}

impl Validate for Get {
    fn check(&self, at: At<'_>, out: &mut Violations) {
        out.max_bytes(at.field("name"), &self.name, 12);
    }
}

impl Endpoint for Get {
    type Response = Thing;
    const META: &'static Meta = &GET;
}

/// The answer: a number and a shape.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Thing {
    #[serde(deserialize_with = "de::lenient")]
    pub(crate) id: u64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) shape: Option<Shape>,
}

/// Spends something: never to be repeated blindly.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(crate) struct Spend;

impl Validate for Spend {
    fn check(&self, _at: At<'_>, _out: &mut Violations) {}
}

impl Endpoint for Spend {
    type Response = Done;
    const META: &'static Meta = &Meta {
        name: "thing::Spend",
        path: "/thing/spend",
        repeat: Repeat::Unsafe,
        body: BodyKind::None,
        page_end: None,
        evidence: &[],
        ..GET
    };
}

/// An answer with nothing in it.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub(crate) struct Done {}

/// Takes its values in the query.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(crate) struct List {
    pub(crate) after: String,
}

impl Validate for List {
    fn check(&self, _at: At<'_>, _out: &mut Violations) {}
}

impl Endpoint for List {
    type Response = Done;
    const META: &'static Meta =
        &Meta { name: "thing::List", method: Method::Get, path: "/thing/list", body: BodyKind::None, ..GET };

    const HOST: &'static str = "http://127.0.0.1:1/";

    fn query(&self) -> Vec<(&'static str, String)> {
        vec![("after", self.after.clone())]
    }
}

/// Sends a file.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(crate) struct Upload {
    pub(crate) file: File,
}

impl Validate for Upload {
    fn check(&self, _at: At<'_>, _out: &mut Violations) {}
}

impl Endpoint for Upload {
    type Response = Done;
    const META: &'static Meta = &Meta { name: "thing::Upload", path: "/up", body: BodyKind::Multipart, ..GET };

    fn body(&self) -> Result<Body, Error> {
        Ok(Body::Multipart(vec![Part::file("media", self.file.clone())]))
    }
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Circle {
    pub(crate) base: Base,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Base {
    #[serde(deserialize_with = "de::lenient")]
    pub(crate) radius: u32,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) terms: Vec<Term>,
}

/// A union with its tag beside the fields.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Term {
    Days(Days),
    Forever,
    Unknown(UnknownVariant),
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Days {
    #[serde(deserialize_with = "de::lenient")]
    pub(crate) days: u64,
}

impl Serialize for Term {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Term::Days(content) => union::inline(serializer, ("type", "DAYS"), content),
            Term::Forever => union::inline(serializer, ("type", "FOREVER"), &()),
            Term::Unknown(unknown) => unknown.serialize(serializer),
        }
    }
}

impl<'de> Deserialize<'de> for Term {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let raw = union::Raw::read(deserializer)?;
        match raw.tag("type") {
            Some("DAYS") => Ok(Term::Days(raw.inline()?)),
            Some("FOREVER") => Ok(Term::Forever),
            Some(_) => Ok(Term::Unknown(raw.unknown("type"))),
            None => Err(raw.missing("type")),
        }
    }
}

/// A union with its content under a key.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Shape {
    /// A circle whose `base.radius` is 0.
    Point(Circle),
    Circle(Circle),
    Unknown(UnknownVariant),
}

impl Serialize for Shape {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Shape::Point(content) | Shape::Circle(content) => {
                union::keyed(serializer, Some(("kind", "CIRCLE")), "circle", content)
            }
            Shape::Unknown(unknown) => unknown.serialize(serializer),
        }
    }
}

impl<'de> Deserialize<'de> for Shape {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let raw = union::Raw::read(deserializer)?;
        match raw.tag("kind") {
            Some("CIRCLE") if raw.holds("circle.base.radius", 0) => Ok(Shape::Point(raw.content("circle")?)),
            Some("CIRCLE") => Ok(Shape::Circle(raw.content("circle")?)),
            Some(_) => Ok(Shape::Unknown(raw.unknown("kind"))),
            None => Err(raw.missing("kind")),
        }
    }
}

/// A union without a tag, flattened into its parent.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Change {
    #[serde(deserialize_with = "de::lenient")]
    pub(crate) id: String,
    #[serde(flatten)]
    pub(crate) shape: ShapeChange,
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) enum ShapeChange {
    Circle(Circle),
    Unknown(UnknownVariant),
}

impl Serialize for ShapeChange {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            ShapeChange::Circle(content) => union::keyed(serializer, None, "circle", content),
            ShapeChange::Unknown(unknown) => unknown.serialize(serializer),
        }
    }
}

impl<'de> Deserialize<'de> for ShapeChange {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let raw = union::Raw::read(deserializer)?;
        if raw.has("circle") {
            return Ok(ShapeChange::Circle(raw.content("circle")?));
        }
        Ok(ShapeChange::Unknown(raw.unknown("")))
    }
}
