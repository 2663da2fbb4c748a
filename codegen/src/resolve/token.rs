//! How the client gets an access token and tickets: that the endpoint is there, and has the fields that are named.

use indexmap::IndexMap;
use serde_yaml::Value;

use super::context::Context;
use super::{checks, prose, values};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{self, Endpoint, Field, TicketIssue, TokenIssue, TypeRef, nearest};
use crate::source::Node;
use crate::spec;

/// What `api.yaml` says of it, if all of that is there.
pub(super) fn issue(cx: &Context<'_>, endpoints: &[Endpoint]) -> Option<TokenIssue> {
    let written = cx.spec.api.content.token.issue.as_ref()?;
    let at = Node::root(&cx.spec.api.map).key("token").key("issue");
    let finder = Finder { cx, at: &at };
    let endpoint = finder.endpoint(endpoints, &written.endpoint)?;
    finder.without_token(endpoint);
    let sent = |key: &str, name: &str| finder.field(endpoint.request.fields(), key, name, "request");
    let came = |key: &str, name: &str| finder.field(endpoint.response.object.fields.iter(), key, name, "response");
    finder.secret(sent("secret", &written.secret)?, "secret");
    finder.secret(came("token", &written.token)?, "token");
    sent("id", &written.id)?;
    finder.number(came("expires_in", &written.expires_in)?, "expires_in");
    if let Some(force) = &written.force {
        sent("force", force)?;
    }
    let fixed = finder.fixed(endpoint, &written.fixed)?;
    finder.required(endpoint, [&written.id, &written.secret].into_iter().chain(written.fixed.keys()));
    Some(TokenIssue {
        endpoint: written.endpoint.clone(),
        id: written.id.clone(),
        secret: written.secret.clone(),
        fixed,
        force: written.force.clone(),
        token: written.token.clone(),
        expires_in: written.expires_in.clone(),
    })
}

/// What `api.yaml` says of the tickets, as far as it can be followed.
pub(super) fn tickets(cx: &Context<'_>, endpoints: &[Endpoint]) -> Vec<TicketIssue> {
    let list = Node::root(&cx.spec.api.map).key("tickets");
    let tickets = cx.spec.api.content.tickets.iter();
    tickets.filter_map(|(id, written)| ticket(cx, endpoints, id, written, &list.key(id))).collect()
}

fn ticket(
    cx: &Context<'_>,
    endpoints: &[Endpoint],
    id: &str,
    written: &spec::TicketIssue,
    at: &Node<'_>,
) -> Option<TicketIssue> {
    checks::slug(cx, id, at);
    let doc = prose::text(cx, written.doc.as_ref(), &at.key("doc"), "the ticket's documentation");
    let finder = Finder { cx, at };
    let endpoint = finder.endpoint(endpoints, &written.endpoint)?;
    let came = |key: &str, name: &str| finder.field(endpoint.response.object.fields.iter(), key, name, "response");
    finder.secret(came("ticket", &written.ticket)?, "ticket");
    finder.number(came("expires_in", &written.expires_in)?, "expires_in");
    let fixed = finder.fixed(endpoint, &written.fixed)?;
    finder.required(endpoint, written.fixed.keys());
    Some(TicketIssue {
        id: id.to_owned(),
        doc,
        endpoint: written.endpoint.clone(),
        fixed,
        ticket: written.ticket.clone(),
        expires_in: written.expires_in.clone(),
    })
}

/// Finds endpoints and fields by their names, and says where there is none.
pub(super) struct Finder<'f, 's> {
    pub(super) cx: &'f Context<'s>,
    pub(super) at: &'f Node<'f>,
}

impl Finder<'_, '_> {
    pub(super) fn endpoint<'e>(&self, endpoints: &'e [Endpoint], path: &str) -> Option<&'e Endpoint> {
        let at = self.at.key("endpoint");
        let Some(endpoint) = endpoints.iter().find(|endpoint| endpoint.path == path) else {
            let fault =
                Diagnostic::at(Code::UnknownReference, &at, format!("there is no endpoint `{path}`"), "named here");
            let near = nearest(path, endpoints.iter().map(|endpoint| endpoint.path.as_str()));
            self.cx.report(fault.about(path).meant(near, || "name the path of an endpoint of the spec".to_owned()));
            return None;
        };
        Some(endpoint)
    }

    fn without_token(&self, endpoint: &Endpoint) {
        if endpoint.takes_token {
            let message = format!("`{}` takes an access token", endpoint.path);
            let fault = Diagnostic::at(Code::BadValue, &self.at.key("endpoint"), message, "to get one");
            self.cx.report(fault.help(format!("write `token: none` in {}", endpoint.spec)));
        }
    }

    pub(super) fn fixed(
        &self,
        endpoint: &Endpoint,
        written: &IndexMap<String, Value>,
    ) -> Option<Vec<(String, model::Value)>> {
        let list = self.at.key("fixed");
        for name in written.keys() {
            self.field_at(endpoint.request.fields(), &list.key(name), name, "request")?;
        }
        let value = |(key, value): (&String, &Value)| Some((key.clone(), values::json(Some(value))?));
        Some(written.iter().filter_map(value).collect())
    }

    fn field<'e>(
        &self,
        fields: impl Iterator<Item = &'e Field> + Clone,
        key: &str,
        name: &str,
        side: &str,
    ) -> Option<&'e Field> {
        self.field_at(fields, &self.at.key(key), name, side)
    }

    pub(super) fn field_at<'e>(
        &self,
        mut fields: impl Iterator<Item = &'e Field> + Clone,
        at: &Node<'_>,
        name: &str,
        side: &str,
    ) -> Option<&'e Field> {
        let all = fields.clone();
        let found = fields.find(|field| field.wire == name);
        if found.is_none() {
            let fault =
                Diagnostic::at(Code::UnknownReference, at, format!("the {side} has no field `{name}`"), "named here");
            let near = nearest(name, all.map(|field| field.wire.as_str()));
            self.cx.report(fault.about(name).meant(near, || format!("name a field of the {side} of the endpoint")));
        }
        found
    }

    fn secret(&self, field: &Field, key: &str) {
        if !field.secret {
            let message = format!("`{}` is not marked as a secret", field.wire);
            let fault = Diagnostic::at(Code::BadValue, &self.at.key(key), message, "it would show in logs");
            self.cx.report(fault.help(format!("write `secret: true` at the field `{}`", field.wire)));
        }
    }

    fn number(&self, field: &Field, key: &str) {
        if !matches!(&field.ty, TypeRef::Scalar(scalar) if scalar.is_number()) && !field.ty.is_unknown() {
            let message = format!("`{}` is no number", field.wire);
            let fault = Diagnostic::at(Code::BadType, &self.at.key(key), message, "of seconds");
            self.cx.report(fault.help("name the field with the seconds"));
        }
    }

    /// All that the endpoint requires has to come from somewhere.
    pub(super) fn required<'n>(&self, endpoint: &Endpoint, given: impl Iterator<Item = &'n String> + Clone) {
        for field in endpoint.request.fields().filter(|field| field.required) {
            if !given.clone().any(|name| *name == field.wire) {
                let message = format!("nothing gives `{}`, which the endpoint requires", field.wire);
                let fault = Diagnostic::at(Code::BadValue, &self.at.key("fixed"), message, "not here");
                self.cx.report(fault.help(format!("give it a value under `fixed`: `{}: …`", field.wire)));
            }
        }
    }
}
