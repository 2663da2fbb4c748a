//! A synthetic interface: endpoints of 14 request fields with limits, one nested object, one list of objects and 12
//! answer fields. Written as a spec, and as an OpenAPI document of the same endpoints for other generators.

mod openapi;
mod spec;

pub(crate) use openapi::document;
pub(crate) use spec::sources;

/// What a field holds, with its limit where it has one.
#[derive(Clone, Copy)]
pub(crate) enum Kind {
    Text { bytes: Option<usize> },
    Int { most: Option<i64> },
    Texts { items: usize },
}

/// One field.
pub(crate) struct Field {
    pub(crate) name: String,
    pub(crate) kind: Kind,
    pub(crate) required: bool,
    pub(crate) en: String,
    pub(crate) zh: String,
}

/// The fields of a request, without the nested object and the rows.
pub(crate) fn request_fields() -> impl Iterator<Item = Field> {
    (0..12).map(|index| Field {
        name: format!("field_{index}"),
        kind: match index % 3 {
            0 => Kind::Text { bytes: Some(64) },
            1 => Kind::Int { most: Some(1000) },
            _ => Kind::Texts { items: 10 },
        },
        required: index < 2,
        en: format!("The value of field {index}."),
        zh: format!("字段 {index} 的值。"),
    })
}

/// The fields of an answer.
pub(crate) fn answer_fields() -> impl Iterator<Item = Field> {
    (0..12).map(|index| Field {
        name: format!("answer_{index}"),
        kind: if index % 2 == 0 { Kind::Text { bytes: None } } else { Kind::Int { most: None } },
        required: index == 0,
        en: format!("The answer {index}."),
        zh: format!("返回值 {index}。"),
    })
}

/// The fields of the nested object and of a row.
pub(crate) fn small_fields() -> [Field; 2] {
    let field = |name: &str, kind, required, en: &str, zh: &str| Field {
        name: name.to_owned(),
        kind,
        required,
        en: en.to_owned(),
        zh: zh.to_owned(),
    };
    [
        field("name", Kind::Text { bytes: Some(36) }, true, "Its name.", "名称。"),
        field("count", Kind::Int { most: Some(100) }, false, "How many.", "数量。"),
    ]
}

/// How many rows a request holds at most.
pub(crate) const ROWS: usize = 50;

/// The folders of an endpoint.
pub(crate) fn folder(index: usize) -> String {
    format!("area{}/group{}", index / 250, index / 25)
}

/// What an endpoint does.
pub(crate) fn purpose(index: usize) -> String {
    format!("Does the thing with number {index}, and tells how it went.")
}
