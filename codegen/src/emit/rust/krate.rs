//! `lib.rs`: the first page of the crate's documentation, and what it exports.

use super::context::Context;
use super::doc::{escape, one_line};
use super::first_call::{self, FirstCall};
use super::modules::{self, Part};
use super::{events, format, template};
use crate::emit::prose::Lang;
use crate::model::Text;
use crate::output::OutputFile;
use crate::target::{EXPORTED, EXPORTED_WITH, raw_ident};

/// The most endpoints that the first page lists one by one.
const LISTED: usize = 400;

/// The features of what receives pushes.
const RECEIVING: &str = "- `push`: pushes are checked, decrypted, told apart and made for tests; `axum`: a service, a router and an extractor of them.\n";

/// `src/lib.rs`.
pub(super) fn file(ctx: &Context<'_>, root: &[Part]) -> OutputFile {
    let mut text = format::header("api.yaml");
    for line in doc(ctx).lines() {
        // What stands under a condition is an attribute.
        if line.starts_with("#![") {
            text.extend([line, "\n"]);
        } else {
            format::push_doc(&mut text, "", "//!", line);
        }
    }
    text.push_str("#![cfg_attr(docsrs, feature(doc_cfg))]\n\nuse weixin_runtime as rt;\n\npub mod errors;\n");
    if ctx.model.api.issue.is_some() {
        text.push_str("mod token;\n");
    }
    if !ctx.model.api.tickets.is_empty() {
        text.push_str("#[cfg(feature = \"jsapi\")]\npub mod tickets;\n");
    }
    for module in ctx.top() {
        if let Some(feature) = &module.feature {
            text.push_str(&format!("#[cfg(feature = \"{feature}\")]\n"));
        }
        text.push_str(&format!("pub mod {};\n", raw(&module.namespace)));
    }
    if ctx.receives() {
        text.push_str("#[cfg(feature = \"event\")]\npub mod push;\n");
    }
    if ctx.model.api.refusals.is_some() {
        text.push_str("#[cfg(feature = \"server\")]\npub mod server;\n");
    }
    text.push_str(&format!(
        "\n/// Where the interface is: the address that the client calls unless it is given another.\npub const HOST: &str = {:?};\n\n",
        ctx.model.api.host
    ));
    text.push_str(&api(ctx));
    text.push_str(&format::use_lines("pub use", "rt", EXPORTED));
    for (feature, names) in EXPORTED_WITH {
        text.push_str(&format!("#[cfg(feature = {feature:?})]\n"));
        text.push_str(&format::use_lines("pub use", "rt", names));
    }
    if let (Some(module), false) = (ctx.module(&[]), root.is_empty()) {
        text.push('\n');
        text.push_str(&modules::declarations(module, root));
    }
    OutputFile { path: "src/lib.rs".to_owned(), text }
}

/// What calls need to know that no type describes.
fn api(ctx: &Context<'_>) -> String {
    let token_param = &ctx.model.api.token_param;
    let zone_seconds = ctx.model.api.zone_seconds;
    let issue = if ctx.model.api.issue.is_some() { "Some(&token::ISSUE)" } else { "None" };
    let fields = ["host: HOST", "known: errors::ALL", "envelope: errors::ENVELOPE"].map(str::to_owned);
    let own =
        [format!("token_param: {token_param:?}"), format!("issue: {issue}"), format!("zone_seconds: {zone_seconds}")];
    let fields: String = fields.iter().chain(&own).map(|field| format!("    {field},\n")).collect();
    let doc = "What holds for the whole interface: for `Client::call`, which calls what no type here describes.";
    format!("/// {doc}\npub static API: Api = Api {{\n{fields}}};\n\n")
}

fn raw(path: &[String]) -> String {
    path.iter().map(|segment| raw_ident(segment.trim_start_matches("r#"))).collect::<Vec<_>>().join("::")
}

fn doc(ctx: &Context<'_>) -> String {
    let api = &ctx.model.api;
    let areas = ctx.top().filter_map(|module| Some((module.feature.as_ref()?, module)));
    let features =
        areas.map(|(feature, it)| format!("- `{feature}`: {}.", escape(it.title.en.trim().trim_end_matches('.'))));
    let call = |call: Option<FirstCall>, kind: &str| call.map(|call| fenced(&call, kind)).unwrap_or_default();
    let text = template::fill(
        include_str!("templates/lib.md"),
        &[
            ("name", &api.krate.replace('-', "_")),
            ("title", api.title.en.trim().trim_end_matches('.')),
            ("zh", api.title.zh.trim().trim_end_matches('。')),
            ("first_call", &call(first_call::lines(ctx), "no_run")),
            ("production", &call(first_call::production(ctx), "no_run")),
            ("blocking", &call(first_call::blocking(ctx), "no_run")),
            ("testing", &call(first_call::testing(ctx), "")),
            ("receiving", &events::front_page(ctx).unwrap_or_default()),
            ("receiving_features", if ctx.receives() { RECEIVING } else { "" }),
            ("features", &features.collect::<Vec<_>>().join("\n")),
            ("links", &links(ctx)),
            ("endpoints", &endpoints(ctx).join("\n")),
        ],
    );
    // Without an area there is no line for one, and without a published reference none for that.
    text.replace("not.\n\n\n", "not.\n\n").replace("\n\n\n\n", "\n\n")
}

/// Where the published reference is.
fn links(ctx: &Context<'_>) -> String {
    let at = |lang: Lang| Some(format!("{}/{}/README.md", ctx.model.api.reference.as_ref()?, lang.id()));
    let Some((en, zh)) = at(Lang::En).zip(at(Lang::Zh)) else { return String::new() };
    format!(
        "The reference has every field, limit, value and error, and what pages say otherwise: [English]({en}), [中文]({zh})."
    )
}

/// An example that compiles where the client and its area are there.
fn fenced(call: &FirstCall, kind: &str) -> String {
    let feature = call.feature.as_ref().map(|feature| format!("feature = {feature:?}"));
    let client = call.client.map(|client| format!("feature = {client:?}"));
    let condition = match (client, feature) {
        (Some(client), Some(feature)) => format!("all({client}, {feature})"),
        (Some(only), None) | (None, Some(only)) => only,
        (None, None) => return format!("```{kind}\n{}\n```\n", call.lines.join("\n")),
    };
    format!(
        "#![cfg_attr({condition}, doc = \"```{kind}\")]\n#![cfg_attr(not({condition}), doc = \"```ignore\")]\n{}\n```\n",
        call.lines.join("\n")
    )
}

/// The rows of all endpoints. A row is there only with its feature, or its link would lead nowhere.
fn endpoints(ctx: &Context<'_>) -> Vec<String> {
    if ctx.model.endpoints.len() > LISTED {
        let modules = ctx.top().filter(|module| !module.files.is_empty() || !module.children.is_empty());
        return modules
            .map(|module| {
                let (path, name) = (module.path.join("/"), raw(&module.namespace));
                let row =
                    format!("| {} | {} | [`{name}`] | `/{path}/…` |", cell(&module.title.en), cell(&module.title.zh));
                conditional(module.feature.as_deref(), row)
            })
            .collect();
    }
    let row = |address: String, path: &[String], rust: &str, title: &Text| {
        let name = if path.is_empty() { rust.to_owned() } else { format!("{}::{rust}", raw(path)) };
        let (en, zh) = (cell(&title.en), cell(&title.zh));
        conditional(ctx.feature_of(path), format!("| {en} | {zh} | [`{name}`] | {address} |"))
    };
    let calls = ctx
        .model
        .endpoints
        .iter()
        .map(|it| row(format!("`{} {}`", it.method.as_str(), it.path), &it.namespace, &it.ident, &it.title));
    let pushes =
        ctx.model.events.iter().map(|it| row(format!("push `{}`", it.name), &it.namespace, &it.ident, &it.title));
    calls.chain(pushes).collect()
}

/// Words in a table.
fn cell(text: &str) -> String {
    escape(&one_line(text)).replace('|', "\\|")
}

fn conditional(feature: Option<&str>, line: String) -> String {
    match feature {
        Some(feature) => format!("#![cfg_attr(feature = \"{feature}\", doc = {line:?})]"),
        None => line,
    }
}
