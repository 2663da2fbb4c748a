//! `tests/examples/`: every example of the spec runs through the types in both directions.

use std::fmt::Write as _;

use super::context::Context;
use super::{example, json, modules};
use crate::model::{Body, Endpoint, Event, Example, SourceFile, Value, snake_case};
use crate::output::OutputFile;
use crate::target::raw_ident;

/// The tests, a file for each file of the spec that has any, and what they share.
pub(super) fn files(ctx: &Context<'_>) -> Vec<OutputFile> {
    let mut files = Vec::new();
    let mut names: Vec<(String, Option<String>)> = Vec::new();
    for module in &ctx.model.modules {
        for file in &module.files {
            let tests = tests(ctx, file);
            if tests.is_empty() {
                continue;
            }
            let around = module.namespace.iter().map(String::as_str);
            let stem = modules::stem(module, file);
            let parts: Vec<&str> = around.chain([stem.as_str()]).map(|part| part.trim_start_matches("r#")).collect();
            let name = parts.join("_");
            let text = format!("{}\n{}", super::format::header(&file.spec), tests.join("\n"));
            files.push(OutputFile { path: format!("tests/examples/{name}.rs"), text });
            names.push((name, module.feature.clone()));
        }
    }
    files.push(OutputFile { path: "tests/examples/main.rs".to_owned(), text: main(&ctx.model.api.krate, names) });
    files
}

fn main(krate: &str, mut names: Vec<(String, Option<String>)>) -> String {
    names.sort();
    let mut text = super::format::header("");
    text.push_str("//! Every example of the spec, through the types in both directions.\n\n");
    for (name, feature) in names {
        if let Some(feature) = feature {
            let _ = writeln!(text, "#[cfg(feature = {feature:?})]");
        }
        let _ = writeln!(text, "mod {};", raw_ident(&name));
    }
    text.push('\n');
    text.push_str(&include_str!("example_tests_support.rs.txt").replace("weixin", &krate.replace('-', "_")));
    text
}

/// The tests of a file.
fn tests(ctx: &Context<'_>, file: &SourceFile) -> Vec<String> {
    let endpoint = file.endpoint.map(|index| &ctx.model.endpoints[index]);
    let event = file.event.map(|index| &ctx.model.events[index]);
    let calls = endpoint.into_iter().flat_map(|it| it.examples.iter().enumerate().map(move |example| (it, example)));
    let calls = calls.filter_map(|(it, (number, example))| of_endpoint(ctx, it, example, number + 1));
    let pushes = event.into_iter().flat_map(|it| it.examples.iter().enumerate().map(move |example| (it, example)));
    calls.chain(pushes.filter_map(|(it, (number, example))| of_event(ctx, it, example, number + 1))).collect()
}

/// The path of a type in the crate.
fn path(ctx: &Context<'_>, module: &[String], rust: &str) -> String {
    let mut path = ctx.model.api.krate.replace('-', "_");
    for segment in module {
        let _ = write!(path, "::{}", raw_ident(segment.trim_start_matches("r#")));
    }
    format!("{path}::{rust}")
}

fn of_endpoint(ctx: &Context<'_>, endpoint: &Endpoint, example: &Example, number: usize) -> Option<String> {
    let rust = path(ctx, &endpoint.namespace, &endpoint.ident);
    let mut body = String::new();
    let has_request = example.request.is_some() || example.query.is_some();
    if has_request && endpoint.body != Body::Multipart {
        let _ = writeln!(
            body,
            "    crate::request::<{rust}>(\n        {},\n        {},\n    );",
            of(example.query.as_ref()),
            of(example.request.as_ref())
        );
    }
    if let Some(lines) = example::built(ctx, endpoint, example).filter(|_| has_request) {
        // No line is moved: some are inside a text.
        let _ = writeln!(body, "{}", lines.join("\n"));
    }
    if let Some(response) = &example.response {
        let _ = writeln!(body, "    crate::response::<{rust}>({});", literal(response));
    }
    if let Some(error) = &example.error {
        let code = error.get(&ctx.model.api.code_field).map(Value::to_string).unwrap_or_default();
        let _ = writeln!(body, "    crate::error::<{rust}>({}, {});", literal(error), code.trim_matches('"'));
    }
    let name = snake_case(&endpoint.path.replace('/', "_"));
    (!body.is_empty()).then(|| format!("#[test]\nfn {}_{number}() {{\n{body}}}\n", name.trim_matches('_')))
}

fn of_event(ctx: &Context<'_>, event: &Event, example: &Example, number: usize) -> Option<String> {
    let xml = example.xml.as_ref()?;
    let rust = path(ctx, &event.namespace, &event.ident);
    let xml = json::raw_literal(xml.trim());
    let name = snake_case(&event.name);
    let json = literal(example.json.as_ref()?);
    Some(format!(
        "#[test]\nfn {name}_{number}() {{\n    let xml = {xml};\n    let push = {rust}::from_xml(xml).expect(\"the push is read\");\n    \
         crate::push(xml, &push);\n    let json = {json};\n    \
         assert_eq!({rust}::from_json(json).expect(\"the push is read\"), push);\n}}\n"
    ))
}

fn of(part: Option<&Value>) -> String {
    part.map_or_else(|| "\"{}\"".to_owned(), literal)
}

fn literal(value: &Value) -> String {
    json::raw_literal(&json::pretty(value))
}
