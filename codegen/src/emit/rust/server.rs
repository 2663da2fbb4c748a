//! `server.rs`: every endpoint as a server sees it.

use super::context::Context;
use super::{format, json, template};
use crate::model::refused::{Refused, refused};
use crate::model::{Endpoint, Quota, Refusals};
use crate::output::OutputFile;
use crate::target::raw_ident;

/// The table; none where the spec does not say how a server refuses.
pub(super) fn file(ctx: &Context<'_>) -> Option<OutputFile> {
    let refusals = ctx.model.api.refusals.as_ref()?;
    let codes = |of: &Refusals| {
        let one = |(key, code): (&str, i64)| format!("    {key}: {code},\n");
        of.codes().map(one).concat()
    };
    let text = template::fill(
        include_str!("templates/server.txt"),
        &[
            ("name", &ctx.model.api.krate.replace('-', "_")),
            ("first", ctx.model.endpoints.first().map_or("/", |first| &first.path)),
            ("codes", codes(refusals).trim_end()),
            ("endpoints", ctx.model.endpoints.iter().map(|it| row(ctx, it)).collect::<String>().trim_end()),
        ],
    );
    Some(OutputFile { path: "src/server.rs".to_owned(), text: format::header("") + &text })
}

/// One row of the table.
fn row(ctx: &Context<'_>, endpoint: &Endpoint) -> String {
    let feature = ctx.feature_of(&endpoint.namespace);
    let condition = feature.map(|it| format!("    #[cfg(feature = {it:?})]\n")).unwrap_or_default();
    let path: Vec<_> = endpoint.namespace.iter().chain([&endpoint.ident]).map(|it| raw_ident(it)).collect();
    let response = endpoint.examples.iter().find_map(|example| example.response.as_ref());
    let response = response.map_or_else(|| "{}".to_owned(), json::pretty);
    let codes: String = refused(ctx.model, endpoint).iter().map(code).collect();
    let codes = if codes.is_empty() { "&[]".to_owned() } else { format!("&[\n{codes}        ]") };
    format!(
        "{condition}    Served::of::<crate::{}>(\n        {codes},\n        {},\n    ){},\n",
        path.join("::"),
        json::raw_literal(&response),
        endpoint.quota.as_ref().map(quota).unwrap_or_default(),
    )
}

fn quota(quota: &Quota) -> String {
    format!("\n    .quota({:?}, {:?})", quota.day, quota.minute)
}

fn code(refused: &Refused) -> String {
    let Refused { path, rule, code } = refused;
    let rule = rule.map_or_else(|| "None".to_owned(), |rule| format!("Some({rule:?})"));
    format!("            ({path:?}, {rule}, {code}),\n")
}
