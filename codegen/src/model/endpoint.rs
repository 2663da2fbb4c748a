//! Endpoints and events.

use super::{Condition, EndpointError, Field, ObjectType, Path, Quirk, Rule, RuleKind, Source, Text, Value};

pub use crate::spec::{Body, Quota, Repeat};

/// One endpoint.
#[derive(Debug, Clone)]
pub struct Endpoint {
    /// `/card/code/get`.
    pub path: String,
    /// The identifier of the request: `Get`.
    pub ident: String,
    /// The identifier of the response: `GetResponse`.
    pub response_ident: String,
    /// The namespace: `["card", "code"]`.
    pub namespace: Vec<String>,
    /// The spec file: `card/code/get.yaml`.
    pub spec: String,
    /// GET or POST.
    pub method: Method,
    /// In a few words.
    pub title: Text,
    /// What it does.
    pub doc: Text,
    /// Whether it may be repeated.
    pub repeat: Repeat,
    /// Whether it carries the access token.
    pub takes_token: bool,
    /// Which kinds of account may call it, where a document says so.
    pub account: Option<Account>,
    /// How to find out what a lost call did, where it may not be repeated.
    pub find_out: Option<Text>,
    /// How the client finds it out.
    pub verify: Option<Verify>,
    /// How often an account may call it; one of the numbers is there.
    pub quota: Option<Quota>,
    /// How the body is written.
    pub body: Body,
    /// What is sent.
    pub request: Request,
    /// The response.
    pub response: Response,
    /// The codes it is documented to return, as it means them, ascending.
    pub errors: Vec<EndpointError>,
    /// How to read on.
    pub paging: Option<Paging>,
    /// Whole exchanges.
    pub examples: Vec<Example>,
    /// Where it is documented.
    pub sources: Vec<Source>,
    /// Every quirk that concerns it: its own, its fields', its types'.
    pub quirks: Vec<Quirk>,
    /// What became of it.
    pub closed: Option<Text>,
    /// What of it no longer works, where the rest does.
    pub restricted: Option<Text>,
}

impl Endpoint {
    /// `card::code::Get`.
    #[must_use]
    pub fn full_name(&self) -> String {
        let mut name = self.namespace.join("::");
        if !name.is_empty() {
            name.push_str("::");
        }
        name + &self.ident
    }

    /// What a newcomer sees first: the example that says so, else the one that sends least, of those that succeed where
    /// any does.
    #[must_use]
    pub fn minimal_example(&self) -> Option<&Example> {
        let sends = self.examples.iter().filter(|it| it.request.is_some() || it.query.is_some());
        let size = |part: &Option<Value>| part.as_ref().map_or(0, |part| part.to_string().len());
        sends.min_by_key(|it| (!it.minimal, it.response.is_none(), size(&it.request) + size(&it.query)))
    }

    /// The days that one call may ask for: what the rules say of two fields of the request itself, if one of them does.
    #[must_use]
    pub fn day_window(&self) -> Option<DayWindow<'_>> {
        let mut windows = self.request.rules.iter().filter_map(|rule| match &rule.kind {
            RuleKind::DateWindow { from, to, days } => match (&from[..], &to[..]) {
                ([from], [to]) => Some((from, to, *days)),
                _ => None,
            },
            _ => None,
        });
        let (from, to, days) = windows.next().filter(|_| windows.next().is_none())?;
        let past = |rule: &Rule| match &rule.kind {
            RuleKind::BeforeToday(fields) => fields.iter().any(|path| matches!(&path[..], [key] if key == to)),
            _ => false,
        };
        Some(DayWindow { from, to, days, before_today: self.request.rules.iter().any(past) })
    }
}

/// Which kinds of account may call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// In words.
    pub text: Text,
    /// Where it is documented.
    pub sources: Vec<Source>,
}

/// The days that one call may ask for. The names are wire names of fields of the request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DayWindow<'a> {
    /// The first day.
    pub from: &'a str,
    /// The last day.
    pub to: &'a str,
    /// So many days may lie between the two at most.
    pub days: u32,
    /// Whether the last day lies before the current one.
    pub before_today: bool,
}

/// The request of an endpoint, without the access token.
#[derive(Debug, Clone, Default)]
pub struct Request {
    /// Query parameters.
    pub query: ObjectType,
    /// The fields of the body.
    pub body: ObjectType,
    /// Cross-field rules. Their paths may begin in either.
    pub rules: Vec<Rule>,
}

impl Request {
    /// Every field, query parameters first.
    pub fn fields(&self) -> impl Iterator<Item = &Field> + Clone {
        self.query.fields.iter().chain(&self.body.fields)
    }

    /// Both as the one object that a caller fills in.
    #[must_use]
    pub fn whole(&self) -> ObjectType {
        ObjectType {
            fields: self.fields().cloned().collect(),
            rules: self.rules.clone(),
            checked: self.query.checked || self.body.checked || self.rules.iter().any(Rule::is_checked),
            reviewed: self.query.reviewed || self.body.reviewed,
            signing: None,
        }
    }
}

/// The response of an endpoint, without the envelope.
#[derive(Debug, Clone, Default)]
pub struct Response {
    /// Its fields.
    pub object: ObjectType,
    /// The fields of which one must be there, and not null, when the code is missing. Empty: nothing but the
    /// code of success proves success.
    pub success: Vec<String>,
}

/// The verb.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    /// GET.
    Get,
    /// POST.
    Post,
}

impl Method {
    /// As written in HTTP.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post => "POST",
        }
    }
}

/// Which call tells what a lost one did. Every name is the wire name of a field that exists.
#[derive(Debug, Clone)]
pub struct Verify {
    /// The path of the endpoint that is asked.
    pub endpoint: String,
    /// Its request fields, each with the field of the lost call whose value it takes.
    pub with: Vec<(String, String)>,
    /// Its request fields that always have the same value.
    pub fixed: Vec<(String, Value)>,
    /// What its response tells.
    pub proof: Proof,
}

/// What a response tells of a lost call.
#[derive(Debug, Clone)]
pub enum Proof {
    /// It was done when all of this holds.
    State(Vec<Condition>),
    /// It was done when a number has changed.
    Change {
        /// The number, in the response.
        number: Path,
        /// The request field that is added to it.
        plus: Option<String>,
        /// The request field that is taken away.
        minus: Option<String>,
    },
}

/// How to read a long list. Every name is the wire name of a field that exists.
#[derive(Debug, Clone)]
pub struct Paging {
    /// The response's list.
    pub items: String,
    /// How the next page is asked for.
    pub page: Page,
    /// How the end is known, beside an empty page.
    pub end: PagingEnd,
    /// The most items on one page.
    pub max: u32,
    /// The code that means "no more".
    pub end_error: Option<i64>,
    /// Whether a page may begin with the last item of the page before.
    pub overlap: bool,
    /// In words.
    pub text: Text,
}

/// How the next page is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Page {
    /// The response's `next` goes into the request's `cursor`.
    Cursor {
        /// The request field.
        cursor: String,
        /// The response field.
        next: String,
    },
    /// The request's `offset` grows by the number of items returned.
    Offset {
        /// The request field.
        offset: String,
    },
}

/// How the last page is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PagingEnd {
    /// The response's count of this page is below `max`.
    CountBelowMax(String),
    /// The page holds fewer items than this request field asked for.
    FewerThanAsked(String),
    /// The offset has reached this response field.
    Total(String),
    /// Only an empty page tells.
    Empty,
}

/// A whole exchange. What is there has been checked against the spec.
#[derive(Debug, Clone)]
pub struct Example {
    /// What it shows.
    pub title: Option<Text>,
    /// Whether it is the one to show first.
    pub minimal: bool,
    /// Query parameters other than the token.
    pub query: Option<Value>,
    /// The body.
    pub request: Option<Value>,
    /// A successful response, with its envelope if the page shows one.
    pub response: Option<Value>,
    /// A response that tells an error.
    pub error: Option<Value>,
    /// A push.
    pub xml: Option<String>,
    /// The same push as accounts get it that are set to JSON.
    pub json: Option<Value>,
}

/// A push from WeChat.
#[derive(Debug, Clone)]
pub struct Event {
    /// `card_merchant_check_result`.
    pub name: String,
    /// `CardMerchantCheckResult`.
    pub ident: String,
    /// `["event"]`.
    pub namespace: Vec<String>,
    /// The spec file.
    pub spec: String,
    /// In a few words.
    pub title: Text,
    /// When it comes.
    pub doc: Text,
    /// Elements and values by which it is known.
    pub known_by: Vec<(String, String)>,
    /// Its elements.
    pub object: ObjectType,
    /// Whole pushes.
    pub examples: Vec<Example>,
    /// Where it is documented.
    pub sources: Vec<Source>,
    /// Every quirk that concerns it.
    pub quirks: Vec<Quirk>,
}
