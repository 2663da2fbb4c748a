//! Examples of the spec as code in documentation: one call for each request, and how each push is read.

use quote::quote;

use super::context::Context;
use super::expr::Builder;
use super::{format, json};
use crate::emit::prose::Calls;
use crate::model::{Body, Endpoint, Event, Example, JsonMap, Scalar, TypeRef, Value};

/// The smallest call that the spec shows, made by the types and sent. It is compiled and not run.
pub(super) fn call(ctx: &Context<'_>, endpoint: &Endpoint) -> Option<Vec<String>> {
    let krate = ctx.model.api.krate.replace('-', "_");
    let mut lines = vec![
        "# #[cfg(feature = \"client\")]".to_owned(),
        format!("# async fn run(client: &{krate}::Client) -> Result<(), {krate}::Error> {{"),
    ];
    // Here the client is lent already.
    lines.extend(calls(ctx, endpoint)?.send.into_iter().map(|line| line.replace("send(&client)", "send(client)")));
    lines.push("println!(\"{response:?}\");".to_owned());
    lines.push("# Ok(()) }".to_owned());
    Some(lines)
}

/// The same as code that somebody else shows.
pub(super) fn calls(ctx: &Context<'_>, endpoint: &Endpoint) -> Option<Calls> {
    let values = values(endpoint, endpoint.minimal_example())?;
    let mut builder = Builder::new(ctx, &endpoint.namespace, &endpoint.ident);
    let whole = endpoint.request.whole();
    let request = builder.object(&endpoint.ident, &endpoint.namespace, &whole, &values)?;
    let lets = builder.lets();
    let with_imports = |code| {
        let mut lines = builder.imports();
        lines.push(String::new());
        lines.extend(format::statements(code));
        lines
    };
    Some(Calls {
        send: with_imports(quote!(#lets let response = #request.send(&client).await?;)),
        request: with_imports(quote!(#lets let request = #request;)),
    })
}

/// The first push that the spec shows, as it is read.
pub(super) fn push(ctx: &Context<'_>, event: &Event) -> Vec<String> {
    let Some(xml) = event.examples.iter().find_map(|example| example.xml.as_ref()) else { return Vec::new() };
    let mut lines = Builder::new(ctx, &event.namespace, &event.ident).imports();
    lines.push(String::new());
    lines.push(format!("let push = {}::from_xml({})?;", event.ident, json::raw_literal(xml.trim())));
    lines.push(format!("# Ok::<(), {}::Error>(())", ctx.model.api.krate.replace('-', "_")));
    lines.join("\n").lines().map(str::to_owned).collect()
}

/// The test that builders make of an example what it shows: statements with `request` and what it is written as.
pub(super) fn built(ctx: &Context<'_>, endpoint: &Endpoint, example: &Example) -> Option<Vec<String>> {
    let values = values(endpoint, Some(example)).filter(|_| endpoint.body != Body::Multipart)?;
    let mut builder = Builder::new(ctx, &endpoint.namespace, &endpoint.ident);
    let whole = endpoint.request.whole();
    let request = builder.object(&endpoint.ident, &endpoint.namespace, &whole, &values)?;
    let mut lines = builder.imports();
    let lets = builder.lets();
    lines.extend(format::statements(quote!(#lets let request = #request;)));
    let shown = json::raw_literal(&json::pretty(&Value::Object(values)));
    lines.push(format!("crate::built(&request, {shown});"));
    Some(lines.join("\n").lines().map(str::to_owned).collect())
}

/// Query parameters and body as the one struct that holds both, and a name for each file. None when the example
/// shows no request and there is more to one than files.
pub(super) fn values(endpoint: &Endpoint, example: Option<&Example>) -> Option<JsonMap> {
    let mut all = JsonMap::new();
    for part in example.iter().flat_map(|it| [&it.query, &it.request]) {
        if let Some(Value::Object(fields)) = part {
            all.extend(fields.iter().map(|(key, value)| (key.clone(), value.clone())));
        }
    }
    let missing = endpoint.request.fields().filter(|field| field.required && !all.contains_key(&field.wire));
    for field in missing.collect::<Vec<_>>() {
        if !field.flatten {
            let is_file = field.ty == TypeRef::Scalar(Scalar::File);
            all.insert(field.wire.clone(), is_file.then(|| format!("{}.jpg", field.wire).into())?);
        }
    }
    Some(all)
}
