//! `tests/examples/`: every example of the spec runs through the types in both directions.

use std::fmt::Write as _;

use super::context::Context;
use super::json;
use crate::model::{Body, Endpoint, Event, Example, Module, Value, raw_ident, snake_case};
use crate::output::OutputFile;

/// Where a file of tests is cut.
const LINES_IN_A_FILE: usize = 2_400;

/// The tests, a file or more for each folder of the spec, and what they share.
pub(super) fn files(ctx: &Context<'_>) -> Vec<OutputFile> {
    let mut files = Vec::new();
    let mut names: Vec<(String, Option<String>)> = Vec::new();
    for module in &ctx.model.modules {
        for (index, text) in chunks(tests(ctx, module)).into_iter().enumerate() {
            let mut name =
                module.rust_path.iter().map(|part| part.trim_start_matches("r#")).collect::<Vec<_>>().join("_");
            if name.is_empty() {
                name = "root".to_owned();
            }
            if index > 0 {
                let _ = write!(name, "_{}", index + 1);
            }
            let header = super::format::header(&(module.path.join("/") + "/"));
            files.push(OutputFile { path: format!("tests/examples/{name}.rs"), text: format!("{header}\n{text}") });
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

/// Joins tests to files that are not too long.
fn chunks(tests: Vec<String>) -> Vec<String> {
    let mut files: Vec<(usize, String)> = Vec::new();
    for test in tests {
        let lines = test.lines().count() + 1;
        match files.last_mut() {
            Some((used, text)) if *used + lines <= LINES_IN_A_FILE => {
                *used += lines;
                text.push('\n');
                text.push_str(&test);
            }
            _ => files.push((lines, test)),
        }
    }
    files.into_iter().map(|(_, text)| text).collect()
}

/// The tests of a folder.
fn tests(ctx: &Context<'_>, module: &Module) -> Vec<String> {
    let mut tests = Vec::new();
    for file in &module.files {
        if let Some(index) = file.endpoint {
            let endpoint = &ctx.model.endpoints[index];
            for (number, example) in endpoint.examples.iter().enumerate() {
                tests.extend(of_endpoint(ctx, endpoint, example, number + 1));
            }
        }
        if let Some(index) = file.event {
            let event = &ctx.model.events[index];
            for (number, example) in event.examples.iter().enumerate() {
                tests.extend(of_event(ctx, event, example, number + 1));
            }
        }
    }
    tests
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
    let rust = path(ctx, &endpoint.rust_path, &endpoint.rust);
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
    let rust = path(ctx, &event.rust_path, &event.rust);
    let xml = json::raw_literal(xml.trim());
    let name = snake_case(&event.name);
    Some(format!(
        "#[test]\nfn {name}_{number}() {{\n    let xml = {xml};\n    crate::push(xml, {rust}::from_xml(xml));\n}}\n"
    ))
}

fn of(part: Option<&Value>) -> String {
    part.map_or_else(|| "\"{}\"".to_owned(), literal)
}

fn literal(value: &Value) -> String {
    json::raw_literal(&json::pretty(value))
}
