//! Endpoints and pushes.

use super::builder::{Builder, cited, own_sources};
use super::field::{Owner, arguments, examples, named_in, remaining};
use crate::diff::axes::{Area, Direction};
use crate::diff::tree::{Spot, Thing};
use weixin_codegen::model::{
    Body, Condition, Endpoint, EndpointError, Event, Model, Proof, Quirk, Quota, Repeat, TypeId, Verify,
};
use weixin_codegen::spec;

const QUERY: &[Direction] = &[Direction::Query];
const REQUEST: &[Direction] = &[Direction::Request];
const RESPONSE: &[Direction] = &[Direction::Response];
const EVENT: &[Direction] = &[Direction::Event];

impl Builder<'_> {
    pub(super) fn endpoint(&self, endpoint: &Endpoint) -> Thing {
        let spot = Spot::new(&endpoint.spec, &[]);
        let mut thing = Thing::new(Area::Endpoint, endpoint.path.clone(), spot.clone());
        thing.shown = format!("{} {}: {}", endpoint.method.as_str(), endpoint.path, endpoint.title.en);
        thing.sources.clone_from(&endpoint.sources);
        endpoint_traits(&mut thing, endpoint);
        let rust = endpoint.full_name();
        let response = format!("{rust}Response");
        thing.is_called(rust.clone(), String::new(), &[Area::Name]);
        if endpoint.paging.is_some() {
            for method in ["next_page", "pages", "items"] {
                thing.is_called(format!("{rust}::{method}()"), String::new(), &[Area::Paging]);
            }
        }
        if let Some(verify) = &endpoint.verify {
            let method = if matches!(verify.proof, Proof::State(_)) { "verify_after" } else { "note_before" };
            thing.is_called(format!("{rust}::{method}()"), String::new(), &[Area::Verify]);
        }
        let owner = |ways: &'static [Direction]| Owner {
            ways,
            sources: &endpoint.sources,
            spot: &spot,
            ident: if ways == RESPONSE { &response } else { &rust },
        };
        self.fields_of(&mut thing, endpoint, &owner);
        thing.parts.extend(self.rules(&endpoint.request.rules, &owner(REQUEST), &|index| index));
        thing.parts.extend(endpoint.errors.iter().map(|error| self.endpoint_error(error, endpoint, &spot)));
        let written = self.side.spec.endpoints.iter().find(|file| file.path == endpoint.spec);
        let written = written.and_then(|file| file.content.paging.as_ref());
        thing.parts.extend(written.map(|one| paging(one, endpoint, &spot)));
        thing.parts.extend(examples(&endpoint.examples, &spot));
        let fields = endpoint.request.fields().chain(&endpoint.response.object.fields);
        let own = without_types(self.side.model, &endpoint.quirks, named_in(fields), &endpoint.spec);
        let own = remaining(&own, &thing.parts);
        thing.parts.extend(self.quirks(&own, &spot));
        thing
    }

    /// The query, the body and the response.
    fn fields_of<'o>(
        &self,
        thing: &mut Thing,
        endpoint: &'o Endpoint,
        owner: &dyn Fn(&'static [Direction]) -> Owner<'o>,
    ) {
        let sides = [
            ("query", &endpoint.request.query, QUERY),
            ("request", &endpoint.request.body, REQUEST),
            ("response", &endpoint.response.object, RESPONSE),
        ];
        for (section, object, ways) in sides {
            for field in &object.fields {
                let name = format!("{section}.{}", field.wire);
                thing.parts.push(self.field(field, name, &[section, &field.wire], &owner(ways)));
            }
        }
    }

    fn endpoint_error(&self, error: &EndpointError, endpoint: &Endpoint, at: &Spot) -> Thing {
        let code = error.code.to_string();
        let own = at.below(&["errors", &code]);
        let mut spot = own.clone();
        // Where the endpoint is silent, the general meaning holds.
        spot.lenders.push(crate::diff::tree::Home {
            file: self.side.spec.errors.path.clone(),
            node: vec![code.clone()],
            group: crate::diff::sides::Group::Errors,
            path: code.clone(),
        });
        let mut thing = Thing::new(Area::EndpointError, code, spot.clone());
        thing.shown = format!("{}: {}", error.code, error.text.en);
        thing.sources.clone_from(&error.sources);
        super::general::error_texts(&mut thing, [&error.text, &error.cause, &error.remedy]);
        let sources = own_sources(&error.sources, &endpoint.sources);
        thing.says(Area::Source, Some(sources), &["source"]).spot = Some(own.clone());
        thing.parts = self.quirks(&error.quirks, &own);
        thing
    }

    pub(super) fn event(&self, event: &Event) -> Thing {
        let spot = Spot::new(&event.spec, &[]);
        let mut thing = Thing::new(Area::Push, event.name.clone(), spot.clone());
        thing.shown = format!("{}: {}", event.name, event.title.en);
        thing.sources.clone_from(&event.sources);
        let rust = event.namespace.iter().chain([&event.ident]).cloned().collect::<Vec<_>>().join("::");
        thing.says(Area::Name, Some(rust.clone()), &["name", ""]);
        thing.prose(Some(&event.title), [&["title/en"], &["title/zh"]]);
        thing.prose(Some(&event.doc), [&["doc/en"], &["doc/zh"]]);
        thing.says(Area::Source, Some(cited(&event.sources)), &["source"]);
        let known: Vec<_> = event.known_by.iter().map(|(element, value)| format!("{element} = {value}")).collect();
        thing.says(Area::KnownBy, Some(known.join(", ")), &["known_by"]);
        thing.is_called(rust.clone(), String::new(), &[Area::Name]);
        let owner = Owner { ways: EVENT, sources: &event.sources, spot: &spot, ident: &rust };
        for field in &event.object.fields {
            thing.parts.push(self.field(field, field.wire.clone(), &["fields", &field.wire], &owner));
        }
        thing.parts.extend(self.rules(&event.object.rules, &owner, &|index| index));
        thing.parts.extend(examples(&event.examples, &spot));
        let own = without_types(self.side.model, &event.quirks, named_in(&event.object.fields), &event.spec);
        let own = remaining(&own, &thing.parts);
        thing.parts.extend(self.quirks(&own, &spot));
        thing
    }
}

/// Fewer calls than before are less.
fn quota(thing: &mut Thing, quota: Option<&Quota>) {
    let mut says = |number: Option<u64>, span: &str, keys| {
        let weight = number.and_then(|number| i64::try_from(number).ok());
        let said = number.map(|number| format!("{number} calls a {span}"));
        thing.says(Area::Quota, said, keys).weight = weight.map(|weight| -weight);
    };
    says(quota.and_then(|quota| quota.day), "day", &["quota/day", "quota"]);
    says(quota.and_then(|quota| quota.minute), "minute", &["quota/minute", "quota"]);
}

fn endpoint_traits(thing: &mut Thing, endpoint: &Endpoint) {
    thing.says(Area::Name, Some(endpoint.full_name()), &["name", ""]);
    thing.says(Area::Method, Some(endpoint.method.as_str().to_owned()), &["method"]);
    let body = match endpoint.body {
        Body::Json => "JSON",
        Body::Multipart => "multipart",
        Body::None => "none",
    };
    thing.says(Area::Body, Some(body.to_owned()), &["body"]);
    let (repeat, weight) = match endpoint.repeat {
        Repeat::Safe => ("safe", 0),
        Repeat::Idempotent => ("idempotent", 1),
        Repeat::Unsafe => ("unsafe", 2),
    };
    thing.says(Area::Repeat, Some(repeat.to_owned()), &["repeat"]).weight = Some(weight);
    let token = if endpoint.takes_token { "carries the access token" } else { "carries no access token" };
    thing.says(Area::TokenUse, Some(token.to_owned()), &["token"]);
    thing.says(Area::FindOut, endpoint.find_out.as_ref().map(|text| text.en.clone()), &["find_out/en"]);
    let find_out = endpoint.find_out.as_ref().map(|text| text.zh.clone()).unwrap_or_default();
    thing.says(Area::Doc, Some(find_out), &["find_out/zh"]);
    thing.says(Area::Verify, endpoint.verify.as_ref().map(verify), &["verify"]);
    quota(thing, endpoint.quota.as_ref());
    let by_code = endpoint.response.success.is_empty();
    let success =
        if by_code { "by the code".to_owned() } else { format!("by {}", endpoint.response.success.join(" or ")) };
    // Where the code alone counts, fewer responses are a success.
    thing.says(Area::Success, Some(success), &["success"]).weight = Some(i64::from(by_code));
    thing.prose(Some(&endpoint.title), [&["title/en"], &["title/zh"]]);
    thing.prose(Some(&endpoint.doc), [&["doc/en"], &["doc/zh"]]);
    thing.says(Area::Closed, endpoint.closed.as_ref().map(|text| text.en.clone()), &["closed/en"]);
    let closed = endpoint.closed.as_ref().map(|text| text.zh.clone()).unwrap_or_default();
    thing.says(Area::Doc, Some(closed), &["closed/zh"]);
    thing.says(Area::Restricted, endpoint.restricted.as_ref().map(|text| text.en.clone()), &["restricted/en"]);
    let restricted = endpoint.restricted.as_ref().map(|text| text.zh.clone()).unwrap_or_default();
    thing.says(Area::Doc, Some(restricted), &["restricted/zh"]);
    let account = endpoint.account.as_ref();
    let told = account.map(|account| format!("{} ({})", account.text.en, cited(&account.sources)));
    thing.says(Area::Account, told, &["account/en"]);
    thing.says(Area::Doc, Some(account.map(|account| account.text.zh.clone()).unwrap_or_default()), &["account/zh"]);
    thing.says(Area::Source, Some(cited(&endpoint.sources)), &["source"]);
    arguments(thing, &endpoint.ident, &endpoint.request.fields().collect::<Vec<_>>());
}

/// How a lost call is found out.
fn verify(verify: &Verify) -> String {
    let with = verify.with.iter().map(|(asked, own)| format!("`{asked}` from `{own}`"));
    let fixed = verify.fixed.iter().map(|(key, value)| format!("`{key}` {value}"));
    let given: Vec<_> = with.chain(fixed).collect();
    let tells = match &verify.proof {
        Proof::State(conditions) => {
            let each = |it: &Condition| {
                let values: Vec<_> = it.values.iter().map(ToString::to_string).collect();
                format!("done when `{}` is {}", it.path, values.join(" or "))
            };
            conditions.iter().map(each).collect::<Vec<_>>().join(" and ")
        }
        Proof::Change { number, plus, minus } => {
            let part = |name: &Option<String>, sign: &str| {
                name.iter().map(|name| format!(" {sign} `{name}`")).collect::<String>()
            };
            format!("changes `{number}` by{}{}", part(plus, "plus"), part(minus, "minus"))
        }
    };
    format!("`{}` with {}: {tells}", verify.endpoint, given.join(", "))
}

/// How a long list is read: each part is a statement of its own.
fn paging(written: &spec::Paging, endpoint: &Endpoint, at: &Spot) -> Thing {
    let mut thing = Thing::new(Area::Paging, "paging", at.below(&["paging"]));
    let by = match (&written.cursor, &written.next, &written.offset) {
        (Some(cursor), Some(next), _) if written.overlap => {
            format!("`{next}` of the response becomes `{cursor}`, whose item may come again")
        }
        (Some(cursor), Some(next), _) => format!("`{next}` of the response becomes `{cursor}`"),
        (_, _, Some(offset)) => format!("`{offset}` grows by what came"),
        _ => "nothing says where to read on".to_owned(),
    };
    let end = match (&written.count, &written.total) {
        (Some(count), _) => Some(format!("until `{count}` is below the most")),
        (None, Some(total)) => Some(format!("until `{total}` is reached")),
        (None, None) => None,
    };
    let size = written.size.as_ref().map(|size| format!("`{size}`"));
    let code = written.end_error.map(|code| code.to_string());
    let shown = [
        Some(format!("`{}`, at most {} a page", written.items, written.max)),
        Some(by.clone()),
        size.as_ref().map(|size| format!("{size} says how many are wanted")),
        end.clone(),
        code.as_ref().map(|code| format!("{code} means no more")),
    ];
    thing.shown = shown.into_iter().flatten().collect::<Vec<_>>().join(", ");
    thing.says(Area::PagingItems, Some(format!("`{}`", written.items)), &["items"]);
    thing.says(Area::PagingCursor, Some(by), &["cursor", "next", "offset", "overlap"]);
    thing.says(Area::PagingSize, size, &["size", ""]);
    thing.says(Area::PagingTotal, end, &["total", "count", ""]);
    // Where pages are larger than was told, what was asked for before still comes.
    thing.says(Area::PagingMax, Some(written.max.to_string()), &["max"]).weight = Some(-i64::from(written.max));
    thing.says(Area::PagingEnd, code, &["end_error", ""]);
    let text = endpoint.paging.as_ref().map(|paging| &paging.text);
    thing.prose(text, [&["text/en"], &["text/zh"]]);
    thing
}

/// An endpoint lists the quirks of all types it reaches; they are told with the types.
fn without_types(model: &Model, quirks: &[Quirk], roots: Vec<TypeId>, file: &str) -> Vec<Quirk> {
    let reached = crate::diff::reach::below(model, roots);
    let lent = |quirk: &Quirk| reached.iter().any(|id| model.ty(*id).quirks.contains(quirk));
    quirks.iter().filter(|quirk| quirk.spec == file && !lent(quirk)).cloned().collect()
}
