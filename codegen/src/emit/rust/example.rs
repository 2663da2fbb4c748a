//! Examples of the spec as documentation tests: built with the types, compared with the JSON of the page.

use quote::quote;

use super::context::Context;
use super::doc::{Doc, english, escape};
use super::expr::Builder;
use super::{format, json};
use crate::emit::prose;
use crate::model::{Body, Endpoint, Event, Example, JsonMap, Scalar, TypeRef, Value};

/// The longest answer, in lines, that documentation shows.
const ANSWER_LINES: usize = 80;

/// The section with the examples of an endpoint.
pub(super) fn sections(ctx: &Context<'_>, endpoint: &Endpoint, doc: &mut Doc) {
    let shown: Vec<&Example> =
        endpoint.examples.iter().filter(|example| example.request.is_some() || example.response.is_some()).collect();
    if shown.is_empty() {
        return;
    }
    doc.heading(if shown.len() == 1 { "Example" } else { "Examples" });
    for example in shown {
        if let Some(title) = &example.title {
            doc.raw(&format!("{} 中文：{}", escape(&english(title)), escape(&title.zh)));
        }
        if let Some(values) = values(endpoint, example) {
            doc.code("", request(ctx, endpoint, example, values));
        }
        if let Some(response) = &example.response {
            let lines: Vec<String> = json::pretty(response).lines().map(str::to_owned).collect();
            if lines.len() <= ANSWER_LINES {
                doc.raw("The response:").code("json", lines);
            }
        }
    }
}

/// The sections that show how more than one call is made.
pub(super) fn reading_on(ctx: &Context<'_>, endpoint: &Endpoint, doc: &mut Doc) {
    if endpoint.paging.is_some() {
        let read = quote! {
            let mut items = request.items(&client);
            while let Some(item) = items.next().await { let item = item?; println!("{item:?}"); }
        };
        many_calls(ctx, endpoint, doc, ("All items", "逐项读取全部列表"), read);
    }
    if let Some(window) = endpoint.day_window() {
        let (first, last) = prose::a_year(endpoint, &window);
        let read = quote! {
            let mut responses = request.spans(#first, #last).send(&client);
            while let Some(response) = responses.next().await { let response = response?; println!("{response:?}"); }
        };
        many_calls(ctx, endpoint, doc, ("A long time", "分段查询较长时间"), read);
    }
}

/// A test that is compiled and not run, with a request made of an example.
fn many_calls(
    ctx: &Context<'_>,
    endpoint: &Endpoint,
    doc: &mut Doc,
    (heading, zh): (&str, &str),
    read: proc_macro2::TokenStream,
) {
    let mut sent = endpoint.examples.iter().filter(|it| it.request.is_some() || it.query.is_some());
    let Some(values) = sent.next().and_then(|example| values(endpoint, example)) else { return };
    let mut builder = Builder::new(ctx, &endpoint.namespace, &endpoint.ident);
    let whole = endpoint.request.whole();
    let Some(request) = builder.object(&endpoint.ident, &endpoint.namespace, &whole, &values) else { return };
    let krate = ctx.model.api.krate.replace('-', "_");
    let mut lines = builder.imports();
    lines.push(String::new());
    lines.push("# #[cfg(feature = \"client\")]".to_owned());
    lines.push(format!("# async fn call(client: {krate}::Client) -> Result<(), {krate}::Error> {{"));
    let lets = builder.lets();
    lines.extend(format::statements(quote!(#lets let request = #request; #read)));
    lines.extend(["# Ok(())".to_owned(), "# }".to_owned()]);
    doc.heading(heading).chinese(&[zh]).code("no_run", lines);
}

/// The section with the examples of an event.
pub(super) fn event_sections(ctx: &Context<'_>, event: &Event, mut doc: Doc) -> Vec<String> {
    let shown: Vec<&String> = event.examples.iter().filter_map(|example| example.xml.as_ref()).collect();
    if !shown.is_empty() {
        doc.heading("Example");
    }
    for xml in shown {
        let mut lines = Builder::new(ctx, &event.namespace, &event.ident).imports();
        lines.push(String::new());
        lines.push(format!("let push = {}::from_xml({})?;", event.ident, json::raw_literal(xml.trim())));
        lines.push(format!("# Ok::<(), {}::Error>(())", ctx.model.api.krate.replace('-', "_")));
        doc.code("", lines.join("\n").lines().map(str::to_owned).collect::<Vec<_>>());
    }
    doc.lines()
}

/// The lines of one documentation test.
fn request(ctx: &Context<'_>, endpoint: &Endpoint, example: &Example, values: JsonMap) -> Vec<String> {
    let mut builder = Builder::new(ctx, &endpoint.namespace, &endpoint.ident);
    let built = builder.object(&endpoint.ident, &endpoint.namespace, &endpoint.request.whole(), &values);
    let has_query = !endpoint.request.query.fields.is_empty();
    let is_json = endpoint.body == Body::Json && !has_query;
    let from_text = built.is_none();
    if from_text {
        builder = Builder::new(ctx, &endpoint.namespace, &endpoint.ident);
    } else if has_query {
        builder.import(&[], "Endpoint");
    }
    let mut lines = builder.imports();
    lines.push(String::new());
    match built {
        Some(expression) => {
            let lets = builder.lets();
            lines.extend(format::statements(quote!(#lets let request = #expression;)));
        }
        None => lines.extend(text_lines(&format!(
            "let request: {} = serde_json::from_str({})?;",
            endpoint.ident,
            json::raw_literal(&json::pretty(&Value::Object(values.clone())))
        ))),
    }
    if is_json {
        lines.push(String::new());
        lines.extend(comparison(&Value::Object(values)));
    } else if has_query && !from_text {
        lines.push(String::new());
        lines.push(query_assertion(example));
    }
    if is_json || from_text {
        lines.push("# Ok::<(), serde_json::Error>(())".to_owned());
    }
    lines
}

/// Query parameters and body as the one struct that holds both, and a name for each file. None when the example
/// shows no request and there is more to one than files.
fn values(endpoint: &Endpoint, example: &Example) -> Option<JsonMap> {
    let mut all = JsonMap::new();
    for part in [&example.query, &example.request] {
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

/// The test that the request is sent as the page shows it.
fn comparison(sent: &Value) -> Vec<String> {
    let text = json::pretty(sent);
    if json::suits_macro(sent) {
        let body = text.replace('\n', "\n    ");
        return text_lines(&format!(
            "assert_eq!(\n    serde_json::to_value(&request)?,\n    serde_json::json!({body}),\n);"
        ));
    }
    text_lines(&format!(
        "let sent: serde_json::Value = serde_json::from_str({})?;\nassert_eq!(serde_json::to_value(&request)?, sent);",
        json::raw_literal(&text)
    ))
}

fn query_assertion(example: &Example) -> String {
    let Some(Value::Object(fields)) = &example.query else {
        return "assert!(request.query().is_empty());".to_owned();
    };
    let pairs: Vec<String> = fields
        .iter()
        .map(|(name, value)| {
            let value = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
            format!("({name:?}.into(), {value:?}.to_owned())")
        })
        .collect();
    format!("assert_eq!(request.query(), [{}]);", pairs.join(", "))
}

fn text_lines(text: &str) -> Vec<String> {
    text.lines().map(str::to_owned).collect()
}
