//! `lib.rs`: the first page of the crate's documentation, and what it exports.

use super::context::Context;
use super::doc::{escape, one_line};
use super::file::Part;
use super::{first_call, format, modules};
use crate::model::{EXPORTED, EXPORTED_WITH_CLIENT, Module, raw_ident};
use crate::output::OutputFile;

/// The most endpoints that the first page lists one by one.
const LISTED: usize = 400;

/// `src/lib.rs`.
pub(super) fn file(ctx: &Context<'_>, root: &[Part]) -> OutputFile {
    let mut text = format::header("api.yaml");
    doc(ctx, &mut text);
    text.push_str("#![cfg_attr(docsrs, feature(doc_cfg))]\n");
    text.push('\n');
    text.push_str("use weixin_runtime as rt;\n\n");
    text.push_str("pub mod errors;\n");
    for module in children(ctx) {
        if let Some(feature) = &module.feature {
            text.push_str(&format!("#[cfg(feature = \"{feature}\")]\n"));
        }
        text.push_str(&format!("pub mod {};\n", raw(&module.rust_path)));
    }
    text.push_str(&format!(
        "\n/// Where the interface is: the address that the client calls unless it is given another.\npub const HOST: &str = {:?};\n",
        ctx.model.api.host
    ));
    text.push('\n');
    text.push_str(&format::use_lines("pub use", "rt", EXPORTED));
    text.push_str("#[cfg(feature = \"client\")]\n");
    text.push_str(&format::use_lines("pub use", "rt", EXPORTED_WITH_CLIENT));
    if let (Some(module), false) = (module_at(ctx, &[]), root.is_empty()) {
        text.push('\n');
        text.push_str(&modules::declarations(module, root));
    }
    OutputFile { path: "src/lib.rs".to_owned(), text }
}

/// The modules at the top.
pub(super) fn children<'a>(ctx: &Context<'a>) -> impl Iterator<Item = &'a Module> {
    ctx.model.modules.iter().filter(|module| module.rust_path.len() == 1)
}

fn raw(path: &[String]) -> String {
    path.iter().map(|segment| raw_ident(segment.trim_start_matches("r#"))).collect::<Vec<_>>().join("::")
}

fn doc(ctx: &Context<'_>, text: &mut String) {
    let api = &ctx.model.api;
    let lines = [
        format!("{}.", api.title.en.trim().trim_end_matches('.')),
        String::new(),
        format!("中文：{}。", api.title.zh.trim().trim_end_matches('。')),
        String::new(),
        "# First call".to_owned(),
        String::new(),
    ];
    for line in lines {
        push(text, &line);
    }
    if let Some(call) = first_call::lines(ctx) {
        code(text, &call);
    }
    for line in HOW_IT_WORKS {
        push(text, line);
    }
    testing(ctx, text);
    features(ctx, text);
    endpoints(ctx, text);
}

/// What holds for every endpoint.
const HOW_IT_WORKS: &[&str] = &[
    "# How it works",
    "",
    "- The URL is the address: `POST /card/code/get` is `card::code::Get`, its response `card::code::GetResponse`.",
    "- Required values are arguments of `new`; each optional one has a method. What is not set is not sent.",
    "- [`Validate`] finds every documented limit that a request breaks, before the network does.",
    "- Enumerations are open: a value that this version does not know survives reading and writing.",
    "- An odd optional field costs the field, never the response. What was odd is logged; [`RawResponse::inspect`] and",
    "  `Client::inspect` tell it to programs, with the fields that nobody documented.",
    "- [`Error`] knows the endpoint, what its code means there, and whether to try again; [`errors`] has all codes.",
    "- Any transport will do: [`Endpoint::wire`] is what to send, [`Endpoint::read`] reads what comes back.",
    "",
];

/// The first call, which compiles where the client and its area are there.
fn code(text: &mut String, call: &first_call::FirstCall) {
    let condition = match &call.feature {
        Some(feature) => format!("all(feature = \"client\", feature = \"{feature}\")"),
        None => "feature = \"client\"".to_owned(),
    };
    text.push_str(&format!("#![cfg_attr({condition}, doc = \"```no_run\")]\n"));
    text.push_str(&format!("#![cfg_attr(not({condition}), doc = \"```ignore\")]\n"));
    for line in &call.lines {
        push(text, line);
    }
    push(text, "```");
    push(text, "");
}

/// How code that calls the client is tested.
fn testing(ctx: &Context<'_>, text: &mut String) {
    push(text, "# Testing your code");
    push(text, "");
    push(
        text,
        "Responses and pushes are plain data: `new` takes what is always there, and every field is public. Errors are made by",
    );
    push(
        text,
        "[`Error::api`], [`Error::invalid`] and [`Error::timeout`] or its like, whole responses by [`RawResponse::new`].",
    );
    push(text, "");
    let Some((example, feature)) = first_call::testing(ctx) else {
        return;
    };
    fence(text, feature.as_deref(), "");
    for line in &example {
        push(text, line);
    }
    push(text, "```");
    push(text, "");
}

/// The fence of an example that compiles under a condition.
fn fence(text: &mut String, feature: Option<&str>, kind: &str) {
    match feature {
        Some(feature) => {
            text.push_str(&format!("#![cfg_attr(feature = \"{feature}\", doc = \"```{kind}\")]\n"));
            text.push_str(&format!("#![cfg_attr(not(feature = \"{feature}\"), doc = \"```ignore\")]\n"));
        }
        None => push(text, &format!("```{kind}")),
    }
}

fn features(ctx: &Context<'_>, text: &mut String) {
    push(text, "# Features");
    push(text, "");
    push(text, "The first are on by default, those for dates of other crates are not.");
    push(text, "");
    for module in children(ctx) {
        if let Some(feature) = &module.feature {
            push(text, &format!("- `{feature}`: {}.", escape(module.title.en.trim().trim_end_matches('.'))));
        }
    }
    push(text, "- `client`: the HTTP client; without it types and validators remain.");
    push(text, "- `rustls`: TLS for the client.");
    push(text, "- `chrono`, `jiff`, `time`: their days and moments as arguments.");
    push(text, "");
}

/// The table of all endpoints. A row is there only with its feature, or its link would lead nowhere.
fn endpoints(ctx: &Context<'_>, text: &mut String) {
    push(text, "# Endpoints");
    push(text, "");
    push(text, "| WeChat | type | what |");
    push(text, "|---|---|---|");
    if ctx.model.endpoints.len() > LISTED {
        for module in children(ctx).filter(|module| !module.files.is_empty() || !module.children.is_empty()) {
            let (path, name) = (module.path.join("/"), raw(&module.rust_path));
            let row = format!("| `/{path}/…` | [`{name}`] | {} |", cell(&module.title.en));
            conditional(text, module.feature.as_deref(), &row);
        }
        return;
    }
    for it in &ctx.model.endpoints {
        let row = format!(
            "| `{} {}` | [`{}`] | {} |",
            it.method.as_str(),
            it.path,
            path_of(&it.rust_path, &it.rust),
            cell(&it.title.en)
        );
        conditional(text, feature_of(ctx, &it.rust_path), &row);
    }
    for it in &ctx.model.events {
        let name = path_of(&it.rust_path, &it.rust);
        let row = format!("| push `{}` | [`{name}`] | {} |", it.name, cell(&it.title.en));
        conditional(text, feature_of(ctx, &it.rust_path), &row);
    }
}

/// Words in a table.
fn cell(text: &str) -> String {
    escape(&one_line(text)).replace('|', "\\|")
}

fn path_of(module: &[String], name: &str) -> String {
    if module.is_empty() { name.to_owned() } else { format!("{}::{name}", raw(module)) }
}

/// The feature under which a module is compiled.
pub(super) fn feature_of<'a>(ctx: &Context<'a>, path: &[String]) -> Option<&'a str> {
    module_at(ctx, path)?.feature.as_deref()
}

fn module_at<'a>(ctx: &Context<'a>, path: &[String]) -> Option<&'a Module> {
    ctx.model.modules.iter().find(|module| module.rust_path == path)
}

fn conditional(text: &mut String, feature: Option<&str>, line: &str) {
    match feature {
        Some(feature) => text.push_str(&format!("#![cfg_attr(feature = \"{feature}\", doc = {line:?})]\n")),
        None => push(text, line),
    }
}

fn push(text: &mut String, line: &str) {
    text.push_str("//!");
    if !line.is_empty() {
        text.push(' ');
        text.push_str(line);
    }
    text.push('\n');
}
