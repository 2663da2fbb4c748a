//! How messages speak of what stands in a file and of what the dialect wants there.

use serde_yaml::Value as Yaml;

use super::schema::Shape;

/// What stands there.
pub(super) fn found(value: &Yaml) -> String {
    match value {
        Yaml::Null => "nothing".to_owned(),
        Yaml::Bool(bool) => format!("`{bool}`"),
        Yaml::Number(number) => format!("the number {number}"),
        Yaml::String(text) => format!("the text {text:?}"),
        Yaml::Sequence(_) => "a list".to_owned(),
        Yaml::Mapping(_) => "a mapping".to_owned(),
        Yaml::Tagged(_) => "a tag of YAML".to_owned(),
    }
}

/// What the dialect wants.
pub(super) fn wanted(shapes: &[Shape<'_>], title: Option<&str>) -> String {
    if let Some(title) = title {
        return title.to_owned();
    }
    let kinds: Vec<String> = shapes.iter().filter(|shape| !matches!(shape, Shape::Nothing)).map(kind).collect();
    kinds.join(" or ")
}

fn kind(shape: &Shape<'_>) -> String {
    match shape {
        Shape::Any => "anything".to_owned(),
        Shape::Nothing => "nothing".to_owned(),
        Shape::Bool => "`true` or `false`".to_owned(),
        Shape::Integer { least: 0, .. } => "a number from 0 on".to_owned(),
        Shape::Integer { .. } => "an integer".to_owned(),
        Shape::Text => "a text".to_owned(),
        Shape::Words(words) => one_of(words),
        Shape::List(_) => "a list".to_owned(),
        Shape::Struct { .. } | Shape::Dictionary { .. } => "a mapping".to_owned(),
    }
}

/// The words of which one is wanted.
pub(super) fn one_of(words: &[&str]) -> String {
    let quoted: Vec<String> = words.iter().map(|word| format!("`{word}`")).collect();
    match quoted.as_slice() {
        [one] => one.clone(),
        [one, other] => format!("{one} or {other}"),
        many => format!("one of {}", many.join(", ")),
    }
}
