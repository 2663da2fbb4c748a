//! An endpoint as a server sees it, and the request that it accepts.

use std::any::Any;
use std::fmt;

use serde_json::Value;

use super::refusal::Code;
use super::{Incoming, Refusals, Refused, Why, strict};
use crate::endpoint::Endpoint;
use crate::json::{self, Unreadable};
use crate::meta::Meta;
use crate::object::{Blank, Field, View, show};
use crate::validate::{Rule, Violation, Violations};

/// An endpoint as a server sees it.
#[derive(Clone, Copy, Debug)]
pub struct Served {
    meta: &'static Meta,
    codes: &'static [Code],
    example: &'static str,
    day: Option<u64>,
    minute: Option<u64>,
    read: fn(&str) -> Result<Box<dyn Request>, Unreadable>,
}

impl Served {
    /// The endpoint of a request type, with the codes of its fields and rules, and a response of its documentation as JSON.
    pub const fn of<E: Endpoint + Blank + Send + Sync + 'static>(
        codes: &'static [Code],
        example: &'static str,
    ) -> Self {
        Served { meta: E::META, codes, example, day: None, minute: None, read: read::<E> }
    }

    /// With the most calls of an account in a day and in a minute, where they are documented.
    #[must_use]
    pub const fn quota(self, day: Option<u64>, minute: Option<u64>) -> Self {
        Served { day, minute, ..self }
    }

    /// The most calls of an account in a day, where it is documented.
    pub fn per_day(&self) -> Option<u64> {
        self.day
    }

    /// The most calls of an account in a minute, where it is documented.
    pub fn per_minute(&self) -> Option<u64> {
        self.minute
    }

    /// What is known about the endpoint.
    pub fn meta(&self) -> &'static Meta {
        self.meta
    }

    /// A response of its documentation, as JSON: what a server may answer that knows no better.
    pub fn example(&self) -> &'static str {
        self.example
    }

    /// The code for a value that breaks a rule which only the server can check.
    pub fn code(&self, path: &str, rule: Rule, refusals: &Refusals) -> i64 {
        refusals.code(self.codes, path, &Why::Broken(Box::new(Violation::new(path, rule))))
    }

    /// The request, if nothing is wrong with it. Whether a day lies before the current one is not checked: the server has its own
    /// clock, and [`code`](Self::code) for it.
    pub fn accept(&self, incoming: Incoming<'_>, refusals: &Refusals) -> Result<Accepted, Refused> {
        self.checked(incoming).map_err(|(path, why)| Refused {
            code: refusals.code(self.codes, &path, &why),
            path,
            why,
        })
    }

    fn checked(&self, incoming: Incoming<'_>) -> Result<Accepted, (String, Why)> {
        let members = incoming.members(self.meta).map_err(|why| (String::new(), why))?;
        let sent = Value::Object(members.all);
        let request = (self.read)(&sent.to_string()).map_err(|unreadable| unread(&sent, unreadable))?;
        strict::no_strangers(request.field())?;
        let written = json::to_string(request.field());
        strict::same_kinds(&Value::Object(members.typed), &sent, &written)?;
        // Which day it is, is for the server to say.
        let of_the_server = |violation: &Violation| violation.rule != Rule::BeforeToday;
        if let Some(violation) = request.violations().into_iter().find(of_the_server) {
            return Err((violation.path.clone(), Why::Broken(Box::new(violation))));
        }
        Ok(Accepted { request, json: written })
    }
}

/// A request that nothing is wrong with.
pub struct Accepted {
    request: Box<dyn Request>,
    json: String,
}

impl Accepted {
    /// The request, if it is one of this type.
    pub fn get<E: Endpoint + 'static>(&self) -> Option<&E> {
        self.request.any().downcast_ref()
    }

    /// The request as JSON, with the members of its query.
    pub fn json(&self) -> &str {
        &self.json
    }
}

impl fmt::Debug for Accepted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.request.field().view() {
            View::Object(object) => show(object, f),
            _ => f.write_str("a request"),
        }
    }
}

/// A request of any endpoint.
trait Request: Send + Sync {
    fn field(&self) -> &dyn Field;
    fn any(&self) -> &dyn Any;
    fn violations(&self) -> Violations;
}

impl<E: Endpoint + Send + Sync + 'static> Request for E {
    fn field(&self) -> &dyn Field {
        self
    }

    fn any(&self) -> &dyn Any {
        self
    }

    fn violations(&self) -> Violations {
        self.validate().err().unwrap_or_default()
    }
}

fn read<E: Endpoint + Blank + Send + Sync + 'static>(text: &str) -> Result<Box<dyn Request>, Unreadable> {
    json::read::<E>(text.as_bytes()).map(|request| Box::new(request) as Box<dyn Request>)
}

/// What could not be read is of another type, or missing.
fn unread(sent: &Value, unreadable: Unreadable) -> (String, Why) {
    match unreadable.message.strip_prefix("missing field `").and_then(|rest| rest.strip_suffix('`')) {
        Some(key) => (strict::below(&unreadable.path, key), Why::Missing),
        None if strict::at(sent, &unreadable.path).is_none() => (unreadable.path, Why::Missing),
        None => (unreadable.path, Why::Kind(unreadable.message)),
    }
}
