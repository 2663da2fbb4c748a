//! The description of the control API, made from the tables that it runs by.

use schemars::generate::SchemaSettings;
use schemars::{Schema, SchemaGenerator};
use serde_json::{Map, Value, json};

use super::operation::{Operation, Verb};
use super::{DESCRIPTION, ROOT};

/// The document of OpenAPI 3.1.
pub(super) fn document(operations: &[Operation], url: &str) -> Value {
    let settings = SchemaSettings::draft2020_12().with(|settings| {
        settings.definitions_path = "/components/schemas".into();
        settings.meta_schema = None;
    });
    let mut schemas = settings.into_generator();
    let mut paths = Map::new();
    for operation in operations {
        let path = paths.entry(format!("{ROOT}{}", operation.path)).or_insert_with(|| json!({}));
        path[operation.verb.as_str().to_lowercase()] = described(operation, &mut schemas);
    }
    paths.insert(format!("{ROOT}{DESCRIPTION}"), json!({ "get": own() }));
    let mut components = schemas.take_definitions(true);
    components.insert("Error".to_owned(), error());
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "weixin-fake",
            "version": env!("CARGO_PKG_VERSION"),
            "description": "Steers a WeChat that runs on your machine.\n\n中文：控制在本机运行的微信模拟服务。",
        },
        "servers": [{ "url": url }],
        "paths": paths,
        "components": { "schemas": components },
    })
}

fn described(operation: &Operation, schemas: &mut SchemaGenerator) -> Value {
    let takes = (operation.takes)(schemas);
    let mut described = json!({
        "operationId": id(operation),
        "summary": operation.title.en,
        "description": format!("中文：{}", operation.title.zh),
        "responses": responses(&gives(operation, schemas)),
    });
    let fields = fields(&takes, schemas);
    if operation.verb == Verb::Post {
        let body = json!({ "schema": takes });
        let content = json!({ "application/json": body, "application/x-www-form-urlencoded": body });
        let is_required = fields.iter().any(|(_, _, is_required)| *is_required);
        described["requestBody"] = json!({ "required": is_required, "content": content });
    } else if !fields.is_empty() {
        let parameters = fields.into_iter().map(|(name, schema, is_required)| {
            json!({ "name": name, "in": "query", "required": is_required, "schema": schema })
        });
        described["parameters"] = parameters.collect();
    }
    described
}

/// `post /tokens/expire` is `post_tokens_expire`.
fn id(operation: &Operation) -> String {
    format!("{}{}", operation.verb.as_str().to_lowercase(), operation.path.replace('/', "_"))
}

fn gives(operation: &Operation, schemas: &mut SchemaGenerator) -> Value {
    let schema = (operation.gives)(schemas).to_value();
    // What has nothing to tell answers an object without members.
    if schema.get("type").is_some_and(|kind| kind == "null") { json!({ "type": "object" }) } else { schema }
}

/// Each field of a type: its name, its schema, whether it must be there.
fn fields(schema: &Schema, schemas: &SchemaGenerator) -> Vec<(String, Value, bool)> {
    let referred = schema.get("$ref").and_then(Value::as_str).and_then(|to| to.rsplit('/').next());
    let schema = match referred {
        Some(name) => schemas.definitions().get(name).cloned().unwrap_or_default(),
        None => schema.as_value().clone(),
    };
    let required = schema.get("required").and_then(Value::as_array).cloned().unwrap_or_default();
    let Some(Value::Object(fields)) = schema.get("properties").cloned() else { return Vec::new() };
    let is_required = |name: &String| required.iter().any(|own| own == name);
    fields.into_iter().map(|(name, field)| (name.clone(), field, is_required(&name))).collect()
}

fn responses(gives: &Value) -> Value {
    let error = json!({ "schema": { "$ref": "#/components/schemas/Error" } });
    json!({
        "200": { "description": "It is done.", "content": { "application/json": { "schema": gives } } },
        "4XX": { "description": "It is not done.", "content": { "application/json": error } },
    })
}

fn own() -> Value {
    json!({
        "operationId": "get_openapi",
        "summary": "This document",
        "description": "中文：本文档",
        "responses": responses(&json!({ "type": "object" })),
    })
}

fn error() -> Value {
    json!({
        "type": "object",
        "required": ["error"],
        "properties": { "error": { "type": "string", "description": "What is wrong, in one sentence." } },
    })
}
