//! Keys, types and example values, as the dialect writes them.

use super::super::extract::json::{Node, Value};
use super::super::extract::{FieldRow, limits};
use super::super::page::header;
use super::super::record::quoted;
use weixin_codegen::model::{Api, pascal_case};

/// The keys of an object, each with an example.
pub(super) type Entries = Vec<(String, Node)>;

pub(super) fn merge(all: &mut Entries, node: &Node) {
    match &node.value {
        Value::Object(entries) => {
            for (name, _, inner) in entries {
                if !all.iter().any(|(known, _)| known == name) {
                    all.push((name.clone(), inner.clone()));
                }
            }
        }
        Value::List(items) => items.iter().for_each(|item| merge(all, item)),
        _ => {}
    }
}

/// The keys of an object, or of the objects of a list.
pub(super) fn object_inside(node: &Node) -> Option<Entries> {
    let mut all = Vec::new();
    merge(&mut all, node);
    (!all.is_empty()).then_some(all)
}

/// The type in the dialect: by the printed one, or else by the example.
pub(super) fn ty(name: &str, row: Option<&FieldRow>, node: Option<&Node>) -> String {
    if let Some(node) = node {
        match &node.value {
            Value::Object(_) => {
                return if object_inside(node).is_some() { pascal_case(name) } else { "json".to_owned() };
            }
            Value::List(items) => {
                let item = items.first().map_or("json".to_owned(), |item| ty(name, None, Some(item)));
                return format!("{item}[]");
            }
            _ => {}
        }
    }
    let printed = row.and_then(|row| row.printed.as_deref()).map(limits::spelling).unwrap_or_default();
    let known = match printed.as_str() {
        "unsigned int" => "uint",
        "int" | "int32" | "uint32" | "int64" | "uint64" | "bool" => printed.as_str(),
        _ if printed.starts_with("string") => "string",
        _ => "",
    };
    if !known.is_empty() {
        return known.to_owned();
    }
    match node.map(|node| &node.value) {
        Some(Value::Number(_)) => "int",
        Some(Value::Bool(_)) => "bool",
        Some(Value::Text(_)) => "string",
        _ => "json",
    }
    .to_owned()
}

pub(super) fn neutral(node: &Node, api: &Api) -> String {
    match &node.value {
        Value::Text(_) => "\"x\"".to_owned(),
        Value::Number(_) => "1".to_owned(),
        Value::Bool(_) => "true".to_owned(),
        Value::Null => "null".to_owned(),
        Value::List(items) => {
            format!("[{}]", items.iter().map(|item| neutral(item, api)).collect::<Vec<_>>().join(", "))
        }
        Value::Object(entries) => {
            let entries: Vec<String> = entries
                .iter()
                .map(|(name, _, node)| {
                    format!(
                        "{}: {}",
                        key(name),
                        if *name == api.code_field { api.ok.to_string() } else { neutral(node, api) }
                    )
                })
                .collect();
            format!("{{ {} }}", entries.join(", "))
        }
    }
}

pub(super) fn key(name: &str) -> String {
    if header::is_wire(name) && !matches!(name, "true" | "false" | "null" | "yes" | "no" | "on" | "off") {
        name.to_owned()
    } else {
        quoted(name)
    }
}
