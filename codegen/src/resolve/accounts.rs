//! Which kinds of account may call an endpoint: as it says itself, or as the nearest folder around it does.

use std::collections::BTreeMap;

use super::context::Context;
use super::prose;
use crate::model::{Account, Endpoint};
use crate::source::Node;
use crate::spec;

/// Adds them to the endpoints.
pub(super) fn add(cx: &Context<'_>, endpoints: &mut [Endpoint]) {
    let areas = areas(cx);
    for (endpoint, file) in endpoints.iter_mut().zip(&cx.spec.endpoints) {
        let own = file.content.account.as_ref();
        let own = own.map(|written| account(cx, written, &Node::root(&file.map).key("account")));
        let around = file.path.rmatch_indices('/').map(|(at, _)| &file.path[..at]);
        endpoint.account = own.or_else(|| around.filter_map(|folder| areas.get(folder)).next().cloned());
    }
}

fn areas<'s>(cx: &Context<'s>) -> BTreeMap<&'s str, Account> {
    let file = &cx.spec.api;
    let list = Node::root(&file.map).key("areas");
    let said = file.content.areas.iter().filter_map(|(folder, area)| {
        let written = area.account.as_ref()?;
        Some((folder.as_str(), account(cx, written, &list.key(folder).key("account"))))
    });
    said.collect()
}

fn account(cx: &Context<'_>, written: &spec::Account, at: &Node<'_>) -> Account {
    let text = spec::Text { en: written.en.clone(), zh: written.zh.clone() };
    Account {
        text: prose::text(cx, Some(&text), at, "which account may call"),
        sources: prose::required_sources(cx, &written.source, at, "which account may call"),
    }
}
