//! What proves success: that its fields exist, and that each example proves it.

use super::context::Context;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Api, Response, Value, nearest};
use crate::source::Node;
use crate::spec::{self, Success};

/// The fields of which one proves success without the code; none when the code alone does.
pub(super) fn success(cx: &Context<'_>, endpoint: &spec::Endpoint, at: &Node<'_>) -> Vec<String> {
    let code = &cx.spec.api.content.envelope.code;
    match &endpoint.success {
        None => {}
        Some(Success::Code(word)) if word == code => {}
        Some(Success::Code(word)) => bad_value(
            cx,
            at,
            format!("`{word}` is not the code `{code}`"),
            &format!("write `{code}`, or a list of fields of the response: `[{word}]`"),
        ),
        Some(Success::Fields(fields)) if fields.is_empty() => bad_value(
            cx,
            at,
            "no field would prove success".to_owned(),
            &format!("name a field that only this response has, or write `{code}`"),
        ),
        Some(Success::Fields(fields)) => return known(cx, endpoint, fields, at),
    }
    Vec::new()
}

fn known(cx: &Context<'_>, endpoint: &spec::Endpoint, fields: &[String], at: &Node<'_>) -> Vec<String> {
    let mut known: Vec<String> = Vec::new();
    for (index, name) in fields.iter().enumerate() {
        let at = at.index(index);
        match endpoint.response.get(name) {
            None => cx.report(unknown(cx, endpoint, name, &at)),
            Some(field) if field.flatten => bad_value(
                cx,
                &at,
                format!("`{name}` is flattened, so that no key of this name is there"),
                "name a field with a key of its own",
            ),
            Some(_) if known.contains(name) => {
                bad_value(cx, &at, format!("`{name}` is named twice"), "name each field once");
            }
            Some(_) => known.push(name.clone()),
        }
    }
    known
}

fn unknown(cx: &Context<'_>, endpoint: &spec::Endpoint, name: &str, at: &Node<'_>) -> Diagnostic {
    let fault = Diagnostic::at(Code::UnknownReference, at, format!("the response has no field `{name}`"), "named here")
        .about(name);
    let code = &cx.spec.api.content.envelope.code;
    if name == code {
        return fault.help(format!("the code proves success anyway: write `success: {code}`, or name other fields"));
    }
    fault.meant(nearest(name, endpoint.response.keys().map(String::as_str)), || "name a field at the top of `response`")
}

fn bad_value(cx: &Context<'_>, at: &Node<'_>, message: String, help: &str) {
    cx.report(Diagnostic::at(Code::BadValue, at, message, "this value").help(help));
}

/// Whether the resolved rule is the written one: what had a fault proves nothing about the examples.
pub(super) fn is_sound(endpoint: &spec::Endpoint, response: &Response, code: &str) -> bool {
    match &endpoint.success {
        None => true,
        Some(Success::Code(word)) => word == code,
        Some(Success::Fields(fields)) => !fields.is_empty() && *fields == response.success,
    }
}

/// Why an example response proves no success; nothing when it does, or when its code is judged elsewhere.
pub(super) fn unproved(api: &Api, response: &Response, example: &Value) -> Option<(String, String)> {
    let map = example.as_object()?;
    let is_there = |name: &String| map.get(name).is_some_and(|value| !value.is_null());
    if map.contains_key(&api.code_field) || response.success.iter().any(is_there) {
        return None;
    }
    let code = format!("`{}: {}`", api.code_field, api.ok);
    Some(match response.success.as_slice() {
        [] => (
            format!("without `{}` nothing proves that the call succeeded", api.code_field),
            format!("add {code}, or `success: […]` to the endpoint, where a page shows success without the code"),
        ),
        fields => (
            format!("neither `{}` nor a field of `success` is there", api.code_field),
            format!("add {code}, or `{}`", fields.join("` or `")),
        ),
    })
}
