//! From [`Spec`] to [`Model`]: a row of small passes that collect every fault.

mod accounts;
mod build;
pub(crate) mod checks;
mod collect;
pub(crate) mod context;
mod endpoints;
mod enums;
mod errors;
mod examples;
mod fields;
mod follow;
mod guides;
mod implied;
mod languages;
mod limits;
mod modules;
mod names;
mod objects;
mod paging;
mod prose;
mod push;
mod quota;
mod refusals;
mod registry;
mod rules;
mod shapes;
mod signing;
mod success;
mod token;
mod unions;
mod units;
mod usage;
mod values;
mod verify;

use crate::diagnostic::{self, Diagnostic};
use crate::model::Model;
use crate::spec::Spec;

use context::Context;

/// Checks a spec and computes the model.
///
/// # Errors
///
/// Every fault of the spec, sorted by place.
pub fn resolve(spec: &Spec) -> Result<Model, Vec<Diagnostic>> {
    let cx = Context::new(spec);
    let api = prose::api(&cx);
    let errors = errors::general(&cx);
    let registry = collect::collect(&cx);
    let types = build::build(&cx, &registry);
    let mut endpoints = endpoints::endpoints(&cx, &registry);
    accounts::add(&cx, &mut endpoints);
    let events = endpoints::events(&cx, &registry);
    let quirks = prose::global_quirks(&cx);
    let guides = guides::guides(&cx);
    let mut model = Model { api, modules: Vec::new(), endpoints, events, types, errors, quirks, guides };
    model.api.issue = token::issue(&cx, &model.endpoints);
    model.api.tickets = token::tickets(&cx, &model.endpoints);
    verify::add(&cx, &mut model);
    signing::add(&cx, &registry, &mut model);
    model.api.push = push::push(&cx, &model.events);
    model.api.refusals = refusals::refusals(&cx);
    usage::annotate(&cx, &registry, &mut model);
    rules::check_paths(&cx, &registry, &model);
    shapes::check(&cx, &registry, &model);
    names::check(&cx, &model);
    model.modules = modules::tree(&cx, &model);
    examples::check(&cx, &model);
    prose::unused_quirks(&cx);
    prose::unknown_headings(&cx);
    usage::unused_views(&cx);
    modules::unused_areas(&cx);
    modules::missing_areas(&cx);
    let mut faults = cx.into_faults();
    if faults.is_empty() {
        return Ok(model);
    }
    diagnostic::sort(&mut faults);
    Err(faults)
}
