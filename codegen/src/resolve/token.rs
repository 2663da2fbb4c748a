//! How the client gets an access token: that the endpoint is there, and has the fields that are named.

use super::context::Context;
use super::values;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Endpoint, Field, TokenIssue, TypeRef, nearest};
use crate::source::Node;

/// What `api.yaml` says of it, if all of that is there.
pub(super) fn issue(cx: &Context<'_>, endpoints: &[Endpoint]) -> Option<TokenIssue> {
    let written = cx.spec.api.content.token.issue.as_ref()?;
    let at = Node::root(&cx.spec.api.map).key("token").key("issue");
    let finder = Finder { cx, at: &at };
    let endpoint = finder.endpoint(endpoints, &written.endpoint)?;
    let sent = |key: &str, name: &str| finder.field(endpoint.request.fields(), key, name, "request");
    let came = |key: &str, name: &str| finder.field(endpoint.response.object.fields.iter(), key, name, "response");
    finder.secret(sent("secret", &written.secret)?, "secret");
    finder.secret(came("token", &written.token)?, "token");
    sent("id", &written.id)?;
    finder.number(came("expires_in", &written.expires_in)?, "expires_in");
    if let Some(force) = &written.force {
        sent("force", force)?;
    }
    for name in written.fixed.keys() {
        finder.field_at(endpoint.request.fields(), &at.key("fixed").key(name), name, "request")?;
    }
    finder.required(endpoint, [&written.id, &written.secret].into_iter().chain(written.fixed.keys()));
    Some(TokenIssue {
        endpoint: written.endpoint.clone(),
        id: written.id.clone(),
        secret: written.secret.clone(),
        fixed: written
            .fixed
            .iter()
            .filter_map(|(key, value)| Some((key.clone(), values::json(Some(value))?)))
            .collect(),
        force: written.force.clone(),
        token: written.token.clone(),
        expires_in: written.expires_in.clone(),
    })
}

struct Finder<'f, 's> {
    cx: &'f Context<'s>,
    at: &'f Node<'f>,
}

impl Finder<'_, '_> {
    fn endpoint<'e>(&self, endpoints: &'e [Endpoint], path: &str) -> Option<&'e Endpoint> {
        let at = self.at.key("endpoint");
        let Some(endpoint) = endpoints.iter().find(|endpoint| endpoint.path == path) else {
            let fault =
                Diagnostic::at(Code::UnknownReference, &at, format!("there is no endpoint `{path}`"), "named here");
            let near = nearest(path, endpoints.iter().map(|endpoint| endpoint.path.as_str()));
            self.cx.report(fault.about(path).meant(near, || "name the path of an endpoint of the spec".to_owned()));
            return None;
        };
        if endpoint.takes_token {
            let fault = Diagnostic::at(Code::BadValue, &at, format!("`{path}` takes an access token"), "to get one");
            self.cx.report(fault.help(format!("write `token: none` in {}", endpoint.spec)));
        }
        Some(endpoint)
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

    fn field_at<'e>(
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
    fn required<'n>(&self, endpoint: &Endpoint, given: impl Iterator<Item = &'n String> + Clone) {
        for field in endpoint.request.fields().filter(|field| field.required) {
            if !given.clone().any(|name| *name == field.wire) {
                let message = format!("nothing gives `{}`, which the endpoint requires", field.wire);
                let fault = Diagnostic::at(Code::BadValue, &self.at.key("fixed"), message, "not here");
                self.cx.report(fault.help(format!("give it a value under `fixed`: `{}: …`", field.wire)));
            }
        }
    }
}
