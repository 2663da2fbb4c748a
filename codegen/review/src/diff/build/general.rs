//! Error codes, documents and what holds for the whole interface.

use super::builder::{Builder, Root, cited};
use crate::diff::axes::Area;
use crate::diff::sides::Group;
use crate::diff::tree::{Spot, Thing};
use weixin_codegen::model::{
    Document, ErrorClass, ErrorCode, Module, Push, PushEnvelope, PushQuery, Refusals, Text, TicketIssue, TokenIssue,
};
use weixin_codegen::spec::Section;

impl Builder<'_> {
    /// `api.yaml`.
    pub(super) fn general(&self) -> Root {
        let spec = self.side.spec;
        let model = self.side.model;
        let api = &model.api;
        let spot = Spot::new(&spec.api.path, &[]);
        let mut thing = Thing::new(Area::Module, "api", spot.clone());
        thing.says(Area::Crate, Some(api.krate.clone()), &["crate"]);
        thing.says(Area::Version, Some(api.version.clone()), &["version"]);
        thing.says(Area::Host, Some(api.host.clone()), &["host"]);
        let reference = api.reference.clone().unwrap_or_else(|| "unpublished".to_owned());
        thing.says(Area::Reference, Some(reference), &["reference"]);
        thing.says(Area::Zone, Some(zone(api.zone_seconds)), &["zone"]);
        thing.says(Area::Token, Some(api.token_param.clone()), &["token/query"]);
        let issue = api.issue.as_ref().map_or_else(|| "not by itself".to_owned(), issued);
        thing.says(Area::TokenIssue, Some(issue), &["token/issue"]);
        thing.parts.extend(api.tickets.iter().map(|one| ticket(one, &spot)));
        let fields = [
            (api.code_field.clone(), &["envelope/code"]),
            (api.message_field.clone(), &["envelope/message"]),
            (api.ok.to_string(), &["envelope/ok"]),
        ];
        for (value, keys) in fields {
            thing.says(Area::Envelope, Some(value), keys);
        }
        let trace = api.trace.as_ref().map_or_else(|| "none".to_owned(), |trace| format!("{trace:?}"));
        thing.says(Area::Trace, Some(trace), &["envelope/trace"]);
        thing.says(Area::PushScheme, Some(api.push.as_ref().map_or_else(|| "not said".to_owned(), pushed)), &["push"]);
        let refusals = api.refusals.as_ref().map_or_else(|| "not said".to_owned(), refused);
        thing.says(Area::Refusals, Some(refusals), &["refusals"]);
        thing.prose(Some(&api.title), [&["title/en"], &["title/zh"]]);
        thing.prose(Some(&api.token_doc), [&["token/doc/en"], &["token/doc/zh"]]);
        thing.prose(Some(&api.code_doc), [&["envelope/code_doc/en"], &["envelope/code_doc/zh"]]);
        thing.prose(Some(&api.message_doc), [&["envelope/message_doc/en"], &["envelope/message_doc/zh"]]);
        thing.parts.extend(api.documents.iter().map(|one| {
            let mut document = document(one, &spot);
            document.parts = self.sections(&one.id);
            document
        }));
        thing.parts.extend(model.modules.iter().map(|one| module(one, &spot)));
        thing.parts.extend(self.quirks(&model.quirks, &spot));
        Root { group: Group::General, path: String::new(), view: None, thing }
    }

    /// What `sections.yaml` records of a document.
    fn sections(&self, document: &str) -> Vec<Thing> {
        let Some(file) = &self.side.spec.sections else {
            return Vec::new();
        };
        let one = |(heading, section): (&String, &Section)| {
            let hash = section.fingerprint();
            let spot = Spot::new(&file.path, &[document, heading]);
            let mut thing = Thing::new(Area::Section, heading.clone(), spot);
            thing.shown = format!("{heading}: {} statements, {hash}", section.statements);
            thing.says(Area::Section, Some(hash), &[""]);
            thing
        };
        file.content.get(document).into_iter().flatten().map(one).collect()
    }

    /// `errors.yaml`.
    pub(super) fn errors(&self) -> Root {
        let spot = Spot::new(&self.side.spec.errors.path, &[]);
        let mut thing = Thing::new(Area::Module, "errors", spot.clone());
        thing.parts = self.side.model.errors.iter().map(|one| error(one, &spot)).collect();
        Root { group: Group::Errors, path: String::new(), view: None, thing }
    }
}

/// `+08:00`.
fn zone(seconds: i32) -> String {
    let sign = if seconds < 0 { '-' } else { '+' };
    let minutes = seconds.unsigned_abs() / 60;
    format!("{sign}{:02}:{:02}", minutes / 60, minutes % 60)
}

fn document(document: &Document, at: &Spot) -> Thing {
    let mut thing = Thing::new(Area::Document, document.id.clone(), at.below(&["documents", &document.id]));
    thing.shown = format!("{}: {}", document.id, document.title.en);
    thing.says(Area::Read, Some(document.read.clone()), &["read"]);
    thing.says(Area::Language, Some(document.language.clone()), &["language"]);
    thing.says(Area::Url, Some(document.url.clone().unwrap_or_else(|| "gone".to_owned())), &["url"]);
    thing.says(Area::Official, Some(document.official.to_string()), &["official"]);
    thing.prose(Some(&document.title), [&["title/en"], &["title/zh"]]);
    thing.prose(document.note.as_ref(), [&["note/en"], &["note/zh"]]);
    thing
}

/// A folder comes and goes with what is in it; only its words are told.
fn module(module: &Module, at: &Spot) -> Thing {
    let path = module.path.join("/");
    let mut thing = Thing::new(Area::Module, path.clone(), at.below(&["areas", &path]));
    thing.silent = true;
    thing.prose(Some(&module.title), [&["title/en"], &["title/zh"]]);
    thing.prose(module.doc.as_ref(), [&["doc/en"], &["doc/zh"]]);
    thing
}

fn error(error: &ErrorCode, at: &Spot) -> Thing {
    let code = error.code.to_string();
    let mut thing = Thing::new(Area::ErrorCode, code.clone(), at.below(&[&code]));
    thing.shown = format!("{code} {}: {}", error.name, error.text.en);
    thing.sources.clone_from(&error.sources);
    thing.is_called(format!("errors::{}", error.ident), String::new(), &[Area::Name]);
    thing.says(Area::Name, Some(error.ident.clone()), &["name"]);
    let (class, weight) = class(error.class);
    thing.says(Area::ErrorClass, Some(class.to_owned()), &["class"]).weight = Some(weight);
    thing.says(Area::General, Some(error.general.to_string()), &["general"]);
    error_texts(&mut thing, [&error.text, &error.cause, &error.remedy]);
    thing.says(Area::Source, Some(cited(&error.sources)), &["source"]);
    thing
}

fn ticket(ticket: &TicketIssue, at: &Spot) -> Thing {
    let TicketIssue { id, doc, endpoint, fixed, ticket: field, expires_in } = ticket;
    let mut thing = Thing::new(Area::Ticket, id.clone(), at.below(&["tickets", id]));
    let fixed: String = fixed.iter().map(|(key, value)| format!(", {key} = {value}")).collect();
    let way = format!("{endpoint}{fixed}; {field} for {expires_in} seconds");
    thing.shown = format!("{id}: {way}");
    thing.says(Area::Ticket, Some(way), &[""]);
    thing.prose(Some(doc), [&["doc/en"], &["doc/zh"]]);
    thing
}

/// How the client gets an access token.
fn issued(issue: &TokenIssue) -> String {
    let TokenIssue { endpoint, id, secret, fixed, force, token, expires_in } = issue;
    let fixed: String = fixed.iter().map(|(key, value)| format!(", {key} = {value}")).collect();
    let force = force.as_ref().map(|force| format!(", {force} for another")).unwrap_or_default();
    format!("{endpoint} with {id}, {secret}{fixed}{force}; {token} for {expires_in} seconds")
}

/// How pushes are signed, encrypted and told apart.
fn pushed(push: &Push) -> String {
    let Push { query, cipher, envelope, answer, identity } = push;
    let PushQuery { signature, sealed, timestamp, nonce, echo, cipher: parameter } = query;
    let PushEnvelope { receiver, sealed: content, signature: signed, timestamp: at, nonce: once } = envelope;
    let query = [signature, sealed, timestamp, nonce, echo].map(String::as_str).join(", ");
    let envelope = [receiver, content, signed, at, once].map(String::as_str).join(", ");
    format!("{query}, {parameter}={cipher}; {envelope}; answered {answer:?}; told apart by {}", identity.join(", "))
}

/// By which codes a server refuses.
fn refused(refusals: &Refusals) -> String {
    refusals.codes().map(|(key, code)| format!("{key} {code}")).join(", ")
}

/// The name of a class, and whether the client stops: it repeats when WeChat is busy and after a new token.
fn class(class: ErrorClass) -> (&'static str, i64) {
    match class {
        ErrorClass::Busy => ("busy", 0),
        ErrorClass::Token => ("token", 1),
        ErrorClass::Quota => ("quota", 2),
        ErrorClass::Rate => ("rate", 0),
        ErrorClass::Permission => ("permission", 2),
        ErrorClass::Argument => ("argument", 2),
        ErrorClass::Missing => ("missing", 2),
        ErrorClass::State => ("state", 2),
        ErrorClass::Closed => ("closed", 2),
    }
}

/// Meaning, cause and remedy.
pub(super) fn error_texts(thing: &mut Thing, [text, cause, remedy]: [&Text; 3]) {
    let all: [(&str, &'static [&'static str]); 6] = [
        (&text.en, &["text/en"]),
        (&text.zh, &["text/zh"]),
        (&cause.en, &["cause/en"]),
        (&cause.zh, &["cause/zh"]),
        (&remedy.en, &["remedy/en"]),
        (&remedy.zh, &["remedy/zh"]),
    ];
    for (text, keys) in all {
        thing.says(Area::ErrorText, Some(text.to_owned()), keys);
    }
}
