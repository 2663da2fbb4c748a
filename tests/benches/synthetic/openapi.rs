//! The synthetic endpoints as an OpenAPI 3.1 document.
//!
//! The envelope of code and message is left out, in favor of others: theirs would be two more fields in each answer.

use serde_json::{Map, Value, json};

use super::{Field, Kind, ROWS, answer_fields, folder, purpose, request_fields, small_fields};

/// A document of so many endpoints.
pub(crate) fn document(size: usize) -> Value {
    let mut schemas = Map::new();
    let mut paths = Map::new();
    for index in 0..size {
        paths.insert(format!("/{}/call{index}", folder(index)), json!({"post": operation(index)}));
        let mut request = object(&purpose(index), request_fields());
        request["properties"]["nested"] =
            json!({"$ref": format!("#/components/schemas/Nested{index}"), "description": "An object inside."});
        request["properties"]["rows"] = json!({
            "type": "array", "maxItems": ROWS, "description": "Some rows.",
            "items": {"$ref": format!("#/components/schemas/Row{index}")},
        });
        schemas.insert(format!("Call{index}"), request);
        schemas.insert(format!("Call{index}Response"), object("The answer.", answer_fields()));
        for name in ["Nested", "Row"] {
            schemas.insert(format!("{name}{index}"), object("A small object.", small_fields()));
        }
    }
    json!({
        "openapi": "3.1.0",
        "info": {"title": "A synthetic interface", "version": "0.1.0"},
        "servers": [{"url": "https://api.example.com"}],
        "security": [{"token": []}],
        "paths": paths,
        "components": {
            "schemas": schemas,
            "securitySchemes": {"token": {"type": "apiKey", "in": "query", "name": "access_token"}},
        },
    })
}

fn operation(index: usize) -> Value {
    let content = |schema: String| json!({"application/json": {"schema": {"$ref": schema}}});
    json!({
        "operationId": format!("call{index}"),
        "summary": format!("Call {index}"),
        "description": purpose(index),
        "requestBody": {"required": true, "content": content(format!("#/components/schemas/Call{index}"))},
        "responses": {"200": {
            "description": "The answer.", "content": content(format!("#/components/schemas/Call{index}Response")),
        }},
    })
}

fn object(doc: &str, fields: impl IntoIterator<Item = Field>) -> Value {
    let mut properties = Map::new();
    let mut required = Vec::new();
    for field in fields {
        properties.insert(field.name.clone(), schema(&field));
        if field.required {
            required.push(field.name);
        }
    }
    json!({"type": "object", "description": doc, "required": required, "properties": properties})
}

fn schema(field: &Field) -> Value {
    let mut schema = match field.kind {
        Kind::Text { bytes } => with(json!({"type": "string"}), "maxLength", bytes.map(Value::from)),
        Kind::Int { most } => with(json!({"type": "integer", "format": "int64"}), "maximum", most.map(Value::from)),
        Kind::Texts { items } => json!({"type": "array", "items": {"type": "string"}, "maxItems": items}),
    };
    schema["description"] = field.en.clone().into();
    schema
}

fn with(mut schema: Value, key: &str, limit: Option<Value>) -> Value {
    if let Some(limit) = limit {
        schema[key] = limit;
    }
    schema
}
