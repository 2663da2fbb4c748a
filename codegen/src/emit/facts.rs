//! Every statement of the spec as one line of JSON, sorted, to count, grep and compare without parsing YAML.

mod line;
mod rule;
#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

use serde::Serialize;

use crate::model::keys::{Key, Listed, distinct, documents};
use crate::model::walk::{self, Stop};
use crate::model::{
    Audience, Bound, Endpoint, EndpointError, ErrorClass, ErrorCode, Event, Limit, Model, Page, Paging, PagingEnd,
    Proof, Quirk, Repeat, Rule, Verify,
};

use super::prose::{self, Lang};

use line::{
    ClosedFact, DocumentFact, EndpointFact, ErrorFact, EventFact, FieldFact, LimitFact, PagingFact, PushFact,
    QuirkFact, QuotaFact, RefusalsFact, RuleFact, SuccessFact, ValueFact, VerifyFact,
};
use rule::RuleParts;

/// The facts of a model: sorted by their bytes, each once, without line ends.
#[must_use]
pub fn lines(model: &Model) -> Vec<String> {
    let mut facts = Facts { model, lines: BTreeSet::new() };
    facts.general();
    for endpoint in &model.endpoints {
        facts.endpoint(endpoint);
    }
    for event in &model.events {
        facts.event(event);
    }
    facts.lines.into_iter().collect()
}

struct Facts<'a> {
    model: &'a Model,
    lines: BTreeSet<String>,
}

impl<'a> Facts<'a> {
    fn add(&mut self, fact: &impl Serialize) {
        // The facts are plain structs with text keys, so that writing them cannot fail.
        self.lines.extend(serde_json::to_string(fact));
    }

    /// What holds for no single endpoint.
    fn general(&mut self) {
        for document in &self.model.api.documents {
            self.add(&DocumentFact {
                kind: "document",
                id: &document.id,
                url: document.url.as_deref(),
                official: document.official,
                language: &document.language,
                read: &document.read,
                title: &document.title.en,
                zh: &document.title.zh,
            });
        }
        for error in &self.model.errors {
            self.add(&ErrorFact {
                kind: "error",
                endpoint: None,
                code: error.code,
                name: &error.name,
                text: &error.text.en,
                zh: &error.text.zh,
                class: Some(class(error)),
                general: error.general,
                sources: documents(&error.sources),
                quirks: Vec::new(),
            });
        }
        if let Some(push) = &self.model.api.push {
            self.add(&PushFact::of(push));
        }
        if let Some(refusals) = &self.model.api.refusals {
            self.add(&RefusalsFact {
                kind: "refusals",
                codes: refusals.codes().into_iter().map(|(key, code)| (key.to_owned(), code.into())).collect(),
            });
        }
        self.quirks(None, &self.model.quirks);
    }

    fn endpoint(&mut self, endpoint: &'a Endpoint) {
        let at = endpoint.path.as_str();
        self.add(&EndpointFact {
            kind: "endpoint",
            endpoint: at,
            method: endpoint.method.as_str(),
            name: endpoint.full_name(),
            sources: documents(&endpoint.sources),
            repeat: repeat(endpoint.repeat),
            find_out: endpoint.find_out.as_ref().map(|text| text.en.as_str()),
            find_out_zh: endpoint.find_out.as_ref().map(|text| text.zh.as_str()),
            account: endpoint.account.as_ref().map(|account| account.text.en.as_str()),
            account_zh: endpoint.account.as_ref().map(|account| account.text.zh.as_str()),
            title: &endpoint.title.en,
            zh: &endpoint.title.zh,
        });
        self.implied(endpoint);
        self.success(endpoint);
        let place = |direction| Place { endpoint: at, direction };
        let request = &endpoint.request;
        for (direction, object) in
            [("query", &request.query), ("request", &request.body), ("response", &endpoint.response.object)]
        {
            let model = self.model;
            walk::walk(model, &object.fields, &endpoint.sources, &mut |stop| self.stop(place(direction), stop));
        }
        self.rules(place("request"), "", &endpoint.request.rules);
        self.rules(place("response"), "", &endpoint.response.object.rules);
        for error in &endpoint.errors {
            self.endpoint_error(at, error);
        }
        if let Some(page) = &endpoint.paging {
            self.add(&paging(at, page));
        }
        if let Some(quota) = &endpoint.quota {
            self.add(&QuotaFact { kind: "quota", endpoint: at, day: quota.day, minute: quota.minute });
        }
        if let Some(it) = &endpoint.verify {
            self.add(&verify(at, it));
        }
        for (kind, text) in [("closed", &endpoint.closed), ("restricted", &endpoint.restricted)] {
            if let Some(text) = text {
                self.add(&ClosedFact { kind, endpoint: at, text: &text.en, zh: &text.zh });
            }
        }
        self.quirks(Some(at), &endpoint.quirks);
    }

    /// The fields that every endpoint has and no spec file repeats.
    fn implied(&mut self, endpoint: &'a Endpoint) {
        let api = &self.model.api;
        let token = endpoint.takes_token.then_some(("query", &api.token_param, "string", true));
        let envelope = [("response", &api.code_field, "int", false), ("response", &api.message_field, "string", false)];
        for (direction, path, ty, required) in token.into_iter().chain(envelope) {
            self.add(&FieldFact {
                kind: "field",
                endpoint: &endpoint.path,
                direction,
                path,
                ty: ty.to_owned(),
                required,
                limits: Vec::new(),
                declared: None,
                values: None,
                default: None,
                secret: None,
                review: None,
                sources: documents(&endpoint.sources),
                error: None,
                missing: None,
                required_if: None,
                unit: None,
                clears: None,
                quirks: Vec::new(),
            });
        }
    }

    fn success(&mut self, endpoint: &'a Endpoint) {
        let (api, fields) = (&self.model.api, &endpoint.response.success);
        self.add(&SuccessFact {
            kind: "success",
            endpoint: &endpoint.path,
            text: prose::success(Lang::En, api, fields),
            zh: prose::success(Lang::Zh, api, fields),
            fields,
        });
    }

    fn event(&mut self, event: &'a Event) {
        let at = format!("event:{}", event.name);
        self.add(&EventFact {
            kind: "event",
            endpoint: &at,
            name: event.namespace.iter().chain([&event.ident]).cloned().collect::<Vec<_>>().join("::"),
            sources: documents(&event.sources),
            known_by: event.known_by.iter().map(|(key, value)| (key.clone(), value.as_str().into())).collect(),
            title: &event.title.en,
            zh: &event.title.zh,
        });
        let place = Place { endpoint: &at, direction: "event" };
        let model = self.model;
        walk::walk(model, &event.object.fields, &event.sources, &mut |stop| self.stop(place, stop));
        self.rules(place, "", &event.object.rules);
        self.quirks(Some(&at), &event.quirks);
    }

    fn stop(&mut self, place: Place<'_>, stop: Stop<'_, 'a>) {
        match stop {
            Stop::Key(path, key) => self.field(place, path, key),
            Stop::Rules(path, rules) => self.rules(place, path, rules),
        }
    }

    fn field(&mut self, place: Place<'_>, path: &str, key: &Key<'a>) {
        let values = key.values(self.model);
        let declared = key.declared();
        let is_sent = matches!(place.direction, "query" | "request");
        self.add(&FieldFact {
            kind: "field",
            endpoint: place.endpoint,
            direction: place.direction,
            path,
            ty: key.type_name(self.model),
            required: key.required,
            limits: key.limits().into_iter().map(limit).collect(),
            declared: (!declared.is_empty()).then(|| declared.join(" | ")),
            values: (!values.is_empty()).then(|| values.iter().map(|one| &one.value).collect()),
            default: key.first(|field| field.default.as_ref()),
            review: key.review(),
            sources: key.documents(),
            error: key.first(|field| field.error.filter(|_| is_sent)),
            missing: key.first(|field| field.missing.filter(|_| is_sent)),
            required_if: prose::required_if(Lang::En, key),
            secret: key.first(|field| field.secret.then_some(true)),
            unit: key.first(|field| field.unit.as_ref().map(|unit| unit.id.as_str())),
            clears: key.first(|field| field.clears.then_some(true)),
            quirks: key.quirks().into_iter().map(|quirk| quirk.id.as_str()).collect(),
        });
        for Listed { value, also, response, doc, .. } in &values {
            self.add(&ValueFact {
                kind: "value",
                endpoint: place.endpoint,
                direction: place.direction,
                path,
                value,
                // What is sent is never one of them.
                also: if matches!(place.direction, "response" | "event") { also } else { &[] },
                response: *response,
                text: &doc.en,
                zh: &doc.zh,
            });
        }
    }

    fn rules(&mut self, place: Place<'_>, path: &str, rules: &'a [Rule]) {
        for rule in rules {
            let parts = RuleParts::of(&rule.kind);
            let full = |field: String| {
                if path.is_empty() { field } else { format!("{path}.{field}") }
            };
            self.add(&RuleFact {
                kind: "rule",
                endpoint: place.endpoint,
                rule: &rule.name,
                text: &rule.text.en,
                zh: &rule.text.zh,
                direction: (place.direction != "request").then_some(place.direction),
                path,
                fields: parts.fields.into_iter().map(full).collect(),
                when: parts.when,
                equals: parts.equals,
                differs: parts.differs,
                days: parts.days,
                max: parts.max,
                error: rule.error,
                quirks: ids(&rule.quirks),
            });
        }
    }

    fn endpoint_error(&mut self, at: &str, error: &'a EndpointError) {
        self.add(&ErrorFact {
            kind: "error",
            endpoint: Some(at),
            code: error.code,
            name: self.model.error(error.code).map_or("", |general| &general.name),
            text: &error.text.en,
            zh: &error.text.zh,
            class: None,
            general: false,
            sources: documents(&error.sources),
            quirks: ids(&error.quirks),
        });
    }

    fn quirks(&mut self, endpoint: Option<&str>, quirks: &[Quirk]) {
        for quirk in quirks {
            self.add(&QuirkFact {
                kind: "quirk",
                endpoint,
                id: &quirk.id,
                audience: (quirk.audience == Audience::Caller).then_some("caller"),
                text: format!("{} We: {}", quirk.says.en, quirk.we.en),
                zh: format!("{}处理：{}", quirk.says.zh, quirk.we.zh),
                file: &quirk.spec,
            });
        }
    }
}

/// Whose fact it is.
#[derive(Clone, Copy)]
struct Place<'p> {
    endpoint: &'p str,
    direction: &'static str,
}

fn ids(quirks: &[Quirk]) -> Vec<&str> {
    distinct(quirks.iter().map(|quirk| quirk.id.as_str()))
}

fn limit(limit: &Limit) -> LimitFact {
    LimitFact {
        max: (limit.bound == Bound::Max).then_some(limit.value),
        min: (limit.bound == Bound::Min).then_some(limit.value),
        unit: limit.unit.name(),
        each: limit.each.then_some(true),
        enforced: (!limit.enforced).then_some(false),
        implied: limit.implied.then_some(true),
    }
}

fn verify<'a>(endpoint: &'a str, verify: &'a Verify) -> VerifyFact<'a> {
    let with = verify.with.iter().map(|(asked, own)| (asked.as_str(), own.as_str())).collect();
    let fixed = verify.fixed.iter().map(|(key, value)| (key.as_str(), value)).collect();
    let fact = VerifyFact { kind: "verify", endpoint, asks: &verify.endpoint, with, fixed, ..VerifyFact::default() };
    match &verify.proof {
        Proof::State(conditions) => {
            let done_when = conditions.iter().map(|it| (it.path.to_string(), &it.values[..])).collect();
            VerifyFact { done_when, ..fact }
        }
        Proof::Change { number, plus, minus } => {
            VerifyFact { number: Some(number.to_string()), plus: plus.as_deref(), minus: minus.as_deref(), ..fact }
        }
    }
}

fn paging<'a>(endpoint: &'a str, paging: &'a Paging) -> PagingFact<'a> {
    let mut page = serde_json::Map::new();
    let mut put = |key: &str, field: &str| page.insert(key.to_owned(), field.into());
    match &paging.page {
        Page::Cursor { cursor, next } => {
            put("cursor", cursor);
            put("next", next);
        }
        Page::Offset { offset } => {
            put("offset", offset);
        }
    }
    match &paging.end {
        PagingEnd::CountBelowMax(field) => put("count", field),
        PagingEnd::FewerThanAsked(field) => put("size", field),
        PagingEnd::Total(field) => put("total", field),
        PagingEnd::Empty => None,
    };
    PagingFact {
        kind: "paging",
        endpoint,
        text: &paging.text.en,
        zh: &paging.text.zh,
        items: &paging.items,
        page,
        max: paging.max,
        end_error: paging.end_error,
        overlap: paging.overlap.then_some(true),
    }
}

fn repeat(repeat: Repeat) -> &'static str {
    match repeat {
        Repeat::Safe => "safe",
        Repeat::Idempotent => "idempotent",
        Repeat::Unsafe => "unsafe",
    }
}

fn class(error: &ErrorCode) -> &'static str {
    match error.class {
        ErrorClass::Busy => "busy",
        ErrorClass::Token => "token",
        ErrorClass::Quota => "quota",
        ErrorClass::Rate => "rate",
        ErrorClass::Permission => "permission",
        ErrorClass::Argument => "argument",
        ErrorClass::Missing => "missing",
        ErrorClass::State => "state",
        ErrorClass::Closed => "closed",
    }
}
