//! By which code a server refuses a request: that each code is one that errors.yaml explains.

use super::context::Context;
use super::{errors, prose};
use crate::diagnostic::Label;
use crate::model::Refusals;
use crate::source::Node;

/// What `api.yaml` says of it.
pub(super) fn refusals(cx: &Context<'_>) -> Option<Refusals> {
    let written = cx.spec.api.content.refusals.as_ref()?;
    let at = Node::root(&cx.spec.api.map).key("refusals");
    prose::sources(cx, &written.source, &[], &at.key("source"));
    for (key, code) in written.codes() {
        let at = at.key(key);
        errors::known(cx, code, &at, Label::node(&at, "this code"));
    }
    Some(written.clone())
}
